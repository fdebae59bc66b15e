from __future__ import annotations

import random

from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.model import Report
from rashomon.reading import ReadOptions, witnesses
from rashomon.reading.options import RawReport
from rashomon.reading.reports import build_report

OUTLETS = Outlets.load(Layers())
LEAD = (
    "Fighters and their families left the town of Jairud by bus on Friday after the army had closed every road to it."
)
WIRE = (
    f"{LEAD} A dozen buses waited at the northern gate from dawn, and the first of them set off for the north at noon. "
    "The governor said that state offices would open again within a week, and that nobody would be made to leave. "
    "An activist in the town said that two hundred people had put their names on the list, and that more would stay. "
    "The deal was reached on Thursday with officers from Russia, who sat at the table from the first day of the talks."
)
OTHER = (
    "At least three shells fell on Jairud on Friday while buses with fighters were leaving the town, a monitor said. "
    "One driver was wounded, it added, and the convoy stood for two hours before it could go on to the north. "
    "It said that both sides had told each other beforehand which road would be taken, and that the deal still held."
)


def _report(name: str, text: str, outlet: str = "example-wire", published: str = "2018-04-20") -> Report:
    return build_report(
        RawReport(text=text, where="x", id=name, outlet=outlet, published=published), ReadOptions(), OUTLETS
    )


def test_the_same_text_in_other_dress_is_a_copy() -> None:
    top = "Example Harbour Times\nHome | News | Sport\n\nBuses leave Jairud\n\n20 April 2018\n\n"
    dressed = f"{top}{WIRE}\n\nRelated\nA headline\n"
    edited = WIRE.replace("Fighters", "Gunmen").replace("a week", "seven days").replace("dawn", "sunrise")
    found = witnesses(
        [
            _report("d", OTHER),
            _report("c", WIRE[: len(WIRE) * 2 // 3], published="2018-04-22"),
            _report("b", dressed, "example-harbour-times", "2018-04-21"),
            _report("e", edited, "example-free-voice", "2018-04-21"),
            _report("a", WIRE, published="2018-04-20"),
        ]
    )
    assert {name: witness.copies for name, witness in found.items()} == {
        "a": "a",
        "b": "a",
        "c": "a",
        "d": "d",
        "e": "a",
    }
    assert found["b"].outlet == "example-harbour-times"
    assert str(found["c"].published) == "2018-04-22"


def test_the_first_by_day_names_the_group_whatever_the_order() -> None:
    reports = [_report(str(number), WIRE, published=f"2018-04-{30 - number}") for number in range(5)]
    wanted = witnesses(reports)
    random.Random(1).shuffle(reports)
    assert witnesses(reports) == wanted
    assert {witness.copies for witness in wanted.values()} == {"4"}


def test_short_texts_are_copies_only_where_every_word_agrees() -> None:
    found = witnesses(
        [_report("a", "Three shells fell."), _report("b", "Three shells fell"), _report("c", "Two shells fell.")]
    )
    assert [found[name].copies for name in "abc"] == ["a", "a", "c"]


def test_reports_without_words_are_nobodys_copies() -> None:
    found = witnesses([_report("a", "Share\nTweet\n"), _report("b", "Tweet\nShare\n")])
    assert [found[name].copies for name in "ab"] == ["a", "b"]


def test_hundreds_of_reports_that_differ_in_one_number_are_one_text() -> None:
    reports = [_report(f"n{n:03}", WIRE.replace("two hundred", str(1000 + n))) for n in range(300)]
    found = witnesses([*reports, _report("other", OTHER)])
    assert {witness.copies for name, witness in found.items() if name != "other"} == {"n000"}
    assert found["other"].copies == "other"
