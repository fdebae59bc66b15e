"""How many: the figures of several accounts as one range, without choosing between them."""

from __future__ import annotations

from collections.abc import Iterable

from rashomon.ledgers import figures
from rashomon.ledgers.figures import HAPPENED, Range, figure
from rashomon.model import Claim, Measure

__all__ = ["HAPPENED", "Range", "figure", "spread"]


def spread(claims: Iterable[Claim], measure: Measure) -> Range | None:
    """The lowest and the highest that the claims say of `measure`; None where none says anything.

    Only claims that something happened or goes on are counted, not what is planned, possible or denied.
    """
    return figures.spread(
        r for claim in claims if claim.status in HAPPENED and (r := figure(claim, measure)) is not None
    )
