"""Redis gone: pages are served, nobody's basket or sign-in is lost."""

import json

import pytest

from tests.factories import PASSWORD, make_listing, make_user
from tests.live.site import free_port

pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


def readiness(shopper) -> tuple[int, str]:
    answer = shopper.get("/readyz")
    return answer.status, json.loads(answer.text)["cache"]


def test_without_redis_from_the_start_one_can_buy(site, shopper):
    product = make_listing()
    site.start(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    assert readiness(shopper) == (200, "degraded")
    shopper.put_in_basket(product)
    assert "/sandbox/pay/" in shopper.check_out().url


@pytest.mark.server
def test_redis_killed_while_shopping_loses_no_basket_and_no_sign_in(site, shopper, servers):
    product, redis = make_listing(title="So‘zana"), servers("redis")
    make_user("shopper@example.org")
    site.start(REDIS_URL=redis.url)
    shopper.send(shopper.get("/en/account/login/"), "/login/", login="shopper@example.org", password=PASSWORD)
    shopper.put_in_basket(product)
    assert readiness(shopper) == (200, "ok")
    redis.do("kill")
    assert "So‘zana" in shopper.get("/en/basket/").text
    assert shopper.get("/en/catalogue/?q=sozana").status == 200
    assert "shopper@example.org" in shopper.get("/en/checkout/").text
    assert "/sandbox/pay/" in shopper.check_out().url
    assert readiness(shopper) == (200, "degraded")
    redis.do("resume")
    assert readiness(shopper) == (200, "ok")
