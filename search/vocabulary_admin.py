"""Where editors add words to the vocabulary and take wrong ones out."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.folding import words
from search.models import DOMAINS, LANGUAGES, ThesaurusConcept, ThesaurusTerm
from search.thesaurus import get_thesaurus, read
from search.thesaurus.letters import as_written, is_written_in
from search.thesaurus.overlay import has_term


def concept_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every concept by its domain, as "Earrings (earrings)"."""
    found: dict[str, list[tuple[str, str]]] = {domain: [] for domain in DOMAINS}
    for concept in get_thesaurus().concepts.values():
        found.setdefault(concept.domain, []).append((concept.id, f"{concept.label('en')} ({concept.id})"))
    return [("", [("", "---------")]), *((domain, sorted(entries, key=_label)) for domain, entries in found.items())]


def _label(entry: tuple[str, str]) -> str:
    return entry[1].lower()


class TermForm(WagtailAdminModelForm):
    concept = forms.ChoiceField(label=_("Concept"), choices=lazy(concept_choices, list))

    def clean_term(self) -> str:
        term = as_written(self.cleaned_data["term"], self.data.get("language", ""))
        if not words(term):
            raise ValidationError(_("A term has at least one letter."))
        return term

    def clean(self):
        data = super().clean()
        language, term = data.get("language"), data.get("term")
        concept = get_thesaurus().concepts.get(data.get("concept", ""))
        if not (language and term and concept):
            return data
        if data.get("action") == ThesaurusTerm.ADD and not is_written_in(term, language):
            self.add_error("term", _("This has letters that the language does not have."))
        if "concept" in self.changed_data or "term" in self.changed_data or "action" in self.changed_data:
            self._check_that_it_changes_something(concept, language, term, data.get("action"))
        return data

    def _check_that_it_changes_something(self, concept, language: str, term: str, action: str) -> None:
        known = has_term(concept, language, term)
        if action == ThesaurusTerm.ADD and known:
            self.add_error("term", _("The concept has this term already."))
        if action == ThesaurusTerm.REMOVE and not known:
            self.add_error("term", _("The concept does not have this term, so there is nothing to take away."))


class AddTermView(generic.CreateView):
    """?term=…&language=… fill the form in, for the list of searches that found nothing."""

    def get_initial(self):
        asked = {name: self.request.GET.get(name, "")[:80] for name in ("concept", "language", "term", "source")}
        return {**super().get_initial(), **{name: value for name, value in asked.items() if value}}

    def get_success_message(self, instance):
        return _other_meanings(instance) or super().get_success_message(instance)


def _other_meanings(entry: ThesaurusTerm) -> str:
    """A word that says when the term names something else in its language, too: both will answer."""
    found = get_thesaurus().lookup(tuple(words(entry.term, entry.language)), entry.language, strict=True)
    others = ", ".join(sorted(one for one in found if one != entry.concept))
    if entry.action == ThesaurusTerm.REMOVE or not others:
        return ""
    return _("“%(term)s” was saved. It also names: %(others)s. Searches will find both.") % {
        "term": entry.term,
        "others": others,
    }


class TermViewSet(ModelViewSet):
    model = ThesaurusTerm
    name = url_prefix = "thesaurus_term"
    icon = "tag"
    menu_label = pgettext_lazy("of the vocabulary", "Terms")
    add_view_class = AddTermView
    copy_view_enabled = False
    list_display = ["term", "language", "concept", "action", "source", Column("changed", label=_("Changed"))]
    list_filter = ["language", "action"]
    search_fields = ["term", "concept", "source"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Search finds listings by what their words name. Here a concept gains a term in one language, or "
                    "loses one that is wrong. Plurals, cases and other scripts need no terms of their own."
                )
            ),
            FieldPanel("term"),
            FieldPanel("language"),
            FieldPanel("action"),
            FieldPanel("concept"),
            FieldPanel("source"),
        ],
        base_form_class=TermForm,
    )


class ConceptForm(WagtailAdminModelForm):
    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if slug in read():
            raise ValidationError(_("The vocabulary has a concept of this id already. Please add a term to it."))
        return slug

    def clean_broader(self) -> str:
        ids = [part.strip() for part in self.cleaned_data["broader"].split(",") if part.strip()]
        known, own = get_thesaurus(), self.data.get("slug", "")
        for one in ids:
            if one not in known.concepts:
                raise ValidationError(_("There is no concept “%(id)s”."), params={"id": one})
            if own in known.ancestors(one):
                raise ValidationError(_("“%(id)s” is narrower than this concept, or the same."), params={"id": one})
        return ", ".join(ids)

    def clean(self):
        data = super().clean()
        for language in LANGUAGES:
            names = [as_written(part, language) for part in (data.get(language) or "").split(",") if part.strip()]
            if not all(is_written_in(name, language) for name in names):
                self.add_error(language, _("This has letters that the language does not have."))
            data[language] = ", ".join(names)
        return data


class ConceptViewSet(ModelViewSet):
    model = ThesaurusConcept
    name = url_prefix = "thesaurus_concept"
    icon = "globe"
    menu_label = _("Concepts")
    copy_view_enabled = False
    list_display = ["slug", "domain", "broader", "en", "ru", Column("changed", label=_("Changed"))]
    list_filter = ["domain"]
    search_fields = ["slug", *LANGUAGES]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "A thing that the vocabulary does not know yet. Its names in as many languages as you know, the "
                    "usual one first, commas between."
                )
            ),
            FieldPanel("slug"),
            FieldPanel("domain"),
            FieldPanel("broader"),
            *(FieldPanel(language) for language in LANGUAGES),
            FieldPanel("source"),
        ],
        base_form_class=ConceptForm,
    )


class VocabularyGroup(ModelViewSetGroup):
    items = (TermViewSet, ConceptViewSet)
    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 260
