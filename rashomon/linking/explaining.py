"""Why claims were put together, in plain words: the pairs that hold an event together, and how each compares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from rashomon.linking.clustering import Sets
from rashomon.linking.comparing import (
    DIFFERENT,
    LONG,
    NEAR,
    OTHER,
    OTHER_NAME,
    PART,
    SAME,
    SAME_OF_OTHERS,
    WITHIN,
    Comparison,
    closest_figures,
    closest_places,
    distance_km,
    lies_in,
)
from rashomon.linking.events import facts_for
from rashomon.linking.facts import ClaimFacts, Days, Figure, PlaceFact, amount, days_of, people_of, place_key
from rashomon.linking.judged import last_words
from rashomon.linking.rules import Rules
from rashomon.linking.scoring import Scoring
from rashomon.model import Bond, Claim, Judgement, JudgementKind, Participant, PlacePrecision, Witness

_TELLING = 0.2  # share of common words from which on it is said
_PER_CENT = 100
_KIND_OF_PLACE = {"point": "spot", "settlement": "town", "district": "area", "unknown": "not located"}


class Explaining:
    """Tells why claims are about one event.

    Args:
        claims: all claims of the reports in question: those of a report lend each other place and day.
        witnesses: by report, whose word it is; as for linking.
        judgements: people's decisions that hold.
        rules: the points that linking went by.
    """

    def __init__(
        self, claims: Sequence[Claim], witnesses: Mapping[str, Witness], judgements: Sequence[Judgement], rules: Rules
    ) -> None:
        self._claims = sorted(claims, key=lambda claim: claim.id)
        self._facts = facts_for(self._claims, witnesses, rules)
        self._scoring = Scoring(self._facts, rules)
        self._number = {claim.id: n for n, claim in enumerate(self._claims)}
        self._judged = {
            pair: judgement
            for pair, judgement in last_words(judgements).items()
            if judgement.kind is JudgementKind.SAME
        }
        self._published = {name: one.published for name, one in witnesses.items() if one.published is not None}
        self._rules = rules
        self._names = _names(self._claims, rules)

    def bonds(self, event: Sequence[str]) -> list[Bond]:
        """Of an event's claims the pairs that hold it together: one fewer than claims, the most alike first.

        Each claim is tied to the others by the likest pair that does; a pair that a person put together comes before.
        """
        numbers = sorted(self._number[claim] for claim in event)
        ranked = []
        for i, j in combinations(numbers, 2):
            points = self._scoring.score(i, j)
            by_hand = self._judgement(i, j) is not None
            if by_hand or points is not None:
                ranked.append((not by_hand, -(points or 0), i, j))
        tied, found = Sets(), []
        for _, _, i, j in sorted(ranked):
            if tied.of(i) != tied.of(j):
                tied.join(i, j)
                found.append(self._bond(i, j))
        return found

    def bond(self, one: str, other: str) -> Bond:
        """Why two claims could be about one event."""
        return self._bond(*sorted((self._number[one], self._number[other])))

    def _judgement(self, i: int, j: int) -> Judgement | None:
        return self._judged.get((self._claims[min(i, j)].id, self._claims[max(i, j)].id))

    def _bond(self, i: int, j: int) -> Bond:
        judgement = self._judgement(i, j)
        names = self._claims[i].id, self._claims[j].id
        a, b = self._facts[i], self._facts[j]
        agree, differ = _Words(), _Words()
        if a.report != b.report and a.statement and a.statement == b.statement:
            agree.add("the same sentence, word for word")
        twice = a.report == b.report and self._claims[i].span == self._claims[j].span
        if twice:
            agree.add("in one sentence")
        comparison = self._scoring.compare(i, j)
        self._place(i, j, agree, differ)
        self._days(i, j, comparison, agree, differ)
        self._types(a, b, agree, differ)
        self._people(i, j, comparison, agree, differ)
        self._figures(a, b, agree, differ)
        if a.voice and a.voice == b.voice and a.report != b.report:
            agree.add(f"both name “{self._claims[i].source[0].mention.text}” as their source")
        if comparison.words >= _TELLING and a.statement != b.statement and not twice:
            agree.add(f"{round(comparison.words * _PER_CENT)} % of their unusual words in common")
        points = self._scoring.score(i, j)
        return Bond(names, points, tuple(agree), tuple(differ), judgement.by if judgement is not None else "")

    # --- fields -----------------------------------------------------------------------------------------------------

    def _place(self, i: int, j: int, agree: _Words, differ: _Words) -> None:
        a, b = self._facts[i], self._facts[j]
        if not a.places or not b.places:
            return
        x, y, word = closest_places(a.places, b.places, self._rules)
        one, other = (self._names.get((place.key, place.precision), place.key) for place in (x, y))
        what, _, width = word.partition(" ")
        if what == SAME:
            kind = f" ({_KIND_OF_PLACE.get(width, width)})" if x.precision is y.precision else ""
            agree.add(
                f"place: near {one}" if x.precision is y.precision is PlacePrecision.NEAR else f"place: {one}{kind}"
            )
        elif what == WITHIN:
            inner, outer = (one, other) if lies_in(x, y, self._rules) else (other, one)
            agree.add(f"{inner} lies in {outer}" if inner != outer else f"{inner}, as a place and as an area")
        elif word == NEAR:
            agree.add(f"{one} and {other}, {_far(x, y)} apart")
        elif word == OTHER_NAME:
            differ.add(f"{one} or {other}: not both located, and spelt otherwise")
        else:
            differ.add(f"{one} or {other}, {_far(x, y)} apart")
        if any(self._facts[n].places and not self._claims[n].places for n in (i, j)):
            agree.add("where a claim names no place, the one that its report gives beside it")

    def _people(self, i: int, j: int, comparison: Comparison, agree: _Words, differ: _Words) -> None:
        one, other = self._claims[i], self._claims[j]
        said = comparison.said
        for word, verb, a, b in (
            (said.actors, "by", one.actors, other.actors),
            (said.targets, "to", one.targets, other.targets),
        ):
            if word == SAME:
                shared = people_of(a, self._rules).names & people_of(b, self._rules).names
                names = dict.fromkeys(_name(each) for each in a if people_of((each,), self._rules).names & shared)
                agree.add(f"both say {verb} {_and(names)}")
            elif word == PART:
                agree.add(f"{verb} {self._whole_and_part(a, b)}")
            elif word in (OTHER, DIFFERENT):
                differ.add(f"{verb} {_and(map(_name, a))} or {_and(map(_name, b))}")

    def _whole_and_part(self, a: Iterable[Participant], b: Iterable[Participant]) -> str:
        """'the army and its air force': the two of whom one is part of the other, the whole first."""
        for one, other in product(a, b):
            first, second = people_of((one,), self._rules), people_of((other,), self._rules)
            if first.names & second.wider:
                return f"{_name(one)}, of which {_name(other)} is a part"
            if second.names & first.wider:
                return f"{_name(other)}, of which {_name(one)} is a part"
        return f"{_and(map(_name, a))} and {_and(map(_name, b))}"

    def _figures(self, a: ClaimFacts, b: ClaimFacts, agree: _Words, differ: _Words) -> None:
        found = closest_figures(a.figures, b.figures, self._rules)
        if found is None:
            return
        x, y, word = found
        measure = x.measure.replace("_", " ")
        if word == SAME:
            agree.add(f"{measure} {_amount(x)}")
        elif word == SAME_OF_OTHERS:
            agree.add(f"{measure} {_amount(x)}, of {x.of or 'people'} and of {y.of or 'people'}")
        elif word in ("fits", NEAR):
            how = "close to one another" if word == NEAR else "which can both be true"
            agree.add(f"{measure} {_amount(x)} and {_amount(y)}, {how}")
        else:
            differ.add(f"{measure} {_amount(x)} or {_amount(y)}")

    def _types(self, a: ClaimFacts, b: ClaimFacts, agree: _Words, differ: _Words) -> None:
        one, other = a.type.replace("_", " "), b.type.replace("_", " ")
        if a.type == b.type:
            agree.add(f"both read as {one}")
        elif self._rules.may_be_one(a.type, b.type):
            agree.add(f"{one} and {other}, which can be one event")
        else:
            differ.add(f"{one} or {other}")
        if a.status is not b.status:
            differ.add(f"one says {a.status.value}, the other {b.status.value}")

    # --- days -------------------------------------------------------------------------------------------------------

    def _days(self, i: int, j: int, comparison: Comparison, agree: _Words, differ: _Words) -> None:
        a, b = self._facts[i], self._facts[j]
        if a.days is None and b.days is None:
            self._two_publications(a, b, comparison, agree, differ)
        elif a.days is None or b.days is None:
            dated, other = (a, b) if a.days is not None else (b, a)
            self._one_day(dated, other, comparison, agree, differ)
        else:
            _two_times(a.days, b.days, agree, differ)
        if any(self._facts[n].days is not None and days_of(self._claims[n]) is None for n in (i, j)):
            agree.add("where a claim gives no day, the one that its report gives beside it")

    def _two_publications(
        self, a: ClaimFacts, b: ClaimFacts, comparison: Comparison, agree: _Words, differ: _Words
    ) -> None:
        one, other = self._published.get(a.report), self._published.get(b.report)
        if one is None or other is None or a.copies == b.copies:
            return
        if comparison.said.days.endswith(LONG):
            differ.add(f"published {one} or {other}")
        else:
            agree.add(
                f"published on one day, {one}" if one == other else f"published close together, {one} and {other}"
            )

    def _one_day(
        self, dated: ClaimFacts, other: ClaimFacts, comparison: Comparison, agree: _Words, differ: _Words
    ) -> None:
        published = self._published.get(other.report)
        if dated.days is None or published is None:
            return
        told = f"published {published} without a day of its own"
        if published < dated.days[0]:
            differ.add(f"{_span(dated.days)}, though the other was {told}")
        elif comparison.said.days.endswith(LONG):
            differ.add(f"{_span(dated.days)}, though the other was {told}, long after")
        else:
            agree.add(f"{_span(dated.days)}, and the other {told}")


class _Words(list[str]):
    """Phrases, each once."""

    def add(self, phrase: str) -> None:
        if phrase not in self:
            self.append(phrase)


def _two_times(one: Days, other: Days, agree: _Words, differ: _Words) -> None:
    told = f"{_span(one)} and {_span(other)}"
    if one == other:
        agree.add(f"the same {'day' if one[0] == one[1] else 'days'}, {_span(one)}")
    elif one[1] < other[0] or other[1] < one[0]:
        differ.add(f"{_span(one)} or {_span(other)}")
    elif (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1]):
        agree.add(f"one within the time of the other, {told}")
    else:
        agree.add(f"times that overlap, {told}")


def _names(claims: Iterable[Claim], rules: Rules) -> dict[tuple[str, PlacePrecision | None], str]:
    """By folded name and precision of a place, the name that a reader knows."""
    found: dict[tuple[str, PlacePrecision | None], str] = {}
    for claim in claims:
        for place in claim.places:
            known = place.resolution
            name = known.name if known is not None else place.mention.text
            found.setdefault((place_key(name, rules), known.precision if known is not None else None), name)
    return found


def _name(participant: Participant) -> str:
    return participant.resolution.name if participant.resolution is not None else participant.mention.text


def _and(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    return every[0] if len(every) == 1 else ", ".join(every[:-1]) + " and " + every[-1]


def _span(days: Days) -> str:
    return days[0].isoformat() if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _amount(figure: Figure) -> str:
    return amount(figure.low, figure.high) or "an unknown number"


def _far(a: PlaceFact, b: PlaceFact) -> str:
    return f"{distance_km(a, b):.0f} km"


def most_doubtful(bonds: Iterable[Bond]) -> list[Bond]:
    """Bonds in the order in which a reader would doubt them: first what cannot be by points, then the least likely."""
    return sorted(bonds, key=lambda bond: -math.inf if bond.points is None else bond.points)


def in_a_sentence(bond: Bond) -> str:
    """A bond as one reads it: 'place: Douma (town); both read as air strike; but killed 22 or 58'."""
    told = list(_lead(bond)) + list(bond.agree)
    return "; ".join(told) + ("; but " + "; ".join(bond.differ) if bond.differ else "")


def _lead(bond: Bond) -> Iterator[str]:
    if bond.by:
        yield f"{bond.by} put them together"
