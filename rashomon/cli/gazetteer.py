"""`rashomon gazetteer`: the tables of places."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import out, print_json, table, warn
from rashomon.cli.options import AsJson, settings_of

app = typer.Typer(no_args_is_help=True, help="The tables of places.")

_SHOWN = 10


@app.callback()
def _tables() -> None:
    """The tables of places."""


@app.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="TABLE", help="A tab-separated table of places.")],
    as_json: AsJson = False,
) -> None:
    """Add a table of places to your own folder of tables, for all your projects; again adds nothing twice."""
    from rashomon.knowledge.gazetteer import import_table

    summary = import_table(path, settings_of(ctx).gazetteer)
    for bad in summary.left_out[:_SHOWN]:
        warn(f"{path}:{bad.line}: {bad.reason}; the row is left out")
    if len(summary.left_out) > _SHOWN:
        warn(f"{path}: {len(summary.left_out) - _SHOWN} more rows are left out")
    if as_json:
        print_json(asdict(summary) | {"path": str(summary.path), "written": str(summary.written)})
        return
    console = out()
    replaced = f", {summary.replaced} of them replaced by this table's row" if summary.replaced else ""
    console.print(f"{summary.rows} places: {summary.added} new, {summary.already} already there{replaced}")
    console.print(f"written to {summary.written}", soft_wrap=True, markup=False)
    console.print(
        "Every project that uses this folder of tables knows these places from now on; the setting `gazetteer` gives a "
        "project a folder of its own."
    )
    credits_table = table("source", "licence", "rows", numbers=("rows",))
    for credit in summary.credits:
        credits_table.add_row(credit.source, credit.licence, str(credit.rows))
    console.print(credits_table)
