"""Whether a place lies in another one, and how far apart two are: as far as what they were resolved to tells."""

from __future__ import annotations

import math

from rashomon.knowledge import geometry
from rashomon.knowledge.romanise import fold_key
from rashomon.model import PlacePrecision, PlaceResolution

_WIDTH = {precision: width for width, precision in enumerate((None, *PlacePrecision))}


def place_key(place: PlaceResolution) -> str:
    """What two mentions of one place have in common: the row of the gazetteer, or the folded name."""
    return place.gazetteer_id or fold_key(place.name) or place.name


def lies_in(inner: PlaceResolution, outer: PlaceResolution, region_km: float | None = None) -> bool | None:
    """Whether a place lies in a country, a governorate, a region, or is the same place; None where that cannot be told.

    Args:
        inner: the one place. It lies in itself.
        outer: the other one.
        region_km: how far a region or district, of which no borders are known, is taken to reach from its centre; None
            where nothing but itself is to lie in one.
    """
    if place_key(inner) == place_key(outer):
        return True
    if None not in (inner.precision, outer.precision) and _WIDTH[inner.precision] > _WIDTH[outer.precision]:
        return False
    if outer.precision is PlacePrecision.COUNTRY:
        return _same(inner.country, outer.country)
    if outer.precision is PlacePrecision.GOVERNORATE:
        if _same(inner.country, outer.country) is False:
            return False
        names = {fold_key(name) for name in (outer.name, outer.adm1) if name}
        return fold_key(inner.adm1) in names if inner.adm1 is not None else None
    if outer.precision is PlacePrecision.DISTRICT and region_km is not None:
        apart = kilometres(inner, outer)
        return apart <= region_km if math.isfinite(apart) else None
    return False


def _same(one: str | None, other: str | None) -> bool | None:
    return one == other if one is not None and other is not None else None


def kilometres(one: PlaceResolution, other: PlaceResolution) -> float:
    """Distance of two places; infinite where one of them is not located."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return geometry.kilometres(one.lat, one.lon, other.lat, other.lon)
