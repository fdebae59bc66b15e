"""What the encoder learns from: hand-coded reports in stretches, as it reads them, with what is right in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Case
from rashomon.coding.learned.encoder import Cutter, Stretch
from rashomon.coding.learned.layers import ROLES
from rashomon.coding.learned.scores import ROLES_OF, places_of, seen_token
from rashomon.coding.learned.speaker import OUTLET
from rashomon.evaluate import ScoredClaim
from rashomon.model import SourceKind, Status
from rashomon.training.examples import Example

STATUSES = tuple(status.value for status in Status)
SOURCE_KINDS = (OUTLET, *sorted(kind.value for kind in SourceKind))


@dataclass(frozen=True, slots=True)
class Task:
    """A word that a hand-coded claim stands on.

    Attributes:
        row: of the stretch. status, source: numbers of `STATUSES` and `SOURCE_KINDS`.
        right: for each mention of the lesson and each role whether it is that claim's.
    """

    row: int
    status: int
    source: int
    right: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A stretch of a report with what is right in it.

    Attributes:
        pieces, bounds: as in `Stretch`.
        types: for each token the number of the type that it names, counted from 1; 0 for none.
        mentions: row of each mention, and the roles that it may fill, end exclusive.
        tasks: the words that hand-coded claims stand on.
    """

    pieces: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    types: tuple[int, ...]
    mentions: tuple[tuple[int, int, int], ...]
    tasks: tuple[Task, ...]


def lessons(example: Example, cutter: Cutter, types: Sequence[str]) -> Iterator[Lesson]:
    """The lessons of a report.

    Args:
        example: the report.
        cutter: cuts it as the encoder reads it.
        types: all types, in the order of their numbers.
    """
    case = example.rows.case
    for stretch in cutter.stretches(case.words, case.names):
        yield _lesson(example, stretch, {token: row for row, token in enumerate(stretch.tokens)}, types)


def _lesson(example: Example, stretch: Stretch, at: dict[int, int], types: Sequence[str]) -> Lesson:
    here = [(at[token], hand) for token, hand in example.triggers if token in at and hand.type in types]
    kinds = [0] * len(stretch.tokens)
    for row, hand in here:
        kinds[row] = types.index(hand.type) + 1
    found = list(_mentions(example.rows.case, stretch, at))
    mentions = tuple((row, roles.start, roles.stop) for row, _, _, roles in found)
    tasks = [
        Task(
            row,
            _number(STATUSES, hand.value("status"), Status.OCCURRED),
            _number(SOURCE_KINDS, hand.value("source"), SourceKind.OTHER),
            tuple(_right(example, hand, sort, number) for _, sort, number, _ in found),
        )
        for row, hand in here
    ]
    return Lesson(stretch.pieces, stretch.bounds, tuple(kinds), mentions, tuple(tasks))


def _number(classes: Sequence[str], value: object, other: str) -> int:
    return classes.index(str(value) if value in classes else other)


def _mentions(case: Case, stretch: Stretch, at: dict[int, int]) -> Iterator[tuple[int, str, int, slice]]:
    """Row, sort, number and roles of each mention that is seen in a stretch."""
    for sort, places in places_of(case.mentions).items():
        for number, place in enumerate(places):
            token = seen_token(place, stretch.tokens, at)
            if token is not None:
                yield at[token], sort, number, ROLES_OF[sort]


def _right(example: Example, hand: ScoredClaim, sort: str, number: int) -> tuple[bool, ...]:
    right = example.right(hand, sort, number)
    roles = ROLES_OF[sort]
    return tuple(right[role - roles.start] if roles.start <= role < roles.stop else False for role in range(len(ROLES)))
