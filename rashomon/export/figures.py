"""How many: the figures of several accounts as one range, without choosing between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.model import Claim, Measure, Quantity, Status

# No claim counts as done on the strength of an intention, a guess or a denial.
HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})

# Words for a part of those counted, by the part: only figures for one and the same part are two counts of one thing.
_PARTS = {
    **dict.fromkeys(("civilian", "civilians"), "civilians"),
    **dict.fromkeys(("child", "children", "minor", "minors"), "children"),
    **dict.fromkeys(("infant", "infants", "baby", "babies"), "infants"),
    **dict.fromkeys(("boy", "boys"), "boys"),
    **dict.fromkeys(("girl", "girls"), "girls"),
    **dict.fromkeys(("woman", "women"), "women"),
    **dict.fromkeys(("man", "men"), "men"),
}


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
    return _largest(found)


def exclude(one: Claim, other: Claim, measure: Measure) -> bool:
    """Whether two claims cannot both be right on `measure`.

    A part of those counted is no other count of all: five children do not contradict twelve people, nor three men.
    They do where the part is larger than the whole.
    """
    ours, theirs = _by_part(one, measure), _by_part(other, measure)
    for part, a in ours.items():
        for counted, b in theirs.items():
            if part == counted:
                apart = not a.meets(b)
            elif part and counted:
                apart = False
            else:
                whole, some = (b, a) if part else (a, b)
                apart = whole.maximum is not None and some.minimum is not None and some.minimum > whole.maximum
            if apart:
                return True
    return False


def _by_part(claim: Claim, measure: Measure) -> dict[str, Range]:
    """The largest figure for each part of a population, and with '' for anybody else: fighters have many names."""
    groups: dict[str, list[Quantity]] = {}
    for quantity in claim.quantities:
        if quantity.measure is measure:
            last = quantity.of.casefold().split()[-1:]
            groups.setdefault(_PARTS.get(last[0], "") if last else "", []).append(quantity)
    return {part: _largest(found) for part, found in groups.items()}


def _largest(found: Iterable[Quantity]) -> Range:
    largest = max(found, key=lambda q: (q.maximum or q.minimum or 0, q.minimum or 0))
    return Range(largest.minimum, largest.maximum)


def spread(claims: Iterable[Claim], measure: Measure) -> Range | None:
    """The lowest and the highest that the claims say of `measure`; None where none says anything.

    Only claims that something happened or goes on are counted, not what is planned, possible or denied.
    """
    return together(r for claim in claims if claim.status in HAPPENED and (r := figure(claim, measure)) is not None)


def together(ranges: Iterable[Range]) -> Range | None:
    """The range that holds all of them; None where there is none.

    An end is open (None) as soon as one of them leaves it open: 12 beside 'at least 25' is 12 and more.
    """
    ranges = list(ranges)
    if not ranges:
        return None
    lows, highs = [r.minimum for r in ranges], [r.maximum for r in ranges]
    return Range(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )
