"""What `rashomon evaluate` measures beside scores: days read from words, names and outlets swapped."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from rashomon.cli.console import clean, out, print_json, share_of, table, warn

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from rashomon.evaluate import ReadDays
    from rashomon.model import Claim, Report
    from rashomon.settings import Settings


def days(gold: Path, reports: Path, settings: Settings, *, listing: bool, as_json: bool) -> None:
    """Prints how many hand-coded expressions of time are read as the days that the person gave."""
    from rashomon.evaluate import measure_days
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.wordlists import TimeLexicon

    lexicon = TimeLexicon.load(Layers.over_built_in(settings.knowledge))
    score = measure_days(gold, _reports(reports, settings), lexicon)
    if as_json:
        print_json(score.to_json())
        return
    console = out()
    if listing and score.wrong:
        rows = table("report", "published", "words", "by hand", "read as", title=f"Read otherwise: {len(score.wrong)}")
        for reading in score.wrong:
            rows.add_row(*map(clean, _row(reading)))
        console.print(rows, markup=False)
        console.print()
    share = share_of(score.share, len(score.readings))
    console.print(f"expressions of time read as by hand: {score.right} of {len(score.readings)} ({share})")
    console.print(f"given the day of publication where the hand coding has another: {score.wrong_publication}")


def _row(reading: ReadDays) -> tuple[str, ...]:
    given = reading.given
    read_as = f"{given.start} to {given.end}" if given.start else given.reason
    return reading.report, str(reading.published or "?"), reading.text, " to ".join(map(str, reading.hand)), read_as


def _reports(path: Path, settings: Settings) -> list[Report]:
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.outlets import Outlets
    from rashomon.model import Report
    from rashomon.reading import ReadOptions, read

    reports = []
    for item in read(str(path), ReadOptions(), Outlets.load(Layers.over_built_in(settings.knowledge))):
        if isinstance(item, Report):
            reports.append(item)
        else:
            warn(str(item))
    return reports


def swaps(reports: Path, settings: Settings, *, listing: bool, as_json: bool) -> None:
    """Prints how many claims change where actors, and where outlets, change places."""
    from rashomon.evaluate import measure_swaps
    from rashomon.pipeline.workbench import Workbench

    bench = Workbench.of(settings)
    read = _reports(reports, settings)

    def code(report: Report, doc: Doc) -> list[Claim]:
        return bench.resolver.resolve(bench.coder.code_parsed(report, doc), report)

    score = measure_swaps(read, bench.parser.parse, code, bench.knowledge.actors)
    if as_json:
        print_json(score.to_json())
        return
    console = out()
    if listing and score.changes:
        rows = table("report", "measure", "exchanged", "trigger", "field", "before", "after", title="Changed")
        for change in score.changes:
            rows.add_row(*map(clean, astuple(change)))
        console.print(rows, markup=False)
        console.print()
    figures = table(
        "claims changed by a swap",
        "compared",
        "touched",
        "changed",
        "share",
        numbers=("compared", "touched", "changed", "share"),
    )
    for name, tally in (
        ("of actors", score.actors),
        ("of outlets", score.outlets),
    ):
        figures.add_row(
            name, str(tally.compared), str(tally.touched), str(tally.changed), share_of(tally.share, tally.compared)
        )
    console.print(figures)
