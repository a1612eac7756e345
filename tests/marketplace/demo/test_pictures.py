import io
import json
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from marketplace.demo.contact_sheet import MAX_BYTES, make_contact_sheet
from marketplace.demo.pictures import draw_listing, draw_portrait, draw_scene

CRAFTS = list(json.loads((Path(__file__).parents[3] / "shop/listings/data/crafts.json").read_text(encoding="utf-8")))
COUNTRIES = ["KZ", "KG", "TJ", "TM", "UZ", "AZ"]
SMALL = (96, 120)


def structure(img):
    """64 bits (dHash): whether each of 8 by 8 patches is lighter than its right neighbour."""
    grey = img.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    return [grey[9 * y + x] > grey[9 * y + x + 1] for y in range(8) for x in range(8)]


def colours(img):
    """Mean red, green and blue of 8 by 10 patches, 0 to 255."""
    return img.resize((8, 10), Image.Resampling.BOX).tobytes()


def alike(a, b):
    """Same picture to a shopper: at most 4 of 64 structure bits differ and patches differ by under 5 levels on average.

    4 bits is the usual bound for the same photograph saved twice. Structure alone would call two lutes of
    different wood the same, as both lie upright on a plain wall; the colours tell them apart.
    """
    bits = sum(p != q for p, q in zip(a[0], b[0], strict=True))
    tone = sum(abs(p - q) for p, q in zip(a[1], b[1], strict=True)) / len(a[1])
    return bits <= 4 and tone < 5


@pytest.mark.parametrize("craft", CRAFTS)
def test_every_craft_has_a_portrait_format_picture_and_a_detail(craft):
    for view in (0, 1):
        img = draw_listing(craft, "UZ-0001", view, SMALL)
        assert (img.mode, img.size) == ("RGB", SMALL)
        assert len(img.getcolors(SMALL[0] * SMALL[1])) > 200


@pytest.mark.parametrize("craft", ["ikat", "turkmen-carpet", "rishtan-ceramics", "ala-kiyiz", "telpek", "yurt"])
def test_the_same_listing_always_looks_the_same(craft):
    assert draw_listing(craft, "KG-0007", 0, SMALL).tobytes() == draw_listing(craft, "KG-0007", 0, SMALL).tobytes()


def test_no_two_listings_look_alike():
    prints = {}
    for craft in CRAFTS:
        for seed in range(4):
            img = draw_listing(craft, f"KZ-{seed:04}", 0, SMALL)
            prints[craft, seed] = structure(img), colours(img)
    assert [pair for pair in combinations(prints, 2) if alike(prints[pair[0]], prints[pair[1]])] == []


def test_the_likeness_test_knows_a_picture_saved_twice():
    img = draw_listing("suzani", "UZ-0001", 0, SMALL)
    copy = io.BytesIO()
    img.save(copy, "JPEG", quality=70)
    again = Image.open(copy)
    assert alike((structure(img), colours(img)), (structure(again), colours(again)))


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_portraits_and_landscapes(country):
    face, view = draw_portrait("maker-1", country, (120, 120)), draw_scene(country, "home", (320, 180))
    assert (face.mode, face.size, view.mode, view.size) == ("RGB", (120, 120), "RGB", (320, 180))
    assert face.tobytes() == draw_portrait("maker-1", country, (120, 120)).tobytes()
    assert face.tobytes() != draw_portrait("maker-2", country, (120, 120)).tobytes()


def test_unknown_craft_is_an_error():
    with pytest.raises(KeyError):
        draw_listing("spaceship", "UZ-0001")


def test_contact_sheet_fits_its_limit(tmp_path):
    path = tmp_path / "sheet.jpg"
    make_contact_sheet(((f"felt {i}", draw_listing("felt", str(i), 0, SMALL)) for i in range(5)), path)
    assert Image.open(path).format == "JPEG" and path.stat().st_size <= MAX_BYTES
