"""The two shops as processes: their settings, their commands, their gunicorn."""

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
START_SECONDS = 120
KARVAN, OSCAR, SPELLING = "karvan", "oscar", "oscar with spelling"


@dataclass
class Shop:
    """name; wsgi: its application; env: its settings; work: its folder. Started and stopped as often as one likes."""

    name: str
    wsgi: str
    env: dict[str, str]
    work: Path
    port: int
    process: subprocess.Popen | None = field(default=None, repr=False)
    starts: list[float] = field(default_factory=list, repr=False)
    """Seconds that each start took, until every worker was ready."""

    def run(self, *arguments: str) -> None:
        """Runs `python …` with the shop's settings. CalledProcessError when it fails."""
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=os.environ | self.env, check=True)

    def start(self) -> None:
        """Returns when all workers have loaded the application and none has answered a request."""
        ready = self.work / "ready"
        ready.mkdir(parents=True, exist_ok=True)
        for old in ready.iterdir():
            old.unlink()
        command = [sys.executable, "-m", "gunicorn", self.wsgi, "--bind", f"127.0.0.1:{self.port}",
                   "--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread",
                   "--keep-alive", "60", "--log-level", "error",
                   "--config", str(ROOT / "bench" / "gunicorn_conf.py")]  # fmt: skip
        env = os.environ | self.env | {"BENCH_READY": str(ready)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=env)
        started = time.monotonic()
        limit = started + START_SECONDS
        while len(list(ready.iterdir())) < WORKERS:
            if self.process.poll() is not None or time.monotonic() > limit:
                self.stop()
                raise RuntimeError(f"The server of {self.name} did not start.")
            time.sleep(0.05)
        self.starts.append(time.monotonic() - started)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=15)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()


def make_shops(work: Path, database_url: str) -> dict[str, Shop]:
    """Ours, Oscar, and Oscar with its sandbox's spelling suggestions (the same data), each on a port of its own."""
    work = work.resolve()
    ports = _free_ports(3)
    common = {"SECRET_KEY": secrets.token_urlsafe(48), "MEDIA_ROOT": str(work / "media"), "DEBUG": "0"}
    ours = work / "karvan"
    karvan = common | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.base",
        "DATABASE_URL": _database(database_url, "karvan", ours),
        "SEARCH_INDEX": str(ours / "search" / "listings.sqlite3"),
        "EMAIL_URL": f"filemail://{ours / 'mails'}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{ports[0]}",
        "PAYMENT_SANDBOX": "1",
        "SANDBOX_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "PAYOUT_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
    }
    theirs = work / "oscar"
    oscar = common | {
        "DJANGO_SETTINGS_MODULE": "bench.stock.settings",
        "DATABASE_URL": _database(database_url, "oscar", theirs),
        "BENCH_WORK": str(theirs),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(work / "packages")]),
        "PYTHONWARNINGS": "ignore",
    }
    for folder in (ours / "search", theirs):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        KARVAN: Shop(KARVAN, "marketplace.wsgi", karvan, ours, ports[0]),
        OSCAR: Shop(OSCAR, "bench.stock.wsgi", oscar | {"BENCH_SPELLING": "0"}, theirs, ports[1]),
        SPELLING: Shop(SPELLING, "bench.stock.wsgi", oscar | {"BENCH_SPELLING": "1"}, work / "spelling", ports[2]),
    }


def _database(url: str, shop: str, folder: Path) -> str:
    """A file of its own, or a database of its own on the server of `url`, made when it is not there."""
    if not url.startswith("postgres"):
        return f"sqlite:///{folder / 'db.sqlite3'}"
    import psycopg
    from psycopg import sql

    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_bench_{shop}"
    with psycopg.connect(url, autocommit=True) as connection:
        there = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
        if there is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return urlunsplit(parts._replace(path=f"/{name}"))


def _free_ports(count: int) -> list[int]:
    holders = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [holder.getsockname()[1] for holder in holders]
    for holder in holders:
        holder.close()
    return ports
