from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from oscar.core.loading import get_model

from artisans.models import Artisan
from search import engines
from search.engines.base import SearchQuery
from shop.currency.models import Rate
from shop.listings.services import Variant
from shop.outbox.models import Message
from tests.factories import make_artisan, make_listing, place
from tests.live.site import free_port

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
HEAD = "upc,artisan,country,language,title,description,price,currency,num_in_stock\n"
GOOD = "A-1,bukhara,UZ,uz,So‘zana,Qo‘lda,504000,UZS,5\n"
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def load(tmp_path):
    def run(text: str, **options):
        file = tmp_path / "catalogue.csv"
        file.write_text(text, encoding="utf-8")
        call_command("import_catalogue", str(file), **options)

    return run


def test_imported_listings_are_found_as_soon_as_the_command_ends(load):
    load(HEAD + GOOD, create_artisans=True)
    assert [hit.document.upc for hit in engines.search(SearchQuery(text="сюзане", language="ru")).hits] == ["A-1"]


def test_an_unknown_artisan_becomes_an_approved_demo_maker_who_sends(load):
    load(HEAD + GOOD, create_artisans=True)
    maker = Artisan.objects.get(slug="bukhara")
    assert (maker.status, maker.is_demo, maker.partner.shipping_offers.count()) == ("approved", True, 3)


def test_the_craft_is_inferred_from_the_title(load):
    load(HEAD + GOOD, create_artisans=True)
    assert Product.objects.get(upc="A-1").listing.craft == "suzani"


def test_importing_again_updates_by_upc(load):
    make_artisan("bukhara")
    load(HEAD + GOOD)
    load(HEAD + GOOD.replace("504000", "600000"))
    assert StockRecord.objects.get().price == 600000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A-2,nobody,UZ,uz,T,D,1,UZS,1\n", "no artisan 'nobody'"),
        ("A-1,bukhara,UZ,uz,T,D,1,UZS,1\n", "upc A-1 stands on line 2 already"),
        ("A-2,bukhara,US,uz,T,D,1,UZS,1\n", "country 'US'"),
        ("A-2,bukhara,UZ,fr,T,D,1,UZS,1\n", "language 'fr'"),
        ("A-2,bukhara,UZ,uz,,D,1,UZS,1\n", "title must have"),
        ("A-2,bukhara,UZ,uz,T,D,-1,UZS,1\n", "price '-1'"),
        ("A-2,bukhara,UZ,uz,T,D,1.005,UZS,1\n", "price '1.005'"),
        ("A-2,bukhara,UZ,uz,T,D,NaN,UZS,1\n", "price 'NaN'"),
        ("A-2,bukhara,UZ,uz,T,D,1,GBP,1\n", "currency 'GBP'"),
        ("A-2,bukhara,UZ,uz,T,D,1,UZS,many\n", "num_in_stock 'many'"),
        ("A-2,bukhara,UZ,uz,T,D,1,UZS,0000000000001\n", "num_in_stock '0000000000001'"),
        ("A-2,bukhara,UZ,uz,T,D,1_000,UZS,1\n", "price '1_000'"),
        ("A-2,bukhara,UZ,uz,T,D,1e99,UZS,1\n", "price '1e99'"),
        ("A-2,bukhara,UZ,uz,T\0,D,1,UZS,1\n", "code 0"),
        (f"A-2,{'b' * 81},UZ,uz,T,D,1,UZS,1\n", "not a slug"),
        (f"A-2,bukhara,UZ,uz,{'t' * 256},D,1,UZS,1\n", "title must have"),
        (f"A-2,bukhara,UZ,uz,T,{'d' * 10_000_000},1,UZS,1\n", "not readable as CSV: field larger"),
        ('A-2,bukhara,UZ,uz,T,"never ends,1,UZS,1\n', "not readable as CSV"),
        ("A-2,bukhara,UZ\n", "fewer fields"),
    ],
)
def test_any_bad_row_is_named_and_nothing_is_written(load, row, reason):
    make_artisan("bukhara")
    with pytest.raises(CommandError, match="line 3") as refused:
        load(HEAD + GOOD + row)
    assert reason in str(refused.value)
    assert not Product.objects.exists()


def test_a_missing_column_is_named(load):
    with pytest.raises(CommandError, match="missing column craft_or_title|missing column title"):
        load(HEAD.replace("title,", "") + "A\n")


@pytest.mark.parametrize("heading", [HEAD.replace(",", ";"), HEAD.replace(",", "\t")])
def test_other_separators_are_told_how_to_be_mended(load, heading):
    with pytest.raises(CommandError, match="separated by commas"):
        load(heading + GOOD)


def test_a_column_that_stands_twice_is_named(load):
    with pytest.raises(CommandError, match="column price stands there twice"):
        load(HEAD.replace("title", "title,price") + GOOD)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_files_of_spreadsheets_are_read(load, change):
    load(change(HEAD + GOOD), create_artisans=True)
    assert StockRecord.objects.get().num_in_stock == 5


def test_another_encoding_is_told_with_its_line(tmp_path):
    make_artisan("bukhara")
    file = tmp_path / "catalogue.csv"
    file.write_bytes((HEAD + GOOD.replace("So‘zana", "Сюзане").replace("‘", "")).encode("cp1251"))
    with pytest.raises(CommandError, match="line 2 is not UTF-8"):
        call_command("import_catalogue", str(file))
    assert not Product.objects.exists()


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_catalogue", str(tmp_path / "nowhere.csv"))


def test_before_any_rate_is_loaded_listings_are_on_sale_and_found(load):
    """A new database knows no rates: prices stand in their makers' own currencies."""
    Rate.objects.all().delete()
    cache.clear()
    load(HEAD + GOOD, create_artisans=True)
    found = engines.search(SearchQuery(text="сюзане", language="ru")).hits
    assert [(hit.document.price, hit.document.currency) for hit in found] == [("504000.00", "UZS")]
    assert not engines.search(SearchQuery(text="сюзане", language="ru", price_max_usd=1000)).hits


def test_importing_again_leaves_what_the_file_does_not_say(load):
    product = make_listing(
        make_artisan("bukhara"), upc="A-1", size="90 cm", personalisation_max=20, is_illustrated=True
    )
    load(HEAD + GOOD.replace("So‘zana", "Buyum"))
    listing = Product.objects.get(pk=product.pk).listing
    assert (listing.size, listing.personalisation_max, listing.is_illustrated) == ("90 cm", 20, True)
    assert listing.craft == "suzani" and listing.text("uz").title == "Buyum"


@pytest.mark.parametrize(("upc", "reason"), [("A-1", "comes in several variants"), ("A-1-1", "is a variant of")])
def test_a_piece_with_variants_is_no_row_of_a_file(load, upc, reason):
    make_listing(make_artisan("bukhara"), upc="A-1", variants=[Variant("red", Decimal(1000), 3)])
    with pytest.raises(CommandError, match=f"line 2: upc {upc} {reason}"):
        load(HEAD + GOOD.replace("A-1", upc))


def test_a_file_moves_no_listing_to_another_maker(load):
    make_listing(make_artisan("other"), upc="A-1")
    make_artisan("bukhara")
    with pytest.raises(CommandError, match="line 2: upc A-1 belongs to another maker, other"):
        load(HEAD + GOOD)
    assert StockRecord.objects.get().partner.code == "other"


def test_a_file_takes_back_nothing_that_is_promised_to_shoppers(load):
    product = make_listing(make_artisan("bukhara"), upc="A-1", stock=9)
    place(product, quantity=6)
    with pytest.raises(CommandError, match="line 2: num_in_stock 5: 6 pieces are promised to shoppers already"):
        load(HEAD + GOOD)
    load(HEAD + GOOD.replace(",5", ",6"))
    assert StockRecord.objects.get().num_in_stock == 6


def test_while_the_search_server_is_away_listings_are_imported_and_indexed_later(load, settings, capsys):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    load(HEAD + GOOD, create_artisans=True)
    assert "as soon as its index can be written again" in capsys.readouterr().err
    waiting = Message.objects.filter(kind="index", done=None)
    assert list(waiting.values_list("payload__products", flat=True)) == [[Product.objects.get().pk]]
    assert [hit.document.upc for hit in engines.search(SearchQuery(text="сюзане", language="ru")).hits] == ["A-1"]


def test_an_empty_file_is_refused(load):
    with pytest.raises(CommandError, match="no rows"):
        load(HEAD)
