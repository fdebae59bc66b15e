"""Features of who may take part: one row for each actor that is mentioned near a candidate, or that the rules chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.mentions import Party
from rashomon.coding.learned.relation import Place, nearest_first, of_trigger, related
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.uses import Uses, users, users_of_key

_REACH = 1  # sentences
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class PartyRows:
    """Makes the rows of one report.

    None of them counts how many actors there are, or how often one is mentioned: which mentions are one actor hangs on
    who it is.
    """

    case: Case
    uses: Uses

    def __call__(self, candidate: Candidate, trigger: Features) -> list[ArgumentRow]:
        """One row for each actor, the nearest first.

        Args:
            candidate: what they may take part in.
            trigger: its own row.
        """
        rows = [self._row(candidate, trigger, key, members) for key, members in self._near(candidate).items()]
        rows.sort(key=lambda row: (row.features["sentences_apart"], row.features["tokens_apart"]))
        return rows

    def _near(self, candidate: Candidate) -> dict[str, list[int]]:
        case, own = self.case, self.case.sentence(candidate.head)
        told, given = candidate.told, candidate.given
        chosen = {*given.actors, *given.targets, *told.actors, *told.targets}
        near: dict[str, list[int]] = {}
        for number, party in enumerate(case.mentions.parties):
            if abs(case.sentence(party.mention.start_token) - own) <= _REACH or number in chosen:
                near.setdefault(party.key, []).append(number)
        return near

    def _row(self, candidate: Candidate, trigger: Features, key: str, members: Sequence[int]) -> ArgumentRow:
        parties, given = self.case.mentions.parties, candidate.given
        places = nearest_first([(n, _place(parties[n])) for n in members], candidate, self.case)
        chosen = {*given.actors, *given.targets}
        at, place = min(places, key=lambda numbered: numbered[0] not in chosen)  # of equals the nearest
        row = ArgumentRow(at, tuple(members), key, of_trigger(candidate, trigger))
        row.features.update(related(candidate, place, self.case))
        row.features.update(self._itself(parties[at]))
        row.features.update(_rules_say(candidate, parties[at], members))
        row.features.update(self._elsewhere(candidate, trigger, parties[at], members))
        return row

    def _itself(self, party: Party) -> Features:
        mention, words = party.mention, self.case.words
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
            "is_place": any(at in self.uses.spot_tokens for at in tokens),
            "holds_trigger": any(at in self.case.known_heads for at in tokens),
            "head_is_trigger": mention.head in self.case.known_heads,
            "mention_lemma": words.lemmas[mention.head],
        }

    def _elsewhere(self, candidate: Candidate, trigger: Features, party: Party, members: Sequence[int]) -> Features:
        case, uses, head = self.case, self.uses, candidate.head
        actor_of, target_of = users(uses.actors, members, head), users(uses.targets, members, head)
        own, kind = case.sentence(head), str(trigger["type"])
        return {
            "speaks": self._speaks(candidate, party),
            "actor_of_others": len(actor_of),
            "target_of_others": len(target_of),
            "part_of_others_in_sentence": sum(case.sentence(other) == own for other in actor_of | target_of),
            "actor_of_others_alike": len(users_of_key(uses.actor_keys, kind, party.key, head)),
            "target_of_others_alike": len(users_of_key(uses.target_keys, kind, party.key, head)),
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


def _rules_say(candidate: Candidate, party: Party, members: Sequence[int]) -> Features:
    given, told, head = candidate.given, candidate.told, party.mention.head
    return {
        "rules_actor": sum(n in given.actors for n in members),
        "rules_target": sum(n in given.targets for n in members),
        "group_actor": sum(n in told.actors for n in members),
        "group_target": sum(n in told.targets for n in members),
        "rules_actors": len(given.actors),
        "rules_targets": len(given.targets),
        "group_actors": len(told.actors),
        "group_targets": len(told.targets),
        "role_actor": head in candidate.actor_heads,
        "role_target": head in candidate.target_heads,
        "role_modifier": head in candidate.modifiers,
    }
