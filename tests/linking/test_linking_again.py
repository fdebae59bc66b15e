"""Linking goes on from what it made before, with the same result as anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.knowledge.ontology import Ontology
from rashomon.linking import Linked, Rules, relink
from rashomon.model import Claim, Judgement, JudgementKind, Witness

MakeClaim = Callable[..., Claim]

BASIS = "one and the same"
TOWNS = ("Douma", "Harasta", "Homs", "Rif Dimashq", "Elsewhere", "Nowhere", "Anywhere", "Somewhere", None)
DAYS = ("2018-04-06", "2018-04-07", "2018-04-09", ("2018-01-01", "2018-06-30"), None)
TYPES = ("air_strike", "casualties", "shelling", "capture", "demand", "protest", "evacuation", "siege")
type Told = tuple[int, str, str | None, str | tuple[str, str] | None, int | None, str, str]
told = st.tuples(
    st.integers(0, 15),  # report
    st.sampled_from(TYPES),
    st.sampled_from(TOWNS),
    st.sampled_from(DAYS),
    st.sampled_from((None, 4, 6)),
    st.sampled_from(("occurred", "occurred", "planned", "denied")),
    st.sampled_from(("The town market was struck at dawn", "Rockets fell on homes", "")),
)
pair = st.tuples(st.integers(0, 39), st.integers(0, 39), st.sampled_from((JudgementKind.SAME, JudgementKind.DIFFERENT)))


def _claim(make: MakeClaim, number: int, one: Told) -> Claim:
    report, kind, place, day, killed, status, words = one
    made = make(
        kind, name=f"c{number:03}", report=f"r{report}", place=place, day=day, killed=killed, status=status,
    )  # fmt: skip
    return replace(made, quote=f"{words} {number}")


def _witnesses(claims: Sequence[Claim], shift: int) -> dict[str, Witness]:
    day = dt.date(2018, 4, 8)
    return {
        name: Witness(name, f"o{name}", name, day + dt.timedelta(days=int(name[1:]) % 4 + shift * (name == "r1")))
        for name in {claim.report for claim in claims}
        if name != "r3"
    }


def _judged(pairs: Sequence[tuple[int, int, JudgementKind]]) -> list[Judgement]:
    return [
        Judgement(f"j{n}", kind, f"c{a:03}", by="a reader", made="2026-01-01T00:00:00Z", other=f"c{b:03}")
        for n, (a, b, kind) in enumerate(pairs)
        if a != b
    ]


@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # what makes claims has nothing to be reset
)
@given(
    first=st.lists(told, min_size=20, max_size=40),
    more=st.lists(told, max_size=2),
    gone=st.sets(st.integers(0, 19), max_size=1),
    before=st.lists(pair, max_size=1),
    after=st.lists(pair, max_size=1),
    shift=st.integers(0, 1),
    large=st.sampled_from((2, 6, 100)),
)
def test_going_on_gives_what_linking_anew_gives(
    claim: MakeClaim, rules: Rules, ontology: Ontology, first: list[Told],
    more: list[Told], gone: set[int],
    before: list[tuple[int, int, JudgementKind]], after: list[tuple[int, int, JudgementKind]], shift: int, large: int,
) -> None:  # fmt: skip
    """Reports come and go, days of publication and judgements change, blocks are too large to be compared whole."""
    rules = replace(rules, points=rules.points.model_copy(update={"neighbours": large}))
    old = [_claim(claim, n, one) for n, one in enumerate(first)]
    new = [one for n, one in enumerate(old) if n not in gone]
    new += [_claim(claim, len(first) + n, one) for n, one in enumerate(more)]
    was = relink(old, _witnesses(old, 0), _judged(before), ontology, Linked(), BASIS, rules)
    arguments = new, _witnesses(new, shift), _judged(after), ontology
    again = relink(*arguments, was, BASIS, rules)
    anew = relink(*arguments, Linked(events=was.events), BASIS, rules)
    assert again.events == anew.events
    assert again.candidates == anew.candidates
    assert again.marks == anew.marks


def test_a_new_report_renews_only_what_it_touches(claim: MakeClaim, rules: Rules, ontology: Ontology) -> None:
    old = [claim(place=town, report=f"{town} {n}") for town in ("Douma", "Homs") for n in range(12)]
    was = relink(old, {}, [], ontology, Linked(), BASIS, rules)
    new = claim(place="Homs", report="new")
    again = relink([*old, new], {}, [], ontology, was, BASIS, rules)
    assert 1 <= again.renewed <= 13
    of_douma = {one.id for one in old[:12]}
    kept = [event for event in again.events if of_douma & {*event.claims}]
    assert all(any(event is former for former in was.events) for event in kept)
    assert relink([*old, new], {}, [], ontology, again, BASIS, rules).renewed == 0


def test_other_rules_link_all_anew(claim: MakeClaim, rules: Rules, ontology: Ontology) -> None:
    old = [claim(report=f"r{n}") for n in range(3)]
    was = relink(old, {}, [], ontology, Linked(), BASIS, rules)
    assert relink(old, {}, [], ontology, was, "other rules", rules).renewed == 3


def test_what_is_learned_of_who_published_counts_for_every_event(
    claim: MakeClaim, rules: Rules, ontology: Ontology
) -> None:
    old = [claim(place=town, report=town) for town in ("Douma", "Homs")]
    was = relink(old, {}, [], ontology, Linked(), BASIS, rules)
    known = {"Homs": Witness("Homs", "o1", "Homs", None)}
    assert (
        relink(old, known, [], ontology, was, BASIS, rules).events == relink(old, known, [], ontology, Linked()).events
    )
