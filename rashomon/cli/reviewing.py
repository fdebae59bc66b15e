"""`rashomon review`: coded reports as sheets that a person corrects."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import number_of, out, progress_bar
from rashomon.cli.options import Coder, Columns, Sources, settings_of
from rashomon.cli.running import Watcher, read_options
from rashomon.errors import InputError


def review(
    ctx: typer.Context,
    sources: Sources,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the sheets.")],
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=1, help="Only the first N sheets.", show_default=False)
    ] = None,
    columns: Columns = None,
    coder: Coder = None,
) -> None:
    """Code reports and write their claims as sheets to correct by hand, the least certain first.

    Corrected sheets are hand-coded reports: `rashomon train` learns from them, `rashomon evaluate` scores against them.
    """
    from rashomon import review as room
    from rashomon.pipeline import coding

    with progress_bar() as bar:
        watcher = Watcher(bar)
        coded = list(
            coding.code_reports(
                sources, settings_of(ctx, coder=coder), watcher, read_options(columns), watcher.not_coded
            )
        )
        watcher.finish()
    if not coded:
        raise InputError(f"no usable report in {', '.join(sources)}", remedy="Check the paths, and the warnings above")
    sheets = room.least_sure_first(coded, most)
    room.write(sheets, output)
    out().print(
        f"{number_of(len(sheets), 'sheet')} in {output / room.TO_CHECK}. Correct each, and move it to "
        f"{output / room.CLAIMS}",
        markup=False,
    )
