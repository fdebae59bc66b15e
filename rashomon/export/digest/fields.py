"""What one voice gives for a field, and what several give alike: actors, targets, places, days, as they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rashomon.export.digest.grammar import ARTICLES, listed, when_words, with_article
from rashomon.export.digest.phrases import Phrases
from rashomon.export.digest.voices import Speakers, Voice
from rashomon.knowledge.romanise import fold_key
from rashomon.knowledge.within import lies_in
from rashomon.linking.facts import days_of
from rashomon.model import Claim, Participant, Place, PlacePrecision, PlaceRole

_WHOLE = (PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
_WIDTH = {precision: width for width, precision in enumerate(PlacePrecision)}


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field.

    Attributes:
        key: what it stands for; two with one key are the same value.
        name: what it is called. way: how a place stands in a sentence, a key of `where` in digest.yaml.
    """

    key: str
    name: str
    way: str = ""


type Values = tuple[Said, ...]
type Field = Callable[[Voice], Values]


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of claims, as they are called in a sentence; `year` is the one that days need not name."""

    speakers: Speakers
    phrases: Phrases
    year: int

    def actors(self, voice: Voice) -> Values:
        """Who is said to do it."""
        return self._people(person for claim in voice.claims for person in claim.actors)

    def targets(self, voice: Voice) -> Values:
        """To whom or what it is said to be done."""
        return self._people(person for claim in voice.claims for person in claim.targets)

    def places(self, voice: Voice) -> Values:
        """Where it is said to be; what only says the same less closely is left out."""
        at = [place for claim in voice.claims for place in claim.places if place.role is PlaceRole.AT]
        return _each_once(self._place(place) for place in at if not any(_is_closer(other, place) for other in at))

    def ways(self, voice: Voice) -> Values:
        """From where and to where it is said to lead."""
        ways = [place for claim in voice.claims for place in claim.places if place.role is not PlaceRole.AT]
        return _each_once(self._place(place) for place in ways)

    def days(self, voice: Voice) -> Values:
        """The days that are said, from the first to the last."""
        spans = [days for claim in voice.claims if (days := days_of(claim)) is not None]
        if not spans:
            return ()
        start, end = min(first for first, _ in spans), max(last for _, last in spans)
        return (Said(f"{start} {end}", when_words(start, end, self.year)),)

    def names(self, values: Values) -> str:
        """The values in one list; of many the rest is counted."""
        return listed([value.name for value in values], self.phrases.listed)

    def where(self, values: Values) -> str:
        """Places as they stand in a sentence: 'in Tamrin and Kafr Sijal, from Qasr Zeitun'."""
        ways = [way for way in self.phrases.where if any(value.way == way for value in values)]
        return ", ".join(
            self.phrases.where[way].format(names=self.names(tuple(v for v in values if v.way == way))) for way in ways
        )

    def call(self, person: Participant) -> str:
        """The neutral name of an actor or a target, with the article that belongs to it.

        Words that nobody knows stay as the report has them; a loaded one among them stands in quotation marks.
        """
        text = self.speakers.small(" ".join(person.mention.text.split()))
        name = person.resolution.name if person.resolution is not None else text
        if person.resolution is not None and person.resolution.id is None:
            name = self.speakers.small(name)
        if self.speakers.is_loaded(name):
            return f"“{name}”"
        if name == name.lower() and text.casefold() in {article + name for article in ARTICLES}:
            return text.lower()
        return with_article(name, self.phrases)

    def _place(self, place: Place) -> Said:
        where = place.resolution
        name = where.name if where is not None else place.mention.text
        key = (where.gazetteer_id if where is not None else None) or fold_key(name) or name
        if (where is None or where.gazetteer_id is None) and self.speakers.is_loaded(name):
            name = f"“{name}”"
        precision = where.precision if where is not None else None
        if precision is PlacePrecision.COUNTRY:
            name = with_article(name, self.phrases)
        if place.role is not PlaceRole.AT:
            return Said(f"{place.role.value} {key}", name, place.role.value)
        special = (PlacePrecision.POINT, PlacePrecision.NEAR, PlacePrecision.GOVERNORATE)
        return Said(key, name, precision.value if precision in special else PlaceRole.AT.value)

    def _people(self, people: Iterable[Participant]) -> Values:
        found = []
        for person in people:
            resolution = person.resolution
            name = resolution.name if resolution is not None else person.mention.text
            if name.casefold() not in self.phrases.speakers.vague:
                key = resolution.id if resolution is not None and resolution.id is not None else ""
                found.append(Said(key or fold_key(name) or name, self.call(person)))
        return _each_once(found)


def _is_closer(one: Place, whole: Place) -> bool:
    """Whether `whole` is the governorate or the country in which `one` lies, and says no more."""
    inner, outer = one.resolution, whole.resolution
    if inner is None or outer is None or inner.precision is None or outer.precision not in _WHOLE:
        return False
    return _WIDTH[inner.precision] < _WIDTH[outer.precision] and bool(lies_in(inner, outer))


def _each_once(values: Iterable[Said]) -> Values:
    """Of values with one key the first by its name, in the order in which they came."""
    found: dict[str, Said] = {}
    for value in values:
        found.setdefault(value.key, value)
    return tuple(found.values())


def alike(field: Field, voices: Sequence[Voice]) -> Values:
    """What every voice gives alike; empty where one of them differs, or gives nothing."""
    given = by_value(field, voices)
    return given[0][0] if len(given) == 1 else ()


def alike_where_given(field: Field, voices: Sequence[Voice]) -> Values:
    """What all those voices give alike that give anything."""
    given = [values for values, _ in by_value(field, voices) if values]
    return given[0] if len(given) == 1 else ()


def by_value(field: Field, voices: Sequence[Voice]) -> list[tuple[Values, list[Voice]]]:
    """What is given, each with the voices that give it, in the order of the voices; nothing given is one of them."""
    found: dict[frozenset[str], tuple[Values, list[Voice]]] = {}
    for voice in voices:
        values = field(voice)
        found.setdefault(frozenset(value.key for value in values), (values, []))[1].append(voice)
    return list(found.values())


def claims_of(voices: Iterable[Voice]) -> list[Claim]:
    """All claims of the voices."""
    return [claim for voice in voices for claim in voice.claims]
