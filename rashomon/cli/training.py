"""`rashomon train`: a model for the `learned` coder from hand-coded reports."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import number_of, out, progress_bar, say, warn
from rashomon.cli.options import settings_of

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from rashomon.evaluate import Evaluation

_MINUTE = 60  # seconds


def train(
    ctx: typer.Context,
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...", help="Folders, each with hand-coded claims in `claims` and their `reports.json`."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the model.")],
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="CODER",
            help="Go on from a trained coder: 'learned', or a folder. A few dozen reports are enough for that.",
            show_default=False,
        ),
    ] = None,
    encoder: Annotated[
        bool, typer.Option(help="Tune an encoder too: better, and about an hour for four hundred reports.")
    ] = True,
    data: Annotated[
        str,
        typer.Option(metavar="TEXT", help="What reports these are; stands in the model's card.", show_default=False),
    ] = "",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that tune.", show_default=False)] = None,
    seed: Annotated[int, typer.Option(help="For what is drawn by lot; the same seed gives the same model.")] = 0,
) -> None:
    """Train a coder on hand-coded reports, and say what it is worth on reports that did not teach it.

    Run it again after an interruption, and it goes on where it was.
    """
    from rashomon import training

    settings = settings_of(ctx)
    with progress_bar() as bar:
        trained = training.train(
            training.Wish(tuple(gold), output, start, encoder, seed, data),
            replace(settings, workers=workers or settings.workers),
            _Watcher(bar),
        )
    for message in trained.left_out:
        warn(message)
    console = out()
    console.print(
        f"learned/{trained.version} from {number_of(trained.reports, 'report')} "
        f"with {number_of(trained.claims, 'claim')}, in {output}",
        markup=False,
    )
    if trained.before is not None:
        console.print(f"F1 before, on these reports: {_worth(trained.before)}")
    console.print(f"F1 now, each part of the reports judged by what the others taught: {_worth(trained.held)}")


def _worth(what: Evaluation) -> str:
    return f"claims found {what.scores['claims found'].f1:.4f}, all facts {what.scores['all facts'].f1:.4f}"


class _Watcher:
    """Shows how far the training is: a bar on a terminal, else a line for each step and each tenth of it."""

    def __init__(self, bar: Bar | None) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}
        self._begun: dict[str, tuple[float, int]] = {}
        self._said: set[tuple[str, int]] = set()

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._bar is None:
            self._say(step, done, total)
            return
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(step, total=total)
        self._bar.update(self._tasks[step], completed=done, total=total)

    def _say(self, step: str, done: int, total: int) -> None:
        tenth = 10 * done // max(1, total)
        began, first = self._begun.setdefault(step, (time.monotonic(), done))
        if (step, tenth) in self._said:
            return
        self._said.add((step, tenth))
        left = (time.monotonic() - began) / (done - first) * (total - done) if done > first else 0.0
        if left > _MINUTE:
            say(f"{step}: {10 * tenth} %, about {math.ceil(left / _MINUTE)} min left")
        elif done == first:
            say(step)
