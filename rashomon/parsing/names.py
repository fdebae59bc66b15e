"""Names of actors, shown to the language model as one plain word each: a sentence is read alike whoever is in it.

A model of general news knows some names better than others: it takes 'Islamic State of Iraq and the Levant' apart, and
reads the sentence around one group otherwise than around another. So each name of somebody (no mere role) in the file
of actors is replaced by a stand-in of its form before the model reads the text; afterwards every token of the text is
there again, the name's tokens hanging on its last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from spacy.tokens import Doc
from thinc.types import Ints2d

from rashomon.knowledge.actor_names import ARTICLES, Word
from rashomon.knowledge.actors import Actor, Actors
from rashomon.knowledge.actors_index import Found

FORMS = ("adjective", "people", "state", "person", "group")
_ATTRIBUTES: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"]
_TAG, _POS, _MORPH, _LEMMA, _DEP, _HEAD = range(len(_ATTRIBUTES))
_BEFORE = frozenset({"the", "a", "an"})
_WITHIN = ARTICLES | {"of", "in", "and", "the", "for", "to", "-", "'s", "’s", "'", "’", "ibn", "wal"}
_SHORT = 3  # letters of an acronym, which is in capitals anyway
_KEPT = "rashomon_names"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The text as it came, and of each token that the model read: how many of the text it is, whether it is a name."""

    words: list[str]
    spaces: list[bool]
    counts: list[int]
    names: list[bool]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of somebody: its tokens, end exclusive, its form (one of `FORMS`), and whom it names or is made from."""

    start: int
    end: int
    form: str
    actor: Actor


class StandIns:
    """The first step of the pipeline: names give way to their stand-ins."""

    def __init__(self) -> None:
        self._actors: Actors | None = None
        self._words: Mapping[str, str] = {}

    def know(self, actors: Actors, words: Mapping[str, str]) -> None:
        """Says whose names give way, and to what; before that, none does.

        Args:
            actors: whose names.
            words: for each of `FORMS` the word that the model reads.
        """
        self._actors, self._words = actors, words

    def __call__(self, doc: Doc) -> Doc:
        """The document as the model reads it; `restored` makes the one that comes out of it whole again."""
        texts, whites = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        words: list[str] = []
        spaces: list[bool] = []
        counts: list[int] = []
        names: list[bool] = []
        at = 0
        for name in names_in(texts, whites, self._actors) if self._actors else ():
            words += [*texts[at : name.start], self._read(texts, name)]
            spaces += [*whites[at : name.start], whites[name.end - 1]]
            counts += [1] * (name.start - at) + [name.end - name.start]
            names += [False] * (name.start - at) + [True]
            at = name.end
        if not at:
            return doc
        words += texts[at:]
        spaces += whites[at:]
        counts += [1] * (len(texts) - at)
        names += [False] * (len(texts) - at)
        shown = Doc(doc.vocab, words=words, spaces=spaces)
        shown.user_data[_KEPT] = _Kept(texts, whites, counts, names)
        shown._context = doc._context
        return shown

    def _read(self, texts: Sequence[str], name: Name) -> str:
        """The word for a name; in capitals among words in capitals, as in some headlines."""
        word, start, end = self._words[name.form], name.start, name.end
        beside = [text for text in (*texts[max(start - 1, 0) : start], *texts[end : end + 1]) if len(text) > _SHORT]
        shouted = any(text.isupper() for text in beside) and all(part.isupper() for part in texts[start:end])
        return word.upper() if shouted else word


def names_in(texts: Sequence[str], spaces: Sequence[bool], actors: Actors) -> Iterator[Name]:
    """Each name that gives way, in order, never overlapping.

    Args:
        texts: the tokens of a text.
        spaces: whether a space follows each of them.
        actors: whose names.
    """
    words, tokens = actors.words_of(texts, spaces)
    done = 0
    for found in _specific(actors.names_in(words), words, actors):
        if _shares_a_token(found, tokens):
            continue
        actor = actors.get(found.owner.actor)
        first, last = tokens[found.start], tokens[found.end - 1] + 1
        adjective = words[found.start].folded in actors.words.adjectives
        start, end = _name(texts, spaces, first, last, done)
        if adjective and found.end - found.start > 1 and (end < last or actor.kind == "person"):
            if first >= done:  # 'Turkish troops', 'Russian Foreign Minister': the rest is no name
                yield Name(first, first + 1, "adjective", actor)
                done = first + 1
            if actor.kind != "person":
                continue
        if actor.kind == "person":
            own = found.start + _titles(words[found.start : found.end], actors)
            if own == found.end:
                continue
            start, end = _name(texts, spaces, tokens[own], last, done)
        if done <= start < end:
            yield Name(start, end, _form(texts, start, end, actor, actors), actor)
            done = end


def _specific(names: Iterable[Found], words: Sequence[Word], actors: Actors) -> Iterator[Found]:
    """The names of somebody; of a role that is told by one ('Assad's forces', 'Iran-backed militias') that one."""
    for found in names:
        if not actors.get(found.owner.actor).generic:
            yield found
        elif found.end - found.start > 1:
            inner = actors.names_in(words[found.start : found.end - 1])
            moved = [replace(one, start=one.start + found.start, end=one.end + found.start) for one in inner]
            yield from _specific(moved, words, actors)


def _shares_a_token(found: Found, tokens: Sequence[int]) -> bool:
    """Whether a token of the name holds other words too: 'U.S.-backed', where it is not cut at the hyphen."""
    before = found.start > 0 and tokens[found.start - 1] == tokens[found.start]
    return before or (found.end < len(tokens) and tokens[found.end] == tokens[found.end - 1])


def _form(texts: Sequence[str], start: int, end: int, actor: Actor, actors: Actors) -> str:
    if end - start == 1:
        word = texts[start]
        after = texts[end].lower() if end < len(texts) else ""
        if _is_adjective(word, actors) and (len(word) > _SHORT or (after,) in actors.words.heads):
            return "adjective"
        if _is_people(word, actors):
            return "people"
    if actor.kind == "government":
        return "state"
    return "person" if actor.kind == "person" else "group"


def _is_adjective(word: str, actors: Actors) -> bool:
    return any(part.folded in actors.words.adjectives for part in actors.fold(word)) and not word.endswith("s")


def _is_people(word: str, actors: Actors) -> bool:
    """'Russians', 'Turks', 'Kurds': an adjective with an s, or the stem of one; not 'Damascus', not 'Iraqs'."""
    if not word.endswith("s") or word.isupper():
        return False
    return _is_adjective(word[:-1], actors) or actors.named(word[:-1] + "ish") is not None


def _titles(words: Sequence[Word], actors: Actors) -> int:
    """How many words of a person's alias stand before the name ('Russian President', 'Foreign Minister')."""
    lists = actors.words
    other = (
        n for n, word in enumerate(words) if word.folded not in lists.titles and word.folded not in lists.adjectives
    )
    return next(other, len(words))


def _name(texts: Sequence[str], spaces: Sequence[bool], start: int, end: int, done: int) -> tuple[int, int]:
    """The part of an alias that is a name: from its start, with an Arabic article before it, to the last capital.

    'Islamic State group' has two such words, 'the Turkish army' one and 'the army' none.
    """
    while start < end and texts[start].lower() in _BEFORE:
        start += 1
    upto = start
    for at in range(start, end):
        if texts[at][0].isupper() or texts[at][0].isdigit():
            upto = at + 1
        elif texts[at].lower() not in _WITHIN and not texts[at].isspace():
            break
    if upto == start:
        return start, start
    article = start - 2 >= done and texts[start - 1] == "-" and texts[start - 2].lower() in ARTICLES
    if article and not (spaces[start - 2] or spaces[start - 1]):
        start -= 2
    return start, upto


def restored(doc: Doc) -> Doc:
    """The last step of the pipeline: every token of the text is there again, with what the model said."""
    kept: _Kept | None = doc.user_data.pop(_KEPT, None)
    if kept is None:
        return doc
    made = Doc(doc.vocab, words=kept.words, spaces=kept.spaces)
    made._context = doc._context
    counts = np.asarray(kept.counts)
    read = np.repeat(np.arange(len(counts)), counts)  # of each token of the text, the one that the model read for it
    last = np.cumsum(counts) - 1  # and the other way round; of a name its last token
    values = doc.to_array(_ATTRIBUTES)
    heads = values[:, _HEAD].view(np.int64) + np.arange(len(counts))
    values, heads = values[read], last[heads[read]]
    strings = doc.vocab.strings
    orths = made.to_array("ORTH")
    for at in np.flatnonzero(np.asarray(kept.names)[read]):
        values[at, _LEMMA] = orths[at]
        whole = last[read[at]]
        if at != whole:
            values[at, _TAG], values[at, _POS], values[at, _DEP] = strings["NNP"], strings["PROPN"], strings["compound"]
            heads[at] = whole
    values[:, _HEAD] = (heads - np.arange(len(values))).view(np.uint64)
    return made.from_array(_ATTRIBUTES, cast(Ints2d, values))
