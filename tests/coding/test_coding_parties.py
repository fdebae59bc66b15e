"""Who does it and whom it is done to, in claims of small reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from coding_bench import Bench
from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.model import Claim, Participant

Code = Callable[[str], list[Claim]]


@pytest.fixture(scope="module")
def code(nlp: Language, coder: RulesCoder, knowledge: Knowledge) -> Code:
    """Codes and resolves the claims of one text."""
    bench = Bench.of(nlp, coder, knowledge)
    return lambda text: bench.code(text, published=dt.date(2016, 8, 5))


def names(participants: tuple[Participant, ...]) -> list[str]:
    return sorted({p.resolution.name for p in participants if p.resolution is not None})


ARMY = "Syrian Arab Army"
RUSSIAN_JETS = "Russian Aerospace Forces"

ACTORS = [
    # who takes part besides
    ("The army backed by Russian warplanes captured the village.", "capture", [RUSSIAN_JETS, ARMY]),
    ("The army, in cooperation with Hezbollah, shelled the village.", "shelling", ["Hezbollah", ARMY]),
    # lists that lost their commas, and roles played by name
    ("The deal was brokered by Russia Turkey and Iran.", "agreement", ["Iran", "Russia", "Turkey"]),
    ("Rebel groups including Ahrar al-Sham shelled the village.", "shelling", ["Ahrar al-Sham"]),
    ("The Islamic State including its allies shelled the village.", "shelling", ["Islamic State"]),
    # names before a noun
    ("A baker died in Syrian regime and Russian air strikes.", "air_strike", [RUSSIAN_JETS, "Syrian government"]),
    ("Six fighter-bomber sorties were flown over the town.", "air_strike", []),
    # the sides of a fight
    ("Ten rebels were killed in clashes with the Syrian army.", "armed_clash", [ARMY, "rebel fighters"]),
    ("Fighting went on near the road between Hezbollah and Jaysh al-Islam.", "armed_clash",
     ["Hezbollah", "Jaysh al-Islam"]),
    # whose it is was said
    ("The Syrian army began its assault on the village.", "ground_attack", [ARMY]),
    # an acronym that reads like a verb
    ("IS controls most of the town.", "control", ["Islamic State"]),
    # means
    ("Rockets hit the school.", "shelling", []),
    ("Daesh rockets hit the school.", "shelling", ["Islamic State"]),
    # what they do with a deal, they are in it
    ("Russia and Turkey discussed a truce.", "ceasefire", ["Russia", "Turkey"]),
    ("The raid drew condemnation from Hezbollah.", "accusation", ["Hezbollah"]),
    # agents of the verb that carries a noun
    ("Airstrikes carried out on Friday by the United States killed ten people.", "air_strike", ["United States"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "wanted"), ACTORS)
def test_who_does_it(text: str, kind: str, wanted: list[str], code: Code) -> None:
    found = [names(claim.actors) for claim in code(text) if claim.type == kind]
    assert found == [wanted]


TARGETS = [
    ("The shells caused damage to two houses.", "destruction", ["houses"]),
    ("The group broke its ties with Hezbollah.", "sanction", ["Hezbollah"]),
    ("Thousands joined anti-government protests in May.", "protest", ["Syrian government"]),
    ("The army besieged the rebel-held town.", "siege", ["rebel fighters"]),
    ("The army captured the hill held by Jaysh al-Islam.", "capture", ["Jaysh al-Islam"]),
    ("The strikes destroyed parts of a hospital.", "destruction", ["hospital"]),
    # a number of others is no second target, a thing that is destroyed is no person
    ("An air strike killed six civilians and wounded ten others.", "air_strike", ["civilians"]),
    ("An air strike killed six.", "air_strike", ["civilians"]),
    # those who are only called people are civilians where fighters would be called so
    ("The shelling killed six people in the town.", "shelling", ["civilians"]),
    ("The war has killed thousands of people.", "casualties", ["people"]),
    # forces that are sent are the sender's own
    ("The army sent two tanks to the front.", "mobilization", []),
    # who thwarts an attack was attacked; who did a deed is condemned for it; who is expelled loses the place
    ("The army foiled an attack by Hezbollah.", "ground_attack", ["Syrian Arab Army"]),
    ("The ministry condemned the raids by Hezbollah.", "accusation", ["Hezbollah"]),
    ("Hezbollah captured the village after killing three Ahrar al-Sham fighters.", "capture", ["Ahrar al-Sham"]),
    ("Shells hit residential areas of Homs.", "shelling", ["residential areas"]),
]


@pytest.mark.parametrize(("text", "kind", "wanted"), TARGETS)
def test_whom_it_is_done_to(text: str, kind: str, wanted: list[str], code: Code) -> None:
    found = [names(claim.targets) for claim in code(text) if claim.type == kind]
    assert found == [wanted]
