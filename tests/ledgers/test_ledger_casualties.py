"""The ledger of casualties: ranges, rules side by side, totals apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.errors import InputError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.ledgers import Asked, Casualties, Telling, Told, Who, casualties
from rashomon.ledgers.figures import Range
from rashomon.model import Measure

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]


def counted(ledger: Casualties, rule: str) -> Range | None:
    """What a rule counts of the only row."""
    (row,) = ledger.rows
    return next(one.count for one in row.counts if one.rule == rule)


@pytest.fixture
def disputed(telling: MakeTelling, told: MakeTold) -> Told:
    """Six say two independent voices, twenty one, at least 25 another: and one denies it all."""
    return told(
        telling(killed=6, outlet="state", actors=["Redshirts"]),
        telling(killed=6, outlet="north", actors=["Redshirts"]),
        telling(killed=20, outlet="free", actors=["Blueshirts"]),
        telling(killed=(25, None), outlet="free", origin="name:relief", actors=["Blueshirts"]),
        telling("air_strike", "denied", outlet="state", killed=100),
    )


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("range", Range(6, None)),
        ("lowest", Range(6, 6)),
        ("acled", Range(6, 6)),
        ("ucdp-low", Range(6, 6)),
        ("ucdp-best", Range(6, 6)),
        ("ucdp-high", Range(25, None)),
        ("two-origins", Range(6, 6)),
        ("side:opposition", Range(20, None)),
        ("side:Syrian government side", Range(6, 6)),
    ],
)
def test_rules_stand_side_by_side(disputed: Told, who: Who, rule: str, count: Range) -> None:
    assert counted(casualties([disputed], Asked(), who), rule) == count


def test_a_denial_counts_nothing_and_is_told(disputed: Told, who: Who) -> None:
    (row,) = casualties([disputed], Asked(), who).rows
    assert row.told == Range(6, None)
    assert row.denied_by == ("State Voice",)
    assert len(row.claims) == 5
    assert row.origins == 4


def test_copies_are_one_origin(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    event = told(telling(killed=6, origin="text:a"), telling(killed=6, origin="text:a"))
    ledger = casualties([event], Asked(), who)
    assert counted(ledger, "two-origins") is None
    (total,) = [t for t in ledger.totals if t.rule == "two-origins"]
    assert (total.events, total.left_out) == (0, 1)


def test_an_open_figure_supports_what_it_leaves_open(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    event = told(telling(killed=(25, None), outlet="north"), telling(killed=30, outlet="free"))
    assert counted(casualties([event], Asked(), who), "two-origins") == Range(30, 30)


@pytest.mark.parametrize(("word", "low", "number"), [("dozens", 24, 12), ("tens", 20, 10), ("hundreds", 200, 100)])
def test_acled_has_its_own_numbers_for_vague_words(
    telling: MakeTelling, told: MakeTold, who: Who, word: str, low: int, number: int
) -> None:
    event = told(telling(counts=[(Measure.KILLED, low, None, "people", word)]))
    ledger = casualties([event], Asked(), who)
    assert counted(ledger, "acled") == Range(number, number)
    assert counted(ledger, "lowest") == Range(low, None)


def test_nobody_killed_is_a_figure(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = casualties([told(telling(killed=0))], Asked(), who)
    assert counted(ledger, "lowest") == Range(0, 0)


def test_what_is_planned_feared_or_denied_is_listed_and_counts_nothing(
    telling: MakeTelling, told: MakeTold, who: Who
) -> None:
    events = [told(telling("air_strike", status, killed=9)) for status in ("planned", "possible", "denied")]
    ledger = casualties(events, Asked(), who)
    assert ledger.rows == ()
    assert ledger.totals == ()
    assert len(ledger.uncounted) == 3
    assert all(row.told is None for row in ledger.uncounted)


def test_a_total_of_a_report_is_in_no_sum_and_is_compared(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    events = [
        told(telling(killed=6, actors=["Redshirts"], days="2018-04-02")),
        told(telling(killed=(4, 5), actors=["Redshirts"], days="2018-04-03", place="Bela")),
        told(telling(killed=50, actors=["Blueshirts"], days="2018-04-03")),
        told(
            telling(
                "casualties",
                killed=700,
                days=("2018-04-01", "2018-04-30"),
                said="2018-05-01",
                place="Northland",
                actors=["Redshirts"],
            )
        ),
    ]
    ledger = casualties(events, Asked(), who, ["range"])
    assert [(t.minimum, t.maximum, t.events) for t in ledger.totals] == [(60, 61, 3)]
    (given,) = ledger.given
    assert given.told == Range(700, 700)
    assert (given.summed.minimum, given.summed.maximum, given.summed.events) == (10, 11, 2)
    assert given.compared == "events in Northland governorate from 2018-04-01 to 2018-04-30 laid to Redshirts"
    assert given.why == "it runs over 30 days"


def test_a_total_that_several_give_is_one_row_with_all_of_them(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    given = {"type_name": "casualties", "killed": 700, "place": "Northland"}
    april = ("2018-04-01", "2018-04-30")
    event = told(
        telling(**given, days=april, said="2018-05-02", source=("Ann Bo", "monitor"), origin="name:ann", name="a"),
        telling(**given, days=april, said="2018-05-03", outlet="state", name="b"),
        telling(**given, days=None, said="2018-05-01", outlet="free", name="c"),
        telling(**given, days=april, said="2018-05-04", outlet="free", source=("Ann Bo", "monitor"), origin="name:ann"),
    )
    (row,) = casualties([event], Asked(), who).given
    assert (row.told, row.origins) == (Range(700, 700), 3)
    assert [(c.claim, c.outlet, c.source) for c in row.claims[:3]] == [
        ("c", "Free Voice", ""),
        ("a", "Northern Wire", "Ann Bo"),
        ("b", "State Voice", ""),
    ]
    assert len(row.claims) == 4
    assert (str(row.start), str(row.end)) == april  # of the first who says of which days it is


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ({"place": "Syria", "type_name": "casualties"}, "it is about a whole country"),
        ({"place": "Northland", "type_name": "casualties"}, "it is about a whole governorate"),
        ({"place": None, "type_name": "casualties"}, "it is about no named place"),
        ({"place": "Syria", "type_name": "armed_clash", "days": None}, "it is about a whole country and gives no day"),
        ({"status": "ongoing", "days": None}, "it still grows, and no days are given"),
    ],
)
def test_what_makes_a_total(
    telling: MakeTelling, told: MakeTold, who: Who, claim: dict[str, str | None], why: str
) -> None:
    ledger = casualties([told(telling(**claim, killed=40))], Asked(), who)
    assert ledger.rows == ()
    assert [given.why for given in ledger.given] == [why]


def test_the_toll_of_the_war_is_no_battle(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = casualties([told(telling("armed_clash", killed=(300_000, None)))], Asked(), who)
    assert ledger.rows == ()
    assert [given.why for given in ledger.given] == ["it counts 5000 or more"]


def test_sums_apart_by_alleged_culprit_count_what_its_accusers_say(disputed: Told, who: Who) -> None:
    ledger = casualties([disputed], Asked(), who, ["range"], "culprit")
    found = {group.value: (group.totals[0].minimum, group.totals[0].maximum) for group in ledger.groups}
    assert found == {"Blueshirts": (20, None), "Redshirts": (6, 6)}


def test_sums_apart_by_victims(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    counts = [(Measure.KILLED, 16, 16, "civilians", "16"), (Measure.KILLED, 5, 5, "of them children", "five")]
    ledger = casualties([told(telling(counts=counts))], Asked(), who, ["range"], "victims")
    assert {group.value: group.totals[0].minimum for group in ledger.groups} == {"civilians": 16, "children": 5}
    assert ledger.totals[0].minimum == 16


def test_wounded_and_missing_are_no_business_of_acled(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    event = told(telling(counts=[(Measure.WOUNDED, 3, 3, "people", "three"), (Measure.MISSING, 2, 2, "", "two")]))
    ledger = casualties([event], Asked(), who, ["acled", "lowest"])
    assert {(t.rule, t.measure.value, t.minimum) for t in ledger.totals} == {
        ("lowest", "wounded", 3),
        ("lowest", "missing", 2),
    }


def test_ucdp_counts_only_what_has_a_doer(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    ledger = casualties([told(telling(killed=4))], Asked(), who)
    assert counted(ledger, "ucdp-low") is None
    assert counted(ledger, "lowest") == Range(4, 4)


def test_an_unknown_rule_names_those_that_there_are(disputed: Told, who: Who) -> None:
    with pytest.raises(InputError, match="two-origins"):
        casualties([disputed], Asked(), who, ["median"])


def test_a_side_is_found_by_a_part_of_its_name(disputed: Told, who: Who) -> None:
    ledger = casualties([disputed], Asked(), who, ["side:government"])
    assert [rule for rule, _ in ledger.rules] == ["side:Syrian government side"]


@pytest.mark.parametrize("name", ["side:", "side:o"])
def test_a_side_is_not_guessed(disputed: Told, who: Who, name: str) -> None:
    with pytest.raises(InputError, match="side:opposition"):
        casualties([disputed], Asked(), who, [name])


def test_state_media_stand_with_their_state(who: Who) -> None:
    views = [
        outlet.side for outlet in Outlets.load(Layers()) if " state" in outlet.side and "sympath" not in outlet.side
    ]
    assert views
    assert [view for view in views if not who.rules.side_of_view(view)] == []
