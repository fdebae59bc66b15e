"""Things that belong together two by two -> groups of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def groups_of[T](things: Sequence[T], belong: Callable[[T, T], bool]) -> list[list[T]]:
    """The groups in which each thing belongs to at least one other; in the order of `things`, which must be fixed."""
    lead = list(range(len(things)))

    def first(n: int) -> int:
        while lead[n] != n:
            lead[n] = lead[lead[n]]
            n = lead[n]
        return n

    for n, one in enumerate(things):
        for m in range(n):
            if first(m) != first(n) and belong(things[m], one):
                a, b = sorted((first(m), first(n)))
                lead[b] = a
    groups: dict[int, list[T]] = {}
    for n, one in enumerate(things):
        groups.setdefault(first(n), []).append(one)
    return list(groups.values())
