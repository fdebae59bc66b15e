"""What a model is worth: claims of reports by models that those reports did not teach, laid against the hand-coded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from rashomon.coding.learned import LearnedCoder, Model
from rashomon.evaluate import Evaluation, Names, ScoredClaim, evaluate
from rashomon.knowledge import Knowledge
from rashomon.model import Report
from rashomon.resolving import Resolver
from rashomon.training.examples import Example, Gold, Watch
from rashomon.wire import claim_to_json

SIDE_UNKNOWN = "not known"
Coded = Mapping[str, Sequence[ScoredClaim]]
"""Claims by report."""


@dataclass(frozen=True, slots=True)
class Held:
    """What models are worth on reports that did not teach them.

    Attributes:
        whole: over all of them.
        by_side: by what the file of outlets says of the side of their outlets, with the number of reports.
        by_type: F1 of claims of each type, with the number of hand-coded ones.
    """

    whole: Evaluation
    by_side: Mapping[str, tuple[int, Evaluation]]
    by_type: Mapping[str, tuple[int, float]]


def hold(
    examples: Sequence[Example],
    model_of: Callable[[int], Model],
    gold: Gold,
    knowledge: Knowledge,
    resolver: Resolver,
    watch: Watch,
) -> Held:
    """Codes reports and scores the claims.

    Args:
        examples: the reports.
        model_of: for the number of a report the model that codes it.
        gold: the hand-coded claims.
        knowledge: all knowledge.
        resolver: says what mentions mean.
        watch: is told how far it is.
    """
    names = Names.load()
    coders: dict[int, LearnedCoder] = {}
    coded: dict[str, list[ScoredClaim]] = {}
    for number, example in enumerate(examples):
        watch("scoring", number, len(examples))
        model, case = model_of(number), example.rows.case
        if id(model) not in coders:
            coders[id(model)] = LearnedCoder(knowledge, _already_parsed, model, resolver)
        claims = resolver.resolve(coders[id(model)].code_parsed(case.report, case.findings.doc), case.report)
        coded[case.report.id] = [
            ScoredClaim.from_json(case.report.id, claim_to_json(claim), names, "") for claim in claims
        ]
    watch("scoring", len(examples), len(examples))
    sides: defaultdict[str, list[str]] = defaultdict(list)
    for example in examples:
        sides[_side(example.rows.case.report, knowledge)].append(example.rows.case.report.id)
    whole = _scored([*coded], gold, coded)
    return Held(
        whole,
        {side: (len(sides[side]), _scored(sides[side], gold, coded)) for side in sorted(sides)},
        _by_type(whole, gold, coded),
    )


def _already_parsed(report: Report) -> Doc:
    raise ValueError(f"{report.id} is parsed already")


def _side(report: Report, knowledge: Knowledge) -> str:
    outlet = knowledge.outlets.get(report.outlet) if report.outlet else None
    return outlet.side if outlet is not None and outlet.side else SIDE_UNKNOWN


def _scored(reports: Sequence[str], gold: Gold, coded: Coded) -> Evaluation:
    wanted = {report: gold.claims[report] for report in reports}
    return evaluate(wanted, gold.texts, [claim for report in reports for claim in coded[report]])


def _by_type(whole: Evaluation, gold: Gold, coded: Coded) -> dict[str, tuple[int, float]]:
    wanted = Counter(claim.type for report in coded for claim in gold.claims[report])
    made = Counter(claim.type for claims in coded.values() for claim in claims)
    right = Counter(claim.type for claim, good in whole.judged if good)
    return {kind: (wanted[kind], 2 * right[kind] / (wanted[kind] + made[kind])) for kind in sorted(wanted)}
