"""Every page of the URL table: nothing that bars anybody (WCAG 2.2 AA by axe, light and dark), no error of HTML, its
own language; signed out, as shopper, maker and moderator; wide, middle and narrow. First loads are light."""

import json

import pytest
from django.conf import settings

from tests.e2e.conftest import at
from tests.e2e.people import PAYEE
from tests.e2e.steps import add_to_basket, listing_from, sign_in
from tests.e2e.walking import Walk, itinerary, nu

pytestmark = pytest.mark.browser
# In each its own width, so that the wide and the narrow layout are looked at.
WINDOWS = {"en": (1440, 900), "kk": (360, 740), "az": (768, 1024)}
# Forms sent with nothing in them: path, who, the button.
SENT_EMPTY = [
    ("checkout/", "guest", "#order-form button.button--large"),
    ("account/login/", "guest", "main form button[type=submit]"),
    ("account/signup/", "guest", "main form button[type=submit]"),
    ("account/addresses/add/", "shopper", "main form .form__actions button"),
]
FIRST_LOAD = 300 * 1024


@pytest.fixture(scope="module")
def examples(shop):
    told = shop.manage("shell", "--verbosity", "0", "-c", "from tests.e2e.examples import tell; tell()")
    return json.loads(told.splitlines()[-1])


@pytest.fixture(scope="module")
def cookies(browser, shop, examples):
    """Of each who is signed in; the guest and the shopper have two makers' work in the basket."""
    kept = {}
    for role in ("guest", "entering", *examples["sessions"]):
        context = browser.new_context()
        if key := examples["sessions"].get(role):
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": shop.url}])
        tab = at(context.new_page(), shop)
        if role in ("guest", "shopper"):
            for words, country in (("suzani", "UZ"), ("kelaghayi", "AZ")):
                add_to_basket(tab, listing_from(tab, "en", words, country))
        if role == "entering":
            sign_in(tab, PAYEE)
        kept[role] = context.storage_state()
        context.close()
    return kept


@pytest.fixture(scope="module", params=WINDOWS)
def walk(request, browser, shop, examples, cookies, tmp_path_factory):
    """Over every page in this language."""
    language = request.param
    width, height = WINDOWS[language]
    window = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
    contexts = {role: browser.new_context(storage_state=state, **window) for role, state in cookies.items()}
    contexts["stranger"] = browser.new_context(**window)
    tabs = {role: at(context.new_page(), shop) for role, context in contexts.items()}
    walk = Walk(tmp_path_factory.mktemp(f"pages-{language}"))
    for name, role, path in itinerary(examples):
        walk.visit(tabs[role], name, path, language)
    public = [(name, path) for name, role, path in itinerary(examples) if role == "guest" and "account" not in path]
    for name, path in public:
        if language == "en":
            walk.visit(tabs["shopper"], f"{name} signed in", path, language)
    in_trouble(walk, tabs, examples, language)
    yield walk
    for context in contexts.values():
        context.close()


def in_trouble(walk: Walk, tabs: dict, examples: dict, language: str) -> None:
    """Nothing there, nothing found, forms sent empty, what broke."""
    walk.visit(tabs["stranger"], "empty basket", "basket/", language)
    walk.visit(tabs["guest"], "nothing found", "catalogue/?q=xqzvwjk", language)
    walk.visit(tabs["guest"], "filtered", "catalogue/?q=ikat&country=UZ&ready=1&price_max=900", language)
    walk.visit(tabs["guest"], "no such page", "no-such-page/", language, status=404)
    for path, role, button in SENT_EMPTY:
        tab = tabs[role]
        tab.goto(f"/{language}/{path}")
        tab.locator(button).last.click()
        tab.locator("[aria-invalid=true]").first.wait_for()
        walk.look(tab, f"{path} sent empty", tab.content(), language)
    tab = tabs["stranger"]
    tab.route("**/broken/", lambda route: route.fulfill(status=500, body=examples["failures"][language]["500"]))
    walk.visit(tab, "broken", "broken/", language, status=500)


def test_every_page_opens_in_its_language(walk):
    assert not walk.strange, "\n".join(walk.strange)
    assert walk.seen > 60


def test_axe_finds_nothing(walk):
    assert not walk.barriers, "\n".join(walk.barriers)


def test_the_html_checker_finds_nothing(walk):
    wrong = nu(walk.folder)
    assert not wrong, "\n".join(wrong)


PHONES = {"two pixels a point": (390, 844, 2), "Lighthouse's": (412, 823, 1.75)}


def phone(new_page, which: str):
    """Somebody's first visit, on this phone."""
    width, height, pixels = PHONES[which]
    return new_page(viewport={"width": width, "height": height}, device_scale_factor=pixels, is_mobile=True)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("path", ["", "catalogue/"])
@pytest.mark.parametrize("which", PHONES)
def test_the_first_load_is_light(new_page, which, language, path):
    """All that travels, as it travels (compressed), on a phone that was never here."""
    page = phone(new_page, which)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"/{language}/{path}")
    page.wait_for_load_state("networkidle")
    assert len(sizes) > 10
    assert sum(sizes) <= FIRST_LOAD, f"{sum(sizes) / 1024:.0f} KB"


MOVED = """window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value; }))
    .observe({type: "layout-shift", buffered: true});"""
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("path", ["", "catalogue/"])
def test_nothing_moves_while_fonts_and_pictures_come(new_page, language, path):
    """Cumulative layout shift over a slow line; good is below 0.1."""
    page = phone(new_page, "Lighthouse's")
    page.add_init_script(MOVED)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"/{language}/{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") < 0.05
