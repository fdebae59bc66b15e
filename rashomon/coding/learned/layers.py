"""What stands on the encoder's vectors: type, status and source of a word, and how words go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.coding.learned.trees import Floats

LAYERS = ("type", "status_of_word", "source_of_word", "pairs")
"""How the names of the arrays begin that stand on the encoder."""

ROLES = ("actors", "targets", "places", "time", "quantities")
_NEAR, _BUCKETS = 5, 14  # tokens apart that count one by one; classes of distance on one side
_SCALE = 8.0  # keeps the products of two vectors about as large as their sums


@dataclass(frozen=True, slots=True)
class Classifier:
    """Two layers from a vector to classes."""

    inner: Floats
    inner_offset: Floats
    outer: Floats
    outer_offset: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> Classifier:
        """The classifier whose arrays begin with `prefix`."""
        return cls(*(arrays[f"{prefix}.{name}"] for name in ("inner", "inner_offset", "outer", "outer_offset")))

    def log_probabilities(self, states: Floats) -> Floats:
        """The logarithm of each class's probability, one row for each vector."""
        scores = gelu(states @ self.inner.T + self.inner_offset) @ self.outer.T + self.outer_offset
        highest = scores.max(axis=-1, keepdims=True)
        sums = np.log(np.exp(scores - highest).sum(axis=-1, keepdims=True))
        found: Floats = scores - highest - sums
        return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """How well a mention goes with a trigger in each of `ROLES`.

    Attributes:
        trigger, mention: layers of size `width` for each role, with their offsets.
        distance: for each class of distance one vector for each role.
        sums, products, offset: for each role the weights of the sums and of the products, and a number.
    """

    trigger: Floats
    trigger_offset: Floats
    mention: Floats
    mention_offset: Floats
    distance: Floats
    sums: Floats
    products: Floats
    offset: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Pairs:
        """The layers whose arrays begin with 'pairs'."""
        return cls(*(arrays[f"pairs.{name}"] for name in cls.__dataclass_fields__))

    def of_mentions(self, states: Floats, roles: slice) -> Floats:
        """What stands for words as mentions: for each and each of the roles one vector.

        Args:
            states: the words' vectors.
            roles: a slice of `ROLES`.
        """
        part = self._part(roles)
        found: Floats = (states @ self.mention[part].T + self.mention_offset[part]).reshape(-1, *self._shape(roles))
        return found

    def scores(self, trigger: Floats, mentions: Floats, distances: Sequence[int], roles: slice) -> Floats:
        """One row of scores for each mention, one score for each of the roles.

        Args:
            trigger: the trigger's vector.
            mentions: what `of_mentions` gives for the mentions.
            distances: how many words each stands behind the trigger.
            roles: a slice of `ROLES`.
        """
        part = self._part(roles)
        one = (self.trigger[part] @ trigger + self.trigger_offset[part]).reshape(self._shape(roles))
        buckets = [distance_class(distance) for distance in distances]
        apart = self.distance[buckets][:, part].reshape(-1, *self._shape(roles))
        summed = (gelu(one + mentions + apart) * self.sums[roles]).sum(axis=-1)
        found: Floats = summed + (one * mentions * self.products[roles]).sum(axis=-1) / _SCALE + self.offset[roles]
        return found

    def _part(self, roles: slice) -> slice:
        width = self.sums.shape[1]
        return slice(roles.start * width, roles.stop * width)

    def _shape(self, roles: slice) -> tuple[int, int]:
        return roles.stop - roles.start, self.sums.shape[1]


def distance_class(distance: int) -> int:
    """The class of a distance in words: near ones by themselves, far ones by powers of the root of two."""
    away = abs(distance)
    step = away if away < _NEAR else min(_NEAR + int(np.log2(away / _NEAR) * 2), _BUCKETS - 1)
    return step + (_BUCKETS if distance < 0 else 0)


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit."""
    found: Floats = (values * (1 + _erf(values / np.float32(np.sqrt(2)))) / 2).astype(np.float32)
    return found


def _erf(values: Floats) -> Floats:
    """The error function, within 1.5e-7 (Abramowitz and Stegun, 7.1.26)."""
    away = np.abs(values)
    t = 1 / (1 + np.float32(0.3275911) * away)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    found: Floats = (np.sign(values) * (1 - series * np.exp(-away * away))).astype(np.float32)
    return found
