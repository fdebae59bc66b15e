"""Deaths belong to their cause: finds the event that a toll, or another weak word, is part of."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from rashomon.coding.grammar import objects_of_preposition, subjects
from rashomon.coding.triggers import Trigger

CAUSES = frozenset(
    {
        "air_strike", "shelling", "ground_attack", "bombing", "chemical_attack", "armed_clash", "offensive", "killing",
        "capture", "siege", "abuse", "protest", "aid", "destruction",
    }
)  # fmt: skip
ATTACKS = frozenset({"air_strike", "shelling", "ground_attack", "bombing", "chemical_attack"})
_REACH = 1  # sentences back to the attack that a toll still belongs to
_CAUSED = 2  # one clause under the other
_BY = ("in", "by", "during", "after", "from", "following", "with", "amid", "of", "as", "when", "due", "through")


def host_of(light: Trigger, triggers: Sequence[Trigger], alone: bool) -> Trigger | None:
    """The event in the same sentence that a weak trigger only speaks of a part of, or None.

    Args:
        light: a trigger whose entry is `light` ('killed', 'death toll', 'support').
        triggers: all triggers of the document, in order.
        alone: it counts a whole war's dead, or those who may yet die, which are no part of one event.
    """
    if alone:
        return None
    sentence = light.head.sent
    hosts = [
        t
        for t in triggers
        if not t.entry.light and sentence.start <= t.head.i < sentence.end and t.head.i != light.head.i
    ]
    if light.entry.type == "casualties":
        hosts = [t for t in hosts if t.entry.type in CAUSES]
    if not hosts and light.entry.type == "casualties":
        return _told_before(light, triggers)
    best = max(hosts, key=lambda t: _nearness(light, t), default=None)
    return best if best is not None and _closeness(light, best) > 0 else None


def _told_before(toll: Trigger, triggers: Sequence[Trigger]) -> Trigger | None:
    """The attack of the sentence or two before, which a toll without a cause of its own goes on telling of."""
    doc = toll.head.doc
    start = toll.head.sent.start
    for trigger in reversed(triggers):
        if trigger.head.i >= start or trigger.entry.light:
            continue
        if sum(1 for token in doc[trigger.head.i + 1 : toll.head.i] if token.is_sent_start) > _REACH:
            return None
        if trigger.entry.type in ATTACKS:
            return trigger
    return None


def _nearness(light: Trigger, host: Trigger) -> tuple[int, bool, int]:
    """How near the host is; of an attack and the damage that it did, the attack has caused the deaths."""
    close = _closeness(light, host)
    return close, close == _CAUSED and host.entry.type != "destruction", -abs(host.head.i - light.head.i)


def _closeness(light: Trigger, host: Trigger) -> int:
    """How surely the weak trigger belongs to the host: 3 its cause by grammar, 2 one clause under the other, 0 not."""
    verb, event = light.head, host.head
    anchors = {event.i} | ({host.carrier.i} if host.carrier is not None else set())
    if light.entry.type == "casualties":
        causes = [*subjects(verb), *objects_of_preposition(verb, *_BY)]
        if any(_leads_to(cause, anchors) for cause in causes):
            return 3
        if any(a in anchors for a in _up(verb, 4)):
            return 2
        if any(a == verb.i for a in _up(event, 5)):
            return 2
        return (
            1
            if abs(event.i - verb.i) < 25 and host.entry.type in CAUSES - {"aid", "capture", "siege", "protest"}
            else 0
        )
    near = set(_up(verb, 2)) & anchors or verb.i in _up(event, 2)
    return 2 if near else 0


def _leads_to(token: Token, anchors: set[int]) -> bool:
    """Whether the token is the event's word, or a shell around it ('a series of raids')."""
    return token.i in anchors or any(t.i in anchors for t in token.subtree)


def _up(token: Token, steps: int) -> list[int]:
    found = []
    at = token
    for _ in range(steps):
        if at.head.i == at.i:
            break
        at = at.head
        found.append(at.i)
    return found
