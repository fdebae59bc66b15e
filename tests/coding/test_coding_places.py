"""Place mentions: their words, roles, references back, containers, and which of them belong to an event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.place_attach import place_for
from rashomon.coding.places import PlaceMention, find_places
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.placewords import PlaceExample, PlaceWords

EXAMPLES = PlaceWords.load(Layers()).examples


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Layers())


def real(doc: Doc, gazetteer: Gazetteer) -> list[PlaceMention]:
    return [m for m in find_places(doc, gazetteer) if not m.adjective]


def texts(doc: Doc, gazetteer: Gazetteer) -> list[str]:
    return [m.text_span.of(doc.text) for m in real(doc, gazetteer)]


def own_places(doc: Doc, gazetteer: Gazetteer, word: str, kind: str = "") -> list[str]:
    trigger = next(token for token in doc if token.text == word)
    return [m.name for m in place_for(trigger, find_places(doc, gazetteer), words=gazetteer.words, kind=kind)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text[:40])
def test_the_lexicon_finds_its_own_examples(
    example: PlaceExample, parse: Callable[[str], Doc], gazetteer: Gazetteer
) -> None:
    doc = parse(example.text)
    found = real(doc, gazetteer)
    assert tuple(m.text_span.of(doc.text) for m in found) == example.places
    if example.roles:
        assert tuple(m.role.value for m in found) == example.roles
    if example.antecedents:
        assert tuple(m.antecedent for m in found) == example.antecedents


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Damascus has offered militants a way out.", []),
        ("Damascus called on the gunmen to leave.", []),
        ("Syria accused Turkey of arming the groups.", []),
        ("Turkish-backed fighters met a US-led coalition.", []),
        ("The Islamic State of Iraq and the Levant said so.", []),
        ("The Aleppo Media Center said so.", []),
        ("The UK-based Syrian Observatory for Human Rights said so.", []),
        ("Rami Abdel Rahman told reporters.", []),
    ],
)
def test_actors_are_no_places(text: str, places: list[str], parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    assert texts(parse(text), gazetteer) == places


def test_spans_are_exact_characters(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Fresh troops have gone South of Hasaka city, and into the towns of Rahibeh, Jiroud and al-Naseriya.")
    for mention in find_places(doc, gazetteer):
        assert doc[mention.start_token : mention.end_token].text == mention.text_span.of(doc.text)
    names = [m.name for m in real(doc, gazetteer)]
    assert names == ["Hasaka", "Rahibeh", "Jiroud", "al-Naseriya"]


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit the mill of Khan Touman in the Northern Province of Aleppo.",
        "Shells hit Khan Touman village in Aleppo province.",
        "Shells hit Khan Touman near Aleppo.",
        "Shells hit Khan Touman, Aleppo province.",
    ],
)
def test_the_wider_place_is_marked_as_container(text: str, parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse(text)
    found = real(doc, gazetteer)
    assert [m.name for m in found] == ["Khan Touman", "Aleppo"]
    assert [m.container_of for m in found] == [None, 0]
    assert own_places(doc, gazetteer, "hit") == ["Khan Touman"]


def test_a_possessive_without_apostrophe_contains(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Twelve people were killed in clashes in Syrias Khan Touman.")
    assert own_places(doc, gazetteer, "clashes") == ["Khan Touman"]


def test_lists_go_together_even_where_commas_were_lost(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Warplanes bombed the towns of Tadif, al-Bab and Manbij.")
    assert own_places(doc, gazetteer, "bombed") == ["Tadif", "al-Bab", "Manbij"]
    doc = parse("Warplanes bombed the towns of Azaz Marea and Manbij.")
    assert own_places(doc, gazetteer, "bombed") == ["Azaz", "Marea", "Manbij"]


def test_each_event_has_its_own_place(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Rebels stormed a barracks in Daraa while helicopters bombed a market in Idlib.")
    assert own_places(doc, gazetteer, "stormed") == ["Daraa"]
    assert own_places(doc, gazetteer, "bombed") == ["Idlib"]


def test_a_sentence_without_a_place_takes_the_last_one(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Jets struck Saraqib on Monday. At least nine people were killed.")
    assert own_places(doc, gazetteer, "killed") == ["Saraqib"]
    assert own_places(doc, gazetteer, "killed", kind="demand") == []


def test_a_sentence_about_the_war_is_about_the_country(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Jets struck Saraqib in Syria on Monday. The war has killed thousands since 2011.")
    assert own_places(doc, gazetteer, "killed") == ["Syria"]


def test_a_reference_back_finds_a_place_of_its_kind(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Jets struck Saraqib in Idlib province. Shells then fell on the town, and later all over the province.")
    back = {m.text_span.of(doc.text): m.antecedent for m in find_places(doc, gazetteer) if m.antecedent}
    assert back == {"the town": "Saraqib", "the province": "Idlib province"}


def test_a_town_without_a_name_is_the_one_that_the_next_sentence_names(
    parse: Callable[[str], Doc], gazetteer: Gazetteer
) -> None:
    doc = parse(
        "A car bomb exploded in a town in northern Syria. Residents of the town of Zunaytir heard it from afar."
    )
    assert own_places(doc, gazetteer, "exploded") == ["Zunaytir"]
    doc = parse("A car bomb exploded in a town near Saraqib. Residents of the village of Zunaytir heard it from afar.")
    assert own_places(doc, gazetteer, "exploded") == ["Saraqib"]


def test_the_noun_after_a_name_may_stand_for_another_place(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Shells hit the Damascus suburb of Zunaytir.")
    assert own_places(doc, gazetteer, "hit") == ["Zunaytir"]
    doc = parse("Shells hit the Zunaytir district of Damascus.")
    assert own_places(doc, gazetteer, "hit") == ["Zunaytir"]


def test_the_area_is_no_place_that_only_contains(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Jets struck the village of Zunaytir in Idlib province. Ambulances were sent to the area.")
    assert [m.antecedent for m in find_places(doc, gazetteer) if m.antecedent] == ["the village of Zunaytir"]


def test_districts_alone_are_those_of_the_city(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Jets struck a market in Aleppo. Shells fell on the rebel-held districts later.")
    assert [m.antecedent for m in find_places(doc, gazetteer) if m.antecedent] == ["Aleppo"]
    doc = parse("Jets struck a market in Aleppo. Shells fell on the districts around Manbij later.")
    assert not [m for m in find_places(doc, gazetteer) if m.antecedent]


def test_a_plural_tells_the_kind_of_all_of_a_list(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    for text in ("Troops left the provinces of Aleppo and Idlib.", "Troops left Aleppo and Idlib provinces."):
        assert [m.kind for m in real(parse(text), gazetteer)] == ["governorate", "governorate"]


def test_lists_may_repeat_their_preposition(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Jets struck targets near Saraqib and in parts of Manbij.")
    assert own_places(doc, gazetteer, "struck") == ["Saraqib", "Manbij"]


def test_where_the_doers_stand_is_not_where_it_happens(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Rebels in Saraqib shelled army posts around Manbij.")
    assert own_places(doc, gazetteer, "shelled") == ["Manbij"]


def test_whom_a_place_is_taken_from_is_no_second_place(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Israel seized the Golan Heights from Syria.")
    assert own_places(doc, gazetteer, "seized", kind="capture") == ["Golan Heights"]
    doc = parse("Troops retreated from Manbij to Saraqib.")
    assert own_places(doc, gazetteer, "retreated", kind="withdrawal") == ["Manbij", "Saraqib"]


def test_a_war_that_is_only_implied_has_its_country(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("More than 1000 people have been killed since Syria's war started.")
    assert own_places(doc, gazetteer, "killed") == ["Syria"]


def test_no_place_at_all(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    doc = parse("Nobody was hurt.")
    assert find_places(doc, gazetteer) == []
    assert own_places(doc, gazetteer, "hurt") == []
    assert find_places(parse(""), gazetteer) == []


def test_two_runs_give_the_same(parse: Callable[[str], Doc], gazetteer: Gazetteer) -> None:
    text = "Shells hit Azaz, Marea and Tel Rifaat in Aleppo. The area was quiet before. Troops left for Homs."
    assert find_places(parse(text), gazetteer) == find_places(parse(text), Gazetteer.load(Layers()))
