"""What kind of attack a bare word means: by the weapons named with it, or by a doer that fights from the air."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from rashomon.coding.actor_context import ActorContext
from rashomon.coding.actors import actor_phrase
from rashomon.coding.roles import Roles
from rashomon.coding.triggers import Trigger
from rashomon.coding.weapons import FoundWords

_BY_PLATFORM = {
    "chemical": "chemical_attack",
    "planted": "bombing",
    "air": "air_strike",
    "ground": "shelling",
    "sea": "shelling",
}
_RANK = ("chemical", "planted", "air", "ground", "sea")
_FROM_THE_AIR = frozenset({"air", "air_events"})
_ATTACKS = frozenset({"air_strike", "shelling", "ground_attack", "bombing", "chemical_attack"})


def decide_type(trigger: Trigger, weapons: Sequence[FoundWords], roles: Roles, context: ActorContext) -> str:
    """The type of the event at a trigger.

    Args:
        trigger: the words that name the event.
        weapons: the weapons that belong to it.
        roles: who takes part.
        context: tells who the doers are, and so whether they fight from the air.

    Source of the method: the codebook's rule 15.
    """
    kind = trigger.entry.type
    if kind == "displacement":
        return "withdrawal" if trigger.entry.frame == "flee" and _are_armed(roles.targets, context) else kind
    platforms = {w.platform for w in weapons}
    if "chemical" in platforms and kind in _ATTACKS and kind != "chemical_attack":
        return "chemical_attack"
    if not trigger.entry.means:
        return kind
    if kind == "air_strike" and "air" in platforms:
        return kind  # what aircraft drop explodes too
    for platform in _RANK:
        if platform in platforms:
            return _BY_PLATFORM[platform]
    lemma = trigger.head.lemma_.lower()
    if not _fights_from_the_air([*roles.actors, *roles.modifiers], context):
        raided = lemma in trigger.entry.on_the_ground and (trigger.head.pos_ == "VERB" or _named(roles, context))
        return "ground_attack" if raided else kind
    return "air_strike" if kind == "air_strike" or lemma in trigger.entry.from_the_air else kind


def _are_armed(fleeing: Sequence[Token], context: ActorContext) -> bool:
    """Whether all who flee bear arms: fighters who flee withdraw, people who flee are displaced."""
    who = [actor_phrase(head, context.actors, context).actor_id for head in fleeing]
    return bool(who) and all(one is not None and context.actors.get(one).armed for one in who)


def _named(roles: Roles, context: ActorContext) -> bool:
    """Whether the words tell whose deed it is ('rebel raids')."""
    phrases = (actor_phrase(head, context.actors, context) for head in roles.modifiers)
    return bool(roles.actors) or any(phrase.actor_id is not None for phrase in phrases)


def _fights_from_the_air(doers: Iterable[Token], context: ActorContext) -> bool:
    """Whether one of the doers is an aircraft, an air force, or a state or coalition that has one, all alike."""
    for head in doers:
        found = actor_phrase(head, context.actors, context)
        if not _FROM_THE_AIR.isdisjoint(context.read(found.start_token, found.end_token).classes):
            return True
        within = range(found.start_token, found.end_token)
        owners = [seen.actor for seen in context.seen if seen.start in within]  # 'Israeli missiles'
        whose = [found.actor_id] if found.actor_id is not None else owners
        if any(one is not None and context.actors.strikes_from_the_air(context.actors.get(one)) for one in whose):
            return True
    return False
