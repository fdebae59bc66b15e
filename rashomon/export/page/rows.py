"""The rows of a comparison: each field's values, with the outlet's own words beside the neutral name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rashomon.export.figures import Range
from rashomon.export.page.names import Names
from rashomon.export.page.words import bounds_words, days_words, reading_words
from rashomon.export.whereabouts import POINT_LIKE, wider
from rashomon.linking.contradictions import DEED, TYPE
from rashomon.linking.tolls import measure_of
from rashomon.model import (
    Claim,
    Contradiction,
    ContradictionKind,
    Measure,
    NoActor,
    Participant,
    Place,
    PlacePrecision,
    PlaceRole,
    Quantity,
)

QUOTES = "In its words"  # the row of the quotes, which stand above the values
_STATUS, _KIND, _WHO, _WHERE, _WHEN, _LABELS = "Status", "Kind", "Who", "Where", "When", "Loaded words"
_ROW_OF = {
    ContradictionKind.HAPPENED: _STATUS,
    ContradictionKind.CULPRIT: _WHO,
    ContradictionKind.PLACE: _WHERE,
    ContradictionKind.DAY: _WHEN,
}
_ROLES = {PlaceRole.AT: "", PlaceRole.FROM: "from ", PlaceRole.TO: "to "}


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a cell.

    Attributes:
        main: the neutral value. words: the report's own words, where they are others. note: what a reader must know.
        numbers: which of the column's statements give it; empty where the column has only one.
    """

    main: str
    words: str = ""
    note: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One field over all columns; `disputed` where voices contradict each other about it."""

    title: str
    kind: str
    cells: tuple[tuple[Value, ...], ...]
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class _Field:
    title: str
    kind: str
    values: Callable[[Claim], Iterable[Value]]
    only_if_several: bool = False


def rows(columns: Sequence[Sequence[Claim]], names: Names, disputed: frozenset[str]) -> tuple[Row, ...]:
    """A row for each field that at least one statement fills; `disputed` are titles of `disputed_rows`."""
    found = [_row(field, columns, disputed) for field in _fields(names)]
    return tuple(row for row in found if row is not None)


def disputed_rows(contradictions: Iterable[Contradiction]) -> frozenset[str]:
    """The titles of the rows in which the values of contradictions stand."""
    return frozenset(map(_row_of, contradictions))


def _row_of(contradiction: Contradiction) -> str:
    if contradiction.kind is ContradictionKind.TOLL:
        return _measure_title(measure_of(contradiction))
    if contradiction.kind is ContradictionKind.CALLED:
        return {TYPE: _KIND, DEED: QUOTES}.get(contradiction.about, _LABELS)
    return _ROW_OF[contradiction.kind]


def _row(field: _Field, columns: Sequence[Sequence[Claim]], disputed: frozenset[str]) -> Row | None:
    cells = tuple(_cell(field, claims) for claims in columns)
    if not any(cells):
        return None
    if field.only_if_several and len({value.main for cell in cells for value in cell}) < 2:
        return None
    return Row(field.title, field.kind, cells, field.title in disputed)


def _cell(field: _Field, claims: Sequence[Claim]) -> tuple[Value, ...]:
    numbers: dict[Value, list[int]] = {}
    for number, claim in enumerate(claims, start=1):
        for value in dict.fromkeys(field.values(claim)):
            numbers.setdefault(value, []).append(number)
    if len(claims) == 1:
        return tuple(numbers)
    return tuple(Value(v.main, v.words, v.note, tuple(given)) for v, given in numbers.items())


def _fields(names: Names) -> list[_Field]:
    return [
        _Field("Said by", "source", _sources),
        _Field(_STATUS, "status", lambda c: [Value(c.status.value)]),
        _Field(_KIND, "type", lambda c: [Value(names.type(c.type))], only_if_several=True),
        _Field(_WHO, "people", lambda c: map(_person, c.actors)),
        _Field("To whom or what", "people", lambda c: map(_person, c.targets)),
        _Field(_WHERE, "place", lambda c: map(_place, c.places)),
        _Field(_WHEN, "time", _times),
        *map(_measure_field, Measure),
        _Field("Means", "words", lambda c: map(Value, c.weapons)),
        _Field(_LABELS, "label", lambda c: _labels(c, names)),
        _Field("Read by the program", "reading", _reading),
        _Field("Left out here", "withheld", lambda c: (Value(kind.value) for kind in c.withheld)),
    ]


def _sources(claim: Claim) -> Iterable[Value]:
    if not claim.source:
        return [Value("the outlet itself")]
    chain = [f"{s.mention.text} ({s.kind.value.replace('_', ' ')})" for s in claim.source]
    return [Value(", told to ".join(chain))]


def _person(person: Participant) -> Value:
    text = person.mention.text
    resolution = person.resolution
    if resolution is None:
        return Value(text)
    words = "" if resolution.name.casefold() == text.casefold() else text
    note = "" if resolution.id is not None or resolution.reason == NoActor.PEOPLE.value else resolution.reason
    return Value(resolution.name, words, note)


def _place(place: Place) -> Value:
    text, where = place.mention.text, place.resolution
    if where is None:
        return Value(_ROLES[place.role] + text)
    notes = [where.reason] if where.reason else []
    if where.precision is PlacePrecision.NEAR:
        notes.append("near")
    elif where.precision is not None and where.precision not in POINT_LIKE:
        notes.append(f"a {where.precision.value}")
    if region := wider(where):
        notes.append(region)
    words = "" if where.name.casefold() == text.casefold() else text
    return Value(_ROLES[place.role] + where.name, words, ", ".join(notes))


def _times(claim: Claim) -> Iterable[Value]:
    if claim.time is None:
        return []
    text, days = claim.time.mention.text, claim.time.resolution
    if days is None:
        return [Value(f"“{text}”")]
    words = days_words(days.start, days.end)
    return [Value(words, text) if words else Value(f"“{text}”", "", days.reason)]


def _measure_field(measure: Measure) -> _Field:
    return _Field(
        _measure_title(measure), "quantity", lambda c: (_quantity(q) for q in c.quantities if q.measure is measure)
    )


def _measure_title(measure: Measure) -> str:
    return measure.value.capitalize()


def _quantity(quantity: Quantity) -> Value:
    bounds = bounds_words(Range(quantity.minimum, quantity.maximum))
    main = f"{bounds} {quantity.of}".strip()
    return Value(main, "" if quantity.text.casefold() == main.casefold() else quantity.text)


def _reading(claim: Claim) -> Iterable[Value]:
    """How sure the coder is of having read rightly: nothing on whether what the report says is so."""
    if claim.confidence is not None:
        yield Value(f"{reading_words(claim.confidence)} ({claim.confidence:.2f})", "", "that the report says this")


def _labels(claim: Claim, names: Names) -> Iterable[Value]:
    for label in claim.labels:
        who = label.resolution.name if label.resolution is not None else None
        if who is None and label.stands_for is not None:
            who = label.stands_for.text
        gloss = names.gloss(label.text)
        notes = (f"for {who}" if who else "", f"in neutral words: {gloss}" if gloss else "")
        yield Value(f"“{label.text}”", "", "; ".join(note for note in notes if note))
