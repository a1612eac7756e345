"""A page without an example would be looked at by nobody. Needs no browser."""

from tests.e2e.addresses import EXEMPT, has_parameters, pages, patterns
from tests.e2e.examples import ONE_OF_EACH


def test_every_page_has_an_example_or_a_reason():
    assert {name for name, address in pages().items() if has_parameters(address)} - ONE_OF_EACH == set()


def test_what_is_exempt_is_still_there():
    names = {name for name, _address in patterns()}
    assert EXEMPT.keys() - names == set()
    assert ONE_OF_EACH - names == set()
