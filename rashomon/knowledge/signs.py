"""What speaks for and against a mention of an event being a claim of its own: the points of lexicon/signs.yaml.

A curve, learned with the points, tells from them how likely a person would record the claim with the coder's type.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers

_PLACES = 3  # of a probability


class Curve(BaseModel):
    """From points to a probability: 1 / (1 + exp(-(intercept + slope * points))).

    Attributes:
        slope: what a point adds to the log-odds; never less than 0, for more points are no less sure.
        intercept: the log-odds where there are no points.
        flash: the probability of a claim of a report so short that its mentions are not weighed; None is not known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    slope: float = Field(ge=0, allow_inf_nan=False)
    intercept: float = Field(allow_inf_nan=False)
    flash: float | None = Field(default=None, ge=0, le=1)

    def at(self, points: int) -> float:
        """The probability that so many points come to."""
        odds = self.intercept + self.slope * points
        # two forms of one curve: neither lets the exponential run over
        likely = 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))
        return round(likely, _PLACES)


class SignsFile(BaseModel):
    """The form of signs.yaml."""

    model_config = ConfigDict(extra="forbid")
    threshold: int | None = None
    base: int | None = None
    curve: Curve | None = None
    signs: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Signs:
    """Points of signs.

    Attributes:
        threshold: what a mention needs to be a claim.
        base: what every mention has before its signs.
        by_name: the points of each sign; those that are not in the file have none.
        files: where they stand.
        curve: what the points come to; None where nobody has learned that.
    """

    threshold: int
    base: int
    by_name: dict[str, int]
    files: list[KnowledgeFile]
    curve: Curve | None = None

    def points(self, signs: Iterable[str]) -> int:
        """The points of a mention with these signs."""
        return self.base + sum(self.by_name.get(sign, 0) for sign in signs)

    def confidence(self, points: int) -> float | None:
        """How likely a person would record what has so many points, with its type; None where that is not known."""
        return self.curve.at(points) if self.curve is not None else None

    @property
    def flash_confidence(self) -> float | None:
        """The same for a claim of a report so short that its mentions are not weighed."""
        return self.curve.flash if self.curve is not None else None

    @classmethod
    def load(cls, layers: Layers) -> Signs:
        """Reads lexicon/signs.yaml of every layer; a later layer's points replace an earlier one's.

        Where a layer gives a base, its points were learned together: they replace all below, the curve too.

        Raises:
            KnowledgeError: a file has another form, or none gives a threshold.
        """
        files = layers.files("lexicon/signs.yaml")
        threshold: int | None = None
        base = 0
        curve: Curve | None = None
        by_name: dict[str, int] = {}
        for file in files:
            given = _read(file)
            threshold = given.threshold if given.threshold is not None else threshold
            if given.base is not None:  # points that were learned together replace those of the layer below
                base, by_name, curve = given.base, {}, None
            by_name |= given.signs
            curve = given.curve or curve
        if threshold is None:
            remedy = "Write `threshold:` with a number of points"
            raise KnowledgeError("no threshold in lexicon/signs.yaml", remedy=remedy)
        return cls(threshold, base, by_name, files, curve)


def _read(file: KnowledgeFile) -> SignsFile:
    try:
        return SignsFile.model_validate(file.yaml())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the whole file"
        raise KnowledgeError(f"{field}: {first['msg']}", where=file.path) from error
