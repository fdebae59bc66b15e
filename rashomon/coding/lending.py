"""Who did it, where the words of an event do not say so but the event that caused it, or its first mention, does."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.coding.drafts import Draft
from rashomon.coding.grammar import subjects
from rashomon.coding.merging import is_definite

_ATTACKS = frozenset({"air_strike", "shelling", "ground_attack", "bombing", "chemical_attack", "offensive"})
_TAKING_UP = frozenset({"attack"})
_REACH = 3  # sentences back that 'the attack' may refer to


def lend_actors(drafts: Sequence[Draft]) -> None:
    """Gives events without actors those of the event that they come from.

    'The raids destroyed two houses': who raided destroyed. 'The attack ...' after 'rebels attacked ...': the rebels.

    Args:
        drafts: of one document, in the order of the text; those without actors are filled in place.
    """
    by_head = {head: draft for draft in drafts for head in draft.heads}
    for place, draft in enumerate(drafts):
        if draft.actors:
            continue
        lender = _cause(draft, by_head) or _named_before(draft, drafts[:place])
        if lender is not None:
            draft.actors = list(lender.actors)


def lend_kinds(drafts: Sequence[Draft]) -> None:
    """Gives a bare word that takes up an attack the type of that attack: 'the attack' after a suicide bombing.

    Args:
        drafts: of one document, in the order of the text; those that only say 'the attack' are changed in place.
    """
    for place, draft in enumerate(drafts):
        bare = draft.kind == "ground_attack" and draft.trigger.entry.means and not draft.weapons
        if not bare or draft.trigger.head.lemma_.lower() not in _TAKING_UP or not is_definite(draft):
            continue
        told = next((one for one in reversed(drafts[:place]) if one.kind in _ATTACKS - {"offensive"}), None)
        if told is not None and told.status is draft.status and _sentences_between(told, draft) <= _REACH:
            draft.kind = told.kind


def _cause(draft: Draft, by_head: dict[int, Draft]) -> Draft | None:
    """The event that stands as the verb's subject."""
    verb = draft.trigger.carrier if draft.trigger.is_noun else draft.trigger.head
    if verb is None or draft.trigger.carried not in ("", "do"):
        return None
    for head in subjects(verb):
        lender = by_head.get(head.i)
        if lender is not None and lender.actors and lender is not draft:
            return lender
    return None


def _named_before(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The last attack before, where this is its damage or a definite word for it."""
    damage = draft.kind == "destruction"
    if not damage and not (draft.kind in _ATTACKS and is_definite(draft)):
        return None
    for lender in reversed(earlier):
        if _sentences_between(lender, draft) > _REACH:
            return None
        if lender.kind in _ATTACKS and lender.actors:
            same = lender.kind == draft.kind or damage or draft.kind == "ground_attack"
            return lender if same else None
    return None


def _sentences_between(earlier: Draft, later: Draft) -> int:
    doc = later.trigger.head.doc
    return sum(1 for token in doc[earlier.end : later.start + 1] if token.is_sent_start)
