"""`rashomon`: its verbs, and what becomes of errors.

Exit status: 0 where there is a result, even if some of the input was left out (each with a warning); 1 where
what was asked to be checked is not as it should be (`knowledge check`, `link --regressions`); 2 where nothing could be
done: wrong usage, no usable input, nothing of the id asked for, an output that cannot be written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from rashomon import __version__
from rashomon.cli import (
    digesting,
    evaluation,
    exchange,
    gazetteer,
    judging,
    knowledge,
    ledgers,
    reviewing,
    running,
    showing,
    training,
)
from rashomon.cli.console import fail
from rashomon.errors import RashomonError

NOTHING_DONE = 2


class Verbs(TyperGroup):
    """Turns an error that a user can do something about into one line and an exit status."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Runs the verb."""
        try:
            return super().invoke(ctx)
        except RashomonError as error:
            fail(str(error))
            raise typer.Exit(NOTHING_DONE) from error


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Records who claims what in reports about an armed conflict, and lays every side's account side by side.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rashomon {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    settings: Annotated[
        Path | None,
        typer.Option("--settings", metavar="FILE", help="Settings, instead of rashomon.toml here.", show_default=False),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """What stands before the verb; read by whoever needs it."""


app.command("run")(running.run)
app.command("code")(running.code)
app.command("link")(exchange.link)
app.command("export")(exchange.export)
app.command("digest")(digesting.digest)
app.command("evaluate")(evaluation.evaluate)
app.command("review")(reviewing.review)
app.command("train")(training.train)
app.command("report")(showing.report)
app.command("event")(showing.event)
app.command("candidates")(showing.candidates)
app.command("ledger")(ledgers.ledger)
app.command("replay")(ledgers.replay)
app.command("rebuild")(running.rebuild)
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(judging.app, name="judge")
app.add_typer(knowledge.app, name="knowledge")


def main() -> None:
    """What the installed program `rashomon` calls."""
    # Workers share the cores: threads of libraries below numpy would only wait for one another, and sums in another
    # order could differ in the last digit. They read this when they are first loaded.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
