"""What every ledger is made from: events with their claims, and whose word each claim is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from rashomon.ledgers.figures import HAPPENED
from rashomon.model import Claim, Event, PlaceResolution, PlaceRole, Status, Withheld, Witness

Days = tuple[dt.date, dt.date]  # first and last, both included


class View(Protocol):
    """What a store (or anything that shows a part of one) offers to the ledgers."""

    def events(self) -> Iterable[Event]:
        """The events."""
        ...

    def claims(self) -> Iterable[Claim]:
        """The claims, resolved and amended."""
        ...

    def witnesses(self) -> Mapping[str, Witness]:
        """Whose word each report is, by report."""
        ...


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose word a claim is.

    Attributes:
        outlet: the outlet's name for readers; the report's id where the outlet is not known.
        side: the side that the claim's word counts under, or nothing where none is known.
        view: whose view the outlet is known to give, in the words of outlets.yaml.
        origin: the id of the independent voice that it comes from; claims of one event with the same origin count once.
        voice: what that voice is called; empty where nothing is known of it.
    """

    outlet: str
    side: str = ""
    view: str = ""
    origin: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of an event, with whose word it is and when that was said.

    Attributes:
        said: when its report was published, or None where that is not known.
        not_before: of a report of unknown day, the last day of what it says has happened: it came out no earlier.
    """

    claim: Claim
    whose: Whose
    said: dt.date | None
    not_before: dt.date | None = None

    @property
    def happened(self) -> bool:
        """Whether it says that something happened or goes on: only such claims count."""
        return self.claim.status in HAPPENED

    @property
    def days(self) -> Days | None:
        """The days that the claim gives, where they are known."""
        return days_of(self.claim)

    @property
    def when(self) -> Days | None:
        """Its days, or else the day on which it was said; None where neither is known."""
        return self.days or (None if self.said is None else (self.said, self.said))

    def places(self, *roles: PlaceRole) -> list[PlaceResolution]:
        """Its places in these roles, in its order; those that nobody resolved by their own words."""
        return [
            place.resolution or PlaceResolution(place.mention.text, reason="not resolved")
            for place in self.claim.places
            if not roles or place.role in roles
        ]


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and its claims by id."""

    event: Event
    tellings: tuple[Telling, ...]

    @property
    def when(self) -> Days | None:
        """The days of the event, or else those on which it was told of; None where neither is known."""
        if self.event.start is not None:
            return self.event.start, max(self.event.start, self.event.end or self.event.start)
        said = [telling.said for telling in self.tellings if telling.said is not None]
        return (min(said), max(said)) if said else None


@dataclass(frozen=True, slots=True)
class Says:
    """A claim as a row of a ledger lists it: enough to find it on its page.

    Attributes:
        source: who is named as having said it, nearest first, joined by ' to '.
        said: the day of publication, or None.
        start, end: the days that it gives.
        quote: its words.
        withheld: what its profile has left out of it.
    """

    claim: str
    report: str
    outlet: str
    side: str
    source: str
    said: dt.date | None
    type: str
    status: Status
    start: dt.date | None
    end: dt.date | None
    quote: str
    withheld: tuple[Withheld, ...] = ()

    @classmethod
    def of(cls, telling: Telling) -> Says:
        """The claim of a telling."""
        claim, days = telling.claim, telling.days
        return cls(
            claim=claim.id,
            report=claim.report,
            outlet=telling.whose.outlet,
            side=telling.whose.side,
            source=speakers(claim),
            said=telling.said,
            type=claim.type,
            status=claim.status,
            start=days[0] if days else None,
            end=days[1] if days else None,
            quote=" ".join(claim.quote.split()),
            withheld=claim.withheld,
        )


def says(tellings: Iterable[Telling]) -> tuple[Says, ...]:
    """Claims as a row lists them: by the day on which they were said (unknown days last), then id."""
    return tuple(Says.of(telling) for telling in sorted(tellings, key=by_saying))


def by_saying(telling: Telling) -> tuple[dt.date, str]:
    """The order in which claims were said."""
    return (telling.said or dt.date.max, telling.claim.id)


def speakers(claim: Claim) -> str:
    """Who is named as having said it, nearest first; nothing where the outlet speaks itself."""
    return " to ".join(source.mention.text for source in claim.source)


def days_of(claim: Claim) -> Days | None:
    """The days that a claim gives, where they are known."""
    days = claim.time.resolution if claim.time is not None else None
    if days is None or days.start is None:
        return None
    return days.start, max(days.start, days.end or days.start)


def tell(view: View, whose: Mapping[str, Whose]) -> list[Told]:
    """All events of a view with their claims, in an order that does not depend on the view's.

    Args:
        view: events, claims and witnesses.
        whose: by claim: whose word it is; a claim without one stands for its report alone.
    """
    claims = {claim.id: claim for claim in view.claims()}
    witnesses = view.witnesses()
    last_news = _last_news(claims.values())
    told = []
    for event in sorted(view.events(), key=lambda event: event.id):
        tellings = []
        for name in sorted(set(event.claims) & claims.keys()):
            claim = claims[name]
            witness = witnesses.get(claim.report)
            published = witness.published if witness is not None else None
            tellings.append(
                Telling(
                    claim,
                    whose.get(name) or Whose(f"report {claim.report}", origin=f"text {claim.report}"),
                    published,
                    None if published is not None else last_news.get(claim.report),
                )
            )
        if tellings:
            told.append(Told(event, tuple(tellings)))
    return told


def _last_news(claims: Iterable[Claim]) -> dict[str, dt.date]:
    """By report, the last day of what it says has happened."""
    last: dict[str, dt.date] = {}
    for claim in claims:
        days = days_of(claim)
        if days is not None and claim.status in HAPPENED:
            last[claim.report] = max(days[1], last.get(claim.report, days[1]))
    return last
