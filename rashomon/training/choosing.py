"""From which probability on something is a claim or an argument: what scores best on reports that taught nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rashomon.coding.learned.deciding import Scored, likeliest, likely_once, take_sides
from rashomon.coding.learned.model import Thresholds

FIRST = Thresholds(claim=0.36, actor=0.3, target=0.3, place=0.3, time=0.3, quantity=0.3)
"""Where there is nothing to choose by."""

_GRIDS: Mapping[str, Sequence[float]] = {
    "claim": (0.28, 0.32, 0.36, 0.4, 0.44),
    "actor": (0.24, 0.28, 0.3, 0.32, 0.36),
    "target": (0.24, 0.28, 0.3, 0.32, 0.36),
    "place": (0.24, 0.28, 0.3, 0.32, 0.36),
    "time": (0.24, 0.3, 0.36),
    "quantity": (0.24, 0.3, 0.36),
}
LEAST = min(_GRIDS["claim"])
"""What is less likely to be a claim than this is never one."""

_OWN = 3  # facts that every claim has: its type, status and source


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with what a model that did not see its report says of it.

    Attributes:
        chance: that it is a claim. sure: that it is one of its type.
        found: whether it is one. typed: whether it is one of its type. status: whether its status is right.
        two_sided: whether events of its type have actors only.
        rows: by head its arguments, each with the probability that it is one, given that the claim is one.
        right: by head the numbers of the mentions that are.
    """

    chance: float
    sure: float
    found: bool
    typed: bool
    status: bool
    two_sided: bool
    rows: Mapping[str, Scored]
    right: Mapping[str, frozenset[int | None]]

    def facts(self, least: Thresholds) -> tuple[int, int]:
        """How many facts it gives, and how many of them are right."""
        rows = {head: [(row, self.chance * chance) for row, chance in scored] for head, scored in self.rows.items()}
        doers, others = take_sides(rows["actor"], rows["target"], least.actor, least.target)
        when = likeliest(rows["time"], least.time)
        given: dict[str, list[int]] = {
            "actor": doers,
            "target": [] if self.two_sided else others,
            "place": likely_once(rows["place"], least.place),
            "time": [when] if when is not None else [],
            "quantity": likely_once(rows["quantity"], least.quantity),
        }
        right = sum(at in self.right[head] for head, numbers in given.items() for at in numbers)
        own = self.typed + self.status + (likeliest(rows["source"]) in self.right["source"])
        return _OWN + sum(map(len, given.values())), right + own


def worth(choices: Sequence[Choice], least: Thresholds, facts: int) -> float:
    """The F1 of all facts that these thresholds give.

    Args:
        choices: the candidates.
        least: the thresholds.
        facts: how many facts the hand-coded claims have.
    """
    given = [choice.facts(least) for choice in choices if choice.chance >= least.claim]
    made, right = sum(one for one, _ in given), sum(one for _, one in given)
    return 2 * right / (made + facts) if made + facts else 0.0


def best_thresholds(choices: Sequence[Choice], facts: int) -> Thresholds:
    """The thresholds that give the highest F1 of all facts, found one after the other; see `worth`."""
    best = FIRST
    score = worth(choices, best, facts)
    for name, grid in _GRIDS.items():
        for least in grid:
            tried = best.model_copy(update={name: least})
            here = worth(choices, tried, facts)
            if here > score:
                best, score = tried, here
    return best
