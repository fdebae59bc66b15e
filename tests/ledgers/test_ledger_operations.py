"""The ledger of operations: what is told of plans later, and never on the strength of an intention."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.ledgers import Asked, Operations, Telling, Told, Who, operations
from rashomon.ledgers.operations import Fate, Operation

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]


@pytest.fixture
def plan(telling: MakeTelling) -> Telling:
    return telling(
        "capture", "planned", actors=["Redshirts"], days=None, said="2018-04-01", source=("Ann Bo", "military")
    )


def only(ledger: Operations) -> Operation:
    (row,) = ledger.rows
    return row


def test_a_plan_of_which_nothing_is_heard_is_no_failure(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who
) -> None:
    row = only(operations([told(plan), told(telling("aid", said="2018-04-20"))], Asked(), who))
    assert row.fate is Fate.NOTHING
    assert str(row.heard_until) == "2018-04-20"
    assert row.stages == ()
    assert row.announcers == ("Ann Bo",)


def test_stages_are_laid_to_it_with_a_reason(plan: Telling, telling: MakeTelling, told: MakeTold, who: Who) -> None:
    row = only(
        operations(
            [
                told(plan),
                told(telling("ground_attack", "ongoing", place="Quarter", actors=["Redshirts"], days="2018-04-03")),
                told(telling("capture", actors=["Redshirts"], days="2018-04-09")),
            ],
            Asked(),
            who,
        )
    )
    assert row.fate is Fate.DONE
    assert [(s.fate.value, s.days_after) for s in row.stages] == [("begun", 2), ("done", 8)]
    assert row.stages[0].why == "ground_attack by Redshirts at Quarter, 1 km from Alma"


@pytest.mark.parametrize(
    "otherwise",
    [
        {"days": "2018-03-30"},  # earlier
        {"days": "2018-12-30", "said": "2018-12-30"},  # too long after
        {"actors": ["Blueshirts"]},
        {"actors": ["gunmen"]},
        {"place": "Bela"},
        {"place": "Syria"},
        {"status": "planned"},
        {"type_name": "air_strike"},
    ],
)
def test_what_does_not_fit_is_not_laid_to_it(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who, otherwise: dict[str, object]
) -> None:
    deed: dict[str, object] = {
        "type_name": "capture",
        "actors": ["Redshirts"],
        "days": "2018-04-09",
        "said": "2018-04-30",
    }
    ledger = operations([told(plan), told(telling(**deed | otherwise))], Asked(), who)
    assert next(row for row in ledger.rows if row.plan[0].claim == plan.claim.id).stages == ()


@pytest.mark.parametrize(("trigger", "status"), [("called the attack off", "occurred"), ("taking", "denied")])
def test_a_plan_is_halted_where_a_claim_says_so(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who, trigger: str, status: str
) -> None:
    deed = telling("capture", status, actors=["Redshirts"], days="2018-04-09", trigger=trigger)
    assert only(operations([told(plan), told(deed)], Asked(), who)).fate is Fate.HALTED


def test_that_something_else_did_not_happen_halts_no_plan(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who
) -> None:
    other = telling("ground_attack", "denied", actors=["Redshirts"], days="2018-04-09")
    row = only(operations([told(plan), told(other)], Asked(), who))
    assert (row.fate, row.stages) == (Fate.NOTHING, ())


def test_a_village_taken_begins_the_plan_for_its_governorate(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    wide = telling("offensive", "planned", place="Northland", actors=["Redshirts"], days=None, said="2018-04-01")
    raid = telling("ground_attack", place="Bela", actors=["Redshirts"], days="2018-04-03")
    assert only(operations([told(wide), told(raid)], Asked(), who)).fate is Fate.NOTHING
    taken = telling("capture", place="Bela", actors=["Redshirts"], days="2018-04-03")
    row = only(operations([told(wide), told(taken)], Asked(), who))
    assert row.fate is Fate.BEGUN
    assert row.stages[0].why == "capture by Redshirts at places within Northland"


def test_a_plan_of_unknown_day_says_why_nothing_is_laid_to_it(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    undated = telling("capture", "planned", actors=["Redshirts"], days=None, said=None)
    deed = telling("capture", actors=["Redshirts"], days="2018-04-09")
    row = only(operations([told(undated), told(deed)], Asked(), who))
    assert row.fate is Fate.NOTHING
    assert "not known" in row.note


def test_one_operation_told_of_twice_is_one_row(plan: Telling, telling: MakeTelling, told: MakeTold, who: Who) -> None:
    again = telling("offensive", "planned", actors=["Redshirts"], days=None, said="2018-04-05")
    late = telling("offensive", "planned", actors=["Redshirts"], days=None, said="2018-07-05")
    ledger = operations([told(plan), told(again), told(late)], Asked(), who)
    assert [len(row.plan) for row in ledger.rows] == [2, 1]


def test_records_count_what_came_about(plan: Telling, telling: MakeTelling, told: MakeTold, who: Who) -> None:
    other = telling("capture", "planned", place="Bela", actors=["Redshirts"], days=None, said="2018-04-01")
    deed = telling("capture", actors=["Redshirts"], days="2018-04-09")
    ledger = operations([told(plan), told(other), told(deed)], Asked(), who)
    record = next(record for record in ledger.records if record.of == "doer")
    assert (record.name, record.plans, record.done, record.nothing_heard) == ("Redshirts", 2, 1, 1)
    assert record.came_about == 0.5
    assert {record.name for record in ledger.records if record.of == "announcer"} == {"Ann Bo", "Northern Wire"}


def test_what_is_only_suspected_to_have_happened_is_no_plan(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    suspected = telling("chemical_attack", "possible", actors=["Redshirts"], days="2018-04-07", said="2018-04-08")
    feared = telling("chemical_attack", "possible", actors=["Redshirts"], days="2018-04-20", said="2018-04-08")
    row = only(operations([told(suspected), told(feared)], Asked(), who))
    assert [one.claim for one in row.plan] == [feared.claim.id]
    assert row.expected


def test_a_copy_that_comes_out_later_is_no_stage(plan: Telling, telling: MakeTelling, told: MakeTold, who: Who) -> None:
    copied = telling("siege", actors=["Redshirts"], days=None, said="2018-04-02")
    assert copied.claim.quote == plan.claim.quote
    assert only(operations([told(plan), told(copied)], Asked(), who)).fate is Fate.NOTHING


@pytest.mark.parametrize(
    "capture",
    [
        {"place": "Quarter"},
        {"trigger": "seized", "after": " a hilltop overlooking Alma."},
        {"trigger": "took", "after": " most of Alma."},
        {"trigger": "cut", "after": " the last supply route there."},
        {"trigger": "captured", "after": " several positions outside Alma."},
    ],
)
def test_a_part_of_a_town_taken_begins_the_plan_for_it(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who, capture: dict[str, str]
) -> None:
    deed = telling("capture", actors=["Redshirts"], days="2018-04-09", **capture)
    assert only(operations([told(plan), told(deed)], Asked(), who)).fate is Fate.BEGUN


@pytest.mark.parametrize("after", [" the town of Alma.", " the district of Alma.", " the northern city of Alma."])
def test_the_town_taken_is_the_plan_done(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who, after: str
) -> None:
    deed = telling("capture", actors=["Redshirts"], days="2018-04-09", trigger="seized", after=after)
    assert only(operations([told(plan), told(deed)], Asked(), who)).fate is Fate.DONE


def test_what_two_outlets_tell_of_one_event_is_one_plan_though_nobody_has_a_name(
    telling: MakeTelling, told: MakeTold, who: Who
) -> None:
    plans = [
        telling("offensive", "planned", actors=["rebels"], days=None, said="2018-04-01", outlet=outlet)
        for outlet in ("north", "free")
    ]
    assert len(only(operations([told(*plans)], Asked(), who)).plan) == 2
    assert len(operations([told(one) for one in plans], Asked(), who).rows) == 2
    other = telling("offensive", "planned", actors=["Redshirts"], days=None, said="2018-04-01")
    assert len(operations([told(*plans, other)], Asked(), who).rows) == 2


def test_a_road_in_the_words_of_the_capture_itself_is_no_town_taken(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who
) -> None:
    deed = telling("capture", actors=["Redshirts"], days="2018-04-09", trigger="seized the last access route")
    assert only(operations([told(plan), told(deed)], Asked(), who)).fate is Fate.BEGUN


def test_a_month_and_a_day_in_it_are_done_on_that_day(
    plan: Telling, telling: MakeTelling, told: MakeTold, who: Who
) -> None:
    month = telling("capture", actors=["Redshirts"], days=("2018-05-01", "2018-05-31"), said="2018-06-02")
    day = telling("capture", actors=["Redshirts"], days="2018-05-12", said="2018-05-13")
    early = telling("capture", actors=["Redshirts"], days=None, said="2018-04-20", after=" early.")
    for claims, done in (([month], "2018-05-01"), ([month, day], "2018-05-12"), ([early, month, day], "2018-04-20")):
        (stage,) = only(operations([told(plan), *map(told, claims)], Asked(), who)).stages
        assert str(stage.day) == done
