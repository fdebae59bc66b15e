"""Learns from hand-coded reports what speaks for a mention of an event being a claim of its own.

    python scripts/weigh_signs.py GOLD REPORTS [--strength S] [--check] > rashomon/data/lexicon/signs.yaml

Every mention that the rules coder finds is laid against the hand-coded claims; a logistic regression with a ridge
(Newton's method) weighs its signs; points are ten times the log-odds, rounded, small ones left out. With --check the
mentions are weighed in four parts, each by what the other three taught, and scores are printed instead.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.coding.rules import RulesCoder
from rashomon.evaluate import Names, ScoredClaim, evaluate, read_gold, read_texts
from rashomon.model import Report
from rashomon.parsing import Parser
from rashomon.pipeline.workbench import Workbench
from rashomon.reading import ReadOptions, read_all
from rashomon.settings import Settings
from rashomon.wire import claim_to_json

PARTS = 4
RARE = 4  # signs on fewer mentions teach nothing
SMALL = 2  # points that change nothing
THRESHOLDS = range(-14, 5, 2)
HEAD = """\
# What speaks for a mention of an event being a claim of its own, in points: ten times the log-odds that hand coders of
# the reports of a training set made a claim of a mention with this sign. scripts/weigh_signs.py writes this file;
# rashomon/coding/weighing.py says when a sign holds. A mention with fewer points than `threshold` is no claim.
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as a claim, its signs, and whether hand coders made a claim of it."""

    report: str
    claim: dict[str, object]
    signs: tuple[str, ...]
    is_claim: bool


def main() -> None:
    """Reads, weighs, writes or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--strength", type=float, default=2.0, help="of the ridge")
    parser.add_argument("--threshold", type=int, default=-7)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    mentions = _mentions(given.gold, given.reports)
    if given.check:
        _check(mentions, given)
        return
    base, points = learn(mentions, given.strength)
    print(f"{HEAD}threshold: {given.threshold}\nbase: {base}\nsigns:")
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


def _mentions(gold: Path, reports: Path) -> list[Mention]:
    names = Names.load()
    hand = read_gold(gold, names)
    bench = Workbench.of(Settings.load(None, {}))
    read = read_all([str(reports)], ReadOptions(layers=bench.layers), bench.knowledge.outlets)
    wanted = [item for item in read if isinstance(item, Report) and item.id in hand]
    coder = RulesCoder(bench.knowledge, lambda report: next(iter(Parser().parse([report])))[1])
    rows = []
    for number, (report, doc) in enumerate(Parser().parse(wanted), start=1):
        print(f"\r{number} of {len(wanted)} reports", end="", file=sys.stderr)
        found = coder.mentions(report, doc)
        resolved = bench.resolver.resolve([claim for claim, _ in found], report)
        rows += [
            (report.id, claim_to_json(claim), tuple(signs)) for claim, (_, signs) in zip(resolved, found, strict=True)
        ]
    print(file=sys.stderr)
    scored = [ScoredClaim.from_json(report, claim, names, "") for report, claim, _ in rows]
    invented = {id(claim) for claim in evaluate(hand, read_texts(reports), scored).invented}
    return [Mention(*row, id(claim) not in invented) for row, claim in zip(rows, scored, strict=True)]


def _check(mentions: Sequence[Mention], given: argparse.Namespace) -> None:
    """Prints what each threshold scores, on parts that taught nothing."""
    names = Names.load()
    hand, texts = read_gold(given.gold, names), read_texts(given.reports)
    reports = sorted(hand)
    kept: dict[int, list[ScoredClaim]] = {threshold: [] for threshold in (-999, *THRESHOLDS)}
    for part in range(PARTS):
        own = set(reports[part::PARTS])
        base, points = learn([m for m in mentions if m.report not in own], given.strength)
        for mention in (m for m in mentions if m.report in own):
            worth = base + sum(points.get(sign, 0) for sign in mention.signs)
            claim = ScoredClaim.from_json(mention.report, mention.claim, names, "")
            for threshold, claims in kept.items():
                if worth >= threshold:
                    claims.append(claim)
    for threshold, claims in kept.items():
        scores = evaluate(hand, texts, claims).scores
        found, facts = scores["claims found"], scores["all facts"]
        print(f"threshold {threshold:4}: found {found.f1} (P {found.precision} R {found.recall}), all facts {facts.f1}")


if __name__ == "__main__":
    main()
