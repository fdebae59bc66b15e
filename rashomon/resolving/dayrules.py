"""How each form of a single expression of time is read against a day of publication."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from rashomon.knowledge.wordlists import TimeLexicon
from rashomon.resolving.dayspans import (
    NO_ANCHOR,
    NOT_UNDERSTOOD,
    ONE_DAY,
    Days,
    UnknownDaysError,
    back,
    one_day,
    period,
    shift,
    third_of_month,
    third_of_period,
    third_of_year,
)

NO_PUBLICATION = "no day of publication to count from"
NO_DAYS = "names no days"


@dataclass(frozen=True, slots=True)
class Against:
    """What an expression is read against.

    Attributes:
        lexicon: the words that say when.
        published: the day of publication, where it is known.
        ahead: whether what is dated lies ahead of publication.
        anchor: the days that 'then', 'a day later' count from.
        days: reads another expression the same way.
    """

    lexicon: TimeLexicon
    published: dt.date | None
    ahead: bool
    anchor: Callable[[], Days]
    days: Callable[[str], Days]

    def day(self) -> dt.date:
        """The day of publication.

        Raises:
            UnknownDaysError: it is not known.
        """
        if self.published is None:
            raise UnknownDaysError(NO_PUBLICATION)
        return self.published

    def count(self, words: str) -> int:
        """The number that `words` give.

        Raises:
            UnknownDaysError: they give none.
        """
        parts = words.replace("-", " ").split()
        if parts in (["few"], ["a", "few"]):
            return 3
        if parts in (["a"], ["an"]):
            return 1
        number = self.lexicon.numbers.value(parts)
        if number is None:
            raise UnknownDaysError(NOT_UNDERSTOOD)
        return number.least

    def unit(self, words: str) -> tuple[str, int]:
        """The base unit of a word ('fortnight': weeks) and how many of it."""
        return self.lexicon.units[words]


def _date(reading: Against, match: re.Match[str]) -> Days:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _month_number(reading, match)
    ordinal = parts["d"]
    number = reading.lexicon.ordinals.get(ordinal) or int(re.sub(r"\D", "", ordinal))
    year = parts.get("y")
    if year:
        return one_day(int(year), month, number)
    day = reading.day()
    reach = 8 if (month, number) == (2, 29) else 1
    years = range(day.year - reach, day.year + reach + 1)
    candidates = [one_day(y, month, number)[0] for y in years if reach == 1 or calendar.isleap(y)]
    fitting = [c for c in candidates if (c >= day if reading.ahead else c <= day)]
    if not fitting:
        raise UnknownDaysError(NOT_UNDERSTOOD)
    chosen = min(fitting) if reading.ahead else max(fitting)
    return chosen, chosen


def _month_number(reading: Against, match: re.Match[str]) -> int:
    wanted = match["month"]
    return next(number for name, number in reading.lexicon.months.items() if name.lower() == wanted)


def _month(reading: Against, match: re.Match[str]) -> Days:
    month = _month_number(reading, match)
    parts = match.groupdict()
    when, whose = parts.get("when"), parts.get("whose")
    if parts.get("y"):
        year = int(parts["y"])
    elif whose:
        year = reading.day().year + {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(whose, 0)
    else:
        year = _year_of_month(
            reading.day(), month, ahead=reading.ahead or when in {"next", "coming"}, strictly=when == "last"
        )
    return third_of_month(year, month, _third(reading, parts.get("third")))


def _year_of_month(day: dt.date, month: int, *, ahead: bool, strictly: bool) -> int:
    if ahead and not strictly:
        return day.year if month >= day.month else day.year + 1
    earlier = month < day.month if strictly else month <= day.month
    return day.year if earlier else day.year - 1


def _third(reading: Against, words: str | None) -> int | None:
    return None if not words else reading.lexicon.thirds[words.strip()]


def _year(reading: Against, match: re.Match[str]) -> Days:
    return third_of_year(int(match["y"]), _third(reading, match["third"]))


def _first_months(reading: Against, match: re.Match[str]) -> Days:
    year, count = int(match["y"]), reading.count(match["n"])
    if not 1 <= count <= 12:
        raise UnknownDaysError(NOT_UNDERSTOOD)
    return dt.date(year, 1, 1), dt.date(year, count, calendar.monthrange(year, count)[1])


def _century(reading: Against, match: re.Match[str]) -> Days:
    number = int(match["n"])
    if number < 1:
        raise UnknownDaysError(NOT_UNDERSTOOD)
    return dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31)


def _season(reading: Against, match: re.Match[str]) -> Days:
    first, last = reading.lexicon.seasons[match["season"]]

    def in_year(year: int) -> Days:
        end = year + (1 if last < first else 0)
        return dt.date(year, first, 1), dt.date(end, last, calendar.monthrange(end, last)[1])

    if match["y"]:
        return in_year(int(match["y"]))
    day = reading.day()
    seasons = [in_year(year) for year in (day.year - 2, day.year - 1, day.year, day.year + 1)]
    if reading.ahead or match["when"] in {"next", "coming"}:
        return next(season for season in seasons if season[1] >= day)
    return [s for s in seasons if (s[1] < day if match["when"] == "last" else s[0] <= day)][-1]


def _calendar(reading: Against, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    day, when = reading.day(), match["when"]
    parts = match.groupdict()
    if base in {"hour", "day"} and size == 1:
        step = {"this": 0, "next": 1, "coming": 1}.get(when, -1)
        return day + step * ONE_DAY, day + (step if base == "day" else max(step, 0)) * ONE_DAY
    if size != 1 or when in {"past", "coming"}:  # a fortnight, a decade; 'the past week': that far back to publication
        return back(day, base, size) if when not in {"next", "coming"} else (day, shift(day, base, size))
    step = {"this": 0, "the": 0, "next": 1, "coming": 1}.get(when, -1)
    start, end = period(shift(day, base, step), base)
    third = _third(reading, parts.get("third"))
    if third is not None:
        return third_of_period(start, end, base, third)
    if step == 0:
        later = parts.get("soft") == "later" or (reading.ahead and parts.get("soft") is None)
        return (min(day + ONE_DAY, end) if parts.get("soft") == "later" else day, end) if later else (start, day)
    return start, end


def _stretch(reading: Against, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    return back(reading.day(), base, size)


def _weekend(reading: Against, match: re.Match[str]) -> Days:
    day, when = reading.day(), match["when"]
    saturday = day - ((day.weekday() - 5) % 7) * ONE_DAY
    if when in {"next", "coming"} or (reading.ahead and when != "last"):
        saturday = day + ((5 - day.weekday()) % 7) * ONE_DAY
    elif when == "last" and day.weekday() >= 5:
        saturday -= 7 * ONE_DAY
    return saturday, saturday + ONE_DAY


def _weekday(reading: Against, match: re.Match[str]) -> Days:
    wanted = next(n for name, n in reading.lexicon.weekdays.items() if name.lower() == match["weekday"]) - 1
    day, when = reading.day(), match["when"]
    days_back = (day.weekday() - wanted) % 7
    if when in {"last", "past", "previous"}:
        found = day - (days_back or 7) * ONE_DAY
    elif when in {"next", "coming"} or reading.ahead:
        found = day + ((wanted - day.weekday()) % 7) * ONE_DAY
    else:
        found = day - days_back * ONE_DAY
    return found, found


def _past(reading: Against, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    return back(reading.day(), base, size * reading.count(match["n"]))


def _next(reading: Against, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    return reading.day(), shift(reading.day(), base, size * reading.count(match["n"]))


def _ago(reading: Against, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    day = shift(reading.day(), base, -size * reading.count(match["n"]))
    return period(day, base) if base in {"month", "year"} else (day, day)


def _nth_day(reading: Against, match: re.Match[str]) -> Days:
    return reading.day() - (reading.lexicon.ordinals[match["nth"]] - 1) * ONE_DAY, reading.day()


def _offset(reading: Against, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    sign = 1 if match["sign"] in {"after", "later"} else -1
    try:
        start, end = reading.days(match["rest"]) if match["rest"] else reading.anchor()
    except UnknownDaysError as error:
        if not match["rest"] or str(error) != NOT_UNDERSTOOD:
            raise
        start, end = reading.anchor()
    count = size * reading.count(match["n"])
    if base == "hour":
        count, base = count // 24, "day"
    origin = end if sign > 0 else start
    day = shift(origin, base, sign * count)
    if (
        reading.published is not None and not reading.ahead and day > reading.published
    ):  # 'a day after they left': from when they left, which has no day
        raise UnknownDaysError(NO_ANCHOR)
    return (day, day) if base in {"day", "week"} else period(day, base)


def _counted(reading: Against, match: re.Match[str]) -> Days:
    day = reading.day() + reading.lexicon.days_from_publication[match["counted"]] * ONE_DAY
    return day, day


def _overnight(reading: Against, match: re.Match[str]) -> Days:
    if reading.ahead:
        return reading.day(), reading.day() + ONE_DAY
    return reading.day() - ONE_DAY, reading.day()


def _anaphor(reading: Against, match: re.Match[str]) -> Days:
    base, count = reading.lexicon.anaphors[match["anaphor"]]
    start, end = reading.anchor()
    if base == "day":
        return shift(start, base, count), shift(end, base, count)
    return period(shift(start, base, count), base)


def _fuzzy(reading: Against, match: re.Match[str]) -> Days:
    raise UnknownDaysError(NO_DAYS)


RULES: dict[str, Callable[[Against, re.Match[str]], Days]] = {
    "date": _date,
    "month": _month,
    "season": _season,
    "first_months": _first_months,
    "year": _year,
    "century": _century,
    "stretch": _stretch,
    "calendar": _calendar,
    "weekend": _weekend,
    "weekday": _weekday,
    "past": _past,
    "next": _next,
    "ago": _ago,
    "nth_day": _nth_day,
    "offset": _offset,
    "counted": _counted,
    "overnight": _overnight,
    "anaphor": _anaphor,
    "fuzzy": _fuzzy,
}
