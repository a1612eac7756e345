from allauth.account.adapter import DefaultAccountAdapter

from shop.outbox.services import enqueue, handles


class AccountAdapter(DefaultAccountAdapter):
    """allauth's mails go through the outbox, so that signing up does not wait for a mail server."""

    def send_mail(self, template_prefix, email, context):
        message = self.render_mail(template_prefix, email, context)
        enqueue("account-mail", {"subject": message.subject, "body": message.body, "to": message.to})


@handles("account-mail")
def deliver_account_mail(payload: dict) -> None:
    from django.core.mail import EmailMessage

    EmailMessage(payload["subject"], payload["body"], to=payload["to"]).send()
