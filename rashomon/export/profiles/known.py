"""What is known of names: whose name a word can be, so that all others may be those of private persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rashomon.export.profiles.rules import Rules
from rashomon.export.profiles.words import Token
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Familiarity, Gazetteer, GazetteerRow
from rashomon.knowledge.outlets import Outlets, fold
from rashomon.knowledge.romanise import fold_key
from rashomon.knowledge.wordlists import TimeLexicon
from rashomon.knowledge.world import country_names
from rashomon.model import PlacePrecision, PlaceResolution

_WIDE = ("governorate", "country")
_TYPE = re.compile(r"[A-Z]{1,4}\d{1,4}[A-Z]{0,2}")  # of a weapon or a machine: 'T72', 'S300PMU'
_SHORT = 3
_REMEMBERED = 1 << 14


@dataclass(frozen=True)
class Known:
    """What a profile goes by. Make it with `load`."""

    rules: Rules
    actors: Actors
    gazetteer: Gazetteer
    outlets: Outlets
    times: TimeLexicon

    @classmethod
    def load(cls, layers: Layers, imported: Path | None = None) -> Known:
        """Reads what is needed of the knowledge.

        Args:
            layers: the built-in folder and a site's own.
            imported: the folder of imported gazetteer tables, if any.

        Raises:
            KnowledgeError: a file is broken; the message names it.
        """
        return cls(
            Rules.load(layers),
            Actors.load(layers),
            Gazetteer.load(layers, imported),
            Outlets.load(layers),
            TimeLexicon.load(layers),
        )

    # --- words --------------------------------------------------------------------------------------------------------

    @cached_property
    def titles(self) -> frozenset[str]:
        """Words that stand before a name and are no part of it, and those for people without a name."""
        words = self.actors.words
        people = {part for lookup in (words.people, words.roles) for entry in lookup for part in entry}
        offices = {part for texts in words.offices.values() for text in texts for part in text}
        return self.rules.names.titles | words.titles | people | offices

    @cached_property
    def kept(self) -> frozenset[str]:
        """Words with capitals that are nobody's name: days, months, peoples, weapons."""
        calendar = {word.casefold() for table in (self.times.months, self.times.weekdays) for word in table}
        places = self.gazetteer.words
        states = frozenset(places.adjectives) | self.actors.words.adjectives
        plurals = {f"{word}s" for word in states | calendar}
        return self.rules.names.kept | calendar | places.no_names | states | plurals

    @cached_property
    def months(self) -> frozenset[str]:
        """Names of months."""
        return frozenset(word.casefold() for word in self.times.months)

    @cached_property
    def states(self) -> frozenset[str]:
        """Adjectives of states."""
        return frozenset(self.gazetteer.words.adjectives) | self.actors.words.adjectives

    @cached_property
    def countries(self) -> frozenset[str]:
        """Folded names of countries: wider than what a place is coarsened to, and so never a secret."""
        return frozenset(fold_key(name) for name in country_names().values())

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Words that make the name of a body or of a kind of place."""
        return self.rules.names.bodies | frozenset(word for word in self.gazetteer.words.nouns if " " not in word)

    def is_kept(self, token: Token) -> bool:
        """Whether a word with a capital is explained by what it is."""
        return token.small in self.kept or _TYPE.fullmatch(token.text) is not None

    def is_ordinary(self, token: Token) -> bool:
        """Whether it is an ordinary word of English."""
        return token.small in self.rules.ordinary

    def is_given(self, token: Token) -> bool:
        """Whether it is a first name; with a capital in any spelling of it."""
        if token.small in self.rules.names.given:
            return True
        return token.capital and not self.is_ordinary(token) and fold_key(token.text) in self.rules.given_keys

    # --- actors -------------------------------------------------------------------------------------------------------

    def actor_words(self, tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
        """The words, from and to (exclusive), of each name in the file of actors."""
        last = len(tokens) - 1
        spaces = [n == last or tokens[n + 1].start > token.end for n, token in enumerate(tokens)]
        words, numbers = self.actors.words_of([token.text for token in tokens], spaces)
        for found in self.actors.names_in(words):
            yield numbers[found.start], numbers[found.end - 1] + 1

    def is_actor(self, actor_id: str | None) -> bool:
        """Whether the file of actors has this id."""
        return actor_id in self._actor_ids

    @cached_property
    def _actor_ids(self) -> frozenset[str]:
        return frozenset(actor.id for actor in self.actors)

    # --- outlets ------------------------------------------------------------------------------------------------------

    def is_outlet(self, name: str) -> bool:
        """Whether an outlet goes by this name; one that is an ordinary word has to stand with more."""
        return fold(name) in self._outlet_names and name.casefold() not in self.rules.ordinary

    @cached_property
    def _outlet_names(self) -> frozenset[str]:
        names = (name for one in self.outlets for name in (one.name, *one.aliases, *one.marks))
        return frozenset(fold(name) for name in names) - {""}

    @cached_property
    def begins_outlet(self) -> Callable[[str], bool]:
        """Whether a word is the first of an outlet's name: what no name begins with need not be looked up."""
        beginnings = self._outlet_beginnings
        return lru_cache(maxsize=_REMEMBERED)(lambda word: fold(word) in beginnings)

    @cached_property
    def _outlet_beginnings(self) -> frozenset[str]:
        names = (name for one in self.outlets for name in (one.name, *one.aliases, *one.marks))
        return frozenset(fold(re.split(r"[\W_]+", name.strip(), maxsplit=1)[0]) for name in names)

    # --- places -------------------------------------------------------------------------------------------------------

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a well-known place or of a country, whatever stands around it."""
        rows = self.gazetteer.find_possessive(name)
        if not rows:
            return False
        return rows[0].well_known or any(row.kind == "country" for row in rows)

    def is_wide(self, name: str) -> bool:
        """Whether a name is that of a governorate or a country too."""
        return any(row.kind in _WIDE for row in self.gazetteer.find_possessive(name))

    def familiar(self, name: str) -> bool:
        """Whether any table has the name."""
        return self.gazetteer.familiarity(name) is not Familiarity.UNKNOWN

    def row_of(self, where: PlaceResolution) -> GazetteerRow | None:
        """The row that a place was resolved to."""
        if where.gazetteer_id is None:
            return None
        return next((row for row in self.gazetteer.find(where.name) if row.id == where.gazetteer_id), None)

    def governorate_of(self, where: PlaceResolution | None) -> PlaceResolution | None:
        """The governorate that a place lies in, or None where that is not known."""
        if where is None or not where.adm1:
            return None
        row = self._governorates.get((where.country or "", fold_key(where.adm1)))
        precision = PlacePrecision.GOVERNORATE
        if row is None:
            return PlaceResolution(
                where.adm1, None, None, None, precision, where.adm1, where.country, "not in the gazetteer"
            )
        return PlaceResolution(row.name, row.id, row.lat, row.lon, precision, row.adm1, row.country)

    @cached_property
    def _governorates(self) -> dict[tuple[str, str], GazetteerRow]:
        found: dict[tuple[str, str], GazetteerRow] = {}
        for row in self.gazetteer.own_rows():
            if row.kind == "governorate":
                for name in (row.adm1, *row.names):
                    found.setdefault((row.country, fold_key(name)), row)
        return found

    def keys_of(self, where: PlaceResolution | None, *words: str | None) -> frozenset[str]:
        """The folded names under which a place, and what a text calls it, are found again."""
        names = [self.gazetteer.words.take_apart(text) for text in words if text]
        keys = {fold_key(name) for part in names for name in (part.name, part.full)}
        if where is not None:
            row = self.row_of(where)
            keys |= {fold_key(name) for name in (where.name, *(row.names if row is not None else ()))}
        return frozenset(key for key in keys if len(key) >= _SHORT and key not in self.countries)
