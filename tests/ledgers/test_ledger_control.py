"""The ledger of control: who is said to hold what, contested places, and never longer than somebody says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from rashomon.ledgers import Asked, Control, Telling, Told, Who, control
from rashomon.ledgers.control import State

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]


def shown(ledger: Control) -> list[tuple[str, str, str, str]]:
    return [(row.holder, row.state.value, str(row.first), str(row.until)) for row in ledger.rows]


def test_a_stretch_ends_where_another_claim_says_otherwise(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = control(
        [
            told(telling("control", "ongoing", actors=["Redshirts"], days="2018-01-01")),
            told(telling("control", "ongoing", actors=["Redshirts"], days="2018-02-01")),
            told(telling("capture", actors=["Blueshirts"], days="2018-03-01")),
        ],
        Asked(),
        who,
    )
    assert shown(ledger) == [
        ("Redshirts", "held", "2018-01-01", "2018-03-01"),
        ("Blueshirts", "held", "2018-03-01", "None"),
    ]
    assert ledger.rows[0].last == dt.date(2018, 2, 1)
    assert ledger.rows[0].until_says == "Blueshirts: capture"


def test_two_who_are_said_to_hold_it_at_one_time_contest_it(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = control(
        [
            told(telling("control", "ongoing", actors=["Redshirts"], days="2018-01-01")),
            told(telling("control", "ongoing", actors=["Blueshirts"], days="2018-01-05")),
            told(telling("control", "ongoing", actors=["Redshirts"], days="2018-01-09")),
        ],
        Asked(),
        who,
    )
    assert {row.state for row in ledger.rows} == {State.CONTESTED}
    assert {row.holder: row.against for row in ledger.rows} == {
        "Redshirts": ("Blueshirts",),
        "Blueshirts": ("Redshirts",),
    }


def test_a_place_taken_and_taken_back_is_held_three_times(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    takings = [("Redshirts", "2018-01-01"), ("Blueshirts", "2018-02-01"), ("Redshirts", "2018-03-01")]
    events = [told(telling("capture", actors=[name], days=when)) for name, when in takings]
    assert shown(control(events, Asked(), who)) == [
        ("Redshirts", "held", "2018-01-01", "2018-02-01"),
        ("Blueshirts", "held", "2018-02-01", "2018-03-01"),
        ("Redshirts", "held", "2018-03-01", "None"),
    ]


def test_who_is_driven_out_has_left_not_the_driver(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = control(
        [
            told(telling("control", "ongoing", actors=["Redshirts"], days="2018-01-01")),
            told(telling("withdrawal", actors=["Blueshirts"], targets=["Redshirts"], days="2018-02-01")),
        ],
        Asked(),
        who,
    )
    assert shown(ledger) == [("Redshirts", "held", "2018-01-01", "2018-02-01")]
    assert ledger.rows[0].until_says == "Redshirts left"


def test_plans_take_nothing_and_denials_are_shown(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = control(
        [
            told(
                telling("capture", actors=["Redshirts"], days="2018-01-01"),
                telling("capture", "denied", actors=["Redshirts"], days="2018-01-01", outlet="free"),
            ),
            told(telling("capture", "planned", actors=["Blueshirts"], days="2018-01-03")),
        ],
        Asked(),
        who,
    )
    (row,) = ledger.rows
    assert row.holder == "Redshirts"
    assert [one.outlet for one in row.denials] == ["Free Voice"]


def test_the_map_of_a_day_knows_nothing_later(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [
        told(telling("capture", actors=["Redshirts"], days="2018-01-01")),
        told(telling("capture", actors=["Blueshirts"], days="2018-02-01")),
        told(telling("capture", actors=["Blueshirts"], days="2018-01-10", place="Bela")),
    ]
    january = control(events, Asked(), who, dt.date(2018, 1, 5))
    assert [(row.place, row.holder, row.until) for row in january.rows] == [("Alma", "Redshirts", None)]
    march = control(events, Asked(), who, dt.date(2018, 3, 5))
    assert [(row.place, row.holder) for row in march.rows] == [("Alma", "Blueshirts"), ("Bela", "Blueshirts")]


def test_what_no_day_is_known_of_is_listed_apart(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = control([told(telling("control", "ongoing", actors=["Redshirts"], days=None, said=None))], Asked(), who)
    assert ledger.rows == ()
    assert len(ledger.undated) == 1
