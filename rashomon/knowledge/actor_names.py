"""Folds names and phrases to words that can be compared: no capitals, accents, articles, apostrophes, odd spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ARTICLES = frozenset({"al", "el", "as", "ash", "an", "ar", "ad", "at", "az", "ed", "es", "ez"})
"""Arabic articles, as they are written before the letters that they grow alike to."""
_INITIALS = re.compile(r"\b((?:[A-Z]\.){2,}|(?:[A-Z]\.)+[A-Z]\b)")
_ARTICLE = re.compile(r"(?<!\w)(?:al|el|an|as|ash|ar|ad|at|az|es|ul|ed)[-‐‑–](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’‘`ʿʾ´](?:s\b)?")
_WORD = re.compile(r"\w+")
_DROPPED = frozenset({"the", "al", "el"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase.

    Attributes:
        raw: as it is written, without accents and apostrophes.
        folded: the key that it is compared by.
    """

    raw: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital."""
        return self.raw[:1].isupper()


def plain(text: str) -> str:
    """The text without accents, apostrophes and Arabic articles, its initials closed up ('U.S.' is 'US')."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if "." in text:
        text = _INITIALS.sub(lambda match: match[0].replace(".", ""), text)
    text = _POSSESSIVE.sub("", text)
    return _ARTICLE.sub("", text)


def fold(text: str, spellings: Mapping[str, str]) -> tuple[Word, ...]:
    """The words of a phrase with their keys; 'the' and Arabic articles are left out.

    Args:
        text: any phrase.
        spellings: from a folded word to the one spelling that stands for all of them.
    """
    found = []
    if text.isascii() and text.isalnum():  # most words of a document
        folded = text.casefold()
        return () if folded in _DROPPED else (Word(text, spellings.get(folded, folded)),)
    for raw in _WORD.findall(plain(text)):
        folded = raw.casefold()
        if folded not in _DROPPED:
            found.append(Word(raw, spellings.get(folded, folded)))
    return tuple(found)
