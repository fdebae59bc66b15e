"""What `rashomon evaluate` measures beside scores: days read from words, names and outlets swapped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rashomon.cli.console import clean, out, print_json, table, warn

if TYPE_CHECKING:
    from rashomon.evaluate import ReadDays
    from rashomon.model import Report
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
    console.print(f"expressions of time read as by hand: {score.right} of {len(score.readings)} ({score.share:.4f})")
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
