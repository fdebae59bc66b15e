"""Learns a model: heads from all reports, thresholds and calibration from parts that did not teach the heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate
from rashomon.coding.learned.heads import LinearHead, Rates, TreeHead
from rashomon.coding.learned.model import Calibration, Thresholds
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.evaluate import ScoredClaim
from rashomon.knowledge import Knowledge
from rashomon.model import Status
from rashomon.training.choosing import LEAST, Choice, Worth, best_thresholds, worth
from rashomon.training.examples import Example, Judged, Watch
from rashomon.training.fitting import ROUNDS, fit_calibration, fit_status, fit_trees
from rashomon.training.tables import NO_COLUMN, rated, rated_by_others, rates_of

PARTS = 4
STATUSES = tuple(status.value for status in Status)
ARGUMENT_HEADS = ("actor", "target", "place", "time", "quantity", "source")
_NAMED_BY_LEMMA = frozenset({"actor", "target"})  # which side somebody is on hangs on the word itself


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate of an example.

    Attributes:
        report: the number of the example. number: that of the candidate in it.
        row: without rates.
        hand: the hand-coded claim that it stands for, or None.
    """

    report: int
    number: int
    candidate: Candidate
    row: Features
    hand: ScoredClaim | None


@dataclass(frozen=True, slots=True)
class Heads:
    """What was fitted."""

    trees: Mapping[str, TreeHead]
    status: LinearHead
    rates: tuple[Rates, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """A model's parts, and what they are worth on reports that taught nothing."""

    heads: Heads
    thresholds: Thresholds
    calibration: Calibration
    worth: Worth


def learn(
    examples: Sequence[Example], knowledge: Knowledge, claims: int, facts: int, seed: int, watch: Watch
) -> Learned:
    """Learns from hand-coded reports.

    Args:
        examples: the reports, in an order that does not change from run to run.
        knowledge: the types.
        claims: how many hand-coded claims they have.
        facts: how many facts these have.
        seed: for what is drawn by lot.
        watch: is told how far it is.
    """
    items = [
        Item(report, number, candidate, example.rows.triggers[number], example.hands[number])
        for report, example in enumerate(examples)
        for number, candidate in enumerate(example.rows.case.candidates)
    ]
    choices: list[Choice] = []
    for part in range(PARTS):
        watch("weighing in parts", part, PARTS + 1)
        heads = fit_heads([item for item in items if item.report % PARTS != part], examples, seed)
        choices += _choices([item for item in items if item.report % PARTS == part], examples, heads, knowledge)
    watch("weighing", PARTS, PARTS + 1)
    thresholds = best_thresholds(choices, claims, facts)
    taken = [choice for choice in choices if choice.chance >= thresholds.claim]
    calibration = fit_calibration([choice.chance for choice in taken], [choice.typed for choice in taken])
    heads = fit_heads(items, examples, seed)
    watch("weighing", PARTS + 1, PARTS + 1)
    return Learned(heads, thresholds, calibration, worth(choices, thresholds, claims, facts))


def fit_heads(items: Sequence[Item], examples: Sequence[Example], seed: int) -> Heads:
    """All heads, from these candidates. Those of arguments learn only from candidates that are claims."""
    rows, answers = [item.row for item in items], [item.hand is not None for item in items]
    with_rates = rated_by_others(rows, answers, [item.report for item in items])
    trees = {"claim": fit_trees(with_rates, answers, ROUNDS["claim"], seed)}
    claims = [item for item in items if item.hand is not None]
    judged = [examples[item.report].arguments(item.number) for item in claims]
    for head in ARGUMENT_HEADS:
        pairs = [pair for arguments in judged for pair in arguments[head]]
        but = NO_COLUMN - {"lemma"} if head in _NAMED_BY_LEMMA else NO_COLUMN
        trees[head] = fit_trees(
            [row.features for row, _ in pairs], [right for _, right in pairs], ROUNDS[head], seed, but
        )
    told = [(item.row, str(_value(item.hand, "status"))) for item in claims if item.hand is not None]
    status = fit_status([row for row, _ in told], [value for _, value in told], STATUSES)
    return Heads(trees, status, rates_of(rows, answers))


def _choices(items: Sequence[Item], examples: Sequence[Example], heads: Heads, knowledge: Knowledge) -> list[Choice]:
    """What these heads say of candidates that did not teach them; those that are never claims are left out."""
    rows = rated([item.row for item in items], heads.rates)
    chances = heads.trees["claim"].probabilities(rows)
    kept = [(item, chance) for item, chance in zip(items, chances, strict=True) if chance >= LEAST]
    statuses = heads.status.best([item.row for item, _ in kept])
    judged = [examples[item.report].arguments(item.number) for item, _ in kept]
    scored = {
        head: _scored(heads.trees[head], [[row for row, _ in arguments[head]] for arguments in judged])
        for head in ARGUMENT_HEADS
    }
    made = []
    for n, ((item, chance), status, arguments) in enumerate(zip(kept, statuses, judged, strict=True)):
        hand, kind = item.hand, item.candidate.kind
        made.append(
            Choice(
                chance=chance,
                found=hand is not None,
                typed=hand is not None and hand.type == kind,
                status=hand is not None and _value(hand, "status") == status,
                two_sided=knowledge.ontology[kind].two_sided,
                rows={head: scored[head][n] for head in ARGUMENT_HEADS},
                right={head: _right(pairs) for head, pairs in arguments.items()},
            )
        )
    return made


def _right(pairs: Judged) -> frozenset[int | None]:
    """The mentions that are right: any of an actor, also where another one is nearer."""
    keys = {row.key for row, right in pairs if right}
    return frozenset(row.at for row, _ in pairs if row.key in keys)


def _scored(head: TreeHead, rows: Sequence[list[ArgumentRow]]) -> list[list[tuple[ArgumentRow, float]]]:
    left = iter(head.probabilities([row.features for some in rows for row in some]))
    return [[(row, next(left)) for row in some] for some in rows]


def _value(claim: ScoredClaim, name: str) -> object:
    return next((fact.value for fact in claim.facts if fact.field == name), None)
