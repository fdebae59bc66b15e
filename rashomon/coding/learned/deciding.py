"""From what the heads say to what a claim gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.coding.learned.rows import ArgumentRow


@dataclass(frozen=True, slots=True)
class Decision:
    """What a claim gives; arguments are numbers of `Mentions`.

    Attributes:
        speaker: the chain of speakers, None for the outlet's own voice.
    """

    actors: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    spots: tuple[int, ...] = ()
    time: int | None = None
    counts: tuple[int, ...] = ()
    speaker: int | None = None


Scored = Sequence[tuple[ArgumentRow, float]]
"""Rows of arguments, each with its probability."""


def take_sides(actors: Scored, targets: Scored, least_actor: float, least_target: float) -> tuple[list[int], list[int]]:
    """Who does it and to whom: each on the side that is likelier, where that is likely enough.

    Where two mentions of one actor are taken, the likelier one stands for both.

    Args:
        actors: the rows, by how likely each does it.
        targets: the same rows, by how likely it is done to each.
        least_actor: from which probability on somebody does it.
        least_target: from which probability on it is done to somebody.
    """
    doers, others = [], []
    for (row, doer), (_, target) in zip(actors, targets, strict=True):
        if doer >= least_actor and doer >= target:
            doers.append((row, doer))
        if target >= least_target and target > doer:
            others.append((row, target))
    return likely_once(doers, least_actor), likely_once(others, least_target)


def likeliest(rows: Scored, least: float = 0.0) -> int | None:
    """The likeliest one, where it is likely enough; of equals the first."""
    row, chance = max(rows, key=lambda scored: scored[1], default=(None, 0.0))
    return row.at if row is not None and chance >= least else None


def likely_once(rows: Scored, least: float) -> list[int]:
    """All that are likely enough, the likeliest first, and only one of those that mean the same."""
    taken: dict[object, int] = {}
    for row, chance in sorted(rows, key=lambda scored: -scored[1]):
        if chance >= least and row.at is not None:
            taken.setdefault(row.key, row.at)
    return list(taken.values())
