"""`rashomon report` and `rashomon event`: one of them, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import number_of, out, print_json, say
from rashomon.cli.ids import whole_id
from rashomon.cli.options import AsJson, StorePath, settings_of

if TYPE_CHECKING:
    from rashomon.linking import AccountRules, Covered, Explaining, Rules
    from rashomon.model import Candidate, Event, Witness
    from rashomon.store import View


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
        found = view.report(whole_id(wanted, (r.id for r in view.reports()), "report"))
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
    """Show an event: who says what, what they contradict each other about, who is called what, who kept silent."""
    from rashomon import linking, wire
    from rashomon.cli.accounts import Heard, drawn
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.ontology import Ontology
    from rashomon.store import ClaimFilter, Store

    settings = settings_of(ctx, store=store)
    layers = Layers.over_built_in(settings.knowledge)
    rules, ways = linking.Rules.load(layers), linking.AccountRules.load(layers)
    with Store.open(settings.store) as opened:
        view = opened.view
        ids = (name for e in view.events() for name in (e.id, *e.aliases))
        found = view.event(whole_id(wanted, ids, "event"))
        claims = list(view.claims(ClaimFilter(ids=found.claims)))
        reports = {r.id: r for r in view.reports({claim.report for claim in claims})}
        witnesses = view.witnesses()
        others = _around(view, found, witnesses, ways)
        candidates = view.candidates(found.id)
        beside = {name: view.event(name) for one in candidates for name in one.events if name != found.id}
        explaining = explained(view, found.claims, candidates, rules)
    hearing = linking.hear(found, claims, witnesses, Ontology.load(layers), rules, ways)
    covered = linking.Covered.of(found, claims, witnesses)
    silences, not_known = linking.silent(covered, others, witnesses, rules, ways), linking.why_not_known(found, ways)
    bonds = explaining.bonds(found.claims)
    could_be = [(one, explaining.bond(*one.claims)) for one in candidates]
    if as_json:
        why = {"bonds": [wire.bond_to_json(bond) for bond in bonds]}
        why["candidates"] = [wire.candidate_to_json(one, bond) for one, bond in could_be]
        quotes = {"quotes": [wire.claim_to_json(claim) for claim in claims]}
        silence = {"silence": wire.silences_to_json(silences, not_known)}
        print_json(wire.event_to_json(found) | wire.hearing_to_json(hearing) | silence | why | quotes)
        return
    console = out()
    near = [(beside[name], bond) for one, bond in could_be for name in one.events if name != found.id]
    for piece in drawn(Heard(found, claims, reports, ways.outlets, hearing, silences, not_known, bonds, near)):
        console.print(piece)


def _around(view: View, event: Event, witnesses: Mapping[str, Witness], ways: AccountRules) -> list[Covered]:
    """The events of the same governorate in the months around an event, with the outlets that tell of them."""
    from rashomon import linking
    from rashomon.store import ClaimFilter, EventFilter

    window = linking.around(event, ways)
    if window is None or linking.why_not_known(event, ways) or event.place is None:
        return []
    events = list(view.events(EventFilter(adm1=event.place.adm1, first=window[0], last=window[1])))
    told = {claim.id: claim for claim in view.claims(ClaimFilter(ids={c for e in events for c in e.claims}))}
    return [linking.Covered.of(e, [told[c] for c in e.claims if c in told], witnesses) for e in events]


def candidates(
    ctx: typer.Context,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Only the N most likely.")] = 20,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """List events that could be one but are not put together, the most likely first, and what speaks for it.

    Whether they are is for a person to say: `rashomon judge same` or `rashomon judge different`.
    """
    from rashomon import wire
    from rashomon.cli.accounts import candidates_list
    from rashomon.knowledge.files import Layers
    from rashomon.linking import Rules
    from rashomon.store import ClaimFilter, Store

    settings = settings_of(ctx, store=store)
    rules = Rules.load(Layers.over_built_in(settings.knowledge))
    with Store.open(settings.store) as opened:
        view = opened.view
        every = view.candidates()
        found = every[:most]
        explaining = explained(view, (), found, rules)
        events = {name: view.event(name) for one in found for name in one.events}
        said = {c.id: c for c in view.claims(ClaimFilter(ids={name for one in found for name in one.claims}))}
        reports = {r.id: r for r in view.reports({claim.report for claim in said.values()})}
    bonds = [explaining.bond(*one.claims) for one in found]
    if as_json:
        print_json([wire.candidate_to_json(one, bond) for one, bond in zip(found, bonds, strict=True)])
        return
    console = out()
    for piece in candidates_list(found, bonds, events, said, reports):
        console.print(piece)
    count = number_of(len(every), "candidate")
    console.print(f"{len(found)} of {count}, the most likely first" if every else "no candidates")


def explained(view: View, event: Sequence[str], candidates: Iterable[Candidate], rules: Rules) -> Explaining:
    """What tells why the claims of an event, or of candidates, are or could be about one event."""
    from rashomon.linking import Explaining
    from rashomon.store import ClaimFilter

    names = {*event, *(claim for one in candidates for claim in one.claims)}
    told = list(view.claims(ClaimFilter(ids=names)))
    coders = {claim.coder for claim in told}  # what another one reads in the same reports was not compared
    beside = view.claims(ClaimFilter(reports={claim.report for claim in told}))
    claims = [claim for claim in beside if claim.coder in coders]
    return Explaining(claims, view.witnesses(), view.decided().judgements, rules)
