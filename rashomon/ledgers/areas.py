"""What `--place` and `--area` ask for: an area, and which places lie in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.knowledge import geometry
from rashomon.knowledge.gazetteer import Gazetteer, GazetteerRow
from rashomon.knowledge.romanise import fold_key
from rashomon.knowledge.within import kilometres, place_key
from rashomon.ledgers.rules import AreaRules
from rashomon.ledgers.told import Days, Telling, Told
from rashomon.model import PlacePrecision, PlaceResolution

_TOO_WIDE = (PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
_REGIONS = (PlacePrecision.DISTRICT, None)


@dataclass(frozen=True, slots=True)
class Area:
    """A place or region with what lies in it.

    Attributes:
        name: what it is called; the words that it was asked for with, where the gazetteer does not have it.
        reads: in words, what that was taken to be.
        ids: rows of the gazetteer that it is. keys: folded names that it goes by.
        adm1: folded names of the governorate that it is; empty where it is none.
        country: of the country that it is, or None.
        lat, lon, km: its centre and how far it reaches; None where it is not located.
        bare: the folded name of the region that it is a part of ('Eastern X' of 'X'), or nothing.
    """

    name: str
    reads: str
    ids: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    adm1: frozenset[str] = frozenset()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    km: float = 0.0
    bare: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it is more than a spelling."""
        return bool(self.ids) or self.country is not None

    def covers(self, place: PlaceResolution) -> bool:
        """Whether a place is this one, or lies in it as far as that can be told."""
        if place.gazetteer_id is not None and place.gazetteer_id in self.ids:
            return True
        if self.country is not None:
            return place.country == self.country
        if self.adm1:
            return place.adm1 is not None and fold_key(place.adm1) in self.adm1
        if place.precision in _TOO_WIDE:
            return False
        key = fold_key(place.name)
        if place.lat is None or place.lon is None or self.lat is None or self.lon is None:
            return key in self.keys
        if place.precision in _REGIONS and (key in self.keys or key == self.bare):
            return True
        return geometry.kilometres(place.lat, place.lon, self.lat, self.lon) <= self.km


def area_of(asked: str, gazetteer: Gazetteer, rules: AreaRules) -> Area:
    """The area that a name in any spelling stands for; a name that no gazetteer has is compared by its spelling."""
    parts = gazetteer.words.take_apart(asked)
    rows = gazetteer.find(asked) or gazetteer.find(parts.full) or gazetteer.find(parts.name)
    names = [name for name in (asked, parts.full, parts.name) if name]
    if not rows:
        keys = frozenset(fold_key(name) for name in names[:2])
        return Area(asked.strip(), f"{asked}: not in the gazetteer; places of this name", keys=keys)
    row = _widest(rows, parts.kind, rules)
    kind = row.kind
    keys = frozenset(fold_key(name) for name in row.names)
    ids = frozenset({row.id})
    if kind == "country":
        return Area(row.name, f"{row.name}: the country", ids, keys, country=row.country)
    if kind == "governorate":
        return Area(row.name, f"{row.name}: the governorate", ids, keys, keys | {fold_key(row.adm1)})
    if row.lat is None:
        return Area(row.name, f"{row.name}: a {kind} without coordinates; places of this name", ids, keys)
    km = row.off_km if "area" in row.precision and row.off_km else rules.km.get(kind, rules.other_km)
    bare = fold_key(gazetteer.words.take_apart(row.name).name)
    reads = f"{row.name}: a {kind}, with what lies within {km:g} km of its centre"
    return Area(row.name, reads, ids, keys, lat=row.lat, lon=row.lon, km=km, bare="" if bare in keys else bare)


def _widest(rows: tuple[GazetteerRow, ...], kind: str | None, rules: AreaRules) -> GazetteerRow:
    """The row that is meant: of the kind that the words tell ('the city of'), else the widest."""
    told = [row for row in rows if kind is not None and row.kind == kind]
    order = {name: number for number, name in enumerate(rules.widest)}
    located = [row for row in told or rows if row.lat is not None] or list(told or rows)
    return min(located, key=lambda row: (not row.well_known, order.get(row.kind, len(order)), rows.index(row)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of a ledger: an area, and days from `first` to `last`; None does not narrow."""

    area: Area | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def covers_places(self, places: Iterable[PlaceResolution]) -> bool:
        """Whether one of the places lies in the area."""
        return self.area is None or any(self.area.covers(place) for place in places)

    def covers_days(self, days: Days | None) -> bool:
        """Whether one of the days is asked for; unknown days are not, where any are."""
        if self.first is None and self.last is None:
            return True
        if days is None:
            return False
        return (self.last is None or days[0] <= self.last) and (self.first is None or days[1] >= self.first)

    def covers(self, told: Told) -> bool:
        """Whether an event is to be seen: by its days, and by any place that its claims name."""
        return self.covers_days(told.when) and self.covers_places(places_of(told.tellings, told.event.place))


def places_of(tellings: Iterable[Telling], main: PlaceResolution | None = None) -> list[PlaceResolution]:
    """All places that claims name, with the main one of their event."""
    found = {} if main is None else {main: None}
    found |= {place: None for telling in tellings for place in telling.places()}
    return list(found)


def named(place: PlaceResolution | None) -> str:
    """A place for readers, with its governorate; nothing where there is none."""
    if place is None:
        return ""
    if place.precision is PlacePrecision.GOVERNORATE:
        return f"{place.name} governorate"
    if not place.adm1 or fold_key(place.adm1) == fold_key(place.name):
        return place.name
    return f"{place.name}, {place.adm1}"


def one_place(a: PlaceResolution, b: PlaceResolution, near_km: float) -> bool:
    """Whether two places are one, or as near to each other as that; areas are only themselves."""
    if place_key(a) == place_key(b):
        return True
    if PlacePrecision.DISTRICT in (a.precision, b.precision) or {a.precision, b.precision} & set(_TOO_WIDE):
        return False
    return kilometres(a, b) <= near_km
