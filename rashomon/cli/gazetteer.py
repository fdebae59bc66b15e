"""`rashomon gazetteer`: the tables of places."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import number_of, out, print_json, progress_bar, table, warn
from rashomon.cli.options import AsJson, settings_of

if TYPE_CHECKING:
    from rich.progress import TaskID

app = typer.Typer(no_args_is_help=True, help="The tables of places.")

_SHOWN = 10


@app.callback()
def _tables() -> None:
    """The tables of places."""


@app.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="TABLE", help="A table of places, tab-separated or CSV: name, lat, lon, and more.")
    ],
    as_json: AsJson = False,
) -> None:
    """Add a table of places to your own folder of tables, for all your projects; again adds nothing twice."""
    from rashomon.knowledge.gazetteer import import_table

    summary = import_table(path, settings_of(ctx).gazetteer)
    for bad in summary.left_out[:_SHOWN]:
        warn(f"{path}:{bad.line}: {bad.reason}; the row is left out")
    if len(summary.left_out) > _SHOWN:
        warn(f"{path}: {len(summary.left_out) - _SHOWN} more rows are left out")
    for doubt in summary.doubts[:_SHOWN]:
        warn(f"{path}:{doubt.line}: {doubt.reason}; the row is taken as it is")
    if len(summary.doubts) > _SHOWN:
        warn(f"{path}: {len(summary.doubts) - _SHOWN} more rows are doubtful")
    if as_json:
        print_json(asdict(summary) | {"path": str(summary.path), "written": str(summary.written)})
        return
    console = out()
    replaced = f", {summary.replaced} of them replaced by this table's row" if summary.replaced else ""
    console.print(f"{number_of(summary.rows, 'place')}: {summary.added} new, {summary.already} already there{replaced}")
    console.print(f"written to {summary.written}", soft_wrap=True, markup=False)
    console.print(
        "Every project that uses this folder of tables knows these places from now on; the setting `gazetteer` gives a "
        "project a folder of its own."
    )
    credits_table = table("source", "licence", "rows", numbers=("rows",))
    for credit in summary.credits:
        credits_table.add_row(credit.source, credit.licence, str(credit.rows))
    console.print(credits_table)


@app.command()
def get(
    ctx: typer.Context,
    countries: Annotated[
        list[str], typer.Argument(metavar="COUNTRY...", help="Two-letter codes, as in SY IQ.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Get the places of whole countries from GeoNames into your own folder of tables; again brings them up to date."""
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.geonames import Kinds, get_country

    settings = settings_of(ctx)
    kinds = Kinds.load(Layers.over_built_in(settings.knowledge))
    with progress_bar() as bar:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, total: int | None) -> None:
            if bar is not None:
                task = tasks[name] if name in tasks else tasks.setdefault(name, bar.add_task(name))
                bar.update(task, completed=done, total=total)

        got = [
            get_country(country, settings.gazetteer, kinds, base=settings.geonames, progress=show)
            for country in dict.fromkeys(code.strip().upper() for code in countries)
        ]
    if as_json:
        print_json([asdict(one) | {"written": str(one.written)} for one in got])
        return
    console = out()
    for one in got:
        console.print(f"{one.country}: {number_of(one.rows, 'place')}", markup=False)
        console.print(f"written to {one.written}", soft_wrap=True, markup=False)
    console.print("Places by GeoNames (geonames.org), licence CC BY 4.0: name it where you publish what rests on them.")
