"""Starting, killing and asking a site of its own port, on the test's database or another."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The address of the database that this test uses."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    user = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    return f"postgres://{user}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


class Site:
    """One site: its environment, its folder, its server process. `start` and `kill` may alternate."""

    def __init__(self, folder: Path, *, workers: int = 1, **environment: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.workers = workers
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.live.settings",
            "LIVE_DIR": str(folder),
            "DATABASE_URL": database_url(),
            "SITE_URL": self.url,
            "SECRET_KEY": settings.SECRET_KEY,
            "PAYOUT_KEYS": ",".join(settings.PAYOUT_KEYS),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEBUG": "0",
            "DEMO": "0",
            "PAYMENT_SANDBOX": "1",
            "STRIPE_SECRET_KEY": "",
            "RATE_MAX_DAYS": "0",
            "SANDBOX_WEBHOOK_SECRET": settings.SANDBOX_WEBHOOK_SECRET,
            "MEDIA_ROOT": f"{folder}/media",
            "SEARCH_INDEX": f"{folder}/search.sqlite3",
            "EMAIL_URL": f"filemail://{folder}/mails",
            "REDIS_URL": "",
            "ELASTICSEARCH_URL": "",
            "LOG_LEVEL": "WARNING",
            **environment,
        }
        self.process: subprocess.Popen | None = None

    def start(self, **environment: str) -> "Site":
        command = [sys.executable, "-m", "gunicorn", "tests.live.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += [
            "--workers",
            str(self.workers),
            "--threads",
            "8",
            "--worker-class",
            "gthread",
            "--log-level",
            "warning",
        ]
        self.process = self._run(command, environment)
        deadline = time.monotonic() + START_SECONDS
        while not self._alive():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError("the site did not start:\n" + self.log())
            time.sleep(0.1)
        return self

    def manage(self, *arguments: str) -> str:
        """Runs a management command as a process of its own; its output. AssertionError when it fails."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, env=self._environment({}), cwd=settings.BASE_DIR, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends the server and all its workers."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, how)
            except ProcessLookupError:
                pass  # it has killed itself
            self.process.wait(timeout=40)
            self.process = None

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def died(self) -> bool:
        """Whether the server ended by SIGKILL within some seconds."""
        assert self.process is not None
        return self.process.wait(timeout=20) == -signal.SIGKILL

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-5000:]

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.folder / "mails").glob("*.log"))]

    def _run(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        with (self.folder / "log").open("a") as log:
            return subprocess.Popen(
                command,
                env=self._environment(environment),
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _environment(self, extra: dict[str, str]) -> dict[str, str]:
        return {**os.environ, **self.environment, **extra}

    def _alive(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def running_site(folder: Path, **environment) -> Iterator[Site]:
    site = Site(folder, **environment)
    try:
        yield site.start()
    finally:
        site.kill()
