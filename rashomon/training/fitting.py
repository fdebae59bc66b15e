"""Fits the heads of a model; needs the libraries of the extra `train`."""

from __future__ import annotations

import importlib
import math
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from rashomon.coding.learned.heads import Columns, LinearHead, TreeHead
from rashomon.coding.learned.model import Calibration, log_odds
from rashomon.coding.learned.rows import Features
from rashomon.coding.learned.trees import Doubles, Floats, Trees
from rashomon.errors import RashomonError
from rashomon.training.boosting import trees_of
from rashomon.training.tables import NO_COLUMN, columns_of, status_columns

ROUNDS = {
    "claim": 180,
    "typed": 180,
    "actor": 270,
    "target": 270,
    "place": 210,
    "time": 120,
    "quantity": 120,
    "source": 120,
}
_BOOSTING = {
    "objective": "binary", "learning_rate": 0.065, "num_leaves": 15, "min_data_in_leaf": 20, "feature_fraction": 0.4,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "cat_smooth": 20, "cat_l2": 20,
    "max_cat_threshold": 16, "min_data_per_group": 20, "verbose": -1, "num_threads": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
OF_ENCODER = ("encoder_", "pair_", "best_pair_")
"""How the names of features begin that the encoder gives."""

_LOOSE = 0.3  # C of the head of status
_FREE = 1e6  # C of the calibration
_NEVER = -1e9  # score of a status that was never seen
_SELDOM = -9.0  # log-odds where there is nothing to learn from
_MORE = 0.15  # of the rounds, where trees are there to go on from
_NO_FEATURE = ("nothing",)  # a table has a column even where no tree looks at it
_ENOUGH = 50  # claims that a calibration can be learned from


def library(name: str) -> Any:  # noqa: ANN401 - untyped libraries, loaded only by those who train
    """A library of the extra `train`.

    Raises:
        RashomonError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise RashomonError(f"training needs {name}. Install `rashomon[train]`") from error


def fit_trees(
    rows: Sequence[Features],
    answers: Sequence[bool],
    rounds: int,
    seed: int,
    but: Collection[str] = NO_COLUMN,
    start: TreeHead | None = None,
) -> TreeHead:
    """Boosted trees that give the probability of `True`.

    Where an encoder said something, half of the trees do not hear it: what both halves say on average is better than
    what either says, and a little surer.

    Args:
        rows: what is known.
        answers: what is right.
        rounds: how many trees.
        seed: for what is drawn by lot.
        but: features that are not looked at.
        start: trees to go on from: some more, with the same columns, correct what these say.
    """
    if start is not None:
        return _corrected(start, rows, answers, rounds, seed)
    if len(set(answers)) < 2:
        value = -_SELDOM if answers and answers[0] else _SELDOM
        return TreeHead(Columns(_NO_FEATURE, {}), trees_of({"tree_info": [{"tree_structure": {"leaf_value": value}}]}))
    columns = columns_of(rows, but)
    table, target = columns.table(rows), np.array(answers, dtype=float)
    names = (*columns.numbers, *columns.words)
    every = range(len(names))
    views = [list(every)]
    if any(name.startswith(OF_ENCODER) for name in names):
        views.append([at for at in every if not names[at].startswith(OF_ENCODER)])
    made = [_boosted(table, target, view, len(columns.numbers), rounds, seed) for view in views]
    return TreeHead(columns, Trees.sum_of(made, 1 / len(made)))


def _corrected(start: TreeHead, rows: Sequence[Features], answers: Sequence[bool], rounds: int, seed: int) -> TreeHead:
    if len(set(answers)) < 2:
        return start
    columns = start.columns
    table = columns.table(rows)
    every = list(range(len(columns.numbers) + len(columns.words)))
    more = math.ceil(rounds * _MORE)
    added = _boosted(
        table, np.array(answers, dtype=float), every, len(columns.numbers), more, seed, start.trees.sums(table)
    )
    return TreeHead(columns, Trees.sum_of([start.trees, added]))


def _boosted(
    table: Floats,
    answers: Doubles,
    view: Sequence[int],
    numbers: int,
    rounds: int,
    seed: int,
    said: Doubles | None = None,
) -> Trees:
    """Trees that look at some columns of a table, whose first ones are numbers and whose others are words.

    `said` are log-odds that the trees are added to.
    """
    boosting = library("lightgbm")
    words = [n for n, at in enumerate(view) if at >= numbers]
    data = boosting.Dataset(table[:, view], answers, categorical_feature=words, init_score=said)
    booster = boosting.train({**_BOOSTING, "seed": seed}, data, rounds)
    return trees_of(booster.dump_model(), view)


def fit_status(rows: Sequence[Features], answers: Sequence[str], statuses: Sequence[str]) -> LinearHead:
    """Logistic regression from rows of candidates to statuses."""
    columns = status_columns(rows, statuses)
    weights, offsets = np.zeros((len(statuses), len(columns))), np.full(len(statuses), _NEVER)
    seen = sorted(set(answers))
    if len(seen) < 2:
        offsets[[statuses.index(status) for status in seen]] = 0.0
        return LinearHead(tuple(statuses), columns, weights, offsets)
    table = np.array([[column.of(row) for column in columns] for row in rows])
    model = library("sklearn.linear_model").LogisticRegression(C=_LOOSE, max_iter=1000).fit(table, list(answers))
    two = len(model.classes_) == 2
    for n, status in enumerate(model.classes_):
        at = statuses.index(str(status))
        weights[at] = model.coef_[0] * n if two else model.coef_[n]
        offsets[at] = model.intercept_[0] * n if two else model.intercept_[n]
    return LinearHead(tuple(statuses), columns, weights, offsets)


def fit_calibration(chances: Sequence[float], sure: Sequence[float], right: Sequence[bool]) -> Calibration:
    """From the probabilities of claims, and of claims of their type, to how often they are right; see `Calibration`."""
    if len(right) < _ENOUGH or len(set(right)) < 2:
        return Calibration()
    table = np.stack([log_odds(np.array(chances)), log_odds(np.array(sure))], axis=1)
    model = library("sklearn.linear_model").LogisticRegression(C=_FREE).fit(table, np.array(right))
    slope, of_type = (round(float(weight), 6) for weight in model.coef_[0])
    return Calibration(slope=slope, of_type=of_type, offset=round(float(model.intercept_[0]), 6))
