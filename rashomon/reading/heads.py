"""The head of a page: its outlet, its headline, and the furniture that only these can tell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.knowledge.outlets import Outlet, Outlets, fold
from rashomon.model import Furniture, FurnitureKind, Span
from rashomon.reading.datelines import Dateline, DatelineRole
from rashomon.reading.days import DatelineWords, find_days
from rashomon.reading.furniture import Patterns, lines

_SUFFIX = re.compile(r"\s+[-–—|»]\s+(?P<site>[^-–—|»]{2,60})$")
_PLACE_AND_MARK = re.compile(r"(?P<place>[\w' -]{2,40})\s+[-–—]\s+(?P<mark>[\w' .-]{2,30})$")
_TOP_LINES = 8
_HEADLINE_WORDS = range(3, 31)
_GAP = 120
_HEAD = 600  # characters
_PARAGRAPH_WORDS = 12
_BY = re.compile(r"\s+by [A-Z][\w-]+ [A-Z][\w-]+(?=\s[A-Z\"“])")


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of a page tells.

    Attributes:
        outlet: whose page it is, where it says so.
        title: the headline's characters, or None.
        furniture: the page's own name, and a headline that the page repeats.
    """

    outlet: Outlet | None
    title: Span | None
    furniture: tuple[Furniture, ...]


def find_head(
    text: str, given_title: str | None, furniture: Sequence[Furniture], outlets: Outlets, words: DatelineWords
) -> Head:
    """Reads the top of a page.

    Args:
        text: the report.
        given_title: the headline that came with the input.
        furniture: what patterns told.
        outlets: the outlets that a page may name itself by.
        words: of datelines.yaml; a line that only holds a day is no headline.
    """
    all_lines = list(lines(text))
    top = [line for line in all_lines[:_TOP_LINES] if not any(line.overlaps(piece.span) for piece in furniture)]
    outlet, own = None, []
    headlines: list[Span] = []
    for line in top:
        line_words = line.of(text)
        if named := _site(line_words, outlets):
            outlet = outlet or named
            own.append(Furniture(line, FurnitureKind.NAVIGATION))
        elif (suffix := _SUFFIX.search(line_words)) and (named := _names(suffix["site"], outlets)):
            outlet = outlet or named
            is_mark = len(line_words.split()) <= 5 and _PLACE_AND_MARK.match(line_words) and headlines
            if is_mark:
                own.append(Furniture(line, FurnitureKind.DATELINE))
            else:
                headlines.append(Span(line.start, line.start + suffix.start()))
                own.append(Furniture(Span(line.start + suffix.start(), line.end), FurnitureKind.NAVIGATION))
        elif _may_be_headline(line_words, words):
            headlines.append(line)
    title = _given(text, given_title) if given_title and not _site(given_title, outlets) else None
    if title is None and len(all_lines) > 1 and not given_title_is_elsewhere(given_title, outlets):
        title = headlines[0] if headlines and _opens(headlines[0], all_lines, own) else None
    if title is not None:
        title, repeated = _once(text, title, all_lines)
        own += repeated
    return Head(outlet, title, tuple(own))


def given_title_is_elsewhere(given: str | None, outlets: Outlets) -> bool:
    """Whether the input gives a real headline, so that none needs to be looked for on the page."""
    return given is not None and bool(given.strip()) and _site(given, outlets) is None


def seams(
    text: str, title: Span | None, datelines: Sequence[Dateline], told: Sequence[Furniture], patterns: Patterns
) -> list[Furniture]:
    """Furniture between date, headline and lead: bylines, sections, the place that a wire story was filed from.

    Where a headline runs into the lead with nothing between them, the space between is marked, so that the two are not
    read as one sentence.
    """
    pieces = [
        Furniture(line.span, FurnitureKind.VISIT_DATE if line.role is DatelineRole.VISIT else FurnitureKind.DATELINE)
        for line in datelines
        if line.role is not DatelineRole.BODY
    ]
    heads = sorted([piece.span for piece in pieces] + ([title] if title else []))
    if title is not None:
        for first, second in itertools.pairwise(heads):
            gap = Span(min(first.end, second.start), second.start)
            words = gap.of(text)
            between = title in (first, second) and words.strip() and len(words) <= _GAP
            if between and "\n" not in words and not re.search(r"[a-z]{2}[.!?]\s", words):
                pieces.append(Furniture(gap, FurnitureKind.BYLINE))
        pieces += _after_title(text, title, patterns.agencies)
    told_media = [piece.span for piece in told if piece.kind is FurnitureKind.MEDIA]
    top = [span.end for span in [*heads, *told_media, *(piece.span for piece in pieces)] if span.start < _HEAD]
    for end in sorted(set(top)):
        if text[end : end + 1] == "\n":
            continue
        if found := _BY.match(text, end):
            pieces.append(Furniture(Span(*found.span()), FurnitureKind.BYLINE))
        elif found := patterns.filed_from.match(text, end):
            pieces.append(Furniture(Span(*found.span()), FurnitureKind.DATELINE))
    return [*pieces, *_filed_lines(text, patterns)]


def _filed_lines(text: str, patterns: Patterns) -> Iterator[Furniture]:
    """'ISTANBUL — ' where a paragraph starts; a headline may open with a town and a colon as well."""
    for line in lines(text):
        words = line.of(text).split(maxsplit=_PARAGRAPH_WORDS)
        if len(words) > _PARAGRAPH_WORDS and (found := patterns.filed_from_line.match(text, line.start, line.end)):
            yield Furniture(Span(*found.span()), FurnitureKind.DATELINE)


def _after_title(text: str, title: Span, agencies: Sequence[str]) -> list[Furniture]:
    rest = text[title.end : title.end + 80]
    names = "|".join(re.escape(name) for name in agencies)
    if credit := re.match(
        rf"\.?\s+(?:(?:{names})(?:,? (?:and )?(?:{names}|[Aa]gencies))*(?: Staff)?)\b\.?(?=\s+[A-Z\"“])", rest
    ):
        return [Furniture(Span(title.end, title.end + credit.end()), FurnitureKind.BYLINE)]
    if re.match(r"[ \t]+[A-Z0-9\"“]", rest):
        return [Furniture(Span(title.end, title.end + 1), FurnitureKind.OTHER)]
    return []


def _site(line: str, outlets: Outlets) -> Outlet | None:
    """The outlet whose name the whole line is; short letters such as 'RT' are too little to go by."""
    return _names(line, outlets) if len(line) <= 80 and len(line.split()) <= 6 and len(fold(line)) >= 4 else None


def _names(words: str, outlets: Outlets) -> Outlet | None:
    name = words.strip(" .|-–—")
    found = outlets.find(name) if len(fold(name)) >= 4 else None
    return found or next((outlet for outlet in outlets if name in outlet.marks), None)


def _may_be_headline(line: str, words: DatelineWords) -> bool:
    """Whether a line is as long as headlines are, ends like one, and is more than a day with its time."""
    rest = line
    for day in find_days(line, words):
        rest = rest.replace(day.span.of(line), " ")
    letters = sum(char.isalpha() for char in rest)
    return len(line.split()) in _HEADLINE_WORDS and line[-1] not in ".:,;" and letters >= 10


def _opens(line: Span, all_lines: Sequence[Span], own: Sequence[Furniture]) -> bool:
    """Whether nothing but a few short lines stands above `line`, and something stands under it."""
    above = [other for other in all_lines if other.start < line.start]
    return len(above) <= 4 + len(own) and line.end <= all_lines[-1].start


def _given(text: str, title: str) -> Span | None:
    """Where the given headline stands in the head of the text; a site's name after it need not stand there."""
    forms = [title.strip(), re.split(r"\s+[|–—-]\s+", title.strip())[0]]
    for form in forms:
        wanted = form.rstrip(". ")
        if len(wanted.split()) >= 3 and (start := text.find(wanted, 0, _HEAD)) >= 0:
            return Span(start, start + len(wanted))
    return None


def _once(text: str, title: Span, all_lines: Sequence[Span]) -> tuple[Span, list[Furniture]]:
    """The last line among the first ones that repeats the headline, and the copies above it with what is between."""
    wanted = fold(title.of(text))
    copies = [line for line in all_lines[:_TOP_LINES] if line.start > title.start and fold(line.of(text)) == wanted]
    if not copies:
        return title, []
    last = copies[-1]
    above = [line for line in all_lines if title.start < line.start < last.start]
    short = [line for line in above if len(line.of(text).split()) <= 3]
    pieces = [Furniture(line, FurnitureKind.REPEATED) for line in [title, *copies[:-1]]]
    return last, pieces + [Furniture(line, FurnitureKind.NAVIGATION) for line in short if line not in copies]
