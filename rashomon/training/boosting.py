"""From the dump of a LightGBM booster to trees as the coder walks them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rashomon.coding.learned.trees import MOST_LEAVES, Trees

_MISSING_IS_ZERO = ("None", "Zero")  # LightGBM reads a number that is not known as 0 where training saw none such


class _Tree:
    """One tree, its splits in one row; leaves are numbered from left to right."""

    def __init__(self) -> None:
        self.splits: list[dict[str, Any]] = []
        self.left: list[int] = []
        self.leaves: list[float] = []

    def walk(self, node: Mapping[str, Any]) -> int:
        """Takes up a node and all below it; returns the bits of its leaves."""
        if "split_feature" not in node:
            self.leaves.append(float(node["leaf_value"]))
            return 1 << (len(self.leaves) - 1)
        at = len(self.splits)
        self.splits.append(dict(node))
        self.left.append(0)
        self.left[at] = self.walk(node["left_child"])
        return self.left[at] | self.walk(node["right_child"])


def trees_of(dump: Mapping[str, Any], columns: Sequence[int] | None = None) -> Trees:
    """The trees of `Booster.dump_model()`.

    Args:
        dump: what it gave.
        columns: for each column that the booster saw the one that rows will have it in; None where they are the same.

    Raises:
        ValueError: a tree has more leaves than can be walked at once.
    """
    made = []
    for row in dump["tree_info"]:
        tree = _Tree()
        tree.walk(row["tree_structure"])
        made.append(tree)
    most = max((len(tree.leaves) for tree in made), default=1)
    if most > MOST_LEAVES:
        raise ValueError(f"a tree has {most} leaves, {MOST_LEAVES} are the most")
    trees = _packed(made, max(1, most - 1), most)
    return trees if columns is None else replace(trees, feature=np.asarray(columns, np.int32)[trees.feature])


def _packed(trees: Sequence[_Tree], width: int, leaves: int) -> Trees:
    shape = (len(trees), width)
    feature, category = np.zeros(shape, np.int32), np.full(shape, -1, np.int32)
    threshold, passes = np.full(shape, np.inf, np.float32), np.ones(shape, np.bool_)
    left, values = np.zeros(shape, np.uint64), np.zeros((len(trees), leaves))
    members: list[list[int]] = []
    for n, tree in enumerate(trees):
        values[n, : len(tree.leaves)] = tree.leaves
        for at, (split, bits) in enumerate(zip(tree.splits, tree.left, strict=True)):
            feature[n, at], left[n, at] = split["split_feature"], bits
            if split["decision_type"] == "==":
                category[n, at] = len(members)
                members.append([int(one) for one in str(split["threshold"]).split("||")])
            else:
                threshold[n, at] = _not_above(float(split["threshold"]))
                zero = split["missing_type"] in _MISSING_IS_ZERO
                passes[n, at] = float(split["threshold"]) >= 0 if zero else bool(split["default_left"])
    table = np.zeros((max(1, len(members)), max((max(row) for row in members), default=0) + 2), np.bool_)
    for n, row in enumerate(members):
        table[n, row] = True
    return Trees(feature, threshold, passes, category, left, values, table)


def _not_above(value: float) -> np.float32:
    """The greatest number of single precision that is not above: rows are of single precision, so nothing changes."""
    with np.errstate(over="ignore"):
        near = np.float32(value)
    return np.nextafter(near, np.float32(-math.inf)) if float(near) > value else near
