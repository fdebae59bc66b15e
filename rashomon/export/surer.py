"""Leaves out claims that their coder is not sure of, and counts them: nothing goes in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rashomon.export.view import View, profile_of
from rashomon.model import Claim, Event, Profile, Report


@dataclass(slots=True)
class Surer:
    """Lets claims through whose confidence is at least `least`, and those that have none.

    Attributes:
        least: a probability, 0 to 1.
        seen: how many claims there were.
        left_out: how many of them were less sure than `least`.
        unknown: how many had no confidence, and stayed.
    """

    least: float
    seen: int = 0
    left_out: int = 0
    unknown: int = 0

    def of(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims that stay, in their order."""
        for claim in claims:
            self.seen += 1
            if claim.confidence is None:
                self.unknown += 1
            elif claim.confidence < self.least:
                self.left_out += 1
                continue
            yield claim

    def __str__(self) -> str:
        """What was left out, in one line for a reader."""
        said = f"{self.left_out} of {self.seen} claims left out: their confidence is below {self.least:g}"
        return said + (f"; {self.unknown} without one stay" if self.unknown else "")


@dataclass(frozen=True, slots=True)
class SurerView:
    """A view whose claims have gone through `surer`; its events are gathered from all claims."""

    view: View
    surer: Surer

    @property
    def profile(self) -> Profile:
        """For whom the view is whose claims these are."""
        return profile_of(self.view)

    def reports(self) -> Iterable[Report]:
        """All reports."""
        return self.view.reports()

    def claims(self) -> Iterable[Claim]:
        """The claims that stay."""
        return self.surer.of(self.view.claims())

    def events(self) -> Iterable[Event]:
        """All events."""
        return self.view.events()
