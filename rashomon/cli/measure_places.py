"""`rashomon evaluate --places`: how many hand-coded places are put where they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rashomon.cli.console import clean, out, print_json, share_of, table, warn

if TYPE_CHECKING:
    from rich.console import Console

    from rashomon.evaluate.places import PlaceScores
    from rashomon.settings import Settings


def places(gold: Path, reports: Path, known: Path, settings: Settings, *, listing: bool, as_json: bool) -> None:
    """Prints how many hand-coded places are located right, wrong or not at all.

    Args:
        gold: the hand-coded claims.
        reports: the reports that they were coded from.
        known: where the places are (see docs/evaluation.md).
        settings: whose gazetteer is measured.
        listing: whether to name those that are not right.
        as_json: whether programs read it.
    """
    from rashomon.evaluate import places as scoring
    from rashomon.knowledge.files import Layers
    from rashomon.knowledge.gazetteer import Gazetteer
    from rashomon.knowledge.outlets import Outlets
    from rashomon.model import Report
    from rashomon.reading import ReadOptions, read
    from rashomon.resolving.places import PlaceResolver

    layers = Layers.over_built_in(settings.knowledge)
    gazetteer = Gazetteer.load(layers, settings.gazetteer if settings.gazetteer.is_dir() else None)
    texts = {}
    for item in read(str(reports), ReadOptions(), Outlets.load(layers)):
        if isinstance(item, Report):
            texts[item.id] = item
        else:
            warn(str(item))
    named = scoring.read_gold_places(gold, texts)
    scores = scoring.judge_places(named, texts, scoring.read_places(known), PlaceResolver(gazetteer), gazetteer)
    if as_json:
        print_json(scores.to_json())
        return
    console = out()
    if listing:
        _list(console, scores)
    console.print(f"places judged: {len(scores.judged)}, of which some layer of the gazetteer has {scores.in_a_layer}")
    console.print(f"of these, located right: {share_of(scores.right, scores.in_a_layer)}")
    console.print(f"of all, wrong pins: {share_of(scores.wrong, len(scores.judged))}")


def _list(console: Console, scores: PlaceScores) -> None:
    rows = table("report", "words", "name", "verdict", "why", title="Not right")
    for place in scores.judged:
        if place.verdict != "right":
            gold, found = place.gold, place.resolution
            at = found.reason or f"{found.lat:.3f}, {found.lon:.3f} ({found.gazetteer_id})"
            rows.add_row(*map(clean, (gold.report, gold.text, gold.name, str(place.verdict), at)))
    if rows.row_count:
        console.print(rows, markup=False)
        console.print()
    if scores.unknown:
        console.print(f"not in the file of places: {', '.join(scores.unknown)}", markup=False)
