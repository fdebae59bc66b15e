"""When a report was published, and what that rests on: the page's dateline, its header, the input, or only bounds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.model import DateEvidence, Furniture, Publication, Span
from rashomon.reading.datelines import Dateline, DatelineRole
from rashomon.reading.days import DatelineWords, find_hijri, parse_day
from rashomon.reading.furniture import without

_PARTS = {"early": 1, "mid": 5, "late": 9}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNREAD = "the date given with the input"
_YEAR_WORDS = re.compile(
    r"\b(?:in|since|from|during|of|between|and|until|through|the|year|summer|winter|spring|autumn)\s+$"
)


@dataclass(frozen=True, slots=True)
class _Bound:
    day: dt.date
    span: Span


def find_publication(
    text: str,
    datelines: Sequence[Dateline],
    furniture: Sequence[Furniture],
    given: str | None,
    order: str | None,
    words: DatelineWords,
) -> Publication:
    """When `text` was published.

    Args:
        text: the report as it came.
        datelines: its days, with what they are.
        furniture: all its furniture, datelines included.
        given: the date that came with the input, as it was written there.
        order: of day and month in figures: 'dmy', 'mdy' or None where it is not known.
        words: of datelines.yaml.

    Returns:
        The day with its evidence. A dateline goes before the input's date; where they differ the note says so. Where
        nothing tells the day, the latest year-bearing day that the text tells as past is `earliest`, and the day of a
        visit is `latest`.
    """
    input_day, notes = _input_day(given, order, words)
    own = _own(datelines)
    if own is not None and input_day is not None and _cut_off(text, own, input_day):
        notes.append(f"'{own.found.span.of(text)}' at the head of the text has lost a digit")
        return Publication(input_day, DateEvidence.INPUT, note="; ".join(notes))
    if own is not None:
        day = own.found.read(order) or _the_one_of(own.found.readings, input_day)
        if day is not None:
            return _from_page(text, own, day, input_day, datelines, notes, words)
        notes.append(f"'{own.found.span.of(text)}' can be read in two ways")
    past = _latest_past(text, datelines, furniture, words)
    if input_day is not None:
        if past and past.day > input_day:
            notes.append(f"the text speaks of '{past.span.of(text)}', which is later")
        return Publication(input_day, DateEvidence.INPUT, note="; ".join(notes))
    return _bounds(text, own, past, datelines, furniture, notes, words)


def _own(datelines: Sequence[Dateline]) -> Dateline | None:
    """The dateline that counts: beside a label or in the text's head, else in the page's header, else an update."""
    for role in (DatelineRole.PUBLISHED, DatelineRole.HEADER, DatelineRole.UPDATED):
        if found := next((line for line in datelines if line.role is role), None):
            return found
    return None


def _cut_off(text: str, own: Dateline, input_day: dt.date) -> bool:
    """Whether the text begins in the middle of the input's date: '5-04-2016' where the input says 25 April 2016."""
    if text[: own.found.span.start].strip() or not own.found.in_figures:
        return False
    tens, rest = divmod(input_day.day, 10)
    return tens > 0 and rest > 0 and input_day.replace(day=rest) in own.found.readings


def _the_one_of(readings: tuple[dt.date, ...], day: dt.date | None) -> dt.date | None:
    return day if day in readings else None


def _input_day(given: str | None, order: str | None, words: DatelineWords) -> tuple[dt.date | None, list[str]]:
    if given is None or not given.strip():
        return None, []
    found = parse_day(given, words)
    day = found.read(order) if found else _by_dateparser(given)
    if day is not None:
        return day, []
    why = "can be read in two ways" if found else "is no day"
    return None, [f"{_UNREAD}, '{given.strip()}', {why}"]


def unread_input(publication: Publication) -> str:
    """What kept the date that came with the input from being read, or nothing where it was read or none came."""
    return publication.note.split("; ")[0] if publication.note.startswith(_UNREAD) else ""


def _by_dateparser(given: str) -> dt.date | None:
    """A day in a language or form that our own grammar lacks; absolute ones only, never one relative to today."""
    if not re.search(r"(?<!\d)(19|20)\d\d(?!\d)", given) or len(given) > 60:
        return None
    import dateparser  # slow to load and seldom needed

    parsed = dateparser.parse(
        given,
        settings={"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True},
    )
    return parsed.date() if parsed else None


def _from_page(
    text: str,
    own: Dateline,
    day: dt.date,
    input_day: dt.date | None,
    datelines: Sequence[Dateline],
    notes: list[str],
    words: DatelineWords,
) -> Publication:
    if input_day is not None and input_day != day:
        notes.append(f"the input gives {input_day}; the page's own date counts")
    if own.found.weekday is not None and own.found.weekday != day.weekday():
        notes.append(f"{day} is a {_WEEKDAYS[day.weekday()]}, the page says otherwise")
    visits = sorted({line.found.day for line in datelines if line.role is DatelineRole.VISIT and line.found.day})
    if visits:
        notes.append(f"the page also shows the day of a visit, {visits[-1]}")
    others = {line.found.day for line in datelines if line.role in (DatelineRole.PUBLISHED, DatelineRole.HEADER)}
    if more := sorted(other for other in others if other is not None and other != day):
        notes.append("the page also shows " + ", ".join(map(str, more)))
    notes += _hijri_notes(text, {day, *visits}, words)
    header = own.role is DatelineRole.HEADER
    evidence = DateEvidence.HEADER if header else DateEvidence.DATELINE
    return Publication(day, evidence, own.span.of(text), own.span, note="; ".join(notes))


def _hijri_notes(text: str, days: set[dt.date], words: DatelineWords) -> list[str]:
    """What Islamic dates on the page say to `days`: they only check, by a calendar that may be a day off."""
    notes = []
    for span, hijri in find_hijri(text, words)[:2]:
        near = min(days, key=lambda day: (abs((day - hijri).days), day)) if hijri else None
        agrees = near is not None and hijri is not None and abs((near - hijri).days) <= 1
        notes.append(f"'{span.of(text)}' " + (f"agrees with {near}" if agrees else f"is another day ({hijri})"))
    return notes


def _latest_past(
    text: str, datelines: Sequence[Dateline], furniture: Sequence[Furniture], words: DatelineWords
) -> _Bound | None:
    """The latest day, month or year that the article tells as past, by its first day."""
    article = without(text, furniture)
    bounds = [
        _Bound(min(line.found.readings), line.found.span)
        for line in datelines
        if line.role is DatelineRole.BODY and article[line.found.span.start : line.found.span.end].strip()
    ]
    taken = [bound.span for bound in bounds]
    for match in words.year.finditer(article):
        span, part = Span(*match.span()), match["part"]
        if any(span.overlaps(other) for other in taken):
            continue
        if match["month"] or part or _YEAR_WORDS.search(article, max(0, match.start() - 12), match.start()):
            month = words.months[match["month"].casefold().rstrip(".")] if match["month"] else _PARTS.get(part or "", 1)
            bounds.append(_Bound(dt.date(int(match["year"]), month, 1), span))
    past = [bound for bound in bounds if not _may_come(_sentence_before(article, bound.span.start), words)]
    return max(past, key=lambda bound: (bound.day, -bound.span.start), default=None)


def _may_come(before: str, words: DatelineWords) -> bool:
    return words.future.search(before) is not None or words.up_to.search(before) is not None


def _sentence_before(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n"))
    return text[max(start, at - 300, 0) : at]


def _bounds(
    text: str,
    own: Dateline | None,
    past: _Bound | None,
    datelines: Sequence[Dateline],
    furniture: Sequence[Furniture],
    notes: list[str],
    words: DatelineWords,
) -> Publication:
    """What can be said where the day is unknown."""
    visits = [line for line in datelines if line.role is DatelineRole.VISIT and line.found.day]
    earliest, latest, span = None, None, None
    if own is not None:
        earliest, latest, span = min(own.found.readings), max(own.found.readings), own.span
    elif past is not None:
        earliest, span = past.day, past.span
        notes.append(f"the text tells '{span.of(text)}' as past")
    if visits and latest is None:
        visit = min(visits, key=lambda line: (line.found.readings[0], line.span))
        latest, span = visit.found.day, span or visit.span
        notes.append(f"the page shows {latest}, which may be the day of a visit")
    article = without(text, furniture)
    yearless = [
        m[0].strip() for m in words.month_day.finditer(article) if not re.match(r"[\s,]*\d{4}", article[m.end() :])
    ]
    if yearless:
        notes.append("the text speaks of " + ", ".join(dict.fromkeys(yearless)) + " without a year")
    if earliest is None and latest is None:
        return Publication(note="; ".join(notes or ["no date on the page"]))
    quote = span.of(text) if span else None
    return Publication(None, DateEvidence.TEXT_BOUNDS, quote, span, earliest, latest, "; ".join(notes))
