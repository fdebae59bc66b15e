"""Options that several verbs share, and the settings that they come to."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.model import Profile

if TYPE_CHECKING:
    from rashomon.settings import Settings

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Text files, folders, CSV files, JSON or JSON-lines files of {id, outlet, published, title, text}, or - "
        "for standard input.",
        show_default=False,
    ),
]
StorePath = Annotated[
    str | None,
    typer.Option("--store", metavar="PATH", help="The store: a file, or the URL of a database.", show_default=False),
]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE|-", help="Where to write; - is standard output.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of what people read.")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="FIELD=COLUMN,...",
        help="Which columns of a CSV hold what, as in text=body,outlet=source.",
        show_default=False,
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="P",
        min=0,
        max=1,
        help="Leave out claims whose confidence is below P, 0 to 1; those without one stay.",
        show_default=False,
    ),
]
ProfileName = Annotated[
    Profile | None,
    typer.Option(
        "--profile",
        help="For whom it is: public and partner leave out names of private persons, public also places of hospitals, "
        "camps and of movements still to come. Not given: `profile` of the settings.",
        show_default=False,
    ),
]
Coder = Annotated[
    str | None,
    typer.Option(
        "--coder", metavar="NAME", help="Which coder to use, or the folder of a trained one.", show_default=False
    ),
]


def settings_of(
    ctx: typer.Context,
    *,
    store: str | None = None,
    out: str | None = None,
    coder: str | None = None,
    profile: Profile | None = None,
) -> Settings:
    """The settings of rashomon.toml and the environment, with what the command line says over them.

    Raises:
        SettingsError: one of them cannot be used.
    """
    from rashomon import settings

    given = ctx.find_root().params.get("settings")
    loaded = settings.Settings.load(given or settings.find(Path.cwd()), os.environ)
    if store is not None:
        loaded = replace(loaded, store=settings.store_target(store, Path()))
    if out is not None:
        loaded = replace(loaded, out=Path(out).expanduser())
    if profile is not None:
        loaded = replace(loaded, profile=profile)
    return replace(loaded, coder=coder) if coder is not None else loaded
