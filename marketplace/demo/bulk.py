"""A made-up catalogue of any size, the same for the same size: for measuring, and to see a shop that is full."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.core.management.base import CommandError
from django.db import transaction
from django.utils.text import slugify
from oscar.core.loading import get_model

from artisans.models import Artisan
from shop.currency.money import NATIONAL, round_money
from shop.currency.rates import read_rates
from shop.listings.crafts import crafts, lineage, materials
from shop.listings.models import Listing, ListingText
from shop.listings.services import product_class

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")

MOST, CHUNK = 100_000, 1000
PREFIX = "BULK-"
_FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
_WORDS = {
    "en": ("{craft} from {place}, piece {n}", "Made by hand in a small workshop of {place}. Number {n} of a series."),
    "ru": ("{craft}, {place}, работа {n}", "Сделано вручную в небольшой мастерской, {place}. Номер {n} в серии."),
    "kk": ("{craft}, {place}, {n}-бұйым", "Шағын шеберханада қолмен жасалған, {place}. Топтамадағы {n}-нөмір."),
    "ky": ("{craft}, {place}, {n}-буюм", "Чакан устаканада кол менен жасалган, {place}. Топтомдогу {n}-номер."),
    "uz": ("{craft}, {place}, {n}-buyum", "Kichik ustaxonada qo‘lda tayyorlangan, {place}. Turkumdagi {n}-raqam."),
    "tg": ("{craft}, {place}, ашёи {n}", "Дар коргоҳи хурд бо даст сохта шудааст, {place}. Рақами {n} дар силсила."),
    "tk": ("{craft}, {place}, {n}-nji önüm", "Kiçi ussahanada elde ýasalan, {place}. Toplumda {n}-nji belgi."),
    "az": ("{craft}, {place}, {n}-ci iş", "Kiçik emalatxanada əl ilə hazırlanıb, {place}. Silsilədə {n}-ci nömrə."),
}


def seed_products(wanted: int, say: Callable[[str], None]) -> None:
    """Brings the number of made-up listings to `wanted`. CommandError for a number outside 1 to 100,000."""
    if not 1 <= wanted <= MOST:
        raise CommandError(f"--products takes a number from 1 to {MOST}.")
    there = Product.objects.filter(upc__startswith=PREFIX).count()
    artisans = list(Artisan.objects.filter(is_demo=True).select_related("partner").order_by("slug"))
    pictures = _pictures_by_craft()
    rates = read_rates()
    for start in range(there, wanted, CHUNK):
        numbers = range(start, min(start + CHUNK, wanted))
        _write([_invent(n, artisans, rates) for n in numbers], pictures)
        say(f"  {numbers[-1] + 1}/{wanted} made-up listings")


def _pictures_by_craft() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for original, craft in ProductImage.objects.filter(product__upc__regex=r"^[A-Z]{2}-").values_list(
        "original", "product__listing__craft"
    ):
        for wider in lineage(craft):
            found.setdefault(wider, []).append(original)
    return found


def _dice(n: int) -> Iterator[int]:
    """Numbers that look random and are always the same for the same n."""
    for counter in itertools.count():
        yield int.from_bytes(hashlib.blake2b(f"{n}:{counter}".encode(), digest_size=4).digest())


def _invent(n: int, artisans: list[Artisan], rates) -> dict:
    dice = _dice(n)
    leaves = [craft for craft, entry in crafts().items() if entry["parent"]]
    artisan = artisans[next(dice) % len(artisans)]
    craft = leaves[next(dice) % len(leaves)]
    place = artisan.place_in(artisan.language).split(",")[0]
    languages = [artisan.language, *(("en", "ru") if next(dice) % 2 else ())]
    texts = {}
    for language in languages:
        title, story = _WORDS[language]
        values = {"craft": crafts()[craft]["names"].get(language, craft), "place": place, "n": n + 1}
        texts[language] = (title.format(**values), story.format(**values))
    dollars = Decimal(5 + next(dice) % 600)
    currency = artisan.currency if artisan.currency in rates.per_usd else NATIONAL[artisan.country]
    return {
        "n": n,
        "artisan": artisan,
        "craft": craft,
        "texts": texts,
        "price": round_money(dollars * rates.per_usd[currency], currency),
        "currency": currency,
        "stock": next(dice) % 12,
        "days_to_make": 0 if next(dice) % 4 else 7 + next(dice) % 30,
        "materials": _materials(next(dice)),
        "picture": next(dice),
    }


def _materials(number: int) -> list[str]:
    known = list(materials())
    return [known[number % len(known)]]


@transaction.atomic
def _write(items: list[dict], pictures: dict[str, list[str]]) -> None:
    kind = product_class()
    products = Product.objects.bulk_create(
        Product(
            upc=f"{PREFIX}{item['n'] + 1:06d}",
            structure=Product.STANDALONE,
            product_class=kind,
            title=item["texts"][item["artisan"].language][0],
            slug=slugify(f"{item['craft']}-{item['n'] + 1}"),
            description=item["texts"][item["artisan"].language][1],
            is_public=True,
            date_created=_FIRST_DAY + timedelta(minutes=item["n"]),
        )
        for item in items
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product,
            partner=item["artisan"].partner,
            partner_sku=product.upc,
            price=item["price"],
            price_currency=item["currency"],
            num_in_stock=item["stock"],
        )
        for product, item in zip(products, items, strict=True)
    )
    listings = Listing.objects.bulk_create(
        Listing(
            product=product,
            craft=item["craft"],
            materials=item["materials"],
            language=item["artisan"].language,
            days_to_make=item["days_to_make"],
            is_illustrated=True,
        )
        for product, item in zip(products, items, strict=True)
    )
    ListingText.objects.bulk_create(
        ListingText(listing=listing, language=language, title=title, story=story)
        for listing, item in zip(listings, items, strict=True)
        for language, (title, story) in item["texts"].items()
    )
    ProductImage.objects.bulk_create(
        ProductImage(product=product, original=choices[item["picture"] % len(choices)], display_order=0)
        for product, item in zip(products, items, strict=True)
        if (choices := _choices(pictures, item["craft"]))
    )


def _choices(pictures: dict[str, list[str]], craft: str) -> list[str]:
    return next((pictures[wider] for wider in lineage(craft) if wider in pictures), [])
