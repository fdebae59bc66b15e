"""Who normally tells of such events and kept silent, with the figures; and when nothing can be said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hearing_bench import DAY, HILLS, LAKES, TARN, Bench
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.linking.silence import Covered, around, silent, why_not_known
from rashomon.model import Event, PlaceResolution, Silence

NOW = DAY + dt.timedelta(days=30)


@pytest.fixture
def bench() -> Bench:
    """The Bugle and the Clarion publish on the day of the event, the Herald a week later."""
    made = Bench.fresh()
    made.report("b", "bugle", NOW)
    made.report("b2", "bugle", NOW + dt.timedelta(days=3))
    made.report("c", "clarion", NOW)
    made.report("h", "herald", NOW + dt.timedelta(days=7))
    return made


def event(
    name: str,
    *outlets: str,
    type_name: str = "air_strike",
    day: dt.date | None = DAY,
    end: dt.date | None = None,
    place: PlaceResolution | None = TARN,
) -> Covered:
    accounts = Event(name, (), type_name, day, end or day, place, (), len(outlets), len(outlets), len(outlets))
    return Covered(accounts, frozenset(outlets))


THIS = event("this", "clarion", day=NOW)
OTHERS = [
    event("1", "bugle", "clarion"),
    event("2", "bugle", "clarion", "herald", type_name="shelling", place=HILLS),
    event("3", "bugle", "herald", type_name="casualties"),
    event("4", "clarion", "herald"),
    event("only one", "bugle"),
    event("other kind", "bugle", "clarion", type_name="protest"),
    event("elsewhere", "bugle", "clarion", place=LAKES),
    event("long ago", "bugle", "clarion", day=NOW - dt.timedelta(days=61)),
    event("undated", "bugle", "clarion", day=None),
    event("nowhere", "bugle", "clarion", place=None),
]


def silences(bench: Bench, covered: Covered = THIS, others: list[Covered] = OTHERS) -> tuple[Silence, ...]:
    return silent(covered, others, bench.witnesses, bench.rules, bench.ways)


def test_an_outlet_that_normally_tells_and_did_not(bench: Bench) -> None:
    """The Herald told of three of the four as well, but published nothing in the days after."""
    assert silences(bench) == (Silence("bugle", "Close to the north", 3, 4, 60, 2, 3),)


def test_who_told_of_it_is_not_silent(bench: Bench) -> None:
    assert silences(bench, replace(THIS, outlets=frozenset({"clarion", "bugle"}))) == ()


def test_who_seldom_tells_is_not_missed(bench: Bench) -> None:
    many = [event(f"more {n}", "clarion", "herald") for n in range(7)]
    assert silences(bench, others=OTHERS + many) == ()
    assert silences(bench, others=OTHERS[:2]) == ()


@pytest.mark.parametrize(
    ("covered", "why"),
    [
        (event("this", day=None), "no day of it is known"),
        (event("this", day=NOW, place=None), "its governorate is not known"),
        (event("this", day=NOW, end=NOW + dt.timedelta(days=90)), "it goes on for more than 60 days"),
    ],
)
def test_why_nothing_can_be_said(bench: Bench, covered: Covered, why: str) -> None:
    assert why_not_known(covered.event, bench.ways) == why
    assert silences(bench, covered) == ()


def test_the_months_around(bench: Bench) -> None:
    assert around(THIS.event, bench.ways) == (NOW - dt.timedelta(days=60), NOW + dt.timedelta(days=60))
    assert why_not_known(THIS.event, bench.ways) == ""


@settings(max_examples=20, deadline=None)
@given(st.permutations([*OTHERS, THIS]))
def test_the_order_of_events_does_not_matter(shuffled: list[Covered]) -> None:
    bench = Bench.fresh()
    bench.report("b", "bugle", NOW)
    assert silences(bench, others=shuffled) == (Silence("bugle", "Close to the north", 3, 4, 60, 1, 3),)
