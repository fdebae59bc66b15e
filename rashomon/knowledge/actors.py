"""Who is who: actors with their names, sides and dates, and how phrases that stand for them are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actor_names import ARTICLES, Word
from rashomon.knowledge.actor_words import ActorWords
from rashomon.knowledge.actors_codes import ActorCodes
from rashomon.knowledge.actors_entries import Actor, Owner, actor, entries, pairs, pointed_at
from rashomon.knowledge.actors_index import Found, NameIndex
from rashomon.knowledge.actors_patterns import Patterns, names_by_pattern
from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint

__all__ = ["Actor", "Actors"]

_STOPS = frozenset({".", "!", "?", ";", ":"})
_STOP = Word(".", ".")
_LONGEST_ARTICLE = max(map(len, ARTICLES))


class Actors:
    """All actors, with an index of their names.

    Args:
        actors: in the order of the file.
        owners: words with the arms that they lead to, over the actors' own names.
        words: the word lists for reading phrases.
        codes: the rules by which actors get the codes of other data sets.
        elsewhere: for a country, from who is meant by a bare role where nothing else is said to who is meant there.
        fingerprint: of the files that they came from.
        patterns: names that all actors of a kind have alike, see `names_by_pattern`.
        seats: names of states that no pattern takes.
    """

    FILE = "actors.yaml"

    def __init__(
        self,
        actors: Iterable[Actor],
        owners: Iterable[tuple[str, Owner]],
        words: ActorWords,
        codes: ActorCodes,
        elsewhere: Mapping[str, Mapping[str, str]] | None = None,
        fingerprint: str = "",
        patterns: Patterns | None = None,
        seats: Iterable[str] = (),
    ) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._codes = codes
        self._elsewhere = elsewhere or {}
        self.words = words
        self.fingerprint = fingerprint
        self._air = frozenset(arm for actor in self._actors.values() for name, arm in actor.arms if name == "air")
        self._armies = frozenset(arm for actor in self._actors.values() for name, arm in actor.arms if name == "army")
        owners = list(owners)
        self.index = NameIndex(
            self._actors,
            owners,
            words.spellings,
            words.vocabulary,
            words.offices,
            words.not_holder_before,
            names_by_pattern(self._actors, owners, patterns or {}, frozenset(seats)),
        )

    @classmethod
    def load(cls, layers: Layers) -> Actors:
        """Reads actors.yaml, actor_codes.yaml and lexicon/actor_words.yaml of every layer; later ones replace by id.

        Raises:
            KnowledgeError: an entry is broken; the message names the file and what to mend.
        """
        return _actors_of(*(tuple(layers.files(name)) for name in (cls.FILE, ActorWords.FILE, ActorCodes.FILE)))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def get(self, actor_id: str) -> Actor:
        """The actor of that id.

        Raises:
            KeyError: there is none.
        """
        return self._actors[actor_id]

    def find(self, actor_id: str) -> Actor | None:
        """The actor of that id, or None: claims from elsewhere can bring ids that this knowledge lacks."""
        return self._actors.get(actor_id)

    # --- what is known of an actor ----------------------------------------------------------------------------------

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

    def whole(self, actor: Actor) -> Actor:
        """The largest body that it is a part of: the state for its army's units; itself where it is part of none."""
        while actor.part_of is not None:
            actor = self._actors[actor.part_of]
        return actor

    def on(self, actor: Actor, day: dt.date | None) -> Actor:
        """What the actor had become by that day: itself, or the last of its successors that had begun."""
        while actor.successor is not None and day is not None and actor.valid.end is not None and actor.valid.end < day:
            actor = self._actors[actor.successor]
        return actor

    def elsewhere(self, actor: Actor, country: str | None) -> Actor:
        """Who a bare role means in a country, where it means `actor` as long as nothing else is said."""
        return self._actors[self._elsewhere.get(country or "", {}).get(actor.id, actor.id)]

    def inter(self, actor: Actor, where: str | None = None, day: dt.date | None = None) -> int:
        """ACLED's `inter` code of an actor: 1 state forces to 8 external or other forces.

        Args:
            actor: whose code.
            where: ISO 3166-1 alpha-2 of the country of the event: an army abroad is an external force.
            day: of the event, for the side that the actor was on.
        """
        return self._codes.inter(self._coded_as(actor), where, day)

    def sector(self, actor: Actor, day: dt.date | None = None) -> str:
        """PLOVER's primary sector code of an actor: GOV, MIL, REB, ..."""
        return self._codes.sector(self._coded_as(actor), day)

    def _coded_as(self, actor: Actor) -> Actor:
        """A person is coded as whom he is part of, as long as the file does not say otherwise."""
        while actor.kind == "person" and actor.part_of is not None and (actor.inter is None or actor.sector is None):
            actor = self._actors[actor.part_of]
        return actor

    # --- names ------------------------------------------------------------------------------------------------------

    def fold(self, text: str) -> tuple[Word, ...]:
        """The words of a phrase as the index knows them: a possessive s without apostrophe is taken off."""
        return self.index.fold(text)

    def words_of(self, tokens: Sequence[str], spaces: Sequence[bool]) -> tuple[list[Word], list[int]]:
        """The words of a text as the index knows them, Arabic articles left out, and signs but those that end a name.

        Args:
            tokens: the text, cut.
            spaces: whether a space follows each of them.

        Returns:
            The words, and for each the number of its token.
        """
        words: list[Word] = []
        numbers: list[int] = []
        last = len(tokens) - 1
        for n, text in enumerate(tokens):
            if text in _STOPS or "\n" in text:
                words.append(_STOP)
                numbers.append(n)
                continue
            if len(text) == 1 and not text.isalnum():
                continue
            article = len(text) <= _LONGEST_ARTICLE and not spaces[n] and n < last and tokens[n + 1] == "-"
            if article and text.lower() in ARTICLES:
                continue
            folded = self.fold(text)
            words += folded
            numbers += [n] * len(folded)
        return words, numbers

    def named(self, text: str, day: dt.date | None = None) -> Actor | None:
        """The actor that a whole phrase names, articles aside; of several, the one that went by the name that day."""
        words = self.fold(text)
        found = self.index.at(words, 0, len(words), day) if words else None
        return self._actors[found.actor] if found else None

    def names_in(self, words: Sequence[Word], day: dt.date | None = None) -> list[Found]:
        """The aliases in a phrase, from the left, the longest first; they do not overlap."""
        return self.index.within(words, day)


@lru_cache(maxsize=2)
def _actors_of(
    files: tuple[KnowledgeFile, ...], of_words: tuple[KnowledgeFile, ...], of_codes: tuple[KnowledgeFile, ...]
) -> Actors:
    """The actors of these files. To index their names takes a second, and a run asks for them several times."""
    words, codes = ActorWords.of(of_words), ActorCodes.of(of_codes)
    actors: dict[str, Actor] = {}
    owners: dict[str, Owner] = {}
    elsewhere: dict[str, dict[str, str]] = {}
    seats: list[str] = []
    patterns: dict[str, dict[str, list[str]]] = {}
    for file in files:
        content = entries(file)
        for entry in content.get("actors") or []:
            one = actor(entry, file.path)
            actors[one.id] = one
        for entry in content.get("owners") or []:
            for word in entry["words"]:
                owners[str(word)] = Owner(str(entry["actor"]), pairs(entry.get("arms")))
        for country, roles in (content.get("elsewhere") or {}).items():
            elsewhere.setdefault(str(country), {}).update(pairs(roles))
        seats += [str(seat) for seat in content.get("seats") or []]
        for kind, by_arm in (content.get("patterns") or {}).items():
            for arm, texts in by_arm.items():
                patterns.setdefault(str(kind), {}).setdefault(str(arm), []).extend(str(text) for text in texts)
    _check(actors, owners, elsewhere, files[-1].path if files else None)
    read = [*files, *of_words, *of_codes]
    return Actors(actors.values(), owners.items(), words, codes, elsewhere, fingerprint(read), patterns, seats)


def _check(
    actors: Mapping[str, Actor],
    owners: Mapping[str, Owner],
    elsewhere: Mapping[str, Mapping[str, str]],
    path: Path | None,
) -> None:
    """Every id that an entry points at must exist."""
    pointing = [(f"actor {one.id}", pointed_at(one)) for one in actors.values()]
    pointing += [(f"the owner {word}", [one.actor, *(arm for _, arm in one.arms)]) for word, one in owners.items()]
    pointing += [(f"`elsewhere` of {country}", [*roles, *roles.values()]) for country, roles in elsewhere.items()]
    for who, targets in pointing:
        for target in targets:
            if target not in actors:
                raise KnowledgeError(
                    f"{who} points at {target}, which is not there", where=path, remedy="Add it, or mend the id"
                )
