"""A maker's statement of a month: what was owed at its start, everything that changed it, what is owed at its end. From
the ledger alone; what is on its way by a payout is no longer owed."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shop.currency.money import CENT, format_money
from shop.order.letters import printable
from shop.settlement.ledger import ZERO
from shop.settlement.models import Account, Entry, Payout, Posting

TEMPLATE = Path(__file__).parent / "statement.typ"
# What the platform owes the maker; the rest of a maker's accounts has left already.
OWED = (Account.PENDING, Account.SHIPPING_HELD, Account.AVAILABLE, Account.FROZEN)


@dataclass(frozen=True)
class Movement:
    """One entry that changed what is owed: `amount` positive to the maker; `balance` after it."""

    when: datetime
    kind: str
    label: str
    about: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True)
class Statement:
    """`opening` + the movements' amounts = `closing`, all in `currency`."""

    partner: Any
    currency: str
    first: date
    opening: Decimal
    movements: list[Movement]

    @property
    def closing(self) -> Decimal:
        return self.movements[-1].balance if self.movements else self.opening

    @property
    def totals(self) -> dict[str, Decimal]:
        """By kind of entry, in the order they first came."""
        sums: dict[str, Decimal] = {}
        for movement in self.movements:
            sums[movement.label] = sums.get(movement.label, ZERO) + movement.amount
        return sums


def _owed(partner: Any, currency: str) -> Any:
    return Posting.objects.filter(
        account__partner=partner, account__currency=currency, account__kind__in=OWED
    )  # fmt: skip


def month_start(first: date) -> datetime:
    return timezone.make_aware(datetime(first.year, first.month, 1))


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def statement(partner: Any, currency: str, first: date) -> Statement:
    """The month that begins on `first`, by the site's time zone (three queries)."""
    begin, end = month_start(first), month_start(next_month(first))
    rows = _owed(partner, currency)
    opening = -(rows.filter(entry__created__lt=begin).aggregate(total=Sum("amount"))["total"] or ZERO)
    changes = (
        rows.filter(entry__created__gte=begin, entry__created__lt=end)
        .order_by("entry__created", "entry")
        .values(
            "entry", "entry__created", "entry__kind", "entry__order__number", "entry__cause_type", "entry__cause_id"
        )
        .annotate(total=Sum("amount"))
    )
    changes = [row for row in changes if row["total"]]
    payouts = {row["entry__cause_id"] for row in changes if row["entry__cause_type"] == "payout"}
    keys = dict(Payout.objects.filter(pk__in=payouts).values_list("pk", "key"))
    labels, balance, movements = dict(Entry.KINDS), opening.quantize(CENT), []
    for row in changes:
        amount = -row["total"].quantize(CENT)
        balance += amount
        about = row["entry__order__number"] or keys.get(row["entry__cause_id"], "")
        label = str(labels.get(row["entry__kind"], row["entry__kind"]))
        movements.append(Movement(row["entry__created"], row["entry__kind"], label, about, amount, balance))
    return Statement(partner, currency, first, opening.quantize(CENT), movements)


def months_of(partner: Any, currency: str) -> list[date]:
    """The months in which anything moved, the newest first (one query)."""
    months = _owed(partner, currency).annotate(month=TruncMonth("entry__created")).order_by("-month")
    return [month.date() for month in months.values_list("month", flat=True).distinct()]


def earnings(partner: Any, currency: str, months: int = 12) -> list[tuple[date, Decimal]]:
    """What sales brought less what refunds took, by month, for the last `months` months, oldest first (one query)."""
    today = timezone.localdate()
    starts = [date(today.year, today.month, 1)]
    while len(starts) < months:
        starts.append(date(starts[-1].year - (starts[-1].month == 1), (starts[-1].month - 2) % 12 + 1, 1))
    starts.reverse()
    kinds = (Entry.SALE, Entry.REFUND, Entry.REFUND_FAILED, Entry.DISPUTE_LOST)
    rows = (
        _owed(partner, currency)
        .filter(entry__kind__in=kinds, entry__created__gte=month_start(starts[0]))
        .annotate(month=TruncMonth("entry__created"))
        .order_by()
        .values_list("month")
        .annotate(total=Sum("amount"))
    )
    found = {month.date(): -total.quantize(CENT) for month, total in rows}
    return [(start, found.get(start, ZERO)) for start in starts]


# -- Documents ------------------------------------------------------------------------------------------------------


def to_csv(made: Statement) -> str:
    """For a spreadsheet: dates and amounts as ISO has them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["date", "what", "about", "amount", "balance", "currency"])
    writer.writerow([made.first.isoformat(), "opening", "", "", made.opening, made.currency])
    for movement in made.movements:
        day = timezone.localdate(movement.when).isoformat()
        writer.writerow([day, movement.kind, movement.about, movement.amount, movement.balance, made.currency])
    writer.writerow(
        [next_month(made.first).isoformat(), "closing", "", "", made.closing, made.currency]
    )  # fmt: skip
    return out.getvalue()


def to_pdf(made: Statement, language: str) -> bytes:
    with translation.override(language):
        return typeset(statement_data(made, language))


def statement_data(made: Statement, language: str) -> dict[str, Any]:
    """Everything the statement prints, as text in the active language."""

    def money(amount: Decimal) -> str:
        return format_money(amount, made.currency, language)

    return {
        "language": language,
        "title": _("Statement"),
        "for": made.partner.name,
        "period": date_format(made.first, "YEAR_MONTH_FORMAT"),
        "facts": [],
        "columns": [_("Date"), _("What"), _("Number"), _("Amount"), _("Balance")],
        "rows": [
            [date_format(made.first, "SHORT_DATE_FORMAT"), _("owed at the beginning"), "", "", money(made.opening)],
            *(
                [
                    date_format(timezone.localtime(movement.when), "SHORT_DATE_FORMAT"),
                    movement.label,
                    movement.about,
                    money(movement.amount),
                    money(movement.balance),
                ]
                for movement in made.movements
            ),
        ],
        "totals": [
            *([label, money(total)] for label, total in made.totals.items()),
            [_("Owed at the end"), money(made.closing)],
        ],
        "notes": _notes(),
    }


def _notes() -> list[str]:
    notes = [_("From the books of Karvan. What was sent to you is no longer in this balance.")]
    return notes + ([_("Test money: nothing real was charged.")] if settings.PAYMENT_SANDBOX else [])


def payout_data(payout: Payout, language: str) -> dict[str, Any]:
    """A payout's advice: how much, where to, when, what for."""
    when = payout.settled_at or payout.sent_at or payout.created
    amount = format_money(payout.amount, payout.currency, language)
    facts = [
        [_("Number"), payout.key],
        [_("Paid to"), payout.payee.partner.name],
        [pgettext("bank", "Account"), f"{payout.details.label} … {payout.details.last4}".strip()],
        [_("Status"), str(payout.get_status_display())],
    ]
    return {
        "language": language,
        "title": _("Payout"),
        "for": payout.partner.name,
        "period": date_format(timezone.localtime(when), "DATE_FORMAT"),
        "facts": facts,
        "columns": [],
        "rows": [],
        "totals": [[_("Amount"), amount]],
        "notes": _notes()[1:],
    }


def payout_pdf(payout: Payout, language: str) -> bytes:
    with translation.override(language):
        return typeset(payout_data(payout, language))


def typeset(data: dict[str, Any]) -> bytes:
    return typst.compile(
        str(TEMPLATE),
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        font_paths=[str(settings.BASE_DIR / "static" / "fonts" / "pdf")],
        ignore_system_fonts=True,
    )
