"""The site's application; with DIE_AT set, a process that kills itself (SIGKILL, all its group) at that step.

A step is `module:function`, or `module:function:after` to die when it has returned. Nothing is caught, flushed or
rolled back by hand: what is in the database then is what a power cut would have left.
"""

import importlib
import os
import signal

from marketplace.wsgi import application  # noqa: F401 - gunicorn serves it


def die() -> None:
    os.killpg(0, signal.SIGKILL)


def doom(step: str) -> None:
    where, name, *when = step.split(":")
    owner = importlib.import_module(where)
    *path, name = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original = getattr(owner, name)

    def doomed(*args, **kwargs):
        if when:
            original(*args, **kwargs)
        die()

    setattr(owner, name, doomed)
    from shop.outbox import services

    for kind, handler in services._handlers.items():
        if handler is original:
            services._handlers[kind] = doomed


def drop_posts() -> None:
    """The provider's messages are lost on their way."""
    from shop.sandbox import provider

    def lost(url, body, headers):
        raise ConnectionError("nobody listens there")

    provider.post = lost


if os.environ.get("DROP_POSTS"):
    drop_posts()
if os.environ.get("DIE_AT"):
    doom(os.environ["DIE_AT"])
