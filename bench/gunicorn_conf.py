"""Tells, with a file for each, which workers have loaded the application, so that no request need wake them."""

import os
from pathlib import Path


def post_worker_init(worker):
    (Path(os.environ["BENCH_READY"]) / str(worker.pid)).touch()
