"""What accounts are compared by, read from data/accounts.yaml, and the outlets that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.model import Measure

FILE = "accounts.yaml"


def _small(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


Words = Annotated[frozenset[str], AfterValidator(_small)]
Share = Annotated[float, Field(gt=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rewritten(_Strict):
    """When a statement is another one rewritten: the share of its runs of `run` words, from `least` words on."""

    run: int = Field(ge=1)
    share: Share
    least: int = Field(ge=1)


class Tolls(_Strict):
    """Which figures are tolls, and of whom."""

    measures: frozenset[Measure]
    running: frozenset[str]
    running_days: int = Field(ge=1)
    near: int = Field(ge=0)
    rises: Words
    all: Words
    groups: dict[str, Words]
    plain: Words


class Culprits(_Strict):
    """Types whose doers are held against each other, and sides that act together."""

    deeds: tuple[frozenset[str], ...]
    together: tuple[frozenset[str], ...]


class Places(_Strict):
    """Distances in kilometres."""

    near_km: float = Field(ge=0)
    region_km: float = Field(ge=0)


class DayRules(_Strict):
    """Types that last."""

    lasting: frozenset[str]


class Denials(_Strict):
    """Types that name one deed."""

    one_deed: tuple[frozenset[str], ...]


class TwoNames(_Strict):
    """Words by which one praises what another blames."""

    one: Words
    other: Words


class Names(_Strict):
    """What a deed, and what somebody, is called."""

    types: tuple[frozenset[str], ...]
    words: tuple[TwoNames, ...]
    praise: Words


class SilenceRules(_Strict):
    """When an outlet that kept silent is worth telling of."""

    around_days: int = Field(ge=1)
    after_days: int = Field(ge=0)
    least: int = Field(ge=1)
    share: Share
    outlets: int = Field(ge=1)
    published: int = Field(ge=1)


class _File(_Strict):
    rewritten: Rewritten
    speaks_for: Words
    not_before: Words
    toll: Tolls
    culprit: Culprits
    place: Places
    day: DayRules
    happened: Denials
    called: Names
    silence: SilenceRules


@dataclass(frozen=True, slots=True)
class AccountRules:
    """What accounts are compared by.

    Attributes:
        by: the fields of data/accounts.yaml, where they are explained.
        outlets: who publishes, and by which names they are quoted.
    """

    by: _File
    outlets: Outlets

    @classmethod
    def load(cls, layers: Layers) -> AccountRules:
        """Reads accounts.yaml, of which the topmost layer's counts whole, and the outlets.

        Raises:
            KnowledgeError: there is none, or it is not in its form.
        """
        files = layers.files(FILE)
        if not files:
            raise KnowledgeError(f"{FILE} is missing", where=layers.folders[0], remedy="Install Rashomon anew")
        try:
            by = _File.model_validate(files[-1].yaml())
        except ValidationError as error:
            first = error.errors()[0]
            path = ".".join(str(part) for part in first["loc"]) or "the file"
            remedy = "The built-in accounts.yaml shows its form"
            raise KnowledgeError(f"{path}: {first['msg']}", where=files[-1].path, remedy=remedy) from error
        return cls(by, Outlets.load(layers))
