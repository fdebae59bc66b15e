"""Marks the furniture of pages: menus, counters, share buttons, related links. Marked, never deleted.

The patterns stand in data/furniture.yaml. What depends on the report's own title, outlet and dates (datelines, bylines
between date and headline, the page's name) is added by `heads`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.model import Furniture, FurnitureKind, Span

_WORD_LISTS = ("agencies", "starters", "not_in_tags", "filed_from", "credits", "openers", "small_words")
SCOPES = ("line", "block", "inline", "end")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?؟…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of furniture.

    Attributes:
        id: its name in the file.
        kind: what it is marked as.
        scope: one of `SCOPES`.
        regex: compiled.
        marks, leaves: the file's examples of what it must mark and must leave alone.
    """

    id: str
    kind: FurnitureKind
    scope: str
    regex: re.Pattern[str]
    marks: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns, and the words that help to find where furniture inside a line ends."""

    all: tuple[Pattern, ...]
    agencies: tuple[str, ...]
    starter: re.Pattern[str]
    not_in_tags: re.Pattern[str]
    credit: re.Pattern[str]
    opener: re.Pattern[str]
    small_words: frozenset[str]
    wire_place: re.Pattern[str]
    filed_from: re.Pattern[str]
    filed_from_line: re.Pattern[str]


@cache
def furniture_patterns(layers: Layers) -> Patterns:
    """Reads furniture.yaml of every layer: a later layer's patterns replace those of the same id.

    Raises:
        KnowledgeError: there is none, or one is broken.
    """
    patterns: dict[str, Pattern] = {}
    words: dict[str, tuple[str, ...]] = {}
    for file in layers.files("furniture.yaml"):
        content = file.yaml()
        if not isinstance(content, dict):
            raise KnowledgeError("not a mapping", where=file.path, remedy="Write `patterns:` with a list under it")
        patterns |= {pattern.id: pattern for pattern in (_pattern(row, file) for row in content.get("patterns") or ())}
        words |= {name: tuple(map(str, content[name])) for name in _WORD_LISTS if content.get(name)}
    if missing := [name for name in _WORD_LISTS if name not in words]:
        raise KnowledgeError(f"furniture.yaml lacks {', '.join(missing)}", remedy="Compare it with the built-in file")
    agencies, towns = _any(words["agencies"]), _any([*words["filed_from"], *map(str.upper, words["filed_from"])])
    upper = _any([town.upper() for town in words["filed_from"]])
    return Patterns(
        all=tuple(patterns.values()),
        agencies=words["agencies"],
        starter=re.compile(rf"(?<=\s)(?:{_any(words['starters'])})(?=\s)"),
        not_in_tags=re.compile(rf"(?<!\S)(?:{_any(words['not_in_tags'])}|[a-z]{{3,}}ed)(?!\S)"),
        credit=re.compile(
            rf"(?<=[.!?\"”)] )(?:{_any(words['credits'])})(?:(?<=YouTube)\w+)?(?: Photo| \d{{4}})?(?= [A-Z]\w)"
        ),
        opener=re.compile(rf"(?:{_any([*words['starters'], *words['openers']])})(?!\S)|[\"“]\w"),
        small_words=frozenset(words["small_words"]),
        wire_place=re.compile(rf"\s[A-Z]{{3,}}(?: [A-Z]{{2,}})?(?= \((?:{agencies})\))"),
        filed_from_line=re.compile(
            rf"(?:{towns})(?:, ?(?:{agencies}|\((?:{agencies})\)|[A-Z][a-z]+))?\s?(?:[-–—]+|//)(?=\s)"
            rf"|(?:{upper}):(?=\s)"
        ),
        filed_from=re.compile(
            rf"\s*(?:(?:{upper})(?=\s[A-Z\"“])|(?:{towns})(?:[ ,/]+(?:{towns}))?\s?[-–—]+(?=\s?[A-Z])"
            rf"|(?:[A-Z][a-z]+ )?(?:{agencies})\s?[-–—]+(?=\s?[A-Z]))"
        ),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def find_furniture(text: str, patterns: Patterns) -> list[Furniture]:
    """The furniture of `text` that patterns can tell, in order; pieces may overlap (see `merge`)."""
    pieces = [*_of_lines(text, patterns), *_inside_lines(text, patterns)]
    return sorted(pieces, key=lambda piece: (piece.span, piece.kind))


def merge(pieces: Iterable[Furniture]) -> tuple[Furniture, ...]:
    """The pieces in order without overlaps: of two that overlap the first keeps its kind and takes in the other."""
    merged: list[Furniture] = []
    for piece in sorted(pieces, key=lambda piece: (piece.span.start, -piece.span.end, piece.kind)):
        if piece.span.start == piece.span.end:
            continue
        last = merged[-1] if merged else None
        if last is None or piece.span.start >= last.span.end:
            merged.append(piece)
        elif piece.span.end > last.span.end:
            merged[-1] = Furniture(Span(last.span.start, piece.span.end), last.kind)
    return tuple(merged)


def without(text: str, furniture: Iterable[Furniture]) -> str:
    """`text` with its furniture blanked to spaces of the same length (line breaks stay)."""
    parts, at = [], 0
    for piece in furniture:
        parts += [text[at : piece.span.start], re.sub(r"[^\n]", " ", piece.span.of(text))]
        at = piece.span.end
    return "".join([*parts, text[at:]])


def lines(text: str) -> Iterator[Span]:
    """The lines of `text` that hold more than spaces, without the spaces around them."""
    for match in re.finditer(r"[^\n\r]+", text):
        line = match[0]
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped[0])
            yield Span(start, start + len(stripped))


def latin_share(text: str) -> float | None:
    """Which share of the letters of `text` is Latin; None where it has no letters."""
    if text.isascii():
        return 1.0 if _LATIN.search(text) else None
    letters = _length(_LETTERS, text)
    return _length(_LATIN, text) / letters if letters else None


def _length(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


_TAIL = 2500  # characters: what follows 'Related' for longer than that is no list of links but text


def _of_lines(text: str, patterns: Patterns) -> Iterator[Furniture]:
    whole = [pattern for pattern in patterns.all if pattern.scope in ("line", "block")]
    latin = (latin_share(text) or 0) > 0.5
    block: FurnitureKind | None = None
    for span in lines(text):
        line = span.of(text)
        # No furniture of one line is longer; patterns with nested repetition must not meet a paragraph.
        match = next((p for p in whole if len(line) <= 300 and p.regex.fullmatch(line)), None)
        if match is not None:
            block = match.kind if match.scope == "block" else block
            yield Furniture(span, match.kind)
        elif latin and _is_foreign(line):
            yield Furniture(span, FurnitureKind.FOREIGN)
        elif block is not None and not _SENTENCE_END.search(line) and len(line) <= 200:
            yield Furniture(span, block)
        else:
            block = None


def _is_foreign(line: str) -> bool:
    share = latin_share(line)
    return share is not None and share <= 0.5


def _inside_lines(text: str, patterns: Patterns) -> Iterator[Furniture]:
    for pattern in patterns.all:
        if pattern.scope == "inline":
            for match in pattern.regex.finditer(text):
                yield Furniture(Span(*match.span("it" if "it" in pattern.regex.groupindex else 0)), pattern.kind)
        elif (
            pattern.scope == "end"
            and (last := pattern.regex.search(text, max(0, len(text) - _TAIL)))
            and last.end() == len(text)
        ):
            yield Furniture(Span(*last.span()), pattern.kind)


def _pattern(row: Any, file: KnowledgeFile) -> Pattern:  # noqa: ANN401 - checked here
    """One row of the file, compiled.

    Raises:
        KnowledgeError: the row lacks something, or its pattern is none.
    """
    try:
        scope, flags = row["scope"], re.IGNORECASE if row["scope"] in ("line", "block") else re.NOFLAG
        regex = re.compile(row["pattern"], flags | (re.DOTALL if scope == "end" else re.NOFLAG))
        pattern = Pattern(
            id=row["id"],
            kind=FurnitureKind(row["kind"]),
            scope=scope,
            regex=regex,
            marks=tuple(map(str, row.get("marks") or ())),
            leaves=tuple(map(str, row.get("leaves") or ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise KnowledgeError(
            f"a pattern is broken ({error!r}): {row!r}", where=file.path, remedy="Compare it with the built-in file"
        ) from error
    if scope not in SCOPES:
        raise KnowledgeError(f"scope {scope!r} of {pattern.id}", where=file.path, remedy=f"Use {', '.join(SCOPES)}")
    return pattern
