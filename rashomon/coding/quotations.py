"""Finds stretches between quotation marks in a parsed report."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

OPENING = frozenset("“„«‟")
CLOSING = frozenset("”»")
STRAIGHT = frozenset({'"', "``", "''", "&quot;"})
MARKS = OPENING | CLOSING | STRAIGHT
LONGEST = 200  # tokens; a longer stretch means that a mark is missing
SHORTEST = 4  # tokens; anything shorter is a word in distancing marks


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `start` to `end` (exclusive) between quotation marks, the marks not included."""

    start: int
    end: int


def find_quotations(doc: Doc) -> list[Quotation]:
    """Quotations of at least four words, in order.

    A mark that opens each paragraph of one long quotation restarts it. A stretch that is left open ends at its
    paragraph; one that runs too long to be a quotation is dropped, and the search goes on after its first mark.
    """
    found: list[Quotation] = []
    opened: int | None = None
    for index, mark in enumerate([token.text for token in doc]):
        if "\n" in mark and mark.isspace() and opened is not None:
            if mark.count("\n") > 1:
                found.append(Quotation(opened + 1, index))
                opened = None
            continue
        if mark not in MARKS:
            continue
        if opened is not None and index - opened > LONGEST:
            opened = None
        if opened is None:
            if mark not in CLOSING and not _looks_closing(doc, index):
                opened = index
        elif mark in OPENING or (mark in STRAIGHT and _looks_opening(doc, index)):
            found.append(Quotation(opened + 1, index))
            opened = index
        else:
            found.append(Quotation(opened + 1, index))
            opened = None
    return [quotation for quotation in found if SHORTEST <= quotation.end - quotation.start <= LONGEST]


def _looks_opening(doc: Doc, index: int) -> bool:
    """A straight mark with space before it and none after it."""
    before = index == 0 or bool(doc[index - 1].whitespace_) or doc[index - 1].is_space
    return before and not doc[index].whitespace_


def _looks_closing(doc: Doc, index: int) -> bool:
    """A straight mark with no space before it, and space or nothing after it."""
    if index == 0 or doc[index].text not in STRAIGHT:
        return False
    return not doc[index - 1].whitespace_ and not doc[index - 1].is_space and bool(doc[index].whitespace_)
