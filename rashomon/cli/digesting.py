"""`rashomon digest`: what was reported in some days, by area."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import STANDARD, number_of, open_output, say, warn
from rashomon.cli.exchange import witnessed_view
from rashomon.cli.options import Output, ProfileName, StorePath, settings_of
from rashomon.errors import InputError

_HOURS = 24  # of a day: closer than that no publication is known


class Form(StrEnum):
    """What a digest can be written as."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"


def digest(
    ctx: typer.Context,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="The last day, as 2018-04-09; without it the last day of publication in the store.",
            show_default=False,
        ),
    ] = None,
    hours: Annotated[
        int, typer.Option(metavar="N", min=1, help="How far back, in whole days: 24 is that day alone, 48 two days.")
    ] = _HOURS,
    area: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only a governorate, a place or a country, in any spelling.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format", help="What to write; without it, what the name of FILE ends in, or md.", show_default=False
        ),
    ] = None,
    store: StorePath = None,
    output: Output = STANDARD,
    profile: ProfileName = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the digest as data instead.")] = False,
) -> None:
    """Write what was reported, by area: who says that what happened, who denies it, and what is said to be planned.

    The most corroborated and the most contested come first. Each line says who says so, and names its reports.
    """
    from rashomon.export import digest as digests
    from rashomon.knowledge.files import Layers
    from rashomon.store import Store

    wanted = _form(form, output, as_json=as_json)
    days = -(-hours // _HOURS)
    if hours % _HOURS:
        say(f"{hours} hours are {number_of(days, 'day')} here: of a report the day of publication is known, no hour")
    settings = settings_of(ctx, store=store, profile=profile)
    kit = digests.Kit.load(Layers.over_built_in(settings.knowledge), settings.gazetteer)
    with Store.open(settings.store) as opened:
        view = witnessed_view(opened.view, opened.view.witnesses(), settings)
        made = digests.make_digest(view, view.witnesses(), kit, digests.Asked(_day(date), days, area))
    if not made.figures.reports:
        warn(f"no report of the store was published from {made.first} to {made.last}")
    write = {Form.MARKDOWN: digests.render_markdown, Form.HTML: digests.render_html, Form.PDF: digests.render_pdf}
    content = digests.render_json(made) if wanted is None else write[wanted](made)
    with open_output(output) as stream:
        stream.write(content)
    if output != STANDARD:
        covered = f"{made.first}" if made.first == made.last else f"{made.first} to {made.last}"
        counts = f"{number_of(made.figures.events, 'event')} in {number_of(made.figures.reports, 'report')}"
        say(f"{covered}: {counts}, {made.figures.undated} without a day left out: {output}")


def _form(form: Form | None, output: str, *, as_json: bool) -> Form | None:
    """What to write; None for data.

    Raises:
        InputError: both are asked for, or a PDF on standard output.
    """
    if as_json:
        if form is not None:
            raise InputError("--json and --format exclude each other", remedy="Give one of them")
        return None
    ending = Path(output).suffix.removeprefix(".").lower()
    wanted = form or (Form(ending) if ending in set(Form) else Form.MARKDOWN)
    if wanted is Form.PDF and output == STANDARD:
        raise InputError("a PDF is not written to standard output", remedy="Say where with -o FILE.pdf")
    return wanted


def _day(date: str | None) -> dt.date | None:
    """The day that is asked for.

    Raises:
        InputError: it is none.
    """
    try:
        return dt.date.fromisoformat(date) if date is not None else None
    except ValueError as error:
        raise InputError(f"--date {date} is no day", remedy="Write it as in 2018-04-09") from error
