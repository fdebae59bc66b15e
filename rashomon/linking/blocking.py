"""Which pairs of claims are worth comparing: those of one kind that share a place, or a speaker, and a week.

A claim is laid into blocks by what a pair that belongs together must share; only pairs of one block are compared, so
that the work grows with the number of claims and not with its square.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rashomon.linking.facts import KM_PER_DEGREE, PERIOD, ClaimFacts, PlaceFact
from rashomon.linking.rules import Rules
from rashomon.model import PlacePrecision

_WEEK = 7
_LATE = 14  # days in which something is still told without its day
_ALWAYS = -1  # for periods and for claims that nothing dates
_LARGE = 100  # in a block of more claims, each is compared with this many neighbours in time

Key = tuple[str, ...]


def pairs(facts: Sequence[ClaimFacts], rules: Rules) -> list[tuple[int, int]]:
    """Pairs of indices into `facts`, the lower one first, in order and each once."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    insides: dict[Key, list[int]] = defaultdict(list)
    floating: dict[Key, list[int]] = defaultdict(list)
    at_all: dict[Key, list[int]] = defaultdict(list)
    for i, claim in enumerate(facts):
        for key in _keys(claim, rules):
            blocks[key].append(i)
        for key in _inside_keys(claim, rules):
            insides[key].append(i)
        for key in _keys_of_any_time(claim, rules):
            at_all[key].append(i)
            if _floats(claim):
                floating[key].append(i)
    found: set[int] = set()
    count = len(facts)
    order = [_sort_key(claim) for claim in facts]
    for members in blocks.values():
        members.sort(key=order.__getitem__)
        for n, i in enumerate(members):
            for j in members[n + 1 : n + 1 + _LARGE]:
                found.add(min(i, j) * count + max(i, j))
    for key, inner in insides.items():
        inner.sort(key=order.__getitem__)
        for i in blocks.get(key, ())[:_LARGE]:
            for j in inner[:_LARGE]:
                if i != j:
                    found.add(min(i, j) * count + max(i, j))
    for key, some in floating.items():
        others = sorted(at_all[key], key=order.__getitem__)
        places = {i: n for n, i in enumerate(others)}
        for i in some:
            first = max(0, places[i] - _LARGE // 2)
            for j in others[first : first + _LARGE]:
                if i != j:
                    found.add(min(i, j) * count + max(i, j))
    return [divmod(code, count) for code in sorted(found)]


def _sort_key(claim: ClaimFacts) -> tuple[dt.date, str]:
    day = claim.days[0] if claim.days is not None else claim.published
    return (day or dt.date.min, claim.id)


def _keys(claim: ClaimFacts, rules: Rules) -> Iterator[Key]:
    weeks = _weeks(claim)
    shared = sorted(_shared(claim, rules))
    for kind in rules.kinds(claim.type):
        yield ("text", claim.copies, kind)
        if claim.statement:
            yield ("statement", claim.statement, kind)
        for one in shared:
            for week in weeks:
                yield (kind, one, str(week))


def _keys_of_any_time(claim: ClaimFacts, rules: Rules) -> Iterator[Key]:
    for kind in rules.kinds(claim.type):
        for one in sorted(_shared(claim, rules)):
            yield (kind, one)


def _shared(claim: ClaimFacts, rules: Rules) -> set[str]:
    """What two claims may have in common: places, who is struck, and who acts where that tells more than a place."""
    found = {key for place in claim.places for key in _place_keys(place, rules)}
    if claim.type in rules.points.own_act or not found:
        found |= {"who " + actor for actor in (claim.actors or claim.targets).names}
    if all(place.precision is PlacePrecision.COUNTRY for place in claim.places):
        found.add("no place")  # a war's toll is told with the country and without it
    return found | {"struck " + word for word in claim.objects}


def _floats(claim: ClaimFacts) -> bool:
    """Whether a claim stands in no week: a period, or one that nothing dates."""
    return _weeks(claim) == [_ALWAYS]


def _inside_keys(claim: ClaimFacts, rules: Rules) -> Iterator[Key]:
    """Keys of the areas that a claim's places lie in: it is compared with claims about the area, not within it."""
    areas = {place.adm1 for place in claim.places if place.adm1 is not None and not place.is_area}
    for kind in rules.kinds(claim.type):
        for area in sorted(areas):
            for week in _weeks(claim):
                yield (kind, "area " + area, str(week))


def _place_keys(place: PlaceFact, rules: Rules) -> Iterator[str]:
    yield "name " + place.key
    if place.precision is PlacePrecision.DISTRICT and place.adm1 is not None:
        yield "area " + place.adm1
    elif place.precision in (PlacePrecision.GOVERNORATE, None):
        yield "area " + place.key
        if place.adm1 is not None:
            yield "area " + place.adm1
    if place.gazetteer_id is not None:
        yield "id " + place.gazetteer_id
    if place.lat is not None and place.lon is not None and not place.is_area:
        yield from _cells(place.lat, place.lon, rules.points.places.near_km)


def _cells(lat: float, lon: float, near_km: float) -> Iterator[str]:
    """The cells of a grid that the corners around a point lie in: two points nearer than `near_km` share one."""
    half = near_km / KM_PER_DEGREE / 2
    size = 4 * half
    # Degrees of longitude shrink towards the poles: by bands of one degree of latitude, so that neighbours agree.
    shrink = max(0.2, math.cos(math.radians(abs(round(lat)) + 1)))
    for north in (lat - half, lat + half):
        for east in (lon - half / shrink, lon + half / shrink):
            yield f"cell {math.floor(north / size)} {math.floor(east * shrink / size)} {round(lat)}"


def _weeks(claim: ClaimFacts) -> list[int]:
    """Weeks that a claim may be about, each as a number; a period and an undated claim stand beside them."""
    if claim.days is not None:
        first, last = claim.days[0].toordinal() - 1, claim.days[1].toordinal() + 1
        if last - first - 1 > PERIOD:
            return [_ALWAYS]
    elif claim.published is not None:
        day = claim.published.toordinal()
        first, last = day - _LATE, day + 1
    else:
        return [_ALWAYS]
    weeks = list(range(first // _WEEK, last // _WEEK + 1))
    return weeks if claim.days is not None else [*weeks, _ALWAYS]
