"""Mail through the outbox: rendered when it is sent, in the reader's language."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from shop.outbox.services import Unreachable, enqueue, handles


def send_mail(template: str, to: str, language: str, context: dict, key: str = "") -> None:
    """Queues `templates/emails/<template>.txt` (first line: the subject) for `to`. The context is plain JSON."""
    enqueue("mail", {"template": template, "to": to, "language": language, "context": context}, key=key)


@handles("mail")
def deliver_mail(payload: dict) -> None:
    with translation.override(payload["language"]):
        text = render_to_string(f"emails/{payload['template']}.txt", payload["context"])
    subject, body = text.strip().split("\n", 1)
    try:
        EmailMultiAlternatives(subject.strip(), body.strip() + "\n", to=[payload["to"]]).send()
    except (ConnectionError, TimeoutError) as error:
        raise Unreachable(f"the mail server does not answer: {error}") from error
