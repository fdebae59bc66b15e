"""Fits the points of data/linking.yaml to claims that people put together.

    python benchmarks/linking_points.py CLAIMS.jsonl EVENTS.json [CLAIMS EVENTS ...] [--reports SOURCE] [--settle FILE]

CLAIMS are hand-coded claims, one a line; EVENTS a list of {"event": title, "claims": [id, ...]}. For each pair of
files in turn the points are fitted to the others and measured on it; then they are fitted to all. With `--reports`
all of it is done with what is known of the reports and without. With `--settle` the tables of that linking.yaml are
replaced. Needs scikit-learn (`rashomon[train]`).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rashomon import wire
from rashomon.knowledge import Knowledge, load
from rashomon.knowledge.files import Layers
from rashomon.linking import Rules, link
from rashomon.linking.comparing import Said
from rashomon.linking.denials import placed
from rashomon.linking.facts import ClaimFacts, facts_of, numbered, publications
from rashomon.linking.lending import lent
from rashomon.linking.rules import Table
from rashomon.linking.scoring import Scoring
from rashomon.model import Claim, Report, Witness
from rashomon.reading import ReadOptions, read_all, witnesses
from rashomon.resolving import Resolver

_LOOSE = 0.3  # C of the regression
_LEAST = 3  # hundredths: points below are left out
Row = tuple[dict[str, float], bool]


@dataclass(frozen=True)
class Batch:
    """Claims of some days with the events that people made of them."""

    name: str
    claims: list[Claim]
    events: list[set[str]]
    witnesses: Mapping[str, Witness]

    @classmethod
    def read(cls, claims: Path, events: Path, resolver: Resolver, known: Mapping[str, Report]) -> list[Batch]:
        """The batch of two files, places and actors tied by their names; with and without what is known of reports."""
        with claims.open("rb") as lines:
            found = [item for item in wire.read_claims(lines, str(claims)) if isinstance(item, Claim)]
        by_hand = [set(event["claims"]) for event in json.loads(events.read_text(encoding="utf-8"))]
        told = sorted(resolver.by_names(found), key=lambda claim: claim.id)
        batch = cls(events.stem, told, by_hand, {})
        if not known:
            return [batch]
        of_these = [known[name] for name in sorted({claim.report for claim in told})]
        return [batch, replace(batch, name=f"{batch.name} dated", witnesses=witnesses(of_these))]

    def together(self) -> dict[str, int]:
        """By claim, the number of its event."""
        return {claim: n for n, event in enumerate(self.events) for claim in event}

    def facts(self, rules: Rules) -> list[ClaimFacts]:
        """What is compared of each claim."""
        published, numbers = publications(self.claims, self.witnesses), numbered(self.claims)
        told = [facts_of(claim, numbers[claim.id], self.witnesses, published, rules) for claim in self.claims]
        return placed(told, rules)


def rows(facts: Sequence[ClaimFacts], together: Mapping[str, int], rules: Rules, *, within: bool) -> list[Row]:
    """One row for each pair that can be one event."""
    scoring = Scoring(facts, rules)
    found = []
    for i, j in combinations(range(len(facts)), 2):
        a, b = facts[i], facts[j]
        if (
            (a.report == b.report) is not within
            or scoring.score(i, j) in (None, rules.points.told_apart)
            or (a.statement and a.statement == b.statement)
        ):
            continue
        comparison = scoring.compare(i, j)
        row = {f"{name}={word}": 1.0 for name, word in zip(Said._fields, comparison.said, strict=True)}
        found.append((row | {"words": comparison.words, "quote": comparison.quote}, together[a.id] == together[b.id]))
    return found


def fit(found: Sequence[Row]) -> Table:
    """The points that tell best which rows are together: a logistic regression."""
    seen = Counter(name for row, _ in found for name in row)
    constant = {name for name, times in seen.items() if times == len(found) and "=" in name}
    columns = DictVectorizer(sparse=True)
    told = [{name: value for name, value in row.items() if name not in constant} for row, _ in found]
    model = LogisticRegression(C=_LOOSE, max_iter=4000)
    model.fit(columns.fit_transform(told), [right for _, right in found])
    points = {
        name: round(100 * weight) for name, weight in zip(columns.get_feature_names_out(), model.coef_[0], strict=True)
    }
    fields: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, worth in sorted(points.items()):
        field, _, word = name.partition("=")
        if word and abs(worth) >= _LEAST:
            fields[field][word] = worth
    begin = round(100 * float(model.intercept_[0]))
    return Table(begin=begin, words=points["words"], quote=points["quote"], fields=dict(fields))


def fitted(batches: Sequence[Batch], rules: Rules) -> Rules:
    """The rules with points of these batches: first within reports, then across, with what claims lend each other."""
    facts = [batch.facts(rules) for batch in batches]
    within = fit(
        [row for b, f in zip(batches, facts, strict=True) for row in rows(f, b.together(), rules, within=True)]
    )
    rules = replace(rules, points=rules.points.model_copy(update={"within": within}))
    across = fit(
        [
            row
            for b, f in zip(batches, facts, strict=True)
            for row in rows(lent(f, rules), b.together(), rules, within=False)
        ]
    )
    return replace(rules, points=rules.points.model_copy(update={"across": across}))


def measure(batch: Batch, rules: Rules, knowledge: Knowledge) -> dict[str, float]:
    """B-cubed F1, F1 of pairs of different reports, and the share of events that mix several by hand."""
    made = [set(event.claims) for event in link(batch.claims, batch.witnesses, [], knowledge.ontology, (), rules)]
    by_hand, by_us = batch.together(), {claim: n for n, event in enumerate(made) for claim in event}
    report = {claim.id: claim.report for claim in batch.claims}
    precision = np.mean([sum(by_hand[o] == by_hand[c] for o in made[by_us[c]]) / len(made[by_us[c]]) for c in report])
    recall = np.mean(
        [sum(by_us[o] == by_us[c] for o in batch.events[by_hand[c]]) / len(batch.events[by_hand[c]]) for c in report]
    )
    counts: Counter[tuple[bool, bool]] = Counter()
    for a, b in combinations(report, 2):
        if report[a] != report[b]:
            counts[by_hand[a] == by_hand[b], by_us[a] == by_us[b]] += 1
    hit, made_pairs, wanted = (
        counts[True, True],
        counts[True, True] + counts[False, True],
        counts[True, True] + counts[True, False],
    )
    return {
        "B-cubed": 2 * precision * recall / (precision + recall),
        "cross-report": 2 * hit / max(1, made_pairs + wanted),
        "cross precision": hit / max(1, made_pairs),
        "cross recall": hit / max(1, wanted),
        "mixed": sum(len({by_hand[c] for c in event}) > 1 for event in made) / len(made),
    }


def main() -> None:
    """What the command does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--reports", action="append", default=[], help="the reports that claims are from")
    parser.add_argument("--settle", type=Path, help="the linking.yaml whose tables are replaced")
    parser.add_argument("--measure-only", action="store_true", help="measure the rules as they are")
    given = parser.parse_args()
    layers = Layers.over_built_in(None)
    knowledge = load(layers)
    resolver, rules = Resolver(knowledge), Rules.load(layers)
    options = ReadOptions(layers=layers)
    read = read_all(given.reports, options, knowledge.outlets)
    known = {one.id: one for one in read if isinstance(one, Report)}
    pairs = [(given.files[n], given.files[n + 1]) for n in range(0, len(given.files), 2)]
    batches = [batch for claims, events in pairs for batch in Batch.read(claims, events, resolver, known)]
    figures = []
    for batch in batches:
        others = [other for other in batches if other.events != batch.events]
        ours = rules if given.measure_only else fitted(others, rules)
        figures.append(measure(batch, ours, knowledge))
        print(f"{batch.name:24}", *(f"{name} {value:.3f}" for name, value in figures[-1].items()), sep="  ")
    for kind in sorted({bool(batch.witnesses) for batch in batches}):
        some = [one for one, batch in zip(figures, batches, strict=True) if bool(batch.witnesses) is kind]
        name = "mean, dated" if kind else "mean"
        print(f"{name:24}", *(f"{name} {np.mean([one[name] for one in some]):.3f}" for name in some[0]), sep="  ")
    if given.measure_only or given.settle is None:
        return
    points = fitted(batches, rules).points
    text = given.settle.read_text(encoding="utf-8").split("\nwithin:")[0]
    tables = {"within": points.within.model_dump(), "across": points.across.model_dump()}
    given.settle.write_text(text + "\n" + yaml.safe_dump(tables, sort_keys=False, width=120), encoding="utf-8")


if __name__ == "__main__":
    main()
