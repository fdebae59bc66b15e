"""Who a mention stands for: an actor of the file with its neutral name, or its own neutral words and why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from rashomon.knowledge.actor_names import Word
from rashomon.knowledge.actor_phrases import PhraseKind, Reading, owned, read
from rashomon.knowledge.actors import Actor, Actors
from rashomon.model import ActorResolution, Mention, NoActor, Report

_AHEAD = 48  # characters after a bare 'Russian' in which the noun is looked for that it belongs to
_PEOPLE, _CIVILIANS = "people", "civilians"  # ids
_CLAUSE_END = re.compile(r"[.;:!?\n]")
_VAGUE = frozenset({PhraseKind.PRONOUN, PhraseKind.OWNED, PhraseKind.ROLE, PhraseKind.OBJECT, PhraseKind.PERSON})
_WHY_NOT = {
    PhraseKind.PRONOUN: NoActor.PRONOUN,
    PhraseKind.OWNED: NoActor.OWNED,
    PhraseKind.PEOPLE: NoActor.PEOPLE,
    PhraseKind.OBJECT: NoActor.OBJECT,
}
_REPORTS = 16  # reports of which it is kept whom they name


class ActorResolver:
    """Says who mentions stand for; keeps for a while whom the last reports name.

    Args:
        actors: the actors file.
    """

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._named_in = lru_cache(maxsize=_REPORTS)(self._find_named)

    def resolve(self, mention: Mention, report: Report, country: str | None = None) -> ActorResolution:
        """Says who a mention stands for.

        Args:
            mention: the words; `span` lets the words after them be seen ('Russian' before 'jets'), `antecedent` is used
                for pronouns and roles.
            report: the report, for its day (the British prime minister of 2015 is not that of 2018) and its text.
            country: ISO 3166-1 alpha-2 of the country that the report is about, where that is known: 'the army' of one
                about Iraq is another one. Which states a report names does not matter.

        Returns:
            The actor's id and neutral name; or no id, the neutral words of the mention, and the reason.
        """
        actors, day = self._actors, report.publication.day
        reading = read(mention.text, actors, day)
        if mention.antecedent is not None and reading.kind in _VAGUE:
            resolved = _by_antecedent(mention.antecedent, reading, actors, day)
            if resolved is not None:
                return resolved
        if reading.actor is not None:
            actor = _with_words_after(mention, actors.get(reading.actor), reading, actors, report)
            actor = self._in_context(actor, mention, reading, report, country)
            return ActorResolution(actor.id, actor.name)
        return ActorResolution(None, reading.name or mention.text, _reason(reading))

    def _in_context(
        self, actor: Actor, mention: Mention, reading: Reading, report: Report, country: str | None
    ) -> Actor:
        """Whom a bare role means in this report: 'the coalition', 'Kurdish fighters', 'the army' where it happens."""
        if actor.may_be and reading.kind is PhraseKind.ROLE:
            return self._who_is_named(actor, report)
        actors = self._actors
        there = actors.elsewhere(actor, country)
        if there.id == actor.id:
            return actor
        words = actors.fold(mention.text)
        if any(_says_whose(word, actors) or word.folded in actors.words.never_elsewhere for word in words):
            return actor
        return there

    def _who_is_named(self, actor: Actor, report: Report) -> Actor:
        """Of those whom a role may mean, the first one of the file's list that the report names."""
        named = self._named_in(report.text, report.publication.day)
        if actor.id in named and not actor.generic:
            return actor
        return next((self._actors.get(one) for one in actor.may_be if one in named), actor)

    def _find_named(self, text: str, day: dt.date | None) -> frozenset[str]:
        """The ids of those whom a text names by words that say whose they are."""
        actors = self._actors
        words = actors.fold(text)
        return frozenset(
            name.owner.actor
            for name in actors.names_in(words, day)
            if _is_a_name(words[name.start : name.end], actors.get(name.owner.actor), actors)
        )


def civil(resolution: ActorResolution, kind: str, actors: Actors) -> ActorResolution:
    """Bare 'people' that an event of this type is done to are civilians: fighters hit in it are called fighters.

    Args:
        resolution: of a target.
        kind: the type of the event.
        actors: the actors file; its lists name the types.
    """
    if resolution.id != _PEOPLE or kind not in actors.words.civil_types:
        return resolution
    return ActorResolution(_CIVILIANS, actors.get(_CIVILIANS).name)


def _by_antecedent(antecedent: str, reading: Reading, actors: Actors, day: dt.date | None) -> ActorResolution | None:
    before = read(antecedent, actors, day)
    if before.actor is None:
        if reading.kind is PhraseKind.OWNED or before.kind in (PhraseKind.PRONOUN, PhraseKind.EMPTY):
            return None
        return ActorResolution(None, before.name, "not in the actors file")
    actor = actors.get(before.actor)
    if reading.kind is PhraseKind.OWNED or "military" in reading.again:  # 'Israel ... the army'
        actor = owned(actor, reading, actors)
    return ActorResolution(actor.id, actor.name)


def _with_words_after(mention: Mention, actor: Actor, reading: Reading, actors: Actors, report: Report) -> Actor:
    """A bare 'Russian' before 'jets' is the Russian Aerospace Forces; 'Syrian and Russian' before it are two."""
    if mention.span is None or reading.head not in actors.words.adjectives or reading.classes:
        return actor
    after = actors.fold(_CLAUSE_END.split(report.text[mention.span.end : mention.span.end + _AHEAD])[0])
    start = 0
    between = actors.words.between_adjective_and_noun
    while start < len(after) and (after[start].folded in between or after[start].capital):
        start += 1
    for length in (3, 2, 1):
        words = after[start : start + length]
        if len(words) == length and tuple(word.folded for word in words) in actors.words.heads:
            phrase = " ".join(word.raw for word in words)
            whole = read(f"{mention.text} {phrase}", actors, report.publication.day)
            return actors.get(whole.actor) if whole.actor is not None else actor
    return actor


def _is_a_name(words: Sequence[Word], actor: Actor, actors: Actors) -> bool:
    several = len(words) > 1 and not actor.generic and any(word.capital for word in words)
    return several or any(_says_whose(word, actors) for word in words)


def _says_whose(word: Word, actors: Actors) -> bool:
    """Whether a word is a name ('Syrian', 'SAA'), rather than a role that begins a sentence ('Army')."""
    return word.capital and actors.named(word.raw) is not None and actors.named(word.raw.casefold()) is None


def _reason(reading: Reading) -> str:
    return _WHY_NOT.get(reading.kind, NoActor.UNKNOWN).value
