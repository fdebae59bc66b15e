"""From a head token to the words to quote, and whom they refer to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Token

from rashomon.coding.actor_context import ActorContext
from rashomon.coding.actors import ActorMention, actor_phrase, doers, find_actors, phrases
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers

ACTORS = Actors.load(Layers())
Parse = Callable[[str], Doc]


def the(doc: Doc, word: str) -> Token:
    return next(token for token in reversed(doc) if token.text == word)


def quoted(mentions: list[ActorMention], doc: Doc) -> list[str]:
    assert all(
        mention.text_span.of(doc.text) == doc[mention.start_token : mention.end_token].text for mention in mentions
    )
    return [mention.text_span.of(doc.text) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        ("The army and Hezbollah stormed the village.", "army", ["The army", "Hezbollah"]),
        ("Syrian and Russian warplanes bombed the town.", "warplanes", ["Syrian", "Russian warplanes"]),
        ("Dozens of civilians were killed in the town.", "Dozens", ["civilians"]),
        ("The gunmen who held the bridge fled.", "gunmen", ["The gunmen"]),
        ("Units of the Syrian army entered the village.", "Units", ["Units of the Syrian army"]),
        ("Shells hit a hospital and two schools.", "hospital", ["a hospital", "two schools"]),
        ("The jets hit positions held by Islamic State.", "positions", ["positions held by Islamic State"]),
        ("The army destroyed a depot for Ahrar al-Sham.", "depot", ["a depot for Ahrar al-Sham"]),
        ("Fighters from Ahrar al-Sham left the town.", "Fighters", ["Fighters from Ahrar al-Sham"]),
    ],
)
def test_the_words_to_quote(text: str, head: str, wanted: list[str], parse: Parse) -> None:
    doc = parse(text)
    assert quoted(phrases(the(doc, head), ACTORS, ActorContext.of(doc, ACTORS)), doc) == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("Regime air raids killed six people.", "raids", ["Regime"]),
        ("Russian airstrikes destroyed the bridge.", "airstrikes", ["Russian"]),
        ("An Israeli strike hit the depot.", "strike", ["Israeli"]),
        ("The shelling of the town by the army went on.", "shelling", ["the army"]),
        ("US-led coalition strikes hit the dam.", "strikes", ["US-led coalition"]),
        ("Rebel shelling hit the market.", "shelling", ["Rebel"]),
    ],
)
def test_who_does_what_a_noun_names(text: str, trigger: str, wanted: list[str], parse: Parse) -> None:
    doc = parse(text)
    assert quoted(doers(the(doc, trigger), ACTORS, ActorContext.of(doc, ACTORS)), doc) == wanted


@pytest.mark.parametrize(
    ("text", "head", "antecedent"),
    [
        ("Ahrar al-Sham lost the hill. They withdrew at dawn.", "They", "Ahrar al-Sham"),
        ("Islamic State seized the dam. The group holds the road too.", "group", "Islamic State"),
        ("ISIS took the hill. The army shelled the terrorists.", "terrorists", "ISIS"),
        ("The Syrian army attacked Jaysh al-Islam and destroyed their positions.", "positions", "Jaysh al-Islam"),
        ("The US-led coalition is active. Turkey spoke to the coalition.", "coalition", "US-led coalition"),
        ("The army left the town.", "army", None),
    ],
)
def test_whom_it_refers_to(text: str, head: str, antecedent: str | None, parse: Parse) -> None:
    doc = parse(text)
    assert actor_phrase(the(doc, head), ACTORS, ActorContext.of(doc, ACTORS)).antecedent == antecedent


def test_all_actors_of_a_text(parse: Parse) -> None:
    doc = parse("Hezbollah and the army attacked Jabhat al-Nusra near a school.")
    found = find_actors(doc, ACTORS)
    assert [mention.actor_id for mention in found if mention.actor_id] == [
        "hezbollah",
        "syrian-arab-army",
        "jabhat-al-nusra",
    ]
    assert found == find_actors(doc, ACTORS)


def test_a_name_that_the_parser_takes_apart_is_quoted_whole(parse: Parse) -> None:
    doc = parse("Clashes went on among Jaysh al-Islam Faylaq al-Rahman and others.")
    context = ActorContext.of(doc, ACTORS)
    assert actor_phrase(the(doc, "Rahman"), ACTORS, context).actor_id == "faylaq-al-rahman"


def test_deeds_and_reflexives_are_nobody(parse: Parse) -> None:
    doc = parse("The council condemned the crime. Two bombers blew themselves up.")
    context = ActorContext.of(doc, ACTORS)
    assert not phrases(the(doc, "crime"), ACTORS, context)
    assert not phrases(the(doc, "themselves"), ACTORS, context)


def test_the_town_of_a_dateline_is_nobody(parse: Parse) -> None:
    doc = parse("BEIRUT - Shells hit a school.")
    assert "lebanon" not in {mention.actor_id for mention in find_actors(doc, ACTORS)}


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        ("The Turkish army crossed the border. The army shelled two farms.", "army", "turkish-armed-forces"),
        ("The Lebanese army closed the road. The army arrested six men.", "army", "lebanese-armed-forces"),
        ("Israel bombed an airport. The army said little.", "army", "israel-defense-forces"),
        ("Israel bombed a depot and hit the army.", "army", "syrian-arab-army"),
        ("The army took the hill.", "army", "syrian-arab-army"),
        ("The SDF fought ISIS for a dam. The fighters took the bridge.", "fighters", "rebel-fighters"),
        ("ISIS fought the SDF for a dam. The militants took the bridge.", "militants", "rebel-fighters"),
        ("ISIS lost a dam. The militants took the bridge.", "militants", "islamic-state"),
        ("British officials met. Warplanes bombed the bridge.", "Warplanes", None),
        ("Russian jets were seen. The jets bombed the bridge.", "jets", None),
        ("The UN monitors came. They bombed the bridge.", "They", None),
        ("The Syrian Observatory for Human Rights wrote a report. It attacked the bridge.", "It", None),
    ],
)
def test_nobody_is_given_a_name_by_what_only_stands_near(
    text: str, head: str, wanted: str | None, parse: Parse
) -> None:
    doc = parse(text)
    assert actor_phrase(the(doc, head), ACTORS, ActorContext.of(doc, ACTORS)).actor_id == wanted


def test_a_dateline_owns_nothing(parse: Parse) -> None:
    doc = parse("Beirut London- Warplanes bombed the bridge.")
    found = actor_phrase(the(doc, "Warplanes"), ACTORS, ActorContext.of(doc, ACTORS))
    assert (quoted([found], doc), found.actor_id) == (["Warplanes"], None)


@pytest.mark.parametrize("text", ["The raid on 04/05 killed six.", "They met on Monday.", "The shops closed at night."])
def test_days_are_nobody(text: str, parse: Parse) -> None:
    doc = parse(text)
    found = [mention.text_span.of(text) for mention in find_actors(doc, ACTORS)]
    assert not {"04/05", "Monday", "night"}.intersection(found)


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        ("Shelling killed two men.", "men", "people"),
        ("Shelling killed two residents.", "residents", "civilians"),
    ],
)
def test_men_are_civilians_only_where_that_is_said(text: str, head: str, wanted: str, parse: Parse) -> None:
    doc = parse(text)
    assert actor_phrase(the(doc, head), ACTORS, ActorContext.of(doc, ACTORS)).actor_id == wanted


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("No one was killed.", "one"),
        ("Nobody was killed.", "Nobody"),
        ("Not one person was hurt.", "person"),
        ("None of the fighters were killed.", "None"),
        ("No civilians were hurt.", "civilians"),
    ],
)
def test_no_one_takes_part_in_nothing(text: str, head: str, parse: Parse) -> None:
    doc = parse(text)
    assert phrases(the(doc, head), ACTORS, ActorContext.of(doc, ACTORS)) == []
