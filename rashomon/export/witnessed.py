"""A view together with whose word its reports are: what ledgers and digests read, for whomever it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.export.profiles import ProfiledView
from rashomon.export.view import View, profile_of
from rashomon.model import Claim, Event, Profile, Report, Witness


@dataclass(frozen=True, slots=True)
class WitnessedView:
    """A view of `view` that knows whose word each report is. Make it with `of`."""

    view: View
    all_witnesses: Mapping[str, Witness]

    @classmethod
    def of(cls, view: View, witnesses: Mapping[str, Witness]) -> WitnessedView:
        """`view` with the witnesses of the whole, of which no more is told than its profile shows."""
        return cls(view, view.witnesses(witnesses) if isinstance(view, ProfiledView) else witnesses)

    @property
    def profile(self) -> Profile:
        """For whom the view is."""
        return profile_of(self.view)

    def reports(self) -> Iterable[Report]:
        """The reports of the view."""
        return self.view.reports()

    def claims(self) -> Iterable[Claim]:
        """The claims of the view."""
        return self.view.claims()

    def events(self) -> Iterable[Event]:
        """The events of the view."""
        return self.view.events()

    def witnesses(self) -> Mapping[str, Witness]:
        """Whose word each report is, by report."""
        return self.all_witnesses
