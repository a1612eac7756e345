"""`make demo`: settings, database, pictures, pages, index, then a server, in the foreground until Ctrl-C.

Everything it writes is in `var/`; a second run keeps what is there and is quick.
"""

import base64
import hashlib
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
ENV = VAR / "env"
SEEDED, PREPARED = VAR / "demo-seeded", VAR / "demo-prepared"
# Raised when the demo's data change, so that an older demo is seeded again.
VERSION = "2"


def main() -> int:
    port = os.environ.get("PORT", "8000")
    started = time.monotonic()
    os.chdir(ROOT)
    write_env(port)
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    from marketplace.translate_compile import compile_messages

    compile_messages()
    if not prepare():
        return 1
    return serve(port, started)


def write_env(port: str) -> None:
    """The demo's settings, kept from run to run (what an older demo did not have is added); a real environment wins."""
    VAR.mkdir(exist_ok=True)
    head = "# Written by `make demo`. manage.py and pytest read it; the real environment wins.\n"
    written = ENV.read_text() if ENV.exists() else head
    wanted = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SANDBOX_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "PAYOUT_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEMO": "1",
        "PAYMENT_SANDBOX": "1",
        "LOG_LEVEL": "WARNING",
    }
    known = {line.partition("=")[0] for line in written.splitlines()}
    missing = "".join(f"{name}={value}\n" for name, value in wanted.items() if name not in known)
    if missing:
        ENV.touch(mode=0o600)
        ENV.write_text(written + missing)


def manage(*arguments: str) -> int:
    return subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT).returncode


def prepare() -> bool:
    """Brings database, data and static files up to date; True when all went well. Quick when nothing changed."""
    seeded = SEEDED.exists() and SEEDED.read_text() == VERSION
    now = fingerprint()
    if seeded and PREPARED.exists() and PREPARED.read_text() == now:
        return True
    say("Database …" if seeded else "Database, and pictures drawn beside it (once, a minute or two) …")
    drawing = None if seeded else subprocess.Popen([sys.executable, "manage.py", "seed_demo", "--only-draw"], cwd=ROOT)
    if manage("migrate", "--verbosity", "0"):
        return False
    if drawing and drawing.wait():
        return False
    if not seeded:
        say("Makers, listings, pages …")
        if manage("seed_demo"):
            return False
        SEEDED.write_text(VERSION)
    say("Static files …")
    if manage("collectstatic", "--noinput", "--verbosity", "0"):
        return False
    PREPARED.write_text(now)
    return True


def fingerprint() -> str:
    """Changes with the packages, a migration or a static file: with whatever `prepare` would have to do again."""
    files = [ROOT / "requirements-dev.lock", *ROOT.glob("*/migrations/*.py"), *ROOT.glob("shop/*/migrations/*.py")]
    files += [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    marks = [f"{path.relative_to(ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(files)]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def serve(port: str, started: float) -> int:
    """Runs the web server and the minute's tick until one ends or Ctrl-C."""
    commands = [
        [sys.executable, "-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
         "--threads", "4", "--worker-class", "gthread", "--graceful-timeout", "5", "--log-level", "warning"],
        [sys.executable, "manage.py", "tick", "--every", "60"],
    ]  # fmt: skip
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    tell_sign_ins(port, time.monotonic() - started)
    try:
        return running[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop(running)


def stop(running: list[subprocess.Popen], patience: float = 10) -> None:
    """Ends these processes: asked first, and made to after `patience` seconds; none is left behind."""
    for process in running:
        process.terminate()
    until = time.monotonic() + patience
    for process in running:
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def tell_sign_ins(port: str, seconds: float) -> None:
    from marketplace.demo.signs import PASSWORD, PEOPLE

    say(f"\nKarvan is ready after {seconds:.0f} s:  http://127.0.0.1:{port}/   (Ctrl-C ends it)")
    say(f"\nSign in with the password  {PASSWORD}  as")
    for role, email, *_rest in PEOPLE:
        say(f"  {role:22} {email}")
    say(f"\nMails it would have sent:  http://127.0.0.1:{port}/en/demo/mails/")
    say("The money is test money, the makers are invented, the pictures are illustrations drawn by code.\n")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
