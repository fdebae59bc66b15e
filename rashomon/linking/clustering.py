"""Scored pairs -> groups: average linkage with pairs that must stand together and pairs that must not.

Two groups are joined while the mean of the points over all pairs between them reaches what is asked, those first that
reach most beyond it. Of two single claims it is asked that they are more likely one event than not; the more pairs
there are, the less is asked: ten accounts of a thing need not each look like each of ten others. A chain of likenesses
is still not enough to gather claims of which the first and the last have nothing in common. Points are whole numbers
and ties go by order, so that the result depends on the claims alone.

Where no pair between two groups is alike enough they are not joined whatever their mean. What such pairs hold together
is therefore grouped by itself: a claim changes nothing beyond what it hangs together with.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rashomon.linking.rules import Joining

Pair = tuple[int, int]
Scored = tuple[int, int, int | None]
"""Two items and the points of the pair; None keeps the two apart."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Two groups that could be one: the pair that is most alike, and the mean points of all pairs between them."""

    pair: Pair
    mean: int


@dataclass(frozen=True, slots=True)
class Grouped:
    """What came out.

    Attributes:
        groups: each sorted, in the order of their first item.
        offers: groups that lack little to be joined, in the order of their pairs.
    """

    groups: list[list[int]] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


class Sets:
    """Items that hang together."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def of(self, item: int) -> int:
        """The name of the set that an item is in; by itself it is its own."""
        root = item
        while (above := self._parent.get(root, root)) != root:
            root = above
        while item != root:
            self._parent[item], item = root, self._parent.get(item, root)
        return root

    def join(self, a: int, b: int) -> None:
        """Makes one set of those of two items."""
        a, b = self.of(a), self.of(b)
        self._parent[max(a, b)] = min(a, b)


@dataclass(slots=True)
class _Between:
    """Between two groups: sum and number of the points that are known, the best of them, and whose they are."""

    total: int
    count: int
    best: int
    pair: Pair

    def with_more(self, other: _Between) -> _Between:
        best = min((-self.best, self.pair), (-other.best, other.pair))
        return _Between(self.total + other.total, self.count + other.count, -best[0], best[1])


class _Links:
    """Points between groups, kept up to date while groups are joined."""

    def __init__(self, groups: Iterable[list[int]], joining: Joining) -> None:
        self.members = {group[0]: group for group in groups}
        self.of = {item: g for g, group in self.members.items() for item in group}
        self.between: dict[int, dict[int, _Between]] = {g: {} for g in self.members}
        self.apart: dict[int, set[int]] = {g: set() for g in self.members}
        self._joining = joining

    def add(self, pair: Pair, points: int | None) -> None:
        a, b = self.of[pair[0]], self.of[pair[1]]
        if a == b:
            return
        if points is None:
            self.apart[a].add(b)
            self.apart[b].add(a)
            return
        new = _Between(points, 1, points, pair)
        known = self.between[a].get(b)
        self.between[a][b] = self.between[b][a] = new if known is None else known.with_more(new)

    def mean(self, a: int, b: int) -> float | None:
        """The mean points over all pairs of two groups; None where they are never to be joined."""
        between = self.between[a].get(b)
        if between is None or b in self.apart[a] or between.best < self._joining.least:
            return None
        pairs = self._pairs(a, b)
        return (between.total + (pairs - between.count) * self._joining.unseen) / pairs

    def beyond(self, a: int, b: int) -> float | None:
        """By how much the mean is beyond what is asked, below 0 where it lacks; None as for `mean`."""
        mean = self.mean(a, b)
        return None if mean is None else mean - self._joining.asked(self._pairs(a, b))

    def join(self, a: int, b: int) -> None:
        """Puts group `b` into group `a`."""
        self.members[a] += self.members.pop(b)
        for other, between in self.between.pop(b).items():
            del self.between[other][b]
            if other != a:
                known = self.between[a].get(other)
                merged = between if known is None else known.with_more(between)
                self.between[a][other] = self.between[other][a] = merged
        for other in self.apart.pop(b):
            self.apart[other].discard(b)
            if other != a:
                self.apart[a].add(other)
                self.apart[other].add(a)

    def offers(self) -> Iterator[Offer]:
        """Groups that lack no more than is offered to people."""
        for a, others in self.between.items():
            for b, between in others.items():
                beyond = self.beyond(a, b) if a < b else None
                if beyond is not None and beyond >= -self._joining.offered:
                    yield Offer(between.pair, round(self.mean(a, b) or 0))

    def _pairs(self, a: int, b: int) -> int:
        return len(self.members[a]) * len(self.members[b])


def cluster(
    items: Iterable[int],
    scored: Collection[Scored],
    joining: Joining,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> Grouped:
    """Groups items.

    Args:
        items: all that are to be grouped.
        scored: pairs of them, the lower one first, with their points.
        joining: what two groups need to be joined.
        together: pairs that stand in one group whatever their points, in the order in which they count.
        apart: pairs that never do; where the two contradict, `apart` counts.
    """
    together, apart = list(together), sorted(set(apart))
    sets = Sets()
    for a, b, points in scored:
        if points is not None and points >= joining.least:
            sets.join(a, b)
    for a, b in together:
        sets.join(a, b)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for item in sorted(items):
        members[sets.of(item)].append(item)
    inside: defaultdict[int, list[Scored]] = defaultdict(list)
    for one in scored:
        if sets.of(one[0]) == sets.of(one[1]):
            inside[sets.of(one[0])].append(one)
    must: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in together:
        must[sets.of(pair[0])].append(pair)
    never: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in apart:
        if sets.of(pair[0]) == sets.of(pair[1]):
            never[sets.of(pair[0])].append(pair)
    found = Grouped()
    for name, some in members.items():
        if len(some) == 1:
            found.groups.append(some)
            continue
        links = _grouped(some, inside[name], joining, must[name], never[name])
        found.groups.extend(sorted(group) for group in links.members.values())
        found.offers.extend(links.offers())
    found.groups.sort()
    found.offers.sort(key=lambda offer: offer.pair)
    return found


def _grouped(
    items: Sequence[int], scored: Iterable[Scored], joining: Joining, together: Iterable[Pair], apart: list[Pair]
) -> _Links:
    """Groups of items that hang together."""
    links = _Links(_must_link(items, together, apart), joining)
    for a, b, points in scored:
        links.add((a, b), points)
    for pair in apart:
        links.add(pair, None)
    queue: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        beyond = links.beyond(a, b)
        if beyond is not None and beyond >= 0:
            a, b = min(a, b), max(a, b)
            heapq.heappush(queue, (-beyond, a, b, len(links.members[a]), len(links.members[b])))

    for a, others in links.between.items():
        for b in others:
            if a < b:
                offer(a, b)
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        # An entry made before either group grew is out of date; a newer one stands in the queue where it still holds.
        if (len(links.members.get(a, ())), len(links.members.get(b, ()))) != (size_a, size_b):
            continue
        links.join(a, b)
        for other in links.between[a]:
            offer(a, other)
    return links


def _must_link(items: Sequence[int], together: Iterable[Pair], apart: list[Pair]) -> list[list[int]]:
    """Starting groups: the items one by one, joined by `together` wherever that does not join a pair of `apart`."""
    group_of = {item: [item] for item in items}
    for a, b in together:
        one, other = group_of[a], group_of[b]
        if one is other or any({x, y} == {i, j} for i, j in apart for x in one for y in other):
            continue
        one += other
        for item in other:
            group_of[item] = one
    firsts = {id(group): group for group in group_of.values()}
    return sorted(sorted(group) for group in firsts.values())
