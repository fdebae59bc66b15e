"""Which claims have places that must not be told closely: hospitals, shelters, camps, and movements still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rashomon.export.profiles.known import Known
from rashomon.model import Claim, Place, PlacePrecision, Status

_WIDE = (PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a claim.

    Attributes:
        statuses: those of all claims of its type in its event, its own among them.
        published: when its report came out. last: the last day that two reports of the store reach to.
    """

    statuses: Collection[Status] = ()
    published: dt.date | None = None
    last: dt.date | None = None


def is_sensitive(claim: Claim, around: Around, known: Known) -> bool:
    """Whether the claim's places must not be told more closely than by their governorate."""
    return _at_facility(claim, known) or _to_come(claim, around, known)


def is_close(place: Place) -> bool:
    """Whether a place says more than a governorate; one that nobody located may."""
    return place.resolution is None or place.resolution.precision not in _WIDE


def _at_facility(claim: Claim, known: Known) -> bool:
    text = "\n".join(_said(claim))
    if any(facility.find(text) for facility in known.rules.facilities):
        return True
    rows = (known.row_of(place.resolution) for place in claim.places if place.resolution is not None)
    return any(row is not None and row.kind in known.rules.kinds for row in rows)


def _said(claim: Claim) -> Iterator[str]:
    yield claim.quote
    for mention in (
        *(place.mention for place in claim.places),
        *(person.mention for person in (*claim.targets, *claim.actors)),
    ):
        yield mention.text
        yield mention.antecedent or ""
    for place in claim.places:
        yield place.resolution.name if place.resolution is not None else ""
    for person in claim.targets:
        yield person.resolution.name if person.resolution is not None else ""
    for quantity in claim.quantities:
        yield quantity.of


def _to_come(claim: Claim, around: Around, known: Known) -> bool:
    """A movement that is announced or going on; what is not known to be over, or past, is to come."""
    statuses = known.rules.movements.get(claim.type, frozenset())
    if claim.status not in statuses:
        return False
    if (known.rules.over - statuses) & set(around.statuses):
        return False
    day = _day(claim, around)
    if day is None or around.last is None:
        return True
    return (around.last - day).days <= known.rules.days


def _day(claim: Claim, around: Around) -> dt.date | None:
    """The last day that the claim gives; what goes on when its report is published goes on at least that day."""
    days = claim.time.resolution if claim.time is not None else None
    day = (days.end or days.start) if days is not None else None
    if claim.status is not Status.ONGOING or around.published is None:
        return day
    return max(day, around.published) if day is not None else around.published
