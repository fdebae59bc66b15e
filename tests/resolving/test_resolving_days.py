"""Which days the words of a report mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.knowledge.files import Layers
from rashomon.knowledge.wordlists import TimeLexicon
from rashomon.model import DaysResolution, Mention, Publication, Status
from rashomon.resolving.days import resolve_days

LEXICON = TimeLexicon.load(Layers())
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [name for name in LEXICON.months if len(name) > 4]
FEBRUARY = dt.date(2017, 2, 15)  # a Wednesday

days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
properties = settings(derandomize=True, deadline=None, max_examples=150)


def resolve(
    words: str,
    published: dt.date | None = FEBRUARY,
    status: Status = Status.OCCURRED,
    antecedent: str | None = None,
    quote: str = "",
) -> DaysResolution:
    return resolve_days(Mention(words, None, antecedent), status, Publication(day=published), LEXICON, quote)


def spelled(found: DaysResolution) -> str:
    return f"{found.start} {found.end}" if found.start else found.reason


@pytest.mark.parametrize(
    ("words", "published", "status", "expected"),
    [
        (
            "a day after the town was taken",
            FEBRUARY,
            Status.OCCURRED,
            "counted from something that the words do not name",
        ),
        ("two days after January 3 2017", None, Status.OCCURRED, "2017-01-05 2017-01-05"),
    ],
)
def test_what_has_happened_is_not_counted_onwards_from_the_day_of_publication(
    words: str, published: dt.date | None, status: Status, expected: str
) -> None:
    assert spelled(resolve(words, published, status)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Wednesday", "2017-02-15 2017-02-15"),
        ("Tuesday night", "2017-02-14 2017-02-14"),
        ("late on Monday", "2017-02-13 2017-02-13"),
        ("Thursdays", "2017-02-09 2017-02-09"),
        ("Last Sunday", "2017-02-12 2017-02-12"),
        ("last Wednesday", "2017-02-08 2017-02-08"),
        ("late Monday and early Tuesday", "2017-02-13 2017-02-14"),
        ("from Friday to Sunday", "2017-02-10 2017-02-12"),
        ("since Tuesday night", "2017-02-14 2017-02-15"),
        ("past 24 hours", "2017-02-14 2017-02-15"),
        ("over the past 48 hours", "2017-02-13 2017-02-15"),
        ("during the past week", "2017-02-08 2017-02-15"),
        ("in the last week", "2017-02-08 2017-02-15"),
        ("last week", "2017-02-06 2017-02-12"),
        ("over the past eight months", "2016-06-15 2017-02-15"),
        ("over the past few days", "2017-02-12 2017-02-15"),
        ("two days ago", "2017-02-13 2017-02-13"),
        ("three years ago", "2014-01-01 2014-12-31"),
        ("for five years", "2012-02-15 2017-02-15"),
        ("five-year", "2012-02-15 2017-02-15"),
        ("two years old", "2015-02-15 2017-02-15"),
        ("for the third consecutive day", "2017-02-13 2017-02-15"),
        ("overnight", "2017-02-14 2017-02-15"),
        ("last night", "2017-02-14 2017-02-14"),
        ("today", "2017-02-15 2017-02-15"),
        ("yesterday", "2017-02-14 2017-02-14"),
        ("this week", "2017-02-13 2017-02-15"),
        ("earlier this month", "2017-02-01 2017-02-15"),
        ("last month", "2017-01-01 2017-01-31"),
        ("last year", "2016-01-01 2016-12-31"),
        ("late last year", "2016-09-01 2016-12-31"),
        ("at the weekend", "2017-02-11 2017-02-12"),
        ("On the first of April", "2016-04-01 2016-04-01"),
        ("on January 26", "2017-01-26 2017-01-26"),
        ("the 4th of March", "2016-03-04 2016-03-04"),
        ("26 January 2015", "2015-01-26 2015-01-26"),
        ("Sept. 19, 2016", "2016-09-19 2016-09-19"),
        ("2016-09-19", "2016-09-19 2016-09-19"),
        ("18.05.2016", "2016-05-18 2016-05-18"),
        ("in September", "2016-09-01 2016-09-30"),
        ("last December", "2016-12-01 2016-12-31"),
        ("in June last year", "2016-06-01 2016-06-30"),
        ("in late September", "2016-09-21 2016-09-30"),
        ("mid-January", "2017-01-11 2017-01-20"),
        ("in early 2015", "2015-01-01 2015-04-30"),
        ("mid-2012", "2012-05-01 2012-08-31"),
        ("late 2015", "2015-09-01 2015-12-31"),
        ("since March 2011", "2011-03-01 2017-02-15"),
        ("since the fighting began in early 2012", "2012-01-01 2017-02-15"),
        ("since the start of the year", "2017-01-01 2017-02-15"),
        ("in the summer of 2012", "2012-06-01 2012-08-31"),
        ("between January 3 and January 9", "2017-01-03 2017-01-09"),
        ("from 3 to 9 January", "2017-01-03 2017-01-09"),
        ("between 2013 and 2015", "2013-01-01 2015-12-31"),
        ("the first six months of 2016", "2016-01-01 2016-06-30"),
        ("February 29", "2016-02-29 2016-02-29"),
    ],
)
def test_days_of_what_has_occurred(words: str, expected: str) -> None:
    assert spelled(resolve(words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Friday", "2017-02-17 2017-02-17"),
        ("Wednesday", "2017-02-15 2017-02-15"),
        ("in March", "2017-03-01 2017-03-31"),
        ("on January 26", "2018-01-26 2018-01-26"),
        ("next week", "2017-02-20 2017-02-26"),
        ("tomorrow", "2017-02-16 2017-02-16"),
        ("in the next 24 hours", "2017-02-15 2017-02-16"),
        ("over the next 60 days", "2017-02-15 2017-04-16"),
        ("later this week", "2017-02-16 2017-02-19"),
        ("since Monday", "2017-02-13 2017-02-15"),
    ],
)
def test_what_is_planned_lies_ahead(words: str, expected: str) -> None:
    assert spelled(resolve(words, status=Status.PLANNED)) == expected


def test_what_is_possible_lies_ahead_unless_only_the_event_is_doubted() -> None:
    assert resolve("on Friday", status=Status.POSSIBLE).start == dt.date(2017, 2, 17)
    doubted = resolve("on Friday", status=Status.POSSIBLE, quote="a suspected gas attack on Friday")
    assert doubted.start == dt.date(2017, 2, 10)


@pytest.mark.parametrize(
    ("words", "antecedent", "expected"),
    [
        ("Since then", "in early 2015", "2015-01-01 2017-02-15"),
        ("that day", "on Monday", "2017-02-13 2017-02-13"),
        ("the day before", "on Monday", "2017-02-12 2017-02-12"),
        ("a day later", "on January 26", "2017-01-27 2017-01-27"),
        ("two weeks after", "on January 1", "2017-01-15 2017-01-15"),
        ("the following month", "in May 2016", "2016-06-01 2016-06-30"),
    ],
)
def test_days_counted_from_another_expression(words: str, antecedent: str, expected: str) -> None:
    assert spelled(resolve(words, antecedent=antecedent)) == expected


@pytest.mark.parametrize(
    "words", ["recently", "in recent days", "for months", "currently", "the day before", "by Friday"]
)
def test_what_names_no_days_says_so(words: str) -> None:
    found = resolve(words)
    assert found.start is None
    assert found.end is None
    assert found.reason


@pytest.mark.parametrize(
    "words", ["on Friday", "overnight", "in March", "on January 26", "since March 2011", "last year"]
)
def test_without_a_day_of_publication_relative_words_stay_unresolved(words: str) -> None:
    assert spelled(resolve(words, published=None)) == "no day of publication to count from"


@pytest.mark.parametrize(
    "words", ["26 January 2015", "in early 2015", "in March 2011", "in 2016", "between 2013 and 2015"]
)
def test_without_a_day_of_publication_absolute_words_resolve(words: str) -> None:
    assert resolve(words, published=None) == resolve(words)
    assert resolve(words).start is not None


@properties
@given(st.sampled_from(WEEKDAYS), days)
def test_a_weekday_lies_within_the_week_before_publication(weekday: str, published: dt.date) -> None:
    found = resolve(f"on {weekday}", published)
    assert found.start == found.end
    assert found.start is not None
    assert 0 <= (published - found.start).days < 7
    assert found.start.weekday() == WEEKDAYS.index(weekday)
    last = resolve(f"last {weekday}", published).start
    assert last is not None
    assert 1 <= (published - last).days <= 7


@properties
@given(st.sampled_from(WEEKDAYS), days)
def test_a_planned_weekday_lies_within_the_week_after_publication(weekday: str, published: dt.date) -> None:
    found = resolve(f"on {weekday}", published, Status.PLANNED)
    assert found.start is not None
    assert 0 <= (found.start - published).days < 7
    assert found.start.weekday() == WEEKDAYS.index(weekday)


@properties
@given(st.sampled_from(MONTHS), st.integers(1, 28), days)
def test_a_date_without_a_year_is_the_nearest_before_or_after(month: str, day: int, published: dt.date) -> None:
    past = resolve(f"on {month} {day}", published).start
    ahead = resolve(f"on {month} {day}", published, Status.PLANNED).start
    assert past is not None
    assert ahead is not None
    assert past <= published <= ahead
    assert (published - past).days <= 366
    assert (ahead - published).days <= 366
    assert past.day == ahead.day == day


@properties
@given(days, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%B %d %Y", "%Y-%m-%d", "%A %d %B %Y"]))
def test_a_full_date_is_itself(day: dt.date, form: str) -> None:
    assert resolve(day.strftime(form), None) == DaysResolution(day, day)


@properties
@given(st.integers(1, 400), st.sampled_from(["hours", "days", "weeks", "months"]), days)
def test_past_stretches_end_at_publication(count: int, unit: str, published: dt.date) -> None:
    found = resolve(f"over the past {count} {unit}", published)
    assert found.end == published
    assert found.start is not None
    assert found.start < published


PIECES = [
    *WEEKDAYS,
    *MONTHS,
    "early",
    "late",
    "mid-",
    "last",
    "next",
    "past",
    "since",
    "from",
    "to",
    "and",
    "the",
    "of",
]
PIECES += [
    "2011",
    "2016",
    "31",
    "29",
    "0",
    "four",
    "days",
    "weeks",
    "year",
    "ago",
    "overnight",
    "then",
    "after",
    "for",
    "%",
]


@properties
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), days, st.sampled_from(Status))
def test_any_words_give_ordered_days_or_a_reason(pieces: list[str], published: dt.date, status: Status) -> None:
    found = resolve(" ".join(pieces), published, status, antecedent="on Monday")
    if found.start is None or found.end is None:
        assert found.start is found.end is None
        assert found.reason
    else:
        assert found.start <= found.end
        assert not found.reason
    assert found == resolve(" ".join(pieces), published, status, antecedent="on Monday")
