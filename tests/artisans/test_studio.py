"""The studio: a maker sees and changes their own parcels and stock."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from oscar.core.loading import get_model

from shop.listings.services import Variant
from shop.settlement.models import Parcel
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def seller(client):
    user = make_user("seller@example.org")
    client.force_login(user)
    return make_artisan(name="Nodira", user=user)


@pytest.fixture
def sold(seller):
    """A paid order of the seller and another maker; returns the seller's parcel."""
    other = make_artisan(name="Leyla", country="AZ", currency="AZN")
    mine = make_listing(seller, title="So‘zana", stock=3)
    order = place(mine, make_listing(other, title="Kəlağayı", price="77"), note="A gift, please.")
    pay(order)
    return order.parcels.get(partner=seller.partner)


def act(client, name: str, parcel, **form):
    return client.post(reverse(f"studio:{name}", args=[parcel.pk]), form)


def test_what_waits_is_on_the_first_page(client, sold):
    html = client.get(reverse("studio:index")).content.decode()
    assert f"Parcel {sold}" in html and "So‘zana" in html


def test_an_unpaid_order_is_not_shown_to_its_maker(client, seller):
    parcel = place(make_listing(seller)).parcels.get()
    assert str(parcel) not in client.get(reverse("studio:parcels")).content.decode()
    assert client.get(reverse("studio:parcel", args=[parcel.pk])).status_code == 404


def test_a_parcel_shows_where_it_goes_the_note_and_the_makers_own_money(client, sold):
    html = client.get(reverse("studio:parcel", args=[sold.pk])).content.decode()
    for words in ("Abai 1", "Almaty", "050000", "+7 701 234 5678", "A gift, please.", "125,000", "110,520"):
        assert words in html, words


def test_a_parcel_shows_nothing_of_the_other_makers(client, sold):
    for path in (reverse("studio:index"), reverse("studio:parcels"), reverse("studio:parcel", args=[sold.pk])):
        html = client.get(path).content.decode().split("<main")[1].split("</main>")[0]
        for words in ("Kəlağayı", "Leyla", "AZN", "₼", str(sold.order.total_incl_tax), sold.order.email):
            assert words not in html, (path, words)


def test_words_to_put_on_a_piece_reach_its_maker(client, sold):
    line = sold.order.lines.get(partner=sold.partner)
    line.attributes.create(type="words", value="For Aigerim")
    assert "For Aigerim" in client.get(reverse("studio:parcel", args=[sold.pk])).content.decode()


def test_accepting_then_sending(client, sold, mailoutbox):
    act(client, "accept", sold)
    sold.refresh_from_db()
    assert sold.status == Parcel.ACCEPTED
    act(client, "ship", sold, carrier="Uzpost", tracking="RR1")
    sold.refresh_from_db()
    assert (sold.status, sold.carrier, sold.tracking) == (Parcel.SHIPPED, "Uzpost", "RR1")
    assert StockRecord.objects.get(partner=sold.partner).num_in_stock == 2


def test_sending_without_a_carrier_is_refused_and_keeps_the_number(client, sold):
    response = act(client, "ship", sold, carrier="", tracking="RR1")
    html = response.content.decode()
    assert response.status_code == 422 and "Please say who brings it" in html and 'value="RR1"' in html
    sold.refresh_from_db()
    assert sold.status == Parcel.NEW


def test_a_cancelled_parcel_is_neither_accepted_nor_sent(client, sold):
    Parcel.objects.filter(pk=sold.pk).update(status=Parcel.CANCELLED)
    for name, form in (("accept", {}), ("ship", {"carrier": "Uzpost"})):
        html = client.post(reverse(f"studio:{name}", args=[sold.pk]), form, follow=True).content.decode()
        assert "any more" in html
    sold.refresh_from_db()
    assert sold.status == Parcel.CANCELLED


def test_parcels_can_be_kept_to_one_status(client, sold):
    for status, shown in (("new", True), ("shipped", False), ("nonsense", True)):
        assert (str(sold) in client.get(reverse("studio:parcels"), {"status": status}).content.decode()) is shown


def test_listings_show_every_variant_with_its_stock(client, seller):
    make_listing(seller, title="Chopon", variants=[Variant("S", 10, 4), Variant("M", 12, 0)])
    html = client.get(reverse("studio:listings")).content.decode()
    assert html.count("Chopon</a>") == 2 and 'value="4"' in html and "sold out" in html


def test_changing_the_stock(client, seller):
    record = make_listing(seller).stockrecords.get()
    response = client.post(reverse("studio:stock", args=[record.pk]), {"num_in_stock": "9"})
    record.refresh_from_db()
    assert record.num_in_stock == 9 and response.url.endswith(f"#stock-{record.pk}")


@pytest.mark.parametrize("typed", ["-1", "many", "", "1.5", "999999999"])
def test_a_wrong_number_is_said_at_its_row_and_stays(client, seller, typed):
    record = make_listing(seller, stock=5).stockrecords.get()
    response = client.post(reverse("studio:stock", args=[record.pk]), {"num_in_stock": typed})
    html = response.content.decode()
    assert (
        response.status_code == 422 and f"stock-{record.pk}-num_in_stock_error" in html and f'value="{typed}"' in html
    )
    record.refresh_from_db()
    assert record.num_in_stock == 5


def test_stock_never_goes_below_what_is_promised(client, seller):
    product = make_listing(seller, stock=5)
    place(product, quantity=3)
    record = product.stockrecords.get()
    response = client.post(reverse("studio:stock", args=[record.pk]), {"num_in_stock": "2"})
    record.refresh_from_db()
    assert response.status_code == 422 and "3 are promised" in response.content.decode()
    assert record.num_in_stock == 5


@pytest.mark.parametrize("name", ["index", "parcels", "listings"])
def test_the_studios_lists_cost_the_same_for_one_parcel_and_for_six(client, seller, name):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"studio:{name}"))
        return len(queries)

    pay(place(make_listing(seller)))
    cost()
    one = cost()
    for _number in range(5):
        pay(place(make_listing(seller)))
    assert cost() == one <= 12
