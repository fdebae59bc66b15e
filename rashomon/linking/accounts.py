"""A group of claims -> an event: every side's account of every field, and how many independent voices there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.linking.account_rules import AccountRules
from rashomon.linking.facts import amount, days_of
from rashomon.linking.identity import Identity
from rashomon.linking.rules import Rules
from rashomon.linking.voices import voices
from rashomon.model import (
    Account,
    Claim,
    Event,
    Participant,
    PlacePrecision,
    PlaceResolution,
    PlaceRole,
    Quantity,
    Witness,
)


def event_of(
    claims: Sequence[Claim],
    identity: Identity,
    witnesses: Mapping[str, Witness],
    ontology: Ontology,
    rules: Rules,
    ways: AccountRules | None = None,
) -> Event:
    """The event that `claims` are about. No account of it is preferred over another."""
    claims = sorted(claims, key=lambda claim: claim.id)
    spans = [d for claim in claims if (d := days_of(claim)) is not None]
    reports = {claim.report for claim in claims}
    outlets = {witnesses[r].outlet or r if r in witnesses else r for r in reports}
    return Event(
        id=identity.id,
        claims=tuple(claim.id for claim in claims),
        type=_type(claims, ontology),
        start=min((start for start, _ in spans), default=None),
        end=max((end for _, end in spans), default=None),
        place=place_of(claims),
        accounts=accounts_of(claims),
        reports=len(reports),
        # Without anything on who published what, copies would count as so many voices.
        outlets=len(outlets) if witnesses else 0,
        origins=count_origins(claims, witnesses, rules, ways) if witnesses else 0,
        aliases=identity.aliases,
    )


def _type(claims: Sequence[Claim], ontology: Ontology) -> str:
    """The type that most claims give; where several do, the first of the ontology."""
    counts = Counter(claim.type for claim in claims)
    return min(counts, key=lambda t: (-counts[t], ontology[t].order if t in ontology else len(ontology), t))


def place_of(claims: Sequence[Claim]) -> PlaceResolution | None:
    """The most exact place, where several are equally exact the one that most claims give; located ones first."""
    roles, exactness = list(PlaceRole), list(PlacePrecision)
    counts: Counter[PlaceResolution] = Counter()
    role_of: dict[PlaceResolution, int] = {}
    for claim in claims:
        for place in claim.places:
            resolution = place.resolution or PlaceResolution(name=place.mention.text, reason="not resolved")
            counts[resolution] += 1
            role_of[resolution] = min(roles.index(place.role), role_of.get(resolution, len(roles)))

    def rank(place: PlaceResolution) -> tuple[object, ...]:
        exact = exactness.index(place.precision) if place.precision is not None else len(exactness)
        return (place.lat is None, role_of[place], exact, -counts[place], place.gazetteer_id or "", place.name)

    return min(counts, key=rank, default=None)


# --- accounts -------------------------------------------------------------------------------------------------------


def accounts_of(claims: Sequence[Claim]) -> tuple[Account, ...]:
    """What each of an event's claims, sorted by id, gives for each field."""
    return tuple(_accounts(claims))


def _accounts(claims: Sequence[Claim]) -> Iterator[Account]:
    """For each field, in the codebook's order, every value with the claims that give it, most often given first."""
    values: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in _FIELDS}
    for claim in claims:
        for name, value in dict.fromkeys(_values(claim)):
            values[name][value].append(claim.id)
    for name, by_value in values.items():
        for value, ids in sorted(by_value.items(), key=lambda item: (-len(item[1]), item[0])):
            yield Account(name, value, tuple(ids))


_FIELDS = ("type", "status", "source", "actors", "targets", "places", "time", "quantities", "weapons", "labels")


def _values(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "type", claim.type
    yield "status", claim.status.value
    if claim.source:
        yield "source", ", told to ".join(source.mention.text for source in claim.source)
    for participant in claim.actors:
        yield "actors", _name(participant)
    for participant in claim.targets:
        yield "targets", _name(participant)
    for place in claim.places:
        name = place.resolution.name if place.resolution is not None else place.mention.text
        yield "places", name if place.role is PlaceRole.AT else f"{place.role.value} {name}"
    days = days_of(claim)
    if days is not None:
        yield "time", days[0].isoformat() if days[0] == days[1] else f"{days[0]} to {days[1]}"
    for quantity in claim.quantities:
        yield "quantities", in_words(quantity)
    for weapon in claim.weapons:
        yield "weapons", weapon
    for label in claim.labels:
        yield "labels", f"{label.text} ({label.resolution.name})" if label.resolution is not None else label.text


def _name(participant: Participant) -> str:
    return participant.resolution.name if participant.resolution is not None else participant.mention.text


def in_words(quantity: Quantity) -> str:
    """A count as a reader reads it: 'killed at least 58 (people)'."""
    told = amount(quantity.minimum, quantity.maximum) or quantity.text
    return f"{quantity.measure.value} {told}" + (f" ({quantity.of})" if quantity.of else "")


# --- independence ---------------------------------------------------------------------------------------------------


def count_origins(
    claims: Sequence[Claim], witnesses: Mapping[str, Witness], rules: Rules, ways: AccountRules | None = None
) -> int:
    """How many independent voices there are; `ways` are the built-in ones where none are given. See `voices`."""
    return len(voices(claims, witnesses, rules, ways or AccountRules.load(Layers())))
