"""What people decided of pairs of claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rashomon.model import Judgement, JudgementKind

ClaimPair = tuple[str, str]
"""Ids of two claims, the lower one first."""
Pairs = list[tuple[int, int]]
"""Numbers of two claims each, the lower one first; sorted."""


def last_words(judgements: Iterable[Judgement]) -> dict[ClaimPair, Judgement]:
    """About each pair of claims that was judged the last word, which counts; in the order in which they were said.

    Args:
        judgements: those that hold (`amending.holding`), in the order in which they were made.
    """
    latest: dict[ClaimPair, Judgement] = {}
    for judgement in judgements:
        if judgement.kind not in (JudgementKind.SAME, JudgementKind.DIFFERENT) or judgement.other is None:
            continue
        first, second = sorted((judgement.subject, judgement.other))
        if first != second:
            latest.pop((first, second), None)
            latest[first, second] = judgement
    return latest


def pairs_decided(judgements: Iterable[Judgement], index: Mapping[str, int]) -> tuple[Pairs, Pairs]:
    """Pairs that people put together and pairs that they kept apart.

    Args:
        judgements: see `last_words`.
        index: numbers of the claims, by id, in the order of their ids; judgements about others are passed over.
    """
    together, apart = Pairs(), Pairs()
    for (first, second), judgement in last_words(judgements).items():
        a, b = index.get(first), index.get(second)
        if a is not None and b is not None:
            (together if judgement.kind is JudgementKind.SAME else apart).append((a, b))
    return sorted(together), sorted(apart)
