"""`rashomon knowledge`: the files that the program knows things from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rashomon.cli.console import clean, number_of, out, print_json, table
from rashomon.cli.options import AsJson, settings_of

if TYPE_CHECKING:
    from rashomon.knowledge.check_readers import Reader
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.problem import Problem

app = typer.Typer(no_args_is_help=True, help="The files that the program knows things from.")

PROBLEMS = 1

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="FOLDER",
        help="A folder of your own; without it the one of the settings, or the built-in knowledge alone.",
        show_default=False,
    ),
]
Examples = Annotated[
    bool, typer.Option("--examples/--no-examples", help="Run the sentences that show what each word means.")
]


@app.callback()
def _files() -> None:
    """The files that the program knows things from."""


@app.command("check")
def check(ctx: typer.Context, folder: Folder = None, examples: Examples = True, as_json: AsJson = False) -> None:
    """Check all of it, laid over what is built in, and name every problem with file, line and remedy.

    Exit status 1 where there are problems.
    """
    from rashomon.knowledge.check import check as check_all
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.summary import counts

    settings = settings_of(ctx)
    layers = Layers.over_built_in(folder if folder is not None else settings.knowledge)
    found = check_all(layers, settings.gazetteer, readers())
    problems = list(found.problems)
    if examples and found.knowledge is not None:
        problems += _failing_examples(layers)
    loaded = counts(found.knowledge) if found.knowledge is not None else {}
    if as_json:
        print_json({"problems": [asdict(problem) for problem in problems], "loaded": loaded})
    else:
        _tell(problems, loaded)
    if problems:
        raise typer.Exit(PROBLEMS)


def readers() -> Sequence[Reader]:
    """Who reads the files that knowledge itself does not."""
    from rashomon import ledgers, linking, parsing
    from rashomon.export.digest.phrases import Phrases
    from rashomon.export.profiles.rules import Rules
    from rashomon.reading.days import dateline_words
    from rashomon.reading.furniture import furniture_patterns
    from rashomon.reading.language import language_words

    return (
        linking.Rules.load,
        linking.AccountRules.load,
        ledgers.Rules.load,
        Phrases.load,
        Rules.load,
        dateline_words,
        furniture_patterns,
        language_words,
        parsing.read_shown,
    )


def _failing_examples(layers: Layers) -> list[Problem]:
    """Examples are tried with what ships and the folder alone: imported tables are no part of it."""
    from rashomon import knowledge
    from rashomon.coding.examples import failing
    from rashomon.parsing import load_model

    known = knowledge.load(layers)
    return failing(known, layers, load_model(layers, known.actors))


def _tell(problems: list[Problem], loaded: dict[str, int]) -> None:
    console = out()
    for problem in problems:
        console.print(Text(clean(f"{problem.file}: {problem.where}"), style="bold"), soft_wrap=True)
        console.print(Text(clean(f"  {problem.text}")), soft_wrap=True)
        console.print(Text(clean(f"  {problem.remedy}"), style="dim"), soft_wrap=True)
    if loaded:
        shown = table("known", "number", numbers=("number",))
        for what, number in loaded.items():
            shown.add_row(what, f"{number:,}")
        console.print(shown)
    else:
        console.print("Nothing is loaded until the problems are mended.")
    console.print("No problems." if not problems else f"{number_of(len(problems), 'problem')}.")
