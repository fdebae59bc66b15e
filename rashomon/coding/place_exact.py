"""Where a sentence says only 'a town in X', and a later one which town it is."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from rashomon.coding.place_mention import PlaceMention
from rashomon.knowledge.placewords import PlaceWords

_CITY = 4
_LONGEST_PHRASE = 8  # tokens between 'a' and its noun
_SENTENCES_ON = 2
_INSIDE = frozenset({"amod", "compound", "nmod", "punct", "npadvmod", "advmod", "poss", "acl", "case", "appos", "dep"})
_INDEFINITE = frozenset({"a", "an", "another", "one"})


def exact_place(
    trigger: Token, found: Sequence[PlaceMention], mentions: Sequence[PlaceMention], words: PlaceWords
) -> PlaceMention | None:
    """The place that a following sentence names for an unnamed one beside a trigger, or None.

    'A car bomb went off in a village in northern Syria. ... residents of the village of X': X, if nothing in the first
    sentence is as exact, and X is named for the first time.

    Args:
        trigger: the token that names the event.
        found: the places of its own sentence, which only say where the unnamed place lies.
        mentions: all of the document.
        words: the place words.
    """
    if any(mention.rank > _CITY for mention in found):
        return None
    sentence = trigger.sent
    doc = trigger.doc
    noun = _unnamed(doc, sentence.start, sentence.end, trigger, words)
    if noun is None:
        return None
    kinds = words.unnamed[noun.lower_]
    named = {mention.name for mention in mentions if mention.start_token < sentence.end}
    later = [m for m in mentions if m.start_token >= sentence.end and not m.adjective and m.antecedent is None]
    for mention in later:
        starts = sum(bool(token.is_sent_start) for token in doc[sentence.end : mention.head + 1])
        if starts > _SENTENCES_ON:
            return None
        if mention.kind in kinds and mention.rank >= _CITY and mention.name not in named:
            return mention
    return None


def _unnamed(doc: Doc, start: int, end: int, trigger: Token, words: PlaceWords) -> Token | None:
    """The noun nearest to the trigger that stands for an unnamed place: 'town' in 'a mainly Kurdish town'."""
    nouns = [
        doc[i]
        for i in range(start, end)
        if doc[i].lower_ in words.unnamed and doc[i].dep_ != "compound" and _is_indefinite(doc, i, start)
    ]
    return min(nouns, key=lambda token: (abs(token.i - trigger.i), token.i)) if nouns else None


def _is_indefinite(doc: Doc, noun: int, start: int) -> bool:
    i = noun - 1
    while i >= max(start, noun - _LONGEST_PHRASE) and doc[i].dep_ in _INSIDE and doc[i].lower_ not in _INDEFINITE:
        i -= 1
    return i >= start and doc[i].lower_ in _INDEFINITE
