"""Claim -> the few facts that linking compares, folded once so that comparing is fast."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rashomon.knowledge.romanise import fold_key, fold_words
from rashomon.linking.rules import Rules
from rashomon.model import Claim, NoActor, Participant, Place, PlacePrecision, PlaceRole, Status, Witness

Days = tuple[dt.date, dt.date]  # first and last, both included

KM_PER_DEGREE = 111.2  # of latitude
PERIOD = 31  # days: a longer stretch is a period, not the time of one event
_ID = "id:"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters
_ROLES = frozenset({NoActor.PRONOUN.value, NoActor.OWNED.value, NoActor.PEOPLE.value})  # they tell nobody apart
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
class People:
    """Who a claim names as doers, or as those to whom it is done.

    Attributes:
        names: ids and folded names, so that a claim with ids meets one without.
        wider: ids of those that they are part of.
        known: ids of those who can be told from others, and the words of names without an id.
        words: those of names without an id ('a T-72 tank'). A mere role ('the gunmen', 'civilians') excludes nobody.
    """

    names: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names)

    def part_of(self, others: People) -> bool:
        """Whether one of either belongs to one of the other."""
        return bool(self.names & others.wider or others.names & self.wider)

    def exclude(self, others: People) -> bool:
        """Whether both are known, or both have words, and nothing of it is shared."""
        return _nothing_shared(self.known, others.known) or _nothing_shared(self.words, others.words)


def _nothing_shared(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b and not a & b)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What linking compares of one claim.

    Attributes:
        days: first and last day, or None. published: when its report came out, as far as that can be told.
        statement: the quote and its trigger, folded; one in two reports where one has it from the other. Empty where it
            is too short to tell.
        voice: who says it, folded; empty for the outlet itself.
        copies: the group of copied texts that its report belongs to.
        order: its number among the claims of its report.
        words: the beginnings of the words of its quote that tell something. every: all words of it.
        objects: the same of the names of those to whom it is done.
        recurring: whether it tells of what happens again and again.
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
    actors: People
    targets: People
    figures: tuple[Figure, ...]
    statement: str = ""
    order: int = 0
    words: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    recurring: bool = False


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


def numbered(claims: Iterable[Claim]) -> dict[str, int]:
    """By claim, its number among the claims of its report, in the order of the text."""
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.report, []).append(claim)
    return {
        claim.id: number
        for told in by_report.values()
        for number, claim in enumerate(sorted(told, key=lambda one: (one.trigger_span.start, one.id)))
    }


def facts_of(
    claim: Claim, order: int, witnesses: Mapping[str, Witness], published: Mapping[str, dt.date], rules: Rules
) -> ClaimFacts:
    """The facts of one claim.

    Args:
        claim: the claim.
        order: its number among the claims of its report.
        witnesses: whose word a report is; one that is not among them stands for itself.
        published: see `publications`.
        rules: what names are folded by.
    """
    witness = witnesses.get(claim.report)
    targets = people_of(claim.targets, rules)
    every = _WORD.findall(claim.quote.casefold())
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
        actors=people_of(claim.actors, rules),
        targets=targets,
        figures=tuple(
            dict.fromkeys(Figure(q.measure.value, _folded(q.of), q.minimum, q.maximum) for q in claim.quantities)
        ),
        statement=_statement(claim, rules),
        order=order,
        words=_beginnings((word for word in every if word not in rules.points.words.empty), rules),
        every=frozenset(every),
        objects=_beginnings(
            (
                word
                for name in targets.names
                if not name.startswith(_ID)
                for word in name.split()
                if word not in rules.points.words.loose
            ),
            rules,
        ),
        recurring=rules.recurring.search(claim.quote) is not None,
    )


def _beginnings(words: Iterable[str], rules: Rules) -> frozenset[str]:
    """Words by their first letters, so that 'truck' meets 'trucks'; short ones tell nothing."""
    return frozenset(word[: rules.points.words.letters] for word in words if len(word) >= _SHORTEST)


def _statement(claim: Claim, rules: Rules) -> str:
    words = claim.quote.casefold().split()
    if len(words) < rules.points.word_for_word.words:
        return ""
    return " ".join([*words, "/", *claim.trigger.casefold().split()])


def _folded(name: str) -> str:
    """A name of people or things without case, articles and spelling variants."""
    return " ".join(fold_words(name))


def people_of(participants: Iterable[Participant], rules: Rules) -> People:
    """Who these are, as linking compares them."""
    names: set[str] = set()
    wider: set[str] = set()
    known: set[str] = set()
    words: set[str] = set()
    for participant in participants:
        resolution = participant.resolution
        name = _folded(resolution.name if resolution is not None else participant.mention.text)
        identity = resolution.id if resolution is not None else None
        names |= {name} if identity is None else {name, _ID + identity}
        if identity is not None:
            wider |= {_ID + each for each in _wholes(identity, rules)}
        if identity is not None:
            known |= set() if _is_generic(identity, rules) else {_ID + identity}
        elif resolution is None or resolution.reason not in _ROLES:
            text = resolution.name if resolution is not None else participant.mention.text
            known |= set(name.split()) if text[:1].isupper() else set()
            words |= set(name.split())
    return People(frozenset(names - {""}), frozenset(wider), frozenset(known), frozenset(words))


def _wholes(identity: str, rules: Rules) -> Iterator[str]:
    """What an actor is part of, and what that is part of."""
    actor = rules.actors.find(identity) if rules.actors is not None else None
    seen = {identity}
    while actor is not None and rules.actors is not None and actor.part_of is not None and actor.part_of not in seen:
        yield actor.part_of
        seen.add(actor.part_of)
        actor = rules.actors.get(actor.part_of)


def _is_generic(identity: str | None, rules: Rules) -> bool:
    actor = rules.actors.find(identity) if rules.actors is not None and identity is not None else None
    return actor is not None and actor.generic


def amount(low: int | None, high: int | None) -> str:
    """'58', 'at least 58', '10 to 15'; empty where both ends are open."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"at most {high}"
    return str(low) if low == high else f"{low} to {high}"


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
