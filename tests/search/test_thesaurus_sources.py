import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.thesaurus import Concept, cldr, read, sources

DOVE = Concept("dove", "motifs", {"en": ("dove", "pigeon"), "ru": ("голубь",), "uz": ("kabutar", "kaptar")})


def thing(**names):
    return {language: tuple(words.split(", ")) for language, words in names.items()}


THINGS = {
    "🕊": thing(en="dove, bird", ru="голубь", kk="көгершін", ky="көгүчкөн", uz="kabutar, qush", az="göyərçin"),
    "🐦": thing(en="bird, dove", ru="птица", uz="qush"),
}
ALL = Concept("dove", "motifs", {**DOVE.terms, "kk": ("көгершін",), "ky": ("көгүчкөн",), "az": ("göyərçin",)})


def test_a_term_is_confirmed_when_the_thing_stands_for_the_concept_in_many_languages():
    found = cldr.confirmed([ALL], THINGS)["dove"]
    assert found["for"] == ["🕊"]
    assert found["terms"]["en"] == ["dove"] and found["terms"]["uz"] == ["kabutar"]


def test_a_word_that_meets_in_few_languages_proves_nothing():
    assert cldr.confirmed([DOVE], {"🐦": THINGS["🐦"]}) == {}


def test_the_packages_of_the_cldr_are_read_as_they_come(tmp_path):
    def write(path, content):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(json.dumps(content), encoding="utf-8")

    entry = {"🕊": {"tts": ["Dove"], "default": ["bird"]}}
    write("a/annotations/en/annotations.json", {"annotations": {"annotations": entry}})
    names = {"KZ": "Kazakhstan", "CZ-alt-variant": "Czechia"}
    write("l/main/en/territories.json", {"main": {"en": {"localeDisplayNames": {"territories": names}}}})
    zones = {"zone": {"Asia": {"Almaty": {"exemplarCity": "Almaty"}}}}
    write("d/main/en/timeZoneNames.json", {"main": {"en": {"dates": {"timeZoneNames": zones}}}})
    things = cldr.load(tmp_path)
    assert things["🕊"]["en"] == ("dove", "bird") and things["cities:Almaty"]["en"] == ("almaty",)
    assert set(things) == {"🕊", "territories:KZ", "territories:CZ", "cities:Almaty"}


def test_a_folder_without_the_packages_is_told_so(tmp_path):
    with pytest.raises(CommandError, match="npm pack"):
        call_command("check_thesaurus", cldr=tmp_path)


def test_every_confirmed_term_is_one_of_ours():
    concepts = read()
    for concept, language, term in sources.confirmed():
        assert term in concepts[concept].terms[language], (concept, term)


def test_each_term_names_its_source():
    assert sources.source_of("ring", "kk", "жүзік") == "cldr"
    assert sources.source_of("shyrdak", "ky", "шырдак") == "unverified"


def test_the_command_reports_the_share_that_stands_in_the_readme():
    out = StringIO()
    call_command("check_thesaurus", stdout=out)
    known, total = sources.shares(read().values())["all"]
    assert f"{total} terms, {known:>5} confirmed" in out.getvalue()
    readme = (sources.DATA / "README.md").read_text(encoding="utf-8")
    assert f"Of {total:,} terms the CLDR confirms {known:,} ({known / total:.1%})".replace("%)", " %)") in readme
