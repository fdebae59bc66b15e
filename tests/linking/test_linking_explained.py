"""Merges in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from rashomon.linking import Explaining, Rules, in_a_sentence, most_doubtful
from rashomon.model import (
    ActorResolution,
    Bond,
    Claim,
    Judgement,
    JudgementKind,
    PlacePrecision,
    PlaceResolution,
    Witness,
)

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
    assert words.startswith("place: Douma (town); the same day, 2018-04-07; both read as air strike; both say by Reds")
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


GHOUTA = PlaceResolution("Eastern Ghouta", "g8", 33.55, 36.4, PlacePrecision.DISTRICT, "Rif Dimashq", "SY")
COUNTRY = PlaceResolution("Syria", "g9", 35.0, 38.0, PlacePrecision.COUNTRY, None, "SY")
NAMED = PlaceResolution("Rif Dimashq", reason="not in the gazetteer")


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("Douma", "Rif Dimashq"), ("Douma", GHOUTA), ("Douma", COUNTRY), ("Douma", NAMED), (GHOUTA, "Rif Dimashq"),
        ("Rif Dimashq", COUNTRY), (GHOUTA, COUNTRY),
    ],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_what_lies_in_what_does_not_hang_on_the_order(
    claim: MakeClaim, rules: Rules, inner: str | PlaceResolution, outer: str | PlaceResolution, first: bool
) -> None:
    made = [claim("siege", place=place, status="ongoing") for place in ((inner, outer) if first else (outer, inner))]
    made[1] = replace(made[1], report="r2")
    names = [place if isinstance(place, str) else place.name for place in (inner, outer)]
    bond = Explaining(made, {}, (), rules).bond(*(one.id for one in made))
    assert f"{names[0]} lies in {names[1]}" in bond.agree


def test_a_day_of_publication_that_is_not_known_is_not_made_up(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(), claim(report="r2", day=None), claim(report="r2", day="2018-04-09", place="Homs")]
    assert "published" not in in_a_sentence(Explaining(made, {}, (), rules).bond(made[0].id, made[1].id))


def test_a_day_that_its_report_gives_is_said_to_be_from_there(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(), claim("casualties", day=None, killed=4), claim(report="r2")]
    made[1] = replace(made[1], quote=made[0].quote, span=made[0].span)
    bond = Explaining(made, {}, (), rules).bond(made[1].id, made[2].id)
    assert "where a claim gives no day, the one that its report gives beside it" in bond.agree


def test_what_a_person_put_together_against_all_likeness_is_not_made_alike(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(day=None), claim("capture", day=None, report="r2")]
    days = {"r1": dt.date(2013, 1, 1), "r2": dt.date(2018, 1, 1)}
    witnesses = {name: Witness(name, name, name, day) for name, day in days.items()}
    same = Judgement("j1", JudgementKind.SAME, made[1].id, other=made[0].id, by="A. Reader")
    [bond] = Explaining(made, witnesses, [same], rules).bonds([one.id for one in made])
    assert bond.by == "A. Reader"
    assert {"published 2013-01-01 or 2018-01-01", "air strike or capture"} <= {*bond.differ}


def test_a_person_who_thought_better_of_it_is_not_named(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(), claim(report="r2")]
    pair = made[0].id, made[1].id
    said = [
        Judgement("j1", JudgementKind.SAME, pair[0], other=pair[1], by="A. Reader"),
        Judgement("j2", JudgementKind.DIFFERENT, pair[1], other=pair[0], by="B. Reader"),
    ]
    assert Explaining(made, {}, said, rules).bond(*pair).by == ""


def test_a_report_that_came_out_before_speaks_against_it(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(status="possible"), claim(report="r2", day=None)]
    witnesses = {"r2": Witness("r2", "o2", "r2", dt.date(2018, 4, 5))}
    bond = Explaining(made, witnesses, (), rules).bond(*(one.id for one in made))
    assert "2018-04-07, though the other was published 2018-04-05 without a day of its own" in bond.differ


def test_a_sentence_that_was_read_twice_is_said_to_be_one(claim: MakeClaim, rules: Rules) -> None:
    one = claim()
    again = replace(claim("casualties"), quote=one.quote, span=one.span)
    assert told([one, again], rules).startswith("in one sentence; ")


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


def test_a_publication_years_later_speaks_against_it(claim: MakeClaim, rules: Rules) -> None:
    made = [claim(), claim(report="r2", day=None)]
    witnesses = {"r2": Witness("r2", "o2", "r2", dt.date(2021, 6, 1))}
    bond = Explaining(made, witnesses, (), rules).bond(*(one.id for one in made))
    assert any("2021-06-01" in words and "long after" in words for words in bond.differ)


def test_a_town_keeps_its_name_beside_its_governorate(claim: MakeClaim, rules: Rules) -> None:
    wide = PlaceResolution("Homs Governorate", "g7", 34.5, 37.5, PlacePrecision.GOVERNORATE, "Homs", "SY")
    made = [claim(place=wide, name="a1"), claim(place="Homs", name="b1"), claim(place="Homs", name="b2", report="r2")]
    assert "place: Homs (town)" in Explaining(made, {}, (), rules).bond("b1", "b2").agree


def test_what_cannot_be_by_points_is_doubted_first() -> None:
    bonds = [Bond((str(n), "x"), points, (), ()) for n, points in enumerate((200, None, -50, 0))]
    assert [bond.points for bond in most_doubtful(bonds)] == [None, -50, 0, 200]
