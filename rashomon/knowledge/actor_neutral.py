"""Neutral names made of a phrase's own words, for what no file names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rashomon.knowledge.actor_names import Word

_EDGE = " \t\n\"'“”‘’«»()[],;:.-–"
_ARTICLE = re.compile(r"\b(?:al|el|an|as|ash|ar|ad|at|az)[- ]$", re.IGNORECASE)


def neutral_name(text: str, words: Sequence[Word], neutral: Mapping[str, str]) -> str:
    """The stretch of a phrase that its words span, each loaded word replaced by a neutral one or by nothing.

    Args:
        text: the phrase as it is written.
        words: the words to keep, in order.
        neutral: from a loaded word to what takes its place.
    """
    if not words:
        return ""
    kept = as_written(text, words[0].raw, words[-1].raw)
    tokens = kept.split() if kept else [word.raw for word in words]
    return " ".join(token for token in (_neutral(token, neutral) for token in tokens) if token).strip(_EDGE)


def as_written(text: str, first: str, last: str) -> str:
    """The characters of a phrase from one word to another as they are written: articles, hyphens, accents kept."""
    start, end = text.find(first), text.rfind(last)
    if start < 0 or end < start:
        return ""
    article = _ARTICLE.search(text[:start])
    return text[article.start() if article else start : end + len(last)].strip(_EDGE)


def _neutral(token: str, neutral: Mapping[str, str]) -> str:
    word = token.strip(_EDGE)
    if word.casefold() in neutral:
        return neutral[word.casefold()]
    parts = [neutral.get(part.casefold(), part) for part in token.split("-")]
    return "-".join(part for part in parts if part)
