"""The demo's mails, to be read on a page instead of sent."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

NEWEST = 100
# Django's file backend writes this line after each message; a file holds one or more.
_RULE = b"\n" + b"-" * 79 + b"\n"


@require_safe
def mails(request):
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/mails.html", {"mails": newest_mails(NEWEST)})


def newest_mails(count: int) -> list[dict]:
    """The last `count` mails sent, newest first: {subject, to, date, text}. None where mails are really sent."""
    folder = getattr(settings, "EMAIL_FILE_PATH", "")
    files = sorted(Path(folder).glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True) if folder else []
    found: list[dict] = []
    for file in files:
        if len(found) >= count:
            break
        parts = [part for part in file.read_bytes().split(_RULE) if part.strip()]
        found += [_read(part) for part in reversed(parts)]
    return found[:count]


def _read(part: bytes) -> dict:
    message = message_from_bytes(part, policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return {
        "subject": message["Subject"],
        "to": message["To"],
        "date": message["Date"].datetime if message["Date"] else None,
        "text": body.get_content().strip() if body else "",
    }
