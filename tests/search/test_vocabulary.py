"""Editors' changes of the vocabulary: from the admin's form to what search finds."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from marketplace.roles import EDITORS, ensure_roles
from search import engines, vocabulary
from search.engines.base import SearchQuery
from search.folding import words
from search.models import ThesaurusConcept, ThesaurusTerm, ThesaurusVersion
from search.thesaurus import get_thesaurus
from tests import factories


@pytest.fixture(autouse=True)
def files_alone():
    yield
    vocabulary.forget()


@pytest.fixture
def editor(client, db):
    ensure_roles()
    user = factories.make_user()
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def add_term(term, concept, language="ru", **values):
    values.setdefault("source", "the museum of Khiva")
    return ThesaurusTerm.objects.create(term=term, concept=concept, language=language, **values)


def found(text, language="en"):
    return [hit.document.id for hit in engines.search(SearchQuery(text=text, language=language)).hits]


def named(word, language):
    return set(get_thesaurus().lookup(tuple(words(word, language)), language))


FORM = {"term": "шалабай", "language": "ru", "action": "add", "concept": "robe", "source": "a dictionary"}


@pytest.mark.durable
def test_a_new_term_finds_listings_in_other_languages(durable_db):
    product = factories.make_listing(title="Chopon", language="uz")
    assert found("шалабай", "ru") == []
    add_term("шалабай", "robe")
    assert found("шалабай", "ru") == [product.pk]


@pytest.mark.durable
def test_a_listing_that_uses_the_new_term_is_indexed_again(durable_db):
    product = factories.make_listing(title="Шалабай из Хивы", language="ru")
    assert found("chopon", "uz") == []
    add_term("шалабай", "robe")
    assert found("chopon", "uz") == [product.pk]


@pytest.mark.durable
def test_a_term_taken_out_names_its_concept_no_longer(durable_db):
    product = factories.make_listing(title="Зюльбака", language="ru")
    entry = add_term("зюльбака", "churn")
    assert found("churn") == [product.pk]
    entry.delete()
    assert found("churn") == []


def test_a_wrong_term_of_the_data_is_corrected(db):
    assert "dress" in named("don", "az")
    add_term("don", "dress", language="az", action="remove")
    vocabulary.refresh()
    assert "dress" not in named("don", "az")


def test_a_new_concept_stands_among_the_others(db):
    ThesaurusConcept.objects.create(
        slug="oy-dust", domain="crafts", broader="embroidery, textile", en="oydust, oy dust", uz="oydo‘st", source="-"
    )
    vocabulary.refresh()
    assert named("oydost", "uz") == {"oy-dust"}
    assert "oy-dust" in get_thesaurus().narrower("embroidery")


def test_a_changed_term_is_told_under_both_names(db, django_capture_on_commit_callbacks):
    entry = add_term("шалабай", "robe")
    entry.term = "шалабайчик"
    entry.save()
    from shop.outbox.models import Message

    assert Message.objects.filter(kind="vocabulary").latest("pk").payload["terms"] == ["шалабай", "шалабайчик"]


def test_only_listings_that_may_say_the_word_are_affected(db):
    one = factories.make_listing(title="Шалабаи и тюбетейки", language="ru")
    factories.make_listing(title="Ковёр", language="ru")
    assert vocabulary.affected(["шалабай"]) == {one.pk}
    assert vocabulary.affected([]) == set() == vocabulary.affected(["!"])


def test_a_process_looks_after_a_while_and_builds_in_the_background(db, settings, monkeypatch):
    started = []
    monkeypatch.setattr(
        vocabulary.threading,
        "Thread",
        lambda target, args, daemon: started.append((target, args)) or _Now(target, args),
    )
    settings.VOCABULARY_CHECK_SECONDS = 3600
    add_term("шалабай", "robe")
    vocabulary.forget()
    vocabulary.refresh_if_due()
    assert named("шалабай", "ru") == {"robe"} and len(started) == 1
    add_term("чулабай", "robe")
    vocabulary.refresh_if_due()  # too early to look
    assert len(started) == 1


class _Now:
    """A thread that has run when it was started."""

    def __init__(self, target, args):
        self.run = lambda: target(*args)

    def start(self):
        self.run()


def test_an_older_vocabulary_never_takes_the_place_of_a_newer(db):
    add_term("шалабай", "robe")
    older = vocabulary._builder()
    add_term("чулабай", "robe")
    vocabulary.refresh()
    vocabulary._take_over(1, older)
    assert vocabulary.number() == ThesaurusVersion.current()
    assert named("чулабай", "ru") == {"robe"}


def test_completion_knows_the_new_term(db):
    from search.completion import complete

    complete("шал", "ru", {"robe"}, set())
    add_term("шалабай", "robe")
    vocabulary.refresh()
    assert [one.value for one in complete("шалаб", "ru", {"robe"}, set())] == ["robe"]


def test_editors_add_a_term(client, editor):
    answer = client.post(reverse("thesaurus_term:add"), FORM)
    assert answer.status_code == 302, answer.context["form"].errors
    entry = ThesaurusTerm.objects.get()
    assert (entry.term, entry.concept) == ("шалабай", "robe")


def test_the_form_is_filled_in_from_the_address(client, editor):
    html = client.get(reverse("thesaurus_term:add"), {"term": "шалабай", "language": "ru"}).content.decode()
    assert 'value="шалабай"' in html and '<option value="ru" selected' in html


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"language": "en"}, "term"),  # not its letters
        ({"term": "халат"}, "term"),  # known already
        ({"action": "remove"}, "term"),  # nothing to take away
        ({"term": "!!"}, "term"),
        ({"concept": "nothing-like-it"}, "concept"),
        ({"source": ""}, "source"),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_a_reason(client, editor, change, field):
    answer = client.post(reverse("thesaurus_term:add"), {**FORM, **change})
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert not ThesaurusTerm.objects.exists()


def test_uzbek_signs_are_settled_as_in_the_data(client, editor):
    client.post(reverse("thesaurus_term:add"), {**FORM, "language": "uz", "term": "sho`labo'y  ma'no"})
    assert ThesaurusTerm.objects.get().term == "sho‘labo‘y ma’no"


def test_editors_are_told_what_else_a_word_names(client, editor):
    answer = client.post(reverse("thesaurus_term:add"), {**FORM, "term": "кольцо", "concept": "robe"}, follow=True)
    assert "ring" in answer.content.decode()


CONCEPT = {"slug": "oy-dust", "domain": "crafts", "broader": "embroidery", "en": "oydust", "source": "a book"}


def test_editors_add_a_concept(client, editor):
    answer = client.post(reverse("thesaurus_concept:add"), CONCEPT)
    assert answer.status_code == 302, answer.context["form"].errors
    assert ThesaurusConcept.objects.get().concept().broader == ("embroidery",)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "robe"}, "slug"),
        ({"broader": "no-such-thing"}, "broader"),
        ({"en": "", "ru": "x"}, "en"),
        ({"kk": "latin"}, "kk"),
    ],
)
def test_a_concept_that_cannot_be_is_refused(client, editor, change, field):
    answer = client.post(reverse("thesaurus_concept:add"), {**CONCEPT, **change})
    assert answer.status_code == 200 and field in answer.context["form"].errors


def test_no_concept_is_broader_than_itself(client, editor):
    client.post(reverse("thesaurus_concept:add"), CONCEPT)
    vocabulary.refresh()
    entry = ThesaurusConcept.objects.get()
    answer = client.post(reverse("thesaurus_concept:edit", args=[entry.pk]), {**CONCEPT, "broader": "oy-dust"})
    assert "broader" in answer.context["form"].errors


def test_an_id_is_never_changed(client, editor):
    client.post(reverse("thesaurus_concept:add"), CONCEPT)
    entry = ThesaurusConcept.objects.get()
    answer = client.post(reverse("thesaurus_concept:edit", args=[entry.pk]), {**CONCEPT, "slug": "another"})
    assert "slug" in answer.context["form"].errors


def test_each_change_is_in_the_log(client, editor):
    client.post(reverse("thesaurus_term:add"), FORM)
    from wagtail.log_actions import registry

    assert registry.get_logs_for_instance(ThesaurusTerm.objects.get()).get().action == "wagtail.create"


@pytest.mark.parametrize("name", ["thesaurus_term:index", "thesaurus_term:add", "thesaurus_concept:index"])
def test_nobody_else_edits_the_vocabulary(client, db, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(factories.make_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse(name)).status_code == 302


def test_a_change_far_in_the_past_is_made_first(db):
    """Terms are applied in the order in which they were saved, so the last word holds."""
    add_term("don", "dress", language="az", action="remove")
    again = add_term("dön", "dress", language="az")
    ThesaurusTerm.objects.filter(pk=again.pk).update(changed=timezone.now() - timedelta(days=9))
    vocabulary.refresh()
    assert "dress" in named("dön", "az")
