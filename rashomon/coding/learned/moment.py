"""Features of when it may have been: one row for each expression of time near a candidate that means days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.mentions import Days, When
from rashomon.coding.learned.relation import Place, Relations, of_trigger
from rashomon.coding.learned.rows import ArgumentRow, Features, clipped
from rashomon.coding.learned.uses import Uses, users

_BACK, _AHEAD = 4, 1  # sentences
_LONGEST, _FUTURE = 400, -60  # days


@dataclass(frozen=True, slots=True)
class TimeRows:
    """Makes the rows of one report."""

    case: Case
    uses: Uses
    relations: Relations

    def __call__(self, candidate: Candidate, trigger: Features) -> list[ArgumentRow]:
        """One row for each time, the nearest first; for the arguments see `PartyRows`."""
        times, status = self.case.mentions.times, str(trigger["status"])
        told = Counter(time.days(status) for time in times)
        rows = [
            self._row(candidate, trigger, number, told)
            for number, time in enumerate(times)
            if self._near(candidate, number) and time.means_days
        ]
        rows.sort(key=lambda row: (row.features["sentences_apart"], row.features["tokens_apart"]))
        here = sum(bool(row.features["same_sentence"]) for row in rows)
        for row in rows:
            row.features.update(rivals=len(rows), in_sentence=here)
        return rows

    def _near(self, candidate: Candidate, number: int) -> bool:
        start = self.case.mentions.times[number].mention.start_token
        off = self.case.sentence(start) - self.case.sentence(candidate.head)
        return -_BACK <= off <= _AHEAD or number in (candidate.given.time, candidate.told.time)

    def _row(self, candidate: Candidate, trigger: Features, number: int, told: Counter[Days | None]) -> ArgumentRow:
        time = self.case.mentions.times[number]
        days = time.days(str(trigger["status"]))
        row = ArgumentRow(number, (number,), days, of_trigger(candidate, trigger))
        mention = time.mention
        place = Place(mention.start_token, mention.end_token, mention.head)
        row.features.update(self.relations(candidate, place))
        row.features.update(self._itself(time, days), mentions=told[days])
        given, group = candidate.given.time, candidate.told.time
        row.features.update(
            rules_time=number == given,
            group_time=number == group,
            rules_none=given is None,
            group_none=group is None,
            time_of_others=len(users(self.uses.times, [number], candidate.head)),
            time_of_groups=self.uses.group_times.get(number, 0),
        )
        return row

    def _itself(self, time: When, days: Days | None) -> Features:
        mention = time.mention
        row: Features = {
            "time_kind": mention.kind.value,
            "one_day": mention.one_day,
            "refers_back": mention.antecedent is not None,
            "when_spoken": time.speech,
            "mention_words": self.case.words.length(mention.start_token, mention.end_token),
        }
        published = self.case.report.publication.day
        if days is not None and published is not None:
            row["days"] = min(_LONGEST, (days[1] - days[0]).days)
            row["days_ago"] = clipped((published - days[1]).days, _FUTURE, _LONGEST)
        return row
