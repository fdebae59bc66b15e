"""Who takes part in an event: from the heads that the grammar gives to the actors and targets of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from rashomon.coding.actor_context import ActorContext
from rashomon.coding.actors import ActorMention, phrases
from rashomon.coding.grammar import held_by
from rashomon.coding.roles import Roles
from rashomon.coding.triggers import Trigger
from rashomon.coding.weapons import FoundWords
from rashomon.knowledge import Knowledge

# Kinds of actors that kill nobody and take nothing: where the grammar says so, it took speakers, rescuers or the killed
# for those who did it.
_UNARMED = frozenset({"people", "monitor", "media", "ngo", "rescue", "un"})
# Families of events that are done by force.
_BY_FORCE = frozenset({"violence", "territory"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Finds the actors and targets of the events of one document.

    Attributes:
        knowledge: actors, word classes, types of events.
        context: who is named in the document.
        nobody: tokens that are a place, a day or an event, and so no actor and no target.
    """

    knowledge: Knowledge
    context: ActorContext
    nobody: frozenset[int]

    def who(self, trigger: Trigger, roles: Roles, kind: str, weapons: Sequence[FoundWords]) -> list[ActorMention]:
        """The actors of an event: somebody; no places, days, events, nor a weapon nobody is named for.

        Args:
            trigger: the words that name the event.
            roles: the heads of the phrases that take part in it.
            kind: its type.
            weapons: the weapons that belong to it.
        """
        kept = [h for h in roles.actors if h.i not in self.nobody and not _is_bare_weapon(h, weapons)]
        named = [m for m in self._phrases(kept) if m.actor_id is not None or self._is_somebody(self._head(m))]
        modifiers = [h for h in roles.modifiers if h.i not in self.nobody and not _is_against(h)]
        named += [m for m in self._phrases(modifiers) if m.actor_id is not None and m not in named]
        if self._by_force(kind):
            named = [m for m in named if not self._is_unarmed(m)]
        return named

    def whom(
        self, trigger: Trigger, heads: Sequence[Token], kind: str, weapons: Sequence[FoundWords]
    ) -> list[ActorMention]:
        """The targets of an event: whom or what it is done to, no ground and no weapon that it is done with.

        Of a place that changes hands only who loses it is a target.

        Args:
            trigger: the words that name the event.
            heads: the heads of the phrases that it is done to.
            kind: its type.
            weapons: the weapons that belong to it.
        """
        kept = [h for h in heads if h.i not in self.nobody and not _within(h, weapons)]
        held = [holder for head in kept for holder in held_by(head)]
        kept = [h for h in kept if not held_by(h)] + held
        mentions = [m for m in self._phrases(kept) if m.actor_id is not None or self._can_be_hit(m, kind)]
        counting = [m for m in mentions if self._only_counts(self._head(m))]
        return [m for m in mentions if m not in counting] or counting

    def _by_force(self, kind: str) -> bool:
        return kind == "casualties" or self.knowledge.ontology[kind].family in _BY_FORCE

    def _is_unarmed(self, mention: ActorMention) -> bool:
        return mention.actor_id is not None and self.knowledge.actors.get(mention.actor_id).kind in _UNARMED

    def _is_somebody(self, head: Token) -> bool:
        return head.pos_ in ("PROPN", "PRON") or self.knowledge.lexicon.is_a(head.lemma_.lower(), "people")

    def _can_be_hit(self, mention: ActorMention, kind: str) -> bool:
        head = self._head(mention)
        if self.knowledge.ontology[kind].holds_place:
            return self._is_somebody(head)
        return not self.knowledge.lexicon.is_a(head.lemma_.lower(), "area")

    def _only_counts(self, head: Token) -> bool:
        return head.pos_ == "NUM" or self.knowledge.lexicon.is_a(head.lemma_.lower(), "counting")

    def _head(self, mention: ActorMention) -> Token:
        return self.context.doc[mention.head]

    def _phrases(self, heads: Sequence[Token]) -> list[ActorMention]:
        mentions: dict[tuple[int, int], ActorMention] = {}
        for head in heads:
            for mention in phrases(head, self.knowledge.actors, self.context):
                mentions.setdefault((mention.start_token, mention.end_token), mention)
        return list(mentions.values())


def _is_against(head: Token) -> bool:
    """'anti-government protests' names whom they are against."""
    return head.lower_.startswith("anti") or (head.i > 1 and head.nbor(-2).lower_ == "anti")


def _within(head: Token, weapons: Sequence[FoundWords]) -> bool:
    return any(w.start_token <= head.i < w.end_token for w in weapons)


def _is_bare_weapon(head: Token, weapons: Sequence[FoundWords]) -> bool:
    """'Rockets hit the school' names nobody; 'Syrian warplanes hit the school' does."""
    for weapon in weapons:
        if weapon.start_token <= head.i < weapon.end_token:
            modified = any(
                c.dep_ in ("amod", "compound", "poss", "nmod") and c.i < weapon.start_token for c in head.lefts
            )
            return weapon.platform != "air" or not modified
    return False
