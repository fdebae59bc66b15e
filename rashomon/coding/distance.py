"""Distance: how far two words of a sentence are from each other in its parse."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token


def path(one: Token, other: Token) -> tuple[list[str], list[str]]:
    """The edges from `one` up to the lowest token over both, and those from there down to `other`, lowest first."""
    ups, downs = [one, *one.ancestors], [other, *other.ancestors]
    place = {token.i: n for n, token in enumerate(ups)}
    for n, token in enumerate(downs):
        if token.i in place:
            return [t.dep_ for t in ups[: place[token.i]]], [t.dep_ for t in downs[:n]]
    return [t.dep_ for t in ups], [t.dep_ for t in downs]


# What an edge costs: what a reader crosses without thinking little, a clause of its own much. Found on hand-coded
# reports; the figures matter less than their order.
UP: Mapping[str, float] = {
    "prep": 0.0,
    "pobj": 0.25,
    "pcomp": 0.0,
    "conj": 0.1,
    "xcomp": 0.25,
    "attr": 0.25,
    "dobj": 0.5,
    "nsubj": 0.5,
    "nsubjpass": 0.8,
    "advcl": 0.75,
    "acl": 1.4,
    "agent": 1.5,
    "ccomp": 1.5,
    "relcl": 3.3,
}
DOWN: Mapping[str, float] = {
    "appos": 0.0,
    "prep": 0.5,
    "pobj": 0.5,
    "acl": 0.5,
    "xcomp": 0.5,
    "nsubj": 0.5,
    "dobj": 1.5,
    "advcl": 1.5,
    "relcl": 1.5,
    "conj": 1.5,
    "pcomp": 1.8,
    "agent": 1.8,
    "ccomp": 3.3,
}
OTHER_UP, OTHER_DOWN = 1.0, 1.6
WORD = 0.02


def cost(up: list[str], down: list[str], words: int) -> float:
    """The cost of a path with its edges up and down, and of the words between."""
    ups = sum(UP.get(dep, OTHER_UP) for dep in up)
    return ups + sum(DOWN.get(dep, OTHER_DOWN) for dep in down) + WORD * words
