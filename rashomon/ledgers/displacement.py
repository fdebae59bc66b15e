"""Events -> who is said to have fled, returned or been moved: from where, to where, how many, counted by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.ledgers.areas import Asked, places_of
from rashomon.ledgers.figures import Range, largest, spread
from rashomon.ledgers.parties import Who
from rashomon.ledgers.rules import DisplacementRules
from rashomon.ledgers.told import Says, Telling, Told, says, speakers
from rashomon.ledgers.totals import why_total
from rashomon.model import PlaceRole, Status


@dataclass(frozen=True, slots=True)
class Count:
    """How many, counted by whom, and in which words of which claim."""

    told: Range
    text: str
    of: str
    by: str
    status: Status
    claim: str


@dataclass(frozen=True, slots=True)
class Row:
    """One movement of people, or one total that reports give.

    Attributes:
        start, end: its days, or those on which it was told of where `dated` is false.
        origin, destination, at: from where, to where, and where nothing more is said than the place.
        people: who moves. movers: who moves or drives them.
        told: from the lowest to the highest count of claims that it happened; None where there is none.
        counts: every count with who counted.
        why: why it is a total and no movement of its own; nothing for a movement.
    """

    event: str
    type: str
    statuses: tuple[Status, ...]
    start: dt.date | None
    end: dt.date | None
    dated: bool
    origin: tuple[str, ...]
    destination: tuple[str, ...]
    at: tuple[str, ...]
    people: tuple[str, ...]
    movers: tuple[str, ...]
    told: Range | None
    counts: tuple[Count, ...]
    why: str
    claims: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Displacement:
    """The ledger of displacement: movements, and apart from them the totals that reports give."""

    rows: tuple[Row, ...]
    given: tuple[Row, ...]


def displacement(told: Sequence[Told], asked: Asked, who: Who) -> Displacement:
    """The ledger of displacement.

    Args:
        told: all events that are known.
        asked: which places and days to see.
        who: looks up parties, and holds the rules.
    """
    rules = who.rules.displacement
    rows: list[Row] = []
    given: list[Row] = []
    for each in told:
        own = [t for t in each.tellings if t.claim.type in rules.types]
        if not own or not asked.covers_days(each.when) or not asked.covers_places(places_of(own, each.event.place)):
            continue
        why = {t.claim.id: why_total(t, each, rules.measures, rules) for t in own}
        totals = [t for t in own if why[t.claim.id]]
        moves = [t for t in own if not why[t.claim.id]]
        if moves:
            rows.append(_row(each, moves, "", who))
        if totals:
            given.append(_row(each, totals, why[totals[0].claim.id], who))
    return Displacement(tuple(sorted(rows, key=_order)), tuple(sorted(given, key=_order)))


def _order(row: Row) -> tuple[dt.date, str]:
    return (row.start or dt.date.max, row.event)


def _row(told: Told, own: Sequence[Telling], why: str, who: Who) -> Row:
    days = [t.days for t in own if t.days is not None]
    when = days or [(t.said, t.said) for t in own if t.said is not None]
    given = {t.claim.status for t in own}
    counts = tuple(_quantities(own, who.rules.displacement))
    happened = {t.claim.id for t in own if t.happened}
    return Row(
        event=told.event.id,
        type=told.event.type,
        statuses=tuple(status for status in Status if status in given),
        start=min((d[0] for d in when), default=None),
        end=max((d[1] for d in when), default=None),
        dated=bool(days),
        origin=_names(own, PlaceRole.FROM),
        destination=_names(own, PlaceRole.TO),
        at=_names(own, PlaceRole.AT),
        people=tuple(sorted({p.name for t in own for p in who.parties(t.claim.targets, t.said)})),
        movers=tuple(sorted({p.name for t in own for p in who.parties(t.claim.actors, t.said)})),
        told=spread(count.told for count in counts if count.claim in happened),
        counts=counts,
        why=why,
        claims=says(own),
    )


def _names(tellings: Iterable[Telling], role: PlaceRole) -> tuple[str, ...]:
    return tuple(sorted({place.name for telling in tellings for place in telling.places(role)}))


def _quantities(tellings: Iterable[Telling], rules: DisplacementRules) -> Iterator[Count]:
    """The largest count of people of each claim, and who counted: the speaker, or else the outlet."""
    for telling in tellings:
        found = [q for q in telling.claim.quantities if q.measure in rules.measures]
        if not found:
            continue
        top = largest(found)
        quantity = next(q for q in found if Range(q.minimum, q.maximum) == top)
        by = speakers(telling.claim) or telling.whose.outlet
        yield Count(top, quantity.text, quantity.of, by, telling.claim.status, telling.claim.id)
