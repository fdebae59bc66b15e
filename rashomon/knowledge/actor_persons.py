"""Where in a phrase the name of a person stands: behind titles, before them, or at the very end."""

from __future__ import annotations

import itertools
from collections.abc import Collection

from rashomon.knowledge.actor_names import Word

type Words = tuple[Word, ...]


def behind_titles(head: Words, titles: Collection[str]) -> Words:
    """'Foreign Minister Hani Zaki', 'Hani Zaki': the capitals at the end, with a title or nothing before them."""
    named = tuple(reversed(list(itertools.takewhile(lambda word: _in_name(word, titles), reversed(head)))))
    start = len(head) - len(named)
    return named if named and (start == 0 or head[start - 1].folded in titles) else ()


def before_titles(head: Words, titles: Collection[str]) -> Words:
    """'Saud Zaki the commander of the brigade', where no comma parts them: two capitals or more, then titles alone."""
    named = tuple(itertools.takewhile(lambda word: _in_name(word, titles), head))
    rest = head[len(named) :]
    small = all(not word.capital and word.folded in titles for word in rest)
    return named if len(named) > 1 and rest and small else ()


def behind_a_tail(words: Words, split: int, titles: Collection[str]) -> Words:
    """'The head of the council Dr Hani Zaki': the capitals at the end of the tail that begins at `split`."""
    start = len(words)
    while start > split and _in_name(words[start - 1], titles):
        start -= 1
    found = start not in (len(words), split) and words[start - 1].folded in titles
    return words[start:] if found else ()


def _in_name(word: Word, titles: Collection[str]) -> bool:
    return word.capital and word.folded not in titles
