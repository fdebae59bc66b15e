"""Trees and layers as arrays, against the same written out step by step."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

from rashomon.coding.learned.heads import Columns, LinearColumn, LinearHead, Rates
from rashomon.coding.learned.layers import Classifier, distance_class, gelu
from rashomon.coding.learned.rows import Features
from rashomon.coding.learned.trees import Trees
from rashomon.training.boosting import trees_of

COLUMNS = 4  # the last one holds categories


def grown(rng: random.Random, depth: int) -> dict[str, Any]:
    """A tree as LightGBM dumps it."""
    if depth == 0 or rng.random() < 0.2:
        return {"leaf_value": rng.uniform(-1, 1)}
    words = rng.random() < 0.3
    node: dict[str, Any] = {
        "split_feature": COLUMNS - 1 if words else rng.randrange(COLUMNS - 1),
        "decision_type": "==" if words else "<=",
        "threshold": "||".join(str(n) for n in rng.sample(range(5), 2)) if words else rng.uniform(-1, 1),
        "default_left": rng.random() < 0.5,
        "missing_type": rng.choice(["NaN", "None"]),
    }
    return node | {"left_child": grown(rng, depth - 1), "right_child": grown(rng, depth - 1)}


def walked(node: dict[str, Any], row: list[float]) -> float:
    while "leaf_value" not in node:
        value = row[node["split_feature"]]
        if node["decision_type"] == "==":
            left = not math.isnan(value) and str(int(value)) in node["threshold"].split("||")
        elif math.isnan(value):
            left = bool(node["default_left"]) if node["missing_type"] == "NaN" else node["threshold"] >= 0
        else:
            left = value <= node["threshold"]
        node = node["left_child" if left else "right_child"]
    return float(node["leaf_value"])


@pytest.mark.parametrize("seed", range(20))
def test_all_trees_at_once_come_to_the_leaves_that_a_walk_comes_to(seed: int) -> None:
    rng = random.Random(seed)
    dump = {"tree_info": [{"tree_structure": grown(rng, rng.randrange(6))} for _ in range(7)]}
    table = np.array(
        [
            [*(rng.choice([rng.uniform(-1, 1), math.nan]) for _ in range(COLUMNS - 1)), rng.randrange(7)]
            for _ in range(9)
        ],
        dtype=np.float32,
    )
    table[0, -1] = math.nan
    wanted = [sum(walked(row["tree_structure"], line) for row in dump["tree_info"]) for line in table.tolist()]
    trees = trees_of(dump)
    assert trees.sums(table).tolist() == pytest.approx(wanted)
    again = Trees.of(trees.arrays("x"), "x")
    assert again.probabilities(table).tolist() == pytest.approx([1 / (1 + math.exp(-value)) for value in wanted])


def test_no_rows_no_probabilities() -> None:
    trees = trees_of({"tree_info": [{"tree_structure": {"leaf_value": 1.0}}]})
    assert trees.probabilities(np.zeros((0, 2), np.float32)).tolist() == []
    assert trees.sums(np.zeros((2, 2), np.float32)).tolist() == [1.0, 1.0]


def test_trees_that_do_not_fit_each_other() -> None:
    good = trees_of({"tree_info": [{"tree_structure": {"leaf_value": 1.0}}]}).arrays("x")
    with pytest.raises(ValueError, match="not of one shape"):
        Trees.of(good | {"x.category": np.zeros((2, 2), np.int32)}, "x")
    with pytest.raises(KeyError):
        Trees.of({}, "x")


def test_words_that_were_not_learned_are_not_known() -> None:
    columns = Columns(("long", "far"), {"tag": {"NN": 0, "VB": 1}})
    rows: list[Features] = [{"long": True, "tag": "VB"}, {"far": 2.5, "tag": "XX"}]
    table = columns.table(rows)
    assert table[0].tolist()[0] == 1.0
    assert math.isnan(table[0, 1])
    assert table[0, 2] == 1.0
    assert math.isnan(table[1, 2])
    assert columns.table([]).shape == (0, 3)


def test_a_linear_head_takes_the_likeliest_class() -> None:
    head = LinearHead(
        ("occurred", "planned"),
        (LinearColumn("tag", equals="VB"), LinearColumn("score")),
        np.array([[0.0, 0.0], [3.0, 1.0]]),
        np.array([2.0, 0.0]),
    )
    assert head.best([{"tag": "VB"}, {"tag": "NN"}, {"tag": "NN", "score": 4.0}]) == ["planned", "occurred", "planned"]
    assert head.best([]) == []


def test_rates_of_words_seen_and_not_seen() -> None:
    rates = Rates("lemma", 0.25, {"raid": (0.5, 8.0)})
    seen: Features = {"lemma": "raid"}
    new: Features = {"lemma": "gust"}
    rates.add_to(seen)
    rates.add_to(new)
    assert (seen["lemma_rate"], seen["lemma_seen"]) == (0.5, 8.0)
    assert (new["lemma_rate"], new["lemma_seen"]) == (0.25, 0.0)


def test_gelu_is_that_of_the_error_function() -> None:
    values = np.linspace(-6, 6, 101, dtype=np.float32)
    wanted = [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in values.tolist()]
    assert gelu(values).tolist() == pytest.approx(wanted, abs=2e-6)


def test_distances_fall_into_classes_by_side() -> None:
    assert [distance_class(n) for n in (0, 1, 4, 5, 10, 10_000)] == [0, 1, 4, 5, 7, 13]
    assert distance_class(-3) == 17


def test_probabilities_of_classes_sum_to_one() -> None:
    rng = np.random.default_rng(0)
    layer = Classifier(*(rng.normal(size=shape).astype(np.float32) for shape in ((3, 4), (3,), (5, 3), (5,))))
    found = layer.log_probabilities(rng.normal(size=(2, 4)).astype(np.float32))
    assert np.exp(found).sum(axis=1).tolist() == pytest.approx([1.0, 1.0], abs=1e-5)
