"""One place of a gazetteer, as a value and as a line of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rashomon.model import PlacePrecision

COLUMNS = (
    "id",
    "name",
    "names",
    "lat",
    "lon",
    "kind",
    "adm1",
    "adm2",
    "population",
    "source",
    "licence",
    "precision",
    "country",
    "source_id",
)
ID, NAME, NAMES, LAT, LON, KIND, ADM1, ADM2, POPULATION, SOURCE, LICENCE, PRECISION, COUNTRY, SOURCE_ID = range(14)
UNLOCATED = "UNLOCATED"
UNKNOWN_KIND = "locality"
"""The kind of a row whose table does not tell any."""

# One row as a line: the columns in the order of COLUMNS, tab-separated. Tables are large and few of their rows are ever
# asked for, so a row is taken apart only then.
type Line = str

_KILOMETRES = re.compile(r"±\s*([\d.]+)\s*km")
_NEAR_FROM_KM = 2.5
_AREAS = ("district", "subdistrict", "region", "mountain", "river", "lake", "road", "desert", "sea", "island")
_SETTLEMENTS = ("city", "town", "village", UNKNOWN_KIND, "neighbourhood", "camp", "industrial complex")
_POINTS = ("airbase", "airport", "crossing", "dam", "facility", "military base", "oilfield")
PRECISION_OF_KIND = {
    "country": PlacePrecision.COUNTRY,
    "governorate": PlacePrecision.GOVERNORATE,
    **dict.fromkeys(_AREAS, PlacePrecision.DISTRICT),
    **dict.fromkeys(_SETTLEMENTS, PlacePrecision.SETTLEMENT),
    **dict.fromkeys(_POINTS, PlacePrecision.POINT),
}
"""All kinds of places, each with how closely a row of that kind says where something is."""


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
        well_known: from the project's table of well-known places or a site's own, not from a larger one.
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

    @classmethod
    def of_line(cls, line: Line, *, well_known: bool) -> GazetteerRow:
        """The place of a table's line."""
        fields = line.split("\t")
        names = dict.fromkeys([fields[NAME], *fields[NAMES].split("|")])
        names.pop("", None)
        return cls(
            id=fields[ID],
            name=fields[NAME],
            names=tuple(names),
            lat=float(fields[LAT]) if fields[LAT] else None,
            lon=float(fields[LON]) if fields[LON] else None,
            kind=fields[KIND],
            adm1=fields[ADM1],
            adm2=fields[ADM2],
            population=int(fields[POPULATION]) if fields[POPULATION].isdigit() else None,
            source=fields[SOURCE],
            licence=fields[LICENCE],
            precision=fields[PRECISION],
            country=fields[COUNTRY],
            source_id=fields[SOURCE_ID],
            well_known=well_known,
        )

    @property
    def off_km(self) -> float:
        """How far off the coordinates may be, in kilometres, where the row says so; else 0."""
        stated = _KILOMETRES.search(self.precision)
        return float(stated.group(1)) if stated else 0.0

    @property
    def closeness(self) -> PlacePrecision:
        """How closely the row's coordinates say where something is."""
        level = PRECISION_OF_KIND.get(self.kind, PlacePrecision.POINT)
        if self.off_km > _NEAR_FROM_KM and level in (PlacePrecision.POINT, PlacePrecision.SETTLEMENT):
            return PlacePrecision.NEAR
        return level


def id_of(line: Line) -> str:
    """A row's id."""
    return line[: line.index("\t")]


def identity(line: Line) -> str:
    """What makes a row one place: its id and its id at its source; without the latter, its id, name and coordinates.

    Tables of different makers count their rows '1', '2', '3' alike.
    """
    fields = line.split("\t")
    if fields[SOURCE_ID]:
        return f"{fields[ID]}\t{fields[SOURCE_ID]}"
    return "\t".join((fields[ID], fields[NAME], fields[LAT], fields[LON]))


def names_of(line: Line) -> list[str]:
    """A row's names, the main one first."""
    fields = line.split("\t", KIND)
    return [fields[NAME], *fields[NAMES].split("|")]
