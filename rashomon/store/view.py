"""Reads a store: what pages, exports and the command line see. The order of everything is fixed by its content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import batched, groupby
from typing import Any

import sqlalchemy as sa

from rashomon import amending
from rashomon.errors import InputError, NotFoundError
from rashomon.model import Candidate, Claim, Event, Judgement, Report, Span, Witness
from rashomon.store import rows
from rashomon.store import tables as t
from rashomon.store.writer import RunRecord

_MANY = 300


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to see; None does not filter.

    Attributes:
        ids, reports, types, statuses: those that may be.
        coder: name of the coder; None sees the current claims of every coder.
        as_coded: see claims as their coder left them, the rejected ones too, without people's judgements.
    """

    ids: Collection[str] | None = None
    reports: Collection[str] | None = None
    types: Collection[str] | None = None
    statuses: Collection[str] | None = None
    coder: str | None = None
    as_coded: bool = False


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to see; None does not filter.

    Attributes:
        types: those that may be.
        first, last: days of which an event has at least one; events without days are left out where one is given.
        adm1, country: where it is.
        claim: an event that this claim is about.
        located: with a point, or without one.
        origins: at least so many independent origins.
    """

    types: Collection[str] | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    adm1: str | None = None
    country: str | None = None
    claim: str | None = None
    located: bool | None = None
    origins: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each are in a store; claims are the current ones, before judgements."""

    reports: int
    claims: int
    events: int
    judgements: int


class View:
    """Reads a store; each step of an iteration is a short transaction, so that writers are not held up."""

    def __init__(self, reading: Callable[[], AbstractContextManager[sa.Connection]]) -> None:
        self._reading = reading

    # --- reports ----------------------------------------------------------------------------------------------------

    def reports(self, ids: Collection[str] | None = None) -> Iterator[Report]:
        """Reports by id; all of them, or those of `ids` that are there."""
        for some in batched(self._report_ids(ids), _MANY):
            query = sa.select(t.reports).where(t.reports.c.id.in_(some)).order_by(t.reports.c.id)
            yield from (rows.report_from_row(row) for row in self._found(query))

    def report(self, report: str) -> Report:
        """The report of an id.

        Raises:
            NotFoundError: there is none.
        """
        for found in self.reports([report]):
            return found
        raise NotFoundError(f"no report has the id {report}")

    def witnesses(self) -> Mapping[str, Witness]:
        """Whose word each report is, by report, with the group of copied texts as last derived."""
        query = (
            sa.select(t.reports.c.id, t.reports.c.outlet, t.reports.c.published, t.copies.c.copies)
            .outerjoin(t.copies, t.copies.c.report == t.reports.c.id)
            .order_by(t.reports.c.id)
        )
        return {
            row["id"]: Witness(row["id"], row["outlet"], row["copies"] or row["id"], row["published"])
            for row in self._found(query)
        }

    def _report_ids(self, ids: Collection[str] | None) -> list[str]:
        if ids is not None:
            return sorted(set(ids))
        return [row["id"] for row in self._found(sa.select(t.reports.c.id).order_by(t.reports.c.id))]

    # --- claims -----------------------------------------------------------------------------------------------------

    def claims(
        self, filters: ClaimFilter = ClaimFilter(), misfit: Callable[[InputError], None] | None = None
    ) -> Iterator[Claim]:
        """Current claims, resolved and amended, by report, coder and the coder's order.

        Args:
            filters: which to see.
            misfit: is told of a person's correction that no longer fits its claim; such a one is passed over.
        """
        judged = {} if filters.as_coded else amending.by_claim(self.decided(filters.coder).judgements)
        for coded in self._coded(filters):
            claim = amending.amend(coded, judged.get(coded.id, ()), misfit or _pass_over)
            if claim is None:
                continue
            if filters.types is not None and claim.type not in filters.types:
                continue
            if filters.statuses is not None and claim.status.value not in filters.statuses:
                continue
            yield claim

    def claim(self, claim: str) -> Claim:
        """The current claim of an id, resolved and amended.

        Raises:
            NotFoundError: there is none, or it was rejected.
        """
        for found in self.claims(ClaimFilter(ids=[claim])):
            return found
        raise NotFoundError(f"no claim has the id {claim}")

    def claim_ids(self, coder: str | None = None) -> set[str]:
        """Ids of the current claims of one coder, or of all; the rejected ones too."""
        current = [coding for _, coding, _ in self._current(coder, None)]
        ids: set[str] = set()
        for some in batched(current, _MANY):
            ids.update(row["id"] for row in self._found(sa.select(t.claims.c.id).where(t.claims.c.coding.in_(some))))
        return ids

    def known_claims(self, ids: Collection[str]) -> set[str]:
        """Those of these ids under which any coding, the old ones too, has a claim."""
        return {row["id"] for row in self._found_in(sa.select(t.claims.c.id).distinct(), t.claims.c.id, ids)}

    def codings(self, coder: str | None = None, reports: Collection[str] | None = None) -> Mapping[str, int]:
        """The number of the current coding of each report, by report id, for one coder."""
        return {report: coding for report, coding, _ in self._current(coder, reports)}

    def _current(self, coder: str | None, reports: Collection[str] | None) -> Iterator[tuple[str, int, str]]:
        """Report, coding and coder of every current coding, in order of report and coder."""
        newer = t.codings.alias()
        newest = (
            sa.select(sa.func.max(newer.c.used))
            .where(newer.c.report == t.codings.c.report, newer.c.coder == t.codings.c.coder)
            .scalar_subquery()
        )
        query = (
            sa.select(t.codings.c.report, t.codings.c.id, t.codings.c.coder)
            .where(t.codings.c.used == newest)
            .order_by(t.codings.c.report, t.codings.c.coder, t.codings.c.id)
        )
        if coder is not None:
            query = query.where(t.codings.c.coder == coder)
        if reports is None:
            found: Iterable[rows.Found] = self._found(query)
        else:
            found = self._found_in(query, t.codings.c.report, reports)
        yield from ((row["report"], row["id"], row["coder"]) for row in found)

    def _coded(self, filters: ClaimFilter) -> Iterator[Claim]:
        """Current claims as coded, with their resolutions."""
        reports = filters.reports
        if filters.ids is not None:
            of_ids = self._reports_of(filters.ids)
            reports = of_ids if reports is None else of_ids & set(reports)
        current = [coding for _, coding, _ in self._current(filters.coder, reports)]
        for some in batched(current, _MANY):
            yield from (c for c in self._of_codings(some) if filters.ids is None or c.id in filters.ids)

    def _reports_of(self, ids: Collection[str]) -> set[str]:
        query = sa.select(t.codings.c.report).join(t.claims, t.claims.c.coding == t.codings.c.id).distinct()
        return {row["report"] for row in self._found_in(query, t.claims.c.id, ids)}

    def _of_codings(self, codings: Sequence[int]) -> list[Claim]:
        query = (
            sa.select(t.claims, t.codings.c.report, t.codings.c.coder, t.codings.c.version)
            .join(t.codings, t.codings.c.id == t.claims.c.coding)
            .where(t.claims.c.coding.in_(codings))
            .order_by(t.codings.c.report, t.codings.c.coder, t.claims.c.coding, t.claims.c.position)
        )
        with self._reading() as connection:
            claims = connection.execute(query).mappings().all()
            who, where, when = (_by_claim(connection, table, codings) for table in t.OF_RESOLUTIONS)
        made = []
        for row in claims:
            key = (row["coding"], row["id"])
            claim = rows.claim_from_row(row)
            made.append(rows.with_resolutions(claim, who.get(key, ()), where.get(key, ()), when.get(key, ())))
        return made

    # --- judgements and runs ----------------------------------------------------------------------------------------

    def judgements(self) -> list[Judgement]:
        """All judgements in the order in which they were made, withdrawn ones too."""
        query = sa.select(t.judgements).order_by(t.judgements.c.number)
        return [rows.judgement_from_row(row) for row in self._found(query)]

    def decided(self, coder: str | None = None, judgements: Sequence[Judgement] | None = None) -> amending.Decided:
        """What people decided, said of the current claims of one coder, or of every coder's.

        Args:
            coder: the name of the coder, or None.
            judgements: those of which to say it; None for all that were kept.
        """
        judgements = self.judgements() if judgements is None else judgements
        ids = {one for judgement in judgements for one in (judgement.subject, judgement.other) if one is not None}
        named = self._readings(t.claims.c.id, ids)
        codings = [coding for _, coding, _ in self._current(coder, {reading.report for reading in named})]
        return amending.bind(judgements, named, self._readings(t.claims.c.coding, codings))

    def _readings(self, column: sa.ColumnElement[Any], values: Collection[str | int]) -> list[amending.Reading]:
        """Which words claims read, of those where a column has one of many values; of all codings, old ones too."""
        claims, codings = t.claims.c, t.codings.c
        query = sa.select(
            codings.report,
            codings.coder,
            claims.trigger_start,
            claims.trigger_end,
            claims.trigger,
            claims.type,
            claims.id,
        ).join(t.codings, codings.id == claims.coding)
        return [
            amending.Reading(
                row["report"],
                row["coder"],
                Span(row["trigger_start"], row["trigger_end"]),
                row["trigger"],
                row["type"],
                row["id"],
            )
            for row in self._found_in(query, column, values)
        ]

    def last_run(self) -> RunRecord | None:
        """The last run that was finished, or None."""
        query = sa.select(t.runs).where(t.runs.c.finished.is_not(None)).order_by(t.runs.c.id.desc()).limit(1)
        for row in self._found(query):
            names = ("started", "rashomon", "coder", "coder_version", "knowledge", "libraries")
            return RunRecord(**{name: row[name] for name in names})
        return None

    def interrupted(self) -> bool:
        """Whether a run was broken off after the last finished one: events may lag behind reports and claims."""
        query = sa.select(t.runs.c.finished).order_by(t.runs.c.id.desc()).limit(1)
        return any(row["finished"] is None for row in self._found(query))

    def counts(self) -> Counts:
        """How many of each are in the store."""
        codings = [coding for _, coding, _ in self._current(None, None)]
        claims = 0
        for some in batched(codings, _MANY):
            claims += self._count(t.claims, t.claims.c.coding.in_(some))
        return Counts(self._count(t.reports), claims, self._count(t.events), self._count(t.judgements))

    def _count(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
        with self._reading() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0)

    # --- events -----------------------------------------------------------------------------------------------------

    def events(self, filters: EventFilter = EventFilter()) -> Iterator[Event]:
        """Events by first day (those without days last), then id."""
        events = t.events
        query = sa.select(events.c.id).where(*_wanted(filters))
        ordered = query.order_by(events.c.start.is_(None), events.c.start, events.c.id)
        for some in batched([row["id"] for row in self._found(ordered)], _MANY):
            by_id = self._whole_events(some)
            yield from (by_id[event] for event in some if event in by_id)

    def event(self, event: str) -> Event:
        """The event of an id, or the one into which the event of that id was merged.

        Raises:
            NotFoundError: there is none.
        """
        alias = self._found(sa.select(t.event_aliases.c.event).where(t.event_aliases.c.alias == event))
        for wanted in (event, *(row["event"] for row in alias)):
            if found := self._whole_events([wanted]):
                return found[wanted]
        raise NotFoundError(f"no event has the id {event}")

    def candidates(self, event: str | None = None) -> list[Candidate]:
        """What could be one event, or one with this one, most likely first."""
        found = t.event_candidates
        query = sa.select(found).order_by(found.c.points.desc(), found.c.event, found.c.other)
        if event is not None:
            query = query.where((found.c.event == event) | (found.c.other == event))
        return [rows.candidate_from_row(row) for row in self._found(query)]

    def marks(self) -> dict[str, str]:
        """The fingerprints of what the events were made from."""
        return {row["name"]: row["mark"] for row in self._found(sa.select(t.event_marks))}

    def _whole_events(self, ids: Sequence[str]) -> dict[str, Event]:
        with self._reading() as connection:
            found = connection.execute(sa.select(t.events).where(t.events.c.id.in_(ids))).mappings().all()
            claims = _by_event(connection, t.event_claims, ids, t.event_claims.c.claim)
            accounts = _by_event(connection, t.event_accounts, ids, t.event_accounts.c.position)
            aliases = _by_event(connection, t.event_aliases, ids, t.event_aliases.c.alias)
        return {
            row["id"]: rows.event_from_rows(
                row,
                [claim["claim"] for claim in claims.get(row["id"], ())],
                accounts.get(row["id"], ()),
                [alias["alias"] for alias in aliases.get(row["id"], ())],
            )
            for row in found
        }

    # --- asking -----------------------------------------------------------------------------------------------------

    def _found(self, query: sa.Select[tuple[object, ...]]) -> Sequence[rows.Found]:
        with self._reading() as connection:
            return connection.execute(query).mappings().all()

    def _found_in(
        self, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Collection[str | int]
    ) -> Iterator[rows.Found]:
        """What a query finds where a column has one of many values, asked in pieces that every database takes."""
        for some in batched(sorted(set(values)), _MANY):
            yield from self._found(query.where(column.in_(some)))


def _pass_over(_error: InputError) -> None:
    """A correction that no longer fits leaves its claim as it is; whoever wants to know gives `misfit`."""


def _wanted(filters: EventFilter) -> list[sa.ColumnElement[bool]]:
    events = t.events.c
    wanted: list[sa.ColumnElement[bool]] = []
    if filters.types is not None:
        wanted.append(events.type.in_(sorted(filters.types)))
    if filters.first is not None:
        wanted.append(sa.func.coalesce(events.end, events.start) >= filters.first)
    if filters.last is not None:
        wanted.append(events.start <= filters.last)
    if filters.adm1 is not None:
        wanted.append(events.adm1 == filters.adm1)
    if filters.country is not None:
        wanted.append(events.country == filters.country)
    if filters.claim is not None:
        wanted.append(events.id.in_(sa.select(t.event_claims.c.event).where(t.event_claims.c.claim == filters.claim)))
    if filters.located is not None:
        wanted.append(events.lat.is_not(None) if filters.located else events.lat.is_(None))
    if filters.origins is not None:
        wanted.append(events.origins >= filters.origins)
    return wanted


def _by_claim(
    connection: sa.Connection, table: sa.Table, codings: Sequence[int]
) -> dict[tuple[int, str], list[rows.Found]]:
    keys = list(table.primary_key.columns)
    found = connection.execute(sa.select(table).where(table.c.coding.in_(codings)).order_by(*keys)).mappings()
    return {key: list(group) for key, group in groupby(found, lambda row: (row["coding"], row["claim"]))}


def _by_event(
    connection: sa.Connection, table: sa.Table, ids: Sequence[str], order: sa.ColumnElement[object]
) -> dict[str, list[rows.Found]]:
    query = sa.select(table).where(table.c.event.in_(ids)).order_by(table.c.event, order)
    found = connection.execute(query).mappings()
    return {key: list(group) for key, group in groupby(found, lambda row: row["event"])}
