"""One event of the digest in words: who says that what happened, and where their accounts part.

Nothing here speaks in its own voice: each sentence is one of the templates of digest.yaml, which all name a speaker.
What stands in one sentence of several speakers is what each of them says; where they differ, each has a sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.export.digest.counted import figures_words
from rashomon.export.digest.fields import Field, Fields, Values, alike, alike_where_given, by_value
from rashomon.export.digest.grammar import listed, sentence, short_day
from rashomon.export.digest.phrases import Phrases, TypeWords, fields_of
from rashomon.export.digest.speaking import Speaking
from rashomon.export.digest.voices import Heard, Speakers, Voice, who_says
from rashomon.export.figures import HAPPENED
from rashomon.model import Claim, Event, Status

# What a line is mainly about: the first of these that is claimed.
_ORDER = (Status.OCCURRED, Status.ONGOING, Status.PLANNED, Status.POSSIBLE, Status.DENIED)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of events.

    Attributes:
        speakers: who speaks in which report.
        phrases: the words to tell it in.
        year: the year that days need not name.
    """

    speakers: Speakers
    phrases: Phrases
    year: int

    def tell(self, event: Event, claims: Sequence[Claim], heard: Heard) -> tuple[str, ...]:
        """The sentences on an event, the main one first.

        Args:
            event: for its type.
            claims: what is said of it; at least one.
            heard: the independent voice that each claim comes from.
        """
        return tuple(sentence(text) for text in _Telling(self, event, claims, heard).sentences())

    def first(self, day: dt.date, claims: Sequence[Claim]) -> str:
        """That it was first reported on an earlier day, and by whom."""
        who, many = Speaking(self.phrases).all_of(who_says(claims, self.speakers, self.speakers.heard(claims)))
        text = self.phrases.sentences["first"].of(many)
        return sentence(text.format(who=who, day=short_day(day, self.year)))


def main_status(claims: Sequence[Claim]) -> Status:
    """What a line on these claims is mainly about: what is said to have happened, to be planned, or denied by all."""
    given = {claim.status for claim in claims}
    return next(status for status in _ORDER if status in given)


class _Telling:
    """The sentences on one event."""

    def __init__(self, teller: Teller, event: Event, claims: Sequence[Claim], heard: Heard) -> None:
        self._phrases, self._speakers, self._heard = teller.phrases, teller.speakers, heard
        self._fields = Fields(teller.speakers, teller.phrases, teller.year)
        self._speaking = Speaking(teller.phrases)
        self._claims = list(claims)
        self._status = main_status(claims)
        of_status = [claim for claim in claims if claim.status is self._status]
        types = {claim.type for claim in of_status}
        self._type = event.type if event.type in types else min(types)
        self._words: TypeWords = teller.phrases.of_type(self._type)
        self._core = [claim for claim in of_status if claim.type == self._type]
        self._voices = self._who_says(self._core)
        self._actors = alike(self._fields.actors, self._voices)
        self._targets = alike(self._fields.targets, self._voices)
        self._places = alike_where_given(self._fields.places, self._voices)
        self._ways = alike(self._fields.ways, self._voices)
        self._days = alike_where_given(self._fields.days, self._voices)
        self._parts: Mapping[str, str] = {
            "actors": self._fields.names(self._actors),
            "sides": self._fields.names(self._actors) if len(self._actors) > 1 else "",
            "targets": self._fields.names(self._targets),
            "place": self._fields.names(self._places),
        }

    def sentences(self) -> Iterator[str]:
        """The main sentence, where accounts part, other kinds and statuses, and words of the report."""
        if self._status is Status.DENIED:
            yield from self._denied()
        else:
            yield self._main()
        yield from self._parting()
        if self._status is not Status.DENIED:
            yield from self._other_kinds()
            yield from self._other_statuses()
        if self._needs_quote and not self._quotes_itself:
            yield self._quote()

    @property
    def _needs_quote(self) -> bool:
        """Whether the fields alone do not tell what was said."""
        return self._words.quote or not (self._actors or self._targets or self._places)

    @property
    def _quotes_itself(self) -> bool:
        """Whether the one voice is an outlet that is quoted: its words stand in the main sentence."""
        return len(self._voices) == 1 and self._voices[0].own and self._status is not Status.DENIED

    # --- the main sentence ------------------------------------------------------------------------------------------

    def _main(self) -> str:
        if len(self._voices) == 1 and self._voices[0].told:
            who, listener = self._speaking.told(self._voices[0])
            what = self._clause() + self._figures()
            return self._sentence("told", self._voices[0].several, who=who, listener=listener, what=what)
        who, many = self._speaking.all_of(self._voices)
        what = self._clause() + self._figures()
        if self._quotes_itself and self._needs_quote:
            return self._sentence("in_words", many, who=who, what=what, quote=self._quoted()[1])
        agree = len(self._voices) > 1 and len(frozenset[str]().union(*(v.origins for v in self._voices))) > 1
        return self._sentence("agree" if agree else "says", many, who=who, what=what)

    def _denied(self) -> Iterator[str]:
        """Who is said to deny it denies it; an outlet that says so itself says that it did not happen."""
        noun = self._noun_phrase()
        speakers = [voice for voice in self._voices if not voice.own]
        outlets = [voice for voice in self._voices if voice.own]
        if speakers:
            yield self._by("denies", speakers, noun=noun)
        if outlets and speakers:
            yield self._by("not_it", outlets)
        elif outlets:
            what = self._phrases.statuses[Status.DENIED].of(self._words.many).format(noun=noun)
            yield self._by("says_not", outlets, what=what)

    def _clause(self) -> str:
        """What the speakers say: of what happened a whole sentence, of anything else the noun."""
        if self._status is Status.OCCURRED or (self._status is Status.ONGOING and self._words.lasting):
            templates = self._words.none if self._words.none and self._is_nought() else self._words.said
            found = self._first_filled(templates)
            if found is not None:
                return self._with_circumstances(*found)
        return self._phrases.statuses[self._status].of(self._words.many).format(noun=self._noun_phrase())

    def _is_nought(self) -> bool:
        counts = [quantity for claim in self._core for quantity in claim.quantities]
        return bool(counts) and all(quantity.maximum == 0 for quantity in counts)

    def _noun_phrase(self) -> str:
        """'an air strike on a market by the army in Tamrin on 3 May'."""
        words = self._words
        noun, used = self._first_filled(words.noun) or (words.noun[-1], frozenset())
        parts = [noun]
        if self._targets:
            parts.append(words.whom.format(targets=self._parts["targets"]))
        if self._actors:
            by = (words.sides if len(self._actors) > 1 else words.side) or words.who or self._phrases.who
            parts.append(by.format(actors=self._parts["actors"]))
        return self._with_circumstances(" ".join(parts), used)

    def _first_filled(self, templates: Sequence[str]) -> tuple[str, frozenset[str]] | None:
        """The first template whose fields are all known, filled, and the names of those fields."""
        for template in templates:
            names = frozenset(fields_of(template))
            if all(self._parts.get(name) for name in names):
                return template.format(**self._parts), names
        return None

    def _with_circumstances(self, text: str, used: frozenset[str]) -> str:
        where = "" if "place" in used else self._fields.where(self._places)
        parts = (text, where, self._fields.where(self._ways), self._fields.names(self._days))
        return " ".join(part for part in parts if part)

    def _figures(self) -> str:
        group = HAPPENED if self._status in HAPPENED else {self._status}
        voices = self._who_says(claim for claim in self._claims if claim.status in group)
        words = figures_words(voices, self._phrases, self._speakers.is_loaded, self._speaking.name)
        return "".join(f"; {each}" for each in words)

    # --- where accounts part ----------------------------------------------------------------------------------------

    def _parting(self) -> Iterator[str]:
        words, phrases = self._words, self._phrases
        yield from self._each(self._fields.actors, self._actors, words.did or phrases.did, "actors")
        yield from self._each(self._fields.targets, self._targets, words.hit or phrases.hit, "targets")
        for field, common, told, name in (
            (self._fields.places, self._places, self._fields.where, "where"),
            (self._fields.ways, self._ways, self._fields.where, "way"),
            (self._fields.days, self._days, self._fields.names, "where"),
        ):
            given = [(values, voices) for values, voices in by_value(field, self._voices) if values]
            if not common and given:
                yield "; ".join(self._by(name, voices, where=told(values)) for values, voices in given)
        yield from self._silent()

    def _each(self, field: Field, common: Values, template: str, name: str) -> Iterator[str]:
        """Who names whom, where not all name the same."""
        given = [(values, voices) for values, voices in by_value(field, self._voices) if values]
        if common or not given:
            return
        yield "; ".join(
            self._by("says", voices, what=template.format(**{name: self._fields.names(values)}))
            for values, voices in given
        )

    def _silent(self) -> Iterator[str]:
        """Whose words give no place or no day, where the main sentence has one: it is not theirs."""
        found: dict[tuple[str, ...], list[Voice]] = {}
        for voice in self._voices:
            missing = [
                self._phrases.fields[name]
                for name, common, field in (
                    ("place", self._places, self._fields.places),
                    ("day", self._days, self._fields.days),
                )
                if common and not field(voice)
            ]
            if missing:
                found.setdefault(tuple(missing), []).append(voice)
        for missing_fields, voices in found.items():
            yield self._by("silent", voices, fields=" and no ".join(missing_fields))

    def _other_kinds(self) -> Iterator[str]:
        """Who speaks of the same under another type: of shelling, of casualties."""
        group = HAPPENED if self._status in HAPPENED else {self._status}
        others = [c for c in self._claims if c.status in group and c.type != self._type]
        found: dict[tuple[str, ...], list[Voice]] = {}
        for voice in self._who_says(others):
            kinds = sorted({claim.type for claim in voice.claims})
            found.setdefault(tuple(self._kind(voice, kind) for kind in kinds), []).append(voice)
        for nouns, voices in found.items():
            yield self._by("kind", voices, noun=listed(nouns, len(nouns)))

    def _kind(self, voice: Voice, kind: str) -> str:
        """'shelling', 'shelling by the army': the other type, with its doers where the main sentence has others."""
        words = self._phrases.of_type(kind)
        actors = self._fields.actors(replace(voice, claims=tuple(c for c in voice.claims if c.type == kind)))
        if not actors or {actor.key for actor in actors} == {actor.key for actor in self._actors}:
            return words.noun[-1]
        by = (words.sides if len(actors) > 1 else words.side) or words.who or self._phrases.who
        return f"{words.noun[-1]} {by.format(actors=self._fields.names(actors))}"

    def _other_statuses(self) -> Iterator[str]:
        """Who says that it goes on, is planned, may happen, or denies it."""
        for status in _ORDER:
            claims = [c for c in self._claims if c.status is status]
            if status is self._status or not claims:
                continue
            voices = self._who_says(claims)
            if status is not Status.DENIED:
                yield self._by(status.value, voices)
                continue
            for name, own in (("denies_it", False), ("not_it", True)):
                if some := [voice for voice in voices if voice.own is own]:
                    yield self._by(name, some)

    def _quote(self) -> str:
        report, quote = self._quoted()
        return self._sentence("quote", False, who=self._speakers.outlet(report), quote=quote)

    def _quoted(self) -> tuple[str, str]:
        """A report and words of it: those of the first voice's first claim."""
        claim = min(self._voices[0].claims, key=lambda c: (c.report, c.span, c.id))
        words = claim.quote.replace("“", "‘").replace("”", "’").replace('"', "'").split()
        most = self._phrases.quoted
        return claim.report, " ".join(words[:most]) + (" …" if len(words) > most else "")

    def _who_says(self, claims: Iterable[Claim]) -> tuple[Voice, ...]:
        return who_says(claims, self._speakers, self._heard)

    def _by(self, name: str, voices: Sequence[Voice], **parts: str) -> str:
        who, many = self._speaking.all_of(voices)
        return self._sentence(name, many, who=who, **parts)

    def _sentence(self, name: str, many: bool, **parts: str) -> str:
        return self._phrases.sentences[name].of(many).format(**parts)
