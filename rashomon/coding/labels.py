"""Finds loaded words and whom each is used for."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.knowledge.labels import LabelEntry, LabelLexicon
from rashomon.model import Span

_WITHIN = 16  # tokens that an entry and the word behind it take up
_BEFORE = frozenset({"det", "amod", "compound", "poss", "nmod", "nummod", "quantmod", "predet", "case", "punct"})


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A loaded word in a document.

    Attributes:
        text: the exact words.
        span: the characters that they are in the report's text.
        start_token, end_token: their tokens, end exclusive.
        head: for `doer` the token that names the deed (a verb or noun); else the head of the phrase that the word is
            used for.
        phrase_start, phrase_end: the tokens of that phrase, end exclusive; of the deed's own token for `doer`.
        doer: whether it stands for whoever does the deed at `head`.
    """

    text: str
    span: Span
    start_token: int
    end_token: int
    head: int
    phrase_start: int
    phrase_end: int
    doer: bool


def find_labels(doc: Doc, lexicon: LabelLexicon) -> list[FoundLabel]:
    """All loaded words of a document, in order, not overlapping.

    Args:
        doc: a parsed document; `token.idx` is the offset into the report's text.
        lexicon: the loaded words.
    """
    words, strings = doc.to_array("LOWER").tolist(), doc.vocab.strings
    first = {word for word in {*words} if lexicon.starting_with(_folded(strings[word]))}
    found = []
    done = 0
    for at, word in enumerate(words):
        if at < done or word not in first:
            continue
        match = _match(doc, at, lexicon)
        if match is not None:
            last, entry = match
            found.append(_found(doc[at], last, entry, lexicon))
            done = last.i + 1
    return found


def _match(doc: Doc, at: int, lexicon: LabelLexicon) -> tuple[Token, LabelEntry] | None:
    """The entry that begins at a token, with its last token; hyphens and blanks between words do not count."""
    words = [token for token in doc[at : at + _WITHIN] if token.text not in "-‐‑–" and not token.is_space]
    folded = [_folded(token.lower_) for token in words]
    for wanted, entry in lexicon.starting_with(folded[0]):
        if tuple(folded[: len(wanted)]) != wanted:
            continue
        after = words[len(wanted)].lower_ if len(wanted) < len(words) else ""
        if after not in entry.unless:
            return words[len(wanted) - 1], entry
    return None


def _folded(word: str) -> str:
    """Lower case, without a possessive s that lost its apostrophe ('Syrian regimes' stays in the list as it is)."""
    return word.removesuffix("'s").removesuffix("’s")


def _found(first: Token, last: Token, entry: LabelEntry, lexicon: LabelLexicon) -> FoundLabel:
    head, doer = _bearer(first, last, entry, lexicon)
    start, end = (head.i, head.i + 1) if doer else _phrase(head)
    text = first.doc[first.i : last.i + 1].text
    return FoundLabel(text, Span(first.idx, last.idx + len(last.text)), first.i, last.i + 1, head.i, start, end, doer)


def _bearer(first: Token, last: Token, entry: LabelEntry, lexicon: LabelLexicon) -> tuple[Token, bool]:
    """The token that the word is used for, and whether that is the deed of somebody."""
    token = _root(first, last)
    if entry.stands == "doer":
        return (token.head, True) if token.dep_ in {"attr", "oprd"} else (token, True)
    if (
        token.dep_ in {"amod", "compound", "nmod", "advmod", "poss", "acomp", "oprd", "punct"}
        and token.head.i != token.i
    ):
        described = token.head
        if token.dep_ == "poss" or (
            entry.stands == "self" and token.pos_ != "ADJ" and not _somebody(described, lexicon)
        ):
            return token, False  # 'the regime's raids', 'terrorist attacks': the word itself says who
        return described, not _somebody(described, lexicon)
    return token, entry.stands == "modified" and token.pos_ != "PROPN" and token.lemma_ not in lexicon.bearers


def _root(first: Token, last: Token) -> Token:
    """The token of a label whose head is outside of it."""
    inside = range(first.i, last.i + 1)
    tokens = first.doc[first.i : last.i + 1]
    return next((token for token in tokens if token.head.i not in inside or token.head.i == token.i), last)


def _somebody(token: Token, lexicon: LabelLexicon) -> bool:
    return token.pos_ == "PROPN" or token.lemma_.casefold() in lexicon.bearers or token.lower_ in lexicon.bearers


def _phrase(head: Token) -> tuple[int, int]:
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep_ not in _BEFORE or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    return start, head.i + 1
