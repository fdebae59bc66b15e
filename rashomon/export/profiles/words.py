"""A text cut into words as names are looked for in it, and what is left of it when stretches are taken out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rashomon.model import Withheld

_MARKS = "'’‘`ʿʾ´ʼ"
# Accents written apart, soft hyphens and invisible signs do not end a word.
_INVISIBLE = "\u00ad\u0300-\u036f\u064b-\u065f\u0670\u200b-\u200f\u2060\ufeff"
_LETTER = rf"(?:[^\W_]|[{_INVISIBLE}])"
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}|[^\W_]{_LETTER}*(?:[{_MARKS}](?![sS]\b)[^\W\d_]{_LETTER}*)*|[{_MARKS}][sS]\b|\S|_"
)
_GONE = re.compile(f"[{_INVISIBLE}]")
_SENTENCE_ENDS = frozenset(".!?:;…•|\n")
_OPENING = " \t\"“”«»„'‘([{–—-*"
_SIGN = {
    Withheld.NAME: "[name]",
    Withheld.PLACE: "[place]",
    Withheld.CONTACT: "[contact]",
    Withheld.SCRIPT: "[words]",
}
_HEADLINE = 0.7  # of the longer words of a headline so many have capitals
_LONGER = 4


class Token(NamedTuple):
    """A word or a sign of a text, with its offsets.

    Attributes:
        small: it in small letters, without accents and invisible signs.
        word: whether it has letters. capital: whether one of them is a capital.
        caseless: whether it has letters of a script that knows no capitals.
        starts: whether a sentence (or a line, or something quoted) begins with it, so that its capital says nothing.
    """

    text: str
    start: int
    end: int
    small: str
    word: bool
    capital: bool
    caseless: bool
    starts: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A stretch of a text that is left out, end exclusive, and what it is."""

    start: int
    end: int
    kind: Withheld


def tokens_of(text: str, abbreviated: frozenset[str] = frozenset()) -> list[Token]:
    """The words and signs of `text`, in order.

    Args:
        text: any text.
        abbreviated: words in small letters after which a full stop ends no sentence ('mr').
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        found.append(_token(match, _starts(text, match.start(), found, abbreviated)))
    return [token._replace(starts=True) for token in found] if _is_headline(found) else found


def _token(match: re.Match[str], starts: bool) -> Token:
    text = match.group()
    lower = text.lower()
    caseless = not text.isascii() and any(c.isalpha() and c.lower() == c.upper() for c in text)
    word = text.isalpha() or any(char.isalpha() for char in text)
    small = text.casefold() if text.isascii() else _GONE.sub("", unicodedata.normalize("NFKD", text).casefold())
    return Token(text, match.start(), match.end(), small, word, text != lower, caseless, starts)


def _starts(text: str, start: int, before: Sequence[Token], abbreviated: frozenset[str]) -> bool:
    at = start
    while at and text[at - 1] in _OPENING:
        at -= 1
        if text[at] in '"“«„([{':
            return True
    if not at:
        return True
    if text[at - 1] not in _SENTENCE_ENDS:
        return False
    word = before[-2] if text[at - 1] == "." and len(before) > 1 and before[-1].text == "." else None
    return word is None or not (word.small in abbreviated or len(word.text) == 1)


def _is_headline(tokens: Sequence[Token]) -> bool:
    longer = [token for token in tokens[1:] if token.word and len(token.text) >= _LONGER and not token.caseless]
    return len(longer) >= _LONGER and sum(token.capital for token in longer) >= _HEADLINE * len(longer)


def joined(cuts: Iterable[Cut], text: str) -> tuple[Cut, ...]:
    """The cuts in order; those of one kind that touch, or have only spaces between them, are one."""
    merged: list[Cut] = []
    for cut in sorted(cuts):
        last = merged[-1] if merged else None
        if last is not None and cut.start < last.end:
            kind = Withheld.PLACE if Withheld.PLACE in (cut.kind, last.kind) else last.kind
            merged[-1] = Cut(last.start, max(last.end, cut.end), kind)
        elif last is not None and cut.kind is last.kind and not text[last.end : cut.start].strip(" -"):
            merged[-1] = Cut(last.start, cut.end, last.kind)
        else:
            merged.append(cut)
    return tuple(merged)


def without(text: str, cuts: Iterable[Cut], start: int = 0, end: int | None = None) -> str:
    """The characters `start` to `end` of `text`, with a sign in brackets for each cut that reaches into them."""
    end = len(text) if end is None else end
    parts, at = [], start
    for cut in cuts:
        if cut.end <= start or cut.start >= end:
            continue
        parts += [text[at : max(cut.start, at)], _SIGN[cut.kind]]
        at = max(at, min(cut.end, end))
    return "".join(parts) + text[at:end]
