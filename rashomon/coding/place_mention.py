"""A place mention as the finders give it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from rashomon.model import Mention, PlaceRole, Span

# From the widest to the most exact; what is not named here is a settlement or a spot.
_RANKS = {
    "country": 0,
    "desert": 1,
    "sea": 1,
    "governorate": 1,
    "region": 2,
    "mountain": 2,
    "river": 2,
    "district": 3,
    "city": 4,
}
_MOST_EXACT = 5


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that stand for a place.

    Attributes:
        start_token, end_token: the tokens of `text_span`, end exclusive. head: the syntactic head of the name.
        role: at, from or to, by the preposition or verb that governs it.
        text_span: the exact words, direction and kind words included ('South of Hasaka city').
        antecedent: for a reference back ('the town', 'there'), the words that it refers to.
        kind: what kind of place ('city', 'governorate', 'country', ...), '' where nothing tells.
        name: the place's own words, without what stands around them (the antecedent's for a reference back).
        container_of: index of the mention that this one only locates ('Aleppo' in 'Khan Touman in Aleppo province').
        adjective: it is only implied, by a possessive ("Syria's war") or a government of that name.
        name_start: the first token of the name itself.
    """

    start_token: int
    end_token: int
    head: int
    role: PlaceRole
    text_span: Span
    antecedent: str | None
    kind: str
    name: str
    container_of: int | None = None
    adjective: bool = False
    name_start: int = 0

    def mention(self, doc: Doc) -> Mention:
        """The words as they go into a claim."""
        return Mention(self.text_span.of(doc.text), self.text_span, self.antecedent)

    @property
    def rank(self) -> int:
        """0 for a country to 5 for a spot: the greater the more exact."""
        return _RANKS.get(self.kind, _MOST_EXACT)
