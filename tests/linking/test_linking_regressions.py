"""People's decisions as test cases for linking."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.knowledge.ontology import Ontology
from rashomon.linking import Rules, link, regressions
from rashomon.model import Claim, Judgement, JudgementKind

MakeClaim = Callable[..., Claim]
SAME, DIFFERENT = JudgementKind.SAME, JudgementKind.DIFFERENT


def judge(name: str, kind: JudgementKind, one: str, other: str) -> Judgement:
    return Judgement(name, kind, one, other=other, by="ana", made="2024-01-01T00:00:00Z")


@pytest.fixture
def claims(claim: MakeClaim) -> list[Claim]:
    """Two raids on one town on one day, and talks in another a month later."""
    return [
        claim(report="r1", name="raid-1"),
        claim(report="r2", name="raid-2"),
        claim("talks", report="r3", place="Homs", day="2018-05-20", name="talks"),
    ]


def test_each_decision_is_held_against_what_linking_does_by_itself(claims: list[Claim], rules: Rules) -> None:
    decided = [
        judge("j1", SAME, "raid-1", "raid-2"),
        judge("j2", DIFFERENT, "talks", "raid-1"),
        judge("j3", SAME, "talks", "raid-2"),
    ]
    cases = regressions(claims, {}, decided[:2], rules)
    assert [(case.judgement.id, case.alone, case.holds) for case in cases] == [("j1", True, True), ("j2", True, True)]
    cases = regressions(claims, {}, decided[2:], rules)
    assert [(case.alone, case.holds) for case in cases] == [(False, True)]


def test_of_a_pair_the_last_word_is_the_case(claims: list[Claim], rules: Rules) -> None:
    decided = [
        judge("j1", SAME, "raid-1", "talks"),
        judge("j2", SAME, "raid-2", "raid-1"),
        judge("j3", DIFFERENT, "talks", "raid-1"),
    ]
    assert [case.judgement.id for case in regressions(claims, {}, decided, rules)] == ["j2", "j3"]


def test_decisions_that_contradict_each_other_through_a_third_claim_are_named(
    claims: list[Claim], rules: Rules
) -> None:
    decided = [
        judge("j1", SAME, "raid-1", "raid-2"),
        judge("j2", SAME, "raid-2", "talks"),
        judge("j3", DIFFERENT, "raid-1", "talks"),
    ]
    cases = {case.judgement.id: case for case in regressions(claims, {}, decided, rules)}
    assert [cases[name].holds for name in ("j1", "j2", "j3")] == [True, False, True]
    assert [one.id for one in cases["j2"].against] == ["j3", "j1"]


def test_claims_that_are_gone_are_said_to_be(claims: list[Claim], rules: Rules) -> None:
    decided = [judge("j1", SAME, "raid-1", "rejected"), judge("j2", DIFFERENT, "rejected", "talks")]
    cases = regressions(claims, {}, decided, rules)
    assert [case.missing for case in cases] == [("rejected",), ("rejected",)]
    assert regressions(claims, {}, [], rules) == []


PAIRS = st.lists(st.tuples(st.sampled_from((SAME, DIFFERENT)), st.integers(0, 7), st.integers(0, 7)), max_size=10)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # what makes claims has nothing to be reset
)
@given(pairs=PAIRS, shuffled=st.permutations(range(8)))
def test_it_says_what_linking_does(
    claim: MakeClaim, rules: Rules, ontology: Ontology, pairs: list[tuple[JudgementKind, int, int]],
    shuffled: Sequence[int],
) -> None:  # fmt: skip
    """The same as linking with and without decisions; what cannot hold says why; order does not matter."""
    towns = ("Douma", "Homs", "Harasta", None)
    claims = [claim(name=f"c{n}", report=f"r{n % 3}", place=towns[n % 4]) for n in range(8)]
    decided = [judge(f"j{n}", kind, f"c{a}", f"c{b}") for n, (kind, a, b) in enumerate(pairs) if a != b]
    cases = regressions(claims, {}, decided, rules)
    bound = {name: e.id for e in link(claims, {}, decided, ontology, rules=rules) for name in e.claims}
    alone = {name: e.id for e in link(claims, {}, [], ontology, rules=rules) for name in e.claims}
    for case in cases:
        one, other, same = case.judgement.subject, case.judgement.other or "", case.judgement.kind is SAME
        assert case.alone is ((alone[one] == alone[other]) is same)
        assert case.holds is ((bound[one] == bound[other]) is same)
        assert case.holds or case.judgement.kind is SAME
        assert case.holds is not bool(case.against)
        assert [against.kind for against in case.against[:1]] in ([], [DIFFERENT])
    assert regressions([claims[n] for n in shuffled], {}, decided, rules) == cases
