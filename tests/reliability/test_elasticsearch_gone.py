"""Elasticsearch gone: the site answers from the embedded index, says so, and never with an error of its own."""

import json

import pytest

from tests.factories import make_listing
from tests.live.shopper import Shopper
from tests.live.site import free_port

pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]
LIST = "/en/catalogue/"
PAGES = ["/en/", LIST, f"{LIST}?q=sozana", f"{LIST}?craft=suzani", "/en/crafts/", "/en/makers/"]


def count(shopper: Shopper) -> int:
    return json.loads(shopper.get("/api/v1/search/?q=sozana").text)["count"]


def readiness(shopper: Shopper) -> tuple[int, str]:
    answer = shopper.get("/readyz")
    return answer.status, json.loads(answer.text)["search"]


def assert_answers_degraded(shopper: Shopper) -> None:
    assert {page: shopper.get(page).status for page in PAGES} == dict.fromkeys(PAGES, 200)
    assert count(shopper) == 1
    assert "Search is not at its best right now" in shopper.get("/en/catalogue/?q=sozana").text
    assert readiness(shopper) == (200, "degraded")


def test_a_search_server_that_never_answers_is_stepped_in_for(site, shopper):
    make_listing(title="So‘zana")
    site.environment["ELASTICSEARCH_URL"] = f"http://127.0.0.1:{free_port()}"
    site.manage("rebuild_search", "--engine", "embedded")
    site.start()
    assert_answers_degraded(shopper)


@pytest.fixture
def elasticsearch(servers):
    return servers("elasticsearch")


@pytest.mark.server
def test_elasticsearch_killed_while_serving_and_back_again(site, shopper, elasticsearch):
    make_listing(title="So‘zana")
    site.environment["ELASTICSEARCH_URL"] = elasticsearch.url
    site.manage("rebuild_search")
    site.start()
    assert (count(shopper), readiness(shopper)) == (1, (200, "ok"))
    elasticsearch.do("kill")
    assert_answers_degraded(shopper)
    elasticsearch.do("resume")
    assert readiness(shopper) == (200, "ok")
    assert count(shopper) == 1
