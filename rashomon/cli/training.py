"""`rashomon train`: a model for the `learned` coder from hand-coded reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import number_of, out, progress_bar, say
from rashomon.cli.options import settings_of

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


def train(
    ctx: typer.Context,
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...", help="Folders, each with hand-coded claims in `claims` and their `reports.json`."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the model.")],
    seed: Annotated[int, typer.Option(help="For what is drawn by lot; the same seed gives the same model.")] = 0,
) -> None:
    """Train a model for the `learned` coder, and say what it is worth on reports that did not teach it."""
    from rashomon import training

    with progress_bar() as bar:
        trained = training.train(gold, output, settings_of(ctx), seed, _Watcher(bar))
    console = out()
    console.print(
        f"learned/{trained.version} from {number_of(trained.reports, 'report')} "
        f"with {number_of(trained.claims, 'claim')}, in {output}",
        markup=False,
    )
    console.print(f"F1 on parts that taught nothing: claims {trained.worth.found:.4f}, facts {trained.worth.facts:.4f}")


class _Watcher:
    """Shows how far the training is: a bar on a terminal, else one line for each step."""

    def __init__(self, bar: Bar | None) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}
        self._said: set[str] = set()

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._bar is None:
            if step not in self._said:
                self._said.add(step)
                say(step)
            return
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(step, total=total)
        self._bar.update(self._tasks[step], completed=done)
