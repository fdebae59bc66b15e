"""`rashomon link --regressions`: what people decided, held against what linking does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from rashomon.cli.console import number_of, out, print_json, say, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rashomon.linking import Case
    from rashomon.settings import Settings

OTHERWISE = 1


def show_regressions(settings: Settings, *, as_json: bool, strict: bool) -> None:
    """Links the store's claims without what people decided about pairs, and says what comes of each decision.

    Raises:
        typer.Exit: with status 1 where decisions cannot hold, or with `strict` any comes out otherwise.
        RashomonError: the store or the knowledge cannot be used.
    """
    from rashomon import linking
    from rashomon.cli.decisions import because, decision, regressions_table
    from rashomon.knowledge.files import Layers
    from rashomon.store import ClaimFilter, Store

    rules = linking.Rules.load(Layers.over_built_in(settings.knowledge))
    with Store.open(settings.store) as opened:
        view = opened.view
        claims = {claim.id: claim for claim in view.claims(ClaimFilter(coder=settings.coder_name))}
        decided = view.decided(settings.coder_name)
        cases = linking.regressions(claims.values(), view.witnesses(), decided.judgements, rules)
    for line in decided.loose:
        warn(line)
    tested = [case for case in cases if not case.missing]
    if as_json:
        print_json(_as_json(cases))
    elif not cases:
        say("Nobody has said of two claims of this store that they are one event, or two")
    else:
        console = out()
        console.print(regressions_table(cases, claims))
        console.print(_sum(cases), soft_wrap=True, markup=False)
        for case in tested:
            if not case.holds:
                line = f"{case.judgement.id} ({decision(case.judgement)}) {because(case.against)}."
                console.print(line, soft_wrap=True, markup=False)
    if any(not case.holds or (strict and not case.alone) for case in tested):
        raise typer.Exit(OTHERWISE)


def _sum(cases: Sequence[Case]) -> str:
    tested = [case for case in cases if not case.missing]
    right = sum(case.alone for case in tested)
    told = f"{right} of {len(tested)} come out as people decided."
    gone = len(cases) - len(tested)
    if gone:
        told += f" {number_of(gone, 'decision')} not tested: of each, a claim was rejected."
    return told


def _as_json(cases: Sequence[Case]) -> dict[str, object]:
    from rashomon import wire

    tested = [case for case in cases if not case.missing]
    return {
        "tested": len(tested),
        "as_decided": sum(case.alone for case in tested),
        "cannot_hold": sum(not case.holds for case in tested),
        "cases": [
            {
                "judgement": wire.judgement_to_json(case.judgement),
                "as_decided": None if case.missing else case.alone,
                "holds": None if case.missing else case.holds,
                "against": [one.id for one in case.against],
                "missing": list(case.missing),
            }
            for case in cases
        ],
    }
