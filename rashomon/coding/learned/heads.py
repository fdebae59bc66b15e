"""The heads of a model: from rows of features to probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from rashomon.coding.learned.rows import Features, Value
from rashomon.coding.learned.trees import Doubles, Floats, Trees

_NOTHING = float("nan")


@dataclass(frozen=True, slots=True)
class Columns:
    """How rows of features become a table: first the numbers, then the words, each word by its number.

    Attributes:
        numbers: names of features that are numbers or truths.
        words: names of features that are words, each with the words that count; others are not known.
    """

    numbers: tuple[str, ...]
    words: Mapping[str, Mapping[Value | None, int]]

    def table(self, rows: Sequence[Features]) -> Floats:
        """One row for each row of features; NaN where one is not known."""
        nothing = repeat(_NOTHING)
        vocabularies = [known.get for known in self.words.values()]
        made = []
        for row in rows:
            numbers = map(row.get, self.numbers, nothing)
            words = [find(row.get(name), _NOTHING) for name, find in zip(self.words, vocabularies, strict=True)]
            made.append([*numbers, *words])
        return np.array(made, dtype=np.float32).reshape(len(rows), len(self.numbers) + len(self.words))


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A probability by boosted trees."""

    columns: Columns
    trees: Trees

    def probabilities(self, rows: Sequence[Features]) -> list[float]:
        """One probability for each row."""
        return self.of_table(self.columns.table(rows))

    def of_table(self, table: Floats) -> list[float]:
        """One probability for each row of a table of its columns."""
        found: list[float] = self.trees.probabilities(table).tolist()
        return found


@dataclass(frozen=True, slots=True)
class LinearColumn:
    """One column of a linear head.

    Attributes:
        feature: its name.
        equals: where given, the column is 1 if the feature has this value and 0 if not.
    """

    feature: str
    equals: Value | None = None

    def of(self, row: Features) -> float:
        """Its value in a row."""
        if self.equals is not None:
            return float(row.get(self.feature) == self.equals)
        return float(row.get(self.feature, 0.0))


@dataclass(frozen=True, slots=True)
class LinearHead:
    """One of several classes by logistic regression.

    Attributes:
        weights: one row for each class. offsets: one number for each.
    """

    classes: tuple[str, ...]
    columns: tuple[LinearColumn, ...]
    weights: Doubles
    offsets: Doubles

    def scores(self, rows: Sequence[Features]) -> Doubles:
        """One row of scores for each row of features, one score for each class: the greater the likelier."""
        table = np.array([[column.of(row) for column in self.columns] for row in rows], dtype=np.float64)
        found: Doubles = table.reshape(len(rows), len(self.columns)) @ self.weights.T + self.offsets
        return found

    def best(self, rows: Sequence[Features]) -> list[str]:
        """The likeliest class of each row."""
        return [self.classes[at] for at in self.scores(rows).argmax(axis=1)] if rows else []


@dataclass(frozen=True, slots=True)
class Rates:
    """How often words were claims in the reports that were learned from: two features for one word.

    Attributes:
        feature: the name of the feature that the words are of.
        usual: the rate of a word that was never seen.
        seen: rate and number of each word that was.
    """

    feature: str
    usual: float
    seen: Mapping[str, tuple[float, float]]

    def add_to(self, row: Features) -> None:
        """Adds rate and number to a row."""
        rate, number = self.seen.get(str(row[self.feature]), (self.usual, 0.0))
        row[f"{self.feature}_rate"], row[f"{self.feature}_seen"] = rate, number
