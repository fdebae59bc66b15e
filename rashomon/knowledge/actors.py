"""Who is who: actors with their names, sides and dates, and how phrases that stand for them are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actor_names import Word, fold
from rashomon.knowledge.actor_words import ActorWords
from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint

KINDS = frozenset(
    [
        "government",
        "military",
        "armed_group",
        "coalition",
        "political",
        "monitor",
        "ngo",
        "rescue",
        "un",
        "media",
        "person",
        "people",
        "object",
    ]
)
_ARMED = frozenset({"armed_group", "military", "coalition"})
_REMEMBERED = 1 << 14  # words and phrases whose folded words are kept
_CAPITALS = 4  # acronyms of up to so many letters are read only where they are written in capitals


@dataclass(frozen=True, slots=True)
class Tenure:
    """Whose side an actor is on, and from when until when (both included; None where open)."""

    side: str
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether it holds on that day; an unknown day contradicts nothing."""
        return day is None or ((self.start is None or self.start <= day) and (self.end is None or day <= self.end))


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of data/actors.yaml; see the head of that file for what the attributes mean."""

    id: str
    name: str
    kind: str
    generic: bool = False
    sides: tuple[Tenure, ...] = ()
    country: str | None = None
    part_of: str | None = None
    valid: Tenure = field(default_factory=lambda: Tenure(""))
    successor: str | None = None
    aliases: tuple[str, ...] = ()
    arms: tuple[tuple[str, str], ...] = ()

    def side(self, day: dt.date | None = None) -> str | None:
        """The side that it is on that day, or None where the file names none."""
        return next((tenure.side for tenure in self.sides if tenure.holds(day)), None)

    @property
    def armed(self) -> bool:
        """Whether it fights."""
        return self.kind in _ARMED


@dataclass(frozen=True, slots=True)
class Owner:
    """What a name in a phrase leads to: the actor itself, or one of its arms where the phrase's head noun says so."""

    actor: str
    arms: tuple[tuple[str, str], ...] = ()

    def arm(self, classes: Iterable[str]) -> str:
        """The actor that a head noun of one of the classes means, the first that is listed."""
        listed = dict(self.arms)
        return next((listed[name] for name in classes if name in listed), self.actor)


@dataclass(frozen=True, slots=True)
class Name:
    """One alias in the index: whom it leads to, and the capitals that it asks for."""

    owner: Owner
    capitals: str = ""  # 'first': a capital first letter; 'proper': only that one; 'all': written as `written`
    written: tuple[str, ...] = ()

    def fits(self, words: Sequence[Word]) -> bool:
        """Whether the words are written as the alias asks."""
        if self.capitals == "all":
            return all(word.raw.rstrip("s") == want.rstrip("s") for word, want in zip(words, self.written, strict=True))
        if self.capitals == "proper":
            return words[0].capital and not (words[0].raw.isupper() and len(words[0].raw) > _CAPITALS)
        return self.capitals != "first" or words[0].capital


@dataclass(frozen=True, slots=True)
class Found:
    """An alias found in a phrase: words `start` to `end` (exclusive)."""

    start: int
    end: int
    owner: Owner


class Actors:
    """All actors, with an index of their names.

    Args:
        actors: in the order of the file.
        owners: words with the arms that they lead to, over the actors' own names.
        words: the word lists for reading phrases.
        fingerprint: of the files that they came from.
    """

    def __init__(
        self, actors: Iterable[Actor], owners: Iterable[tuple[str, Owner]], words: ActorWords, fingerprint: str = ""
    ) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self.words = words
        self.fingerprint = fingerprint
        self._air = frozenset(arm for actor in self._actors.values() for name, arm in actor.arms if name == "air")
        self._armies = frozenset(arm for actor in self._actors.values() for name, arm in actor.arms if name == "army")
        self._index: dict[tuple[str, ...], list[Name]] = {}
        self._vocabulary: set[str] = set(words.vocabulary)
        for text, owner in owners:
            self._enter(text, owner, "")
        for actor in self._actors.values():
            owner = Owner(actor.id, actor.arms)
            for text in (actor.name, *actor.aliases):
                self._enter(text, owner, actor.kind)
        self._longest: dict[str, int] = {}
        for key in self._index:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
        self._words_of = lru_cache(maxsize=_REMEMBERED)(self._fold)

    @classmethod
    def load(cls, layers: Layers) -> Actors:
        """Reads data/actors.yaml and data/lexicon/actor_words.yaml of every layer; later ones replace by id.

        Raises:
            KnowledgeError: an entry is broken; the message names the file and what to mend.
        """
        files = layers.files("actors.yaml")
        words = ActorWords.load(layers)
        actors: dict[str, Actor] = {}
        owners: dict[str, Owner] = {}
        for file in files:
            entries = _mapping(file)
            for entry in entries.get("actors") or []:
                actor = _actor(entry, file.path)
                actors[actor.id] = actor
            for entry in entries.get("owners") or []:
                for word in entry["words"]:
                    owners[str(word)] = Owner(str(entry["actor"]), _pairs(entry.get("arms")))
        _check(actors, owners, files[-1].path if files else None)
        return cls(actors.values(), owners.items(), words, fingerprint([*files, *layers.files(ActorWords.FILE)]))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def get(self, actor_id: str) -> Actor:
        """The actor of that id.

        Raises:
            KeyError: there is none.
        """
        return self._actors[actor_id]

    def flies(self, actor: Actor) -> bool:
        """Whether it is an air force, or has one among its arms."""
        return actor.id in self._air or any(name == "air" for name, _ in actor.arms)

    def strikes_from_the_air(self, actor: Actor) -> bool:
        """Whether what it bombs is bombed from the air: an air force, or a state or coalition that has one.

        An army is not, whosever it is: it has guns too.
        """
        if actor.kind in ("government", "coalition"):
            return self.flies(actor)
        return actor.id in self._air and not self.is_army(actor)

    def is_army(self, actor: Actor) -> bool:
        """Whether it is the army of a state."""
        return actor.id in self._armies and actor.kind == "military"

    def army_of(self, actor: Actor) -> Actor | None:
        """The army among its arms, or None where it has none."""
        army = next((self._actors[arm] for name, arm in actor.arms if name == "army"), None)
        return army if army is not None and self.is_army(army) else None

    def fold(self, text: str) -> tuple[Word, ...]:
        """The words of a phrase as the index knows them: a possessive s without apostrophe is taken off."""
        return self._words_of(text)

    def _fold(self, text: str) -> tuple[Word, ...]:
        return tuple(Word(word.raw, self._bare(word.folded)) for word in fold(text, self.words.spellings))

    def named(self, text: str, day: dt.date | None = None) -> Actor | None:
        """The actor that a whole phrase names, articles aside; of several, the one that went by the name that day."""
        words = self.fold(text)
        found = self._at(words, 0, len(words), day) if words else None
        return self._actors[found.actor] if found else None

    def names_in(self, words: Sequence[Word], day: dt.date | None = None) -> list[Found]:
        """The aliases in a phrase, from the left, the longest first; they do not overlap."""
        found = []
        start = 0
        while start < len(words):
            longest = self._longest.get(words[start].folded, 0)
            for end in range(min(len(words), start + longest), start, -1):
                owner = self._at(words, start, end, day)
                if owner is not None:
                    found.append(Found(start, end, owner))
                    start = end - 1
                    break
            start += 1
        return found

    def _at(self, words: Sequence[Word], start: int, end: int, day: dt.date | None) -> Owner | None:
        part = words[start:end]
        key = tuple(word.folded for word in part)
        names = self._index.get(key)
        if names is None and len(key[-1]) > 3 and key[-1].endswith("s"):
            names = self._index.get((*key[:-1], key[-1][:-1])) if len(key) > 1 else None
        fitting = [name.owner for name in names or () if name.fits(part)]
        if len(fitting) > 1 and day is not None:
            dated = [owner for owner in fitting if self._actors[owner.actor].valid.holds(day)]
            fitting = dated or fitting
        return fitting[0] if fitting else None

    def _bare(self, folded: str) -> str:
        if len(folded) > 3 and folded.endswith("s") and folded not in self._vocabulary:
            bare = folded[:-1]
            return self.words.spellings.get(bare, bare)
        return folded

    def _enter(self, text: str, owner: Owner, kind: str) -> None:
        exact = text.startswith("=")
        words = fold(text.removeprefix("="), self.words.spellings)
        if not words:
            return
        key = tuple(word.folded for word in words)
        self._vocabulary.update(key)
        short = len(words) == 1 and words[0].raw.isupper() and len(words[0].raw) <= _CAPITALS
        if exact or short:
            name = Name(owner, "all", tuple(word.raw for word in words))
        else:
            first = len(words) == 1 and words[0].capital and (kind != "" or words[0].raw != "Army")
            name = Name(owner, "first" if first or (kind == "person" and words[0].capital) else "")
            if first and kind == "government":
                name = Name(owner, "proper")  # 'BEIRUT' begins a dateline
        names = self._index.setdefault(key, [])
        if all(other.owner.actor != owner.actor or other.capitals != name.capitals for other in names):
            names.append(name)


def _mapping(file: KnowledgeFile) -> Mapping[str, Any]:
    content = file.yaml()
    if not isinstance(content, dict):
        raise KnowledgeError("no list of actors", where=file.path, remedy="Start it with `actors:`")
    return content


def _actor(entry: Any, path: Path) -> Actor:  # noqa: ANN401 - as it comes from YAML
    if not isinstance(entry, dict) or not {"id", "name", "kind"} <= entry.keys():
        raise KnowledgeError(f"an actor without id, name or kind: {entry}", where=path, remedy="Add what is missing")
    if entry["kind"] not in KINDS:
        raise KnowledgeError(
            f"actor {entry['id']} is of no known kind: {entry['kind']}",
            where=path,
            remedy=f"One of: {', '.join(sorted(KINDS))}",
        )
    sides = entry.get("side")
    if isinstance(sides, str):
        sides = [{"side": sides}]
    valid = entry.get("valid") or {}
    return Actor(
        id=str(entry["id"]),
        name=str(entry["name"]),
        kind=str(entry["kind"]),
        generic=bool(entry.get("generic", False)),
        sides=tuple(
            Tenure(str(side["side"]), _day(side.get("from"), path), _day(side.get("until"), path))
            for side in sides or []
        ),
        country=entry.get("country"),
        part_of=entry.get("part_of"),
        valid=Tenure("", _day(valid.get("from"), path), _day(valid.get("until"), path)),
        successor=entry.get("successor"),
        aliases=tuple(str(alias) for alias in entry.get("aliases") or []),
        arms=_pairs(entry.get("arms")),
    )


def _pairs(arms: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(actor)) for name, actor in (arms or {}).items())


def _day(value: Any, path: Path) -> dt.date | None:  # noqa: ANN401 - as it comes from YAML
    if value is None or isinstance(value, dt.date):
        return value
    raise KnowledgeError(f"not a day: {value}", where=path, remedy="Write it as 2016-07-28")


def _check(actors: Mapping[str, Actor], owners: Mapping[str, Owner], path: Path | None) -> None:
    """Every id that an entry points at must exist."""
    for actor in actors.values():
        pointed = [actor.part_of, actor.successor, *(target for _, target in actor.arms)]
        for target in pointed:
            if target is not None and target not in actors:
                raise KnowledgeError(
                    f"actor {actor.id} points at {target}, which is not there",
                    where=path,
                    remedy="Add it, or mend the id",
                )
    for word, owner in owners.items():
        for target in (owner.actor, *(target for _, target in owner.arms)):
            if target not in actors:
                raise KnowledgeError(
                    f"the owner {word} points at {target}, which is not there",
                    where=path,
                    remedy="Add it, or mend the id",
                )
