"""What editors learn of searches, and what is never kept of shoppers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from marketplace.groups import EDITORS
from marketplace.roles import ensure_roles
from search import indexing
from search.insight import counting
from search.insight.models import QueryDay
from tests.factories import make_listing, make_user

pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture(autouse=True)
def _nothing_gathered(db):
    counting._gathered.clear()


@pytest.fixture
def suzani():
    product = make_listing(title="So‘zana", texts={"en": ("Moon suzani", "Silk.")})
    indexing.rebuild()
    return product


def counts() -> dict[tuple[str, str], tuple[int, int, int]]:
    counting.write_gathered()
    rows = QueryDay.objects.all()
    return {(row.language, row.text): (row.asked, row.empty, row.clicked) for row in rows}


def test_searches_are_summed_by_day_language_and_spelling(client, suzani):
    for address in ("/en/catalogue/?q=Suzani", "/en/catalogue/?q=suzani", "/ru/catalogue/?q=вертолёт"):
        client.get(address)
    assert counts() == {("en", "suzani"): (2, 0, 0), ("ru", "вертолёт"): (1, 1, 0)}
    client.get("/en/catalogue/?q=SUZANI&page=1")
    assert counts()["en", "suzani"] == (3, 0, 0)


def test_an_opened_result_is_counted_by_where_the_browser_came_from(client, suzani):
    came_from = "http://testserver/en/catalogue/?q=suzani"
    client.get(suzani.get_absolute_url(), headers={"referer": came_from})
    client.get(suzani.get_absolute_url(), headers={"referer": "http://elsewhere.example/?q=suzani"})
    client.get("/en/crafts/", headers={"referer": came_from})
    assert counts() == {("en", "suzani"): (0, 0, 1)}


@pytest.mark.parametrize("text", ["me@example.org", "+7 701 234 56 78", "order 100023", "a" * 81, "?!", "https://x.y"])
def test_what_may_be_somebodys_is_not_kept(text, db):
    counting.count_search(text, "en", found=False)
    assert counts() == {}


def test_sums_are_written_now_and_then_and_no_page_waits_for_it(client, suzani, monkeypatch):
    written = []
    monkeypatch.setattr(counting, "write_aside", lambda: written.append(len(counting._gathered)))
    client.get("/en/catalogue/?q=suzani")
    assert not written
    monkeypatch.setattr(counting, "WRITE_AT", 2)
    client.get("/en/catalogue/?q=bowl")
    assert written == [2] and not QueryDay.objects.exists()


def test_nobody_is_named_by_a_count():
    kept = {field.name for field in QueryDay._meta.get_fields()}
    assert kept == {"id", "day", "language", "folded", "text", "asked", "empty", "clicked"}


def test_rare_searches_are_dropped_after_a_week_and_all_after_a_season(db):
    today = timezone.localdate()
    for text, days, asked in (("rare", 8, 2), ("frequent", 8, 3), ("fresh", 1, 1), ("ancient", 91, 99)):
        QueryDay.objects.create(day=today - timedelta(days), language="en", folded=text, text=text, asked=asked)
    assert counting.forget_old() == 2
    assert {row.text for row in QueryDay.objects.all()} == {"frequent", "fresh"}


@pytest.fixture
def editor(client):
    ensure_roles()
    person = make_user()
    person.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(person)
    return person


def test_editors_see_what_was_not_found_or_not_opened(client, db, editor):
    counting.count_search("вертолёт", "ru", found=False)
    counting.count_search("suzani", "en", found=True)
    counting.count_click("suzani", "en")
    html = client.get(reverse("search_report")).content.decode()
    assert html.index("вертолёт") < html.index("suzani")
    assert (
        reverse("thesaurus_term:add") + "?term=%D0%B2%D0%B5%D1%80%D1%82%D0%BE%D0%BB%D1%91%D1%82&amp;language=ru" in html
    )
    only = client.get(reverse("search_report"), {"result": "empty"}).content.decode()
    assert "вертолёт" in only and "<td>\n            suzani" not in only
    assert b"\xd0\xb2" in b"".join(client.get(reverse("search_report"), {"export": "csv"}).streaming_content)


def test_others_do_not_see_the_report(client, db):
    client.force_login(make_user())
    assert client.get(reverse("search_report")).status_code in (302, 403)
