"""The points that linking goes by, read from data/linking.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.model import PlacePrecision, SourceKind


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(_Strict):
    """Types that can be one event, and the points where two claims of it differ in type."""

    types: tuple[str, ...]
    mixed: int


class SamePlace(_Strict):
    """Points for one place, by how closely it says where something is."""

    point: int
    settlement: int
    near: int
    district: int
    governorate: int
    country: int
    unknown: int

    def of(self, precision: PlacePrecision | None) -> int:
        """The points for a place of this precision."""
        points: int = getattr(self, precision.value if precision is not None else "unknown")
        return points


class Within(_Strict):
    """Points where one place lies in the other, by how wide the outer one is."""

    district: int
    governorate: int
    country: int
    unknown: int

    def of(self, precision: PlacePrecision | None) -> int:
        """The points for an outer place of this precision."""
        points: int = getattr(self, precision.value if precision is not None else "unknown")
        return points


class Rare(_Strict):
    """Types of which few events happen at a time, and the points that two claims of one of them have in advance."""

    types: frozenset[str]
    points: int


class PlacePoints(_Strict):
    """Points for places; `near_km` in kilometres."""

    same: SamePlace
    near: int
    near_km: float
    within: Within
    perhaps_within: int
    other_name: int
    one_missing: int
    both_missing: int
    words: frozenset[str]


class DayPoints(_Strict):
    """Points for days; `long` in days."""

    same: int
    next: int
    overlap: int
    long: int
    day_in_period: int
    one_unknown: int
    both_unknown: int
    each_day: int
    no_publication: int
    lowest: int


class Points(_Strict):
    """Points where two claims name the same, where one names a part of the other, and where they name others."""

    same: int
    part: int
    other: int


class QuantityPoints(_Strict):
    """Points for figures of one measure."""

    same: int
    fits: int
    near: int
    near_ratio: float
    other: int


class StatusPoints(_Strict):
    """Points for whether the thing happened."""

    same: int
    denial: int
    plan_and_deed: int
    chance_and_deed: int
    going_on_and_over: int


class Countrywide(_Strict):
    """Types that go on for years where a whole country is meant; how many days apart two claims can be one event."""

    types: frozenset[str]
    within_days: int


class WordForWord(_Strict):
    """Points for one statement in two reports; a shorter one than `words` can be a coincidence."""

    points: int
    words: int


class _File(_Strict):
    threshold: int
    unseen: int
    kinds: dict[str, Kind]
    same_type: int
    rare: Rare
    own_act: frozenset[str]
    places: PlacePoints
    days: DayPoints
    actors: Points
    targets: Points
    quantities: QuantityPoints
    status: StatusPoints
    told_apart: int
    countrywide: Countrywide
    word_for_word: WordForWord
    offices: frozenset[SourceKind]


@dataclass(frozen=True, slots=True)
class Rules:
    """What linking goes by; the fields are those of data/linking.yaml, where they are explained.

    Attributes:
        kinds_of: the kinds that a type stands in.
        mixed: points for a pair of different types that can be one event.
        actors: who is part of whom, and which names are only for people of some kind; None where nothing tells.
    """

    points: _File
    kinds_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mixed: dict[tuple[str, str], int] = field(default_factory=dict)
    actors: Actors | None = None

    @classmethod
    def load(cls, layers: Layers) -> Rules:
        """Reads linking.yaml; the topmost layer that has one counts whole.

        Raises:
            KnowledgeError: there is none, or it is not in its form.
        """
        files = layers.files("linking.yaml")
        if not files:
            raise KnowledgeError("linking.yaml is missing", where=layers.folders[0], remedy="Install Rashomon anew")
        try:
            points = _File.model_validate(files[-1].yaml())
        except ValidationError as error:
            first = error.errors()[0]
            path = ".".join(str(part) for part in first["loc"]) or "the file"
            raise KnowledgeError(f"{path}: {first['msg']}", where=files[-1].path) from error
        kinds_of: dict[str, tuple[str, ...]] = {}
        mixed: dict[tuple[str, str], int] = {}
        for name, kind in points.kinds.items():
            for one in kind.types:
                kinds_of[one] = (*kinds_of.get(one, ()), name)
                for other in kind.types:
                    if one != other:
                        mixed[one, other] = max(kind.mixed, mixed.get((one, other), kind.mixed))
        return cls(points, kinds_of, mixed, Actors.load(layers))

    def kinds(self, type_name: str) -> tuple[str, ...]:
        """The kinds that a type stands in; itself where it stands in none."""
        return self.kinds_of.get(type_name) or (type_name,)

    def of_types(self, one: str, other: str) -> int | None:
        """The points for two types, or None where they are never one event."""
        if one != other:
            return self.mixed.get((one, other))
        return self.points.same_type + (self.points.rare.points if one in self.points.rare.types else 0)
