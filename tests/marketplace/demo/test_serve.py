"""Ctrl-C ends the demo: nothing it started is left running."""

import subprocess
import sys

from marketplace.demo.serve import stop

DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
POLITE = "import signal; print('up', flush=True); signal.pause()"


def start(code: str) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"up\n"
    return process


def test_one_that_does_not_listen_is_made_to_end():
    running = [start(DEAF), start(POLITE)]
    stop(running, patience=0.2)
    assert [process.returncode for process in running] == [-9, -15]
