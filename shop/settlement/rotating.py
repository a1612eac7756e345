"""Sealing everything anew after PAYOUT_KEYS got a new first key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from shop.settlement import vault
from shop.settlement.models import PayingAccount, PayoutBatch, PayoutDetails

_SEALED = [(PayoutDetails, "sealed"), (PayingAccount, "sealed"), (PayoutBatch, "sealed_file")]


@transaction.atomic
def rotate() -> int:
    """Every sealed value under the newest key, or none: Unreadable when one opens with no key. Returns how many."""
    done = 0
    for model, field in _SEALED:
        for row in model.objects.exclude(**{field: ""}).select_for_update().only("pk", field):
            model.objects.filter(pk=row.pk).update(**{field: vault.reseal(getattr(row, field))})
            done += 1
    # The secrets of second factors are sealed by the same keys (marketplace.second_factor).
    for authenticator in Authenticator.objects.select_for_update():
        for name in ("secret", "seed"):
            if name in authenticator.data:
                authenticator.data[name] = vault.reseal(authenticator.data[name])
                done += 1
        authenticator.save(update_fields=["data"])
    return done
