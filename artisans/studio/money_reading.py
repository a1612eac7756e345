"""What the money page shows of one maker: plain dicts."""

from artisans.models import Artisan
from artisans.studio.payees import FORMS
from artisans.studio.payout_forms import ScheduleForm
from shop.settlement import payees
from shop.settlement.models import PayeeMember
from shop.settlement.rails import RAILS
from shop.settlement.rails.rules import current_rules, rules_for


def purse_of(artisan: Artisan) -> dict:
    """Everything about one maker's money."""
    payee = payees.payee_for(artisan.partner)
    known = payees.details_in_force(payee, artisan.currency)
    rules = rules_for(current_rules(), artisan.country, artisan.currency)
    return {
        "artisan": artisan,
        "payee": payee,
        "ways": [
            {"rail": rule.rail, "name": RAILS[rule.rail], "details": known.get(rule.rail), "rule": rule}
            for rule in rules
            if rule.rail in FORMS or rule.rail in known
        ],
        "member": PayeeMember.objects.filter(partner=artisan.partner).select_related("payee__partner").first(),
        "members": list(payee.members.select_related("partner").order_by("partner__name")),
        "schedule": ScheduleForm(instance=payee, auto_id=f"schedule-{artisan.partner_id}-%s"),
    }
