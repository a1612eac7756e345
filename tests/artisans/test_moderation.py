"""Moderators see every maker; sellers and shoppers see neither that nor Oscar's dashboard."""

import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
Group = get_model("auth", "Group")
MAKERS = "moderation:makers"


def test_a_moderator_sees_every_maker_with_counts(client, moderator):
    artisan = make_artisan(name="Nodira", user=make_user())
    products = [make_listing(artisan), make_listing(artisan), make_listing(artisan)]
    pay(place(products[0]))
    make_artisan(name="Applicant", status="applied")
    html = " ".join(client.get(reverse(MAKERS)).content.decode().split())
    row = html.split('href="' + artisan.get_absolute_url())[1].split("</tr>")[0]
    assert [row.count(f'class="numbers">{count}</td>') for count in (3, 1)] == [1, 2]
    assert "Applicant" in html and reverse("wagtailadmin_home") in html


@pytest.mark.parametrize(
    ("query", "found"), [({"status": "applied"}, "Applicant"), ({"q": "nod"}, "Nodira"), ({"q": "Нодира"}, "Nodira")]
)
def test_makers_are_found_by_status_and_name(client, moderator, query, found):
    make_artisan(name="Nodira", native_name="Нодира")
    make_artisan(name="Applicant", status="applied")
    html = client.get(reverse(MAKERS), query).content.decode()
    assert [name for name in ("Nodira", "Applicant") if name in html] == [found]


def test_a_search_that_finds_nobody_says_so(client, moderator):
    assert "Nobody found" in client.get(reverse(MAKERS), {"q": "zzz"}).content.decode()


def test_the_list_costs_the_same_for_one_and_for_twenty(client, moderator, django_assert_max_num_queries):
    for _number in range(20):
        make_artisan()
    with django_assert_max_num_queries(13):
        client.get(reverse(MAKERS))


def test_sellers_and_shoppers_see_neither_moderation_nor_the_dashboard(client):
    seller = make_user()
    make_artisan(user=seller)
    for user in (seller, make_user()):
        client.force_login(user)
        assert client.get(reverse(MAKERS)).status_code == 404
        assert client.get(reverse("dashboard:index")).status_code in (302, 403)
        assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_guests_are_asked_to_sign_in(client):
    assert client.get(reverse(MAKERS)).url.startswith(reverse("account_login"))
