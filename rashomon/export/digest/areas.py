"""Areas of a digest: the governorates of the home country, other countries, and what a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rashomon.errors import NotFoundError
from rashomon.export.digest.phrases import Phrases
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.romanise import fold_key
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """An area that a reader asks for: a governorate, a place or a country, in any spelling.

    Attributes:
        name: what it is called. key: its folded name. ids: rows of the gazetteer. governorates: folded names of them.
        countries: ISO 3166-1 alpha-2.
    """

    name: str
    key: str
    ids: frozenset[str]
    governorates: frozenset[str]
    countries: frozenset[str]

    @classmethod
    def of(cls, asked: str, areas: Areas) -> Wanted:
        """What is asked for, as far as the gazetteer knows it; else by its spelling alone.

        Raises:
            NotFoundError: there is no letter in it.
        """
        key = fold_key(asked)
        if not key:
            raise NotFoundError(f"--area {asked!r} is no name. Give a governorate, a place or a country")
        rows = areas.gazetteer.find(asked)
        codes = {row.country for row in rows if row.kind == "country"}
        codes |= {code for code in areas.countries if code == asked.strip()}
        # Where a governorate has the name, its towns of that name lie in it.
        governorates = {fold_key(row.adm1) for row in rows if row.kind == "governorate"}
        name = rows[0].name if rows else areas.countries.get(asked.strip(), asked.strip())
        return cls(name, key, frozenset(row.id for row in rows), frozenset(governorates), frozenset(codes))

    @property
    def is_known(self) -> bool:
        """Whether the gazetteer has it."""
        return bool(self.ids or self.countries)

    def holds(self, event: Event, claims: Iterable[Claim]) -> bool:
        """Whether the event, or one of its claims, is there."""
        return any(self._is_there(place) for place in _places(event, claims))

    def _is_there(self, place: PlaceResolution) -> bool:
        if place.gazetteer_id in self.ids or fold_key(place.name) == self.key:
            return True
        if place.adm1 is not None and fold_key(place.adm1) in (self.governorates | {self.key}):
            return True
        return place.country in self.countries


def _places(event: Event, claims: Iterable[Claim]) -> Iterator[PlaceResolution]:
    if event.place is not None:
        yield event.place
    for claim in claims:
        yield from (place.resolution for place in claim.places if place.resolution is not None)
