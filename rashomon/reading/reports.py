"""Raw report -> report: its outlet, headline, furniture, date, language, words and hash."""

from __future__ import annotations

import hashlib
import re

from rashomon.knowledge.outlets import Outlets
from rashomon.model import Furniture, FurnitureKind, Report, Span
from rashomon.reading.boxes import find_boxes
from rashomon.reading.datelines import Dateline, DatelineRole, find_datelines
from rashomon.reading.dates import find_publication
from rashomon.reading.days import dateline_words
from rashomon.reading.furniture import find_furniture, furniture_patterns, lines, merge, without
from rashomon.reading.heads import find_head, seams
from rashomon.reading.language import find_language, language_words
from rashomon.reading.options import RawReport, ReadOptions

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_FEW_WORDS = 8
_DATELINE_BEATS = frozenset({FurnitureKind.FOREIGN, FurnitureKind.BYLINE, FurnitureKind.OTHER, FurnitureKind.COUNTER})


def build_report(raw: RawReport, options: ReadOptions, outlets: Outlets) -> Report:
    """All that can be found out about `raw` from itself.

    Raises:
        KnowledgeError: datelines.yaml, furniture.yaml or languages.yaml is broken.
    """
    text, words = raw.text, dateline_words(options.layers)
    patterns = furniture_patterns(options.layers)
    told = [*find_furniture(text, patterns), *find_boxes(text, patterns)]
    head = find_head(text, raw.title, told, outlets, words)
    outlet = outlets.resolve(raw.outlet, raw.address) or (head.outlet.id if head.outlet else None)
    datelines = find_datelines(text, head.title, told, patterns.agencies, words)
    furniture = _all(
        text, head.title, told, head.furniture, seams(text, head.title, datelines, told, patterns), datelines
    )
    known = outlets.get(outlet)
    order = raw.day_order or (known.day_order if known else None)
    article = without(text, furniture)
    return Report(
        id=raw.id or identify(outlet, raw.address, text),
        outlet=outlet,
        address=raw.address,
        title=_title(raw, head.title, outlets),
        text=text,
        hash=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        language=find_language(article, language_words(options.layers)),
        words=len(_WORD.findall(article)),
        publication=find_publication(text, datelines, furniture, raw.published, order, words),
        furniture=furniture,
        got_from=raw.where,
    )


def identify(outlet: str | None, address: str | None, text: str) -> str:
    """The id of a report that came without one: 16 hex digits over outlet, address and text."""
    parts = "\0".join((outlet or "", address or "", text))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _title(raw: RawReport, found: Span | None, outlets: Outlets) -> str | None:
    if raw.title and outlets.find(raw.title) is None:
        return raw.title
    return found.of(raw.text) if found else raw.title


def _all(
    text: str,
    title: Span | None,
    told: list[Furniture],
    of_head: tuple[Furniture, ...],
    between: list[Furniture],
    datelines: list[Dateline],
) -> tuple[Furniture, ...]:
    """All furniture; a whole line that holds a dateline and is furniture anyway is called a dateline."""
    dated = [line.span for line in datelines if line.role in (DatelineRole.PUBLISHED, DatelineRole.HEADER)]
    renamed = [
        Furniture(piece.span, FurnitureKind.DATELINE)
        if piece.kind in _DATELINE_BEATS and any(piece.span.overlaps(span) for span in dated)
        else piece
        for piece in told
    ]
    whole = _dated_lines(text, datelines, title)
    return merge([*whole, *renamed, *of_head, *between, *_repeated(text, [*renamed, *of_head])])


def _dated_lines(text: str, datelines: list[Dateline], title: Span | None) -> list[Furniture]:
    """The whole of a short line that says when the page came out: 'Posted by: admin in Syria 18 April 2018'."""
    dated = [line.span for line in datelines if line.role not in (DatelineRole.BODY, DatelineRole.VISIT)]
    found = []
    for line in lines(text):
        inside = [span for span in dated if span.overlaps(line)]
        rest = len(line.of(text).split()) - sum(len(span.of(text).split()) for span in inside)
        if inside and rest <= _FEW_WORDS and (title is None or not title.overlaps(line)):
            found.append(Furniture(line, FurnitureKind.DATELINE))
    return found


def _repeated(text: str, known: list[Furniture]) -> list[Furniture]:
    """Lines in an odd script or of furniture that stand on the page a second time outside of what is known."""
    words = {piece.span.of(text) for piece in known if piece.kind is not FurnitureKind.REPEATED}
    words = {line for line in words if len(line) >= 20}
    starts = {piece.span for piece in known}
    return [
        Furniture(line, FurnitureKind.REPEATED) for line in lines(text) if line not in starts and line.of(text) in words
    ]
