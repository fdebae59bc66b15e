"""What a coder's confidence is worth: whether it is as often right as it says, and how right its surer half is.

A claim is right here where it is aligned with a hand-coded claim of the same type, as for 'claims typed'.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
"""Bins of equal width that confidence is counted in, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose confidence lies from `start` to below `start` + 0.1; the last bin holds 1 as well.

    Attributes:
        start: where the bin begins.
        claims: how many lie in it; never 0, for empty bins are left out.
        confidence: the mean of their confidence.
        right: the share of them that is right.
    """

    start: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Certainty:
    """What the confidence of coded claims is worth; shares are rounded to four places.

    Attributes:
        claims: how many coded claims have a confidence.
        error: the expected calibration error over ten bins of equal width: how far the mean confidence of a bin lies
            from the share of its claims that is right, averaged over the bins by their claims. 0 is best.
        surer: how many claims are in the surer half; with ties at its edge more than half.
        surer_from: the lowest confidence in it.
        surer_right: the share of it that is right, which is its precision of claims typed.
        bins: where the error comes from, the least sure first.
    """

    claims: int
    error: float
    surer: int
    surer_from: float
    surer_right: float
    bins: tuple[Bin, ...]

    @classmethod
    def of(cls, judged: Iterable[tuple[float | None, bool]]) -> Certainty | None:
        """The figures for claims, each with its confidence and whether it is right; those without confidence are left.

        Returns:
            None where no claim has a confidence.
        """
        given = sorted(((confidence, right) for confidence, right in judged if confidence is not None), reverse=True)
        if not given:
            return None
        by_bin: dict[int, list[tuple[float, bool]]] = {}
        for confidence, right in given:
            by_bin.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
        error = sum(len(some) * abs(_confidence(some) - _right(some)) for some in by_bin.values()) / len(given)
        edge = given[(len(given) - 1) // 2][0]
        surer = [one for one in given if one[0] >= edge]
        bins = tuple(
            Bin(at / BINS, len(by_bin[at]), round(_confidence(by_bin[at]), 4), round(_right(by_bin[at]), 4))
            for at in sorted(by_bin)
        )
        return cls(len(given), round(error, 4), len(surer), edge, round(_right(surer), 4), bins)


def _confidence(claims: Sequence[tuple[float, bool]]) -> float:
    return sum(confidence for confidence, _ in claims) / len(claims)


def _right(claims: Sequence[tuple[float, bool]]) -> float:
    return sum(right for _, right in claims) / len(claims)
