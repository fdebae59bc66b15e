"""Whether two located places lie apart, neither within the other."""

from __future__ import annotations

from rashomon.knowledge.romanise import fold_key
from rashomon.knowledge.within import kilometres, lies_in
from rashomon.linking.account_rules import Places
from rashomon.model import PlacePrecision, PlaceResolution

_WIDTH = {precision: width for width, precision in enumerate(PlacePrecision)}
_AREAS = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)


def apart(one: PlaceResolution, other: PlaceResolution, rules: Places) -> bool:
    """Whether no spot lies in both; False where that cannot be told.

    Two places of one name are not: the reports say the same, whichever of the namesakes it was taken for.
    """
    if one.lat is None or other.lat is None or one.precision is None or other.precision is None:
        return False
    if fold_key(one.name) == fold_key(other.name):
        return False
    inner, outer = sorted((one, other), key=lambda place: _WIDTH[place.precision] if place.precision else 0)
    if outer.precision in _AREAS:
        two_regions = inner.precision is PlacePrecision.DISTRICT
        return lies_in(inner, outer, rules.region_km * (2 if two_regions else 1)) is False
    return not lies_in(inner, outer) and kilometres(inner, outer) > rules.near_km
