import pytest
from django.core.management import CommandError, call_command
from oscar.core.loading import get_model

from artisans.models import Artisan
from search import engines
from search.engines.base import SearchQuery
from tests.factories import make_artisan

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


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_catalogue", str(file))


def test_an_empty_file_is_refused(load):
    with pytest.raises(CommandError, match="no rows"):
        load(HEAD)
