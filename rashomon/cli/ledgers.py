"""`rashomon ledger` and `rashomon replay`: ledgers of what is told, now and as it was known on a day."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import STANDARD, open_output, out, say
from rashomon.cli.exchange import witnessed_view
from rashomon.cli.options import AsJson, Output, ProfileName, StorePath, settings_of
from rashomon.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from rich.console import Console

    from rashomon.export import WitnessedView
    from rashomon.knowledge.files import Layers
    from rashomon.ledgers import Area, Ledger
    from rashomon.pipeline.replaying import Known
    from rashomon.settings import Settings
    from rashomon.store import Store

_LATEST = 20  # events that a replay lists

Named = Annotated[
    str,
    typer.Argument(metavar="NAME", help="casualties, control, operations, deals or displacement.", show_default=False),
]
PlaceName = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="P",
        help="Only this place and what lies in it: a town, a region, a governorate, in any spelling.",
        show_default=False,
    ),
]
First = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="From this day on, as 2018-04-17.", show_default=False)
]
Last = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Up to this day.", show_default=False)]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="R",
        help="Casualties: count by this rule; give it again for several side by side. All where none is given.",
        show_default=False,
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="WHAT", help="Casualties: sums by place, day, victims or culprit.", show_default=False
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help="Control: who is said to hold what on a day.", show_default=False),
]
Quotes = Annotated[bool, typer.Option("--quotes", help="Show the words of every claim behind every row.")]
GeoJson = Annotated[bool, typer.Option("--geojson", help="Control: write a map as GeoJSON.")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks of a ledger."""

    name: str
    place: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    rules: tuple[str, ...] = ()
    by: str = ""
    on: dt.date | None = None
    as_json: bool = False
    geojson: bool = False
    quotes: bool = False
    output: str = STANDARD
    as_of: dt.date | None = None


def ledger(
    ctx: typer.Context,
    name: Named,
    place: PlaceName = None,
    first: First = None,
    last: Last = None,
    rule: Rules = None,
    by: By = None,
    on: On = None,
    quotes: Quotes = False,
    as_json: AsJson = False,
    geojson: GeoJson = False,
    output: Output = STANDARD,
    store: StorePath = None,
    profile: ProfileName = None,
) -> None:
    """Show a ledger: casualties, control, operations, deals or displacement, each row with its claims."""
    from rashomon.store import Store

    wanted = _wanted(name, place, (first, last), rule, by, on, (as_json, geojson, quotes), output)
    settings = settings_of(ctx, store=store, profile=profile)
    with Store.open(settings.store) as opened:
        show(witnessed_view(opened.view, opened.view.witnesses(), settings), wanted, settings)


def replay(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--as-of", metavar="DAY", help="The last day of publication that counts.")],
    name: Annotated[
        str | None, typer.Option("--ledger", metavar="NAME", help="Show this ledger as of the day.", show_default=False)
    ] = None,
    place: PlaceName = None,
    first: First = None,
    last: Last = None,
    rule: Rules = None,
    by: By = None,
    on: On = None,
    quotes: Quotes = False,
    as_json: AsJson = False,
    geojson: GeoJson = False,
    output: Output = STANDARD,
    store: StorePath = None,
    profile: ProfileName = None,
) -> None:
    """Show what was known on a day: from the reports published by then alone, events linked anew."""
    from rashomon.store import Store

    as_of = _day("--as-of", day)
    wanted = None
    if name is not None:
        wanted = _wanted(name, place, (first, last), rule, by, on, (as_json, geojson, quotes), output)
    elif geojson or rule or by or on:
        raise InputError("--rule, --by, --on and --geojson are for a ledger", remedy="Name it with --ledger")
    settings = settings_of(ctx, store=store, profile=profile)
    with Store.open(settings.store) as opened:
        known = _known(opened, as_of, settings)
        shown = witnessed_view(known, known.witnesses(), settings)
        if wanted is not None:
            show(shown, replace(wanted, as_of=as_of), settings)
            return
        first_day, last_day = _day("--from", first), _day("--to", last)
        summary = Wanted("", place, first_day, last_day, as_json=as_json, output=output, as_of=as_of)
        _show_known(known, shown, summary, settings)


# --- what is asked ----------------------------------------------------------------------------------------------------


def _wanted(
    name: str,
    place: str | None,
    days: tuple[str | None, str | None],
    rule: list[str] | None,
    by: str | None,
    on: str | None,
    forms: tuple[bool, bool, bool],
    output: str,
) -> Wanted:
    """What is asked, checked before anything is read.

    Raises:
        NotFoundError: there is no such ledger.
        InputError: a day is none, or an option is for another ledger.
    """
    from rashomon.ledgers import NAMES
    from rashomon.ledgers.casualties import BY

    if name not in NAMES:
        raise NotFoundError(f"no such ledger: {name}. Choose one of: {', '.join(NAMES)}")
    if by is not None and by not in BY:
        raise InputError(f"--by {by}", remedy=f"Choose one of: {', '.join(BY)}")
    as_json, geojson, quotes = forms
    for option, given, of in (
        ("--rule", rule, "casualties"),
        ("--by", by, "casualties"),
        ("--on", on, "control"),
        ("--geojson", geojson, "control"),
    ):
        if given and name != of:
            raise InputError(f"{option} is for the ledger of {of}", remedy=f"Leave it out, or ask for {of}")
    first, last = _day("--from", days[0]), _day("--to", days[1])
    if first is not None and last is not None and first > last:
        raise InputError(f"--from {first} is after --to {last}", remedy="Exchange them")
    return Wanted(
        name, place, first, last, tuple(rule or ()), by or "", _day("--on", on), as_json, geojson, quotes, output
    )


def _day(option: str, given: str | None) -> dt.date | None:
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise InputError(f"{option} {given} is no day", remedy="Write it as 2018-04-17") from error


def _area(wanted: Wanted, layers: Layers, settings: Settings) -> Area | None:
    from rashomon.knowledge.gazetteer import Gazetteer
    from rashomon.ledgers import Rules as LedgerRules
    from rashomon.ledgers import area_of

    if wanted.place is None:
        return None
    gazetteer = Gazetteer.load(layers, settings.gazetteer if settings.gazetteer.is_dir() else None)
    return area_of(wanted.place, gazetteer, LedgerRules.load(layers).areas)


def _known(store: Store, as_of: dt.date | None, settings: Settings) -> Known:
    from rashomon.knowledge.files import Layers
    from rashomon.pipeline import replaying

    if as_of is None:
        raise InputError("no day is given", remedy="Give --as-of 2018-04-17")
    layers = Layers.over_built_in(settings.knowledge)
    known = replaying.as_of(store.view, as_of, layers, settings.coder_name)
    if known.undated:
        say(f"{known.undated} reports of unknown day are left out: nobody can tell whether they were out by {as_of}")
    return known


# --- showing ----------------------------------------------------------------------------------------------------------


def show(view: WitnessedView, wanted: Wanted, settings: Settings) -> None:
    """Shows or writes one ledger of a view.

    Args:
        view: events, claims and witnesses, as their profile shows them.
        wanted: which ledger, of where and when, in which form.
        settings: for the knowledge and the coder whose claims count.
    """
    from rashomon.knowledge.files import Layers

    layers = Layers.over_built_in(settings.knowledge)
    area = _area(wanted, layers, settings)
    made = _made(view, wanted, area, layers, settings)
    if wanted.geojson:
        from rashomon.export.control_map import control_geojson
        from rashomon.ledgers import Control

        if isinstance(made, Control):
            _write(control_geojson(made, view.profile), wanted)
        return
    if wanted.as_json:
        head = {"ledger": wanted.name, "asked": _asked(wanted, area)} | _for_whom(view)
        _write_json({**head, **_content(made)}, wanted)
        return
    from rashomon.cli import ledger_tables

    with _console(wanted) as console:
        between = (wanted.first, wanted.last)
        console.print(ledger_tables.head(wanted.name, area, between, wanted.on, wanted.as_of, view.profile))
        for piece in ledger_tables.pieces(made, quotes=wanted.quotes):
            console.print(piece)


def _made(view: WitnessedView, wanted: Wanted, area: Area | None, layers: Layers, settings: Settings) -> Ledger:
    from rashomon import ledgers
    from rashomon.pipeline.telling import account_of

    account = account_of(view, layers, settings.coder_name)
    asked = ledgers.Asked(area, wanted.first, wanted.last)
    match wanted.name:
        case "casualties":
            return ledgers.casualties(account.told, asked, account.who, wanted.rules, wanted.by)
        case "control":
            return ledgers.control(account.told, asked, account.who, wanted.on)
        case "operations":
            return ledgers.operations(account.told, asked, account.who)
        case "deals":
            return ledgers.deals(account.told, asked, account.who)
        case _:
            return ledgers.displacement(account.told, asked, account.who)


def _content(made: Ledger) -> dict[str, object]:
    return {name: getattr(made, name) for name in type(made).__dataclass_fields__}


def _asked(wanted: Wanted, area: Area | None) -> dict[str, object]:
    asked: dict[str, object] = {
        "place": wanted.place,
        "place_read_as": area.reads if area is not None else None,
        "from": wanted.first,
        "to": wanted.last,
    }
    return asked | ({"as_of": wanted.as_of} if wanted.as_of is not None else {})


def _for_whom(view: WitnessedView) -> dict[str, object]:
    """The profile, where it leaves anything out."""
    from rashomon.model import Profile

    return {} if view.profile is Profile.INTERNAL else {"profile": view.profile}


def _show_known(known: Known, shown: WitnessedView, wanted: Wanted, settings: Settings) -> None:
    """What was known, without a ledger: how much, and the latest events."""
    from rashomon import wire
    from rashomon.cli import ledger_tables
    from rashomon.knowledge.files import Layers
    from rashomon.ledgers import Asked

    area = _area(wanted, Layers.over_built_in(settings.knowledge), settings)
    asked = Asked(area, wanted.first, wanted.last)
    events = [
        event
        for event in shown.events()
        if asked.covers_days((event.start, event.end or event.start) if event.start is not None else None)
        and asked.covers_places([event.place] if event.place is not None else [])
    ]
    if wanted.as_json:
        counts = {"as_of": known.as_of, "reports": len(known.reports()), "later": known.later}
        head = counts | {"undated": known.undated} | _for_whom(shown)
        listed = [wire.event_to_json(event) for event in events]
        _write_json(head | {"asked": _asked(wanted, area), "claims": len(known.claims()), "events": listed}, wanted)
        return
    with _console(wanted) as console:
        console.print(
            ledger_tables.known_head(
                known.as_of, len(known.reports()), known.later, len(known.claims()), len(events), shown.profile
            )
        )
        dated = [event for event in events if event.start is not None and event.start <= known.as_of]
        console.print(ledger_tables.events_table(dated[-_LATEST:], len(dated)))


def _write_json(content: object, wanted: Wanted) -> None:
    import orjson

    _write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), wanted)


def _write(data: bytes, wanted: Wanted) -> None:
    with open_output(wanted.output) as stream:
        stream.write(data)
    if wanted.output != STANDARD:
        say(f"written: {wanted.output}")


@contextmanager
def _console(wanted: Wanted) -> Iterator[Console]:
    """The terminal, or plain text that goes to the file of -o when all of it is there."""
    if wanted.output == STANDARD:
        yield out()
        return
    from rich.console import Console

    text = io.StringIO()
    yield Console(file=text, highlight=False, emoji=False, width=out().width)
    _write(text.getvalue().encode(), wanted)
