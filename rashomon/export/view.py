"""What an export reads: reports, claims and events, each in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rashomon.model import Claim, Event, Profile, Report


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


@runtime_checkable
class Profiled(Protocol):
    """A view that knows for whom it is."""

    @property
    def profile(self) -> Profile:
        """For whom it is."""
        ...


def profile_of(view: View) -> Profile:
    """For whom a view is; one that does not say is internal: nothing was left out of it."""
    return view.profile if isinstance(view, Profiled) else Profile.INTERNAL


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
