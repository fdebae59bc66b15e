"""What keeps claims apart whatever else agrees: other days, other parties, figures of another order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rashomon.knowledge.ontology import Ontology
from rashomon.linking import Rules, link
from rashomon.linking.facts import facts_of
from rashomon.linking.scoring import Scoring
from rashomon.model import ActorResolution, Claim, PlacePrecision, PlaceResolution

MakeClaim = Callable[..., Claim]

COUNTRY = PlaceResolution("Syria", "g9", 35.0, 38.0, PlacePrecision.COUNTRY, None, "SY")


def score(one: Claim, other: Claim, rules: Rules) -> int | None:
    return Scoring([facts_of(each, 0, {}, {}, rules) for each in (one, other)], rules).score(0, 1)


def test_a_strike_is_not_that_of_the_next_day_but_a_siege_is(claim: MakeClaim, rules: Rules) -> None:
    days = ("2018-04-07", "2018-04-08")
    strikes = [claim(day=day, report=f"r{n}") for n, day in enumerate(days)]
    sieges = [claim("siege", day=day, report=f"r{n}", status="ongoing") for n, day in enumerate(days)]
    assert score(strikes[0], strikes[1], rules) is None
    assert score(sieges[0], sieges[1], rules) is not None


def test_a_strike_is_not_the_many_of_a_year(claim: MakeClaim, rules: Rules) -> None:
    one, many = claim(report="r1"), claim(report="r2", day=("2018-01-01", "2018-12-31"))
    assert score(one, many, rules) is None
    assert score(claim("displacement"), claim("displacement", report="r2", day=("2018-01-01", "2018-12-31")), rules)


def test_two_demands_of_two_parties_are_two(claim: MakeClaim, rules: Rules) -> None:
    one, other = (claim("demand", targets=(who,), report=who) for who in ("Reds", "Blues"))
    assert score(one, other, rules) is None
    assert score(one, claim("demand", targets=("Reds",), report="r9"), rules) is not None


@pytest.mark.parametrize(("killed", "together"), [(300_000, False), (40, True)])
def test_a_dozen_dead_are_not_the_hundred_thousands_of_a_war(
    claim: MakeClaim, rules: Rules, ontology: Ontology, killed: int, together: bool
) -> None:
    told = [
        claim("casualties", place=COUNTRY, day="2018-04-07", killed=(12, None)),
        claim("casualties", place=COUNTRY, day="2018-04-07", killed=(killed, None), report="r2"),
    ]
    assert (score(told[0], told[1], rules) is not None) is together
    if not together:
        assert len(link(told, {}, [], ontology, (), rules)) == len(told)


def test_an_actor_that_this_knowledge_lacks_is_compared_by_its_id(
    claim: MakeClaim, rules: Rules, ontology: Ontology
) -> None:
    def by(name: str, ident: str, report: str) -> Claim:
        made = claim(actors=(name,), report=report)
        known = tuple(replace(each, resolution=ActorResolution(ident, name)) for each in made.actors)
        return replace(made, actors=known)

    told = [by("The Reds", "reds-of-nowhere", "r1"), by("Red brigades", "reds-of-nowhere", "r2")]
    assert len(link(told, {}, [], ontology, (), rules)) == 1
