"""Features of who may take part: one row for each mention of somebody beside a candidate, or that the rules chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from rashomon.coding.actors import ActorMention
from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.mentions import Party
from rashomon.coding.learned.relation import Place, Relations, nearest_first, of_trigger
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.uses import Uses, users

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class PartyRows:
    """Makes the rows of one report.

    Each mention is looked at by itself: which of them are one actor, and so how many actors there are or how often one
    is mentioned, hangs on who it is.

    Attributes:
        itself: of each mention what does not hang on a candidate.
        twice: of a mention those that name the same one with some of the same words ('al-Nusra', 'Nusra').
    """

    case: Case
    uses: Uses
    relations: Relations
    itself: Sequence[Features]
    twice: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, case: Case, uses: Uses, relations: Relations) -> PartyRows:
        """Goes once through those whom the report mentions."""
        parties = case.mentions.parties
        return cls(case, uses, relations, [_itself(party, case, uses) for party in parties], _twice(parties))

    def __call__(self, candidate: Candidate, trigger: Features) -> list[ArgumentRow]:
        """One row for each mention, in the order of the report's.

        Args:
            candidate: what they may take part in.
            trigger: its own row.
        """
        shared = of_trigger(candidate, trigger) | _rules_gave(candidate)
        return [self._row(candidate, shared, number) for number in self._beside(candidate)]

    def _beside(self, candidate: Candidate) -> list[int]:
        case, own = self.case, self.case.sentence(candidate.head)
        told, given = candidate.told, candidate.given
        chosen = {*given.actors, *given.targets, *told.actors, *told.targets}
        beside = [
            number
            for number, party in enumerate(case.mentions.parties)
            if case.sentence(party.mention.start_token) == own or number in chosen
        ]

        def rank(number: int) -> tuple[bool, int]:
            mention = case.mentions.parties[number].mention
            return number in chosen, mention.end_token - mention.start_token

        return [n for n in beside if all(rank(n) > rank(other) for other in self.twice.get(n, ()) if other in beside)]

    def _row(self, candidate: Candidate, shared: Features, number: int) -> ArgumentRow:
        party = self.case.mentions.parties[number]
        row = ArgumentRow(number, (number,), party.key, dict(shared))
        row.features.update(self.relations(candidate, _place(party)))
        row.features.update(self.itself[number])
        row.features.update(_rules_say(candidate, party, number))
        row.features.update(self._elsewhere(candidate, party, number))
        return row

    def _elsewhere(self, candidate: Candidate, party: Party, number: int) -> Features:
        case, head = self.case, candidate.head
        actor_of, target_of = users(self.uses.actors, [number], head), users(self.uses.targets, [number], head)
        own = case.sentence(head)
        return {
            "speaks": self._speaks(candidate, party),
            "actor_of_others": len(actor_of),
            "target_of_others": len(target_of),
            "part_of_others_in_sentence": sum(case.sentence(other) == own for other in actor_of | target_of),
        }

    def _speaks(self, candidate: Candidate, party: Party) -> bool:
        """Whether the words stand in those for who says it."""
        start = party.mention.text_span.start
        numbers = {candidate.given.speaker, candidate.speaker} - {None}
        chains = (self.case.mentions.speakers[number] for number in numbers if number is not None)
        spans = (source.mention.span for chain in chains for source in chain)
        return any(span is not None and span.start <= start < span.end for span in spans)


def _place(party: Party) -> Place:
    return Place(party.mention.start_token, party.mention.end_token, party.mention.head)


def _twice(parties: Sequence[Party]) -> Mapping[int, Sequence[int]]:
    by_key: defaultdict[str, list[tuple[int, ActorMention]]] = defaultdict(list)
    for number, party in enumerate(parties):
        by_key[party.key].append((number, party.mention))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for mentions in by_key.values():
        for (n, one), (m, other) in permutations(mentions, 2):
            if one.start_token < other.end_token and other.start_token < one.end_token:
                found[n].append(m)
    return found


def _itself(party: Party, case: Case, uses: Uses) -> Features:
    mention, words = party.mention, case.words
    tokens = range(mention.start_token, mention.end_token)
    return {
        "party_kind": party.kind,
        "armed": party.armed,
        "generic": party.generic,
        "reading": party.reading,
        "refers_back": mention.antecedent is not None,
        "known": party.known,
        "mention_words": words.length(mention.start_token, mention.end_token),
        "is_subject": words.deps[mention.head] in _SUBJECTS,
        "is_place": any(at in uses.spot_tokens for at in tokens),
        "holds_trigger": any(at in case.known_heads for at in tokens),
        "head_is_trigger": mention.head in case.known_heads,
    }


def _rules_gave(candidate: Candidate) -> Features:
    given = candidate.given
    return {
        "rules_actors": len(given.actors),
        "rules_targets": len(given.targets),
    }


def _rules_say(candidate: Candidate, party: Party, number: int) -> Features:
    given, told, head = candidate.given, candidate.told, party.mention.head
    return {
        "rules_actor": number in given.actors,
        "rules_target": number in given.targets,
        "group_actor": number in told.actors,
        "group_target": number in told.targets,
        "role_actor": head in candidate.actor_heads,
        "role_target": head in candidate.target_heads,
        "role_modifier": head in candidate.modifiers,
    }


def nearest_of_each(rows: Iterable[ArgumentRow], candidate: Candidate, case: Case) -> frozenset[int]:
    """Of each actor the number of the mention that a claim should quote: one that the rules chose, else the nearest."""
    parties, given = case.mentions.parties, candidate.given
    chosen = {*given.actors, *given.targets}
    numbers = [row.at for row in rows if row.at is not None]
    by_nearness = nearest_first([(n, _place(parties[n])) for n in numbers], candidate, case)
    nearest: dict[str, int] = {}
    for number, _ in sorted(by_nearness, key=lambda numbered: numbered[0] not in chosen):  # of equals the nearest
        nearest.setdefault(parties[number].key, number)
    return frozenset(nearest.values())
