"""`rashomon report` and `rashomon event`: one of them, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer

from rashomon.cli.console import out, print_json, say
from rashomon.cli.options import AsJson, StorePath, settings_of
from rashomon.errors import NotFoundError

_NAMED = 5  # ids of several that an error names


def report(
    ctx: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="ID", help="A report's id, or its beginning.")],
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Show a report: page furniture dimmed, claims marked and listed."""
    from rashomon import wire
    from rashomon.cli.drawing import claims_list, marked_text, report_head
    from rashomon.store import ClaimFilter, Store

    settings = settings_of(ctx, store=store)
    with Store.open(settings.store) as opened:
        view = opened.view
        found = view.report(_whole_id(wanted, (r.id for r in view.reports()), "report"))
        claims = list(view.claims(ClaimFilter(reports=[found.id], coder=settings.coder_name)))
        others = {claim.coder for claim in view.claims(ClaimFilter(reports=[found.id]))} if not claims else set()
    if others:
        say(
            f"The store has no claims of {settings.coder_name} for this report, but of {', '.join(sorted(others))}: "
            "run it again, or set `coder`"
        )
    if as_json:
        print_json(asdict(found) | {"claims": [wire.claim_to_json(claim) for claim in claims]})
        return
    console = out()
    console.print(report_head(found))
    console.print(marked_text(found, claims, plain=not console.is_terminal))
    console.print()
    console.print(claims_list(claims))


def event(
    ctx: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="ID", help="An event's id, or its beginning.")],
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Show an event: every side's account, side by side, and their words."""
    from rashomon import wire
    from rashomon.cli.drawing import accounts_table, event_head, quotes
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.outlets import Outlets
    from rashomon.store import ClaimFilter, Store

    settings = settings_of(ctx, store=store)
    with Store.open(settings.store) as opened:
        view = opened.view
        ids = (name for e in view.events() for name in (e.id, *e.aliases))
        found = view.event(_whole_id(wanted, ids, "event"))
        claims = list(view.claims(ClaimFilter(ids=found.claims)))
        reports = {r.id: r for r in view.reports({claim.report for claim in claims})}
    if as_json:
        print_json(wire.event_to_json(found) | {"quotes": [wire.claim_to_json(claim) for claim in claims]})
        return
    outlets = Outlets.load(Layers.over_built_in(settings.knowledge))
    console = out()
    console.print(event_head(found))
    console.print(accounts_table(found, claims, reports, outlets))
    console.print()
    for piece in quotes(claims, reports, outlets):
        console.print(piece)


def _whole_id(wanted: str, ids: Iterable[str], what: str) -> str:
    """The id that is `wanted`, or the only one that begins with it.

    Raises:
        NotFoundError: there is none, or there are several.
    """
    begins = sorted({name for name in ids if name.startswith(wanted)})
    if wanted in begins:
        return wanted
    if not begins:
        listing = "events-csv" if what == "event" else "claims-csv"
        raise NotFoundError(f"no {what} has an id that begins with {wanted}. `rashomon export {listing}` lists them")
    if len(begins) > 1:
        some = ", ".join(begins[:_NAMED]) + (", ..." if len(begins) > _NAMED else "")
        raise NotFoundError(f"{len(begins)} {what}s have ids that begin with {wanted}: {some}. Give more of it")
    return begins[0]
