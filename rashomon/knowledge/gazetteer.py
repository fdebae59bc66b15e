"""The gazetteer: names of places to rows with coordinates, from the project's own table, imported ones and the world's.

Order of trust: a site's own rows, the built-in rows, imported tables, then countries and large cities of the world.
A name finds all rows that may be meant; choosing between them is for whoever knows the text (resolving/places.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, lru_cache
from pathlib import Path

from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint
from rashomon.knowledge.gazetteer_table import (
    BadRow,
    Credit,
    ImportSummary,
    Line,
    Table,
    credits_of,
    id_of,
    identity,
    import_table,
    keys_in,
    read_table,
)
from rashomon.knowledge.placewords import PlaceWords
from rashomon.knowledge.romanise import fold_key, similarity, skeleton_of_key, without_possessive_s
from rashomon.knowledge.world import world_rows
from rashomon.model import PlacePrecision

__all__ = ["BadRow", "Candidate", "Credit", "Familiarity", "Gazetteer", "GazetteerRow", "ImportSummary", "import_table"]

SKELETON_FLOOR = 0.86  # below that, names with the same consonants are mostly other places
_SHORTEST_SKELETON = 3
_REMEMBERED = 1 << 12  # names whose rows are kept: reports name the same places over and over

_KILOMETRES = re.compile(r"±\s*([\d.]+)\s*km")
_NEAR_FROM_KM = 2.5
_PRECISION = {
    "country": PlacePrecision.COUNTRY,
    "governorate": PlacePrecision.GOVERNORATE,
    **dict.fromkeys(
        ("district", "subdistrict", "region", "mountain", "river", "lake", "road", "desert", "sea"),
        PlacePrecision.DISTRICT,
    ),
    **dict.fromkeys(
        ("city", "town", "village", "locality", "neighbourhood", "camp", "industrial complex"),
        PlacePrecision.SETTLEMENT,
    ),
}


@dataclass(frozen=True, slots=True)
class GazetteerRow:
    """One place.

    Attributes:
        id: the row's id. name: the neutral main name. names: all spellings, the main one first, Arabic included.
        lat, lon: WGS 84 degrees; None where nobody knows where it is (precision 'UNLOCATED').
        kind: 'governorate', 'city', 'village', 'airbase', 'country', ...
        adm1, adm2: governorate and district. population: inhabitants, where known.
        source, licence: whom the row is owed to. precision: how exact the coordinates are, as the source has it.
        country: ISO 3166-1 alpha-2. source_id: the row's id at its source.
        well_known: from the project's or a site's own table, not from an imported one.
    """

    id: str
    name: str
    names: tuple[str, ...]
    lat: float | None
    lon: float | None
    kind: str
    adm1: str = ""
    adm2: str = ""
    population: int | None = None
    source: str = ""
    licence: str = ""
    precision: str = ""
    country: str = ""
    source_id: str = ""
    well_known: bool = False

    @property
    def closeness(self) -> PlacePrecision:
        """How closely the row's coordinates say where something is."""
        level = _PRECISION.get(self.kind, PlacePrecision.POINT)
        stated = _KILOMETRES.search(self.precision)
        off = float(stated.group(1)) if stated else 0.0
        if off > _NEAR_FROM_KM and level in (PlacePrecision.POINT, PlacePrecision.SETTLEMENT):
            return PlacePrecision.NEAR
        return level


class Familiarity(IntEnum):
    """How well a name is known; a name that is only imported may as well be a word or a person's name."""

    UNKNOWN = 0
    WORLD = 1
    IMPORTED = 2
    WELL_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that has only the consonants of a name, and how alike the two sound (0 to 1)."""

    row: GazetteerRow
    score: float


@dataclass(frozen=True)
class Gazetteer:
    """All places that the program knows. Make it with `load`.

    Attributes:
        words: the words around names (directions, kinds of places, prepositions).
        fingerprint: changes when a table changes.
        left_out: rows of the tables that cannot be used, by file.
    """

    words: PlaceWords
    fingerprint: str
    left_out: tuple[tuple[Path, BadRow], ...]
    _rows: list[Line] = field(repr=False)
    _well_known: int = field(repr=False)  # so many of the rows, the first ones, are from tables of the layers
    _index: dict[str, list[int]] = field(repr=False)  # fold key -> row numbers

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
        extra = [] if imported is None else [KnowledgeFile(p, p.read_bytes()) for p in sorted(imported.glob("*.tsv"))]
        known = [read_table(file.path, file.data) for file in own]
        tables = [*known, *(read_table(file.path, file.data) for file in extra)]
        rows, well_known = _without_repeats(tables, len(known))
        index: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(rows):
            for key in keys_in(line):
                index[key].append(number)
        index.pop("", None)
        return cls(
            words=PlaceWords.load(layers),
            fingerprint=fingerprint([*own, *extra]),
            left_out=tuple((table.path, bad) for table in tables for bad in table.bad),
            _rows=rows,
            _well_known=well_known,
            _index=dict(index),
        )

    def find(self, name: str) -> tuple[GazetteerRow, ...]:
        """All rows that one spelling of `name` belongs to, own rows first; the world's only where there are none."""
        return self._rows_of(name)

    @cached_property
    def _rows_of(self) -> Callable[[str], tuple[GazetteerRow, ...]]:
        return lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, name: str) -> tuple[GazetteerRow, ...]:
        places = self._index.get(fold_key(name))
        if places:
            return tuple(self._row(place) for place in places)
        return tuple(self._world.get(_plain(name), ()))

    def find_possessive(self, name: str) -> tuple[GazetteerRow, ...]:
        """As `find`; where nothing is found, the name without a final s that may be a lost "'s" ('Aleppos')."""
        rows = self.find(name)
        bare = without_possessive_s(name)
        return rows or (self.find(bare) if bare else ())

    def familiarity(self, name: str) -> Familiarity:
        """How well a name is known: by the project's own table, by an imported one, by the world's, or not at all."""
        return self._familiarity_of(name)

    @cached_property
    def _familiarity_of(self) -> Callable[[str], Familiarity]:
        return lru_cache(maxsize=_REMEMBERED)(self._familiarity)

    def _familiarity(self, name: str) -> Familiarity:
        places = self._index.get(fold_key(name))
        if places:
            return Familiarity.WELL_KNOWN if places[0] < self._well_known else Familiarity.IMPORTED
        return Familiarity.WORLD if _plain(name) in self._world else Familiarity.UNKNOWN

    def similar(self, name: str) -> tuple[Candidate, ...]:
        """Rows with the same consonants, most alike first: candidates only, several of five are wrong."""
        key = fold_key(name)
        consonants = skeleton_of_key(key)
        if len(consonants) < _SHORTEST_SKELETON:
            return ()
        found: dict[int, float] = {}
        for other in self._skeletons.get(consonants, ()):
            score = similarity(key, other)
            if score >= SKELETON_FLOOR:
                for place in self._index[other]:
                    found[place] = max(score, found.get(place, 0.0))
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Candidate(self._row(place), score) for place, score in ranked)

    def credits(self) -> tuple[Credit, ...]:
        """Sources and licences of all rows, most rows first."""
        return credits_of(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._index:
            found[skeleton_of_key(key)].append(key)
        return dict(found)

    @cached_property
    def _world(self) -> dict[str, list[GazetteerRow]]:
        found: defaultdict[str, list[GazetteerRow]] = defaultdict(list)
        for row in world_rows():
            for name in row.names:
                found[_plain(name)].append(
                    GazetteerRow(
                        id=row.id,
                        name=row.name,
                        names=row.names,
                        lat=row.lat,
                        lon=row.lon,
                        kind=row.kind,
                        population=row.population,
                        source=row.source,
                        licence=row.licence,
                        country=row.country,
                        source_id=row.id,
                    )
                )
        return dict(found)

    def _row(self, number: int) -> GazetteerRow:
        fields = self._rows[number].split("\t")
        names = dict.fromkeys([fields[1], *fields[2].split("|")])
        names.pop("", None)
        return GazetteerRow(
            id=fields[0],
            name=fields[1],
            names=tuple(names),
            lat=float(fields[3]) if fields[3] else None,
            lon=float(fields[4]) if fields[4] else None,
            kind=fields[5],
            adm1=fields[6],
            adm2=fields[7],
            population=int(fields[8]) if fields[8].isdigit() else None,
            source=fields[9],
            licence=fields[10],
            precision=fields[11],
            country=fields[12],
            source_id=fields[13],
            well_known=number < self._well_known,
        )


def _without_repeats(tables: Sequence[Table], first: int) -> tuple[list[Line], int]:
    """The rows of all tables without those that an earlier table has, and how many are of the `first` tables.

    The `first` tables, which the project and a site write, share their ids: a site's row takes the place of ours.
    Imported ones have ids of their own, which may happen to be the same.
    """
    seen: set[tuple[str, ...]] = set()
    rows: list[Line] = []
    well_known = 0
    for number, table in enumerate(tables):
        same: Callable[[Line], tuple[str, ...]] = (lambda row: (id_of(row),)) if number < first else identity
        fresh = [row for row in table.rows if same(row) not in seen]
        seen.update(identity(row) for row in fresh)
        rows += fresh
        if number < first:
            seen.update(map(same, fresh))
            well_known = len(rows)
    return rows, well_known


def _plain(name: str) -> str:
    """A name of the world's, which has one usual spelling: without accents, hyphens and capitals."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(text.replace("-", " ").casefold().split())
