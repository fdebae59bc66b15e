"""Boxes of a page that came as one line: lists of tags, and links under a photo's credit, up to the next sentence.

Where nothing tells where that is, little or nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon.model import Furniture, FurnitureKind, Span
from rashomon.reading.furniture import Patterns

_TAGS_REACH = 220  # characters
_LINK_REACH = 260
_CAPITAL = re.compile(r"(?<=\s)[A-Z][\w'’-]*(?=\s)")


def find_boxes(text: str, patterns: Patterns) -> list[Furniture]:
    """Lists of tags and links under a photo's credit, in order."""
    return sorted([*_tags(text, patterns), *_links(text, patterns)], key=lambda piece: piece.span)


def _tags(text: str, patterns: Patterns) -> Iterator[Furniture]:
    """A list of tags after a lead, in a page that came as one line: up to where a sentence starts again."""
    for match in re.finditer(r"(?<=[\w.!?\"”)] )Tags(?= [A-Z])", text):
        end = match.end()
        rest = text[end : end + _TAGS_REACH]
        yield Furniture(Span(match.start(), end + _sentence_start(rest, patterns)), FurnitureKind.RELATED)


def _sentence_start(rest: str, patterns: Patterns) -> int:
    """Where a sentence starts in `rest`, which opens with tags: at a word that opens sentences, else before its verb.

    0 where nothing tells.
    """
    starter = patterns.starter.search(rest, 1)
    stop = patterns.not_in_tags.search(rest)
    if (
        starter
        and (stop is None or starter.start() < stop.start())
        and not re.search(r"[.!?] .", rest[: starter.start()])
    ):
        return starter.start() - 1
    if stop is None or re.search(r"[.!?]", rest[: stop.start()]):
        return 0
    # The sentence's first word is the last one before its verb or preposition that is written with a capital.
    capitals = [match.start() for match in _CAPITAL.finditer(rest[: stop.start()])]
    if not capitals or " and " in rest[: stop.start()][-60:]:
        return 0
    return capitals[-1] - 1


def _links(text: str, patterns: Patterns) -> Iterator[Furniture]:
    """'AP Photo N. Quill Buses Wait at Gate' between two sentences: a credit, and the headline of another article."""
    for match in patterns.credit.finditer(text):
        length = _headline_length(text[match.end() : match.end() + _LINK_REACH], patterns)
        if length:
            yield Furniture(Span(match.start(), match.end() + length), FurnitureKind.RELATED)


def _headline_length(rest: str, patterns: Patterns) -> int:
    """How many characters of `rest` are names and a headline in title case; 0 where that cannot be told."""
    place = patterns.wire_place.search(rest)
    run = []
    for word in re.finditer(r"\S+", rest[: place.start()] if place else rest):
        if word[0] not in patterns.small_words and not re.search(r"[A-Z0-9\"“]", word[0]):
            break
        run.append(word)
    else:
        if place and len(run) > 1:
            return place.start()
        return len(rest) if len(run) > 1 and len(rest) < _LINK_REACH else 0
    opener = next((word.start() for word in reversed(run) if patterns.opener.match(rest, word.start())), None)
    if opener is None and len(run) > 3:
        opener = next((word.start() for word in reversed(run) if word[0][0].isupper()), None)
    return 0 if opener is None or opener < 2 else opener - 1
