"""What is known about a disputed payment, gathered for the bank: a draft that a person reads before it is sent.

The names are those of Stripe's dispute evidence (https://docs.stripe.com/api/disputes/evidence_object); the sandbox
takes the same.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from shop.accounts.audit import note
from shop.checkout.gateway import get_gateway
from shop.order.addresses import address_lines
from shop.settlement.disputing import settle_dispute
from shop.settlement.models import Dispute

FIELDS = (
    "product_description", "customer_name", "customer_email_address", "shipping_address", "shipping_carrier",
    "shipping_tracking_number", "shipping_date", "refund_policy_disclosure", "uncategorized_text",
)  # fmt: skip
# A picture each.
PICTURES = ("shipping_documentation", "customer_communication", "uncategorized_file")
# Stripe takes 4.5 MB of pictures in all.
MOST_BYTES = 4_500_000
# What one field may hold; Stripe takes 150,000 characters in all.
LONGEST = 20_000


class AnsweredAlready(Exception):
    """A dispute is answered once; the bank looks at it, or has decided."""


def draft(dispute: Dispute) -> dict[str, str]:
    """The evidence that our own records hold, in English, which every bank reads; what is not known is left out."""
    order = dispute.payment.order
    parcels = list(order.parcels.select_related("partner").order_by("number"))
    to = order.shipping_address
    with translation.override("en"):
        found = {
            "product_description": "\n".join(f"{line.quantity} × {line.title}, handmade" for line in order.lines.all()),
            "customer_name": f"{to.first_name} {to.last_name}".strip() if to else "",
            "customer_email_address": order.email or "",
            "shipping_address": ", ".join([*address_lines(to), to.country_id]) if to else "",
            "shipping_carrier": _joined(parcel.carrier for parcel in parcels),
            "shipping_tracking_number": _joined(parcel.tracking for parcel in parcels),
            "shipping_date": _joined(f"{parcel.shipped_at:%Y-%m-%d}" for parcel in parcels if parcel.shipped_at),
            "refund_policy_disclosure": _terms(order),
            "uncategorized_text": "\n".join(_history(order, parcels)),
        }
    return {name: text[:LONGEST] for name, text in found.items() if text}


def _joined(values: Any) -> str:
    return ", ".join(dict.fromkeys(value for value in values if value))


def _terms(order: Any) -> str:
    sale = order.sale
    accepted = f"{sale.terms_accepted_at:%Y-%m-%d %H:%M} UTC"
    return f"The shopper accepted the terms of sale (version {sale.terms_version}) on {accepted}, before paying."


def _history(order: Any, parcels: list) -> list[str]:
    """What happened to each parcel, what was written, what was given back."""
    told = [f"Order {order.number} of {order.date_placed:%Y-%m-%d %H:%M}."]
    for parcel in parcels:
        steps = [("accepted", parcel.accepted_at), ("sent", parcel.shipped_at), ("delivered", parcel.delivered_at)]
        went = ", ".join(f"{name} {at:%Y-%m-%d}" for name, at in steps if at) or "not sent yet"
        told.append(f"Parcel {parcel} of {parcel.partner.name}: {went}.")
        for returned in parcel.returns.all():
            told.append(f"The shopper wrote ({returned.requested_at:%Y-%m-%d}, {returned.reason}): {returned.words}")
            told.append(f"Answer: {returned.status}. {returned.answer}".strip())
            for message in returned.messages.all():
                told.append(f"Message of the {message.author} ({message.written:%Y-%m-%d}): {message.words}")
    if order.sale.note:
        told.append(f"The shopper's note with the order: {order.sale.note}")
    for line in order.lines.all():
        image = line.product.primary_image() if line.product_id else None
        if image and getattr(image, "original", None):
            told.append(
                f"Picture of “{line.title}” as it was offered: {urljoin(settings.SITE_URL, image.original.url)}"
            )
    for refund in order.refunds.filter(status="succeeded"):
        told.append(f"Given back: {refund.amount} {refund.currency} on {refund.settled_at:%Y-%m-%d}.")
    return told


def submit(dispute: Dispute, evidence: dict[str, str], person: Any, pictures: Mapping[str, bytes]) -> Dispute:
    """Sends the answer with its `pictures` (field → JPEG), once; GatewayDown and Refused are the caller's to show, and
    nothing is written then. Asking again hands in no picture twice."""
    if dispute.status not in (Dispute.NEEDS_ANSWER, Dispute.INQUIRY) or dispute.answered_at:
        raise AnsweredAlready
    sent = {name: text for name, text in evidence.items() if name in FIELDS and text}
    gateway = get_gateway(dispute.payment.gateway)
    for name, picture in pictures.items():
        key = f"{name}-{dispute.reference}-{sha256(picture).hexdigest()[:16]}"
        sent[name] = gateway.upload_evidence(f"{name}.jpg", picture, key)
    # What differs is another request: one that was refused may be mended.
    told = sha256(repr(sorted(sent.items())).encode()).hexdigest()[:16]
    facts = gateway.submit_evidence(dispute.reference, sent, f"evidence-{dispute.reference}-{told}")
    with transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(answered_at=timezone.now())
        note(person, "dispute answered", dispute, fields=", ".join(sent))
        return settle_dispute(facts) or dispute
