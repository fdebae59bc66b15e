"""What each profile leaves out, and by what words that is found: data/profiles/*.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.romanise import fold_key
from rashomon.knowledge.wordlists import Strict, alternation, read_layers
from rashomon.model import Profile, SourceKind, Status

FILE = "profiles/profiles.yaml"
ORDINARY = "profiles/ordinary.yaml"
NAMES, PLACES = "names", "places"


class _Facility(Strict):
    words: tuple[str, ...]
    not_after: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field((), alias="with")


class _Movement(Strict):
    types: frozenset[str]
    statuses: frozenset[Status]


class _Names(Strict):
    within: frozenset[str] = frozenset()
    kunyas: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    months_after: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    speakers: frozenset[SourceKind] = frozenset()


class _File(Strict):
    profiles: dict[Profile, frozenset[Literal["names", "places"]]] = Field(default_factory=dict)
    facilities: tuple[_Facility, ...] = ()
    kinds: frozenset[str] = frozenset()
    movements: tuple[_Movement, ...] = ()
    over: frozenset[Status] = frozenset()
    days: int = 0
    names: _Names = _Names()


class _Ordinary(Strict):
    words: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facility:
    """Words for a kind of place: `word` finds one, and counts where `beside` (if there is any) is found as well."""

    word: re.Pattern[str]
    beside: re.Pattern[str] | None

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where such words stand in `text`; none where nothing is beside them that has to be."""
        if self.beside is not None and self.beside.search(text) is None:
            return []
        return [match.span("word") for match in self.word.finditer(text)]


@dataclass(frozen=True, slots=True)
class Rules:
    """What stands in profiles.yaml, all words in small letters.

    Attributes:
        leaves_out: for each profile, 'names' and 'places'.
        facilities: places that are never told closely.
        kinds: kinds of gazetteer rows that are such places.
        movements: for each type of claim the statuses in which its places are not told closely while it is to come.
        over: statuses that say that a movement is no longer to come.
        days: so many days before the last publication it is no longer to come either.
        names: words by which names of persons are told from others.
        given_keys: the first names, folded as names of places are.
        ordinary: ordinary words of English.
    """

    leaves_out: Mapping[Profile, frozenset[str]]
    facilities: tuple[Facility, ...]
    kinds: frozenset[str]
    movements: Mapping[str, frozenset[Status]]
    over: frozenset[Status]
    days: int
    names: _Names
    given_keys: frozenset[str]
    ordinary: frozenset[str]

    @classmethod
    def load(cls, layers: Layers) -> Rules:
        """Reads the files of every layer; lists of a later one are added.

        Raises:
            KnowledgeError: one is missing or not in its form; the message names it.
        """
        row, files = read_layers(layers, FILE, _File)
        ordinary, _ = read_layers(layers, ORDINARY, _Ordinary)
        if missing := [profile.value for profile in Profile if profile not in row.profiles]:
            what = f"profiles: missing: {', '.join(missing)}"
            raise KnowledgeError(what, where=files[-1].path, remedy="A profile has a list of `names`, `places`, or []")
        movements: dict[str, frozenset[Status]] = {}
        for movement in row.movements:
            for type_name in movement.types:
                movements[type_name] = movements.get(type_name, frozenset()) | movement.statuses
        return cls(
            leaves_out=row.profiles,
            facilities=tuple(_facility(entry) for entry in row.facilities),
            kinds=row.kinds,
            movements=movements,
            over=row.over,
            days=row.days,
            names=_small(row.names),
            given_keys=frozenset(fold_key(name) for name in row.names.given),
            ordinary=frozenset(word for words in ordinary.words.values() for word in words.split()),
        )


def _facility(known: _Facility) -> Facility:
    before = "".join(rf"(?<!\b{re.escape(word)}[ -])" for word in known.not_after)
    # Arabic writes articles and prepositions onto the word.
    script = all(not word.isascii() and word.lower() == word.upper() for word in known.words)
    words = alternation(known.words)
    found = f"(?P<word>{words})" if script else rf"(?<!\w){before}(?P<word>{words})(?!\w)"
    beside = re.compile(rf"(?<!\w){alternation(known.with_)}(?!\w)", re.IGNORECASE) if known.with_ else None
    return Facility(re.compile(found, re.IGNORECASE), beside)


def _small(names: _Names) -> _Names:
    words = {
        key: frozenset(word.casefold() for word in getattr(names, key))
        for key in _Names.model_fields
        if key != "speakers"
    }
    return names.model_copy(update=words)
