"""How many: the figures of several accounts as one range, without choosing between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.model import Claim, Measure, Status

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


def figure(claim: Claim, measure: Measure) -> Range | None:
    """What one claim says of `measure`, or None where it says nothing.

    Where it counts several groups ('16 civilians, 5 of them children'), its largest figure stands for it: a part never
    exceeds the whole, and adding parts up might count people twice.
    """
    found = [q for q in claim.quantities if q.measure is measure]
    if not found:
        return None
    largest = max(found, key=lambda q: (q.maximum or q.minimum or 0, q.minimum or 0))
    return Range(largest.minimum, largest.maximum)


def spread(claims: Iterable[Claim], measure: Measure) -> Range | None:
    """The lowest and the highest that the claims say of `measure`; None where none says anything.

    An end is open (None) as soon as one of them leaves it open: 12 beside 'at least 25' is 12 and more. Only claims
    that something happened or goes on are counted, not what is planned, possible or denied.
    """
    ranges = [r for claim in claims if claim.status in HAPPENED and (r := figure(claim, measure)) is not None]
    if not ranges:
        return None
    lows, highs = [r.minimum for r in ranges], [r.maximum for r in ranges]
    return Range(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )
