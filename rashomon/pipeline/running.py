"""Runs over sources into a store, and makes anew what a store derives.

A run goes over its sources in three steps, each a stage for `Progress`:

1. reading: reports are stored as they come, batch by batch;
2. coding: those that this coder version has not coded on this knowledge are parsed and coded, batch by batch;
3. linking: all claims of the store by this coder are resolved, amended and linked to events, in one transaction.

A run that is broken off leaves whole batches and the events of the run before; the next one goes on from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import batched

from rashomon.model import Claim, Report
from rashomon.pipeline.coding import codable, read_sources
from rashomon.pipeline.deriving import derive, derive_again
from rashomon.pipeline.progress import Progress, RunSummary, Silent, Tally
from rashomon.pipeline.workbench import BATCH, Workbench
from rashomon.reading import ReadOptions, Skipped
from rashomon.settings import Settings
from rashomon.store import ClaimFilter, Kept, Store, Writer


def utc_now() -> dt.datetime:
    """The machine's clock: a store remembers when a run was, and nothing else depends on it."""
    return dt.datetime.now(dt.UTC)


def run(
    sources: Sequence[str],
    settings: Settings,
    progress: Progress | None = None,
    options: ReadOptions | None = None,
    clock: Callable[[], dt.datetime] = utc_now,
) -> RunSummary:
    """Reads sources, codes what is new in them, and brings the store's events up to date.

    Args:
        sources: files, folders, or '-'.
        settings: where the store is, what codes, in how many processes.
        progress: hears how it goes.
        options: how to read the sources.
        clock: tells when the run starts and ends.

    Raises:
        RashomonError: the settings, the knowledge, the store, or a source as a whole cannot be used.
    """
    tally = Tally(progress or Silent())
    with Store.open(settings.store, create=True) as store:
        bench = Workbench.of(settings)
        with store.writing() as writer:
            number = writer.start_run(bench.record(clock()))
        to_code = _take_in(read_sources(sources, options, bench, tally), store, bench, number, tally)
        _code_into(store, to_code, bench, number, tally)
        return tally.summary(derive(store, bench, number, tally, clock))


def rebuild(
    settings: Settings, progress: Progress | None = None, clock: Callable[[], dt.datetime] = utc_now
) -> RunSummary:
    """Drops what is derived in a store and makes it anew from reports, claims and judgements; nothing is coded.

    Events that keep most of their claims keep their ids.

    Args:
        settings: where the store is, and whose claims to link.
        progress: hears how it goes.
        clock: tells when this starts and ends.

    Raises:
        RashomonError: the settings, the knowledge or the store cannot be used.
    """
    with Store.open(settings.store) as store:
        return derive_again(store, Workbench.of(settings), progress or Silent(), clock, anew=True)


# --- reading ----------------------------------------------------------------------------------------------------------


def _take_in(reports: Iterable[Report], store: Store, bench: Workbench, run: int, tally: Tally) -> list[str]:
    """Stores reports as they come; returns the ids of those that are to be coded, in order."""
    to_code: list[str] = []
    tally.progress.stage("reading", None)
    for batch in batched(reports, BATCH):
        with store.writing() as writer:
            kept = [_keep(report, writer, run, tally) for report in batch]
            to_code += [
                report.id
                for report in codable(kept, tally.all_not_coded.append)
                if not writer.use_coding(report.id, bench.signature, bench.basis(report), run)
            ]
        tally.progress.advance(len(batch))
    return to_code


def _keep(report: Report, writer: Writer, run: int, tally: Tally) -> Report:
    """Stores a report; where another text has its id, under an id of its own, as reading does within one run."""
    before, _, own = report.id.rpartition("~")
    if own == report.hash[:8] and writer.holds(before, report.hash):
        report = replace(report, id=before)  # an earlier run read the two texts of this id in the other order
    kept = writer.add_report(report, run)
    if kept is Kept.OTHER_TEXT:
        reason = f"another text in the store has the id {report.id}"
        report = replace(report, id=f"{report.id}~{report.hash[:8]}")
        kept = writer.add_report(report, run)
        reason += f"; this one is kept as report {report.id}"
        tally.skipped(Skipped(report.got_from, None, reason, "Give each report an id of its own", kept=True))
    tally.new_reports += kept is Kept.NEW
    return report


# --- coding ---------------------------------------------------------------------------------------------------------


def _code_into(store: Store, ids: Sequence[str], bench: Workbench, run: int, tally: Tally) -> None:
    """Codes reports of the store, and stores their claims batch by batch, as coded."""
    tally.progress.stage("coding", len(ids))
    if not ids:  # the language model, which takes seconds to load, is not needed
        return
    reports = (report for some in batched(ids, BATCH) for report in store.view.reports(some))
    for batch in batched(_counted(bench.code(reports), tally), BATCH):
        ids = [report.id for report, _ in batch]
        before = store.view.claims(ClaimFilter(reports=ids, coder=bench.coder.name, as_coded=True))
        anew = len(store.view.codings(bench.coder.name, ids))
        tally.found([claims for _, claims in batch], anew, {claim.id for claim in before})
        with store.writing() as writer:
            for report, claims in batch:
                writer.add_coding(report.id, bench.signature, bench.basis(report), claims, run)


def _counted(coded: Iterable[tuple[Report, list[Claim]]], tally: Tally) -> Iterator[tuple[Report, list[Claim]]]:
    for report, claims in coded:
        tally.progress.advance(1)
        yield report, claims
