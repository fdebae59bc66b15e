"""Merges in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from rashomon.linking import Explaining, Rules, in_a_sentence
from rashomon.model import ActorResolution, Claim, Judgement, JudgementKind, Witness

MakeClaim = Callable[..., Claim]


def told(claims: Sequence[Claim], rules: Rules, *judgements: Judgement) -> str:
    [bond] = Explaining(claims, {}, judgements, rules).bonds([claim.id for claim in claims])
    return in_a_sentence(bond)


def test_place_day_type_and_tolls_are_named(claim: MakeClaim, rules: Rules) -> None:
    made = [
        claim(killed=22, actors=("Reds",), targets=("market",)),
        claim(killed=25, actors=("Reds",), targets=("homes",), report="r2"),
    ]
    words = told(made, rules)
    assert words.startswith(
        "both placed in Douma (town); the same day, 2018-04-07; both read as air strike; both say by Reds"
    )
    assert "killed 22 and 25, close to one another" in words
    assert words.endswith("; but to market or homes")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"place": "Harasta"}, "Douma and Harasta, 4 km apart"),
        ({"place": "Rif Dimashq"}, "Douma lies in Rif Dimashq"),
        ({"type_name": "casualties", "killed": 80}, "air strike and casualties, which can be one event"),
        ({"killed": 80}, "but killed 22 or 80"),
        ({"killed": (20, None)}, "killed 22 and at least 20, which can both be true"),
        ({"status": "denied"}, "but one says occurred, the other denied"),
    ],
)
def test_what_differs_is_said_too(claim: MakeClaim, rules: Rules, change: dict[str, object], words: str) -> None:
    change = {"type_name": "air_strike", "killed": 22, **change}
    assert words in told([claim(killed=22), claim(report="r2", **change)], rules)


def test_a_day_that_a_report_does_not_give_is_told_by_its_publication(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(), claim(report="r2", day=None)]
    witnesses = {"r2": Witness("r2", "o2", "r2", dt.date(2018, 4, 8))}
    [bond] = Explaining(made, witnesses, (), rules).bonds([one.id for one in made])
    assert "2018-04-07, and the other published 2018-04-08 without a day of its own" in bond.agree


def test_a_report_that_came_out_before_speaks_against_it(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(status="possible"), claim(report="r2", day=None)]
    witnesses = {"r2": Witness("r2", "o2", "r2", dt.date(2018, 4, 5))}
    bond = Explaining(made, witnesses, (), rules).bond(*(one.id for one in made))
    assert "2018-04-07, though the other was published 2018-04-05 without a day of its own" in bond.differ


def test_a_sentence_that_was_read_twice_is_said_to_be_one(claim: MakeClaim, rules: Rules) -> None:
    one = claim()
    again = replace(claim("casualties"), quote=one.quote, span=one.span)
    assert told([one, again], rules).startswith("one sentence, read twice; ")


def test_what_a_person_put_together_is_said_with_the_name(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(), claim("capture", place="Homs", report="r2")]
    same = Judgement("j1", JudgementKind.SAME, made[0].id, other=made[1].id, by="A. Reader")
    assert told(made, rules, same).startswith("A. Reader put them together; ")


def test_an_event_hangs_together_by_one_bond_less_than_claims(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(report=f"r{n}") for n in range(5)]
    bonds = Explaining(made, {}, (), rules).bonds([one.id for one in made])
    assert len(bonds) == len(made) - 1
    assert {name for bond in bonds for name in bond.claims} == {one.id for one in made}


def test_the_order_of_claims_does_not_matter(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(report="r1"), claim(report="r2", day=None), replace(claim(report="r3"), source=())]
    names = [one.id for one in made]
    assert Explaining(made, {}, (), rules).bonds(names) == Explaining(made[::-1], {}, (), rules).bonds(names[::-1])


def test_of_a_whole_and_its_part_just_the_two_are_named(claim: MakeClaim, rules: Rules) -> None:
    def by(claimed: Claim, *ids: tuple[str, str]) -> Claim:
        named = tuple(
            replace(one, resolution=ActorResolution(*who)) for one, who in zip(claimed.actors, ids, strict=True)
        )
        return replace(claimed, actors=named)

    assert rules.actors is not None
    parts = [one for one in rules.actors if one.part_of is not None]
    whole = rules.actors.get(str(parts[0].part_of))
    army, wing, others = (whole.id, "the whole"), (parts[0].id, "the part"), ("nobody-known", "the others")
    made = [by(claim(actors=("x", "y")), others, army), by(claim(actors=("z",), report="r2"), wing)]
    assert "; by the whole, of which the part is a part" in told(made, rules)
