"""Who has been named so far in a document, and whom a pronoun or a role ('they', 'the group') means by that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.knowledge.actor_names import Word
from rashomon.knowledge.actor_phrases import PhraseKind, Reading, read
from rashomon.knowledge.actors import Actor, Actors

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_PLACE_PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "near",
        "to",
        "from",
        "into",
        "toward",
        "towards",
        "outside",
        "inside",
        "of",
        "around",
        "across",
        "over",
    ]
)
_ARTICLES = frozenset(["al", "el", "as", "ash", "an", "ar", "ad", "at", "az", "ed"])
_REACH = 4  # sentences that a pronoun may look back
_ROLE_REACH = 2  # those that a role may look back which is somebody by itself too: 'the militants'
_GROUPS = frozenset(
    {"armed_group", "military", "coalition", "people", "rescue", "ngo", "political", "un", "government", "monitor"}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A name or a role that stands in the document.

    Attributes:
        start, end: its tokens, end exclusive; the last one is taken for its head.
        actor: the actor's id.
        sentence: number of its sentence.
        subject: whether it is the subject (or belongs to the subject) of its clause.
    """

    start: int
    end: int
    actor: str
    sentence: int
    subject: bool


@dataclass(frozen=True, slots=True)
class ActorContext:
    """What a document says about who is in it; built once for each document.

    Attributes:
        doc: the parsed document.
        actors: the actors that names are looked up in.
        day: when it was published, where that is known.
        sentence_of: for each token the number of its sentence.
        seen: all names and roles that are used for somebody, in order.
        names: for each token of a name or role, used for somebody or not, the tokens of all of it, end exclusive.
        persons: names of persons of more than one word, with the token that they end before.
    """

    doc: Doc
    actors: Actors
    day: dt.date | None
    sentence_of: tuple[int, ...]
    seen: tuple[Seen, ...]
    names: Mapping[int, tuple[int, int]]
    persons: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, doc: Doc, actors: Actors, day: dt.date | None = None) -> ActorContext:
        """Goes once through the document.

        Args:
            doc: a parsed document with sentence boundaries.
            actors: the actors that names are looked up in.
            day: the day of publication; decides between names that an actor had at different times.
        """
        sentence_of = tuple(number for number, sentence in enumerate(doc.sents) for _ in sentence)
        words, tokens = _words(doc, actors)
        seen = []
        names: dict[int, tuple[int, int]] = {}
        for name in actors.names_in(words, day):
            start, end = tokens[name.start], tokens[name.end - 1] + 1
            names.update(dict.fromkeys(range(start, end), (start, end)))
            if _names_somebody(doc, start, end, words, name.start, name.end, actors):
                seen.append(Seen(start, end, name.owner.actor, sentence_of[start], _subject(doc[end - 1])))
        persons = tuple((ent.end, ent.text) for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1)
        return cls(doc, actors, day, sentence_of, tuple(seen), names, persons)

    def text(self, start: int, end: int) -> str:
        """The characters of tokens `start` to `end` (exclusive)."""
        last = self.doc[end - 1]
        return self.doc.text[self.doc[start].idx : last.idx + len(last.text)]

    def read(self, start: int, end: int) -> Reading:
        """Reads the phrase of tokens `start` to `end` (exclusive) by its own words."""
        return read(self.text(start, end), self.actors, self.day)

    def antecedent(self, start: int, end: int, reading: Reading) -> str | None:
        """The words before a phrase (tokens `start` to `end`, exclusive) that it refers to, or None.

        `reading` is how the phrase reads by its own words. Simple salience: the nearest sentence first, in it a subject before others, the nearest before farther ones, and
        only what agrees with the phrase in number and kind.
        """
        if reading.kind in (PhraseKind.PRONOUN, PhraseKind.OWNED):
            found = self._by_pronoun(start, reading)
        elif reading.kind is PhraseKind.PERSON:
            return self._full_name(start, reading)
        elif reading.again:
            found = self._again(start, end, reading)
        else:
            return None
        return self.text(found.start, found.end) if found else None

    def _by_pronoun(self, start: int, reading: Reading) -> Seen | None:
        here = self.sentence_of[start]
        before = [seen for seen in self.seen if seen.end <= start and here - seen.sentence <= _REACH]
        if before and reading.kind is PhraseKind.OWNED and self.doc[start - 1].lower_ in {"and", "or"}:
            joined = before[-1]  # 'the army and its allies'
            if joined.end == start - 1:
                return joined
        fitting = [seen for seen in before if self._agrees(self.actors.get(seen.actor), reading)]
        return max(fitting, key=lambda seen: (seen.sentence, seen.subject, seen.start), default=None)

    def _agrees(self, actor: Actor, reading: Reading) -> bool:
        if reading.number == "person":
            return actor.kind == "person"
        if reading.number == "plural":
            return actor.kind in _GROUPS
        return actor.kind in _GROUPS and not (actor.generic and actor.name.endswith("s"))

    def _again(self, start: int, end: int, reading: Reading) -> Seen | None:
        """The last one named before who is of the kind and no mere role; one whose name has the head word comes first."""
        here = self.sentence_of[start]
        reach = _REACH if reading.actor is None else _ROLE_REACH
        before = [seen for seen in self.seen if seen.end <= start and here - seen.sentence <= reach]
        fitting = [seen for seen in before if self._could_be(self.actors.get(seen.actor), reading)]
        head = self.doc[end - 1].text
        for wanted in (head, head.casefold()):
            alike = [seen for seen in fitting if wanted in self.text(seen.start, seen.end).split()]
            if alike:
                return alike[-1]
        return max(fitting, key=lambda seen: (seen.sentence, seen.start), default=None)

    def _could_be(self, actor: Actor, reading: Reading) -> bool:
        if actor.generic or actor.kind not in reading.again:
            return False
        if reading.actor is None:
            return True
        return actor.kind != "armed_group" or actor.side(self.day) in {"opposition", "IS", "al-Qaeda"}

    def _full_name(self, start: int, reading: Reading) -> str | None:
        """For a surname the fuller name before it: 'Jamous' after 'Badr Jamous'."""
        surname = reading.name.split()[-1] if reading.name else ""
        if not surname or " " in reading.name:
            return None
        for end, full in self.persons:
            if end <= start and full.split()[-1] == surname:
                return full
        return None


def _words(doc: Doc, actors: Actors) -> tuple[list[Word], list[int]]:
    """The document's words with the token that each stands in."""
    words: list[Word] = []
    tokens: list[int] = []
    for token in doc:
        if not token.text[0].isalnum() and len(token.text) == 1:
            continue
        article = (
            token.lower_ in _ARTICLES
            and token.i + 1 < len(doc)
            and doc[token.i + 1].text == "-"
            and not token.whitespace_
        )
        if article:
            continue
        for word in actors.fold(token.text):
            words.append(word)
            tokens.append(token.i)
    return words, tokens


def _names_somebody(doc: Doc, start: int, end: int, words: list[Word], first: int, last: int, actors: Actors) -> bool:
    """Whether the name is used for somebody: not inside 'anti-X', 'X-backed', and no mere place ('in Damascus')."""
    before = words[first - 1].folded if first else ""
    after = words[last].folded if last < len(words) else ""
    if before in actors.words.not_owner_before or after in actors.words.not_owner_after | actors.words.mentioned_only:
        return False
    head = doc[end - 1]
    return not (
        end - start == 1 and head.dep_ == "pobj" and head.head.lower_ in _PLACE_PREPOSITIONS and head.ent_type_ == "GPE"
    )


def _subject(token: Token) -> bool:
    """Whether the token is a subject or a modifier inside one."""
    current = token
    for _ in range(4):
        if current.dep_ in _SUBJECTS:
            return True
        if current.dep_ not in {"compound", "amod", "nmod", "poss", "conj", "appos"}:
            return False
        current = current.head
    return False
