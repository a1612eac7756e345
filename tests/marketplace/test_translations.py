"""Pages speak all languages, modules Russian and Kazakh; placeholders are kept, plurals complete, nothing is fuzzy.

What the code says is read here as xgettext reads it, so that a string without a translation is noticed on a machine
without gettext.
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import datetime
from django.utils.translation.template import templatize

from marketplace.translate_compile import LOCALE, compile_messages
from search import indexing
from tests.factories import make_artisan, make_listing

ROOT = Path(settings.BASE_DIR)
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
COMPLETE = ["ru", "kk"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|<[^>]+>|\{\w+\}")
ENGLISH = re.compile(r"\b(the|your|you|is|are|with|this|that|please|of|and|for|from|not|it|piece|maker)\b", re.I)

_LITERAL = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*(?:u?{_LITERAL}\s*,?\s*)+")


def catalogue(language: str):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language)


def forms(message) -> list[str]:
    """Its translations: one, or one for each plural."""
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string]


def msgid(message) -> tuple[str | None, str]:
    return message.context, message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def split(function: str, words: list[str]) -> tuple[str | None, str]:
    """(context, msgid) of a call of one of gettext's functions."""
    return (words[0], words[1]) if function.startswith(("p", "np")) else (None, words[0])


def said_in_python(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if words and (function == "_" or re.fullmatch(r"n?p?gettext(_lazy|_noop)?", function)):
            yield split(function, words)


def said_in_template(path: Path):
    for call in _TEMPLATE_CALL.finditer(templatize(path.read_text())):
        yield split(call[1], [ast.literal_eval(word) for word in re.findall(_LITERAL, call[0])])


def said_in_templates():
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in (".html", ".txt"):
            yield from said_in_template(path)


def said_in_modules():
    for package in ("artisans", "cms", "marketplace", "search", "shop"):
        for path in (ROOT / package).rglob("*.py"):
            yield from said_in_python(path)


def untranslated(said, language: str) -> list:
    known = {msgid(message) for message in catalogue(language) if message.id and all(forms(message))}
    return sorted(set(said) - known, key=str)


@pytest.mark.parametrize("language", COMPLETE)
def test_all_that_the_modules_say_is_translated(language):
    assert untranslated(said_in_modules(), language) == [], "run `make messages` and fill in what is empty"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_pages_say_is_translated(language):
    assert untranslated(said_in_templates(), language) == [], "run `make messages` and fill in what is empty"


def test_english_is_the_words_of_the_code():
    assert [message.id for message in catalogue("en") if message.id and any(forms(message))] == []


def test_no_library_renames_our_english():
    """Oscar's English says cart where ours says basket."""
    with translation.override("en"):
        assert translation.gettext("Basket") == "Basket"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language):
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_those_of_the_english(language):
    wrong = []
    for message in catalogue(language):
        if not message.id or not any(forms(message)):
            continue
        whole = message.id[-1] if isinstance(message.id, (list, tuple)) else message.id
        wanted = sorted(match[0] for match in PLACEHOLDER.finditer(whole))
        wrong += [form for form in forms(message) if sorted(m[0] for m in PLACEHOLDER.finditer(form)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_plural_of_the_language_is_there_or_none(language):
    plurals = catalogue(language).num_plurals
    counted = [message for message in catalogue(language) if isinstance(message.id, (list, tuple))]
    assert counted
    assert [m.id for m in counted if len(m.string) != plurals or len({bool(form) for form in m.string}) != 1] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_english_is_left_within_a_translation(language):
    texts = [PLACEHOLDER.sub("", form) for message in catalogue(language) if message.id for form in forms(message)]
    assert [text for text in texts if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    ("language", "date"), [("ru", "24 ноября 2026 г."), ("kk", "2026 ж. 24 қараша"), ("tk", "24 noýabr 2026")]
)
def test_dates_are_written_as_readers_write_them(language, date):
    compile_messages()
    with translation.override(language):
        assert date_format(datetime(2026, 11, 24), "DATE_FORMAT") == date


# -- Pages as they are read -----------------------------------------------------------------------------------------


class _Words(HTMLParser):
    """What a page shows or reads out."""

    def __init__(self):
        super().__init__()
        self.words, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ("script", "style")
        self.words += [value for name, value in attributes if name in ("aria-label", "placeholder", "alt") and value]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, text):
        if not self.silent:
            self.words.append(text)


# Words of every page's frame, of its forms and of its buttons.
UI = re.compile(
    r"\b(Sign in|Basket|Makers|Crafts|Countries|Stories|Search|Language|Filters?|Sort|Price|Newest|pieces?|Add|Remove|"
    r"Quantity|Materials|Shipping|Total|Together|Check out|Country|First name|Postcode|Phone|Order|Confirm|days?|"
    r"required|Terms|Returns|Privacy|Help)\b"
)


@pytest.fixture
def shop(client, rates):
    """A maker, a listing that lies in the basket, the index."""
    compile_messages()
    product = make_listing(make_artisan("nurata", name="Nurata", place={"kk": "Нұрата"}), title="So‘zana")
    indexing.rebuild()
    client.post(f"/kk/basket/add/{product.pk}/", {"quantity": 1})
    yield product
    indexing.engines.get_engine().delete(indexing.engines.get_engine().ids())


@pytest.mark.parametrize(
    "page", ["", "catalogue/", "crafts/", "makers/", "basket/", "checkout/", "account/signup/", "listing"]
)
def test_a_kazakh_page_has_no_english_on_it(client, shop, page):
    response = client.get(
        shop.get_absolute_url() if page == "listing" else f"/kk/{page}", headers={"accept-language": "kk"}
    )
    assert response.status_code == 200
    reader = _Words()
    reader.feed(response.content.decode())
    assert [text.strip() for text in reader.words if UI.search(text)] == []


def test_what_is_wrong_with_a_form_is_said_in_kazakh(client, shop):
    response = client.post("/kk/account/signup/", {"email": "nobody", "password1": "123"})
    text = response.content.decode()
    assert "Пошта мекенжайын дұрыс енгізіңіз." in text and "Бұл құпиясөз тек сандардан тұрады." in text
