"""Boosted trees as plain arrays, all of a head walked at once.

For each row every split of every tree is asked. A split that is not passed rules out the leaves on its left side; the
leftmost leaf that is left over is the one that a walk from the root would have come to (Lucchese et al., 'QuickScorer',
SIGIR 2015). That is a few operations on large arrays, instead of one for each level of each tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_LEAVES = 64
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees of one head; row `t` of an array is a tree's, its columns the tree's splits, filled up at the end.

    Attributes:
        feature: the column that a split looks at.
        threshold: a number passes where it is not greater.
        missing_passes: whether a number that is not known passes.
        category: the row of `members` with the categories that pass; -1 for a split on a number.
        left: bits of the leaves on the split's left side.
        leaves: the value of each leaf, from left to right.
        members: for each split on a category and each category's number whether it passes; the last column is for what
            is not known.
    """

    feature: npt.NDArray[np.int32]
    threshold: Floats
    missing_passes: npt.NDArray[np.bool_]
    category: npt.NDArray[np.int32]
    left: npt.NDArray[np.uint64]
    leaves: Doubles
    members: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> Trees:
        """The trees whose arrays are named `prefix` and the attribute.

        Raises:
            KeyError: an array is missing.
            ValueError: arrays do not fit each other.
        """
        trees = cls(**{field.name: arrays[f"{prefix}.{field.name}"] for field in fields(cls)})
        shape = trees.feature.shape
        same = (trees.threshold, trees.missing_passes, trees.category, trees.left)
        if len(shape) != 2 or any(array.shape != shape for array in same):
            raise ValueError(f"the trees of {prefix} are not of one shape")
        if trees.leaves.shape[0] != shape[0] or trees.leaves.shape[1] > MOST_LEAVES:
            raise ValueError(f"the leaves of {prefix} do not fit its trees")
        return trees

    @classmethod
    def sum_of(cls, several: Sequence[Trees], share: float = 1.0) -> Trees:
        """The trees of several heads over the same columns as one, whose sums are theirs together, times `share`."""
        width = max(trees.feature.shape[1] for trees in several)
        most = max(trees.leaves.shape[1] for trees in several)
        words = max(trees.members.shape[1] for trees in several)
        categories, first = [], 0
        for trees in several:
            categories.append(np.where(trees.category >= 0, trees.category + first, -1).astype(np.int32))
            first += len(trees.members)

        def joined(arrays: Iterable[npt.NDArray[Any]], size: int, fill: float) -> npt.NDArray[Any]:
            return np.concatenate([np.pad(a, ((0, 0), (0, size - a.shape[1])), constant_values=fill) for a in arrays])

        return cls(
            feature=joined((trees.feature for trees in several), width, 0),
            threshold=joined((trees.threshold for trees in several), width, np.inf),
            missing_passes=joined((trees.missing_passes for trees in several), width, True),
            category=joined(categories, width, -1),
            left=joined((trees.left for trees in several), width, 0),
            leaves=joined((trees.leaves * share for trees in several), most, 0.0),
            members=joined((trees.members for trees in several), words, False),
        )

    def arrays(self, prefix: str) -> dict[str, npt.NDArray[Any]]:
        """The same by name, as `of` takes them."""
        return {f"{prefix}.{field.name}": getattr(self, field.name) for field in fields(self)}

    def probabilities(self, rows: Floats) -> Doubles:
        """The probability of each row, between 0 and 1."""
        return 1 / (1 + np.exp(-self.sums(rows)))

    def sums(self, rows: Floats) -> Doubles:
        """The sum of the leaves that each row comes to.

        Args:
            rows: one row of features for each thing asked about; NaN where a feature is not known, categories as
                numbers.
        """
        if not len(rows):
            return np.zeros(0)
        by_column = np.ascontiguousarray(rows.T)
        unknown = np.isnan(by_column)
        low, high = by_column.copy(), by_column.copy()
        low[unknown], high[unknown] = -np.inf, np.inf  # what is not known passes every threshold, or none
        numbers = np.concatenate([low, high])
        last = self.members.shape[1] - 1
        words = np.where(unknown, last, np.clip(np.nan_to_num(by_column), 0, last)).astype(np.intp)
        bits = _bits(self.leaves.shape[1])
        left = self.left.astype(bits)
        kept = np.full((len(self.feature), len(rows)), np.iinfo(bits).max, dtype=bits)
        asked, out = np.empty(kept.shape, np.float32), np.empty(kept.shape, bits)  # made once: that is quicker
        for split in range(self.feature.shape[1]):  # one split of every tree at a time: small arrays stay in the cache
            np.multiply(self._failed(numbers, words, split, asked), left[:, split, None], out=out)
            kept &= np.invert(out, out=out)
        lowest = np.bitwise_count((kept & (~kept + bits(1))) - bits(1)).astype(np.intp)
        found: Doubles = np.take_along_axis(self.leaves, lowest, axis=1).sum(axis=0)
        return found

    def _failed(self, numbers: Floats, words: npt.NDArray[np.intp], split: int, asked: Floats) -> npt.NDArray[np.bool_]:
        """For each tree and row whether the row fails the tree's split of this number; `asked` is written over."""
        feature, category = self.feature[:, split], self.category[:, split]
        column = feature + np.where(self.missing_passes[:, split], 0, len(words))
        np.take(numbers, column, axis=0, out=asked, mode="clip")
        failed: npt.NDArray[np.bool_] = asked > self.threshold[:, split, None]
        trees = np.flatnonzero(category >= 0)
        if len(trees):
            failed[trees] = ~self.members[category[trees, None], words[feature[trees]]]
        return failed


def _bits(leaves: int) -> type[np.unsignedinteger[Any]]:
    """The smallest numbers with a bit for each leaf."""
    return np.uint16 if leaves <= 16 else np.uint64
