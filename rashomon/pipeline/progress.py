"""What a run tells while it goes, and what it says at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rashomon.model import Claim
from rashomon.reading import Skipped


class Progress(Protocol):
    """Hears how a run goes."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; `total` says how many reports (of linking: claims) it is about, where that is known."""

    def advance(self, count: int) -> None:
        """So many more of them are done."""

    def skipped(self, what: Skipped) -> None:
        """A piece of the input cannot be used, or was used with something to tell about it; the rest goes on."""


class Silent:
    """Hears, and says nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""

    def skipped(self, what: Skipped) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class NotCoded:
    """A report that is kept but not coded: its id, where it was read from, and why not."""

    report: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """What is in a store.

    Attributes:
        reports, claims, events: how many; claims as people's judgements leave them.
        copies: reports whose text is a copy of another's.
        undated: reports whose day of publication is not known.
        places_not_located: places of claims without a point.
        days_not_known: time words of claims without days.
    """

    reports: int
    claims: int
    events: int
    copies: int
    undated: int
    places_not_located: int
    days_not_known: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did, and what is in the store after it.

    Attributes:
        read: distinct reports in the sources.
        new_reports: of them, those that were not in the store before.
        coded: reports that were coded in this run; the others had been coded before.
        coded_anew: of them, those coded before: the knowledge, the coder or what is read from the report has changed.
        new_claims: the claims found in them that no earlier coding of theirs has.
        skipped: pieces of the input that were left out, with the reason and a remedy.
        notes: pieces that were used with something to tell about them, and corrections that no longer fit.
        not_coded: reports in the sources that are kept uncoded, with the reason.
        store: what is in the store now.
    """

    read: int
    new_reports: int
    coded: int
    coded_anew: int
    new_claims: int
    skipped: tuple[Skipped, ...]
    notes: tuple[Skipped, ...]
    not_coded: tuple[NotCoded, ...]
    store: StoreSummary


@dataclass(slots=True)
class Tally:
    """Counts along a run, and passes on what is skipped."""

    progress: Progress = field(default_factory=Silent)
    read: int = 0
    new_reports: int = 0
    coded: int = 0
    coded_anew: int = 0
    new_claims: int = 0
    all_skipped: list[Skipped] = field(default_factory=list)
    all_not_coded: list[NotCoded] = field(default_factory=list)

    def skipped(self, what: Skipped) -> None:
        """A piece of the input cannot be used."""
        self.all_skipped.append(what)
        self.progress.skipped(what)

    def found(self, coded: Sequence[Sequence[Claim]], anew: int, known: Collection[str]) -> None:
        """Reports were coded, so many of them anew; claims of theirs that are `known` by id had been found before."""
        self.coded += len(coded)
        self.coded_anew += anew
        self.new_claims += sum(claim.id not in known for claims in coded for claim in claims)

    def summary(self, store: StoreSummary) -> RunSummary:
        """All of it, for a reader."""
        return RunSummary(
            read=self.read,
            new_reports=self.new_reports,
            coded=self.coded,
            coded_anew=self.coded_anew,
            new_claims=self.new_claims,
            skipped=tuple(what for what in self.all_skipped if not what.kept),
            notes=tuple(what for what in self.all_skipped if what.kept),
            not_coded=tuple(self.all_not_coded),
            store=store,
        )
