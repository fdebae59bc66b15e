"""Learns a model: heads from all reports, thresholds and calibration from parts that did not teach the heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.coding.learned.candidates import Candidate, Vocabulary
from rashomon.coding.learned.heads import LinearHead, Rates, TreeHead
from rashomon.coding.learned.model import Calibration, Model, Thresholds
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.scores import Reader
from rashomon.evaluate import ScoredClaim
from rashomon.knowledge import Knowledge
from rashomon.training.choosing import FIRST, LEAST, Choice, best_thresholds
from rashomon.training.examples import Example, Judged, Watch
from rashomon.training.fitting import ROUNDS, fit_calibration, fit_status, fit_trees
from rashomon.training.lessons import STATUSES
from rashomon.training.tables import NO_COLUMN, rated, rated_by_others, rates_of

PARTS = 4
ARGUMENT_HEADS = ("actor", "target", "place", "time", "quantity", "source")
_PRIORS = (0.0, 1.0, 2.0, 3.0, 4.0)  # logarithms of odds
_NAMED_BY_LEMMA = frozenset({"actor", "target"})  # which side somebody is on hangs on the word itself
_ENOUGH = 40  # reports: fewer do not say where thresholds and calibration lie


@dataclass(frozen=True, slots=True)
class Study:
    """What is learned from, and with what.

    Attributes:
        examples: the reports, in an order that does not change from run to run; number `n` is in part `n % PARTS`.
        knowledge: the types.
        vocabulary: words that no lexicon knows.
        facts: how many facts the hand-coded claims have.
        readers: for each part of the reports the encoder that it did not teach; and last the one that all taught.
        start: the model to go on from, or None.
        seed: for what is drawn by lot.
    """

    examples: Sequence[Example]
    knowledge: Knowledge
    vocabulary: Vocabulary
    facts: int
    readers: Sequence[Reader | None]
    start: Model | None
    seed: int


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate of an example.

    Attributes:
        report: the number of the example. number: that of the candidate in it.
        row: without rates.
        hand: the hand-coded claim that it stands for, or None.
        kind: the type that it would be given.
    """

    report: int
    number: int
    candidate: Candidate
    row: Features
    hand: ScoredClaim | None
    kind: str = ""

    @property
    def typed(self) -> bool:
        """Whether it stands for a hand-coded claim of its type."""
        return self.hand is not None and self.hand.type == self.kind


@dataclass(frozen=True, slots=True)
class Heads:
    """What was fitted."""

    trees: Mapping[str, TreeHead]
    status: LinearHead
    rates: tuple[Rates, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """The model; and for each part one that it did not teach, with the same thresholds."""

    model: Model
    parts: tuple[Model, ...]


def learn(study: Study, watch: Watch) -> Learned:
    """Learns from hand-coded reports.

    Args:
        study: what from.
        watch: is told how far it is.
    """
    items = [
        Item(report, number, candidate, example.rows.triggers[number], example.hands[number])
        for report, example in enumerate(study.examples)
        for number, candidate in enumerate(example.rows.case.candidates)
    ]
    prior = study.start.prior_of_added if study.start is not None else best_prior(items, study.examples)
    items = [replace(item, kind=study.examples[item.report].rows.kind(item.candidate, prior)) for item in items]
    choices: list[Choice] = []
    fitted: list[Heads] = []
    for part in range(PARTS):
        watch("weighing", part, PARTS + 1)
        fitted.append(fit_heads([item for item in items if item.report % PARTS != part], study))
        choices += _choices([item for item in items if item.report % PARTS == part], study, fitted[-1])
    watch("weighing", PARTS, PARTS + 1)
    fitted.append(fit_heads(items, study))
    thresholds, calibration = _levels(choices, study)
    made = [
        _model(heads, study, thresholds, calibration, prior, reader)
        for heads, reader in zip(fitted, study.readers, strict=True)
    ]
    watch("weighing", PARTS + 1, PARTS + 1)
    return Learned(made[-1], tuple(made[:-1]))


def _levels(choices: Sequence[Choice], study: Study) -> tuple[Thresholds, Calibration]:
    """From which probability on a claim is one, and what it comes to; of few reports what there was to begin with."""
    if len(study.examples) < _ENOUGH:
        return (study.start.thresholds, study.start.calibration) if study.start is not None else (FIRST, Calibration())
    thresholds = best_thresholds(choices, study.facts)
    taken = [choice for choice in choices if choice.chance >= thresholds.claim]
    return thresholds, fit_calibration(
        [choice.chance for choice in taken], [choice.sure for choice in taken], [choice.typed for choice in taken]
    )


def _model(
    heads: Heads, study: Study, thresholds: Thresholds, calibration: Calibration, prior: float, reader: Reader | None
) -> Model:
    return Model(
        version="",
        vocabulary=study.vocabulary,
        heads=heads.trees,
        status=heads.status,
        rates=heads.rates,
        thresholds=thresholds,
        calibration=calibration,
        reader=reader,
        prior_of_added=prior,
    )


def fit_heads(items: Sequence[Item], study: Study) -> Heads:
    """All heads, from these candidates. Those of arguments learn only from candidates that are claims."""
    start, seed = study.start, study.seed
    rows, answers = [item.row for item in items], [item.hand is not None for item in items]
    if start is None:
        with_rates = rated_by_others(rows, answers, [item.report for item in items])
    else:
        with_rates = rated(rows, start.rates)
    typed = [item.typed for item in items]
    trees = {
        name: fit_trees(with_rates, right, ROUNDS[name], seed, start=_head(start, name))
        for name, right in (("claim", answers), ("typed", typed))
    }
    claims = [item for item in items if item.hand is not None]
    judged = [study.examples[item.report].arguments(item.number) for item in claims]
    for head in ARGUMENT_HEADS:
        pairs = [pair for arguments in judged for pair in arguments[head]]
        but = NO_COLUMN - {"lemma"} if head in _NAMED_BY_LEMMA else NO_COLUMN
        trees[head] = fit_trees(
            [row.features for row, _ in pairs],
            [right for _, right in pairs],
            ROUNDS[head],
            seed,
            but,
            _head(start, head),
        )
    if start is not None:
        return Heads(trees, start.status, start.rates)
    told = [(item.row, str(item.hand.value("status"))) for item in claims if item.hand is not None]
    status = fit_status([row for row, _ in told], [value for _, value in told], STATUSES)
    return Heads(trees, status, rates_of(rows, answers))


def _head(start: Model | None, name: str) -> TreeHead | None:
    return start.heads[name] if start is not None else None


def best_prior(items: Sequence[Item], examples: Sequence[Example]) -> float:
    """What is to speak for the type that a word mostly had: with what most types of such words are right."""
    added = [item for item in items if item.candidate.added and item.hand is not None]

    def right(prior: float) -> int:
        return sum(
            item.hand is not None and examples[item.report].rows.kind(item.candidate, prior) == item.hand.type
            for item in added
        )

    return max(_PRIORS, key=right)


def _choices(items: Sequence[Item], study: Study, heads: Heads) -> list[Choice]:
    """What these heads say of candidates that did not teach them; those that are never claims are left out."""
    rows = rated([item.row for item in items], heads.rates)
    chances = heads.trees["claim"].probabilities(rows)
    typed = heads.trees["typed"].probabilities(rows)
    kept = [(item, chance, sure) for item, chance, sure in zip(items, chances, typed, strict=True) if chance >= LEAST]
    statuses = heads.status.best([item.row for item, _, _ in kept])
    judged = [study.examples[item.report].arguments(item.number) for item, _, _ in kept]
    scored = {
        head: _scored(heads.trees[head], [[row for row, _ in arguments[head]] for arguments in judged])
        for head in ARGUMENT_HEADS
    }
    made = []
    for n, ((item, chance, sure), status, arguments) in enumerate(zip(kept, statuses, judged, strict=True)):
        hand = item.hand
        made.append(
            Choice(
                chance=chance,
                sure=sure,
                found=hand is not None,
                typed=item.typed,
                status=hand is not None and hand.value("status") == status,
                two_sided=study.knowledge.ontology[item.kind].two_sided,
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
