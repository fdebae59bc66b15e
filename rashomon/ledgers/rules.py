"""What the ledgers go by, read from data/ledgers.yaml."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.model import Measure, PlacePrecision

FILE = "ledgers.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AreaRules(_Strict):
    """How far an area reaches, in kilometres by kind of place, and which of several kinds a name is read as."""

    km: dict[str, float]
    other_km: float
    widest: tuple[str, ...]


class TotalRules(_Strict):
    """Which figures are totals that a report gives, and not those of an event.

    Attributes:
        long_days: from so many days on. many: from so many on; None where no number tells.
        totals: types that count for a whole place of the kinds in `wide`, or for no named place.
    """

    long_days: int
    many: int | None = None
    totals: frozenset[str]
    wide: frozenset[PlacePrecision]


class CasualtyRules(TotalRules):
    """What is a total, and how those hit are called."""

    victims: dict[str, tuple[str, ...]]
    acled_words: dict[str, int]

    def group(self, counted: str) -> str | None:
        """The group that the words for those counted fall under; their own last word where it is listed nowhere."""
        words = counted.casefold().split()
        last = words[-1] if words else ""
        return next((group for group, listed in self.victims.items() if last in listed), last)


class ControlRules(_Strict):
    """Which types say who holds a place."""

    holds: frozenset[str]
    changes: frozenset[str]
    leaves: frozenset[str]
    overlap_days: int


class Kind(_Strict):
    """One kind of plan, and the types of claims by which it is begun and done."""

    planned: frozenset[str]
    begun: frozenset[str]
    done: frozenset[str]
    wide: frozenset[str]


class OperationRules(_Strict):
    """How plans are told apart, and what is laid to them."""

    kinds: dict[str, Kind]
    same_days: int
    follow_days: int
    near_km: float
    area_km: float
    halted: tuple[str, ...]
    partly: tuple[str, ...]
    partly_characters: int

    def kind_of(self, type_name: str) -> str | None:
        """The kind of plan that a planned claim of this type is, or None where it is none."""
        return next((name for name, kind in self.kinds.items() if type_name in kind.planned), None)


class DealRules(_Strict):
    """Which events make a deal, and which words tell how it went on."""

    types: frozenset[str]
    concluded: frozenset[str]
    offered: frozenset[str]
    carried_out: frozenset[str]
    gap_days: int
    near_km: float
    area_km: float
    terms: frozenset[str]
    term_characters: int
    broken: tuple[str, ...]
    broken_characters: int
    stuck: tuple[str, ...]
    fire_stops: tuple[str, ...]
    resumed: tuple[str, ...]


class DisplacementRules(TotalRules):
    """Which events move people, and which of their figures are totals."""

    types: frozenset[str]
    measures: frozenset[Measure]


class Rules(_Strict):
    """The content of data/ledgers.yaml, where its fields are explained."""

    areas: AreaRules
    sides: dict[str, tuple[str, ...]]
    casualties: CasualtyRules
    control: ControlRules
    operations: OperationRules
    deals: DealRules
    displacement: DisplacementRules

    @classmethod
    def load(cls, layers: Layers) -> Rules:
        """Reads ledgers.yaml; the topmost layer that has one counts whole.

        Raises:
            KnowledgeError: there is none, or it is not in its form.
        """
        files = layers.files(FILE)
        if not files:
            raise KnowledgeError(f"{FILE} is missing", where=layers.folders[0], remedy="Install Rashomon anew")
        try:
            return cls.model_validate(files[-1].yaml())
        except ValidationError as error:
            first = error.errors()[0]
            path = ".".join(str(part) for part in first["loc"]) or "the file"
            raise KnowledgeError(f"{path}: {first['msg']}", where=files[-1].path) from error

    def side_of_view(self, view: str) -> str:
        """The side that an outlet of this view counts under, or nothing."""
        folded = view.casefold()
        return next((side for side, words in self.sides.items() if any(w.casefold() in folded for w in words)), "")


def says_one_of(trigger: str, words: tuple[str, ...]) -> bool:
    """Whether a trigger has one of the words; a star stands for any ending."""
    return bool(words) and _pattern(words).search(trigger) is not None


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+(?:\w+\s+){0,3}") for word in words)
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)
