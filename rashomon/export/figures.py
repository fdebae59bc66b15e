"""How many: the figures of several accounts as one range, without choosing between them."""

from __future__ import annotations

from collections.abc import Iterable

from rashomon.ledgers import figures
from rashomon.ledgers.figures import HAPPENED, Range, figure, largest
from rashomon.model import Claim, Measure, Quantity

__all__ = ["HAPPENED", "Range", "exclude", "figure", "spread"]

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
    return {part: largest(found) for part, found in groups.items()}


def spread(claims: Iterable[Claim], measure: Measure) -> Range | None:
    """The lowest and the highest that the claims say of `measure`; None where none says anything.

    Only claims that something happened or goes on are counted, not what is planned, possible or denied.
    """
    return figures.spread(
        r for claim in claims if claim.status in HAPPENED and (r := figure(claim, measure)) is not None
    )
