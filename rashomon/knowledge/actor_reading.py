"""What a phrase that stands for an actor or a target turns out to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PhraseKind(StrEnum):
    """What a phrase turned out to be."""

    ACTOR = "actor"  # somebody of the file, by name
    ROLE = "role"  # a generic role of the file ('rebel fighters'), or a bare 'army'
    PEOPLE = "people"
    OBJECT = "object"
    PERSON = "person"  # somebody with a name who is not in the file
    PRONOUN = "pronoun"
    OWNED = "owned"  # something of a pronoun's: 'its forces'
    EMPTY = "empty"  # nothing but numbers and articles


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase stands for, as far as its own words tell.

    Attributes:
        kind: what it is.
        name: the neutral name, or neutral words of its own.
        actor: the actor's id, or None.
        head: the head noun, folded; for a pronoun the pronoun.
        number: 'plural', 'singular' or 'person' for pronouns, else ''.
        classes: the classes of the head noun, for what belongs to somebody.
        again: kinds of actor that it may be the second mention of; empty where it cannot be.
    """

    kind: PhraseKind
    name: str
    actor: str | None = None
    head: str = ""
    number: str = ""
    classes: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
