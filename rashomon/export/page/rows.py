"""The rows of a comparison: each field's values, with the outlet's own words beside the neutral name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rashomon.export.figures import Range, exclude
from rashomon.export.page.names import Names
from rashomon.export.page.words import bounds_words, days_words, reading_words
from rashomon.export.whereabouts import POINT_LIKE, wider
from rashomon.model import Claim, Measure, Participant, Place, PlacePrecision, PlaceRole, Quantity, Status

_TOLL = "casualties"  # the ontology's type for running totals
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
    """One field over all columns; `differs` where two statements exclude one another."""

    title: str
    kind: str
    cells: tuple[tuple[Value, ...], ...]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class _Field:
    title: str
    kind: str
    values: Callable[[Claim], Iterable[Value]]
    excludes: Callable[[Claim, Claim], bool]
    only_if_several: bool = False
    besides: Callable[[Claim], object] = lambda claim: None  # what else makes two claims of like values different


def rows(columns: Sequence[Sequence[Claim]], names: Names, published: Mapping[str, dt.date | None]) -> tuple[Row, ...]:
    """A row for each field that at least one statement fills; `published` tells by report when it came out."""
    found = [_row(field, columns) for field in _fields(names, published)]
    return tuple(row for row in found if row is not None)


def _row(field: _Field, columns: Sequence[Sequence[Claim]]) -> Row | None:
    cells = tuple(_cell(field, claims) for claims in columns)
    if not any(cells):
        return None
    different = _of_each_kind(field, columns)
    if field.only_if_several and len(different) < 2:
        return None
    differs = any(field.excludes(one, other) for one, other in combinations(different, 2))
    return Row(field.title, field.kind, cells, differs)


def _of_each_kind(field: _Field, columns: Sequence[Sequence[Claim]]) -> list[Claim]:
    """One claim for each different set of values, so that an event of a thousand like claims is compared in no time."""
    return list(
        {(*field.values(claim), field.besides(claim)): claim for claims in columns for claim in claims}.values()
    )


def _cell(field: _Field, claims: Sequence[Claim]) -> tuple[Value, ...]:
    numbers: dict[Value, list[int]] = {}
    for number, claim in enumerate(claims, start=1):
        for value in dict.fromkeys(field.values(claim)):
            numbers.setdefault(value, []).append(number)
    if len(claims) == 1:
        return tuple(numbers)
    return tuple(Value(v.main, v.words, v.note, tuple(given)) for v, given in numbers.items())


def _fields(names: Names, published: Mapping[str, dt.date | None]) -> list[_Field]:
    return [
        _Field("Said by", "source", _sources, _never),
        _Field("Status", "status", lambda c: [Value(c.status.value)], _denies),
        _Field("Kind", "type", lambda c: [Value(names.type(c.type))], _never, only_if_several=True),
        _Field("Who", "people", lambda c: map(_person, c.actors), lambda a, b: _apart(a.actors, b.actors)),
        _Field(
            "To whom or what", "people", lambda c: map(_person, c.targets), lambda a, b: _apart(a.targets, b.targets)
        ),
        _Field("Where", "place", lambda c: map(_place, c.places), _elsewhere),
        _Field("When", "time", _times, _other_days),
        *(_measure_field(measure, published) for measure in Measure),
        _Field("Means", "words", lambda c: map(Value, c.weapons), _never),
        _Field("Loaded words", "label", lambda c: _labels(c, names), _never),
        _Field("Read by the program", "reading", _reading, _never),
        _Field("Left out here", "withheld", lambda c: (Value(kind.value) for kind in c.withheld), _never),
    ]


def _never(one: Claim, other: Claim) -> bool:
    return False


def _denies(one: Claim, other: Claim) -> bool:
    """One says that it did not happen. What was planned may well have happened, and gone on, since."""
    return (one.status is Status.DENIED) is not (other.status is Status.DENIED)


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
    note = "" if resolution.id is not None or resolution.reason == "a role only" else resolution.reason
    return Value(resolution.name, words, note)


def _apart(one: Sequence[Participant], other: Sequence[Participant]) -> bool:
    """Both name parties that are known, and none of them is named by both. A mere role excludes nobody."""
    ours, theirs = _known(one), _known(other)
    return bool(ours and theirs and not ours & theirs)


def _known(people: Sequence[Participant]) -> frozenset[str]:
    return frozenset(p.resolution.id for p in people if p.resolution is not None and p.resolution.id is not None)


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


def _elsewhere(one: Claim, other: Claim) -> bool:
    """Both say where, and no place of one can be, or lie in, a place of the other."""
    ours, theirs = _located(one), _located(other)
    return bool(ours and theirs) and not any(_may_be_one(a, b) for a in ours for b in theirs)


def _located(claim: Claim) -> list[Place]:
    return [p for p in claim.places if p.role is PlaceRole.AT and p.resolution is not None and not p.resolution.reason]


def _may_be_one(one: Place, other: Place) -> bool:
    a, b = one.resolution, other.resolution
    if a is None or b is None or a.name == b.name:
        return True
    wide = a.precision not in POINT_LIKE or b.precision not in POINT_LIKE
    if not wide:
        return a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id
    return a.adm1 is None or b.adm1 is None or a.adm1 == b.adm1


def _times(claim: Claim) -> Iterable[Value]:
    if claim.time is None:
        return []
    text, days = claim.time.mention.text, claim.time.resolution
    if days is None:
        return [Value(f"“{text}”")]
    words = days_words(days.start, days.end)
    return [Value(words, text) if words else Value(f"“{text}”", "", days.reason)]


def _other_days(one: Claim, other: Claim) -> bool:
    a = one.time.resolution if one.time is not None else None
    b = other.time.resolution if other.time is not None else None
    if a is None or b is None or a.start is None or b.start is None:
        return False
    return (a.end or a.start) < b.start or (b.end or b.start) < a.start


def _measure_field(measure: Measure, published: Mapping[str, dt.date | None]) -> _Field:
    def as_of(claim: Claim) -> dt.date | None:
        """For a running toll the day that it holds for; two of different days can both be right."""
        if claim.type != _TOLL:
            return None
        days = claim.time.resolution if claim.time is not None else None
        return (days.end or days.start if days is not None else None) or published.get(claim.report)

    def values(claim: Claim) -> Iterable[Value]:
        return [_quantity(q) for q in claim.quantities if q.measure is measure]

    def excludes(one: Claim, other: Claim) -> bool:
        days = {as_of(one), as_of(other)} - {None}
        return len(days) < 2 and exclude(one, other, measure)

    return _Field(measure.value.capitalize(), "quantity", values, excludes, besides=as_of)


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
