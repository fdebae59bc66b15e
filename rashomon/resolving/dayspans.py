"""Calendar arithmetic: stretches of days, their parts, and days moved by weeks, months or years."""

from __future__ import annotations

import calendar
import datetime as dt

Days = tuple[dt.date, dt.date]
"""First and last day, both included."""

ONE_DAY = dt.timedelta(days=1)

NO_ANCHOR = "counted from something that the words do not name"
NOT_UNDERSTOOD = "not understood as days"


class UnknownDaysError(Exception):
    """The words name no days that can be known; the message is the reason, for readers."""


def one_day(year: int, month: int, day: int) -> Days:
    """The day of a date."""
    try:
        date = dt.date(year, month, day)
    except ValueError as error:
        raise UnknownDaysError("no such day in the calendar") from error
    return date, date


def third_of_month(year: int, month: int, third: int | None) -> Days:
    """A month, or its first, second or last third."""
    last = calendar.monthrange(year, month)[1]
    first, end = {None: (1, last), 1: (1, 10), 2: (11, 20), 3: (21, last)}[third]
    return dt.date(year, month, first), dt.date(year, month, end)


def third_of_year(year: int, third: int | None) -> Days:
    """A year, or its first, second or last four months."""
    first, end = {None: (1, 12), 1: (1, 4), 2: (5, 8), 3: (9, 12)}[third]
    return dt.date(year, first, 1), dt.date(year, end, calendar.monthrange(year, end)[1])


def third_of_period(start: dt.date, end: dt.date, base: str, third: int) -> Days:
    """A third of a year or month; of a week its first, middle or last three days."""
    if base == "year":
        return third_of_year(start.year, third)
    if base == "month":
        return third_of_month(start.year, start.month, third)
    first, last = {1: (0, 2), 2: (2, 4), 3: (4, 6)}[third]
    return start + first * ONE_DAY, start + last * ONE_DAY


def period(day: dt.date, base: str) -> Days:
    """The week (Monday to Sunday), month or year that `day` lies in."""
    if base == "week":
        monday = day - day.weekday() * ONE_DAY
        return monday, monday + 6 * ONE_DAY
    if base == "month":
        return third_of_month(day.year, day.month, None)
    return third_of_year(day.year, None)


def shift(day: dt.date, base: str, count: int) -> dt.date:
    """`day` moved by `count` units, forward or (negative) back; the last of a month stays within it."""
    if base == "hour":
        return day + (1 if count > 0 else -1) * -(-abs(count) // 24) * ONE_DAY
    if base in {"day", "week"}:
        return day + count * (7 if base == "week" else 1) * ONE_DAY
    months = day.year * 12 + day.month - 1 + count * (12 if base == "year" else 1)
    year, month = divmod(months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise UnknownDaysError(NOT_UNDERSTOOD)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def back(day: dt.date, base: str, count: int) -> Days:
    """From `count` units before `day` to `day`."""
    return shift(day, base, -count), day
