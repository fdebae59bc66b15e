"""Sources -> reports: text, folders, JSON, CSV; with furniture marked, dates found, and copies of a text recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from rashomon.knowledge.outlets import Outlets
from rashomon.model import Report
from rashomon.reading.copies import witnesses
from rashomon.reading.dates import unread_input
from rashomon.reading.options import FIELDS, MAX_CHARACTERS, RawReport, ReadOptions, Skipped, parse_columns
from rashomon.reading.reports import build_report
from rashomon.reading.sources import read_source, too_long

__all__ = [
    "FIELDS",
    "MAX_CHARACTERS",
    "ReadOptions",
    "Skipped",
    "parse_columns",
    "read",
    "read_all",
    "witnesses",
]


def read(
    source: str, options: ReadOptions, outlets: Outlets, stdin: BinaryIO | None = None
) -> Iterator[Report | Skipped]:
    """The reports of one source, one at a time, and what could not be read of it.

    Args:
        source: a text file, a JSON, JSON-lines or CSV file, a folder of such files, or '-' for `stdin`.
        options: columns, limits, order of dates.
        outlets: to name outlets by.
        stdin: what '-' reads: text, JSON, JSON lines, or CSV where `options.columns` is set.

    Yields:
        Each report once, in the order of the source; a `Skipped` for all that is not read, with the reason.

    Raises:
        KnowledgeError: a file of knowledge that reading needs is broken.
    """
    return read_all([source], options, outlets, stdin)


def read_all(
    sources: Iterable[str], options: ReadOptions, outlets: Outlets, stdin: BinaryIO | None = None
) -> Iterator[Report | Skipped]:
    """As `read` for several sources: a report that stands in two of them comes once."""
    seen: dict[str, tuple[str, str]] = {}
    for source in sources:
        for item in read_source(source, options, stdin):
            if isinstance(item, Skipped):
                yield item
            else:
                yield from _read_one(item, options, outlets, seen)


def _read_one(
    raw: RawReport, options: ReadOptions, outlets: Outlets, seen: dict[str, tuple[str, str]]
) -> Iterator[Report | Skipped]:
    if not raw.text.strip():
        yield Skipped(raw.where, raw.line, "this report is empty" + (f" (report {raw.id})" if raw.id else ""))
        return
    if refused := too_long(raw, options):
        yield refused
        return
    report = build_report(raw, options, outlets)
    place = raw.where + (f":{raw.line}" if raw.line is not None else "")
    if known := seen.get(report.id):
        if known[0] == report.hash:
            yield Skipped(raw.where, raw.line, f"the same report as in {known[1]} (report {report.id}); read once")
            return
        report = replace(report, id=f"{report.id}~{report.hash[:8]}")
        if report.id in seen:
            yield Skipped(
                raw.where, raw.line, f"the same report as in {seen[report.id][1]} (report {report.id}); read once"
            )
            return
        reason = f"another text with the id of {known[1]}; it is kept as report {report.id}"
        yield Skipped(raw.where, raw.line, reason, "Give each report an id of its own", kept=True)
    seen[report.id] = (report.hash, place)
    if unread := unread_input(report.publication):
        known_day = (
            f"the page's own date counts, {report.publication.day}" if report.publication.day else "it is undated"
        )
        reason = f"{unread}: report {report.id} is kept, and {known_day}"
        yield Skipped(raw.where, raw.line, reason, "Write the day as 2018-04-17", kept=True)
    if report.words == 0:
        yield Skipped(
            raw.where, raw.line, f"nothing but page furniture (report {report.id}): no words to code", kept=True
        )
    yield report
