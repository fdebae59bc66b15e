"""How many: what one claim says, as a range whose ends may be open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.model import Claim, Measure, Quantity, Status

# No claim counts as done on the strength of an intention, a guess or a denial.
HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})


@dataclass(frozen=True, slots=True)
class Range:
    """From `minimum` to `maximum`, both included; None where that end is open."""

    minimum: int | None
    maximum: int | None

    def meets(self, other: Range) -> bool:
        """Whether some number lies in both."""
        below = other.maximum is None or self.minimum is None or self.minimum <= other.maximum
        above = self.maximum is None or other.minimum is None or other.minimum <= self.maximum
        return below and above

    def __str__(self) -> str:
        if self.minimum is None and self.maximum is None:
            return "not known"
        if self.maximum is None:
            return f"{self.minimum}+"
        if self.minimum is None:
            return f"up to {self.maximum}"
        return str(self.minimum) if self.minimum == self.maximum else f"{self.minimum}-{self.maximum}"


def figure(claim: Claim, measure: Measure) -> Range | None:
    """What one claim says of `measure`, or None where it says nothing.

    Where it counts several groups ('16 civilians, 5 of them children'), its largest figure stands for it: a part never
    exceeds the whole, and adding parts up might count people twice.
    """
    found = [q for q in claim.quantities if q.measure is measure]
    return largest(found) if found else None


def largest(found: Iterable[Quantity]) -> Range:
    """The range of the largest of several counts."""
    top = max(found, key=size)
    return Range(top.minimum, top.maximum)


def size(counted: Quantity | Range) -> tuple[int, int]:
    """What counts and ranges are ordered by: an open end is no more than the other one."""
    return (counted.maximum or counted.minimum or 0, counted.minimum or 0)


def spread(ranges: Iterable[Range]) -> Range | None:
    """From the lowest to the highest of several, or None; an end that one of them leaves open is open."""
    listed = list(ranges)
    if not listed:
        return None
    lows, highs = [r.minimum for r in listed], [r.maximum for r in listed]
    return Range(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )
