"""Which figures are totals that a report gives: one answer for every ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rashomon.ledgers import Telling, Told
from rashomon.ledgers.rules import TotalRules
from rashomon.ledgers.totals import why_total
from rashomon.model import Measure, PlacePrecision

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]

WIDE = frozenset({PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY})
RULES = TotalRules(long_days=7, many=100, totals=frozenset({"casualties"}), wide=WIDE)
COUNTED = frozenset({Measure.KILLED})


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ({}, ""),
        ({"days": ("2018-04-01", "2018-04-08")}, "it runs over 8 days"),
        ({"days": ("2018-04-01", "2018-04-07")}, ""),
        ({"killed": 100}, "it counts 100 or more"),
        ({"killed": (None, 99)}, ""),
        ({"status": "ongoing", "days": None}, "it still grows, and no days are given"),
        ({"status": "ongoing"}, ""),
        ({"place": "Syria", "days": None}, "it is about a whole country and gives no day"),
        ({"place": "Northland", "days": None}, ""),
        ({"place": None, "days": None}, "it gives no place and no day"),
        ({"type_name": "casualties"}, ""),
        ({"type_name": "casualties", "place": None}, "it is about no named place"),
        ({"type_name": "casualties", "place": "Northland"}, "it is about a whole governorate"),
        ({"type_name": "casualties", "place": "Syria"}, "it is about a whole country"),
    ],
)
def test_what_is_a_total(telling: MakeTelling, told: MakeTold, claim: dict[str, Any], why: str) -> None:
    one = telling(**{"killed": 4} | claim)
    assert why_total(one, told(one), COUNTED, RULES) == why


def test_a_claim_without_such_a_figure_gives_none(telling: MakeTelling, told: MakeTold) -> None:
    one = telling("casualties", place="Syria", counts=[(Measure.WOUNDED, 500, 500, "people", "500")])
    assert why_total(one, told(one), COUNTED, RULES) == ""
    assert why_total(one, told(one), frozenset({Measure.WOUNDED}), RULES) == "it counts 100 or more"


def test_a_claim_without_a_place_is_about_that_of_its_event(telling: MakeTelling, told: MakeTold) -> None:
    one, other = telling("casualties", place=None, killed=4), telling("casualties", place="Alma", killed=5)
    assert why_total(one, told(one, other), COUNTED, RULES) == ""


def test_no_number_is_too_large_where_none_is_set(telling: MakeTelling, told: MakeTold) -> None:
    one = telling(killed=1_000_000)
    assert why_total(one, told(one), COUNTED, RULES.model_copy(update={"many": None})) == ""
