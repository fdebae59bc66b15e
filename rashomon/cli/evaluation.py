"""`rashomon evaluate`: how good a coder is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import clean, out, print_json, table
from rashomon.cli.options import AsJson, Coder, settings_of
from rashomon.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from rashomon.evaluate import Evaluation, Fact, ScoredClaim

_QUOTE = 160  # characters of a quote that are shown


def evaluate(
    ctx: typer.Context,
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="Hand-coded claims: a JSON file, or a folder of them; with --swap, the reports stand in its place.",
        ),
    ],
    reports: Annotated[
        Path | None,
        typer.Argument(metavar="REPORTS", help="The reports that they were coded from.", show_default=False),
    ] = None,
    coder: Coder = None,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE", help="Score these claims instead of coding.", show_default=False),
    ] = None,
    days: Annotated[bool, typer.Option("--days", help="Measure how the words that say when are read.")] = False,
    swap: Annotated[
        bool, typer.Option("--swap", help="Measure what changes where actors or outlets of two sides change places.")
    ] = False,
    places: Annotated[
        Path | None,
        typer.Option(
            "--places", metavar="FILE", help="Measure where places are put, against this file.", show_default=False
        ),
    ] = None,
    listing: Annotated[bool, typer.Option(help="List what was missed, invented and wrong.")] = True,
    as_json: AsJson = False,
) -> None:
    """Score coded claims against hand-coded ones, and list what was missed, invented and wrong."""
    from rashomon import evaluate as scoring
    from rashomon.cli import measures

    _one_measure({"--days": days, "--swap": swap, "--places": places is not None, "--claims": claims is not None})
    if swap:
        measures.swaps(reports or gold, settings_of(ctx, coder=coder), listing=listing, as_json=as_json)
        return
    if reports is None:
        raise InputError("no reports are given", remedy="Give the hand-coded claims, then the reports")
    if days:
        measures.days(gold, reports, settings_of(ctx), listing=listing, as_json=as_json)
        return
    if places is not None:
        from rashomon.cli import measure_places

        measure_places.places(gold, reports, places, settings_of(ctx), listing=listing, as_json=as_json)
        return
    names = scoring.Names.load()
    hand = scoring.read_gold(gold, names)
    texts = scoring.read_texts(reports)
    if claims is not None:
        coded = scoring.read_coded(claims, names)
    else:
        from rashomon import wire
        from rashomon.cli.running import coded_claims

        made = coded_claims([str(reports)], settings_of(ctx, coder=coder), None)
        coded = [scoring.ScoredClaim.from_json(c.report, wire.claim_to_json(c), names, str(reports)) for c in made]
    evaluation = scoring.evaluate(hand, texts, coded)
    if as_json:
        print_json(scoring.to_json(evaluation))
        return
    console = out()
    if listing:
        _list_errors(console, evaluation)
    _print_scores(console, evaluation)


def _one_measure(asked: dict[str, bool]) -> None:
    """Refuses options of which one would be dropped: each of them measures something else."""
    given = [option for option, is_given in asked.items() if is_given]
    if len(given) > 1:
        raise InputError(f"{' and '.join(given)} do not go together", remedy="Measure one after the other")


def _print_scores(console: Console, evaluation: Evaluation) -> None:
    columns = ("precision", "recall", "F1", "gold", "coded")
    scores = table("", *columns, numbers=columns)
    for name, score in evaluation.scores.items():
        figures = (f"{score.precision:.4f}", f"{score.recall:.4f}", f"{score.f1:.4f}")
        scores.add_row(name, *figures, str(score.gold), str(score.coded), style="bold" if name == "all facts" else None)
    console.print(scores)
    console.print(f"quotes that are not in their report: {evaluation.quotes_not_in_text}")
    if (sure := evaluation.certainty) is not None:
        console.print(f"claims with a confidence: {sure.claims}")
        console.print(f"expected calibration error (ECE, 10 bins of equal width): {sure.error:.4f}")
        console.print(
            f"precision of claims typed in the surer half: {sure.surer_right:.4f} "
            f"({sure.surer} from {sure.surer_from:.3f} up)"
        )


def _list_errors(console: Console, evaluation: Evaluation) -> None:
    for title, claims in (("Missed", evaluation.missed), ("Invented", evaluation.invented)):
        if claims:
            rows = table("report", "type", "trigger", "quote", title=f"{title}: {len(claims)}")
            for claim in claims:
                rows.add_row(*map(clean, (claim.report, claim.type, claim.trigger, _short(claim))))
            console.print(rows, markup=False)
            console.print()
    if evaluation.wrong:
        rows = table("report", "trigger", "field", "by hand", "coded", title=f"Wrong: {len(evaluation.wrong)}")
        for pair in evaluation.wrong:
            for n, field in enumerate(dict.fromkeys(fact.field for fact in (*pair.lacking, *pair.extra))):
                head = (pair.hand.report, pair.hand.trigger) if n == 0 else ("", "")
                rows.add_row(*map(clean, (*head, field, _values(pair.lacking, field), _values(pair.extra, field))))
        console.print(rows, markup=False)
        console.print()


def _values(facts: tuple[Fact, ...], field: str) -> str:
    return "; ".join(str(fact) for fact in facts if fact.field == field)


def _short(claim: ScoredClaim) -> str:
    quote = " ".join(claim.quote.split())
    return quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
