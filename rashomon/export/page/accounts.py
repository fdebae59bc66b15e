"""One event as accounts side by side: a column for each witness, a row for each field, and which are disputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.export.page.names import Names, OutletName
from rashomon.export.page.rows import QUOTES, Row, disputed_rows, rows
from rashomon.export.page.words import Segment, publication_words, segments
from rashomon.model import Claim, Contradiction, Event, Report, Witness


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What a reader is told of a report; `link` is its address where that is safe to follow."""

    id: str
    title: str
    published: str
    evidence: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim's own words, numbered within its column."""

    number: int
    claim: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One witness: an outlet, or several that carry copies of one text."""

    outlets: tuple[OutletName, ...]
    reports: tuple[ReportCard, ...]
    statements: tuple[Statement, ...]
    copies: int

    @property
    def name(self) -> str:
        """The outlets' names in one line."""
        return ", ".join(outlet.name for outlet in self.outlets)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An event's accounts side by side; `quotes` is the title of the row of quotes, with whether it is disputed."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    quotes: Row


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything known of claims and reports, by id: what comparing needs at hand."""

    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    witnesses: Mapping[str, Witness]
    names: Names


def compare(event: Event, desk: Desk, contradictions: Iterable[Contradiction] = ()) -> Comparison:
    """Lays the accounts of an event side by side, the earliest published first.

    Nothing is left out and nothing preferred: a column keeps every claim of its witness, and a row every value. The
    rows that `contradictions`, those of the event, are about are disputed, and no others.
    """
    groups: dict[str, list[Claim]] = {}
    for claim in (desk.claims[c] for c in event.claims if c in desk.claims):
        witness = desk.witnesses.get(claim.report)
        groups.setdefault(witness.copies if witness is not None else claim.report, []).append(claim)
    ordered = sorted(groups.items(), key=lambda item: (_published(item[1], desk), item[0]))
    grouped = [_each_once(sorted(claims, key=lambda c: (c.report, c.span, c.id))) for _, claims in ordered]
    columns = tuple(_column(claims, groups[key], desk) for claims, (key, _) in zip(grouped, ordered, strict=True))
    disputed = disputed_rows(contradictions)
    return Comparison(columns, rows(grouped, desk.names, disputed), Row(QUOTES, "quotes", (), QUOTES in disputed))


def _published(claims: Sequence[Claim], desk: Desk) -> str:
    days = [desk.reports[c.report].publication.day for c in claims if c.report in desk.reports]
    return min((day.isoformat() for day in days if day is not None), default="9999")


def _each_once(claims: Sequence[Claim]) -> list[Claim]:
    """Copies of one text say the same thing again: each quote with its trigger is shown once."""
    first: dict[tuple[str, str, str, str], Claim] = {}
    for claim in claims:
        first.setdefault((" ".join(claim.quote.split()), claim.trigger, claim.type, claim.status), claim)
    return list(first.values())


def _column(shown: Sequence[Claim], all_claims: Sequence[Claim], desk: Desk) -> Column:
    reports = [desk.reports[r] for r in sorted({c.report for c in all_claims}) if r in desk.reports]
    reports.sort(key=lambda r: (r.publication.day.isoformat() if r.publication.day else "9999", r.id))
    outlets = list(dict.fromkeys(desk.names.outlet(r.outlet) for r in reports)) or [desk.names.outlet(None)]
    return Column(
        outlets=tuple(outlets),
        reports=tuple(_card(report) for report in reports),
        statements=tuple(Statement(n, claim.id, segments(claim)) for n, claim in enumerate(shown, start=1)),
        copies=len(reports),
    )


def _card(report: Report) -> ReportCard:
    address = report.address or ""
    return ReportCard(
        id=report.id,
        title=report.title or "",
        published=publication_words(report.publication),
        evidence=report.publication.evidence.value,
        address=address,
        link=address if address.startswith(("https://", "http://")) else "",
    )
