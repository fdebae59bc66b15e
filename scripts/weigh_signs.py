"""Learns from hand-coded reports what speaks for a mention of an event being a claim of its own.

    python scripts/weigh_signs.py GOLD REPORTS [--strength S] [--keep FILE] [--check] > signs.yaml

Every mention that the rules coder finds is laid against the hand-coded claims; a logistic regression with a ridge
(Newton's method) weighs its signs; points are ten times the log-odds, rounded, small ones left out.

The curve from points to confidence is a logistic one, too (Platt's scaling): learned from the claims that are left
over the threshold when the mentions are weighed in four parts, each by what the other three taught, and from which of
them are laid against a hand-coded claim of the same type. With --keep the points of a file stay as they are, and only
its curve is learned. With --check scores of the four parts are printed instead.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from rashomon.coding.rules import RulesCoder
from rashomon.coding.weighing import FLASH
from rashomon.evaluate import Certainty, Names, ScoredClaim, evaluate, read_gold, read_texts
from rashomon.knowledge.signs import Curve, SignsFile
from rashomon.model import Report
from rashomon.pipeline.workbench import Workbench
from rashomon.reading import ReadOptions, read_all
from rashomon.settings import Settings
from rashomon.wire import claim_to_json

PARTS = 4
RARE = 4  # signs on fewer mentions teach nothing
SMALL = 2  # points that change nothing
THRESHOLDS = range(-14, 5, 2)
ENOUGH = 50  # claims of reports that are not weighed teach how often such a claim is right; fewer do not
HEAD = """\
# What speaks for a mention of an event being a claim of its own, in points: ten times the log-odds that hand coders of
# the reports of a training set made a claim of a mention with this sign. scripts/weigh_signs.py writes this file;
# rashomon/coding/weighing.py says when a sign holds. A mention with fewer points than `threshold` is no claim. `curve`
# turns points into the probability that a person records the claim with this type: 1 / (1 + exp(-(intercept + slope *
# points))); `flash` is that of claims in reports too short to be weighed, where enough of them taught it.
"""

Texts = Mapping[str, str]
Gold = Mapping[str, Sequence[ScoredClaim]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as a claim, its signs, whether hand coders made a claim of it, and whether its report is weighed."""

    report: str
    claim: dict[str, object]
    signs: tuple[str, ...]
    is_claim: bool
    flash: bool = False


def main() -> None:
    """Reads, weighs, writes or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--strength", type=float, default=2.0, help="of the ridge")
    parser.add_argument("--threshold", type=int, default=-7)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the points of this signs.yaml")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    hand, texts = read_gold(given.gold, Names.load()), read_texts(given.reports)
    mentions = _mentions(hand, texts, given.reports)
    worth = out_of_fold(mentions, sorted(hand), given.strength)
    if given.check:
        _check(mentions, worth, hand, texts, given.threshold)
        return
    if given.keep is not None:
        kept = SignsFile.model_validate(yaml.safe_load(given.keep.read_text("utf-8")))
        threshold, base, points = kept.threshold or 0, kept.base or 0, kept.signs
    else:
        threshold = given.threshold
        base, points = learn(mentions, given.strength)
    curve = _curve(mentions, worth, hand, texts, threshold)
    print(f"{HEAD}threshold: {threshold}\nbase: {base}\ncurve:")
    print("\n".join(f"  {name}: {value}" for name, value in curve.model_dump(exclude_none=True).items()))
    print("signs:")
    for sign in sorted(points):
        print(f"  {sign}: {points[sign]}" if ":" not in sign and "'" not in sign else f'  "{sign}": {points[sign]}')


def learn(mentions: Sequence[Mention], strength: float) -> tuple[int, dict[str, int]]:
    """The points of every mention and of each sign.

    Args:
        mentions: those to learn from.
        strength: of the ridge; higher draws all points towards 0.
    """
    often = Counter(sign for mention in mentions for sign in mention.signs)
    names = sorted(sign for sign, number in often.items() if number >= RARE)
    column = {name: at for at, name in enumerate(names, start=1)}
    shown = np.zeros((len(mentions), len(names) + 1))
    shown[:, 0] = 1.0
    for row, mention in enumerate(mentions):
        shown[row, [column[sign] for sign in mention.signs if sign in column]] = 1.0
    weights = _ridge(shown, np.array([float(mention.is_claim) for mention in mentions]), strength)
    points = {name: round(10 * float(weights[at])) for name, at in column.items()}
    return round(10 * float(weights[0])), {name: value for name, value in points.items() if abs(value) >= SMALL}


def out_of_fold(mentions: Sequence[Mention], reports: Sequence[str], strength: float) -> list[int]:
    """The points of each mention by what the reports of the other parts taught."""
    worth = [0] * len(mentions)
    for part in range(PARTS):
        own = set(reports[part::PARTS])
        base, points = learn([mention for mention in mentions if mention.report not in own], strength)
        for at, mention in enumerate(mentions):
            if mention.report in own:
                worth[at] = base + sum(points.get(sign, 0) for sign in mention.signs)
    return worth


def fit_curve(points: Sequence[int], right: Sequence[bool]) -> Curve:
    """The logistic curve that best says how often claims of so many points are right."""
    shown = np.column_stack([np.ones(len(points)), np.array(points) / 10])
    intercept, slope = _ridge(shown, np.array(right, dtype=float), 1e-6)
    return Curve(slope=max(round(float(slope) / 10, 4), 0.0), intercept=round(float(intercept), 3))


def _curve(mentions: Sequence[Mention], worth: Sequence[int], hand: Gold, texts: Texts, threshold: int) -> Curve:
    """The curve of the claims that are left over the threshold; from enough short reports their share of right ones."""
    judged = _judged(mentions, worth, hand, texts, threshold)
    weighed = [(points, right) for mention, points, right in judged if not mention.flash]
    flashes = [right for mention, _, right in judged if mention.flash]
    curve = fit_curve([points for points, _ in weighed], [right for _, right in weighed])
    if len(flashes) < ENOUGH:
        return curve
    return curve.model_copy(update={"flash": round(sum(flashes) / len(flashes), 3)})


def _judged(
    mentions: Sequence[Mention], worth: Sequence[int], hand: Gold, texts: Texts, threshold: int
) -> list[tuple[Mention, int, bool]]:
    """The mentions that are claims, with their points, and whether people recorded them with their type."""
    names = Names.load()
    kept = [(m, p) for m, p in zip(mentions, worth, strict=True) if m.flash or p >= threshold]
    claims = [ScoredClaim.from_json(mention.report, mention.claim, names, "") for mention, _ in kept]
    right = {id(claim) for claim, is_right in evaluate(hand, texts, claims).judged if is_right}
    return [(*one, id(claim) in right) for one, claim in zip(kept, claims, strict=True)]


def _ridge(shown: NDArray[np.float64], right: NDArray[np.float64], strength: float) -> NDArray[np.float64]:
    """Logistic regression by Newton's method; the first column, which all have, is not drawn towards 0."""
    ridge = np.full(shown.shape[1], strength)
    ridge[0] = 1e-6
    weights = np.zeros(shown.shape[1])
    for _ in range(12):
        likely = 1 / (1 + np.exp(-shown @ weights))
        slope = shown.T @ (right - likely) - ridge * weights
        curve = (shown.T * (likely * (1 - likely))) @ shown + np.diag(ridge)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _mentions(hand: Gold, texts: Texts, reports: Path) -> list[Mention]:
    names = Names.load()
    bench = Workbench.of(replace(Settings.load(None, {}), coder=RulesCoder.name))
    read = read_all([str(reports)], ReadOptions(layers=bench.layers), bench.knowledge.outlets)
    assert isinstance(bench.coder, RulesCoder)  # that is what was asked for
    wanted = [item for item in read if isinstance(item, Report) and item.id in hand]
    rows = []
    for number, (report, doc) in enumerate(bench.parser.parse(wanted), start=1):
        print(f"\r{number} of {len(wanted)} reports", end="", file=sys.stderr)
        found = bench.coder.mentions(report, doc)
        flash = sum(1 for _ in doc.sents) <= FLASH
        resolved = bench.resolver.resolve([claim for claim, _ in found], report)
        rows += [
            (report.id, claim_to_json(claim), tuple(signs), flash)
            for claim, (_, signs) in zip(resolved, found, strict=True)
        ]
    print(file=sys.stderr)
    scored = [ScoredClaim.from_json(report, claim, names, "") for report, claim, _, _ in rows]
    invented = {id(claim) for claim in evaluate(hand, texts, scored).invented}
    return [
        Mention(report, form, signs, id(claim) not in invented, flash)
        for (report, form, signs, flash), claim in zip(rows, scored, strict=True)
    ]


def _check(mentions: Sequence[Mention], worth: Sequence[int], hand: Gold, texts: Texts, threshold: int) -> None:
    """Prints what each threshold scores, and what the curve is worth, on parts that taught nothing."""
    names = Names.load()
    scored = [ScoredClaim.from_json(mention.report, mention.claim, names, "") for mention in mentions]
    for least in (-999, *THRESHOLDS):
        claims = [claim for claim, points in zip(scored, worth, strict=True) if points >= least]
        scores = evaluate(hand, texts, claims).scores
        found, facts = scores["claims found"], scores["all facts"]
        print(f"threshold {least:4}: found {found.f1} (P {found.precision} R {found.recall}), all facts {facts.f1}")
    judged = [one for one in _judged(mentions, worth, hand, texts, threshold) if not one[0].flash]
    part_of = {report: number % PARTS for number, report in enumerate(sorted(hand))}
    likely: list[tuple[float | None, bool]] = []
    for part in range(PARTS):
        others = [(points, right) for mention, points, right in judged if part_of[mention.report] != part]
        curve = fit_curve([points for points, _ in others], [right for _, right in others])
        likely += [(curve.at(points), right) for mention, points, right in judged if part_of[mention.report] == part]
    sure = Certainty.of(likely)
    if sure is not None:
        print(f"curve: calibration error {sure.error}, surer half right {sure.surer_right} (from {sure.surer_from} up)")


if __name__ == "__main__":
    main()
