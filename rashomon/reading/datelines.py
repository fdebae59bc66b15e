"""Finds where a page says when it came out; days of a visit and days that the article speaks of are told from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rashomon.model import Furniture, FurnitureKind, Span
from rashomon.reading.days import DatelineWords, FoundDay, find_days, find_hijri
from rashomon.reading.furniture import lines

_TIME = re.compile(
    r"\s*,?\s*(?:at\s+)?(?:\d{1,2}[:.]\d{2}(?::\d{2})?|\d{4}(?=\s*(?:[ap]m\b|utc|gmt))|(?<=at )\d{4})"
    r"(?:\s*(?:[ap]\.?m\b\.?|ص|م(?!\w)))?(?:\s*\(?(?:gmt|utc|ksa|[a-z]{2,4}t)\b(?:[+-]\d{1,2})?\)?)?",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(r"(?:\b\d{1,2}:\d{2}|\b\d{4})\s*(?:[ap]m)?[\s,]*$", re.IGNORECASE)
_BYLINE = re.compile(r"by\s+\S+", re.IGNORECASE)
_FILED = re.compile(r"[A-Z][A-Z/ -]{2,40}(?:, [A-Z][a-z]+)?,? ")
_EDGES = " \t|–—-•·,،:/()[]"
_NEAR_TOP = 400
_HIDDEN = frozenset({FurnitureKind.NAVIGATION, FurnitureKind.RELATED, FurnitureKind.COUNTER, FurnitureKind.MEDIA})


class DatelineRole(StrEnum):
    """What a day on a page is."""

    PUBLISHED = "published"  # beside a label, or written into the text's own head
    HEADER = "header"  # on a line of its own above the article
    UPDATED = "updated"
    VISIT = "visit"
    BODY = "body"  # a day that the article speaks of


@dataclass(frozen=True, slots=True)
class Dateline:
    """A day on a page with what it is; `span` takes in its label and its time of day."""

    span: Span
    found: FoundDay
    role: DatelineRole


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    title: Span | None
    lines: tuple[Span, ...]
    top: int
    furniture: Sequence[Furniture]
    agencies: tuple[str, ...]
    words: DatelineWords


def find_datelines(
    text: str,
    title: Span | None,
    furniture: Sequence[Furniture],
    agencies: tuple[str, ...],
    words: DatelineWords,
) -> list[Dateline]:
    """Every day of `text` that is written with its year, with what it is.

    Args:
        text: the report.
        title: where its headline stands in it, where that is known.
        furniture: what patterns told.
        agencies: names of agencies that stand before a day ('AFP Monday 2 Feb 2015').
        words: of datelines.yaml.
    """
    all_lines = tuple(lines(text))
    page = _Page(text, title, all_lines, _end_of_top(text, all_lines), furniture, agencies, words)
    return [_dateline(found, page) for found in find_days(text, words)]


def _end_of_top(text: str, all_lines: tuple[Span, ...]) -> int:
    """Where the first paragraph of more than a dozen words ends: above it a bare date is the page's own."""
    for line in all_lines:
        words = line.of(text).split()
        if len(words) > 12 and words[-1][-1] in '.!?"”’':
            return line.end
    return len(text)


def _dateline(found: FoundDay, page: _Page) -> Dateline:
    text, words = page.text, page.words
    line = next(line for line in page.lines if line.start <= found.span.start < line.end)
    before = text[line.start : found.span.start]
    if found.in_figures and (time := _TIME_BEFORE.search(before)):
        before = before[: time.start()]
    label = words.label.search(before)
    if label:
        before = before[: label.start()]
    start = line.start + len(before.rstrip()) + (len(before) - len(before.rstrip()))
    end = found.span.end
    if time := _TIME.match(text, end, line.end):
        end = max(end, time.end())
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        start, end = start - 1, end + 1
    role = _role(found, label["label"] if label else None, before, text[end : line.end].lstrip(")"), line, page)
    return Dateline(Span(start, end), found, role)


def _role(found: FoundDay, label: str | None, before: str, after: str, line: Span, page: _Page) -> DatelineRole:
    hidden = next((piece for piece in page.furniture if piece.span.overlaps(found.span)), None)
    if hidden and hidden.kind is FurnitureKind.VISIT_DATE:
        return DatelineRole.VISIT
    if label is not None and (label[0].isupper() or not label[0].isascii() or before.endswith("(")):
        updated = " ".join(label.casefold().split()) in page.words.updated
        return DatelineRole.UPDATED if updated else DatelineRole.PUBLISHED
    if hidden and hidden.kind in _HIDDEN:
        return DatelineRole.BODY
    if _FILED.fullmatch(before) and any(after.startswith(f" ({name})") for name in page.agencies):
        return DatelineRole.PUBLISHED  # 'AMMAN, April 19, 2018 (Reuters) -'
    if label is not None or page.words.preposition.search(before):
        return DatelineRole.BODY
    if line.start <= page.top and _alone(before, after):
        hijri = find_hijri(line.of(page.text), page.words)
        return DatelineRole.VISIT if hijri else DatelineRole.HEADER
    if _in_head(found, before, after, line, page):
        return DatelineRole.PUBLISHED
    return DatelineRole.BODY


def _alone(before: str, after: str) -> bool:
    """Whether a line holds nothing beside the day but a byline, a place or a few words set off from it."""
    rest = f"{before.strip(_EDGES)} {after.strip(_EDGES)}".split()
    set_off = not before.strip() or before.rstrip()[-1] in "|–—-•·,:/(" or _BYLINE.match(before.strip()) is not None
    after_off = not after.strip() or after.lstrip()[0] in "|–—-•·/(" or _BYLINE.match(after.strip()) is not None
    return set_off and after_off and len(rest) <= 8 and not re.search(r"[.!?]$", after.strip())


def _in_head(found: FoundDay, before: str, after: str, line: Span, page: _Page) -> bool:
    """Whether the day stands in the head of a text that came as one line: first, or after its title or an agency."""
    if line.start > page.top or found.span.start - line.start > _NEAR_TOP:
        return False
    if re.match(r"\W{0,2}\((?!updated)", after) or after[:1].strip(" \t(G"):
        return False  # a caption's day stands before its credit; a day before a comma is in a sentence
    lead = before.strip()
    if not lead:
        return True
    if page.title and page.title.end <= found.span.start:
        gap = page.text[page.title.end : line.start + len(before)]
        if len(gap) <= 80 and not re.search(r"[a-z]{2}[.!?]\s", gap):
            return True
    agency = any(lead.endswith(name) for name in page.agencies)
    return agency or (_weekday_fits(found) and len(lead) <= 300 and not lead.endswith(","))


def _weekday_fits(found: FoundDay) -> bool:
    """Whether the day stands with its weekday; one that is of another day belongs to something else."""
    return found.weekday is not None and any(day.weekday() == found.weekday for day in found.readings)
