"""`rashomon link` and `rashomon export`: claims in, events out; a store in, files out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import STANDARD, open_output, read_lines, say, warn
from rashomon.cli.options import AsJson, MinConfidence, Output, ProfileName, StorePath, settings_of
from rashomon.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rashomon.export import View, WitnessedView
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.ontology import Ontology
    from rashomon.knowledge.outlets import Outlets
    from rashomon.model import Claim, Event, Witness
    from rashomon.settings import Settings


def link(
    ctx: typer.Context,
    claims: Annotated[
        str | None,
        typer.Argument(metavar="[CLAIMS.jsonl]", help="One claim a line; - is standard input.", show_default=False),
    ] = None,
    output: Output = STANDARD,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", metavar="EVENTS.jsonl", help="Events whose ids go on.", show_default=False),
    ] = None,
    reports: Annotated[
        list[str] | None,
        typer.Option(
            "--reports",
            metavar="SOURCE",
            help="The reports that the claims are from: whose word they are, and when they came out.",
            show_default=False,
        ),
    ] = None,
    regressions: Annotated[
        bool,
        typer.Option(
            "--regressions",
            help="Not a file: say for each pair of the store's claims that people decided about what linking does by "
            "itself.",
        ),
    ] = False,
    store: StorePath = None,
    as_json: AsJson = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="With --regressions: status 1 where any pair comes out otherwise.")
    ] = False,
) -> None:
    """Gather claims (coded by any program or by hand) into events, one a line.

    Claims alone do not tell which outlet published a report, when, or which reports are copies of one text: without
    --reports outlets and origins are 0, not counted. Actors and places that came with a name alone are looked up by it.

    With --regressions no events are written; status 1 where decisions cannot all hold.
    """
    of_file = {"CLAIMS.jsonl": claims, "--previous": previous, "--reports": reports}
    of_store = {"--store": store, "--json": as_json, "--strict": strict}
    _check_usage(of_file | {"-o": output != STANDARD}, of_store, regressions=regressions)
    if claims is None:
        from rashomon.cli.regressing import show_regressions

        show_regressions(settings_of(ctx, store=store), as_json=as_json, strict=strict)
        return
    from rashomon import linking, wire
    from rashomon.knowledge import load
    from rashomon.knowledge.files import Layers
    from rashomon.resolving import Resolver

    settings = settings_of(ctx)
    layers = Layers.over_built_in(settings.knowledge)
    knowledge = load(layers, settings.gazetteer if settings.gazetteer.is_dir() else None)
    found = Resolver(knowledge).by_names(_claims(claims, knowledge.ontology))
    former = _events(previous) if previous is not None else []
    witnesses = _witnesses(reports, layers, knowledge.outlets) if reports else {}
    rules, ways = linking.Rules.load(layers), linking.AccountRules.load(layers)
    events = linking.link(found, witnesses, [], knowledge.ontology, former, rules, ways)
    with open_output(output) as stream:
        for event in events:
            stream.write(wire.dump_line(wire.event_to_json(event)))
    if output != STANDARD:
        say(f"{len(found)} claims, {len(events)} events: {output}")


def _check_usage(of_file: Mapping[str, object], of_store: Mapping[str, object], *, regressions: bool) -> None:
    """Claims come from a file or from the store.

    Raises:
        InputError: neither, both, or an option of the other.
    """
    if not regressions and not of_file["CLAIMS.jsonl"]:
        raise InputError("no claims", remedy="Give CLAIMS.jsonl, or --regressions for those of a store")
    given = [name for name, value in (of_file if regressions else of_store).items() if value]
    if given:
        goes = "does not go" if regressions else "goes only"
        raise InputError(f"{given[0]} {goes} with --regressions", remedy="See `rashomon link --help`")


def _witnesses(sources: list[str], layers: Layers, outlets: Outlets) -> Mapping[str, Witness]:
    """Whose word the reports of these sources are."""
    from rashomon import reading
    from rashomon.model import Report

    found = []
    for item in reading.read_all(sources, reading.ReadOptions(layers=layers), outlets):
        if isinstance(item, Report):
            found.append(item)
        else:
            warn(str(item))
    return reading.witnesses(found)


def _claims(source: str, ontology: Ontology) -> list[Claim]:
    """The claims of a file; lines that are none are left out with a warning.

    Raises:
        InputError: there is no claim in it.
    """
    from rashomon import wire

    found: dict[str, Claim] = {}
    unknown: set[str] = set()
    where = "standard input" if source == STANDARD else source
    for item in wire.read_claims(read_lines(source), where):
        if isinstance(item, wire.BadLine):
            warn(str(item.error))
        elif item.id in found:
            warn(f"{where}: two claims have the id {item.id}; the first counts. Give each its own id, or none")
        else:
            found[item.id] = item
            if item.type not in ontology and item.type not in unknown:
                unknown.add(item.type)
                warn(f"{where}: {item.type} is no type of the ontology; such claims are only linked with each other")
    if not found:
        raise InputError("no claims", where=where, remedy="Give one claim a line as JSON; see docs/codebook.md")
    return list(found.values())


def _events(path: Path) -> list[Event]:
    import orjson

    from rashomon import wire

    events = []
    for number, line in enumerate(read_lines(str(path)), start=1):
        if not line.strip():
            continue
        try:
            events.append(wire.event_from_json(orjson.loads(line), str(path), number))
        except orjson.JSONDecodeError as error:
            raise InputError(f"not JSON: {error}", where=path, line=number, remedy="Mend or delete the line") from error
    return events


def shown_view(view: View, settings: Settings) -> View:
    """The view as the profile of the settings shows it; no knowledge is loaded where it shows everything."""
    from rashomon import export as exports
    from rashomon.knowledge.files import Layers

    imported = settings.gazetteer if settings.gazetteer.is_dir() else None
    return exports.profiled(view, settings.profile, Layers.over_built_in(settings.knowledge), imported)


def witnessed_view(view: View, witnesses: Mapping[str, Witness], settings: Settings) -> WitnessedView:
    """The same with whose word each report is, for ledgers and digests; what was left out is said on standard error."""
    from rashomon import export as exports

    shown = shown_view(view, settings)
    if isinstance(shown, exports.ProfiledView):
        say(shown.summary())
    return exports.WitnessedView.of(shown, witnesses)


def export(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="claims-csv, events-csv, claims-jsonl, events-jsonl or geojson."),
    ],
    store: StorePath = None,
    output: Output = STANDARD,
    min_confidence: MinConfidence = None,
    profile: ProfileName = None,
) -> None:
    """Write the store's claims or events in a form that others read."""
    from rashomon import export as exports
    from rashomon.errors import NotFoundError
    from rashomon.store import Store

    if name not in exports.FORMATS:
        raise NotFoundError(f"no such format: {name}. Choose one of: {', '.join(exports.FORMATS)}")
    surer = exports.Surer(min_confidence) if min_confidence is not None else None
    if surer is not None and not exports.FORMATS[name].of_claims:
        raise InputError(
            f"--min-confidence chooses claims, and {name} has events, which are gathered from all of them",
            remedy="Gather events anew from the surer ones: `rashomon export claims-jsonl --min-confidence P | "
            "rashomon link -`",
        )
    settings = settings_of(ctx, store=store, profile=profile)
    with Store.open(settings.store) as opened:
        view = shown_view(opened.view, settings)
        with open_output(output) as stream:
            exports.export(name, view if surer is None else exports.SurerView(view, surer), stream)
        if isinstance(view, exports.ProfiledView):
            say(view.summary())
    if surer is not None:
        say(str(surer))
    if output != STANDARD:
        say(f"written: {output}")
