"""What an event's voices contradict each other about, of each kind; and totals that a later one replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial

from rashomon.knowledge.actors import Actor
from rashomon.knowledge.ontology import Ontology
from rashomon.linking.account_rules import TwoNames
from rashomon.linking.facts import Days, days_of
from rashomon.linking.spots import apart
from rashomon.linking.stands import Court, Said, Stand, dispute
from rashomon.linking.tolls import tolls
from rashomon.model import (
    Contradiction,
    ContradictionKind,
    Participant,
    PlaceResolution,
    PlaceRole,
    Replaced,
    Status,
)

# What a contradiction of kind `called` is about, where it is about nobody.
TYPE = "type"
DEED = "the deed"

_NOBODY = ("people", "object")


def contradictions(court: Court, ontology: Ontology) -> tuple[tuple[Contradiction, ...], tuple[Replaced, ...]]:
    """All contradictions of an event in the order of their kinds, and all totals that were replaced.

    Held against each other is what different voices say has happened or goes on; plans and guesses contradict nobody,
    and denials only what they deny.
    """
    found, replaced = tolls(court)
    for kind in (_culprits, _places, _days):
        found += kind(court, ontology)
    found += _happened(court)
    found += _called(court)
    return tuple(found), tuple(replaced)


# --- culprit --------------------------------------------------------------------------------------------------------


def _culprits(court: Court, ontology: Ontology) -> Iterator[Contradiction]:
    """Doers of one deed who are of different sides, none of them part of another."""
    told = [said for said in court.said if said.asserts and _has_culprit(said.claim.type, ontology)]
    for deed in _groups(told, court.ways.by.culprit.deeds):
        stands = [
            Stand((actor, said), actor.name, (actor.name,), said)
            for said in deed
            for actor in _known(said.claim.actors, court)
        ]
        agree = partial(_may_both, day=_first_day(deed), court=court)
        if (found := dispute(court, ContradictionKind.CULPRIT, _types(deed), stands, agree)) is not None:
            yield found


def _has_culprit(type_name: str, ontology: Ontology) -> bool:
    """In a fight or a deal all sides are doers; a speaker is nobody's culprit."""
    return type_name not in ontology or not (ontology[type_name].two_sided or ontology[type_name].speech)


def _groups(told: Sequence[Said], named: Sequence[frozenset[str]]) -> Iterator[list[Said]]:
    """Claims of the types of each list, then those of each type that stands in none."""
    listed = frozenset().union(*named)
    others = sorted({said.claim.type for said in told} - listed)
    for types in (*named, *(frozenset({each}) for each in others)):
        if some := [said for said in told if said.claim.type in types]:
            yield some


def _types(told: Iterable[Said]) -> str:
    return ", ".join(sorted({said.claim.type for said in told}))


def _known(people: Iterable[Participant], court: Court) -> Iterator[Actor]:
    """Those whom the actors file knows by themselves; a role excludes nobody."""
    for person in people:
        identity = person.resolution.id if person.resolution is not None else None
        actor = _actor(identity, court)
        if actor is not None and not actor.generic and actor.kind not in _NOBODY:
            yield actor


def _actor(identity: str | None, court: Court) -> Actor | None:
    if identity is None or court.rules.actors is None:
        return None
    return court.rules.actors.find(identity)


def _may_both(one: tuple[Actor, Said], other: tuple[Actor, Said], day: dt.date | None, court: Court) -> bool:
    """Doers who do not exclude each other; and those of whom one hits the other: two fight, and both are right."""
    fight = any(
        actor.id in {each for hit in _known(said.claim.targets, court) for each in (hit.id, *_wholes(hit, court))}
        for actor, said in ((one[0], other[1]), (other[0], one[1]))
    )
    return fight or not _exclude(one[0], other[0], day, court)


def _exclude(one: Actor, other: Actor, day: dt.date | None, court: Court) -> bool:
    sides = one.side(day), other.side(day)
    together = any(set(sides) <= some for some in court.ways.by.culprit.together)
    if None in sides or sides[0] == sides[1] or together:
        return False
    return not {one.id, *_wholes(one, court)} & {other.id, *_wholes(other, court)}


def _wholes(actor: Actor, court: Court) -> Iterator[str]:
    while actor.part_of is not None and court.rules.actors is not None:
        yield actor.part_of
        actor = court.rules.actors.get(actor.part_of)


def _first_day(told: Sequence[Said]) -> dt.date | None:
    known = [days[0] for said in told if (days := days_of(said.claim)) is not None]
    known += [said.published for said in told if said.published is not None] if not known else []
    return min(known, default=None)


# --- place and day --------------------------------------------------------------------------------------------------


def _places(court: Court, _ontology: Ontology) -> Iterator[Contradiction]:
    """Located places of one role that lie apart, none within another."""
    rules = court.ways.by.place

    def agree(one: PlaceResolution, other: PlaceResolution) -> bool:
        return not apart(one, other, rules)

    for role in PlaceRole:
        stands = [
            Stand(place.resolution, place.resolution.name, (place.resolution.name,), said)
            for said in court.said
            if said.asserts
            for place in said.claim.places
            if place.role is role and place.resolution is not None and place.resolution.lat is not None
        ]
        if (found := dispute(court, ContradictionKind.PLACE, role.value, stands, agree)) is not None:
            yield found


def _days(court: Court, _ontology: Ontology) -> Iterator[Contradiction]:
    """Days that exclude each other, of what is over and does not last."""
    stands = [
        Stand(days, _days_in_words(days), (days[0].isoformat(), days[1].isoformat()), said)
        for said in court.said
        if said.claim.status is Status.OCCURRED and said.claim.type not in court.ways.by.day.lasting
        if (days := days_of(said.claim)) is not None
    ]
    if (found := dispute(court, ContradictionKind.DAY, "", stands, _share_a_day)) is not None:
        yield found


def _share_a_day(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _days_in_words(days: Days) -> str:
    return days[0].isoformat() if days[0] == days[1] else f"{days[0]} to {days[1]}"


# --- whether it happened --------------------------------------------------------------------------------------------


def _happened(court: Court) -> Iterator[Contradiction]:
    """A denial, and claims that what it denies has happened; by type, those of one deed together."""
    for deed in _groups(court.said, court.ways.by.happened.one_deed):
        odd: dict[str, Said] = {}
        for denial in (said for said in deed if said.claim.status is Status.DENIED):
            for claim in (said for said in deed if said.asserts and said.voice != denial.voice):
                if _denies(denial, claim, court):
                    odd |= {denial.claim.id: denial, claim.claim.id: claim}
        if not odd:
            continue
        given = [
            court.given(status.value, of)
            for status in Status
            if (of := [said for said in odd.values() if said.claim.status is status])
        ]
        yield Contradiction(ContradictionKind.HAPPENED, _types(odd.values()), tuple(given))


def _denies(denial: Said, claim: Said, court: Court) -> bool:
    """Whether a denial can be about what a claim says: not of another doer, another place or another day."""
    doers = [
        {each for actor in _known(said.claim.actors, court) for each in (actor.id, *_wholes(actor, court))}
        for said in (denial, claim)
    ]
    if all(doers) and not doers[0] & doers[1]:
        return False
    days = days_of(denial.claim), days_of(claim.claim)
    if days[0] is not None and days[1] is not None and not _share_a_day(days[0], days[1]):
        return False
    places = [
        [p.resolution for p in said.claim.places if p.resolution is not None and p.resolution.lat is not None]
        for said in (denial, claim)
    ]
    return not all(places) or any(not apart(a, b, court.ways.by.place) for a in places[0] for b in places[1])


# --- what it is called ----------------------------------------------------------------------------------------------


def _called(court: Court) -> Iterator[Contradiction]:
    """Different names for the deed, words that praise it and words that blame it, the same for somebody."""
    told = [said for said in court.said if said.asserts]
    same: Callable[[str, str], bool] = str.__eq__
    may_be_one = partial(_no_other_name, court=court)
    for types in court.ways.by.called.types:
        deeds = [Stand(said, said.claim.type, ("",), said) for said in told if said.claim.type in types]
        if (found := dispute(court, ContradictionKind.CALLED, TYPE, deeds, may_be_one)) is not None:
            yield found
    for two in court.ways.by.called.words:
        words = list(_words(told, two))
        if (found := dispute(court, ContradictionKind.CALLED, DEED, words, same, _printed_by)) is not None:
            yield found
    yield from _praised_and_blamed(court)


def _no_other_name(one: Said, other: Said, court: Court) -> bool:
    """Of one type, or of doers who exclude each other: that is not one deed under two names, but a question of who."""
    return one.claim.type == other.claim.type or _other_doers(one, other, court)


def _other_doers(one: Said, other: Said, court: Court) -> bool:
    """Whether both name known doers, and every one of either excludes every one of the other."""
    ours, theirs = (list(_known(said.claim.actors, court)) for said in (one, other))
    return bool(ours and theirs) and all(_exclude(a, b, one.published, court) for a in ours for b in theirs)


def _words(told: Iterable[Said], two: TwoNames) -> Iterator[Stand[str]]:
    for said in told:
        trigger = said.claim.trigger
        for name, words in (("one", two.one), ("other", two.other)):
            if any(fnmatchcase(word, pattern) for word in trigger.casefold().split() for pattern in words):
                yield Stand(name, f"“{trigger}”", (name,), said)


def _praised_and_blamed(court: Court) -> Iterator[Contradiction]:
    """Loaded words for one actor, of which some voices use such as praise and others such as blame."""
    by_whom: dict[str, list[Stand[bool]]] = {}
    for said in court.said:
        for label in said.claim.labels:
            if label.resolution is not None and label.resolution.name:
                praise = label.text.casefold() in court.ways.by.called.praise
                stand = Stand(praise, f"“{label.text}”", (str(not praise), label.text.casefold()), said)
                by_whom.setdefault(label.resolution.name, []).append(stand)
    for whom, stands in sorted(by_whom.items()):
        if (found := dispute(court, ContradictionKind.CALLED, whom, stands, bool.__eq__, _printed_by)) is not None:
            yield found


def _printed_by(said: Said) -> str:
    """Words are those of the outlet that prints them, whomever it cites."""
    return said.printed_by
