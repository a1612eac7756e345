"""Vouchers with limits, of the platform or of one maker. Who bears the discount is frozen with the order's splits."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.accounts.audit import note
from shop.settlement.models import AnyBasket, VoucherPercentage, VoucherTerms

ConditionalOffer = get_model("offer", "ConditionalOffer")
Voucher = get_model("voucher", "Voucher")
VoucherApplication = get_model("voucher", "VoucherApplication")
Order = get_model("order", "Order")


@transaction.atomic
def open_voucher(
    code: str, percent: Decimal, starts: datetime.datetime, ends: datetime.datetime, *, partner: Any = None,
    uses: int | None = None, once_each: bool = False,
) -> Voucher:  # fmt: skip
    """A voucher for `percent` off: of one maker's goods, who bears it (`partner`), or of everything, borne by the
    platform. At most `uses` orders in all (None: no limit); with `once_each`, once for each signed-in shopper."""
    if not 0 < percent <= 100:
        raise ValueError("A voucher takes more than 0 and at most 100 percent off.")
    path = VoucherPercentage.__module__
    benefit = VoucherPercentage.objects.create(proxy_class=f"{path}.VoucherPercentage", value=percent)
    condition = AnyBasket.objects.create(proxy_class=f"{path}.AnyBasket", value=1)
    offer = ConditionalOffer.objects.create(
        name=f"{code} {starts:%Y-%m-%d}", offer_type=ConditionalOffer.VOUCHER, condition_id=condition.pk,
        benefit_id=benefit.pk, max_global_applications=uses, max_basket_applications=1,
    )  # fmt: skip
    voucher = Voucher.objects.create(
        name=offer.name, code=code, start_datetime=starts, end_datetime=ends,
        usage=Voucher.ONCE_PER_CUSTOMER if once_each else Voucher.MULTI_USE,
    )  # fmt: skip
    voucher.offers.add(offer)
    VoucherTerms.objects.create(voucher=voucher, partner=partner)
    return voucher


def end_voucher(voucher: Voucher) -> bool:
    """Nobody can use it from now on; what was bought with it stays. False when it had ended."""
    now = timezone.now()
    running = Voucher.objects.filter(pk=voucher.pk, end_datetime__gt=now)
    return bool(running.update(end_datetime=now, start_datetime=Least(F("start_datetime"), now)))


def lock_vouchers(ids: Iterable[int]) -> list[Voucher]:
    """Locks these vouchers with their offers until the transaction ends, always in the order of their ids: what their
    counters say is then true until the order is written."""
    found = list(Voucher.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))
    limited = Q(vouchers__in=found) | Q(offer_type=ConditionalOffer.SITE, max_global_applications__isnull=False)
    offers = ConditionalOffer.objects.filter(limited).order_by("pk").values_list("pk", flat=True)
    list(ConditionalOffer.objects.select_for_update().filter(pk__in=set(offers)).order_by("pk"))
    return found


def problem_of(voucher: Voucher, user: Any) -> str:
    """Why this shopper cannot use the voucher (now), in their language; "" when they can."""
    if not voucher.is_active():
        return _("This voucher is not valid today.")
    fits, _why = voucher.is_available_to_user(user=user or AnonymousUser())
    if not fits and voucher.usage == Voucher.ONCE_PER_CUSTOMER and not (user and user.is_authenticated):
        return _("This voucher is for people who are signed in. Please sign in first.")
    if not fits:
        return _("You have used this voucher already.")
    if not any(offer.get_max_applications(user) for offer in voucher.offers.all()):
        return _("This voucher has been used up.")
    return ""


def drop_unusable(basket: Any, user: Any) -> None:
    """Locks the basket's vouchers and takes out those that cannot be used any more, before prices are computed."""
    through = basket.vouchers.through.objects.filter(basket=basket)
    ids = list(through.values_list("voucher_id", flat=True))
    for voucher in lock_vouchers(ids) if ids else []:
        if problem_of(voucher, user):
            basket.vouchers.remove(voucher)


def take_code(basket: Any, code: str, user: Any) -> str:
    """Puts the voucher of this code into the basket; returns why not, or ""."""
    voucher = Voucher.objects.filter(code=code.strip().upper()).first()
    if voucher is None:
        return _("We do not know this code. Please look for a typing mistake.")
    problem = problem_of(voucher, user)
    if not problem:
        basket.vouchers.add(voucher)
    return problem


def lock_vouchers_of(order: Order) -> None:
    """Locks what the order used, before its stock: in the order in which placing an order locks them."""
    lock_vouchers(order.discounts.filter(voucher_id__isnull=False).values_list("voucher_id", flat=True))


@transaction.atomic
def give_back_vouchers(order: Order) -> None:
    """The order was never paid: its vouchers may be used again, as often as before it."""
    lock_vouchers_of(order)
    for discount in order.discounts.filter(voucher_id__isnull=False):
        _count(discount, -1)
    order.voucherapplication_set.all().delete()


@transaction.atomic
def take_vouchers_again(order: Order) -> None:
    """The order was paid after all, at the price with its vouchers: they are used again. One that others have used up
    meanwhile, or that has ended, counts all the same, and the audit trail says so: the price that was paid is kept."""
    lock_vouchers_of(order)
    for discount in order.discounts.filter(voucher_id__isnull=False):
        voucher = Voucher.objects.filter(pk=discount.voucher_id).first()
        if voucher is None:
            continue
        if problem_of(voucher, order.user):
            note(None, "voucher honoured late", voucher, order=order.number)
        _count(discount, 1)
        VoucherApplication.objects.get_or_create(voucher=voucher, order=order, user=order.user)


def _count(discount: Any, times: int) -> None:
    """One use more (1) or less (-1) of the voucher and the offer of a discount, never below none."""
    Voucher.objects.filter(pk=discount.voucher_id).update(
        num_orders=Greatest(F("num_orders") + times, 0),
        total_discount=F("total_discount") + times * discount.amount,
    )
    ConditionalOffer.objects.filter(pk=discount.offer_id).update(
        num_applications=Greatest(F("num_applications") + times * (discount.frequency or 1), 0),
        num_orders=Greatest(F("num_orders") + times, 0),
        total_discount=F("total_discount") + times * discount.amount,
    )
