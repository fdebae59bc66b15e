"""The actors file, and how phrases are read by their own words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actor_names import fold
from rashomon.knowledge.actor_phrases import PhraseKind, read
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.knowledge.labels import LabelLexicon

ACTORS = Actors.load(Layers())


def test_every_name_leads_to_its_actor() -> None:
    for actor in ACTORS:
        if actor.kind != "people":
            found = ACTORS.named(actor.name, actor.valid.start or actor.valid.end)
            assert found is not None
            there = ACTORS.elsewhere(found, "IQ") if actor.generic else found  # one word, another role by country
            assert actor.name in (found.name, there.name)


def test_names_are_neutral() -> None:
    loaded = {
        word
        for entry in LabelLexicon.load(Layers()).entries
        for words in entry.words
        if len(words) == 1
        for word in words
    }
    for actor in ACTORS:
        assert not loaded.intersection(actor.name.split()), actor.name  # 'Martyr' in a group's own name is its name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Syrian Army", "Syrian Arab Army"),
        ("Hezbollahs", "Hezbollah"),
        ("Hizbullah fighters", "Hezbollah"),
        ("Assads air force", "Syrian Arab Air Force"),
        ("the al-Qaeda-linked Hay’at Tahrir al-Sham", "Hay'at Tahrir al-Sham"),
        ("the Al-Qaeda affiliated Tahrir al-Sham", "Hay'at Tahrir al-Sham"),
        ("The Syrian army soldiers", "Syrian Arab Army"),
        ("fighters of the Ahmad al-Abdo Forces", "Forces of Martyr Ahmad al-Abdo"),
        ("Russian fighter jets", "Russian Aerospace Forces"),
        ("ISIL terrorists", "Islamic State"),
        ("positions of the terrorist group Jaysh al-Izza", "Jaysh al-Izza"),
        ("terrorist groups affiliated to al-Nusra", "Jabhat al-Nusra"),
        ("Failaq al-Rahman", "Faylaq al-Rahman"),
        ("the Jeish al-Eslam group", "Jaysh al-Islam"),
        ("regime helicopters", "Syrian Arab Air Force"),
        ("the regime's warplanes", "Syrian Arab Air Force"),
        ("the Assad regime", "Syrian government"),
        ("units of the army", "Syrian Arab Army"),
        ("pro-government militiamen", "pro-government forces"),
        ("U.S.-led coalition aircraft", "United States-led coalition"),
        ("the US", "United States"),
        ("about 40 rebels", "rebel fighters"),
        ("dozens of the militants", "rebel fighters"),
        ("rebel positions", "rebel fighters"),
        ("Turkish-backed rebels", "rebel fighters"),
        ("Kurdish YPG fighters", "People's Protection Units"),
        ("the US-backed Syrian Democratic Forces (SDF)", "Syrian Democratic Forces"),
        ("three women and a child", "civilians"),
        ("the Syrian people", "civilians"),
        ("a busy vegetable market", "market"),
        ("the 13th Division", "13th Division"),
        ("Russian Foreign Minister Sergei Lavrov", "Sergei Lavrov"),
        ("Mayor Hani Zaki", "Hani Zaki"),
        ("the Iran-backed Lebanese group", "Iran-backed Lebanese group"),
        ("two residential neighbourhoods", "residential neighborhoods"),
    ],
)
def test_a_phrase_is_read_by_its_head_and_what_stands_around_it(phrase: str, name: str) -> None:
    assert read(phrase, ACTORS).name == name


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("they", PhraseKind.PRONOUN),
        ("its forces", PhraseKind.OWNED),
        ("their positions", PhraseKind.OWNED),
        ("the terrorists", PhraseKind.ROLE),
        ("Daesh", PhraseKind.ACTOR),
        ("a bakery", PhraseKind.OBJECT),
        ("17", PhraseKind.EMPTY),
    ],
)
def test_what_a_phrase_is(phrase: str, kind: PhraseKind) -> None:
    assert read(phrase, ACTORS).kind is kind


def test_short_acronyms_need_their_capitals() -> None:
    assert read("IS", ACTORS).actor == "islamic-state"
    assert read("is", ACTORS).actor is None
    assert read("us", ACTORS).kind is PhraseKind.PRONOUN


def test_a_side_may_be_asked_for_a_day() -> None:
    front = ACTORS.get("jabhat-al-nusra")
    assert front.successor == "jabhat-fatah-al-sham"
    assert front.side(dt.date(2015, 1, 1)) == "al-Qaeda"
    assert front.side(dt.date(2016, 7, 28)) == "opposition"
    assert front.valid.holds(dt.date(2015, 1, 1))
    assert not front.valid.holds(dt.date(2017, 6, 1))


def test_a_loaded_word_never_stands_in_a_name() -> None:
    assert read("a terrorist ringmaster", ACTORS).name == "militant ringmaster"
    assert "regime" not in read("the regime-held quarter", ACTORS).name


def test_a_site_adds_and_replaces_actors(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text(
        "actors:\n"
        "- {id: hill-guard, name: Hill Guard, kind: armed_group, aliases: [HGX], side: [\n"
        "    {side: opposition, until: 2014-05-01}, {side: Syrian government side, from: 2014-05-02}]}\n"
        "- {id: hezbollah, name: Hizb, kind: armed_group}\n",
        encoding="utf-8",
    )
    actors = Actors.load(Layers.over_built_in(tmp_path))
    guard = actors.named("the HGX")
    assert guard is not None
    assert guard.side(dt.date(2013, 1, 1)) == "opposition"
    assert guard.side(dt.date(2015, 1, 1)) == "Syrian government side"
    assert actors.get("hezbollah").name == "Hizb"
    assert actors.fingerprint != ACTORS.fingerprint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actors:\n- {id: x, name: X}\n", "without id, name or kind"),
        ("actors:\n- {id: x, name: X, kind: dragon}\n", "dragon"),
        ("actors:\n- {id: x, name: X, kind: ngo, part_of: nowhere}\n", "nowhere"),
        ("actors:\n- {id: x, name: X, kind: ngo, valid: {from: soon}}\n", "soon"),
        ("- x\n", "no list of actors"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "actors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        Actors.load(Layers.over_built_in(tmp_path))
    assert "actors.yaml" in str(caught.value)


def test_folding_takes_off_what_spelling_adds() -> None:
    keys = {
        tuple(word.folded for word in fold(text, ACTORS.words.spellings))
        for text in ("Al-Nuṣra's", "an-Nusra", "NUSRAH", "the Nusra")
    }
    assert keys == {("nusra",)}


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert read(text, ACTORS) == read(text, ACTORS)
