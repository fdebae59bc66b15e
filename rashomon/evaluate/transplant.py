"""A parsed document with names exchanged and its sentences' structure kept, as if nothing else had changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from rashomon.evaluate.exchange import Edit, Exchanged

_WORDS = re.compile(r"[’']s\b|-|[^\s’'-]+(?:[’'](?!s\b)[^\s’'-]+)*|[’']")


@dataclass(frozen=True, slots=True)
class _New:
    """One token of the new document: its word, and the old token whose place in the sentence it takes.

    `head` is the new token that it hangs on where that is not where the old token's head went.
    """

    word: str
    space: bool
    old: Token
    renamed: bool = False
    modifies: int | None = None


def transplant(doc: Doc, exchanged: Exchanged) -> Doc:
    """The document with the words exchanged.

    A name of as many words takes over the old one's structure word by word; of another number, its last word takes the
    place of the old name's root, and its other words hang on that one.

    Args:
        doc: a parsed document.
        exchanged: what was exchanged in its text, stretches that the document leaves blank aside.
    """
    tokens = list(_tokens(doc, exchanged))
    place: dict[int, int] = {}
    for n, token in enumerate(tokens):
        if token.modifies is None:
            place[token.old.i] = n
    for edit in exchanged.edits:  # words of a longer old name stand where its root stands
        within = doc.char_span(edit.old.start, edit.old.end, alignment_mode="expand")
        if within is not None:
            root = place.get(within.root.i, place.get(within[-1].i, 0))
            for one in within:
                place.setdefault(one.i, root)
    heads = [place[new.old.head.i] if new.modifies is None else new.modifies for new in tokens]
    made = Doc(
        doc.vocab,
        words=[new.word for new in tokens],
        spaces=[new.space for new in tokens],
        tags=[new.old.tag_ for new in tokens],
        pos=[new.old.pos_ for new in tokens],
        morphs=[str(new.old.morph) for new in tokens],
        lemmas=[_lemma(new) for new in tokens],
        heads=heads,
        deps=["compound" if new.modifies is not None else new.old.dep_ for new in tokens],
        sent_starts=None,
    )
    for n, new in enumerate(tokens):
        if not new.renamed:
            made[n].norm_ = new.old.norm_
    return made


def _tokens(doc: Doc, exchanged: Exchanged) -> Iterator[_New]:
    made = 0
    edits = iter([*exchanged.edits])
    edit = next(edits, None)
    at = 0
    while at < len(doc):
        token = doc[at]
        while edit is not None and edit.old.end <= token.idx:
            edit = next(edits, None)
        if edit is None or edit.old.start >= token.idx + len(token):
            new = [_New(token.text, bool(token.whitespace_), token)]
            after = at + 1
        else:
            after = at
            while after < len(doc) and doc[after].idx < edit.old.end:
                after += 1
            new = list(_renamed(doc, at, after, edit, exchanged.text, made))
        yield from new
        made += len(new)
        at = after


def _renamed(doc: Doc, start: int, end: int, edit: Edit, text: str, made: int) -> Iterator[_New]:
    """The tokens of a name after the exchange; what stood in the same token beside the name stays."""
    old = [doc[i] for i in range(start, end)]
    before = doc.text[old[0].idx : edit.old.start]
    after = doc.text[edit.old.end : old[-1].idx + len(old[-1])]
    words = list(_WORDS.finditer(before + edit.new.of(text) + after))
    spaces = [one.end() < other.start() for one, other in pairwise(words)]
    spaces.append(bool(old[-1].whitespace_))
    if len(words) == len(old):
        for word, space, token in zip(words, spaces, old, strict=True):
            yield _New(word[0], space, token, renamed=word[0] != token.text)
        return
    root = doc[start:end].root
    last = made + len(words) - 1
    for n, (word, space) in enumerate(zip(words, spaces, strict=True)):
        yield _New(word[0], space, root, renamed=True, modifies=None if made + n == last else last)


def _lemma(new: _New) -> str:
    if not new.renamed:
        return str(new.old.lemma_)
    return new.word.lower() if new.old.lemma_.islower() else new.word
