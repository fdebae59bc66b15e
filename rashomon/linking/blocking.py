"""Which pairs of claims are worth comparing: those of one kind that share a place, or a speaker, and a time.

A claim is laid into blocks by what a pair that belongs together must share; only pairs of one block whose times meet
are compared, and in a large block only neighbours in time, so that the work grows with the number of claims and not
with its square.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from rashomon.linking.facts import KM_PER_DEGREE, ClaimFacts, PlaceFact
from rashomon.linking.rules import Rules
from rashomon.model import PlacePrecision

_LATE = 14  # days in which something is still told without its day
_NEVER, _EVER = -(10**9), 10**9

Key = tuple[str, ...]
Meets = Callable[[int, int], bool]


class Blocks:
    """Claims by what they have in common.

    Args:
        facts: the claims; their order must be one that they always have, for it breaks ties.
        rules: what counts as one place, and which types are one kind.
    """

    def __init__(self, facts: Sequence[ClaimFacts], rules: Rules) -> None:
        self._most = rules.points.neighbours
        self._ids = [claim.id for claim in facts]
        self._when = [(_day(claim), n) for n, claim in enumerate(facts)]
        self._times = [_time(claim) for claim in facts]
        self._keys = [[*_keys(claim, rules)] for claim in facts]
        self._texts = [[*_text_keys(claim, rules)] for claim in facts]
        self._inside = [[*_inside_keys(claim, rules)] for claim in facts]
        self._members = self._sorted(self._keys)
        self._tellers = self._sorted(self._texts)
        self._insiders = {key: inner for key, inner in self._sorted(self._inside).items() if key in self._members}

    def pairs(self) -> Iterator[tuple[int, int]]:
        """All pairs of numbers of claims, the lower one first, in order and each once."""
        found, count = array("q"), len(self._ids)
        for members in self._members.values():
            self._neighbours(members, self._meet, found)
        for members in self._tellers.values():
            self._neighbours(members, lambda i, j: True, found)
        for key, inner in self._insiders.items():
            for when in self._members[key]:
                for other in self._around(when, inner):
                    if self._meet(when[1], other):
                        found.append(min(when[1], other) * count + max(when[1], other))
        for code in np.unique(np.frombuffer(found, dtype=np.int64)).tolist() if found else ():
            yield divmod(code, count)

    def of(self, number: int) -> list[int]:
        """The claims that one is compared with: those with which it stands among `pairs`, in order."""
        when, found = self._when[number], set[int]()
        for key in self._keys[number]:
            members = self._members[key]
            at = bisect_left(members, when)
            near = members[max(0, at - self._most) : at + self._most + 1]
            found.update(other for _, other in near if self._meet(number, other))
            if key in self._insiders:
                found.update(n for n in self._around(when, self._insiders[key]) if self._meet(number, n))
        for key in self._texts[number]:
            members = self._tellers[key]
            at = bisect_left(members, when)
            found.update(other for _, other in members[max(0, at - self._most) : at + self._most + 1])
        for key in self._inside[number]:
            if key in self._insiders:
                found.update(n for n in self._areas_around(when, key) if self._meet(number, n))
        return sorted(found - {number})

    def marks(self) -> dict[str, str]:
        """A fingerprint of each block that is so large that its claims are compared with some of it only."""
        large = [("", blocks) for blocks in (self._members, self._tellers)] + [("inside", self._insiders)]
        return {
            "\n".join((name, *key)): self._mark(members)
            for name, blocks in large
            for key, members in blocks.items()
            if len(members) > self._most // (2 if name else 1)
        }

    def in_block(self, mark: str) -> list[int]:
        """The claims of a block that `marks` names; of one about an area, also those that name the area."""
        name, *key = mark.split("\n")
        of_key = [self._insiders, self._members] if name else [self._members, self._tellers]
        return sorted({n for blocks in of_key for _, n in blocks.get(tuple(key), ())})

    def _mark(self, members: Sequence[tuple[int, int]]) -> str:
        told = "\n".join(f"{day} {self._ids[n]}" for day, n in members)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def _sorted(self, keys: Sequence[Sequence[Key]]) -> dict[Key, list[tuple[int, int]]]:
        blocks: dict[Key, list[tuple[int, int]]] = defaultdict(list)
        for when, some in zip(self._when, keys, strict=True):
            for key in some:
                blocks[key].append(when)
        for members in blocks.values():
            members.sort()
        return dict(blocks)

    def _neighbours(self, members: Sequence[tuple[int, int]], meet: Meets, found: array[int]) -> None:
        count = len(self._ids)
        for at, (_, i) in enumerate(members):
            for _, j in members[at + 1 : at + 1 + self._most]:
                if meet(i, j):
                    found.append(min(i, j) * count + max(i, j))

    def _meet(self, i: int, j: int) -> bool:
        (first, last), (other_first, other_last) = self._times[i], self._times[j]
        return first <= other_last and other_first <= last

    def _around(self, when: tuple[int, int], inner: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Of the claims inside an area those next in time to a claim about the area."""
        at = bisect_left(inner, when)
        return (n for _, n in inner[max(0, at - self._most // 2) : at + self._most // 2] if n != when[1])

    def _areas_around(self, when: tuple[int, int], key: Key) -> Iterator[int]:
        """The other way round: the claims about an area that a claim inside it is next in time to."""
        inner, areas = self._insiders[key], self._members[key]
        at = bisect_left(inner, when)
        # A claim about the area stands before the place in `inner` that `_around` finds for it.
        first = bisect_right(areas, inner[at - self._most // 2]) if at >= self._most // 2 else 0
        last = bisect_right(areas, inner[at + self._most // 2]) if at + self._most // 2 < len(inner) else len(areas)
        return (n for _, n in areas[first:last] if n != when[1])


def _day(claim: ClaimFacts) -> int:
    day = claim.days[0] if claim.days is not None else claim.published
    return day.toordinal() if day is not None else 0


def _time(claim: ClaimFacts) -> tuple[int, int]:
    """The first and last half of a day in which another claim must have a part to be compared with this one."""
    if claim.days is not None:
        return 2 * claim.days[0].toordinal() - 1, 2 * claim.days[1].toordinal() + 1
    if claim.published is not None:
        day = claim.published.toordinal()
        return 2 * (day - _LATE) + 1, 2 * (day + _LATE) - 1
    return _NEVER, _EVER


def _keys(claim: ClaimFacts, rules: Rules) -> Iterator[Key]:
    shared = sorted(_shared(claim, rules))
    for kind in rules.kinds(claim.type):
        for one in shared:
            yield (kind, one)


def _text_keys(claim: ClaimFacts, rules: Rules) -> Iterator[Key]:
    """What stands in one text, or word for word in several, is compared whenever it is said to be."""
    for kind in rules.kinds(claim.type):
        yield ("text", claim.copies, kind)
        if claim.statement:
            yield ("statement", claim.statement, kind)


def _shared(claim: ClaimFacts, rules: Rules) -> set[str]:
    """What two claims may have in common: places, who is struck, and who acts where that tells more than a place."""
    found = {key for place in claim.places for key in _place_keys(place, rules)}
    if claim.type in rules.points.own_act or not found:
        found |= {"who " + actor for actor in (claim.actors or claim.targets).names}
    if all(place.precision is PlacePrecision.COUNTRY for place in claim.places):
        found.add("no place")  # a war's toll is told with the country and without it
    return found | {"struck " + word for word in claim.objects}


def _inside_keys(claim: ClaimFacts, rules: Rules) -> Iterator[Key]:
    """Keys of the areas that a claim's places lie in: it is compared with claims about the area, not within it."""
    areas = {place.adm1 for place in claim.places if place.adm1 is not None and not place.is_area}
    for kind in rules.kinds(claim.type):
        for area in sorted(areas):
            yield (kind, "area " + area)


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
