"""Who takes part, as ledgers compare them: by name, by what they belong to, and by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.knowledge.actor_phrases import PhraseKind, read
from rashomon.knowledge.actors import Actor, Actors
from rashomon.knowledge.outlets import Outlets
from rashomon.knowledge.romanise import fold_words
from rashomon.ledgers.rules import Rules
from rashomon.model import Claim, Participant

_NOBODY = ("people", "object")
# What words for nobody of the actors file are read as where they name somebody, and where they mean anybody at all.
_NAMED = (PhraseKind.ACTOR, PhraseKind.PERSON)
_SOMEBODY = (*_NAMED, PhraseKind.ROLE, PhraseKind.PEOPLE)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part.

    Attributes:
        name: the neutral name.
        keys: the folded name, and the ids of the actor and of all that it is part of.
        side: whose side it is on that day, or nothing.
        nameless: a mere role ('gunmen'), which may be anybody.
        somebody: a person, group or body, as far as the actors file and its word lists know; not 'buses'.
    """

    name: str
    keys: frozenset[str]
    side: str = ""
    nameless: bool = False
    somebody: bool = True

    @property
    def holder(self) -> str:
        """What it is counted under where two of one side are no two sides: the side, or else its own name."""
        return self.side or self.name


@dataclass(frozen=True, slots=True)
class Who:
    """Looks up participants, and the sides of speakers."""

    actors: Actors
    outlets: Outlets
    rules: Rules

    def parties(self, participants: Iterable[Participant], day: dt.date | None) -> tuple[Party, ...]:
        """The parties of a claim, each once, by name."""
        found = {party.name: party for party in (self._party(one, day) for one in participants)}
        return tuple(found[name] for name in sorted(found))

    def _party(self, participant: Participant, day: dt.date | None) -> Party:
        resolution = participant.resolution
        name = resolution.name if resolution is not None else participant.mention.text
        keys = {" ".join(fold_words(name)) or name}
        if resolution is None or resolution.id is None:
            kind = read(name, self.actors, day).kind
            return Party(name, frozenset(keys), nameless=kind not in _NAMED, somebody=kind in _SOMEBODY)
        actor = self.actors.find(resolution.id)
        if actor is None:  # coded with actors that this site's file does not have
            return Party(name, frozenset({*keys, f"id:{resolution.id}"}))
        side, generic = "", actor.generic
        chain = [actor]
        while chain[-1].part_of is not None:
            chain.append(self.actors.get(chain[-1].part_of))
        for each in chain:
            side = side or each.side(day) or ""
            keys.add(f"id:{each.id}")
        nameless = (generic and not side) or actor.kind in _NOBODY
        return Party(name, frozenset(keys), side, nameless, actor.kind != "object")

    def side_of(self, claim: Claim, outlet: str | None, day: dt.date | None) -> str:
        """The side that a claim's word counts under: that of the first speaker who is known, else of the outlet.

        A monitor that is known and has no side is nobody's word but its own, whoever quotes it.
        """
        for source in claim.source:
            text = source.mention.antecedent or source.mention.text
            actor = self.actors.named(text, day)
            if actor is not None and actor.kind not in ("monitor", "media"):
                return actor.side(day) or self._side_of_whole(actor, day)
            known = self.outlets.find(text)
            if known is not None:
                return self.rules.side_of_view(known.side)
            if actor is not None:
                return actor.side(day) or ""
        own = self.outlets.get(outlet)
        return self.rules.side_of_view(own.side) if own is not None else ""

    def _side_of_whole(self, actor: Actor, day: dt.date | None) -> str:
        return self.actors.whole(actor).side(day) or ""


def share_party(one: Iterable[Party], other: Iterable[Party]) -> Party | None:
    """The first party of `one` that is one of `other`, a part of it or its whole; a mere role is nobody."""
    others = [party for party in other if not party.nameless]
    for party in one:
        if not party.nameless and any(_same_or_part(party, each) for each in others):
            return party
    return None


def _same_or_part(one: Party, other: Party) -> bool:
    return bool(one.keys & other.keys)


def share_side(one: Iterable[Party], other: Iterable[Party]) -> bool:
    """Whether two groups of parties have a side or a name in common; mere roles without a side do not count."""
    sides = {party.holder for party in one if not party.nameless}
    return any(party.holder in sides for party in other if not party.nameless)
