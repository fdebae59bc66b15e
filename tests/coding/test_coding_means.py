"""What a bare word for an attack means: the same whichever side it is told of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.actor_context import ActorContext
from rashomon.coding.means import decide_type
from rashomon.coding.roles import roles_of
from rashomon.coding.triggers import find_triggers
from rashomon.knowledge import Knowledge

Parse = Callable[[str], Doc]

_GROUND = ["Rebels", "Soldiers", "The Syrian army", "The Turkish army", "The SDF"]
_AIR = ["The Syrian air force", "The Turkish air force", "The Iraqi air force", "Russia", "Israel", "Turkey"]


def kind_of(text: str, word: str, parse: Parse, knowledge: Knowledge) -> str:
    doc = parse(text)
    trigger = next(one for one in find_triggers(doc, knowledge.lexicon, frozenset()) if one.head.lower_ == word)
    context = ActorContext.of(doc, knowledge.actors)
    return decide_type(trigger, [], roles_of(trigger, knowledge.lexicon.verbs), context)


@pytest.mark.parametrize("doer", _GROUND)
@pytest.mark.parametrize(
    ("verb", "wanted"), [("bombed", "shelling"), ("raided", "ground_attack"), ("shelled", "shelling")]
)
def test_doers_on_the_ground(doer: str, verb: str, wanted: str, parse: Parse, knowledge: Knowledge) -> None:
    assert kind_of(f"{doer} {verb} Douma on Monday.", verb, parse, knowledge) == wanted


@pytest.mark.parametrize("doer", _AIR)
@pytest.mark.parametrize(
    ("verb", "wanted"), [("bombed", "air_strike"), ("raided", "air_strike"), ("shelled", "shelling")]
)
def test_doers_in_the_air(doer: str, verb: str, wanted: str, parse: Parse, knowledge: Knowledge) -> None:
    assert kind_of(f"{doer} {verb} Douma on Monday.", verb, parse, knowledge) == wanted


@pytest.mark.parametrize(("doer", "wanted"), [("Rebel", "ground_attack"), ("Russian", "air_strike")])
def test_whose_raids_they_are(doer: str, wanted: str, parse: Parse, knowledge: Knowledge) -> None:
    assert kind_of(f"{doer} raids killed two people in Douma.", "raids", parse, knowledge) == wanted
