"""Claim -> the few facts that linking compares, folded once so that comparing is fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.knowledge.romanise import fold_key, fold_words
from rashomon.linking.rules import Rules
from rashomon.model import Claim, Participant, Place, PlacePrecision, PlaceRole, Status, Witness

Days = tuple[dt.date, dt.date]  # first and last, both included

_AREAS = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place as linking compares it; `key` is its folded name, `adm1` the folded name of its governorate."""

    key: str
    gazetteer_id: str | None
    role: PlaceRole
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    adm1: str | None
    country: str | None

    @property
    def is_area(self) -> bool:
        """Whether it is too wide to be a point on a map."""
        return self.precision in _AREAS


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its bounds."""

    measure: str
    of: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What linking compares of one claim.

    Attributes:
        days: first and last day, or None. published: when its report came out, as far as that can be told.
        actors, targets: ids and folded names, so that a claim with ids meets one without.
        voice: who says it, folded; empty for the outlet itself.
        copies: the group of copied texts that its report belongs to.
    """

    id: str
    report: str
    copies: str
    type: str
    status: Status
    voice: str
    places: tuple[PlaceFact, ...]
    days: Days | None
    published: dt.date | None
    actors: frozenset[str]
    targets: frozenset[str]
    figures: tuple[Figure, ...]


def days_of(claim: Claim) -> Days | None:
    """The days that a claim gives, where they are known."""
    if claim.time is None or claim.time.resolution is None or claim.time.resolution.start is None:
        return None
    start = claim.time.resolution.start
    return start, max(start, claim.time.resolution.end or start)


def publications(claims: Iterable[Claim], witnesses: Mapping[str, Witness]) -> dict[str, dt.date]:
    """By report, its day of publication, or where that is unknown the last day of what it says has happened.

    News is published soon after what is new in it; that is near enough to tell which undated claims may meet.
    """
    known = {name: witness.published for name, witness in witnesses.items() if witness.published is not None}
    last: dict[str, dt.date] = {}
    for claim in claims:
        days = days_of(claim)
        if days is not None and claim.status in (Status.OCCURRED, Status.ONGOING):
            last[claim.report] = max(days[1], last.get(claim.report, days[1]))
    return last | known


def facts_of(
    claim: Claim, witnesses: Mapping[str, Witness], published: Mapping[str, dt.date], rules: Rules
) -> ClaimFacts:
    """The facts of one claim.

    Args:
        claim: the claim.
        witnesses: whose word a report is; one that is not among them stands for itself.
        published: see `publications`.
        rules: what names are folded by.
    """
    witness = witnesses.get(claim.report)
    return ClaimFacts(
        id=claim.id,
        report=claim.report,
        copies=witness.copies if witness is not None else claim.report,
        type=claim.type,
        status=claim.status,
        voice=_folded(claim.source[0].mention.text) if claim.source else "",
        places=tuple(dict.fromkeys(_place(place, rules) for place in claim.places)),
        days=days_of(claim),
        published=published.get(claim.report),
        actors=_people(claim.actors),
        targets=_people(claim.targets),
        figures=tuple(
            dict.fromkeys(Figure(q.measure.value, _folded(q.of), q.minimum, q.maximum) for q in claim.quantities)
        ),
    )


def _folded(name: str) -> str:
    """A name of people or things without case, articles and spelling variants."""
    return " ".join(fold_words(name))


def _people(participants: tuple[Participant, ...]) -> frozenset[str]:
    keys = set()
    for participant in participants:
        resolution = participant.resolution
        keys.add(_folded(resolution.name if resolution is not None else participant.mention.text))
        if resolution is not None and resolution.id is not None:
            keys.add("id:" + resolution.id)
    return frozenset(keys - {""})


def place_key(name: str, rules: Rules) -> str:
    """The folded name of a place without generic words ('the town of', 'eastern')."""
    words = [word for word in name.replace("-", " ").split() if word.casefold() not in rules.points.places.words]
    return fold_key(" ".join(words)) or fold_key(name)


def _place(place: Place, rules: Rules) -> PlaceFact:
    resolution = place.resolution
    if resolution is None:
        return PlaceFact(place_key(place.mention.text, rules), None, place.role, None, None, None, None, None)
    return PlaceFact(
        key=place_key(resolution.name, rules),
        gazetteer_id=resolution.gazetteer_id,
        role=place.role,
        lat=resolution.lat,
        lon=resolution.lon,
        precision=resolution.precision,
        adm1=place_key(resolution.adm1, rules) if resolution.adm1 else None,
        country=resolution.country,
    )
