import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import is_valid_number, parse

from shop.checkout.addresses import phone_example, rows, written
from shop.checkout.forms import CheckoutForm
from shop.shipping.destination import destinations

VALUES = {"line1": "Abai 1", "city": "Almaty", "state": "Almaty oblysy", "postcode": "050000"}


@pytest.mark.parametrize(
    ("country", "order"),
    [
        ("KZ", [["postcode"], ["state"], ["city"], ["line1"]]),
        ("UZ", [["line1"], ["postcode", "city"], ["state"]]),
        ("US", [["line1"], ["city", "state", "postcode"]]),
        ("DE", [["line1"], ["postcode", "city"]]),
        ("GB", [["line1"], ["city"], ["postcode"]]),
    ],
)
def test_fields_stand_in_the_order_of_the_country(country, order):
    assert rows(country) == order


@pytest.mark.parametrize(
    ("country", "label"),
    [
        ("US", "State"),
        ("UZ", "Region (viloyat)"),
        ("AZ", "District (rayon)"),
        ("KZ", "Region (oblys)"),
        ("NZ", "Region"),
    ],
)
def test_the_region_is_called_as_there(country, label):
    assert str(CheckoutForm(country=country).fields["state"].label) == label


def test_a_country_without_regions_asks_for_none_but_keeps_what_was_typed():
    form = CheckoutForm(country="DE", initial={"state": "Texas"})
    assert form["state"].is_hidden and 'value="Texas"' in str(form["state"])


def test_the_region_is_needed_where_parcels_do_not_arrive_without_it():
    assert (
        CheckoutForm(country="US").fields["state"].required and not CheckoutForm(country="UZ").fields["state"].required
    )


@pytest.mark.parametrize(
    ("country", "values", "lines"),
    [
        ("US", VALUES, ["Abai 1", "Almaty, Almaty oblysy 050000"]),
        ("US", VALUES | {"state": ""}, ["Abai 1", "Almaty 050000"]),
        ("DE", VALUES | {"state": ""}, ["Abai 1", "050000 Almaty"]),
        ("KZ", VALUES, ["050000", "Almaty oblysy", "Almaty", "Abai 1"]),
        ("DE", VALUES, ["Abai 1", "050000 Almaty", "Almaty oblysy"]),
    ],
)
def test_an_address_is_written_as_there(country, values, lines):
    assert written(country, values) == lines


@given(country=st.sampled_from(sorted(destinations())), given=st.sets(st.sampled_from(sorted(VALUES))))
def test_nothing_of_an_address_is_lost_and_no_line_is_odd(country, given):
    lines = written(country, {name: VALUES[name] for name in given})
    assert all(VALUES[name] in "\n".join(lines) for name in given)
    assert all(line.strip(" ,-/") == line for line in lines)


@pytest.mark.parametrize("country", ["KZ", "KG", "TJ", "TM", "UZ", "AZ", "US", "DE"])
def test_the_example_of_a_phone_number_is_one_of_that_country(country):
    assert is_valid_number(parse(phone_example(country)))
