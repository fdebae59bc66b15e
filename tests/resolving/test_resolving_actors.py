"""Who a mention stands for, with and without what was said before."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.model import Mention, Publication, Report, Span
from rashomon.resolving import Resolver
from rashomon.resolving.actors import ActorResolver

ACTORS = Actors.load(Layers())
RESOLVER = ActorResolver(ACTORS)


def report(text: str = "", day: dt.date | None = None) -> Report:
    return Report("r1", None, None, None, text, "", "en", 0, Publication(day))


def name(text: str, antecedent: str | None = None) -> str:
    return RESOLVER.resolve(Mention(text, None, antecedent), report()).name


@pytest.mark.parametrize(
    ("text", "antecedent", "wanted"),
    [
        ("they", "Hezbollah", "Hezbollah"),
        ("the terrorists", "ISIS", "Islamic State"),
        ("the terrorists", None, "rebel fighters"),
        ("the group", "al-Nusra Front", "Jabhat al-Nusra"),
        ("its jets", "Russia", "Russian Aerospace Forces"),
        ("its forces", "the Syrian government", "pro-government forces"),
        ("their positions", "Ahrar al-Sham", "Ahrar al-Sham"),
        ("its allies", "the army", "pro-government forces"),
        ("Zaki", "Hani Zaki", "Hani Zaki"),
    ],
)
def test_pronouns_and_roles_mean_whom_they_refer_to(text: str, antecedent: str | None, wanted: str) -> None:
    assert name(text, antecedent) == wanted


def test_a_name_is_not_overruled_by_an_antecedent() -> None:
    assert name("Jaysh al-Islam", "Hezbollah") == "Jaysh al-Islam"


def test_an_adjective_is_read_with_the_noun_after_it() -> None:
    text = "Russian and Syrian warplanes hit the town, and a Russian envoy spoke."
    found = []
    for word, start in (("Russian", 0), ("Syrian", text.index("Syrian")), ("Russian", text.rindex("Russian"))):
        mention = Mention(word, Span(start, start + len(word)))
        found.append(RESOLVER.resolve(mention, report(text)).name)
    assert found == ["Russian Aerospace Forces", "Syrian Arab Air Force", "Russia"]


def test_people_are_not_called_civilians_unless_the_words_do() -> None:
    mention = Mention("Six people", Span(0, 10))
    assert RESOLVER.resolve(mention, report("Six people died. The civilians had no shelter.")).name == "people"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("they", "a pronoun"),
        ("their vehicles", "belongs to somebody"),
        ("a bakery", "a thing"),
        ("Hani Zaki", "not in the actors file"),
    ],
)
def test_what_is_not_resolved_says_why(text: str, reason: str) -> None:
    resolution = RESOLVER.resolve(Mention(text), report())
    assert resolution.id is None
    assert reason in resolution.reason
    assert resolution.name


def test_no_loaded_word_in_an_unresolved_name() -> None:
    resolution = RESOLVER.resolve(Mention("the brutal terrorist ringmaster"), report())
    assert (resolution.id, resolution.name) == (None, "militant ringmaster")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The coalition met. Nobody else is named.", "United States-led coalition"),
        ("The Syrian National Coalition met in Istanbul. The coalition spoke.", "Syrian National Coalition"),
        (
            "The Syrian National Coalition thanked the US-led coalition. The coalition spoke.",
            "United States-led coalition",
        ),
    ],
)
def test_the_coalition_is_the_one_that_the_report_names(text: str, wanted: str) -> None:
    assert RESOLVER.resolve(Mention("The coalition"), report(text)).name == wanted


def test_kurdish_fighters_are_of_no_group_because_the_report_names_one() -> None:
    mention = Mention("Kurdish fighters")
    named = report("Kurdish fighters came. The YPG was not there.")
    assert RESOLVER.resolve(mention, named).name == "Kurdish fighters"
    assert RESOLVER.resolve(mention, named, "IQ").name == "Kurdish fighters"


@pytest.mark.parametrize(
    ("words", "country", "text", "wanted"),
    [
        ("the army", "IQ", "Iraqi forces entered Mosul. The army shelled it.", "Iraqi Army"),
        ("the army", "LB", "Lebanese soldiers were in Arsal. The army shelled it.", "Lebanese Armed Forces"),
        ("the army", "SY", "Iraqi forces entered Mosul. The army shelled Homs.", "Syrian Arab Army"),
        ("the army", "IQ", "The army shelled it.", "Iraqi Army"),
        ("the army", None, "The army shelled it.", "Syrian Arab Army"),
        ("the Syrian army", "IQ", "The Syrian army is not far from the Iraqi border.", "Syrian Arab Army"),
        ("government forces", "IQ", "Iraqi forces entered Mosul.", "Iraqi security forces"),
        ("Syrian government forces", "IQ", "Iraqi forces entered Mosul.", "pro-government forces"),
        ("regime forces", "IQ", "Iraqi forces entered Mosul.", "pro-government forces"),
        ("the government", "IQ", "Iraqi forces entered Mosul.", "Iraqi government"),
    ],
)
def test_a_bare_role_is_of_the_country_where_it_happens(words: str, country: str, text: str, wanted: str) -> None:
    assert RESOLVER.resolve(Mention(words), report(text), country).name == wanted


@pytest.mark.parametrize(
    ("words", "country", "text", "wanted"),
    [
        ("five terrorists", "TR", "Turkish soldiers killed five terrorists.", "militants"),
        ("militants", "IQ", "Iraqi forces killed nine militants.", "militants"),
        ("Gunmen", "IQ", "Gunmen came into the town.", "militants"),
        ("takfiris", "LB", "Lebanese soldiers fought takfiris.", "militants"),
        ("the terrorists", "SY", "Turkish soldiers killed five terrorists.", "rebel fighters"),
        ("the terrorists", None, "The terrorists shelled a school.", "rebel fighters"),
        ("Syrian rebels", "TR", "Syrian rebels met in Turkey.", "rebel fighters"),
        ("the rebels", "TR", "Turkish officials met the rebels.", "rebel fighters"),
    ],
)
def test_words_that_name_no_side_name_none_outside_of_syria(
    words: str, country: str | None, text: str, wanted: str
) -> None:
    assert RESOLVER.resolve(Mention(words), report(text), country).name == wanted


def test_what_happens_at_no_place_is_in_the_country_of_the_report(
    nlp: Language, knowledge: Knowledge, coder: RulesCoder
) -> None:
    text = "Gunmen attacked a checkpoint in Mosul on Monday. The gunmen killed two guards."
    one = Report("r1", None, None, None, text, "", "en", 14, Publication(dt.date(2012, 5, 1)))
    claims = coder.code_parsed(one, nlp(text))
    actors = [actor.resolution for claim in Resolver(knowledge).resolve(claims, one) for actor in claim.actors]
    assert {found.name for found in actors if found is not None} == {"militants"}
