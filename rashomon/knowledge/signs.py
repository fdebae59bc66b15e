"""What speaks for and against a mention of an event being a claim of its own: the points of lexicon/signs.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers


class SignsFile(BaseModel):
    """The form of signs.yaml."""

    model_config = ConfigDict(extra="forbid")
    threshold: int | None = None
    base: int | None = None
    signs: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Signs:
    """Points of signs.

    Attributes:
        threshold: what a mention needs to be a claim.
        base: what every mention has before its signs.
        by_name: the points of each sign; those that are not in the file have none.
        files: where they stand.
    """

    threshold: int
    base: int
    by_name: dict[str, int]
    files: list[KnowledgeFile]

    def points(self, signs: Iterable[str]) -> int:
        """The points of a mention with these signs."""
        return self.base + sum(self.by_name.get(sign, 0) for sign in signs)

    @classmethod
    def load(cls, layers: Layers) -> Signs:
        """Reads lexicon/signs.yaml of every layer; a later layer's points replace an earlier one's.

        Where a layer gives a base, its points were learned together: they replace all below.

        Raises:
            KnowledgeError: a file has another form, or none gives a threshold.
        """
        files = layers.files("lexicon/signs.yaml")
        threshold: int | None = None
        base = 0
        by_name: dict[str, int] = {}
        for file in files:
            given = _read(file)
            threshold = given.threshold if given.threshold is not None else threshold
            if given.base is not None:  # points that were learned together replace those of the layer below
                base, by_name = given.base, {}
            by_name |= given.signs
        if threshold is None:
            remedy = "Write `threshold:` with a number of points"
            raise KnowledgeError("no threshold in lexicon/signs.yaml", remedy=remedy)
        return cls(threshold, base, by_name, files)


def _read(file: KnowledgeFile) -> SignsFile:
    try:
        return SignsFile.model_validate(file.yaml())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the whole file"
        raise KnowledgeError(f"{field}: {first['msg']}", where=file.path) from error
