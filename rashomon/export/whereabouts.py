"""Where and when an event is, as far as its accounts say; and in words, why that is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rashomon.knowledge.romanise import fold_key
from rashomon.model import Claim, Event, PlacePrecision, PlaceResolution, PlaceRole

# Closer than a district: what may stand as a point on a map.
POINT_LIKE = frozenset({PlacePrecision.POINT, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR})


def point(place: PlaceResolution | None) -> tuple[float, float] | None:
    """Latitude and longitude of a place that is point-like; None for a district or wider, or where unlocated."""
    if place is None or place.lat is None or place.lon is None or place.precision not in POINT_LIKE:
        return None
    return place.lat, place.lon


def wider(place: PlaceResolution) -> str:
    """The governorate to name beside a place; empty where that would say one name twice ('Idlib, Idleb')."""
    if place.adm1 is None or place.precision is PlacePrecision.GOVERNORATE:
        return ""
    return "" if fold_key(place.adm1) in fold_key(place.name) else place.adm1


def precision(place: PlaceResolution | None) -> str:
    """How closely a place is known, in a word of the codebook; empty where it is not located."""
    return place.precision.value if place is not None and place.precision is not None else ""


def why_no_point(event: Event, claims: Sequence[Claim]) -> str:
    """Why the event is no point on a map; empty where it is one."""
    place = event.place
    if point(place) is not None:
        return ""
    if place is not None and place.precision is not None and place.precision not in POINT_LIKE:
        return f"known only as a {place.precision.value}"
    if place is not None:
        return f"{place.name}: {place.reason or 'no coordinates'}"
    resolutions = [p.resolution for c in claims for p in c.places if p.resolution is not None]
    named = _unique(r.name for r in resolutions if not r.reason)
    if len(named) > 1:
        return f"the accounts name different places: {', '.join(named)}"
    reasons = _unique(f"{r.name}: {r.reason}" for r in resolutions if r.reason)
    if reasons:
        return "; ".join(reasons)
    if not any(c.places for c in claims):
        return "no account names a place"
    if not any(p.role is PlaceRole.AT for c in claims for p in c.places):
        return "the accounts name only where a movement starts or ends"
    return "not resolved"


def why_no_days(event: Event, claims: Sequence[Claim]) -> str:
    """Why the event has no days; empty where it has them."""
    if event.start is not None or event.end is not None:
        return ""
    times = [c.time for c in claims if c.time is not None]
    if not times:
        return "no account says when"
    reasons = _unique(
        f"'{t.mention.text}': {t.resolution.reason if t.resolution is not None else 'not resolved'}"
        for t in times
        if t.resolution is None or t.resolution.reason
    )
    return "; ".join(reasons) or "the accounts give days that cannot be brought together"


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
