"""Blocking and clustering by themselves: nothing that belongs together is lost, and the work stays small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.linking import Rules
from rashomon.linking.blocking import Blocks
from rashomon.linking.clustering import Scored, cluster
from rashomon.linking.facts import ClaimFacts, facts_of
from rashomon.linking.rules import Joining
from rashomon.linking.scoring import Scores, Scoring
from rashomon.model import Claim, PlacePrecision, PlaceResolution

MakeClaim = Callable[..., Claim]


def test_many_claims_give_few_pairs(claim: MakeClaim, rules: Rules) -> None:
    def town(n: int) -> PlaceResolution:
        return PlaceResolution(f"T{n}", f"t{n}", 33 + n / 10, 37.0, PlacePrecision.SETTLEMENT, f"G{n % 7}", "SY")

    claims = [
        claim(place=town(n % 40), day=f"2018-{1 + n % 12:02}-{1 + n % 28:02}", report=f"r{n}") for n in range(1200)
    ]
    blocks = Blocks([facts_of(one, 0, {}, {}, rules) for one in claims], rules)
    found = [*blocks.pairs()]
    assert len(found) < 1200 * 40
    assert found == sorted(set(found))
    of_each = {n: blocks.of(n) for n in range(len(claims))}
    assert sorted((i, j) for i, others in of_each.items() for j in others if i < j) == found


def test_in_a_large_block_the_pairs_of_one_claim_are_those_of_all(claim: MakeClaim, rules: Rules) -> None:
    """Also where a claim about an area meets more claims inside it than it is compared with."""
    area = PlaceResolution("G", "g", 33.0, 37.0, PlacePrecision.GOVERNORATE, "G", "SY")
    claims = [
        claim(
            place=area if n % 5 == 0 else PlaceResolution(f"T{n % 3}", f"t{n % 3}", 33.1, 37.1, None, "G", "SY"),
            day=None if n % 11 == 0 else ("2018-01-01", "2018-09-30") if n % 13 == 0 else f"2018-04-{1 + n % 28:02}",
            report=f"r{n % 50}",
        )
        for n in range(700)
    ]
    blocks = Blocks([facts_of(one, 0, {}, {}, rules) for one in claims], rules)
    found = [*blocks.pairs()]
    assert sorted((i, j) for i in range(len(claims)) for j in blocks.of(i) if i < j) == found
    assert len(found) < 700 * 110
    assert blocks.marks()


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    lat=st.floats(-60, 70),
    lon=st.floats(-179, 179),
    north=st.floats(-0.0317, 0.0317),
    share=st.floats(-1, 1),
)
def test_two_points_within_reach_are_always_compared(
    rules: Rules, lat: float, lon: float, north: float, share: float
) -> None:
    from rashomon.linking.comparing import distance_km
    from rashomon.linking.facts import People, PlaceFact
    from rashomon.model import PlaceRole, Status

    def fact(name: str, at: tuple[float, float]) -> ClaimFacts:
        place = PlaceFact(name, name, PlaceRole.AT, at[0], at[1], PlacePrecision.SETTLEMENT, None, None)
        return ClaimFacts(
            name, name, name, "shelling", Status.OCCURRED, "", (place,), None, None, People(), People(), ()
        )

    one, other = fact("one", (lat, lon)), fact("other", (lat + north, lon + share * 0.03))
    if distance_km(one.places[0], other.places[0]) <= rules.points.places.near_km:
        assert [*Blocks([one, other], rules).pairs()] == [(0, 1)]


def test_of_several_places_the_closest_agreement_counts_both_ways(claim: MakeClaim, rules: Rules) -> None:
    wide = PlaceResolution("Rif Dimashq", "g4", 33.6, 36.6, PlacePrecision.GOVERNORATE, "Rif Dimashq", "SY")
    town = PlaceResolution("Douma", "g1", 33.571, 36.402, PlacePrecision.SETTLEMENT, "Rif Dimashq", "SY")
    one, other = claim(place=town, report="r1"), claim(place=wide, report="r2")
    one, other = replace(one, places=one.places + other.places), replace(other, places=other.places + one.places)
    scoring = Scoring([facts_of(each, 0, {}, {}, rules) for each in (one, other)], rules)
    assert scoring.compare(0, 1).said.places == scoring.compare(1, 0).said.places == "same settlement"


def test_points_are_the_same_both_ways(claim: MakeClaim, rules: Rules) -> None:
    made = [
        claim(killed=6, actors=("Army",)),
        claim("casualties", report="r2", day=None, killed=(5, None)),
        claim(report="r3", place="Rif Dimashq", day=("2018-03-01", "2018-04-30"), status="ongoing"),
        claim(report="r1", place=None, status="planned"),
    ]
    facts = [facts_of(one, 0, {}, {}, rules) for one in made]
    scoring = Scoring(facts, rules)
    for i in range(len(facts)):
        for j in range(len(facts)):
            assert scoring.score(i, j) == scoring.score(j, i)


STRICT = Joining(one=100, many=100, half=1, unseen=-100, least=0)


def groups(
    size: int,
    scored: dict[tuple[int, int], int | None],
    joining: Joining,
    together: Sequence[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    told: list[Scored] = [(i, j, points) for (i, j), points in scored.items()]
    return cluster(range(size), told, joining, together=together, apart=apart).groups


def test_average_linkage_asks_every_pair() -> None:
    assert groups(3, {(0, 1): 300, (1, 2): 300, (0, 2): -400}, STRICT) == [[0, 1], [2]]


def test_of_many_pairs_less_is_asked_than_of_one() -> None:
    joining = Joining(one=50, many=-200, half=1, unseen=-400, least=0)
    assert groups(2, {(0, 1): 40}, joining) == [[0], [1]]
    scored: dict[tuple[int, int], int | None] = {
        (0, 1): 300, (2, 3): 300, (0, 2): 60, (1, 3): 60, (0, 3): -100, (1, 2): -100,
    }  # fmt: skip
    assert groups(4, scored, joining) == [[0, 1, 2, 3]]
    assert [joining.asked(pairs) for pairs in (1, 2)] == [50, -75]


def test_groups_without_one_likely_pair_are_not_joined_whatever_their_mean() -> None:
    scored: dict[tuple[int, int], int | None] = {(0, 1): 300, (0, 2): -50, (1, 2): -50}
    loose = Joining(one=50, many=-200, half=1, unseen=-400, least=-60)
    assert groups(3, scored, loose) == [[0, 1, 2]]
    assert groups(3, scored, loose.model_copy(update={"least": 0})) == [[0, 1], [2]]


def test_what_lacks_little_is_offered_and_what_is_kept_apart_is_not() -> None:
    joining = Joining(one=60, many=60, half=1, unseen=-400, least=-60, offered=60)
    scored: list[Scored] = [(0, 1, 20), (2, 3, -20), (4, 5, 90), (4, 6, 30), (5, 6, None)]
    found = cluster(range(7), scored, joining)
    assert found.groups == [[0], [1], [2], [3], [4, 5], [6]]
    assert [(offer.pair, offer.mean) for offer in found.offers] == [((0, 1), 20)]


def test_a_pair_kept_apart_stays_apart_whatever_links_it() -> None:
    assert groups(3, {(0, 1): 900, (1, 2): 800, (0, 2): None}, STRICT) == [[0, 1], [2]]
    assert groups(3, {}, STRICT, together=[(0, 1), (1, 2)], apart=[(0, 2)]) == [[0, 1], [2]]


def test_scores_are_kept_as_they_were_told() -> None:
    scores = Scores()
    for one in ((0, 1, -70), (0, 2, None), (5, 100_000, 300)):
        scores.add(*one)
    assert [*scores] == [(0, 1, -70), (0, 2, None), (5, 100_000, 300)]
    assert len(scores) == 3
    assert (0, 2, None) in scores


pairs_of_six = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1])


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    scored=st.dictionaries(pairs_of_six, st.one_of(st.none(), st.integers(-300, 500))),
    apart=st.sets(pairs_of_six, max_size=3),
)
def test_every_item_stands_once_and_no_forbidden_pair_meets(
    scored: dict[tuple[int, int], int | None], apart: set[tuple[int, int]]
) -> None:
    found = groups(6, scored, Joining(one=100, many=0, half=2, unseen=-50, least=-60), apart=apart)
    assert sorted(item for group in found for item in group) == list(range(6))
    forbidden = apart | {pair for pair, points in scored.items() if points is None}
    assert not any(a in group and b in group for a, b in forbidden for group in found)


def test_rules_of_a_site_count_whole_and_a_broken_file_says_where(tmp_path: Path) -> None:
    (tmp_path / "linking.yaml").write_text(
        (BUILT_IN / "linking.yaml").read_text("utf-8").replace("near_ratio: 1.5", "near_ratio: high"), encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"linking\.yaml.*near_ratio"):
        Rules.load(Layers.over_built_in(tmp_path))
