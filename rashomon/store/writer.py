"""Writes into a store, inside one transaction: all of it is kept, or nothing.

What is kept is only ever added to. A coded claim is never changed: another version of the coder, or the same on other
knowledge, makes a coding of its own beside the old one, and the coding used last is the current one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from rashomon.errors import NotFoundError, StoreError
from rashomon.model import Candidate, Claim, Event, Judgement, JudgementKind, Report, Witness
from rashomon.store import rows
from rashomon.store import tables as t

_MANY = 500

# Made once: building a statement takes longer than running it.
_REPORT = sa.select(t.reports).where(t.reports.c.id == sa.bindparam("wanted"))
_USE_CODING = (
    t.codings.update()
    .where(
        t.codings.c.report == sa.bindparam("wanted_report"),
        t.codings.c.coder == sa.bindparam("wanted_coder"),
        t.codings.c.version == sa.bindparam("wanted_version"),
        t.codings.c.basis == sa.bindparam("wanted_basis"),
    )
    .values(used=sa.bindparam("now_used"))
)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run is remembered by.

    Attributes:
        started: when (ISO 8601, UTC).
        rashomon: the program's version.
        coder, coder_version: what coded.
        knowledge: fingerprint of the knowledge.
        libraries: versions of the libraries and models that the result depends on, by name.
    """

    started: str
    rashomon: str
    coder: str
    coder_version: str
    knowledge: str
    libraries: Mapping[str, str] = field(default_factory=dict)


class Kept(StrEnum):
    """What became of a report that was handed to the store."""

    NEW = "new"
    KNOWN = "known"
    READ_ANEW = "read anew"  # the same text, but the day, the furniture or another thing read from it has changed
    OTHER_TEXT = "other text"  # its id is taken by another text; nothing was written


class Writer:
    """Writes on one open transaction; made by `Store.writing`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    # --- runs -------------------------------------------------------------------------------------------------------

    def start_run(self, run: RunRecord) -> int:
        """Notes that a run has started, and returns its number."""
        values = {
            "started": run.started,
            "rashomon": run.rashomon,
            "coder": run.coder,
            "coder_version": run.coder_version,
            "knowledge": run.knowledge,
            "libraries": dict(sorted(run.libraries.items())),
        }
        return self._number(t.runs, values)

    def finish_run(self, run: int, finished: str) -> None:
        """Notes that all of a run, its events too, is in the store."""
        self._connection.execute(t.runs.update().where(t.runs.c.id == run).values(finished=finished))

    # --- what is kept -----------------------------------------------------------------------------------------------

    def add_report(self, report: Report, run: int) -> Kept:
        """Keeps a report once.

        Where the same text came before, only what was read from it (day, furniture, language, ...) is brought up to
        date. Where another text has its id, nothing is written: claims point at the characters of the first.
        """
        row = rows.report_to_row(report)
        found = self._connection.execute(_REPORT, {"wanted": report.id}).mappings().first()
        if found is None:
            self._connection.execute(t.reports.insert(), row | {"run": run})
            return Kept.NEW
        if found["hash"] != report.hash or found["text"] != report.text:
            return Kept.OTHER_TEXT
        changed = {key: value for key, value in row.items() if key != "got_from" and found[key] != value}
        if not changed:
            return Kept.KNOWN
        self._connection.execute(t.reports.update().where(t.reports.c.id == report.id).values(changed))
        return Kept.READ_ANEW

    def holds(self, report: str, text_hash: str) -> bool:
        """Whether a report is kept under this id with the text that has this hash."""
        found = self._connection.execute(_REPORT, {"wanted": report}).mappings().first()
        return found is not None and bool(found["hash"] == text_hash)

    def use_coding(self, report: str, coder: str, basis: str, run: int) -> bool:
        """Makes the coding of a report by this coder version on this basis current, where there is one.

        Args:
            report: the report's id.
            coder: name and version, as 'rules/1'.
            basis: fingerprint of what the coder works on.
            run: number of the run that uses it.

        Returns:
            Whether there is one, so that the report need not be coded again.
        """
        name, version = rows.name_and_version(coder)
        values = {"wanted_report": report, "wanted_coder": name, "wanted_version": version, "wanted_basis": basis}
        found = self._connection.execute(_USE_CODING, values | {"now_used": run})
        return bool(found.rowcount)

    def add_coding(self, report: str, coder: str, basis: str, claims: Sequence[Claim], run: int) -> None:
        """Keeps the claims that a coder version found in a report (possibly none), with what they resolved to.

        Args:
            report: the report's id; it is in the store.
            coder: name and version, as 'rules/1'.
            basis: fingerprint of what the coder worked on.
            claims: all its claims of that report, in the coder's order.
            run: number of the run that coded.

        Raises:
            ValueError: a claim of another report or coder.
        """
        if any(claim.report != report or claim.coder != coder for claim in claims):
            raise ValueError(f"not all claims are of report {report} by {coder}")
        name, version = rows.name_and_version(coder)
        values = {"report": report, "coder": name, "version": version, "basis": basis, "run": run, "used": run}
        coding = self._number(t.codings, values)
        coded = [rows.claim_to_row(claim, position) | {"coding": coding} for position, claim in enumerate(claims)]
        self._insert(t.claims, coded)
        self._insert_resolutions(coding, claims)

    def add_judgement(self, judgement: Judgement) -> bool:
        """Keeps a judgement after all earlier ones; the same one again is not kept twice.

        Returns:
            Whether it is new.

        Raises:
            StoreError: another judgement has its id.
            NotFoundError: the claim or judgement that it is about is not in the store.
        """
        query = sa.select(t.judgements).where(t.judgements.c.id == judgement.id)
        found = self._connection.execute(query).mappings().first()
        if found is not None:
            if rows.judgement_from_row(found) != judgement:
                raise StoreError(
                    f"judgement {judgement.id}: another one has this id. Give the new one an id of its own"
                )
            return False
        self._check_subject(judgement)
        self._connection.execute(t.judgements.insert(), rows.judgement_to_row(judgement))
        return True

    def _check_subject(self, judgement: Judgement) -> None:
        column = t.judgements.c.id if judgement.kind is JudgementKind.WITHDRAW else t.claims.c.id
        for subject in (judgement.subject, judgement.other):
            if subject is not None and not self._connection.scalar(sa.select(sa.func.count()).where(column == subject)):
                raise NotFoundError(f"judgement {judgement.id}: nothing in the store has the id {subject}")

    # --- what is derived --------------------------------------------------------------------------------------------

    def put_resolutions(self, claims: Iterable[Claim], codings: Mapping[str, int]) -> None:
        """Replaces what claims were resolved to.

        Args:
            claims: resolved claims; all of a report together.
            codings: the current coding of each of their reports.
        """
        by_coding: dict[int, list[Claim]] = {coding: [] for coding in codings.values()}
        for claim in claims:
            by_coding[codings[claim.report]].append(claim)
        for start in range(0, len(by_coding), _MANY):
            some = list(by_coding)[start : start + _MANY]
            for table in t.OF_RESOLUTIONS:
                self._connection.execute(table.delete().where(table.c.coding.in_(some)))
            for coding in some:
                self._insert_resolutions(coding, by_coding[coding])

    def put_witnesses(self, witnesses: Mapping[str, Witness]) -> None:
        """Replaces the groups of copied texts."""
        self._connection.execute(t.copies.delete())
        self._insert(t.copies, [{"report": key, "copies": witnesses[key].copies} for key in sorted(witnesses)])

    def put_events(self, events: Sequence[Event]) -> None:
        """Replaces all events; what hung on them is empty then."""
        for table in t.OF_EVENTS:
            self._connection.execute(table.delete())
        self._insert(t.events, [rows.event_to_row(event) for event in events])
        self._insert(t.event_claims, [{"event": e.id, "claim": claim} for e in events for claim in e.claims])
        self._insert(t.event_aliases, [{"event": e.id, "alias": alias} for e in events for alias in e.aliases])
        self._insert(
            t.event_accounts,
            [
                {"event": e.id, "position": n, "field": a.field, "value": a.value, "claims": list(a.claims)}
                for e in events
                for n, a in enumerate(e.accounts)
            ],
        )

    def put_candidates(self, candidates: Iterable[Candidate]) -> None:
        """Replaces what events could be one; the events must be there."""
        self._connection.execute(t.event_candidates.delete())
        self._insert(t.event_candidates, [rows.candidate_to_row(one) for one in candidates])

    def put_marks(self, marks: Mapping[str, str]) -> None:
        """Replaces the fingerprints of what events were made from."""
        self._connection.execute(t.event_marks.delete())
        self._insert(t.event_marks, [{"name": name, "mark": marks[name]} for name in sorted(marks)])

    def drop_derived(self) -> None:
        """Empties everything that can be rebuilt from reports, claims and judgements."""
        for table in t.DERIVED:
            self._connection.execute(table.delete())

    def _insert_resolutions(self, coding: int, claims: Iterable[Claim]) -> None:
        made = list(claims)
        for table, to_rows in (
            (t.actor_resolutions, rows.actors_to_rows),
            (t.place_resolutions, rows.places_to_rows),
            (t.day_resolutions, rows.days_to_rows),
        ):
            self._insert(table, [row | {"coding": coding} for claim in made for row in to_rows(claim)])

    def _number(self, table: sa.Table, values: dict[str, Any]) -> int:
        """Adds a row, and returns the number that the database gives it."""
        key = self._connection.execute(table.insert(), values).inserted_primary_key
        if key is None:
            raise ValueError("the table gives no numbers")
        return int(key[0])

    def _insert(self, table: sa.Table, values: list[dict[str, Any]]) -> None:
        if values:
            self._connection.execute(table.insert(), values)
