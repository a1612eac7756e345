"""Kept queries give what the ORM gives."""

import pytest
from django.db.models import Count
from oscar.core.loading import get_model

from shop.kept import Kept
from tests.factories import make_artisan, make_listing

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")


def build(pk):
    return StockRecord.objects.filter(product=pk, product__is_public=True).select_related(
        "partner__artisan", "product__listing"
    )


def everything(record) -> list[dict]:
    """The values of a record's own columns and of all that came with it."""
    whole = [record, record.partner, record.partner.artisan, record.product, record.product.listing]
    return [{field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields} for one in whole]


def test_a_kept_query_gives_what_its_queryset_gives(db, django_assert_num_queries):
    kept, pieces = Kept(build), [make_listing(make_artisan(country=code)) for code in ("UZ", "AZ")]
    kept(0)  # PostgreSQL is first asked to plan it
    for piece in [*pieces, *pieces]:
        with django_assert_num_queries(1):
            (found,) = kept(piece.pk)
            values = everything(found)
        assert values == everything(build(piece.pk).get())
        assert not found._state.adding and found._state.db == "default"


def test_what_is_counted_beside_it_comes_too(db):
    kept, piece = Kept(lambda pk: Product.objects.annotate(n=Count("stockrecords")).filter(pk=pk)), make_listing()
    assert [(found.pk, found.n) for found in kept(piece.pk)] == [(piece.pk, 1)]


@pytest.mark.parametrize("number", [0, "987654321", "98765432109", "9" * 30])
def test_what_is_not_there_is_not_found(db, number):
    assert Kept(build)(number) == []


@pytest.mark.parametrize(
    "queryset",
    [
        lambda pk: Product.objects.only("title").filter(pk=pk),
        lambda pk: Product.objects.filter(pk=pk)[:1],
        lambda pk: Product.objects.all(),
    ],
)
def test_what_cannot_be_kept_says_so(db, queryset):
    with pytest.raises(ValueError, match="cannot be kept"):
        Kept(queryset)(1)


def test_rows_are_equal_while_nothing_changes(db):
    kept, piece = Kept(lambda pk: Product.objects.filter(pk=pk)), make_listing()
    rows = kept.rows(piece.pk)
    assert kept.rows(piece.pk) == rows and kept.objects(rows) == [piece]
    Product.objects.update(upc="another")
    assert kept.rows(piece.pk) != rows


def test_what_else_a_query_says_is_in_its_plan(db):
    piece = make_listing(title="100% silk")
    kept = Kept(lambda pk: Product.objects.filter(title="100% silk", is_public=True, pk=pk))
    assert [kept(piece.pk), kept(piece.pk)] == [[piece], [piece]]
    Product.objects.update(title="felt")
    assert kept(piece.pk) == []
