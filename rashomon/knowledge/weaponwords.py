"""The means of violence, and where they act from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.knowledge.wordlists import read_layers

_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")


class Platform(StrEnum):
    """Where a means of violence acts from."""

    AIR = "air"
    GROUND = "ground"
    SEA = "sea"
    PLANTED = "planted"
    CHEMICAL = "chemical"
    ANY = "any"


class WeaponExample(BaseModel):
    """A sentence with the means in it, in order: words and platform."""

    model_config = ConfigDict(extra="forbid")

    text: str
    finds: list[tuple[str, Platform]]


class WeaponFile(BaseModel):
    """The form of weapons.yaml."""

    model_config = ConfigDict(extra="forbid")
    before: list[str] = []
    platforms: dict[Platform, list[str]] = {}
    acts: list[str] = []
    not_before: list[str] = []
    examples: list[WeaponExample] = []


@dataclass(frozen=True)
class WeaponLexicon:
    """The words for means.

    Attributes:
        words: a means in small letters, in the singular -> platform.
        before: words in front of a means that belong to it.
        acts: means that are events themselves ('air strike').
        not_before: words after a means that make it something else.
        examples: sentences that show what is found.
    """

    words: Mapping[str, Platform]
    before: frozenset[str]
    acts: frozenset[str]
    not_before: frozenset[str]
    examples: tuple[WeaponExample, ...]
    files: tuple[KnowledgeFile, ...] = ()

    @classmethod
    def load(cls, layers: Layers) -> WeaponLexicon:
        """Reads lexicon/weapons.yaml of all layers.

        Raises:
            KnowledgeError: a file does not have the form it should.
        """
        row, files = read_layers(layers, "lexicon/weapons.yaml", WeaponFile)
        words = {word.lower(): platform for platform, entries in row.platforms.items() for word in entries}
        return cls(
            words=words,
            before=frozenset(row.before),
            acts=frozenset(row.acts),
            not_before=frozenset(row.not_before),
            examples=tuple(row.examples),
            files=files,
        )

    @cached_property
    def by_length(self) -> Mapping[tuple[str, ...], Platform]:
        """The same by single words, as a tokenizer gives them: a hyphen between letters is one, 'su-24' stays whole."""
        return {tuple(_HYPHEN.sub(" - ", word).split()): platform for word, platform in self.words.items()}

    @cached_property
    def longest(self) -> int:
        """The length of the longest entry in words."""
        return max((len(words) for words in self.by_length), default=0)

    @cached_property
    def lasts(self) -> frozenset[str]:
        """The words that an entry can end with: everything else is passed by without looking it up."""
        return frozenset(words[-1] for words in self.by_length)
