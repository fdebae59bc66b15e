"""What mentions mean, as far as features need it: whether two of them are one actor, one place, the same days.

Resolving stands beside coding in the house, so whoever makes the coder hands it in. Meanings decide nothing by
themselves and go into no claim: a claim has words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rashomon.model import ActorResolution, DaysResolution, Mention, PlaceResolution, Report, Status


class Meanings(Protocol):
    """Says what mentions of a report mean; `rashomon.resolving.Resolver` does."""

    def actor(self, mention: Mention, report: Report, country: str | None) -> ActorResolution:
        """Who a mention stands for, in a report that is mostly about `country`."""
        ...

    def place(self, mention: Mention, others: Sequence[Mention], report: Report) -> PlaceResolution:
        """Where a mention is; `others` are the other places of the report."""
        ...

    def days(self, mention: Mention, status: Status, report: Report, quote: str) -> DaysResolution:
        """Which days an expression means in a claim of that status and quote."""
        ...
