from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.model import DateEvidence, Report
from rashomon.reading.days import dateline_words, find_days, find_hijri, order_of, parse_day
from rashomon.reading.options import RawReport, ReadOptions
from rashomon.reading.reports import build_report

WORDS = dateline_words(Layers())
OUTLETS = Outlets.load(Layers())
BODY = "Shells fell on the road to Jairud, and two people were killed there, residents of the town said by telephone."


def _report(text: str, published: str | None = None, outlet: str | None = None, title: str | None = None) -> Report:
    raw = RawReport(text=text, where="page.txt", published=published, outlet=outlet, title=title)
    return build_report(raw, ReadOptions(), OUTLETS)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 July 2017", "2017-07-12"),
        ("Wed 05 Apr 2017", "2017-04-05"),
        ("April 7th, 2017", "2017-04-07"),
        ("Jul 012016", "2016-07-01"),
        ("Aug. 1 2016", "2016-08-01"),
        ("18.05.2017", "2017-05-18"),
        ("2017-03-04T10:11:00Z", "2017-03-04"),
        ("3/25/2017", "2017-03-25"),
        ("18 أبريل، 2018", "2018-04-18"),
        ("الأربعاء ١٨ نيسان ٢٠١٨", "2018-04-18"),
        ("1 كانون الثاني 2017", "2017-01-01"),
    ],
)
def test_days_are_read_in_many_shapes(text: str, day: str) -> None:
    found = find_days(f"x {text} x", WORDS)
    assert [str(found_day.day) for found_day in found] == [day]


@pytest.mark.parametrize(
    "text", ["13930119000165_PhotoI", "31 June 2017", "12/2017", "1.2.3.2017", "May 2016", "3,093"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert find_days(text, WORDS) == []


def test_figures_with_two_readings_keep_both() -> None:
    day = parse_day("3/4/2017", WORDS)
    assert day is not None
    assert day.day is None
    assert day.read("dmy") == dt.date(2017, 4, 3)
    assert day.read("mdy") == dt.date(2017, 3, 4)
    assert order_of(["3/4/2017", "3/25/2017"]) == "mdy"
    assert order_of(["3/4/2017", "25/3/2017"]) == "dmy"
    assert order_of(["3/4/2017"]) is None
    assert order_of(["13/4/2017", "4/13/2017"]) is None


def test_hijri_dates_become_days() -> None:
    assert [day for _, day in find_hijri("| 5 Dhul-Qaʿda 1439 |", WORDS)] == [dt.date(2018, 7, 18)]


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)))
def test_a_day_is_found_however_it_is_written(day: dt.date) -> None:
    for text in (
        f"{day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%a} {day.day} {day:%b %Y}",
        str(day),
    ):
        assert [found.day for found in find_days(f"said: {text}.", WORDS)] == [day]


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.text(alphabet="0123456789/.- JanulyMon,٢٠١٨نيسان", max_size=60))
def test_any_text_is_survived(text: str) -> None:
    for found in find_days(text, WORDS):
        assert found.readings
        assert found.span.end <= len(text)


def test_a_header_line_counts_and_the_day_of_a_visit_does_not() -> None:
    text = (
        "Islamic Invitation Turkey\n  3 May 2019 - Friday - 28 Sha'ban 1440 | 03/05/2019 (12) 02/05/2019 (40) "
        "Total: 9,120 content\n\n"
        f"Shells fall on road to Jairud\n\n12 July 2017 12:44\n\n{BODY}\n"
    )
    report = _report(text)
    assert report.publication.day == dt.date(2017, 7, 12)
    assert report.publication.evidence is DateEvidence.HEADER
    assert report.publication.quote == "12 July 2017 12:44"
    assert "2019-05-03" in report.publication.note
    assert report.outlet == "islamic-invitation-turkey"
    assert report.title == "Shells fall on road to Jairud"


def test_an_arabic_dateline_in_an_english_page() -> None:
    dateline = "تحرير فلان 🕔 تم النشر بتاريخ : 18 أبريل، 2018 10:45 ص"
    text = f"Shells fall on road to Jairud\n\n{dateline}\n\nRif Dimashq - SMART\n\n{BODY}\n"
    report = _report(text)
    assert (report.publication.day, report.publication.evidence) == (dt.date(2018, 4, 18), DateEvidence.DATELINE)
    assert report.outlet == "smart-news"
    assert report.language == "en"


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("Wed 05 Apr 2017 Shells fall on road. " + BODY, None, "2017-04-05"),
        ("Date of publication 6 June 2016 " + BODY + " Tags Syria Two men came.", None, "2016-06-06"),
        ("Last updated at Jul 012016 BEIRUT " + BODY, None, "2016-07-01"),
        ("Shells fall on road AFP Monday 2 Feb 2015 " + BODY, "Shells fall on road", "2015-02-02"),
        (
            "Shells fall on road Reuters Desk 1540 18.05.2017(updated 1611 18.05.2017) " + BODY,
            "Shells fall on road",
            "2017-05-18",
        ),
        ("Friday 21 November 2014 10:13 35 Men Killed " + BODY, None, "2014-11-21"),
        ("AMMAN, April 4, 2017 (Reuters) - " + BODY, None, "2017-04-04"),
        ("07-08-2013 Shells fall on road. " + BODY, None, "2013-08-07"),
    ],
)
def test_the_head_of_a_page_that_came_as_one_line(text: str, title: str | None, day: str) -> None:
    report = _report(text, title=title)
    assert str(report.publication.day) == day
    first = report.furniture[0]
    assert BODY in text
    assert not any(piece.span.start <= text.index(BODY) < piece.span.end for piece in report.furniture), first


def test_a_line_with_only_a_day_is_no_headline() -> None:
    report = _report(f"Example World Wire\n18 April 2018 19:05 GMT\n\nTalks on the hills near a deal\n\n{BODY}\n")
    assert report.title == "Talks on the hills near a deal"
    assert report.outlet == "example-wire"


@pytest.mark.parametrize(
    "line",
    [
        "Published: 10:45 AM - 18 April 2018",
        "Posted by: admin in Syria 18 April 2018",
        "By Nora Quill | Apr 18, 2018 at 10:45 AM",
        "Wednesday, 18 April, 2018 - 10:45",
        "Submitted by Nora on Wed, 04/18/2018 - 10:45",
        "نشر: 2018/4/18",
    ],
)
def test_a_line_that_dates_the_page_is_furniture_as_a_whole(line: str) -> None:
    report = _report(f"Shells fall on road to Jairud\n\n{line}\n\n{BODY}\n")
    assert report.publication.day == dt.date(2018, 4, 18)
    assert [piece.span.of(report.text) for piece in report.furniture] == [line]


@pytest.mark.parametrize(
    "place", ["ISTANBUL —", "BEIRUT:", "Damascus, SANA-", "BEIRUT, LEBANON (10:30 A.M.) -", "(AFP) —"]
)
def test_where_a_story_was_filed_from_is_no_place_of_the_story(place: str) -> None:
    report = _report(f"Damascus: shells fall on road\n\n{place} {BODY}\n")
    assert [piece.span.of(report.text) for piece in report.furniture] == [place]


def test_a_dateline_goes_before_the_inputs_date_and_says_so() -> None:
    report = _report("Wed 05 Apr 2017 " + BODY, published="2017-04-09")
    assert report.publication.day == dt.date(2017, 4, 5)
    assert "2017-04-09" in report.publication.note
    assert _report(BODY, published="2017-04-09").publication.evidence is DateEvidence.INPUT


def test_a_dateline_that_lost_its_first_digit_contradicts_nothing() -> None:
    cut = _report("5-04-2016 Shells on the ring road. " + BODY, published="2016-04-25").publication
    assert (cut.day, cut.evidence) == (dt.date(2016, 4, 25), DateEvidence.INPUT)
    assert "lost a digit" in cut.note
    another_day = _report("5-04-2016 Shells. " + BODY, published="2016-04-26").publication
    assert "lost a digit" not in another_day.note
    other_month = _report("5-04-2016 " + BODY, published="2016-05-15").publication
    assert "lost a digit" not in other_month.note


def test_figures_follow_the_outlets_order_or_the_inputs_date_or_stay_bounds() -> None:
    text = "04/05/2017 " + BODY
    assert _report(text, outlet="dailysabah").publication.day == dt.date(2017, 5, 4)
    assert _report(text, outlet="reuters").publication.day == dt.date(2017, 4, 5)
    assert _report(text, published="2017-04-05").publication.day == dt.date(2017, 4, 5)
    open_one = _report(text).publication
    assert (open_one.day, open_one.earliest, open_one.latest) == (None, dt.date(2017, 4, 5), dt.date(2017, 5, 4))


@pytest.mark.parametrize(
    "text",
    [
        "On 12 July 2017 shells fell on the road, and two people were killed there, residents told reporters.",
        "Smoke rises over the ridge near Jairud, July 12 2017. (AFP photo) " + BODY,
        "13930119000165_PhotoI\n\n" + BODY,
        BODY + "\n\nRelated news\n12 July 2017\nBuses wait\n",
    ],
)
def test_a_day_that_is_not_the_pages_own_is_not_taken(text: str) -> None:
    assert _report(text).publication.day is None


def test_bounds_from_the_text_and_no_invented_year() -> None:
    found = _report(BODY + " The war began in March 2011. The army retook the town on January 26.").publication
    assert (found.day, found.earliest, found.evidence) == (None, dt.date(2011, 3, 1), DateEvidence.TEXT_BOUNDS)
    assert "January 26" in found.note
    found = _report(BODY + " Fighters came in early 2015. The road will be open by 2019.").publication
    assert found.earliest == dt.date(2015, 1, 1)
    found = _report(BODY + " The army retook the town on January 26.").publication
    assert (found.earliest, found.latest, found.evidence) == (None, None, DateEvidence.NONE)
    assert "without a year" in found.note


def test_an_input_date_that_cannot_be_read_is_told() -> None:
    assert "'soon'" in _report(BODY, published="soon").publication.note
    assert _report(BODY, published="2 hours ago").publication.day is None
    assert _report(BODY, published="5 avril 2017").publication.day == dt.date(2017, 4, 5)


def test_a_weekday_that_ends_a_sentence_is_not_the_next_lines() -> None:
    text = "Rebels killed 40 people in Homs on Sunday.\n3 May 2018: the army shelled Douma."
    report = _report(text, published="2018-04-18")
    assert report.publication.day == dt.date(2018, 4, 18)
    assert report.furniture == ()
    assert find_days("It ended on Thursday. 3 May 2018 was quiet.", WORDS)[0].weekday is None
    assert find_days("Thurs. 3 May 2018", WORDS)[0].weekday == 3
    assert find_days("Thursday, 3 May 2018", WORDS)[0].weekday == 3


def test_a_weekday_of_another_day_makes_no_dateline() -> None:
    lead = "Rebels shell Rastan again Sunday 3 May 2018 "  # a Thursday
    assert _report(lead + BODY).publication.day is None
    assert _report(lead.replace("Sunday", "Thursday") + BODY).publication.day == dt.date(2018, 5, 3)
