"""Who is named in a document, and where: built once for each document, so that phrases can be read against it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from rashomon.knowledge.actor_names import Word
from rashomon.knowledge.actor_phrases import Reading, read
from rashomon.knowledge.actors import Actors

if TYPE_CHECKING:
    from rashomon.coding.actors import ActorMention

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_JOINING = frozenset({"and", "or", ",", "the", "as", "well", "also", "&", "a", "an", "both", "its", "their"})
_NEAR = 4  # tokens after 'including' in which the first name must stand


@dataclass(frozen=True, slots=True)
class Seen:
    """A name or a role that stands in the document.

    Attributes:
        start, end: its tokens, end exclusive; the last one is taken for its head.
        actor: the actor's id; None for somebody by name who speaks and is not in the file.
        sentence: number of its sentence.
        subject: whether it is the subject (or belongs to the subject) of its clause.
    """

    start: int
    end: int
    actor: str | None
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
        seen: all names and roles that are used for somebody, and names of other persons who speak, in order.
        names: for each token of a name or role, used for somebody or not, the tokens of all of it, end exclusive.
        whole: the document's text.
        phrases_at: by head token the phrases that were read already; several finders ask for the same ones.
    """

    doc: Doc
    actors: Actors
    day: dt.date | None
    sentence_of: tuple[int, ...]
    seen: tuple[Seen, ...]
    names: Mapping[int, tuple[int, int]]
    whole: str
    phrases_at: dict[int, list[ActorMention]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, doc: Doc, actors: Actors, day: dt.date | None = None) -> ActorContext:
        """Goes once through the document.

        Args:
            doc: a parsed document with sentence boundaries.
            actors: the actors that names are looked up in.
            day: the day of publication; decides between names that an actor had at different times.
        """
        sentence_of = tuple(number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence)))
        words, tokens = actors.words_of([token.text for token in doc], [bool(token.whitespace_) for token in doc])
        seen = []
        names: dict[int, tuple[int, int]] = {}
        for name in actors.names_in(words, day):
            start, end = tokens[name.start], tokens[name.end - 1] + 1
            names.update(dict.fromkeys(range(start, end), (start, end)))
            if _names_somebody(doc, start, end, words, name.start, name.end, actors):
                seen.append(Seen(start, end, name.owner.actor, sentence_of[start], _subject(doc[end - 1])))
        seen += _unlisted_speakers(doc, actors, names, sentence_of)
        seen.sort(key=lambda one: one.start)
        return cls(doc, actors, day, sentence_of, tuple(seen), names, doc.text)

    def within(self, start: int, end: int) -> list[Seen]:
        """The names and roles that lie in tokens `start` to `end` (exclusive), in order."""
        first = bisect_left(self.seen, start, key=lambda one: one.start)
        found = []
        for seen in self.seen[first:]:
            if seen.start >= end:
                break
            if seen.end <= end:
                found.append(seen)
        return found

    def at(self, token: int) -> Seen | None:
        """The name or role that the token belongs to, or None."""
        place = bisect_right(self.seen, token, key=lambda one: one.start) - 1
        return self.seen[place] if place >= 0 and self.seen[place].end > token else None

    def listed_from(self, at: int) -> list[Seen]:
        """The names and roles listed at token `at` or shortly after, in its sentence: 'the army and Hezbollah'."""
        found: list[Seen] = []
        here, position = self.sentence_of[min(at, len(self.sentence_of) - 1)], at
        for seen in self.seen[bisect_left(self.seen, at, key=lambda one: one.start) :]:
            if seen.sentence != here or not self._joins(position, seen.start, first=not found):
                break
            found.append(seen)
            position = seen.end
        return found

    def _joins(self, start: int, end: int, *, first: bool) -> bool:
        between = [self.doc[i] for i in range(start, end)] if end - start <= _NEAR else None
        if between is None:
            return False
        if first:
            return all(token.pos_ not in ("VERB", "AUX", "ADP", "SCONJ") and not token.is_punct for token in between)
        heads = self.actors.words.heads
        return all(token.lower_ in _JOINING or (token.lower_,) in heads for token in between)

    def text(self, start: int, end: int) -> str:
        """The characters of tokens `start` to `end` (exclusive)."""
        if start >= end:
            return ""
        last = self.doc[end - 1]
        return self.whole[self.doc[start].idx : last.idx + len(last)]

    def read(self, start: int, end: int) -> Reading:
        """Reads the phrase of tokens `start` to `end` (exclusive) by its own words."""
        return read(self.text(start, end), self.actors, self.day)


def _unlisted_speakers(
    doc: Doc, actors: Actors, names: Mapping[int, tuple[int, int]], sentence_of: Sequence[int]
) -> Iterator[Seen]:
    """Somebody by name who speaks: a later 'he' is that person rather than an official of the file."""
    for head in doc:
        if (
            head.dep_ == "nsubj"
            and head.pos_ == "PROPN"
            and head.i not in names
            and head.head.lemma_ in actors.words.speech
        ):
            yield Seen(head.left_edge.i, head.i + 1, None, sentence_of[head.i], subject=True)


def _names_somebody(doc: Doc, start: int, end: int, words: list[Word], first: int, last: int, actors: Actors) -> bool:
    """Whether the name is used for somebody: not inside 'anti-X', 'X-backed', and no mere place ('in Damascus')."""
    before = words[first - 1].folded if first else ""
    after = words[last].folded if last < len(words) else ""
    if before in actors.words.not_owner_before or after in actors.words.not_owner_after | actors.words.mentioned_only:
        return False
    head = doc[end - 1]
    return not (
        end - start == 1
        and head.dep_ == "pobj"
        and head.head.lower_ in actors.words.place_prepositions
        and head.pos_ == "PROPN"
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
