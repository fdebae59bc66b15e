"""Days: which days the words of a time expression mean, against the day of publication.

A small grammar of its own. Words are brought into one form (small letters, no commas, one space), then rules are tried
in a fixed order: expressions that join two others ('from Friday to Sunday', 'since ...'), then single ones.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rashomon.knowledge.wordlists import TimeLexicon, alternation
from rashomon.model import DaysResolution, Mention, Publication, Status

Days = tuple[dt.date, dt.date]

NO_PUBLICATION = "no day of publication to count from"
NO_ANCHOR = "counted from something that the words do not name"
NO_DAYS = "names no days"
NO_START = "only an end is known"
NOT_UNDERSTOOD = "not understood as days"

_DAY = dt.timedelta(days=1)


def resolve_days(
    words: Mention, status: Status, publication: Publication, lexicon: TimeLexicon, quote: str = ""
) -> DaysResolution:
    """Which days `words` mean.

    Args:
        words: the expression; its antecedent, where it has one, is the expression that it counts from ('since then').
        status: of the claim: what is planned or possible lies ahead, everything else behind.
        publication: when the report was published.
        lexicon: the words that say when.
        quote: the claim's quote: what is only `possible` because of a doubt about the past ('suspected') lies behind.

    Returns:
        First and last day, both included, or none with the reason.
    """
    grammar = _grammar(lexicon)
    ahead = status is Status.PLANNED or (status is Status.POSSIBLE and not grammar.doubt.search(quote.lower()))
    reading = _Reading(grammar, lexicon, publication.day, ahead, words.antecedent)
    try:
        start, end = reading.days(_normal(words.text))
    except _UnknownError as error:
        return DaysResolution(None, None, str(error))
    except OverflowError:
        return DaysResolution(None, None, NOT_UNDERSTOOD)
    if start > end:
        return DaysResolution(None, None, "ends before it starts")
    return DaysResolution(start, end)


class _UnknownError(Exception):
    """The words name no days that can be known; the message is the reason."""


def _normal(text: str) -> str:
    text = text.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    text = re.sub(r"[,;()\"“”]|'s\b|(?<=day)s\b(?<!\bdays)|(?<=[a-z])\.(?!\d)", " ", text)
    text = re.sub(r"'", "", text)
    return " ".join(text.split())


# --- the grammar ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grammar:
    rules: tuple[tuple[re.Pattern[str], str], ...]
    doubt: re.Pattern[str]
    lead: re.Pattern[str]


_LEAD = (
    r"(?:(?:on|in|at|during|over|within|of|around|about|the|early on|late on|later on|earlier on|later in|earlier in|"
    r"ever|only|just|both|by|began|started|all|through|throughout|course|as soon as|hours|day|month|barely|nearly|"
    r"almost|some|more than|less than|at least|yet)\s+)+"
)


@lru_cache(maxsize=8)
def _grammar_of(months: str, weekdays: str, thirds: str, parts: str, units: str, number: str, more: str) -> _Grammar:
    seasons, ordinals, counted, overnight, fuzzy, anaphors, doubt = more.split("\n")
    year = r"(?:1[89]|20)\d\d(?!\s*(?:gmt|utc|hours|local))"
    day = r"(?:\d{1,2})(?:st|nd|rd|th)?"
    third = rf"(?:(?P<third>{thirds})[\s-]*(?:in\s+|of\s+|the\s+)*)?"
    when = r"(?P<when>last|past|this|next|coming|previous)"
    part = rf"(?:\s+(?:at\s+|in the\s+)?{parts})?"
    lasting = (
        r"(?:for\s+|near\s+|nearly\s+|almost\s+|around\s+|about\s+|over\s+|(?:more|less)\s+than\s+|at\s+least\s+)*"
    )
    rules = (
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", "date"),
        (r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})", "date"),
        (
            rf"(?:{weekdays}\s+)?(?:the\s+)?(?P<d>{day}|{ordinals})\s+(?:day\s+)?(?:of\s+)?(?P<month>{months})"
            rf"(?:\s+(?:of\s+)?(?P<y>{year}))?{part}",
            "date",
        ),
        (rf"(?:{weekdays}\s+)?(?P<month>{months})\s+(?:the\s+)?(?P<d>{day})(?!\d)(?:\s+(?P<y>{year}))?{part}", "date"),
        (rf"{third}(?P<month>{months})\s+(?:of\s+|in\s+)?(?P<y>{year})", "month"),
        (rf"{third}(?:(?:of\s+)?{when}\s+)?(?P<month>{months})(?:\s+{when.replace('when', 'whose')}\s+year)?", "month"),
        (rf"(?:{when}\s+)?(?P<season>{seasons})(?:\s+(?:of\s+)?(?P<y>{year}))?", "season"),
        (rf"the\s+first\s+(?P<n>{number})\s+months\s+of\s+(?P<y>{year})", "first_months"),
        (rf"{third}(?P<y>{year})", "year"),
        (rf"(?P<n>\d\d)(?:st|nd|rd|th)\s+century", "century"),
        (rf"(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?P<when>last)\s+(?P<unit>{units})", "stretch"),
        (rf"(?:(?P<soft>earlier|later|previously)\s+)?{when}\s+(?P<unit>{units})s?", "calendar"),
        (rf"{third}{when}\s+(?P<unit>{units})s?", "calendar"),
        (rf"(?P<third>{thirds})\s+(?P<when>the)\s+(?P<unit>{units})", "calendar"),
        (rf"(?:{when}\s+)?(?:the\s+)?weekend", "weekend"),
        (
            rf"(?:(?:early|late|earlier|later|overnight|{parts})\s+(?:hours\s+)?(?:on\s+|of\s+)?)*"
            rf"(?:{when}\s+)?(?P<weekday>{weekdays}){part}",
            "weekday",
        ),
        (
            rf"(?:the\s+)?(?P<when>past|last|previous|recent)\s+(?P<n>{number})\s+(?:or\s+\S+\s+)?(?P<unit>{units})s?",
            "past",
        ),
        (rf"(?:the\s+)?(?P<when>next|coming|following)\s+(?P<n>{number})\s+(?P<unit>{units})s?", "next"),
        (rf"(?P<n>{number})\s+(?P<unit>{units})s?\s+(?:ago|earlier today)", "ago"),
        (rf"for\s+(?:the|a)\s+(?P<nth>{ordinals})\s+(?:\w+\s+)?day(?:\s+(?:running|in a row))?", "nth_day"),
        (
            rf"(?:just\s+|only\s+)?(?P<n>{number})\s+(?P<unit>{units})s?\s+(?P<sign>after|later|before|earlier)"
            r"(?:\s+(?P<rest>.+))?",
            "offset",
        ),
        (rf"(?:has\s+lasted\s+)?{lasting}(?P<n>{number})[\s-]+(?P<unit>{units})s?(?:[\s-]+(?:old|long))?", "past"),
        (rf"(?P<counted>{counted})", "counted"),
        (rf"{overnight}", "overnight"),
        (rf"(?:later\s+|earlier\s+)?(?P<anaphor>{anaphors})", "anaphor"),
        (rf"{fuzzy}", "fuzzy"),
    )
    compiled = tuple((re.compile(pattern), name) for pattern, name in rules)
    return _Grammar(compiled, re.compile(rf"\b{doubt}\b"), re.compile(_LEAD))


def _grammar(lexicon: TimeLexicon) -> _Grammar:
    def words(table: object) -> str:
        return alternation(str(word).lower() for word in table)  # type: ignore[attr-defined]

    more = (lexicon.seasons, lexicon.ordinals, lexicon.days_from_publication, lexicon.overnight)
    last = (lexicon.fuzzy, lexicon.anaphors, lexicon.doubt)
    return _grammar_of(
        words(lexicon.months),
        words(lexicon.weekdays),
        words(lexicon.thirds),
        words(lexicon.parts_of_day),
        words(lexicon.units),
        lexicon.numbers.cardinal,
        "\n".join(words(table) for table in (*more, *last)),
    )


# --- one expression read against one report -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    grammar: _Grammar
    lexicon: TimeLexicon
    published: dt.date | None
    ahead: bool
    antecedent: str | None

    def days(self, text: str) -> Days:
        whole = self.fullmatch(text)
        if whole is not None:
            return whole
        for pattern, join in _JOINS:
            match = pattern.fullmatch(text)
            if match:
                joined = join(self, *match.groups())
                if joined is not None:
                    return joined
        return self.single(text)

    def single(self, text: str) -> Days:
        found = self.fullmatch(text) or self.within(text)
        if found is None:
            raise _UnknownError(NOT_UNDERSTOOD)
        return found

    def fullmatch(self, text: str) -> Days | None:
        for candidate in (text, self.grammar.lead.sub("", text, count=1) if self.grammar.lead.match(text) else None):
            if not candidate:
                continue
            for pattern, name in self.grammar.rules:
                match = pattern.fullmatch(candidate)
                if match:
                    return self.apply(name, match)
        return None

    def within(self, text: str) -> Days | None:
        """The longest expression inside other words ('since fighting began in 2012'); of equals the last.

        A mere length of time ('the four-decade rule') counts only where nothing else is there.
        """
        best: tuple[bool, int, int] | None = None
        chosen: tuple[str, re.Match[str]] | None = None
        for pattern, name in self.grammar.rules:
            for match in pattern.finditer(text):
                if not match[0] or not _stands_alone(text, match.start(), match.end()):
                    continue
                rank = (name not in {"past", "offset"}, match.end() - match.start(), match.start())
                if best is None or rank > best:
                    best, chosen = rank, (name, match)
        return None if chosen is None else self.apply(*chosen)

    def apply(self, name: str, match: re.Match[str]) -> Days:
        return _RULES[name](self, match)

    def day(self) -> dt.date:
        if self.published is None:
            raise _UnknownError(NO_PUBLICATION)
        return self.published

    def anchor(self) -> Days:
        if not self.antecedent:
            raise _UnknownError(NO_ANCHOR)
        other = _Reading(self.grammar, self.lexicon, self.published, self.ahead, None)
        return other.days(_normal(self.antecedent))

    def count(self, words: str) -> int:
        parts = words.replace("-", " ").split()
        if parts in (["few"], ["a", "few"]):
            return 3
        if parts in (["a"], ["an"]):
            return 1
        number = self.lexicon.numbers.value(parts)
        if number is None:
            raise _UnknownError(NOT_UNDERSTOOD)
        return number.least

    def unit(self, words: str) -> tuple[str, int]:
        return self.lexicon.units[words]


def _stands_alone(text: str, start: int, end: int) -> bool:
    return (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())


# --- expressions that join others -----------------------------------------------------------------------------------


def _since(reading: _Reading, rest: str) -> Days:
    behind = dataclasses.replace(reading, ahead=False)
    try:
        start, _ = behind.days(rest)
    except _UnknownError as error:
        if reading.antecedent and str(error) == NOT_UNDERSTOOD:
            start, _ = behind.anchor()
        else:
            raise
    end = reading.day()
    if start > end:
        raise _UnknownError("starts after publication")
    return start, end


def _from_to(reading: _Reading, first: str, second: str) -> Days | None:
    year = re.search(r"\b(?:1[89]|20)\d\d\b", second)
    if year and re.fullmatch(r"\d{1,2}", first) is None and not re.search(r"\b(?:1[89]|20)\d\d\b", first):
        first = f"{first} {year[0]}"
    if re.fullmatch(r"\d{1,2}", first):  # 'between 9 and 12 April'
        first = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)", first, second, count=1)
    elif re.fullmatch(r"\d{1,2}", second):  # 'from April 9 to 12'
        second = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)", second, first, count=1)
    try:
        end = reading.single(second)[1]
        start = reading.single(first)[0]
    except _UnknownError:
        return None
    return (start, end) if start <= end else None


def _union(reading: _Reading, first: str, second: str) -> Days | None:
    one, other = reading.fullmatch(first), reading.fullmatch(second)
    if one is None or other is None:
        return None
    return min(one[0], other[0]), max(one[1], other[1])


def _open_start(reading: _Reading, rest: str) -> Days:
    reading.days(rest)
    raise _UnknownError(NO_START)


_Join = Callable[..., Days | None]
_JOINS: tuple[tuple[re.Pattern[str], _Join], ...] = (
    (re.compile(r"(?:ever\s+)?since\s+(.+)"), _since),
    (re.compile(r"(?:ever\s+)?since()"), _since),
    (re.compile(r"(?:from|between)\s+(.+?)\s+(?:to|until|till|through|and)\s+(.+)"), _from_to),
    (re.compile(r"(.+?)\s+(?:to|until|till|through)\s+(.+)"), _from_to),
    (re.compile(r"(?:from|starting|beginning)\s+((?!past|last)(?:early on\s+|late on\s+)?.+)"), _since),
    (re.compile(r"(.+?)\s+(?:and|into)\s+(?:into\s+|one\s+)?(?:on\s+)?(.+)"), _union),
    (re.compile(r"(?:by|until|till|before|up to|no later than|not later than)\s+(.+)"), _open_start),
)


# --- single expressions ---------------------------------------------------------------------------------------------


def _date(reading: _Reading, match: re.Match[str]) -> Days:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _month_number(reading, match)
    ordinal = parts["d"]
    number = reading.lexicon.ordinals.get(ordinal) or int(re.sub(r"\D", "", ordinal))
    year = parts.get("y")
    if year:
        return _one_day(int(year), month, number)
    day = reading.day()
    if (month, number) == (2, 29):
        years: Iterator[int] = (
            y for y in range(day.year, day.year + (9 if reading.ahead else -9), 1 if reading.ahead else -1)
        )
        leap = [y for y in years if calendar.isleap(y)]
        candidates = [dt.date(y, 2, 29) for y in leap]
    else:
        candidates = [_one_day(y, month, number)[0] for y in (day.year - 1, day.year, day.year + 1)]
    fitting = [c for c in candidates if (c >= day if reading.ahead else c <= day)]
    if not fitting:
        raise _UnknownError(NOT_UNDERSTOOD)
    chosen = min(fitting) if reading.ahead else max(fitting)
    return chosen, chosen


def _one_day(year: int, month: int, day: int) -> Days:
    try:
        date = dt.date(year, month, day)
    except ValueError as error:
        raise _UnknownError("no such day in the calendar") from error
    return date, date


def _month_number(reading: _Reading, match: re.Match[str]) -> int:
    wanted = match["month"]
    return next(number for name, number in reading.lexicon.months.items() if name.lower() == wanted)


def _month(reading: _Reading, match: re.Match[str]) -> Days:
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
    return _third_of_month(year, month, _third(reading, parts.get("third")))


def _year_of_month(day: dt.date, month: int, *, ahead: bool, strictly: bool) -> int:
    if ahead and not strictly:
        return day.year if month >= day.month else day.year + 1
    earlier = month < day.month if strictly else month <= day.month
    return day.year if earlier else day.year - 1


def _third(reading: _Reading, words: str | None) -> int | None:
    return None if not words else reading.lexicon.thirds[words.strip()]


def _third_of_month(year: int, month: int, third: int | None) -> Days:
    last = calendar.monthrange(year, month)[1]
    first, end = {None: (1, last), 1: (1, 10), 2: (11, 20), 3: (21, last)}[third]
    return dt.date(year, month, first), dt.date(year, month, end)


def _third_of_year(year: int, third: int | None) -> Days:
    first, end = {None: (1, 12), 1: (1, 4), 2: (5, 8), 3: (9, 12)}[third]
    return dt.date(year, first, 1), dt.date(year, end, calendar.monthrange(year, end)[1])


def _year(reading: _Reading, match: re.Match[str]) -> Days:
    return _third_of_year(int(match["y"]), _third(reading, match["third"]))


def _first_months(reading: _Reading, match: re.Match[str]) -> Days:
    year, count = int(match["y"]), reading.count(match["n"])
    if not 1 <= count <= 12:
        raise _UnknownError(NOT_UNDERSTOOD)
    return dt.date(year, 1, 1), dt.date(year, count, calendar.monthrange(year, count)[1])


def _century(reading: _Reading, match: re.Match[str]) -> Days:
    number = int(match["n"])
    if number < 1:
        raise _UnknownError(NOT_UNDERSTOOD)
    return dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31)


def _season(reading: _Reading, match: re.Match[str]) -> Days:
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


def _calendar(reading: _Reading, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    day, when = reading.day(), match["when"]
    parts = match.groupdict()
    if base in {"hour", "day"} and size == 1:
        shift = {"this": 0, "next": 1, "coming": 1}.get(when, -1)
        return day + shift * _DAY, day + (shift if base == "day" else max(shift, 0)) * _DAY
    if size != 1 or when in {"past", "coming"}:  # a fortnight, a decade; 'the past week': that far back to publication
        return _back(day, base, size) if when not in {"next", "coming"} else (day, _shift(day, base, size))
    shift = {"this": 0, "the": 0, "next": 1, "coming": 1}.get(when, -1)
    start, end = _period(_shift(day, base, shift), base)
    third = _third(reading, parts.get("third"))
    if third is not None:
        return _third_of_period(start, end, base, third)
    if shift == 0:
        later = parts.get("soft") == "later" or (reading.ahead and parts.get("soft") is None)
        return (min(day + _DAY, end) if parts.get("soft") == "later" else day, end) if later else (start, day)
    return start, end


def _stretch(reading: _Reading, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    return _back(reading.day(), base, size)


def _third_of_period(start: dt.date, end: dt.date, base: str, third: int) -> Days:
    if base == "year":
        return _third_of_year(start.year, third)
    if base == "month":
        return _third_of_month(start.year, start.month, third)
    first, last = {1: (0, 2), 2: (2, 4), 3: (4, 6)}[third]
    return start + first * _DAY, start + last * _DAY


def _period(day: dt.date, base: str) -> Days:
    """The week (Monday to Sunday), month or year that `day` lies in."""
    if base == "week":
        monday = day - day.weekday() * _DAY
        return monday, monday + 6 * _DAY
    if base == "month":
        return _third_of_month(day.year, day.month, None)
    return _third_of_year(day.year, None)


def _shift(day: dt.date, base: str, count: int) -> dt.date:
    """`day` moved by `count` units, forward or (negative) back; the last of a month stays within it."""
    if base == "hour":
        return day + (1 if count > 0 else -1) * -(-abs(count) // 24) * _DAY
    if base in {"day", "week"}:
        return day + count * (7 if base == "week" else 1) * _DAY
    months = day.year * 12 + day.month - 1 + count * (12 if base == "year" else 1)
    year, month = divmod(months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise _UnknownError(NOT_UNDERSTOOD)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _back(day: dt.date, base: str, count: int) -> Days:
    return _shift(day, base, -count), day


def _weekend(reading: _Reading, match: re.Match[str]) -> Days:
    day, when = reading.day(), match["when"]
    saturday = day - ((day.weekday() - 5) % 7) * _DAY
    if when in {"next", "coming"} or (reading.ahead and when != "last"):
        saturday = day + ((5 - day.weekday()) % 7) * _DAY
    elif when == "last" and day.weekday() >= 5:
        saturday -= 7 * _DAY
    return saturday, saturday + _DAY


def _weekday(reading: _Reading, match: re.Match[str]) -> Days:
    wanted = next(n for name, n in reading.lexicon.weekdays.items() if name.lower() == match["weekday"]) - 1
    day, when = reading.day(), match["when"]
    back = (day.weekday() - wanted) % 7
    if when in {"last", "past", "previous"}:
        found = day - (back or 7) * _DAY
    elif when in {"next", "coming"} or reading.ahead:
        found = day + ((wanted - day.weekday()) % 7) * _DAY
    else:
        found = day - back * _DAY
    return found, found


def _past(reading: _Reading, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    return _back(reading.day(), base, size * reading.count(match["n"]))


def _next(reading: _Reading, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    return reading.day(), _shift(reading.day(), base, size * reading.count(match["n"]))


def _ago(reading: _Reading, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    day = _shift(reading.day(), base, -size * reading.count(match["n"]))
    return _period(day, base) if base in {"month", "year"} else (day, day)


def _nth_day(reading: _Reading, match: re.Match[str]) -> Days:
    return reading.day() - (reading.lexicon.ordinals[match["nth"]] - 1) * _DAY, reading.day()


def _offset(reading: _Reading, match: re.Match[str]) -> Days:
    base, size = reading.unit(match["unit"])
    sign = 1 if match["sign"] in {"after", "later"} else -1
    try:
        start, end = reading.days(match["rest"]) if match["rest"] else reading.anchor()
    except _UnknownError as error:
        if not match["rest"] or str(error) != NOT_UNDERSTOOD:
            raise
        start, end = reading.anchor()
    count = size * reading.count(match["n"])
    if base == "hour":
        count, base = count // 24, "day"
    origin = end if sign > 0 else start
    day = _shift(origin, base, sign * count)
    return (day, day) if base in {"day", "week"} else _period(day, base)


def _counted(reading: _Reading, match: re.Match[str]) -> Days:
    day = reading.day() + reading.lexicon.days_from_publication[match["counted"]] * _DAY
    return day, day


def _overnight(reading: _Reading, match: re.Match[str]) -> Days:
    if reading.ahead:
        return reading.day(), reading.day() + _DAY
    return reading.day() - _DAY, reading.day()


def _anaphor(reading: _Reading, match: re.Match[str]) -> Days:
    base, count = reading.lexicon.anaphors[match["anaphor"]]
    start, end = reading.anchor()
    if base == "day":
        return _shift(start, base, count), _shift(end, base, count)
    return _period(_shift(start, base, count), base)


def _fuzzy(reading: _Reading, match: re.Match[str]) -> Days:
    raise _UnknownError(NO_DAYS)


_RULES: dict[str, Callable[[_Reading, re.Match[str]], Days]] = {
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
