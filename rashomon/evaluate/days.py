"""Whether the words that say when are read as the days that people read from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from rashomon.errors import InputError
from rashomon.evaluate.files import hand_coded
from rashomon.knowledge.wordlists import TimeLexicon
from rashomon.model import DaysResolution, Mention, Report, Status
from rashomon.resolving.days import resolve_days

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class ReadDays:
    """One hand-coded expression of time and what it was read as.

    Attributes:
        report: the report's id. published: its day of publication, where that is known.
        text: the expression. status: of its claim.
        hand: first and last day by hand.
        given: what it was read as; none with the reason.
    """

    report: str
    published: dt.date | None
    text: str
    status: Status
    hand: Days
    given: DaysResolution

    @property
    def right(self) -> bool:
        """Whether both ends are the days that the person gave."""
        return (self.given.start, self.given.end) == self.hand

    @property
    def is_wrong_publication(self) -> bool:
        """Whether the day of publication was given where the person read other days."""
        return not self.right and self.given.start is not None and self.given.start == self.given.end == self.published


@dataclass(frozen=True, slots=True)
class DaysScore:
    """Every hand-coded expression with its days, in the order of the files."""

    readings: tuple[ReadDays, ...]

    @property
    def right(self) -> int:
        """How many were read as the person did."""
        return sum(reading.right for reading in self.readings)

    @property
    def share(self) -> float:
        """The share of them, to four places; 0 where there are none."""
        return round(self.right / len(self.readings), 4) if self.readings else 0.0

    @property
    def wrong(self) -> tuple[ReadDays, ...]:
        """Those read otherwise, or not at all."""
        return tuple(reading for reading in self.readings if not reading.right)

    @property
    def wrong_publication(self) -> int:
        """How many were given the day of publication where the person read other days."""
        return sum(reading.is_wrong_publication for reading in self.readings)

    def to_json(self) -> dict[str, Any]:
        """The figures, and every expression that was read otherwise."""
        return {
            "expressions": len(self.readings),
            "right": self.right,
            "share": self.share,
            "day_of_publication_wrongly_given": self.wrong_publication,
            "wrong": [
                {
                    "report": reading.report,
                    "published": reading.published and reading.published.isoformat(),
                    "text": reading.text,
                    "status": reading.status.value,
                    "hand": [day.isoformat() for day in reading.hand],
                    "given": [day and day.isoformat() for day in (reading.given.start, reading.given.end)],
                    "reason": reading.given.reason,
                }
                for reading in self.wrong
            ],
        }


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _TimeForm(_Form):
    text: str
    start: dt.date
    end: dt.date


class _ClaimForm(_Form):
    status: Status
    quote: str = ""
    time: _TimeForm | None = None


_CLAIMS = TypeAdapter(list[_ClaimForm])


def measure_days(gold: Path, reports: Iterable[Report], lexicon: TimeLexicon) -> DaysScore:
    """Reads every time expression of hand-coded claims and lays the days beside those that the person gave.

    Args:
        gold: a JSON list of `{report, claims}`, or a folder of such files.
        reports: those that they were coded from: expressions are read against their day of publication. An expression
            that counts from another one in the text ('since then') cannot be read from its words, and counts as wrong.
        lexicon: the words that say when.

    Raises:
        InputError: the claims are not in the codebook's form, or one of their reports is not there.
    """
    known = {report.id: report for report in reports}
    return DaysScore(tuple(_readings(gold, known, lexicon)))


def _readings(gold: Path, known: Mapping[str, Report], lexicon: TimeLexicon) -> Iterator[ReadDays]:
    for file, report_id, forms in hand_coded(gold):
        try:
            claims = _CLAIMS.validate_python(forms)
        except ValidationError as error:
            first = error.errors()[0]
            path = ".".join(map(str, first["loc"]))
            raise InputError(f"report {report_id}: claim {path}: {first['msg']}", where=file) from error
        report = known.get(report_id)
        if report is None:
            remedy = "Give the reports that the hand coding was made from"
            raise InputError(f"report {report_id} is not among the reports", where=file, remedy=remedy)
        for claim in claims:
            if claim.time is not None:
                words, day = Mention(claim.time.text), report.publication
                given = resolve_days(words, claim.status, day, lexicon, claim.quote)
                hand = (claim.time.start, claim.time.end)
                yield ReadDays(report.id, day.day, claim.time.text, claim.status, hand, given)
