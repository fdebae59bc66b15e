"""Where hand-coded places are put on the map, against where they are: how many are right, how many are wrong pins.

The words of the hand-coded places are resolved, not the coder's own: this measures gazetteer and resolver alone. A
place counts once for each report that names it and each wording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from rashomon.errors import InputError
from rashomon.evaluate.files import read_claims_as_given, read_json
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.geometry import kilometres
from rashomon.model import Mention, PlaceResolution, Report, Span
from rashomon.resolving.places import PlaceResolver

RIGHT_WITHIN_KM = 10.0
"""A pin that close is right, whatever its place; of a larger place one within its own radius is."""


class Verdict(StrEnum):
    """What became of a place."""

    RIGHT = "right"
    WRONG = "wrong pin"
    NOT_LOCATED = "not located"


@dataclass(frozen=True, slots=True)
class TruePlace:
    """Where a place is: WGS 84 degrees, and how many kilometres off a pin may be."""

    lat: float
    lon: float
    radius_km: float

    def has(self, lat: float | None, lon: float | None) -> bool:
        """Whether a point is close enough to be this place."""
        if lat is None or lon is None:
            return False
        return kilometres(self.lat, self.lon, lat, lon) <= max(self.radius_km, RIGHT_WITHIN_KM)


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place of a hand-coded claim: its report, exact words, neutral name, and where the words stand (or None)."""

    report: str
    text: str
    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class JudgedPlace:
    """A hand-coded place, what it was resolved to, and what that is worth.

    Attributes:
        in_a_layer: whether the gazetteer has a row of that name at the right place.
    """

    gold: GoldPlace
    resolution: PlaceResolution
    verdict: Verdict
    in_a_layer: bool


@dataclass(frozen=True, slots=True)
class PlaceScores:
    """How well hand-coded places are located.

    Attributes:
        judged: every place, in the order of reports and claims.
        unknown: names of places that the file of places does not have; they are not judged.
    """

    judged: tuple[JudgedPlace, ...]
    unknown: tuple[str, ...]

    @property
    def in_a_layer(self) -> int:
        """Places that stand in some layer of the gazetteer."""
        return sum(place.in_a_layer for place in self.judged)

    @property
    def right(self) -> float:
        """The share of those that stand in a layer and are located right."""
        right = sum(place.verdict == Verdict.RIGHT for place in self.judged if place.in_a_layer)
        return round(right / self.in_a_layer, 4) if self.in_a_layer else 0.0

    @property
    def wrong(self) -> float:
        """The share of all judged places that have a wrong pin."""
        wrong = sum(place.verdict == Verdict.WRONG for place in self.judged)
        return round(wrong / len(self.judged), 4) if self.judged else 0.0

    def counts(self) -> dict[Verdict, int]:
        """How many places have each verdict."""
        found = Counter(place.verdict for place in self.judged)
        return {verdict: found[verdict] for verdict in Verdict}

    def to_json(self) -> dict[str, Any]:
        """Figures, and every place that is not right with its reason."""
        return {
            "places": len(self.judged),
            "in_a_layer": self.in_a_layer,
            "right": self.right,
            "wrong_pins": self.wrong,
            "counts": {str(verdict): count for verdict, count in self.counts().items()},
            "not_right": [
                {
                    "report": place.gold.report,
                    "text": place.gold.text,
                    "name": place.gold.name,
                    "verdict": str(place.verdict),
                    "in_a_layer": place.in_a_layer,
                    "lat": place.resolution.lat,
                    "lon": place.resolution.lon,
                    "reason": place.resolution.reason,
                }
                for place in self.judged
                if place.verdict != Verdict.RIGHT
            ],
            "unknown": list(self.unknown),
        }


class _Place(BaseModel):
    model_config = ConfigDict(extra="ignore")
    lat: float
    lon: float
    radius_km: float


_PLACES = TypeAdapter(dict[str, _Place | None])


def read_places(path: Path) -> dict[str, TruePlace | None]:
    """Where places are, by name, or by 'name@report' where one name is several places; None is no place on a map.

    Raises:
        InputError: it cannot be read or is not in that form.
    """
    try:
        places = _PLACES.validate_python(read_json(path))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(
            f"{where}: {error.errors()[0]['msg']}", where=path, remedy="See docs/evaluation.md for its form"
        ) from error
    return {name: TruePlace(p.lat, p.lon, p.radius_km) if p is not None else None for name, p in places.items()}


def read_gold_places(path: Path, reports: Mapping[str, Report]) -> list[GoldPlace]:
    """The places of hand-coded claims (see `read_gold`), each wording once for each report.

    Raises:
        InputError: it cannot be read or is not in that form.
    """
    found: dict[tuple[str, str, str], GoldPlace] = {}
    for report, claim in read_claims_as_given(path):
        for place in claim.get("places") or ():
            text, name = str(place.get("text") or ""), str(place.get("name") or place.get("text") or "")
            key = report, text, name
            if text and report in reports and key not in found:
                found[key] = GoldPlace(*key, _stands_at(text, claim, reports[report].text))
    return list(found.values())


def _stands_at(words: str, claim: Mapping[str, Any], text: str) -> Span | None:
    """Where the words stand: in the claim's quote, else anywhere."""
    quote = text.find(str(claim.get("quote") or ""))
    at = text.find(words, max(quote, 0))
    at = at if at >= 0 else text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None


def judge_places(
    gold: Iterable[GoldPlace],
    reports: Mapping[str, Report],
    places: Mapping[str, TruePlace | None],
    resolver: PlaceResolver,
    gazetteer: Gazetteer,
) -> PlaceScores:
    """Resolves hand-coded places, each with the other places of its report beside it, and judges where they came to.

    A place that is none on a map must get no coordinates finer than a country's.

    Args:
        gold: the hand-coded places.
        reports: the reports, by id.
        places: where the places are (see `read_places`).
        resolver: what is measured.
        gazetteer: tells whether a place stands in any layer.
    """
    by_report: dict[str, list[GoldPlace]] = {}
    for place in gold:
        by_report.setdefault(place.report, []).append(place)
    judged: list[JudgedPlace] = []
    unknown: dict[str, None] = {}
    for report, named in by_report.items():
        mentions = [_mention(place, gazetteer) for place in named]
        for place, mention in zip(named, mentions, strict=True):
            key = f"{place.name}@{report}"
            if key not in places and place.name not in places:
                unknown[place.name] = None
                continue
            truth = places[key] if key in places else places[place.name]
            others = [other for other in mentions if other != mention]
            resolution = resolver.resolve(mention, others, reports[report])
            judged.append(
                JudgedPlace(place, resolution, _verdict(resolution, truth), _stands_in_a_layer(place, truth, gazetteer))
            )
    return PlaceScores(tuple(judged), tuple(unknown))


def _mention(place: GoldPlace, gazetteer: Gazetteer) -> Mention:
    """The mention as a coder gives it: a reference ('the town') with the name that it refers to."""
    named = bool(gazetteer.words.take_apart(place.text).name)
    return Mention(place.text, place.span, None if named else place.name)


def _verdict(resolution: PlaceResolution, truth: TruePlace | None) -> Verdict:
    if resolution.lat is None:
        return Verdict.NOT_LOCATED
    if truth is not None and truth.has(resolution.lat, resolution.lon):
        return Verdict.RIGHT
    return Verdict.WRONG


def _stands_in_a_layer(place: GoldPlace, truth: TruePlace | None, gazetteer: Gazetteer) -> bool:
    if truth is None:
        return False
    parts = gazetteer.words.take_apart(place.text)
    names: Sequence[str] = [place.name, place.text, parts.full, parts.name]
    return any(truth.has(row.lat, row.lon) for name in names if name for row in gazetteer.find_possessive(name))
