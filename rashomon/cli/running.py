"""`rashomon run`, `code` and `rebuild`: what reads, codes and stores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import STANDARD, number_of, open_output, out, print_json, progress_bar, say, table, warn
from rashomon.cli.exchange import shown_view
from rashomon.cli.options import (
    AsJson,
    Coder,
    Columns,
    MinConfidence,
    Output,
    ProfileName,
    Sources,
    StorePath,
    settings_of,
)
from rashomon.errors import InputError, OutputError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from rashomon.export import Surer
    from rashomon.model import Claim
    from rashomon.pipeline.progress import NotCoded, RunSummary, StoreSummary
    from rashomon.reading import ReadOptions, Skipped
    from rashomon.settings import Settings

PAGE = "index.html"
_SHOWN = 20  # warnings of one kind that are printed one by one


class Watcher:
    """Shows on stderr how a run goes: a bar on a terminal, and a warning for each piece of input that is left out."""

    def __init__(self, bar: Bar | None = None) -> None:
        self.reports = 0
        self._bar = bar
        self._task: TaskID | None = None
        self._warnings = 0
        self._told: list[str] = []

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins."""
        if self._bar is not None:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(name, total=total)

    def advance(self, count: int) -> None:
        """So many more are done."""
        self.reports += count
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)

    def skipped(self, what: Skipped) -> None:
        """A piece of the input is left out, or there is something to tell about it."""
        if what.kept:
            self._told.append(what.reason)
        self._warn(str(what))

    def not_coded(self, what: NotCoded) -> None:
        """A report is kept, and not coded; reading may have told so."""
        self.reports += 1
        if not any(f"(report {what.report})" in reason for reason in self._told):
            self._warn(f"{what.where}: report {what.report} is kept, and not coded: {what.reason}")

    def _warn(self, message: str) -> None:
        self._warnings += 1
        if self._warnings <= _SHOWN:
            warn(message, self._bar.console if self._bar is not None else None)

    def finish(self) -> None:
        """Says how many warnings were not shown."""
        if self._warnings > _SHOWN:
            warn(f"{self._warnings - _SHOWN} more such warnings are not shown")


def read_options(columns: str | None) -> ReadOptions:
    """How to read the sources.

    Raises:
        SettingsError: `columns` is no list of field=column.
    """
    from rashomon.reading import ReadOptions, parse_columns

    return ReadOptions(columns=parse_columns(columns)) if columns is not None else ReadOptions()


def coded_claims(sources: list[str], settings: Settings, columns: str | None) -> Iterator[Claim]:
    """Claims of all sources as they are found, with a bar and warnings on stderr.

    Raises:
        InputError: there is no report in the sources.
    """
    from rashomon.pipeline import coding

    options = read_options(columns)
    with progress_bar() as bar:
        watcher = Watcher(bar)
        yield from coding.code(sources, settings, watcher, options, watcher.not_coded)
        watcher.finish()
    if not watcher.reports:
        raise _nothing(sources)


def _nothing(sources: list[str]) -> InputError:
    return InputError(f"no usable report in {', '.join(sources)}", remedy="Check the paths, and the warnings above")


def code(
    ctx: typer.Context,
    sources: Sources,
    output: Output = STANDARD,
    columns: Columns = None,
    coder: Coder = None,
    min_confidence: MinConfidence = None,
) -> None:
    """Read, code and resolve: one claim a line as JSON; nothing is stored."""
    from rashomon import wire

    count = 0
    surer = _surer(min_confidence)
    with open_output(output) as stream:
        claims = coded_claims(sources, settings_of(ctx, coder=coder), columns)
        for claim in claims if surer is None else surer.of(claims):
            stream.write(wire.dump_line(wire.claim_to_json(claim)))
            count += 1
    if surer is not None:
        say(str(surer))
    if output != STANDARD:
        say(f"{number_of(count, 'claim')}: {output}")


def _surer(least: float | None) -> Surer | None:
    """What leaves out claims below `least`; None where that was not asked, and nothing of it is loaded then."""
    if least is None:
        return None
    from rashomon.export import Surer

    return Surer(least)


def run(
    ctx: typer.Context,
    sources: Sources,
    store: StorePath = None,
    out_folder: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Folder that exports are written to.", show_default=False)
    ] = None,
    columns: Columns = None,
    coder: Coder = None,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Read, code, resolve, link, store and export. Running it again adds nothing twice."""
    from rashomon.pipeline import running

    settings = settings_of(ctx, store=store, out=out_folder, coder=coder, profile=profile)
    _check_folder(settings.out)
    options = read_options(columns)
    with progress_bar() as bar:
        watcher = Watcher(bar)
        summary = running.run(sources, settings, watcher, options)
        for report in summary.not_coded:
            watcher.not_coded(report)
        watcher.finish()
    if not summary.read:
        raise _nothing(sources)
    written = _export(settings)
    _show(summary, settings, written, as_json=as_json)


def rebuild(ctx: typer.Context, store: StorePath = None, as_json: AsJson = False) -> None:
    """Drop what is derived in the store (resolutions, events) and make it anew; nothing is coded."""
    from rashomon.pipeline import running

    settings = settings_of(ctx, store=store)
    with progress_bar() as bar:
        watcher = Watcher(bar)
        summary = running.rebuild(settings, watcher)
        watcher.finish()
    _show(summary, settings, [], as_json=as_json)


def _check_folder(folder: Path) -> None:
    """Finds out before the work, not after it, that the results cannot be written.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".rashomon-"):
            pass
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{folder}: cannot be written: {why}. Choose another folder, or make this one writable"
        ) from error


def _export(settings: Settings) -> list[Path]:
    """Every export of the store, and the page, in the folder of the settings."""
    from rashomon.export import FORMATS, ProfiledView, export, open_atomically, write_atomically
    from rashomon.export.page import render_page
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.labels import LabelLexicon
    from rashomon.knowledge.ontology import Ontology
    from rashomon.knowledge.outlets import Outlets
    from rashomon.linking import AccountRules, Rules
    from rashomon.store import Store

    layers = Layers.over_built_in(settings.knowledge)
    written = []
    with Store.open(settings.store) as store:
        view = shown_view(store.view, settings)
        witnesses = store.view.witnesses()
        for form in FORMATS.values():
            path = settings.out / form.file
            with open_atomically(path) as stream:
                export(form.name, view, stream)
            written.append(path)
        page = render_page(
            view,
            Ontology.load(layers),
            Outlets.load(layers),
            view.witnesses(witnesses) if isinstance(view, ProfiledView) else witnesses,
            labels=LabelLexicon.load(layers),
            rules=Rules.load(layers),
            ways=AccountRules.load(layers),
            judgements=store.view.decided(settings.coder_name).judgements,
        )
        if isinstance(view, ProfiledView):
            say(view.summary())
    write_atomically(settings.out / PAGE, page)
    return [*written, settings.out / PAGE]


def _show(summary: RunSummary, settings: Settings, written: list[Path], *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(summary) | {"store_path": str(settings.store), "written": [str(path) for path in written]})
        return
    console = out()
    console.print(_counts(summary.store, settings.store))
    if summary.read:
        known = summary.read - summary.new_reports
        anew = f" ({summary.coded_anew} anew because the knowledge or the coder changed)" if summary.coded_anew else ""
        console.print(
            f"This time: {number_of(summary.read, 'report')} read, {known} of them already there; "
            f"{summary.coded} coded{anew}, with {number_of(summary.new_claims, 'new claim')}; "
            f"{number_of(len(summary.skipped), 'piece')} of input left out."
        )
    for path in written:
        console.print(f"written: {path}", soft_wrap=True, markup=False)
    pages = [path for path in written if path.suffix == ".html"]
    for path in pages:
        console.print(f"Open {path} in a browser.", soft_wrap=True, markup=False, style="bold")


def _counts(store: StoreSummary, path: object) -> object:
    rows = table("in the store", "", numbers=("",))
    rows.add_row("reports", str(store.reports))
    rows.add_row("  of them copies of another text", str(store.copies))
    rows.add_row("  of them with an unknown date", str(store.undated))
    rows.add_row("claims", str(store.claims))
    rows.add_row("  places not located", str(store.places_not_located))
    rows.add_row("  dates not known", str(store.days_not_known))
    rows.add_row("events", str(store.events))
    return rows
