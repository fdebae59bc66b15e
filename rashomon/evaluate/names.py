"""Which spellings count as one name when claims are scored."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rashomon.knowledge.files import BUILT_IN


@dataclass(frozen=True, slots=True)
class Names:
    """Which spellings are one name, for the purpose of scoring only.

    Attributes:
        articles: words that count for nothing in any name.
        place_words: words that besides count for nothing in the name of a place ('city', 'eastern').
        groups: folded name -> the folded main name of its group.
    """

    articles: frozenset[str]
    place_words: frozenset[str]
    groups: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path = BUILT_IN / "evaluation") -> Names:
        """Reads aliases.json and folding.json in `folder`."""
        words = json.loads((folder / "folding.json").read_text(encoding="utf-8"))
        bare = cls(frozenset(words["articles"]), frozenset(words["place_words"]))
        aliases: dict[str, list[str]] = json.loads((folder / "aliases.json").read_text(encoding="utf-8"))
        groups = {bare.fold(name): bare.fold(main) for main, others in aliases.items() for name in [main, *others]}
        return cls(bare.articles, bare.place_words, groups)

    def fold(self, name: str) -> str:
        """`name` without case, accents, apostrophes, punctuation and articles."""
        decomposed = unicodedata.normalize("NFKD", name)
        text = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
        text = re.sub(r"['’‘`ʿʾ]s\b", "", text)
        text = re.sub(r"['’‘`ʿʾ]", "", text)
        return " ".join(word for word in re.sub(r"\W+", " ", text).split() if word not in self.articles)

    def actor(self, name: str) -> str:
        """The key under which all names of one actor meet."""
        folded = self.fold(name)
        return self.groups.get(folded, folded)

    def place(self, name: str) -> str:
        """The consonants of a place's name, so that spellings of romanised Arabic meet."""
        folded = self.fold(name)
        return " ".join(_consonants(word) for word in folded.split() if word not in self.place_words) or folded


_ALIKE = str.maketrans({"q": "k", "g": "j", "z": "s", "o": "u", "e": "i", "w": "u", "y": "i"})


def _consonants(word: str) -> str:
    word = re.sub(r"ou|oo|uu", "u", word.translate(_ALIKE)).replace("kh", "h")
    if len(word) > 1:
        word = re.sub(r"[aiu]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", word)
