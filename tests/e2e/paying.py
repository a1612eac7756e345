"""Examples of the pages about money that leaves: a payout that came back, cash that waits, batches open and sent; and
of the rules. {name of the page: [(who looks, which one), …]}."""

from decimal import Decimal

from django.utils import timezone

from artisans.models import Membership
from shop.settlement import payees, payouts
from shop.settlement.booking import book_adjustment
from shop.settlement.models import CashOffice, CommissionRule, Payout, PayoutBatch, PayoutDetails, ReleaseRule, VatRate
from shop.settlement.payout_states import mark_bounced
from shop.settlement.rails import CASH
from tests.e2e.people import person
from tests.shop.settlement.accounts import make_paying_account, save_bank

Found = dict[str, list[tuple[str, int]]]


def of_paying() -> Found:
    maker = Membership.objects.get(user=person("payee")).artisan
    ways_of(maker)
    waits_still()
    came_back = leave(payouts.ask_now(earn(maker), maker.currency))
    mark_bounced(came_back.pk, "AC04", "Счёт закрыт")
    came_back.refresh_from_db()
    in_cash = leave(payouts.try_next(came_back, CASH))
    arrived = leave(payouts.ask_now(earn(maker), maker.currency))
    payouts.ask_now(earn(maker), maker.currency)
    opened = payouts.gather(person("treasurer"))[0]
    return {
        "studio:payout": [("payee", one.pk) for one in (came_back, in_cash, arrived)],
        "moderation:payout-batch": [("treasurer", one.pk) for one in (*opened, came_back.batch, arrived.batch)],
        "moderation:cash": [("treasurer", in_cash.receipt.pk)],
    }


def ways_of(maker) -> None:
    """Bank and cash, both past their hold."""
    country, currency = maker.country, maker.currency
    make_paying_account(country, currency)
    office, _made = CashOffice.objects.get_or_create(
        country=country, currency=currency, name="Karvan", place="Алматы", agent=person("treasurer")
    )
    save_bank(maker)
    passport = {"holder": maker.name, "document": "N12345678", "office": office.pk}
    payees.save_details(
        payees.payee_for(maker.partner), CASH, currency, passport,
        country=country, number="N12345678", label=str(office), person=None,
    )  # fmt: skip
    PayoutDetails.objects.update(hold_until=timezone.now())


def waits_still() -> None:
    """What an earlier run in the same shop left open."""
    for batch in PayoutBatch.objects.filter(status=PayoutBatch.OPEN):
        payouts.cancel(batch.pk, person("treasurer"))
    Payout.objects.filter(status=Payout.SCHEDULED).update(status=Payout.CANCELLED)


def earn(maker):
    book_adjustment(maker.partner, Decimal("6000.00"), maker.currency, "for a test", person("treasurer"))
    return maker.partner


def leave(payout: Payout) -> Payout:
    """Gathered, looked at by two, sent."""
    payouts.gather(person("treasurer"))
    payout.refresh_from_db()
    for who in ("treasurer", "administrator"):
        payouts.approve(payout.batch_id, person(who))
    payouts.send(payout.batch_id, person("treasurer"))
    payout.refresh_from_db()
    return payout


def of_rules() -> Found:
    rules = {"commission": CommissionRule, "vat": VatRate, "release": ReleaseRule}
    return {
        f"moderation:{kind}-change": [("administrator", one.pk) for one in model.objects.order_by("pk")[:1]]
        for kind, model in rules.items()
    }
