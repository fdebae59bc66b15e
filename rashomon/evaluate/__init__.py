"""Coded claims against hand-coded ones: precision, recall and F1, and what was missed, invented or wrong.

A coded claim is laid against at most one hand-coded claim of the same report: they share text, and either their
triggers overlap or their types are the same. Each claim then falls apart into facts: its type, status and nearest
kind of source; every actor, target and place; its days; every quantity. A fact is right where the claim on the other
side has it too. The headline figure is the F1 over all facts of all claims.
"""

from rashomon.evaluate.certainty import Bin, Certainty
from rashomon.evaluate.days import DaysScore, ReadDays, measure_days
from rashomon.evaluate.facts import Fact, ScoredClaim
from rashomon.evaluate.files import read_coded, read_gold, read_texts, to_json
from rashomon.evaluate.names import Names
from rashomon.evaluate.scores import FIELDS, Difference, Evaluation, Score, agree, align, evaluate
from rashomon.evaluate.swap import Change, SwapScore, Tally, measure_swaps

__all__ = [
    "FIELDS",
    "Bin",
    "Certainty",
    "Change",
    "DaysScore",
    "Difference",
    "Evaluation",
    "Fact",
    "Names",
    "ReadDays",
    "Score",
    "ScoredClaim",
    "SwapScore",
    "Tally",
    "agree",
    "align",
    "evaluate",
    "measure_days",
    "measure_swaps",
    "read_coded",
    "read_gold",
    "read_texts",
    "to_json",
]
