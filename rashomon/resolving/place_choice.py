"""Which of several rows of the gazetteer a name is meant as: what the words, the report and common use speak for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from rashomon.knowledge.gazetteer import Candidate, GazetteerRow
from rashomon.knowledge.geometry import kilometres
from rashomon.knowledge.placewords import PlaceParts
from rashomon.knowledge.romanise import fold_key

_CITY_AREA_KM = 40.0  # so close to a town that names an area a place may be said to lie in it
_FAR_KM = 120.0  # a lesser known place so far from all that a report names is a namesake of the one that it means
_SAME_PLACE_KM = 6.0  # rows closer than that are one place twice
_TOLD_OTHERWISE = 3.5  # what speaks against a row outside the area that the text names: more than all neighbours
_SURE_SKELETON = 0.93  # a name known only by its consonants needs that, or a neighbour that vouches for it
_SETTLED = ("city", "town", "village", "neighbourhood", "locality", "camp")
SETTLEMENTS = frozenset(_SETTLED)
_AREAS = frozenset({"governorate", "district", "subdistrict", "region", "country"})
# Which kinds of rows a kind word in the text may mean, the usual one first.
_FITS = {
    "governorate": ("governorate",),
    "district": ("neighbourhood", "district", "subdistrict", "region", "town", "city"),
    "city": ("city", "town", "village"),
    "town": ("town", "city", "village", "locality"),
    "village": ("village", "town", "locality"),
    "neighbourhood": ("neighbourhood", "town", "village", "city", "region"),
    "region": ("region", "mountain", "governorate", "district", "subdistrict", *_SETTLED),
    "mountain": ("mountain", "locality", "village", "region"),
    "airbase": ("airbase", "airport", "military base"),
    "military base": ("military base", "airbase", "facility"),
    "camp": ("camp", "military base", "town"),
    "crossing": ("crossing", "town", "village"),
    "country": ("country",),
}
# How likely a bare name is meant as a row of that kind: a city before the governorate of the same name.
_USUAL = {
    "country": 2.5,
    "city": 2.2,
    "town": 1.8,
    "neighbourhood": 1.4,
    "governorate": 1.6,
    "region": 1.5,
    "airbase": 1.3,
    "village": 1.2,
    "mountain": 1.0,
    "district": 0.7,
    "subdistrict": 0.5,
    "locality": 0.6,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a report tells about where its places are.

    Attributes:
        governorates: those that its other places lie in. countries: the same.
        near: where the other towns are.
        area: the name of the area that the words after the name put it in; empty where they tell none.
        area_sure: whether they say so of this place, and not of a list that it is in.
        area_governorates: that area's. area_near: where towns of that name are.
        focus: countries that reports are about where nothing says otherwise.
    """

    governorates: frozenset[str]
    countries: frozenset[str]
    near: tuple[tuple[float, float], ...]
    area: str = ""
    area_sure: bool = False
    area_governorates: frozenset[str] = frozenset()
    area_near: tuple[tuple[float, float], ...] = ()
    focus: frozenset[str] = frozenset()

    def outside_area(self, row: GazetteerRow) -> bool:
        """Whether the text puts the place into an area that the row does not lie in."""
        if not self.area_governorates or row.adm1 in self.area_governorates or not row.adm1:
            return False
        return _nearest(row, self.area_near) > _CITY_AREA_KM


@dataclass(frozen=True, slots=True)
class Scored:
    """A row and how much speaks for it."""

    row: GazetteerRow
    score: float


def ranked(rows: Sequence[GazetteerRow], kind: str | None, parts: PlaceParts, context: Context) -> list[Scored]:
    """The rows by how much speaks for each, most first; `kind` is the kind of place that the text tells, if any."""
    scored = [Scored(row, _score(row, kind, parts, context)) for row in rows]
    return sorted(scored, key=lambda s: (-s.score, s.row.id))


def _score(row: GazetteerRow, kind: str | None, parts: PlaceParts, context: Context) -> float:
    """How much speaks for a row: its kind, its governorate and neighbours in the text, how well it is known."""
    score = _USUAL.get(row.kind, 1.0)
    fits = _FITS.get(kind or "", (kind,) if kind else ())
    if fits:
        score += max(0.5, 3.0 - 0.5 * fits.index(row.kind)) if row.kind in fits else 0.0
    if row.well_known:
        score += 2.5
    if row.country in context.focus or not context.countries:
        score += 0.3
    if context.area_governorates and row.kind not in _AREAS:
        score += -_TOLD_OTHERWISE if context.outside_area(row) else 1.0
    if row.country in context.countries:
        score += 0.7
    if row.adm1 and row.adm1 in context.governorates:
        score += 1.5 / len(context.governorates) + 0.5
    if row.lat is not None and row.lon is not None and context.near and row.kind not in _AREAS:
        nearest = _nearest(row, context.near)
        score += 1.0 if nearest < 30 else 0.5 if nearest < 70 else 0.0
    if fold_key(row.name) == fold_key(parts.name):
        score += 0.3
    return score


def _nearest(row: GazetteerRow, places: Sequence[tuple[float, float]]) -> float:
    """Kilometres from a row to the nearest of some places; endless where either is not known."""
    if row.lat is None or row.lon is None:
        return inf
    return min((kilometres(row.lat, row.lon, lat, lon) for lat, lon in places), default=inf)


def contradicted(row: GazetteerRow, kind: str | None, context: Context) -> str:
    """Why the best row is not it: the text speaks of another area, kind of place or country."""
    if context.area_sure and context.outside_area(row) and row.kind not in _AREAS and row.kind != "city":
        return f"of this name only {row.name} ({row.kind}, {row.adm1}), and the text puts it in {context.area}"
    if row.well_known:
        return ""
    if context.countries and row.country not in context.countries:
        return f"of this name only {row.name} ({row.kind}, {row.country}), and the report speaks of other countries"
    if kind in _FITS and row.kind not in _FITS[kind]:
        return f"of this name only {row.name} ({row.kind}, {row.adm1 or row.country}), and the text speaks of a {kind}"
    return ""


def far_from_all(row: GazetteerRow, context: Context) -> str:
    """Why the best row of a less trusted table is not it though nothing else is: it is far from all that is named."""
    if row.well_known or context.area_governorates or not context.governorates or row.adm1 in context.governorates:
        return ""
    if not _FAR_KM < _nearest(row, context.near) < inf:
        return ""
    return f"of this name only {row.name} ({row.kind}, {row.adm1}), far from the other places of the report"


def vouched(candidate: Candidate, kind: str | None, context: Context) -> bool:
    """Whether a row that has only a name's consonants may be it."""
    row = candidate.row
    if kind and row.kind not in _FITS.get(kind, (kind,)):
        return False
    in_context = row.adm1 in context.governorates if context.governorates else row.country in context.focus
    return in_context and (candidate.score >= _SURE_SKELETON or row.well_known)


def same_place(one: GazetteerRow, other: GazetteerRow) -> bool:
    """Whether two rows are one place twice: very close, or the area that is called after its main town."""
    if one.country == other.country and one.adm1 == other.adm1 and (one.kind in _AREAS) != (other.kind in _AREAS):
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    if one.adm1 == other.adm1 and one.kind in _AREAS and other.kind in _AREAS:
        return True
    return kilometres(one.lat, one.lon, other.lat, other.lon) < _SAME_PLACE_KM


def several(rows: Sequence[GazetteerRow], how: str) -> str:
    """Why none of several rows was taken: 'three places of this name: ...'."""
    numbers = {2: "two", 3: "three", 4: "four", 5: "five"}
    count = len(rows)
    shown = ", ".join(f"{row.name} ({row.kind}, {row.adm1 or row.country})" for row in rows[:4])
    return f"{numbers.get(count, str(count))} places {how} name: {shown}".replace(
        "of this name name", "of this name"
    ) + (", ..." if count > 4 else "")
