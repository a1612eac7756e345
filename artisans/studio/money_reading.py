"""What the money pages show of one maker: plain dicts and dataclasses, the maker's own and nothing else."""

from django.utils import timezone
from django.utils.formats import date_format

from artisans.models import Artisan
from artisans.studio.payout_forms import ScheduleForm
from shop.currency.money import format_money
from shop.settlement import payees, payouts
from shop.settlement.charts import bars
from shop.settlement.ledger import Balance, balances
from shop.settlement.models import Payout
from shop.settlement.payout_plans import WORDS, Obstacle, next_day, plan
from shop.settlement.rails import RAILS
from shop.settlement.rails.rules import Rule, current_rules, rules_for
from shop.settlement.rails.sending import is_set_up
from shop.settlement.reasons import reason_text
from shop.settlement.shares import share_of, sold_parcels
from shop.settlement.statements import earnings, months_of

SHOWN = 8


def purse_of(artisan: Artisan, language: str) -> dict:
    """Everything about one maker's money: balances and what comes next in each currency, and where it goes."""
    rules = current_rules()
    payee = payees.payee_for(artisan.partner)
    known = balances(artisan.partner)
    known.setdefault(artisan.currency, Balance())
    return {
        "artisan": artisan,
        "payee": payee,
        "pots": [_pot(artisan, currency, balance, rules, language) for currency, balance in known.items()],
        "pending": [share for share in map(share_of, sold_parcels(artisan.partner)[:100]) if share.is_pending],
        "payouts": list(_payouts(artisan)[:SHOWN]),
        "ways": _ways(artisan, payee, rules),
        "member": payees.membership_of(artisan.partner),
        "members": list(payee.members.select_related("partner").order_by("partner__name")),
        "through": list(_through(payee)[:SHOWN]),
        "schedule": ScheduleForm(instance=payee, auto_id=f"schedule-{artisan.partner_id}-%s"),
        "next_day": next_day(payee.schedule, timezone.now()),
    }


def _payouts(artisan: Artisan):
    shown = Payout.objects.filter(partner=artisan.partner).exclude(status=Payout.CANCELLED)
    return shown.select_related("details", "payee__partner")


def _through(payee):
    """What was paid to a cooperative for its members, each from their own account in the ledger."""
    shares = Payout.objects.filter(payee=payee).exclude(partner=payee.partner_id).exclude(status=Payout.CANCELLED)
    return shares.select_related("partner")


def _ways(artisan: Artisan, payee, rules: list[Rule]) -> list[dict]:
    """Ways that are set up, or that the maker has details for."""
    known = payees.details_in_force(payee, artisan.currency)
    return [
        {"rail": rule.rail, "name": RAILS[rule.rail], "details": known.get(rule.rail), "rule": rule}
        for rule in rules_for(rules, artisan.country, artisan.currency)
        if rule.rail in known or is_set_up(rule.rail, artisan.country, artisan.currency)
    ]


def _pot(artisan: Artisan, currency: str, balance: Balance, rules: list[Rule], language: str) -> dict:
    """One currency: figures, the payout that could be asked for or what stands against it, the chart, the months."""
    made = plan(artisan.partner, currency, balance, rules)
    values = earnings(artisan.partner, currency)
    months = [(date_format(month, "M"), amount) for month, amount in values]
    return {
        "currency": currency,
        "balance": balance,
        "plan": None if isinstance(made, Obstacle) else made,
        "rail_name": "" if isinstance(made, Obstacle) else RAILS[made.rail],
        "obstacle": words_of(made, currency, language) if isinstance(made, Obstacle) else "",
        "under_way": Payout.objects.filter(
            partner=artisan.partner, currency=currency, status__in=[Payout.SCHEDULED, Payout.BATCHED]
        ).first(),
        "chart": bars(months) if any(amount for _month, amount in values) else None,
        "table": [(date_format(month, "YEAR_MONTH_FORMAT"), amount) for month, amount in values],
        "months": months_of(artisan.partner, currency)[:12],
    }


def words_of(obstacle: Obstacle, currency: str, language: str) -> str:
    """What stands against a payout, in the active language."""
    until = date_format(timezone.localtime(obstacle.until), "SHORT_DATETIME_FORMAT") if obstacle.until else ""
    least = format_money(obstacle.least, currency, language) if obstacle.least is not None else ""
    return str(WORDS[obstacle.code]) % {"until": until, "least": least, "reason": obstacle.reason}


def payout_page(payout: Payout) -> dict:
    """One payout: its way, why it came back, which ways are left, its cash receipt."""
    steps = [
        ("scheduled", payout.created, True),
        ("batched", payout.batched_at, bool(payout.batched_at)),
        ("sent", payout.sent_at, bool(payout.sent_at)),
        (payout.status if payout.status in ("paid", "bounced") else "paid", payout.settled_at, bool(payout.settled_at)),
    ]
    labels = dict(Payout.STATUSES)
    return {
        "payout": payout,
        "rail_name": RAILS[payout.rail],
        "steps": [{"label": labels[code], "when": when, "done": done, "code": code} for code, when, done in steps],
        "why": reason_text(payout.reason_code) if payout.reason_code else "",
        "next_ways": [
            (rail, RAILS[rail]) for rail in (payouts.next_ways(payout) if payout.status == Payout.BOUNCED else [])
        ],
        "tried": payout.next_ones.first(),
        "receipt": getattr(payout, "receipt", None),
    }
