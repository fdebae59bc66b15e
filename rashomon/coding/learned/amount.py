"""Features of how many: one row for each count near a candidate, or that the rules chose."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.relation import Place, Relations, of_trigger
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.uses import Uses, users
from rashomon.coding.quantities import FoundQuantity

_BACK, _AHEAD = 1, 2  # sentences


@dataclass(frozen=True, slots=True)
class CountRows:
    """Makes the rows of one report."""

    case: Case
    uses: Uses
    relations: Relations

    def __call__(self, candidate: Candidate, trigger: Features) -> list[ArgumentRow]:
        """One row for each count, the nearest first; for the arguments see `PartyRows`."""
        counts = self.case.mentions.counts
        rows = [self._row(candidate, trigger, number) for number in range(len(counts)) if self._near(candidate, number)]
        rows.sort(key=lambda row: (row.features["sentences_apart"], row.features["tokens_apart"]))
        for row in rows:
            measure = row.features["measure"]
            row.features.update(
                rivals=len(rows),
                same_count=sum(other.key == row.key for other in rows),
                same_measure=sum(other.features["measure"] == measure for other in rows),
            )
        return rows

    def _near(self, candidate: Candidate, number: int) -> bool:
        count = self.case.mentions.counts[number]
        off = self.case.sentence(count.start_token) - self.case.sentence(candidate.head)
        return -_BACK <= off <= _AHEAD or number in candidate.given.counts or number in candidate.told.counts

    def _row(self, candidate: Candidate, trigger: Features, number: int) -> ArgumentRow:
        count = self.case.mentions.counts[number]
        quantity = count.quantity
        key = (quantity.measure.value, quantity.minimum, quantity.maximum)
        row = ArgumentRow(number, (number,), key, of_trigger(candidate, trigger))
        place = Place(count.start_token, count.end_token, count.head)
        row.features.update(self.relations(candidate, place))
        row.features.update(self._itself(count, str(trigger["type"])))
        row.features.update(self._rules_say(candidate, number, count))
        return row

    def _rules_say(self, candidate: Candidate, number: int, count: FoundQuantity) -> Features:
        given, told, governor, head = candidate.given, candidate.told, count.governor, candidate.head
        return {
            "rules_count": number in given.counts,
            "group_count": number in told.counts,
            "rules_counts": len(given.counts),
            "governed_by_trigger": governor == head,
            "governed": governor is not None,
            "governor_is_trigger": governor in self.case.known_heads,
            "governed_by_carrier": governor is not None and governor == candidate.carrier,
            "count_of_others": len(users(self.uses.counts, [number], head)),
            "governor_is_part": any(c.head == governor and c.host == head for c in self.case.known),
        }

    def _itself(self, count: FoundQuantity, kind: str) -> Features:
        quantity = count.quantity
        return {
            "measure": quantity.measure.value,
            "measure_and_type": f"{quantity.measure.value}|{kind}",
            "size": math.log1p(quantity.minimum or quantity.maximum or 0),
            "mention_words": self.case.words.length(count.start_token, count.end_token),
            "no_minimum": quantity.minimum is None,
            "no_maximum": quantity.maximum is None,
        }
