"""A document's words laid out once, for finders that look at all of them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A document as plain lists by token: reading them costs a fraction of reading the tokens.

    Attributes:
        doc: the document. raw: its characters.
        texts, lowers: each token's words, as they stand and in small letters.
        starts: each token's first character. sentences: the number of each token's sentence.
    """

    doc: Doc
    raw: str
    texts: list[str]
    lowers: list[str]
    starts: list[int]
    sentences: list[int]

    @classmethod
    def of(cls, doc: Doc) -> PlaceText:
        """Lays out a document."""
        texts = [token.text for token in doc]
        return cls(
            doc=doc,
            raw=doc.text,
            texts=texts,
            lowers=[text.lower() for text in texts],
            starts=[token.idx for token in doc],
            sentences=[number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))],
        )

    def between(self, start: int, end: int) -> str:
        """The characters from token `start` to before token `end`."""
        return self.raw[self.starts[start] : self.starts[end - 1] + len(self.texts[end - 1])]
