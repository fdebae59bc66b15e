"""Whether two located places lie apart, neither within the other."""

from __future__ import annotations

import math

from rashomon.knowledge.romanise import fold_key
from rashomon.linking.account_rules import Places
from rashomon.linking.facts import KM_PER_DEGREE
from rashomon.model import PlacePrecision, PlaceResolution

_WIDTH = {precision: width for width, precision in enumerate(PlacePrecision)}


def apart(one: PlaceResolution, other: PlaceResolution, rules: Places) -> bool:
    """Whether no spot lies in both; False where that cannot be told.

    Two places of one name are not: the reports say the same, whichever of the namesakes it was taken for.
    """
    if one.lat is None or other.lat is None or one.precision is None or other.precision is None:
        return False
    same_row = one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id
    if same_row or fold_key(one.name) == fold_key(other.name):
        return False
    inner, outer = sorted((one, other), key=lambda place: _WIDTH[place.precision] if place.precision else 0)
    if outer.precision is PlacePrecision.COUNTRY:
        return None not in (inner.country, outer.country) and inner.country != outer.country
    if outer.precision is PlacePrecision.GOVERNORATE:
        return inner.adm1 is not None and fold_key(inner.adm1) not in _names_of(outer)
    if outer.precision is PlacePrecision.DISTRICT:
        return distance_km(one, other) > rules.region_km * (2 if inner.precision is PlacePrecision.DISTRICT else 1)
    return distance_km(one, other) > rules.near_km


def _names_of(governorate: PlaceResolution) -> set[str]:
    return {fold_key(name) for name in (governorate.name, governorate.adm1) if name}


def distance_km(one: PlaceResolution, other: PlaceResolution) -> float:
    """Kilometres between two located places, as if the earth were flat; infinite where one is not located."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    east = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.lat - other.lat, east) * KM_PER_DEGREE
