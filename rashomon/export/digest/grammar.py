"""Small English: lists, articles, days, and what stands in small letters inside a sentence."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from rashomon.export.digest.phrases import Phrases
from rashomon.export.page.words import day_words

ARTICLES = ("the ", "a ", "an ")
_OF = re.compile(r" (?:of|for|in) ")
_BEHIND = re.compile(r" (?:of|for|in|at|from|with|on|near|who|inside|close to|loyal to) ")


def listed(names: Sequence[str], most: int, one: str = "other", many: str = "others") -> str:
    """'A', 'A and B', 'A, B and C'; of more than `most` the first ones, and how many others."""
    if len(names) > most:
        rest = len(names) - most
        names = [*names[:most], f"{rest} {one if rest == 1 else many}"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def with_article(name: str, phrases: Phrases) -> str:
    """'the Syrian Arab Army', 'the Army of Tamrin'; a name that needs no article stays."""
    if name.casefold().startswith(ARTICLES):
        return name
    heads = {part.rsplit(" ", 1)[-1] for part in (name, _OF.split(name)[0])}
    return f"the {name}" if heads & phrases.article.last or name in phrases.article.whole else name


def is_several(name: str, phrases: Phrases) -> bool:
    """Whether a name takes a plural verb: its last word, before any 'of' or 'at', is a plural in small letters."""
    last = _BEHIND.split(name)[0].strip("“”").rsplit(" ", 1)[-1]
    if last != last.lower() or last in phrases.speakers.single:
        return False
    return last in phrases.speakers.several or (last.endswith("s") and not last.endswith("ss"))


def sentence(text: str) -> str:
    """`text` with a capital letter first and a full stop at its end."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", ".”", "?", "!")) else f"{whole}."


def when_words(start: dt.date | None, end: dt.date | None, year: int) -> str:
    """'on 3 May', 'from 2 to 4 May', 'in May 2013', 'in 2013'; the year where it is not `year`. Empty without days."""
    if start is None or end is None:
        return ""
    if start == end:
        return f"on {short_day(start, year)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"in {start.year}" if start.year == end.year else f"from {start.year} to {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        if (start.day, end.day) == (1, calendar.monthrange(end.year, end.month)[1]):
            return f"in {_without_day(start)}"
        return f"from {start.day} to {short_day(end, year)}"
    return f"from {short_day(start, end.year if start.year == end.year else year)} to {short_day(end, year)}"


def short_day(day: dt.date, year: int) -> str:
    """'3 May'; '3 May 2013' where the year is another one."""
    return day_words(day).removesuffix(f" {year}") if day.year == year else day_words(day)


def _without_day(day: dt.date) -> str:
    return day_words(day).split(" ", 1)[1]
