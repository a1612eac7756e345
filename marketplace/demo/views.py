"""The demo's mails, to be read on a page instead of sent."""

from email import message_from_binary_file, policy
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render

NEWEST = 100


def mails(request):
    if not settings.DEMO:
        raise Http404
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return render(request, "demo/mails.html", {"mails": [_read(file) for file in files[:NEWEST]]})


def _read(file: Path) -> dict[str, str]:
    with file.open("rb") as opened:
        message = message_from_binary_file(opened, policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content() if body else ""
    return {
        "subject": message["Subject"],
        "to": message["To"],
        "date": message["Date"],
        "text": text.split("-" * 79)[0].strip(),
    }
