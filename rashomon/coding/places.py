"""Place mentions in a parsed document: their exact words, their role, what they refer back to, what they lie in."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from rashomon.coding.place_context import PlaceName, head_of
from rashomon.coding.place_links import is_frame_noun, role_of, with_containers, with_references
from rashomon.coding.place_mention import PlaceMention
from rashomon.coding.place_names import find_names
from rashomon.coding.place_text import PlaceText
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.placewords import PlaceWords
from rashomon.model import Span

__all__ = ["PlaceMention", "find_places"]

_COUNTRY = "country"
_LONGEST_LIST = 12  # tokens between a name and the plural that tells the kind of all of a list
_WITHIN_LISTS = frozenset({",", "and", "-", "al", "ez", "el", "ash", "as", "an", "az"})


def find_places(doc: Doc, gazetteer: Gazetteer, bodies: Collection[int] = ()) -> list[PlaceMention]:
    """All place mentions of a document, in the order of the text.

    Args:
        doc: the parsed report.
        gazetteer: known places, and the words around names.
        bodies: tokens of names of armed groups and other bodies, which are no places.
    """
    words = gazetteer.words
    text = PlaceText.of(doc)
    names = find_names(text, gazetteer, bodies)
    taken = {i for name in names for i in range(name.start, name.end)}
    found: list[PlaceMention] = []
    for name in names:
        found.append(_named(doc, name, words, found[-1].end_token if found else 0))
    found += _territories(text, words, taken)
    found.sort(key=lambda mention: mention.start_token)
    found = with_references(text, found, words)
    return with_containers(text, found, words)


def _named(doc: Doc, name: PlaceName, words: PlaceWords, floor: int) -> PlaceMention:
    """The mention around a name: with the kind, direction and part words that belong to it."""
    head = head_of(doc, name.start, name.end)
    start = _extend_left(doc, name.start, words, floor)
    end = _extend_right(doc, name.end, words)
    parts = words.take_apart(doc[start:end].text)
    beside = _kind_beside(doc, name, start, end, words)
    kind = beside or (name.kinds[-1] if "city" in name.kinds else name.kinds[0] if name.kinds else parts.kind or "")
    return PlaceMention(
        start_token=start,
        end_token=end,
        head=head.i,
        role=role_of(_top(doc, start, head), words),
        text_span=Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)),
        antecedent=None,
        kind=kind,
        name=name.name,
        adjective=name.implied
        or _is_origin(_top(doc, start, head), kind, words)
        or (name.possessive and not _is_possessed_place(doc, end, words)),
        name_start=name.start,
    )


def _kind_beside(doc: Doc, name: PlaceName, start: int, end: int, words: PlaceWords) -> str:
    """The kind that a noun right after the name, or before 'of' and the name, tells; a shared plural counts too."""
    for token in doc[name.end : end]:
        if token.lower_ in words.nouns:
            return words.nouns[token.lower_]
    if any(token.lower_ == "rural" for token in doc[start : name.start]):
        return "region"
    for i in range(name.start - 1, start - 1, -1):
        if doc[i].lower_ in words.nouns and doc[i].lower_ not in words.around:
            return words.nouns[doc[i].lower_]
    return _kind_of_list(doc, name, words)


def _kind_of_list(doc: Doc, name: PlaceName, words: PlaceWords) -> str:
    """The kind that a plural gives to all of a list: 'Aleppo and Homs provinces', 'provinces of Aleppo and Homs'."""
    for token in doc[name.end : name.end + _LONGEST_LIST]:
        if token.lower_ in words.nouns and token.lower_.endswith("s"):
            if token.i > name.end:
                return words.nouns[token.lower_]
            break
        if not _is_in_list(token):
            break
    i = name.start - 1
    while i > max(0, name.start - _LONGEST_LIST) and _is_in_list(doc[i]):
        i -= 1
    plural = doc[i - 1].lower_ if i > 0 and doc[i].lower_ == "of" else ""
    return words.nouns[plural] if plural.endswith("s") and plural in words.nouns else ""


def _is_in_list(token: Token) -> bool:
    return token.text[0].isupper() or token.lower_ in _WITHIN_LISTS


def _extend_left(doc: Doc, start: int, words: PlaceWords, floor: int) -> int:
    """Where the mention begins: at 'the outskirts of', 'South of', 'western', 'the town of', 'areas around'."""
    first = start
    i = start - 1
    while i >= floor:
        lower = doc[i].lower_
        if lower in words.directions and doc[i].text != ".":
            first = i
        elif lower in ("of", "from") and i > floor and is_frame_noun(doc[i - 1], words):
            first = i - 1
            i -= 1
        elif lower in words.near or _is_kind_before(doc[i], words, adjacent=first == i + 1):
            first = i
        elif lower == "the" and first == i + 1:
            if first != start:
                first = i
            break
        elif doc[i].dep_ == "amod" and first < start and i > floor and doc[i - 1].lower_ in ("the", *words.directions):
            first = i
        else:
            break
        i -= 1
    while doc[first].is_space:
        first += 1
    return first


def _is_kind_before(token: Token, words: PlaceWords, *, adjacent: bool) -> bool:
    """'town Rityan': a noun for a kind of place right before the name."""
    noun = token.lower_ in words.nouns and token.lower_ not in words.around
    return adjacent and noun and token.pos_ in ("NOUN", "PROPN")


def _extend_right(doc: Doc, end: int, words: PlaceWords) -> int:
    """Where the mention ends: after 'city', 'province', 'Eastern countryside', 'air base'."""
    i = end
    last = end
    while i < min(end + 3, len(doc)):
        lower = doc[i].lower_
        if lower in words.nouns or lower in words.around:
            last = i + 1
        elif lower not in words.directions and lower not in words.modifiers:
            break
        i += 1
    return last


def _is_origin(token: Token, kind: str, words: PlaceWords) -> bool:
    """Whether a country only says where somebody comes from ('mercenaries from X')."""
    by = token.head
    return kind == _COUNTRY and by.dep_ == "prep" and by.lower_ in words.from_ and by.head.pos_ in ("NOUN", "PROPN")


def _is_possessed_place(doc: Doc, end: int, words: PlaceWords) -> bool:
    """Whether what a possessive owns is a part of the place ("Aleppo's eastern districts")."""
    for token in doc[end : end + 4]:
        if token.lower_ in words.nouns or token.lower_ in words.part_nouns or token.lower_ in words.directions:
            return True
        if token.tag_ != "POS" and token.pos_ != "ADJ":
            return False
    return False


def _top(doc: Doc, start: int, head: Token) -> Token:
    """The token that stands for the whole mention in the sentence: 'outskirts' in 'the outskirts of Hama'."""
    token = head
    while token.head.i != token.i and (
        token.head.i >= start
        or (token.dep_ in ("conj", "appos", "compound", "nmod", "poss") and token.head.pos_ in ("PROPN", "NOUN"))
    ):
        token = token.head
    return token


def _territories(text: PlaceText, words: PlaceWords, taken: set[int]) -> list[PlaceMention]:
    """'Iraqi territory' as a place. 'Iraqi' before anything else says who, and nothing of where."""
    found = []
    doc = text.doc
    for i, lower in enumerate(text.lowers):
        country = words.adjectives.get(lower)
        if country is None or i in taken or i + 1 == len(text.lowers) or not text.texts[i][0].isupper():
            continue
        if text.lowers[i + 1] not in words.territory:
            continue
        token, head = doc[i], doc[i + 1]
        found.append(
            PlaceMention(
                start_token=token.i,
                end_token=head.i + 1,
                head=head.i,
                role=role_of(head, words),
                text_span=Span(token.idx, head.idx + len(head.text)),
                antecedent=country,
                kind=_COUNTRY,
                name=country,
                name_start=token.i,
            )
        )
    return found
