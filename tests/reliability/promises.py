"""What must be true of the shop whatever happened before."""

from django.db.models import Sum
from django.utils import timezone
from oscar.core.loading import get_model

from shop.sandbox.models import SandboxSession
from shop.settlement.models import Payment, Sale

Line = get_model("order", "Line")
Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")


def keep_the_promises() -> None:
    """No unpaid order holds stock after its time, none without its parcels and payment; stock is held for orders only
    and never more than there is; who paid has an order that says so, once."""
    assert not Sale.objects.filter(
        stock_held=True, order__status="pending payment", reserved_until__lt=timezone.now()
    ).exists()
    for record in StockRecord.objects.all():
        held = Line.objects.filter(stockrecord=record, order__sale__stock_held=True).aggregate(n=Sum("quantity"))["n"]
        assert (record.num_allocated or 0) == (held or 0), record
        assert (record.num_allocated or 0) <= record.num_in_stock, record
    for order in Order.objects.all():
        assert order.sale and order.parcels.exists() and order.payments.exists()
        paid = order.payments.filter(status=Payment.PAID).count()
        assert paid == (1 if order.status == "paid" else 0), (order.status, paid)
    for session in SandboxSession.objects.filter(status="paid"):
        assert Payment.objects.get(key=session.key).status in (Payment.PAID, Payment.REFUND_DUE, Payment.REFUNDED)
