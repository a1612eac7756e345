"""A page without an example would be looked at by nobody. Needs no browser."""

import re

from django.conf import settings

from tests.e2e.addresses import EXEMPT, has_parameters, pages, patterns
from tests.e2e.examples import ONE_OF_EACH


def test_every_page_has_an_example_or_a_reason():
    assert {name for name, address in pages().items() if has_parameters(address)} - ONE_OF_EACH == set()


def test_what_is_exempt_is_still_there():
    names = {name for name, _address in patterns()}
    assert EXEMPT.keys() - names == set()
    assert ONE_OF_EACH - names == set()


def test_moments_have_no_parts_of_a_second():
    """`date:"c"` writes six digits of them; HTML allows three."""
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    written = [path.name for path in templates if re.search(r"""\|date:["']c["']""", path.read_text())]
    assert written == []
