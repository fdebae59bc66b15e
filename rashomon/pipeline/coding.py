"""Reads, codes and resolves; nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rashomon import reading
from rashomon.model import Claim, Report
from rashomon.pipeline.progress import NotCoded, Progress, Silent, Tally
from rashomon.pipeline.workbench import Workbench
from rashomon.reading import ReadOptions, Skipped
from rashomon.settings import Settings

LANGUAGE = "en"
"""The language that the parser's model reads."""


def code(
    sources: Sequence[str],
    settings: Settings,
    progress: Progress | None = None,
    options: ReadOptions | None = None,
    not_coded: Callable[[NotCoded], None] | None = None,
) -> Iterator[Claim]:
    """Only reads, codes and resolves: claims in the order of the sources, as they are found; nothing is stored.

    Args:
        sources: files, folders, or '-'.
        settings: what codes, in how many processes.
        progress: hears how it goes.
        options: how to read the sources.
        not_coded: is told of each report that is not coded, with the reason.

    Raises:
        RashomonError: the settings, the knowledge, or a source as a whole cannot be used.
    """
    for _, claims in code_reports(sources, settings, progress, options, not_coded):
        yield from claims


def code_reports(
    sources: Sequence[str],
    settings: Settings,
    progress: Progress | None = None,
    options: ReadOptions | None = None,
    not_coded: Callable[[NotCoded], None] | None = None,
) -> Iterator[tuple[Report, list[Claim]]]:
    """The same, the claims of each report with the report."""
    tally = Tally(progress or Silent())
    bench = Workbench.of(settings)
    tally.progress.stage("coding", None)
    reports = codable(read_sources(sources, options, bench, tally), not_coded or tally.all_not_coded.append)
    for report, claims in bench.code(reports):
        tally.progress.advance(1)
        yield report, bench.resolver.resolve(claims, report)


def read_sources(
    sources: Sequence[str], options: ReadOptions | None, bench: Workbench, tally: Tally
) -> Iterator[Report]:
    """The reports of all sources; what cannot be used is told and counted."""
    how = replace(options or ReadOptions(), layers=bench.layers, max_characters=bench.settings.max_characters)
    for found in reading.read_all(sources, how, bench.knowledge.outlets, sys.stdin.buffer):
        if isinstance(found, Skipped):
            tally.skipped(found)
        else:
            tally.read += 1
            yield found


def codable(reports: Iterable[Report], not_coded: Callable[[NotCoded], None]) -> Iterator[Report]:
    """Reports in the parser's language; of the others it is told why they are not coded."""
    for report in reports:
        if not report.words:
            not_coded(NotCoded(report.id, report.got_from, "only page furniture, no article"))
        elif report.language not in (LANGUAGE, None):
            not_coded(NotCoded(report.id, report.got_from, f"in the language {report.language!r}, not in English"))
        else:
            yield report
