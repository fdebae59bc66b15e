"""What linking goes by, read from data/linking.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.knowledge.wordlists import alternation
from rashomon.model import SourceKind


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Places(_Strict):
    """How far apart places may be, in kilometres, and the words of a name that say nothing."""

    near_km: float
    not_far_km: float
    area_km: float
    district_km: float
    words: frozenset[str]


class Words(_Strict):
    """Words of quotes and names: `empty` and `loose` ones tell nothing; `letters` of the others are compared."""

    letters: int
    empty: frozenset[str]
    loose: frozenset[str]
    recurring: frozenset[str]


class Countrywide(_Strict):
    """Types that go on for years where a whole country is meant; how far apart two claims of one event can be.

    In days; and the higher figure as a multiple of the lower.
    """

    types: frozenset[str]
    within_days: int
    times: float


class WordForWord(_Strict):
    """Points for one statement in two reports; a shorter one than `words` can be a coincidence."""

    points: int
    words: int


class Joining(_Strict):
    """What two groups need to be joined: a mean of points, between single claims `one`, between large groups `many`.

    With `half` pairs more than one, half of the way is gone. `unseen` are the points of a pair that had too little in
    common to be compared. One pair at least must have `least` points. What lacks no more than `offered` is offered to
    people instead.
    """

    one: int
    many: int
    half: float
    unseen: int
    least: int
    offered: int = 0

    def asked(self, pairs: int) -> float:
        """The mean of points that is asked of so many pairs."""
        return self.many + (self.one - self.many) / (1 + (pairs - 1) / self.half)


class Table(_Strict):
    """Points in hundredths of log-odds: where a comparison begins, for each field by its word, and for shared words."""

    begin: int
    words: int
    quote: int
    fields: dict[str, dict[str, int]]


class _File(_Strict):
    kinds: dict[str, frozenset[str]]
    own_act: frozenset[str]
    lasting: frozenset[str]
    neighbours: int
    places: Places
    words: Words
    near_ratio: float
    countrywide: Countrywide
    word_for_word: WordForWord
    offices: frozenset[SourceKind]
    in_a_report: Joining
    in_all: Joining
    within: Table
    across: Table


@dataclass(frozen=True, slots=True)
class Rules:
    """What linking goes by; the fields are those of data/linking.yaml, where they are explained.

    Attributes:
        recurring: finds words that say that something happens again and again.
        kinds_of: the kinds that a type stands in.
        actors: who is part of whom, and which names are only for people of some kind; None where nothing tells.
    """

    points: _File
    recurring: re.Pattern[str]
    kinds_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
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
        for name, types in points.kinds.items():
            for one in sorted(types):
                kinds_of[one] = (*kinds_of.get(one, ()), name)
        recurring = re.compile(rf"(?<!\w){alternation({*points.words.recurring})}(?!\w)", re.IGNORECASE)
        return cls(points, recurring, kinds_of, Actors.load(layers))

    def kinds(self, type_name: str) -> tuple[str, ...]:
        """The kinds that a type stands in; itself where it stands in none."""
        return self.kinds_of.get(type_name) or (type_name,)

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether claims of two types can be about one event."""
        return one == other or not set(self.kinds_of.get(one, ())).isdisjoint(self.kinds_of.get(other, ()))
