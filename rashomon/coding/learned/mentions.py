"""Everything of a report that may become an argument of a claim, each with what it means; collected once each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from rashomon.coding.actors import ActorMention, find_actors, mention_of
from rashomon.coding.learned.hiding import coarse_kind
from rashomon.coding.learned.meanings import Meanings
from rashomon.coding.places import PlaceMention
from rashomon.coding.quantities import FoundQuantity
from rashomon.coding.rules import Findings
from rashomon.coding.times import TimeMention
from rashomon.knowledge import Knowledge
from rashomon.knowledge.romanise import fold_key, skeleton
from rashomon.model import ActorResolution, Mention, PlaceResolution, Report, Source, Status

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Party:
    """Words that may be an actor or a target.

    Attributes:
        meaning: who they stand for.
        key: the same for all mentions of one actor.
        kind: its coarse kind, '' where it is not known.
        known: whether it is somebody of the file of actors; armed, generic: what the file says.
        reading: how its words are read ('actor', 'role', 'pronoun').
    """

    mention: ActorMention
    meaning: ActorResolution
    key: str
    kind: str
    known: bool
    armed: bool
    generic: bool
    reading: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that may be a place; `meaning` is where, `key` is the same for all spellings of its name."""

    mention: PlaceMention
    meaning: PlaceResolution
    key: str
    located: bool
    precision: str


@dataclass(frozen=True, slots=True)
class When:
    """Words that may be a time: the days that they mean of what lies behind and of what lies ahead.

    Attributes:
        speech: whether they only say when somebody spoke.
    """

    mention: TimeMention
    behind: Days | None
    ahead: Days | None
    speech: bool

    @property
    def means_days(self) -> bool:
        """Whether it means days of what lies behind or ahead."""
        return bool(self.behind or self.ahead)

    def days(self, status: str) -> Days | None:
        """The days that it means in a claim of this status."""
        return self.ahead if status in (Status.PLANNED, Status.POSSIBLE) else self.behind


def actor_key(found: ActorResolution) -> str:
    """What is the same for all mentions of one actor."""
    return found.id or fold_key(found.name)


def place_key(found: PlaceResolution) -> str:
    """What is the same for all spellings of one place."""
    return skeleton(found.name)


@dataclass(slots=True)
class _Once[Key: Hashable, Row]:
    """A list that takes each row once."""

    rows: list[Row] = field(default_factory=list)
    at: dict[Key, int] = field(default_factory=dict)

    def add(self, key: Key, make: Callable[[], Row]) -> int:
        if key not in self.at:
            self.put(key, make())
        return self.at[key]

    def put(self, key: Key, row: Row) -> None:
        self.at[key] = len(self.rows)
        self.rows.append(row)


class Mentions:
    """Collects what a report mentions; rows are named by their number from then on.

    Args:
        report: the report.
        found: what the finders found in it.
        knowledge: the actors.
        meanings: says what mentions mean.
    """

    def __init__(self, report: Report, found: Findings, knowledge: Knowledge, meanings: Meanings) -> None:
        self._report, self._found, self._knowledge, self._meanings = report, found, knowledge, meanings
        self._parties: _Once[tuple[int, int, str | None], Party] = _Once()
        self._spots: _Once[tuple[int, int, str | None], Spot] = _Once()
        self._speakers: _Once[Hashable, tuple[Source, ...]] = _Once()
        self._country = self._collect_spots()
        self._collect_parties()
        self.times = [self._when(time) for time in found.times]
        self._time_at = {(time.start_token, time.end_token): n for n, time in enumerate(found.times)}
        self.counts: Sequence[FoundQuantity] = found.quantities
        self._count_at = {_count_key(count): n for n, count in enumerate(found.quantities)}

    @property
    def parties(self) -> list[Party]:
        """All that may be actors or targets."""
        return self._parties.rows

    @property
    def spots(self) -> list[Spot]:
        """All that may be places."""
        return self._spots.rows

    @property
    def speakers(self) -> list[tuple[Source, ...]]:
        """All chains of speakers, nearest first; none is empty."""
        return self._speakers.rows

    def party(self, mention: ActorMention) -> int:
        """The number of a mention of somebody, taken up if it is new."""
        key = (mention.start_token, mention.end_token, mention.antecedent)
        return self._parties.add(key, lambda: self._party(mention))

    def spot(self, place: PlaceMention) -> int | None:
        """The number of a place of the finders."""
        return self._spots.at.get((place.start_token, place.end_token, place.antecedent))

    def time(self, time: TimeMention | None) -> int | None:
        """The number of a time of the finders."""
        return None if time is None else self._time_at.get((time.start_token, time.end_token))

    def count(self, count: FoundQuantity) -> int | None:
        """The number of a count of the finders."""
        return self._count_at.get(_count_key(count))

    def speaker(self, chain: Sequence[Source]) -> int | None:
        """The number of a chain of speakers, taken up if it is new; None for the outlet's own voice."""
        if not chain:
            return None
        key = tuple((s.mention.text, s.kind, s.mention.span.start if s.mention.span else -1) for s in chain)
        return self._speakers.add(key, lambda: tuple(chain))

    def _collect_spots(self) -> str | None:
        """Takes up all places; returns the country that most of the named ones are in."""
        text = self._report.text
        mentions = [Mention(p.text_span.of(text), p.text_span, p.antecedent) for p in self._found.places]
        named = [m for m, place in zip(mentions, self._found.places, strict=True) if not place.adjective]
        countries: Counter[str] = Counter()
        for place, mention in zip(self._found.places, mentions, strict=True):
            key = (place.start_token, place.end_token, place.antecedent)
            if key in self._spots.at:
                continue
            where = self._meanings.place(mention, [other for other in named if other != mention], self._report)
            spot = Spot(place, where, place_key(where), where.lat is not None, str(where.precision or ""))
            self._spots.put(key, spot)
            if not place.adjective and where.country:
                countries[where.country] += 1
        return max(sorted(countries), key=lambda country: countries[country], default=None)

    def _collect_parties(self) -> None:
        context = self._found.context
        for mention in find_actors(self._found.doc, self._knowledge.actors, context):
            self.party(mention)
        for seen in context.seen:
            if seen.actor is not None and not any(
                _wraps(party.mention, seen.start, seen.end) for party in self.parties
            ):
                self.party(mention_of(seen.start, seen.end, self._found.doc[seen.end - 1], context))

    def _party(self, mention: ActorMention) -> Party:
        words = Mention(mention.text_span.of(self._report.text), mention.text_span, mention.antecedent)
        who = self._meanings.actor(words, self._report, self._country)
        actor = self._knowledge.actors.get(who.id) if who.id else None
        return Party(
            mention=mention,
            meaning=who,
            key=actor_key(who),
            kind=coarse_kind(actor) if actor else "",
            known=actor is not None,
            armed=bool(actor and actor.armed),
            generic=bool(actor and actor.generic),
            reading=str(self._found.context.read(mention.start_token, mention.end_token).kind.value),
        )

    def _when(self, time: TimeMention) -> When:
        text, doc = self._report.text, self._found.doc
        sentence = doc[time.start_token].sent
        quote = text[sentence.start_char : sentence.end_char]
        mention = Mention(time.text_span.of(text), time.text_span, time.antecedent)
        speech = any(self._found.spoken.is_speech_time(i) for i in range(time.start_token, time.end_token))
        return When(
            time, self._days(mention, Status.OCCURRED, quote), self._days(mention, Status.PLANNED, quote), speech
        )

    def _days(self, mention: Mention, status: Status, quote: str) -> Days | None:
        days = self._meanings.days(mention, status, self._report, quote)
        return (days.start, days.end) if days.start and days.end else None


def _wraps(mention: ActorMention, start: int, end: int) -> bool:
    """Whether a mention covers these tokens and at most one more."""
    inside = mention.start_token <= start and end <= mention.end_token
    return inside and mention.end_token - mention.start_token <= end - start + 1


def _count_key(count: FoundQuantity) -> tuple[int, int, str]:
    return count.start_token, count.end_token, count.quantity.measure.value
