"""Finds days that are written out with their year: in English or Arabic words, or in figures. Nothing relative.

The words stand in data/datelines.yaml. A day in figures that can be read in two ways is given with both readings;
whoever knows the outlet decides.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from hijridate import Hijri

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.model import Span

_FOUR_DIGITS = re.compile(r"\d{4}")
_REACH = 40  # characters from a year to the other end of its date
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day written in a text.

    Attributes:
        span: its characters, a weekday before it included.
        readings: the days that it may be: one, or two for '03/04/2017' (day first, then month first).
        weekday: the weekday that the text gives with it, Monday 0, or None.
        in_figures: whether it is written without the month's name.
    """

    span: Span
    readings: tuple[dt.date, ...]
    weekday: int | None = None
    in_figures: bool = False

    @property
    def day(self) -> dt.date | None:
        """The day, where there is only one reading."""
        return self.readings[0] if len(self.readings) == 1 else None

    def read(self, order: str | None) -> dt.date | None:
        """The day under an outlet's order of day and month ('dmy', 'mdy' or None), or None where that is open."""
        if len(self.readings) == 2 and order in ("dmy", "mdy"):
            return self.readings[0 if order == "dmy" else 1]
        return self.day


@dataclass(frozen=True, slots=True)
class DatelineWords:
    """The words of data/datelines.yaml, compiled."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    hijri_months: Mapping[str, int]
    words: re.Pattern[str]
    figures: re.Pattern[str]
    hijri: re.Pattern[str]
    label: re.Pattern[str]
    updated: frozenset[str]
    preposition: re.Pattern[str]
    future: re.Pattern[str]
    up_to: re.Pattern[str]
    month_day: re.Pattern[str]
    year: re.Pattern[str]


@cache
def dateline_words(layers: Layers) -> DatelineWords:
    """Reads datelines.yaml; the highest layer that has one counts alone.

    Raises:
        KnowledgeError: there is none, or it is broken.
    """
    files = layers.files("datelines.yaml")
    if not files:
        raise KnowledgeError("no datelines.yaml in the folders of knowledge", remedy="Reinstall Rashomon")
    return _compile(files[-1])


def find_days(text: str, words: DatelineWords) -> list[FoundDay]:
    """Every day of `text` that is written with its year, in order, not overlapping."""
    found = sorted([*_in_words(text, words), *_in_figures(text, words)], key=lambda day: day.span)
    kept: list[FoundDay] = []
    for day in found:
        if not kept or day.span.start >= kept[-1].span.end:
            kept.append(day)
    return kept


def find_hijri(text: str, words: DatelineWords) -> list[tuple[Span, dt.date | None]]:
    """Every Islamic date of `text` with the day that it stands for by the Umm al-Qura calendar (None: out of range)."""
    return [
        (Span(*match.span()), _gregorian(match["day"], match["month"], match["year"], words))
        for match in words.hijri.finditer(text)
        if _hijri_key(match["month"]) in words.hijri_months
    ]


def parse_day(given: str, words: DatelineWords) -> FoundDay | None:
    """The one day that `given` (a field of the input, such as '4/5/2017' or '2018-04-18T10:45Z') says, or None."""
    days = find_days(given, words)
    return days[0] if len({day.readings for day in days}) == 1 else None


def order_of(given: list[str]) -> str | None:
    """'dmy' or 'mdy', as the dates in figures of a whole column show it; None where they do not or disagree."""
    orders = set()
    for value in given:
        if match := re.match(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b", value):
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                orders.add("dmy")
            if second > 12 >= first:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def _in_words(text: str, words: DatelineWords) -> Iterator[FoundDay]:
    for match in _near_years(words.words, text):
        month = words.months[_key(match["month"] or match["month2"])]
        day = _date(match["year"] or match["year2"], month, match["day"] or match["day2"] or match["day3"])
        if day is not None:
            weekday = match["weekday"]
            yield FoundDay(Span(*match.span()), (day,), words.weekdays[_key(weekday)] if weekday else None)


def _in_figures(text: str, words: DatelineWords) -> Iterator[FoundDay]:
    for match in _near_years(words.figures, text):
        if match["year"]:
            readings = [_date(match["year"], match["month"], match["day"])]
        else:
            first, second, year = match["first"], match["second"], match["year2"]
            readings = [_date(year, second, first)]
            if match["sep"] == "/" or readings[0] is None:
                readings.append(_date(year, first, second))
        days = tuple(dict.fromkeys(day for day in readings if day is not None))
        if days:
            weekday = match["weekday"]
            yield FoundDay(Span(*match.span()), days, words.weekdays[_key(weekday)] if weekday else None, True)


def _near_years(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of `pattern`, looked for only around four digits: far cheaper than at every character."""
    end = 0
    for year in _FOUR_DIGITS.finditer(text):
        start = max(end, year.start() - _REACH)
        for match in pattern.finditer(text, start, min(len(text), year.end() + _REACH)):
            if match.start() >= end:
                end = match.end()
                yield match


def _date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _gregorian(day: str, month: str, year: str, words: DatelineWords) -> dt.date | None:
    try:
        gregorian = Hijri(int(year), words.hijri_months[_hijri_key(month)], int(day)).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return dt.date(gregorian.year, gregorian.month, gregorian.day)


def _key(word: str) -> str:
    return " ".join(word.casefold().rstrip(".").split())


def _hijri_key(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if char.isalpha() and not unicodedata.combining(char) and char not in "ʿʾʻ")


def _any(names: Mapping[str, int] | list[str]) -> str:
    return "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=lambda name: (-len(name), name))
    )


def _compile(file: KnowledgeFile) -> DatelineWords:
    """The file's words as patterns.

    Raises:
        KnowledgeError: a part is missing or of the wrong form.
    """
    content = file.yaml()
    try:
        tables = {
            part: {_key(str(name)): int(number) for number, names in content[part].items() for name in names}
            for part in ("months", "weekdays")
        }
        hijri = {_hijri_key(str(name)): int(n) for n, names in content["hijri_months"].items() for name in names}
        published, updated = ([str(word) for word in content["labels"][kind]] for kind in ("published", "updated"))
        prepositions, future = ([str(word) for word in content[part]] for part in ("prepositions", "future"))
        up_to = [str(word) for word in content["up_to"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(
            f"a part is missing or of another form: {error}",
            where=file.path,
            remedy="Compare it with the built-in file",
        ) from error
    month, weekday = rf"(?:{_any(tables['months'])})\b\.?", _any(tables["weekdays"])
    gap = r"[\s,،]*"
    # Only a short form ('Wed.') has a full stop: after a full name it ends a sentence, as a line break may.
    before = rf"(?:(?P<weekday>{weekday})\b(?:(?<!\w{{6}})\.)?[^\S\n\r]*[,،]?[^\S\n\r]*)?"
    return DatelineWords(
        months=tables["months"],
        weekdays=tables["weekdays"],
        hijri_months=hijri,
        words=re.compile(
            rf"(?<![\w.]){before}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{month}){gap}(?P<year>\d{{4}})"
            # 'April 5, 2017', and 'Jul 012016' as pages that lost a comma have it
            rf"|(?P<month2>{month})\s*(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[\s,،]+|(?P<day3>\d{{2}}))(?P<year2>\d{{4}}))"
            r"(?!\d)",
            re.IGNORECASE,
        ),
        figures=re.compile(
            rf"(?<![\w/.\-]){before}(?:(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})"
            r"|(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<year2>\d{4}))(?![\d/\-])",
            re.IGNORECASE,
        ),
        hijri=re.compile(
            r"(?<!\d)(?P<day>\d{1,2})\s+(?P<month>[^\W\d_][^\d|,،\n()]{2,20}?)[\s,،]+(?P<year>1[345]\d\d)(?!\d)"
        ),
        label=re.compile(rf"(?<!\w)(?P<label>{_any(published + updated)})\s*[:\-–]?\s*$", re.IGNORECASE),
        updated=frozenset(_key(word) for word in updated),
        preposition=re.compile(rf"(?<!\w)(?:{_any(prepositions)})[\s,]*$", re.IGNORECASE),
        future=re.compile(rf"(?<!\w)(?:{_any(future)})(?!\w)", re.IGNORECASE),
        up_to=re.compile(rf"(?<!\w)(?:{_any(up_to)})\s+(?:the\s+)?$", re.IGNORECASE),
        month_day=re.compile(rf"(?<!\w)(?P<month>{month})\s+\d{{1,2}}(?!\d)|(?<!\d)\d{{1,2}}\s+{month}", re.IGNORECASE),
        year=re.compile(
            rf"(?<!\w)(?:(?P<part>early|mid|late)[\s-]+)?(?:(?P<month>{month})\s+)?(?P<year>(?:19|20)\d\d)(?![\d,.]\d|\w)",
            re.IGNORECASE,
        ),
    )
