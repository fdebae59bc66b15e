"""Scored pairs -> groups: average linkage with pairs that must stand together and pairs that must not.

Two groups are joined while the mean of the points over all pairs between them reaches what is asked, those first that
reach most beyond it. Of two single claims it is asked that they are more likely one event than not; the more pairs
there are, the less is asked: ten accounts of a thing need not each look like each of ten others. A chain of likenesses
is still not enough to gather claims of which the first and the last have nothing in common. Points are whole numbers
and ties go by order, so that the result depends on the claims alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from rashomon.linking.rules import Joining

Pair = tuple[int, int]


class _Links:
    """Sums of points between groups, kept up to date while groups are joined."""

    def __init__(self, groups: list[list[int]], joining: Joining) -> None:
        self.members = dict(enumerate(groups))
        self.of = {item: g for g, group in self.members.items() for item in group}
        self.sums: dict[int, dict[int, tuple[int, int]]] = {g: {} for g in self.members}
        self.apart: dict[int, set[int]] = {g: set() for g in self.members}
        self._joining = joining

    def add(self, pair: Pair, points: int) -> None:
        a, b = self.of[pair[0]], self.of[pair[1]]
        if a != b:
            total, count = self.sums[a].get(b, (0, 0))
            self.sums[a][b] = self.sums[b][a] = (total + points, count + 1)

    def keep_apart(self, pair: Pair) -> None:
        a, b = self.of[pair[0]], self.of[pair[1]]
        if a != b:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def beyond(self, a: int, b: int) -> float | None:
        """By how much the mean points over all pairs are beyond what is asked; None where they are not to be joined."""
        if b in self.apart[a] or b not in self.sums[a]:
            return None
        total, count = self.sums[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        beyond = (total + (pairs - count) * self._joining.unseen) / pairs - self._joining.asked(pairs)
        return beyond if beyond >= 0 else None

    def join(self, a: int, b: int) -> None:
        """Puts group `b` into group `a`."""
        self.members[a] += self.members.pop(b)
        for other, (total, count) in self.sums.pop(b).items():
            del self.sums[other][b]
            if other != a:
                was, seen = self.sums[a].get(other, (0, 0))
                self.sums[a][other] = self.sums[other][a] = (was + total, seen + count)
        for other in self.apart.pop(b):
            self.apart[other].discard(b)
            if other != a:
                self.apart[a].add(other)
                self.apart[other].add(a)


def cluster(
    size: int,
    scored: Mapping[Pair, int | None],
    joining: Joining,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Groups of the items 0 to `size` - 1, each sorted, in the order of their first item.

    Args:
        size: how many items there are.
        scored: points of the pairs that were compared; None keeps a pair apart.
        joining: what two groups need to be joined.
        together: pairs that stand in one group whatever their points, in the order in which they count.
        apart: pairs that never do; where the two contradict, `apart` counts.
    """
    apart = sorted(set(apart))
    links = _Links(_must_link(size, together, apart), joining)
    for pair, points in sorted(scored.items(), key=lambda item: item[0]):
        if points is not None:
            links.add(pair, points)
        else:
            links.keep_apart(pair)
    for pair in apart:
        links.keep_apart(pair)
    queue: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        beyond = links.beyond(a, b)
        if beyond is not None:
            a, b = min(a, b), max(a, b)
            heapq.heappush(queue, (-beyond, a, b, len(links.members[a]), len(links.members[b])))

    for a in sorted(links.sums):
        for b in sorted(links.sums[a]):
            if a < b:
                offer(a, b)
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        # An entry made before either group grew is out of date; a newer one stands in the queue where it still holds.
        if (len(links.members.get(a, ())), len(links.members.get(b, ()))) != (size_a, size_b):
            continue
        links.join(a, b)
        for other in sorted(links.sums[a]):
            offer(a, other)
    return sorted(sorted(group) for group in links.members.values())


def _must_link(size: int, together: Iterable[Pair], apart: list[Pair]) -> list[list[int]]:
    """Starting groups: the items one by one, joined by `together` wherever that does not join a pair of `apart`."""
    group_of = {item: [item] for item in range(size)}
    for a, b in together:
        one, other = group_of[a], group_of[b]
        if one is other or any({x, y} == {i, j} for i, j in apart for x in one for y in other):
            continue
        one += other
        for item in other:
            group_of[item] = one
    firsts = {id(group): group for group in group_of.values()}
    return sorted((sorted(group) for group in firsts.values()), key=lambda group: group[0])
