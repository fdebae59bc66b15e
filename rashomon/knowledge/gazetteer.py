"""The gazetteer: names of places to rows with coordinates, from the project's own tables, imported ones, the world's.

Order of trust: a site's own rows, the built-in ones, the lesser-known of both, imported tables, then countries and
large cities of the world. A name finds all rows that may be meant; choosing between them is for whoever knows the text
(resolving/places.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property, lru_cache
from pathlib import Path

from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint
from rashomon.knowledge.gazetteer_import import ImportSummary, import_table
from rashomon.knowledge.gazetteer_index import TableIndex
from rashomon.knowledge.gazetteer_row import GazetteerRow, Line, id_of, identity
from rashomon.knowledge.gazetteer_table import BadRow, Credit, credits_of
from rashomon.knowledge.placewords import PlaceWords
from rashomon.knowledge.romanise import fold_key, similarity, skeleton_of_key, without_possessive_s
from rashomon.knowledge.world import world_index, world_key

__all__ = ["BadRow", "Candidate", "Credit", "Familiarity", "Gazetteer", "GazetteerRow", "ImportSummary", "import_table"]

LESSER = "lesser.tsv"
"""The table of a layer whose names may as well be words or people's names: places only where the text says so."""
SKELETON_FLOOR = 0.86  # below that, names with the same consonants are mostly other places
_SHORTEST_SKELETON = 3
_REMEMBERED = 1 << 14  # names whose rows are kept: reports name the same places over and over


class Familiarity(IntEnum):
    """How well a name is known; one that is not well known may as well be a word or a person's name."""

    UNKNOWN = 0
    WORLD = 1
    IMPORTED = 2
    WELL_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that has only the consonants of a name, and how alike the two sound (0 to 1)."""

    row: GazetteerRow
    score: float


@dataclass(frozen=True, slots=True)
class _Source:
    """A table with its standing: of the layers ('own', which share their ids) or imported; well known or not."""

    index: TableIndex
    own: bool
    well_known: bool


@dataclass(frozen=True)
class Gazetteer:
    """All places that the program knows. Make it with `load`.

    Attributes:
        words: the words around names (directions, kinds of places, prepositions).
        fingerprint: changes when a table changes.
    """

    words: PlaceWords
    fingerprint: str
    _sources: tuple[_Source, ...] = field(repr=False)  # in the order of trust

    @classmethod
    def load(cls, layers: Layers, imported: Path | None = None) -> Gazetteer:
        """Reads the tables of all layers (gazetteer/*.tsv) and the imported ones.

        Args:
            layers: the built-in folder and a site's own.
            imported: the folder of imported tables; one that does not exist is an empty one.

        Raises:
            KnowledgeError: a file is no table of places. Single bad rows are left out and stand in `left_out`.
        """
        own = layers.files("gazetteer/*.tsv")
        own.reverse()  # a site's rows come before the built-in ones
        own.sort(key=lambda file: file.path.name == LESSER)
        extra = [] if imported is None else [KnowledgeFile(p, p.read_bytes()) for p in sorted(imported.glob("*.tsv"))]
        sources = [_Source(_index_of(file, own=True), own=True, well_known=file.path.name != LESSER) for file in own]
        sources += [_Source(_index_of(file, own=False), own=False, well_known=False) for file in extra]
        return cls(words=PlaceWords.load(layers), fingerprint=fingerprint([*own, *extra]), _sources=tuple(sources))

    @property
    def left_out(self) -> tuple[tuple[Path, BadRow], ...]:
        """Rows of the tables that cannot be used, each with its table."""
        return tuple((source.index.path, bad) for source in self._sources for bad in source.index.bad)

    def find(self, name: str) -> tuple[GazetteerRow, ...]:
        """All rows that one spelling of `name` belongs to, own rows first; the world's only where there are none."""
        return self._rows_of(name)

    @cached_property
    def _rows_of(self) -> Callable[[str], tuple[GazetteerRow, ...]]:
        return lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, name: str) -> tuple[GazetteerRow, ...]:
        return tuple(self._rows_with(fold_key(name))) or self._world_rows(name)

    def find_possessive(self, name: str) -> tuple[GazetteerRow, ...]:
        """As `find`; where nothing is found, the name without a final s that may be a lost "'s" ('Aleppos')."""
        rows = self.find(name)
        bare = without_possessive_s(name)
        return rows or (self.find(bare) if bare else ())

    def familiarity(self, name: str) -> Familiarity:
        """How well a name is known: by a table of well-known places, by another one, by the world's, or not at all."""
        rows = self.find(name)
        if not rows:
            return Familiarity.UNKNOWN
        if rows[0].well_known:
            return Familiarity.WELL_KNOWN
        return Familiarity.WORLD if rows == self._world_rows(name) else Familiarity.IMPORTED

    def similar(self, name: str) -> tuple[Candidate, ...]:
        """Rows with the same consonants, most alike first: candidates only, several of five are wrong."""
        key = fold_key(name)
        consonants = skeleton_of_key(key)
        if len(consonants) < _SHORTEST_SKELETON:
            return ()
        others = {other for source in self._sources for other in source.index.keys_that_sound(consonants)}
        found: dict[GazetteerRow, float] = {}
        for other in sorted(others):
            score = similarity(key, other)
            if score >= SKELETON_FLOOR:
                for row in self._rows_with(other):
                    found[row] = max(score, found.get(row, 0.0))
        ranked = sorted(found.items(), key=lambda item: (-item[1], not item[0].well_known, item[0].id))
        return tuple(Candidate(row, score) for row, score in ranked)

    def governorate(self, name: str, country: str) -> str:
        """The spelling of a governorate's name under which rows of all tables meet; `name` where it is not known."""
        return self._governorates.get((country, fold_key(name)), name)

    @cached_property
    def _governorates(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for row in self.own_rows():
            if row.kind == "governorate" and row.adm1:
                for name in (row.adm1, *row.names):
                    found.setdefault((row.country, fold_key(name)), row.adm1)
        return found

    def credits(self) -> tuple[Credit, ...]:
        """Sources and licences of all rows, most rows first."""
        return credits_of(self._lines())

    def __len__(self) -> int:
        return sum(1 for _ in self._lines())

    def _lines(self) -> Iterator[Line]:
        for number, source in enumerate(self._sources):
            yield from (line for line in source.index.lines() if not self._stands_before(line, number))

    def own_rows(self) -> Iterator[GazetteerRow]:
        """All rows of the layers' tables, in the order of trust."""
        for source in self._sources:
            if source.own:
                yield from (GazetteerRow.of_line(line, well_known=source.well_known) for line in source.index.lines())

    def _rows_with(self, key: str) -> Iterator[GazetteerRow]:
        if not key:
            return
        for number, source in enumerate(self._sources):
            for line in source.index.find(key):
                if not self._stands_before(line, number):
                    row = GazetteerRow.of_line(line, well_known=source.well_known)
                    yield row if source.own else replace(row, adm1=self.governorate(row.adm1, row.country))

    def _stands_before(self, line: Line, number: int) -> bool:
        """Whether a table of more trust has the place of a line.

        Tables of the layers, which the project and a site write, share their ids: a site's row takes the place of ours.
        Imported ones have ids of their own, which may happen to be the same.
        """
        own = self._sources[number].own
        for source in self._sources[:number]:
            if source.index.has_id(id_of(line)) if own else source.index.has(identity(line)):
                return True
        return False

    def _world_rows(self, name: str) -> tuple[GazetteerRow, ...]:
        key = world_key(name)
        return tuple(GazetteerRow.of_line(line, well_known=False) for line in self._world.find(key)) if key else ()

    @cached_property
    def _world(self) -> TableIndex:
        return world_index()


def _index_of(file: KnowledgeFile, *, own: bool) -> TableIndex:
    return TableIndex.of_table(file.path, file.data, unique_ids=own)
