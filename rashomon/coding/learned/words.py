"""A parsed document as plain lists: features look at tokens so often that asking spaCy each time would be slow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

_DEEPEST = 40  # governors looked at
_UP = {
    "prep": 0.0, "pobj": 0.25, "pcomp": 0.0, "conj": 0.1, "xcomp": 0.25, "attr": 0.25, "dobj": 0.5, "nsubj": 0.5,
    "nsubjpass": 0.8, "advcl": 0.75, "acl": 1.4, "agent": 1.5, "ccomp": 1.5, "relcl": 3.3,
}  # fmt: skip
_DOWN = {
    "appos": 0.0, "prep": 0.5, "pobj": 0.5, "acl": 0.5, "xcomp": 0.5, "nsubj": 0.5, "dobj": 1.5, "advcl": 1.5,
    "relcl": 1.5, "conj": 1.5, "pcomp": 1.8, "agent": 1.8, "ccomp": 3.3,
}  # fmt: skip
_UP_ELSE, _DOWN_ELSE, _PER_TOKEN = 1.0, 1.6, 0.02


@dataclass(frozen=True, slots=True)
class Way:
    """The way through the parse from one token to another of its sentence.

    Attributes:
        up: the dependencies climbed, in order. down: those descended, from the end.
        between: the tokens passed, the first one included.
    """

    up: tuple[str, ...]
    down: tuple[str, ...]
    between: tuple[int, ...]

    def cost(self, apart: int) -> float:
        """How far the two are from one another: by dependencies, and a little by the tokens that are between."""
        climbed = sum(_UP.get(label, _UP_ELSE) for label in self.up)
        return climbed + sum(_DOWN.get(label, _DOWN_ELSE) for label in self.down) + _PER_TOKEN * apart


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens of a document by their index.

    Attributes:
        texts, lowers, lemmas, tags, parts, deps, heads: of each token, lemmas in lower case.
        sentence_of: the number of each token's sentence.
        sentences: first and one past the last token of each sentence.
        children: of each token, in order.
        at: of each token its place in the report, where words of a name that stand side by side share one: how far two
            words are apart must not hang on how many words somebody's name has.
        starts: of each token its first character.
    """

    texts: list[str]
    lowers: list[str]
    lemmas: list[str]
    tags: list[str]
    parts: list[str]
    deps: list[str]
    heads: list[int]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]
    children: list[list[int]]
    at: list[int]
    starts: list[int]
    _above: dict[int, list[int]] = field(default_factory=dict)
    _ways: dict[tuple[int, int], Way | None] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Reads the document once."""
        heads = [token.head.i for token in doc]
        children: list[list[int]] = [[] for _ in heads]
        for at, head in enumerate(heads):
            if head != at:
                children[head].append(at)
        texts, parts = [token.text for token in doc], [token.pos_ for token in doc]
        sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
        return cls(
            texts=texts,
            lowers=[token.lower_ for token in doc],
            lemmas=[token.lemma_.lower() for token in doc],
            tags=[token.tag_ for token in doc],
            parts=parts,
            deps=[token.dep_ for token in doc],
            heads=heads,
            sentence_of=[number for number, (start, end) in enumerate(sentences) for _ in range(start, end)],
            sentences=sentences,
            children=children,
            at=_places(texts, parts),
            starts=[token.idx for token in doc],
        )

    def __len__(self) -> int:
        return len(self.texts)

    def apart(self, start: int, end: int) -> int:
        """How many words the second token stands behind the first one, less than 0 where it stands before it."""
        return self.at[end] - self.at[start]

    def length(self, start: int, end: int) -> int:
        """How many words some tokens are, end exclusive."""
        return self.at[end - 1] - self.at[start] + 1 if end > start else 0

    def token_at(self, character: int) -> int:
        """The token that a character of the report stands in, or behind."""
        return max(0, bisect_right(self.starts, character) - 1)

    def above(self, at: int) -> list[int]:
        """The token and its governors up to the root."""
        found = self._above.get(at)
        if found is None:
            found = [at]
            while self.heads[found[-1]] != found[-1] and len(found) < _DEEPEST:
                found.append(self.heads[found[-1]])
            self._above[at] = found
        return found

    def way(self, start: int, end: int) -> Way | None:
        """The way from one token to another, None where the parse does not join them."""
        key = (start, end)
        if key not in self._ways:
            self._ways[key] = self._find_way(start, end)
        return self._ways[key]

    def _find_way(self, start: int, end: int) -> Way | None:
        up, down = self.above(start), self.above(end)
        steps = {token: step for step, token in enumerate(up)}
        for step, token in enumerate(down):
            if token in steps:
                top = steps[token]
                return Way(
                    tuple(self.deps[i] for i in up[:top]),
                    tuple(self.deps[i] for i in down[:step]),
                    (*up[: top + 1], *down[:step]),
                )
        return None

    def clause_of(self, at: int) -> int:
        """The nearest verb over a token, itself included; the root where there is none."""
        chain = self.above(at)
        return next((i for i in chain if self.parts[i] in ("VERB", "AUX")), chain[-1])

    def beside(self, at: int, spelt: frozenset[str], edge: str) -> str:
        """The word at an index as a feature: spelt out if of those parts of speech, else only its part of speech."""
        if not 0 <= at < len(self.texts):
            return edge
        return self.lowers[at] if self.parts[at] in spelt else self.parts[at]


def _places(texts: Sequence[str], parts: Sequence[str]) -> list[int]:
    proper = [part == "PROPN" for part in parts]
    inside = [  # hyphens of names: 'Al-Nusra'
        text == "-" and 0 < at < len(texts) - 1 and proper[at - 1] and proper[at + 1] for at, text in enumerate(texts)
    ]
    places = [0] * len(parts)
    for at in range(1, len(parts)):
        goes_on = inside[at] or (proper[at] and (proper[at - 1] or inside[at - 1]))
        places[at] = places[at - 1] + (not goes_on)
    return places
