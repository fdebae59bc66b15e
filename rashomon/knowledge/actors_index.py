"""The index of actors' names: which words lead to whom, with which capitals, on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rashomon.knowledge.actor_names import Word, fold
from rashomon.knowledge.actors_entries import Actor, Owner, Tenure

_REMEMBERED = 1 << 14  # words and phrases whose folded words are kept
_CAPITALS = 4  # acronyms of up to so many letters are read only where they are written in capitals
_ALWAYS = Tenure("")

type Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One alias in the index.

    Attributes:
        owner: whom it leads to.
        capitals: what it asks for: 'first' a capital first letter, 'proper' only that one, 'all' as `written`.
        written: the words as they stand in the file, for 'all'.
        held: the days on which it leads there; an office has one holder after the other.
    """

    owner: Owner
    capitals: str = ""
    written: tuple[str, ...] = ()
    held: Tenure = _ALWAYS

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


class NameIndex:
    """Names of actors by their folded words.

    Args:
        actors: all actors by id, in the order in which they are entered.
        owners: words with the arms that they lead to, over the actors' own names.
        spellings: from a folded word to the spelling that stands for it.
        vocabulary: words that are no possessive of something else.
        offices: for each office the words that name it ('foreign minister').
        not_holder_before: words before an office that mean somebody else than its holder ('former').
        made: names made by a pattern, which count where the file gives them to nobody else.
    """

    def __init__(
        self,
        actors: Mapping[str, Actor],
        owners: Iterable[tuple[str, Owner]],
        spellings: Mapping[str, str],
        vocabulary: frozenset[str],
        offices: Mapping[str, Sequence[Key]],
        not_holder_before: frozenset[str] = frozenset(),
        made: Iterable[tuple[str, Owner]] = (),
    ) -> None:
        self._not_holder_before = not_holder_before
        self._office_words = frozenset(word for texts in offices.values() for words in texts for word in words)
        self._actors = actors
        self._spellings = spellings
        self._vocabulary = set(vocabulary)
        self._names: dict[Key, list[Name]] = {}
        for text, owner in owners:
            self._enter(text, owner, "")
        for actor in actors.values():
            owner = Owner(actor.id, actor.arms)
            for text in (actor.name, *actor.aliases):
                self._enter(text, owner, actor.kind)
        for text, owner in made:
            self._enter(text, owner, "")
        self._enter_offices(offices)
        self._longest: dict[tuple[str, str], int] = {}  # words of a name, by its first two
        for key in self._names:
            if len(key) > 1:
                self._longest[key[0], key[1]] = max(len(key), self._longest.get((key[0], key[1]), 0))
        self._firsts = frozenset(key[0] for key in self._names)
        self.fold = lru_cache(maxsize=_REMEMBERED)(self._fold)

    def items(self) -> Iterable[tuple[Key, Sequence[Name]]]:
        """Every key with the names that have it, for checks."""
        return self._names.items()

    def within(self, words: Sequence[Word], day: dt.date | None) -> list[Found]:
        """The names in a phrase, from the left, the longest first; they do not overlap."""
        found = []
        start = 0
        while start < len(words):
            for end in range(start + self._length(words, start), start, -1):
                owner = self.at(words, start, end, day)
                if owner is not None:
                    found.append(Found(start, end, owner))
                    start = end - 1
                    break
            start += 1
        return found

    def _length(self, words: Sequence[Word], start: int) -> int:
        """How many words a name that begins at `start` may have, 0 where none does."""
        first = words[start].folded
        if first not in self._firsts:
            return 0
        if start + 1 == len(words):
            return 1
        second = words[start + 1].folded
        longest = self._longest.get((first, second)) or self._longest.get((first, second.removesuffix("s"))) or 1
        return min(longest, len(words) - start)

    def at(self, words: Sequence[Word], start: int, end: int, day: dt.date | None) -> Owner | None:
        """Whom words `start` to `end` (exclusive) name; of several, the one that went by the name that day."""
        part = words[start:end]
        key = tuple(word.folded for word in part)
        names: Sequence[Name] = self._names.get(key, ())
        if not names and len(key) > 1 and len(key[-1]) > 3 and key[-1].endswith("s"):
            several = self._names.get((*key[:-1], key[-1][:-1]), ())
            names = [name for name in several if name.held is _ALWAYS]  # 'Nusra leaders' are not its leader
        if names and names[0].held is not _ALWAYS and self._is_no_holder(words, start, end):
            return None
        fitting = [name for name in names if name.fits(part) and name.held.holds(day)]
        if len(fitting) > 1 and day is None and fitting[0].held is not _ALWAYS:
            return None  # 'the British prime minister' of an unknown day
        owners = [name.owner for name in fitting]
        if len(owners) > 1 and day is not None:
            owners = [owner for owner in owners if self._actors[owner.actor].valid.holds(day)] or owners
        return owners[0] if owners else None

    def _is_no_holder(self, words: Sequence[Word], start: int, end: int) -> bool:
        """'A Nusra leader', 'heads of Nusra': not the one who held the office."""
        several = any(
            word.folded in self._office_words and word.raw.casefold() == word.folded + "s" for word in words[start:end]
        )
        return several or (start > 0 and words[start - 1].folded in self._not_holder_before)

    def _fold(self, text: str) -> tuple[Word, ...]:
        return tuple(Word(word.raw, self._bare(word.folded)) for word in fold(text, self._spellings))

    def _bare(self, folded: str) -> str:
        if len(folded) > 3 and folded.endswith("s") and folded not in self._vocabulary:
            bare = folded[:-1]
            return self._spellings.get(bare, bare)
        return folded

    def _enter(self, text: str, owner: Owner, kind: str) -> None:
        exact = text.startswith("=")
        words = fold(text.removeprefix("="), self._spellings)
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
        names = self._names.setdefault(key, [])
        if all(other.owner.actor != owner.actor or other.capitals != name.capitals for other in names):
            names.append(name)

    def _enter_offices(self, offices: Mapping[str, Sequence[Key]]) -> None:
        """'Russian foreign minister', 'president of Syria': whoever held the office; names of the file go before."""
        named = set(self._names)
        bodies = self._short_names({office.of for person in self._actors.values() for office in person.offices})
        for person in self._actors.values():
            for office in person.offices:
                name = Name(Owner(person.id, person.arms), held=office.held)
                for words in offices.get(office.office, ()):
                    for body in bodies[office.of]:
                        for key in ((*body, *words), (*words, "of", *body)):
                            if key not in named:
                                self._names.setdefault(key, []).append(name)
        self._vocabulary.update(self._office_words)

    def _short_names(self, bodies: Collection[str]) -> Mapping[str, Sequence[Key]]:
        """The names of bodies that stand before or behind an office: the first name, adjectives, acronyms."""
        found: dict[str, dict[Key, None]] = {
            body: {tuple(word.folded for word in fold(self._actors[body].name, self._spellings)): None}
            for body in bodies
        }
        for key, names in self._names.items():
            if len(key) == 1 and names[0].owner.actor in found:
                found[names[0].owner.actor][key] = None
        return {body: list(keys) for body, keys in found.items()}
