"""Things that come one after the other and belong together -> groups of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_HALF = 0.5


def groups_of[T](things: Sequence[T], near: Callable[[T, T], bool], belong: Callable[[T, T], bool]) -> list[list[T]]:
    """Groups in which each thing belongs to half of those that are near it, or more; a chain of likenesses is none.

    Args:
        things: in the order in which they come, which must not depend on chance.
        near: whether two are near enough in time to be compared at all.
        belong: whether two that are near belong together.

    Returns:
        Groups by their first thing; a thing joins the group to which it belongs most, the earliest of several.
    """
    groups: list[list[T]] = []
    for one in things:
        best, share = None, 0.0
        for group in groups:
            close = [other for other in group if near(other, one)]
            belonging = sum(belong(other, one) for other in close)
            if close and belonging / len(close) >= _HALF and belonging / len(close) > share:
                best, share = group, belonging / len(close)
        if best is None:
            groups.append([one])
        else:
            best.append(one)
    return groups
