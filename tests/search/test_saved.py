"""Saved searches: found again in the account, news by mail once a day, and a way out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from search import indexing
from search.saved import alerts, services
from search.saved.models import SavedSearch
from tests.factories import make_artisan, make_listing, make_user

pytestmark = pytest.mark.usefixtures("rates")
LIST = "/en/account/searches/"


@pytest.fixture
def maker(db):
    return make_artisan("nurata", name="Nurata")


@pytest.fixture
def shopper(client, maker):
    make_listing(maker, upc="S1", texts={"en": ("Moon suzani", "…"), "ru": ("Лунное сюзане", "…")})
    indexing.rebuild()
    person = make_user("aigerim@example.org", language="ru")
    client.force_login(person)
    return person


def save(client, address="q=suzani"):
    return client.post(f"{LIST}save/", {"address": address}, follow=True)


def a_day_later(run):
    SavedSearch.objects.update(checked=timezone.now() - timedelta(days=2))
    with run(execute=True):
        return alerts.look_through()


def test_a_search_is_saved_once_and_found_again(client, shopper):
    save(client)
    html = save(client, "sort=price&q=suzani").content.decode()
    assert SavedSearch.objects.get().address == "q=suzani"
    assert "“suzani”" in html and 'href="/en/catalogue/?q=suzani"' in html


def test_a_list_of_a_craft_can_be_saved_from_its_page(client, shopper):
    html = client.get("/en/crafts/suzani/?price_max=50").content.decode()
    assert 'name="address" value="craft=suzani&amp;price_max=50"' in html
    assert 'action="/en/account/searches/save/"' not in client.get("/en/catalogue/").content.decode()


def test_a_guest_signs_in_first_and_comes_back_to_what_was_asked(client, db):
    response = client.get(f"{LIST}save/?address=q%3Dsuzani")
    assert response.status_code == 302 and "next=" in response["Location"]
    client.force_login(make_user())
    html = client.get(f"{LIST}save/?address=q%3Dsuzani").content.decode()
    assert "“suzani”" in html and 'value="q=suzani"' in html


def test_news_is_mailed_once_in_the_readers_language(client, shopper, maker, django_capture_on_commit_callbacks):
    save(client)
    assert a_day_later(django_capture_on_commit_callbacks) == 0
    make_listing(maker, upc="S2", texts={"ru": ("Солнечное сюзане", "…")})
    make_listing(maker, upc="P1", title="Lagan", craft="plate")
    indexing.rebuild()
    assert a_day_later(django_capture_on_commit_callbacks) == 1
    [letter] = mail.outbox
    assert letter.to == ["aigerim@example.org"] and "Солнечное сюзане, Nurata" in letter.body
    assert "Лунное" not in letter.body and "Lagan" not in letter.body
    assert "/ru/account/searches/stop/" in letter.body
    assert a_day_later(django_capture_on_commit_callbacks) == 0


def test_a_search_is_looked_through_once_a_day(client, shopper, maker, django_capture_on_commit_callbacks):
    save(client)
    a_day_later(django_capture_on_commit_callbacks)
    make_listing(maker, upc="S2")
    indexing.rebuild()
    assert alerts.look_through() == 0


def test_search_away_is_no_news(client, shopper, maker, monkeypatch, django_capture_on_commit_callbacks):
    from search import engines
    from search.engines.base import SearchResult

    save(client)
    with monkeypatch.context() as gone:
        gone.setattr(engines, "search", lambda query: SearchResult(total=0, hits=[], degraded=True))
        assert a_day_later(django_capture_on_commit_callbacks) == 0
    assert a_day_later(django_capture_on_commit_callbacks) == 0 and not mail.outbox


def test_the_link_of_a_mail_ends_the_mails_without_signing_in(client, shopper):
    save(client)
    search = SavedSearch.objects.get()
    client.logout()
    link = f"{LIST}stop/{alerts.token_of(search)}/"
    assert "Stop the mails?" in client.get(link).content.decode()
    assert SavedSearch.objects.get().mails
    assert "No more mails" in client.post(link).content.decode()
    assert not SavedSearch.objects.get().mails
    assert client.get(f"{LIST}stop/{search.pk}.forged/").status_code == 404


def test_mails_are_switched_and_a_search_deleted_by_its_owner_alone(client, shopper):
    save(client)
    own = SavedSearch.objects.get()
    client.post(f"{LIST}{own.pk}/")
    assert not SavedSearch.objects.get().mails
    client.post(f"{LIST}{own.pk}/", {"mails": "1"})
    assert SavedSearch.objects.get().mails
    client.force_login(make_user())
    assert client.post(f"{LIST}{own.pk}/", {"delete": "1"}).status_code == 404
    client.force_login(shopper)
    client.post(f"{LIST}{own.pk}/", {"delete": "1"})
    assert not SavedSearch.objects.exists()


def test_there_is_room_for_so_many_and_no_more(client, shopper, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    save(client)
    assert "Delete one first" in save(client, "q=felt").content.decode()
    assert SavedSearch.objects.count() == 1


def test_nothing_is_saved_for_nothing(client, shopper):
    save(client, "page=3&colour=red")
    assert not SavedSearch.objects.exists()
    assert client.get(LIST).status_code == 200
