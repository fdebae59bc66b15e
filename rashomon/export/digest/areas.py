"""Areas of a digest: the governorates of the home country, other countries, and what a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rashomon.errors import NotFoundError
from rashomon.export.digest.phrases import Phrases
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.romanise import fold_key
from rashomon.ledgers import Area, area_of
from rashomon.ledgers.rules import AreaRules
from rashomon.model import Claim, Event, PlaceResolution

NOT_KNOWN = "Place not known"

type Order = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Areas:
    """Names areas, in the order of a digest."""

    phrases: Phrases
    gazetteer: Gazetteer
    countries: Mapping[str, str]

    def of(self, place: PlaceResolution | None) -> tuple[Order, str]:
        """The order and the name of the area of a place.

        Governorates come first, by name; then the home country where no governorate is known, other countries by name,
        and what is nowhere.
        """
        if place is None or place.country is None:
            return (3, ""), NOT_KNOWN
        country = self.countries.get(place.country, place.country)
        if place.country != self.phrases.home:
            return (2, country), country
        if place.adm1 is None:
            return (1, ""), f"{country}, governorate not known"
        name = self._governorate(place.adm1)
        return (0, fold_key(name)), name

    def _governorate(self, adm1: str) -> str:
        """The name that the gazetteer gives a governorate: that of its row, not of the column in other rows."""
        rows = self.gazetteer.find(adm1)
        named = (r.name for r in rows if r.kind == "governorate" and r.adm1 == adm1 and r.country == self.phrases.home)
        return next(named, adm1)


def wanted(asked: str, areas: Areas, rules: AreaRules) -> Area:
    """The area that a reader asks for: a governorate, a place or a country in any spelling, or a country's code.

    Raises:
        NotFoundError: there is no letter in it.
    """
    if not fold_key(asked):
        raise NotFoundError(f"--area {asked!r} is no name. Give a governorate, a place or a country")
    code = asked.strip()
    if code in areas.countries:
        return Area(areas.countries[code], f"{areas.countries[code]}: the country", country=code)
    return area_of(asked, areas.gazetteer, rules)


def holds(area: Area, event: Event, claims: Iterable[Claim]) -> bool:
    """Whether the event, or one of its claims, is there."""
    return any(area.covers(place) for place in _places(event, claims))


def _places(event: Event, claims: Iterable[Claim]) -> Iterator[PlaceResolution]:
    if event.place is not None:
        yield event.place
    for claim in claims:
        yield from (place.resolution for place in claim.places if place.resolution is not None)
