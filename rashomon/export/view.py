"""What an export reads: reports, claims and events, each in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from rashomon.model import Claim, Event, Report


class View(Protocol):
    """What the store (or anything else) offers to an export. Each call starts from the beginning, in a fixed order."""

    def reports(self) -> Iterable[Report]:
        """The reports."""
        ...

    def claims(self) -> Iterable[Claim]:
        """The claims, resolved and amended."""
        ...

    def events(self) -> Iterable[Event]:
        """The events."""
        ...


@dataclass(frozen=True, slots=True)
class MemoryView:
    """A view of objects at hand."""

    all_reports: tuple[Report, ...] = ()
    all_claims: tuple[Claim, ...] = ()
    all_events: tuple[Event, ...] = ()

    def reports(self) -> Iterable[Report]:
        """The reports as given."""
        return self.all_reports

    def claims(self) -> Iterable[Claim]:
        """The claims as given."""
        return self.all_claims

    def events(self) -> Iterable[Event]:
        """The events as given."""
        return self.all_events
