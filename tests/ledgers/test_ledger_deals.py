"""The ledger of deals: stages, terms, deadlines, breaches, what came of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.ledgers import Asked, Deal, Telling, Who, deals
from rashomon.ledgers.told import Told

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]

BOTH = ["Redshirts", "Blueshirts"]


def steps(row: Deal) -> list[str]:
    return [stage.step.value for stage in row.stages]


def test_a_deal_has_its_stages_by_day(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [
        told(telling("evacuation", place="Alma", role="from", to="Bela", targets=["Blueshirts"], days="2018-04-12")),
        told(telling("talks", actors=BOTH, days="2018-04-01")),
        told(telling("rejection", actors=["Blueshirts"], days="2018-04-03")),
        told(telling("offer", actors=["Redshirts"], targets=["Blueshirts"], days="2018-04-02")),
        told(telling("agreement", actors=BOTH, days="2018-04-10")),
    ]
    (row,) = deals(events, Asked(), who).rows
    assert steps(row) == ["talks", "offer", "rejection", "agreement", "evacuation"]
    assert row.reached == ("talks", "offered", "refused", "agreed", "evacuation carried out or under way")
    assert row.parties == ("Blueshirts", "Redshirts")
    assert len(row.carried_out) == 1


@pytest.mark.parametrize(
    "other",
    [{"place": "Bela"}, {"days": "2018-07-01", "said": "2018-07-02"}, {"actors": ["Greenshirts", "Greyshirts"]}],
)
def test_another_place_time_or_party_is_another_deal(
    telling: MakeTelling, told: MakeTold, who: Who, other: dict[str, object]
) -> None:
    again: dict[str, object] = {"type_name": "agreement", "actors": BOTH, "days": "2018-04-05"}
    events = [told(telling("talks", actors=BOTH, days="2018-04-01")), told(telling(**again | other))]
    assert len(deals(events, Asked(), who).rows) == 2


def test_a_town_is_part_of_the_deal_for_its_region(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [
        told(telling("talks", place="Grey Range", actors=BOTH, days="2018-04-01")),
        told(telling("agreement", place="Alma", actors=BOTH, days="2018-04-05")),
    ]
    assert len(deals(events, Asked(), who).rows) == 1


def test_terms_and_deadlines_are_those_near_the_deal(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [
        told(telling("agreement", actors=BOTH, report="r", days="2018-04-07")),
        told(telling("handover", "planned", actors=["Blueshirts"], report="r", at=100, days="2018-04-20")),
        told(telling("aid", "possible", report="r", at=200, days=None)),
        told(telling("aid", "planned", report="r", at=5000, days=None)),
        told(telling("aid", "planned", report="other", days=None)),
    ]
    (row,) = deals(events, Asked(), who).rows
    assert [(term.type, term.agreed, str(term.by)) for term in row.terms] == [
        ("handover", True, "2018-04-20"),
        ("aid", False, "None"),
    ]
    assert [str(deadline.day) for deadline in row.deadlines] == ["2018-04-20"]


@pytest.mark.parametrize(
    ("before", "trigger", "breach"),
    [("Both ", "violated the truce", True), ("Both breached the ", "truce", True), ("Both want a ", "truce", False)],
)
def test_a_breach_is_what_a_claim_says_is_one(
    telling: MakeTelling, told: MakeTold, who: Who, before: str, trigger: str, breach: bool
) -> None:
    event = told(telling("ceasefire", actors=BOTH, before=before, trigger=trigger))
    (row,) = deals([event], Asked(), who).rows
    assert bool(row.breaches) is breach


def test_an_attack_during_a_truce_is_no_breach(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [told(telling("ceasefire", "ongoing", actors=BOTH)), told(telling("shelling", actors=["Redshirts"]))]
    (row,) = deals(events, Asked(), who).rows
    assert (row.breaches, steps(row)) == ((), ["ceasefire"])


def test_stuck_and_resumed_are_told_apart_from_carried_out(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [
        told(telling("evacuation", targets=["Blueshirts"], trigger=trigger, days=f"2018-04-1{number}"))
        for number, trigger in enumerate(("evacuation halted", "evacuation resumed", "evacuated"))
    ]
    (row,) = deals(events, Asked(), who).rows
    assert steps(row) == ["stuck", "resumed", "evacuation"]
    assert (len(row.stuck), len(row.carried_out)) == (1, 1)


def test_what_is_only_planned_is_not_carried_out(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    (row,) = deals([told(telling("evacuation", "planned", targets=["Blueshirts"]))], Asked(), who).rows
    assert row.carried_out == ()
    assert row.reached == ("evacuation planned",)


def test_an_unplaced_refusal_goes_to_the_deal_of_its_report(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    def event(type_name: str, place: str | None, at: int) -> Told:
        return told(telling(type_name, place=place, actors=BOTH, report="r", at=at, days=None))

    rows = deals(
        [event("talks", "Alma", 0), event("talks", "Bela", 900), event("rejection", None, 950)], Asked(), who
    ).rows
    assert {row.places[0]: steps(row) for row in rows} == {
        "Alma, Northland": ["talks"],
        "Bela, Northland": ["talks", "rejection"],
    }


@pytest.mark.parametrize(
    ("trigger", "step"),
    [("halt of fighting", "ceasefire"), ("halt to the bombing", "ceasefire"), ("truce was postponed", "stuck")],
)
def test_that_fire_halts_is_the_truce_and_not_that_it_is_stuck(
    telling: MakeTelling, told: MakeTold, who: Who, trigger: str, step: str
) -> None:
    claim = telling("ceasefire", "ongoing", actors=["Redshirts"], trigger=trigger)
    (row,) = deals([told(claim)], Asked(), who).rows
    assert steps(row) == [step]
