"""What sections of pages show of the shop: cards of listings, crafts with their counts, makers, countries, stories.

Everything here is plain data, so that a section can be kept for a minute (see `cms.sections`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min

from artisans.models import Artisan
from shop.addresses import address_of
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.crafts import children, craft_name, lineage
from shop.listings.models import Listing


@dataclass(frozen=True)
class Reader:
    """Whom a page is shown to: their language and the currency they see prices in."""

    language: str
    currency: str


# -- Crafts ---------------------------------------------------------------------------------------------------------


def craft_tiles(crafts: Iterable[str], reader: Reader, how_many: int = 12) -> list[dict]:
    """{"id", "name", "url", "count", "picture"} of these crafts, or of those with the most pieces when none is named.

    A piece counts for its own craft and for those above it. Crafts without any piece are left out.
    """
    own = list(
        Listing.objects.filter(product__is_public=True, product__parent=None)
        .exclude(craft="")
        .values("craft")
        .annotate(pieces=Count("product", distinct=True), picture=Min("product__images__pk"))
    )
    counts: Counter[str] = Counter()
    pictures: dict[str, int] = {}
    for row in sorted(own, key=lambda row: -row["pieces"]):
        for craft in lineage(row["craft"]):
            counts[craft] += row["pieces"]
            if row["picture"]:
                pictures.setdefault(craft, row["picture"])
    pictures.update({row["craft"]: row["picture"] for row in own if row["picture"]})
    wanted = [craft for craft in crafts if counts[craft]] or [row["craft"] for row in sorted(own, key=_most_pieces)]
    return [_craft_tile(craft, counts[craft], pictures.get(craft), reader) for craft in wanted[:how_many]]


def _most_pieces(row: dict) -> tuple[int, str]:
    return -row["pieces"], row["craft"]


def _craft_tile(craft: str, count: int, picture: int | None, reader: Reader) -> dict:
    return {
        "id": craft,
        "name": craft_name(craft, reader.language),
        "url": address_of("search:craft", craft),
        "count": count,
        "picture": picture,
    }


def below(craft: str) -> list[str]:
    """The crafts below this one, at any depth."""
    return [found for child in children(craft) for found in (child, *below(child))]


# -- Makers ---------------------------------------------------------------------------------------------------------


def maker_card(maker: Artisan, reader: Reader) -> dict:
    return {
        "slug": maker.slug,
        "name": maker.name,
        "native_name": maker.native_name if maker.native_name != maker.name else "",
        "native_language": maker.language,
        "url": maker.get_absolute_url(),
        "place": maker.place_in(reader.language),
        "country_name": country_name(maker.country, reader.language),
        "crafts": [craft_name(craft, reader.language) for craft in maker.crafts[:3]],
        "portrait": f"/{reader.language}/makers/{maker.slug}/portrait/160.webp" if maker.portrait else "",
    }


# -- Countries and stories ------------------------------------------------------------------------------------------


def country_tiles(pages: dict, reader: Reader) -> list[dict]:
    """{"code", "name", "url", "picture", "text"} of the six countries; `pages`: the editors' pages by country code."""
    return [_country_tile(code, pages.get(code), reader) for code in COUNTRIES]


def _country_tile(code: str, page, reader: Reader) -> dict:
    return {
        "code": code,
        "name": country_name(code, reader.language),
        "url": page.address if page else address_of("search:country", code.lower()),
        "picture": page.picture.reference if page and page.picture else "",
        "text": page.intro if page else "",
        "lang": page.language if page and page.language != reader.language else "",
    }


def story_card(story, reader: Reader) -> dict:
    return {
        "title": story.title,
        "intro": story.intro,
        "url": story.address,
        "lang": story.language if story.language != reader.language else "",
        "picture": story.picture.reference if story.picture else "",
        "country_name": country_name(story.country, reader.language) if story.country else "",
    }
