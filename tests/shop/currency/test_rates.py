import datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from shop.currency.models import Rate
from shop.currency.rates import BadRates, RateMissing, Rates, current_rates, load_rates, read_rates
from shop.outbox.models import Message
from tests.factories import make_artisan, make_listing, make_rates

HEAD = "date,currency,per_usd,source\n"
pytestmark = pytest.mark.django_db


def test_the_newest_rate_of_each_currency_counts():
    load_rates([HEAD, "2026-01-01,KZT,500,a\n", "2026-02-01,KZT,510,a\n"])
    assert read_rates().per_usd["KZT"] == Decimal(510)


def test_nothing_is_converted_by_the_rate_of_a_day_to_come():
    load_rates([HEAD, "2026-01-01,KZT,500,a\n"])
    Rate.objects.create(date=timezone.localdate() + datetime.timedelta(1), currency="KZT", per_usd=5)
    assert (read_rates().per_usd["KZT"], read_rates().dates["KZT"]) == (500, datetime.date(2026, 1, 1))


def test_conversion_goes_through_the_dollar():
    rates = Rates({"KZT": Decimal(500), "AZN": Decimal("1.7")}, {})
    assert rates.convert(Decimal(1000), "KZT", "AZN") == Decimal("3.40")


def test_an_unknown_rate_is_an_error_not_a_guess():
    with pytest.raises(RateMissing):
        Rates({"USD": Decimal(1)}, {}).convert(Decimal(1), "KZT", "USD")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-01-01,KZT,0,a", "greater than zero"),
        ("2026-01-01,KZT,x,a", "not a number"),
        ("2026-01-01,GBP,1,a", "not a currency"),
        ("2026-01-01,KZT,1e10,a", "less than"),
        ("2026-01-01,KZT", "fewer fields"),
        ("yesterday,KZT,1,a", "isoformat"),
        (f"{timezone.localdate() + datetime.timedelta(1)},KZT,1,a", "after today"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(row, reason):
    with pytest.raises(BadRates, match=f"line 3.*{reason}"):
        load_rates([HEAD, "2026-01-01,KGS,87,a\n", row + "\n"])
    assert not Rate.objects.exists()


def test_loading_again_mends_the_same_day():
    load_rates([HEAD, "2026-01-01,KZT,500,a\n"])
    load_rates([HEAD, "2026-01-01,KZT,505,b\n"])
    assert Rate.objects.get().per_usd == 505


def test_the_command_names_a_file_that_is_not_there():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_rates", "/nowhere.csv")


def test_a_conversion_is_as_old_as_its_older_rate():
    days = [datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)]
    rates = Rates({}, {"KZT": days[0], "AZN": days[1]})
    assert rates.date("AZN", "KZT") == days[0]


def test_shown_rates_follow_a_new_load(django_capture_on_commit_callbacks):
    current_rates()
    with django_capture_on_commit_callbacks(execute=True):
        load_rates([HEAD, "2026-01-01,KZT,500,a\n"])
    assert current_rates().per_usd["KZT"] == 500


def test_search_compares_prices_by_the_new_rates():
    make_rates()
    product = make_listing(make_artisan(currency="UZS"), price="125000")
    Message.objects.all().delete()
    load_rates([HEAD, "2026-11-02,UZS,25000,a\n"])
    assert Message.objects.filter(kind="index", payload__products=[product.pk]).exists()
