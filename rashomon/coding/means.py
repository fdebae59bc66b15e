"""What kind of attack a bare word means: by the weapons named with it, or by a doer that fights from the air."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from rashomon.coding.roles import Roles
from rashomon.coding.triggers import Trigger
from rashomon.coding.weapons import FoundWords
from rashomon.knowledge.lexicon import Lexicon

_BY_PLATFORM = {
    "chemical": "chemical_attack",
    "planted": "bombing",
    "air": "air_strike",
    "ground": "shelling",
    "sea": "shelling",
}
_RANK = ("chemical", "planted", "air", "ground", "sea")
_ATTACKS = frozenset({"air_strike", "shelling", "ground_attack", "bombing", "chemical_attack"})


def decide_type(trigger: Trigger, weapons: Sequence[FoundWords], roles: Roles, lexicon: Lexicon) -> str:
    """The type of the event at a trigger.

    Args:
        trigger: the words that name the event.
        weapons: the weapons that belong to it.
        roles: who takes part.
        lexicon: knows the doers that fight from the air.

    Source of the method: the codebook's rule 15.
    """
    kind = trigger.entry.type
    platforms = {w.platform for w in weapons}
    if "chemical" in platforms and kind in _ATTACKS and kind != "chemical_attack":
        return "chemical_attack"
    if not trigger.entry.means:
        return kind
    for platform in _RANK:
        if platform in platforms:
            return _BY_PLATFORM[platform]
    if kind in ("air_strike", "shelling") and _fights_from_the_air(roles.actors, lexicon):
        return "air_strike"
    if (
        kind == "ground_attack"
        and trigger.head.lemma_ in ("hit", "strike", "target")
        and _fights_from_the_air(roles.actors, lexicon)
    ):
        return "air_strike"
    return kind


def _fights_from_the_air(actors: Iterable[Token], lexicon: Lexicon) -> bool:
    for head in actors:
        words = [head, *(t for t in head.lefts if t.dep_ in ("compound", "amod", "nmod", "poss"))]
        if any(lexicon.is_a(t.lemma_.lower(), "air_doer") or lexicon.is_a(t.lower_, "air_doer") for t in words):
            return True
    return False
