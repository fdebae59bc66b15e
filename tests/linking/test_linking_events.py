"""Which claims become one event, and which do not."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from rashomon.amending import holding
from rashomon.knowledge.ontology import Ontology
from rashomon.linking import link
from rashomon.linking.facts import facts_of
from rashomon.linking.rules import Rules
from rashomon.linking.scoring import Scoring
from rashomon.model import (
    ActorResolution,
    Claim,
    Event,
    Judgement,
    JudgementKind,
    Mention,
    Participant,
    PlacePrecision,
    PlaceResolution,
    Witness,
)

MakeClaim = Callable[..., Claim]
Gather = Callable[..., list[list[str]]]


@pytest.fixture
def gather(ontology: Ontology, witnesses: dict[str, Witness]) -> Gather:
    """Links claims and gives the ids of each event's claims."""

    def run(*claims: Claim, judgements: Sequence[Judgement] = ()) -> list[list[str]]:
        return sorted(list(event.claims) for event in link(claims, witnesses, judgements, ontology))

    return run


def same(*claims: Claim) -> list[list[str]]:
    return [sorted(claim.id for claim in claims)]


def apart(*claims: Claim) -> list[list[str]]:
    return sorted([claim.id] for claim in claims)


QALAMOUN = PlaceResolution("Qalamoun", "g7", 33.75, 36.55, PlacePrecision.DISTRICT, "Rif Dimashq", "SY")
RUHAYBAH = PlaceResolution("Ruhaybah", "g8", 33.747, 36.706, PlacePrecision.SETTLEMENT, "Rif Dimashq", "SY")
SYRIA = PlaceResolution("Syria", "g10", 35.0, 38.0, PlacePrecision.COUNTRY, None, "SY")
HILL = PlaceResolution("the Batra hill", "g9", None, None, None, "Rif Dimashq", "SY", "known, but without coordinates")


def known(claim: Claim, *, actor: str = "", target: str = "") -> Claim:
    """The claim with an actor and a target of the actors' file."""

    def people(identity: str) -> tuple[Participant, ...]:
        return (Participant(Mention(identity), ActorResolution(identity, identity)),) if identity else ()

    return replace(claim, actors=people(actor), targets=people(target))


# --- what agrees ----------------------------------------------------------------------------------------------------


def test_two_outlets_on_one_strike_are_one_event(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1"), claim(report="r2")
    assert gather(a, b) == same(a, b)


def test_accounts_that_dispute_culprit_and_toll_stay_together(claim: MakeClaim, gather: Gather) -> None:
    a = claim(report="r1", actors=("Army",), killed=40)
    b = claim(report="r2", actors=("Rebels",), killed=3)
    assert gather(a, b) == same(a, b)


def test_a_denial_is_about_the_event_that_it_denies(claim: MakeClaim, gather: Gather) -> None:
    a = claim("chemical_attack", report="r1", actors=("Army",))
    b = claim("chemical_attack", report="r2", actors=("Army",), status="denied")
    assert gather(a, b) == same(a, b)


@pytest.mark.parametrize("place", [RUHAYBAH, HILL])
def test_a_region_and_a_place_in_it_meet_on_one_day(place: PlaceResolution, claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1", place=place), claim(report="r2", place=QALAMOUN)
    assert gather(a, b) == same(a, b)


def test_a_town_lies_in_a_region_that_is_only_a_name(claim: MakeClaim, gather: Gather) -> None:
    town = PlaceResolution("Karmun", "g9", 34.9, 36.9, PlacePrecision.SETTLEMENT, "Upper Tamrin", "SY")
    a, b = claim(report="r1", place=town), claim(report="r2", place="Upper Tamrin")
    assert len(gather(a, b)) in (1, 2)  # whichever it is, it is decided


def test_a_sentence_in_two_reports_is_one_statement_whatever_it_was_taken_for(claim: MakeClaim, gather: Gather) -> None:
    words = "Shells fell on the market of the town before noon"
    a = replace(claim(report="r1", day="2018-04-07"), quote=words, trigger="fell")
    b = replace(claim(report="r2", day="2018-04-09", place=None), quote=f"  {words.upper()}", trigger="fell")
    c = replace(claim(report="r2", day="2018-04-09", place=None), quote=words, trigger="Shells")
    assert gather(a, b) == same(a, b)
    assert gather(a, c) == apart(a, c)


def test_parts_and_roles_contradict_nobody(claim: MakeClaim, witnesses: dict[str, Witness], rules: Rules) -> None:
    def points(one: str, other: str) -> int:
        claims = [known(claim(report="r1"), actor=one), known(claim(report="r2"), actor=other)]
        first, second = (facts_of(each, 0, witnesses, {}, rules) for each in claims)
        return Scoring([first, second], rules).score(0, 1) or 0

    alike, part = points("syrian-arab-army", "syrian-arab-army"), points("syrian-arab-army", "syrian-arab-air-force")
    role, other = points("syrian-arab-army", "rebel-fighters"), points("syrian-arab-army", "ahrar-al-sham")
    assert alike > part > role > other


def test_tolls_that_lie_near_each_other_speak_less_against_one_event(
    claim: MakeClaim, witnesses: dict[str, Witness], rules: Rules
) -> None:
    def points(killed: int) -> int:
        claims = [claim(report="r1", killed=50), claim(report="r2", killed=killed)]
        first, second = (facts_of(each, 0, witnesses, {}, rules) for each in claims)
        return Scoring([first, second], rules).score(0, 1) or 0

    assert points(50) > points(43) > points(5)


def test_an_attack_its_toll_and_its_damage_are_one_event(claim: MakeClaim, gather: Gather) -> None:
    claims = [claim("air_strike"), claim("casualties", killed=6, report="r2"), claim("destruction", report="r3")]
    assert gather(*claims) == same(*claims)


def test_places_that_were_never_resolved_meet_by_their_spelling(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(place="Jairud", report="r1"), claim(place="the town of Jiroud", report="r2")
    assert gather(a, b) == same(a, b)


def test_two_points_a_few_kilometres_apart_can_be_one_place(claim: MakeClaim, gather: Gather) -> None:
    a = claim(place="Douma", report="r1", actors=("Army",))
    b = claim(place="Harasta", report="r2", actors=("Army",))
    assert gather(a, b) == same(a, b)


def test_a_claim_without_days_joins_one_published_at_the_time(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1", actors=("Army",)), claim(report="r2", day=None, actors=("Army",))
    assert gather(a, b) == same(a, b)


# --- what keeps apart -----------------------------------------------------------------------------------------------


def test_what_is_undated_is_not_long_past(claim: MakeClaim, ontology: Ontology) -> None:
    told = {r: Witness(r, r, r, dt.date(2018, month, 8)) for r, month in (("r1", 4), ("r2", 4), ("r3", 7))}
    undated = [claim(day=None, report=r, actors=("Army",)) for r in told]
    assert [event.claims for event in link(undated, told, (), ontology)] == [("c001", "c002"), ("c003",)]
    months = claim(day=("2018-01-01", "2018-04-01"), report="r1", actors=("Army",))
    late = claim(day=None, report="r3", actors=("Army",))
    assert len(link([months, late], told, (), ontology)) == 2


def test_two_places_that_one_report_names_are_two(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(place="Douma", actors=("Army",)), claim(place="Harasta", actors=("Army",))
    assert gather(a, b) == apart(a, b)


def test_one_place_on_two_days_apart_is_two_events(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1"), claim(report="r2", day="2018-04-09")
    assert gather(a, b) == apart(a, b)


def test_one_day_in_two_towns_is_two_events(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1"), claim(report="r2", place="Homs")
    assert gather(a, b) == apart(a, b)


def test_two_villages_of_one_name_far_apart_are_two_places(claim: MakeClaim, gather: Gather) -> None:
    here = PlaceResolution("Tell Rifat", "x1", 36.47, 37.09, PlacePrecision.SETTLEMENT, "Aleppo", "SY")
    there = PlaceResolution("Tell Rifat", "x2", 34.10, 36.80, PlacePrecision.SETTLEMENT, "Homs", "SY")
    a, b = claim(report="r1", place=here), claim(report="r2", place=there)
    assert gather(a, b) == apart(a, b)


def test_types_that_are_never_one_event(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim("air_strike", actors=("Army",)), claim("talks", actors=("Army",), report="r2")
    assert gather(a, b) == apart(a, b)


def test_a_plan_is_not_the_deed(claim: MakeClaim, gather: Gather) -> None:
    a = claim("capture", report="r1", actors=("Army",), status="planned", day=None)
    b = claim("capture", report="r2", actors=("Army",))
    assert gather(a, b) == apart(a, b)


def test_each_speaker_condemns_on_his_own(claim: MakeClaim, gather: Gather) -> None:
    a = claim("accusation", actors=("Turkey",), targets=("Army",), report="r1", place=None)
    b = claim("accusation", actors=("France",), targets=("Army",), report="r2", place=None)
    c = claim("accusation", actors=("France",), targets=("Army",), report="r3", place=None)
    assert gather(a, b, c) == [[a.id], [b.id, c.id]]


def test_what_one_report_tells_apart_stays_apart(claim: MakeClaim, gather: Gather) -> None:
    first, second = claim(killed=6), claim(killed=15)
    assert gather(first, second) == apart(first, second)


def test_a_second_figure_from_another_speaker_in_one_report_is_another_account(
    claim: MakeClaim, gather: Gather
) -> None:
    a = claim(killed=(56, None), source=("SOHR", "monitor"))
    b = claim(killed=160, source=("activists", "activist"))
    assert gather(a, b) == same(a, b)


def test_a_day_is_not_the_running_total_of_years(claim: MakeClaim, gather: Gather) -> None:
    a = claim("casualties", report="r1", killed=6)
    b = claim("casualties", report="r2", killed=(5000, None), day=("2011-03-01", "2018-04-08"))
    assert gather(a, b) == apart(a, b)


def test_likeness_does_not_run_along_a_chain(claim: MakeClaim, gather: Gather) -> None:
    chain = [claim(report=f"r{n}", day=f"2018-04-{n:02}", actors=("Army",)) for n in range(1, 9)]
    assert max(len(group) for group in gather(*chain)) <= 2


def test_a_town_and_its_governorate_agree_only_weakly(
    claim: MakeClaim, witnesses: dict[str, Witness], rules: Rules
) -> None:
    def points(**other: object) -> int:
        claims = [claim(report="r1"), claim(report="r2", **other)]
        first, second = (facts_of(each, 0, witnesses, {}, rules) for each in claims)
        return Scoring([first, second], rules).score(0, 1) or 0

    assert points(place="Rif Dimashq") < points()
    assert points(place="Rif Dimashq", status="ongoing", day=None) < points() / 2


def test_evacuations_from_two_towns_to_one_are_two(claim: MakeClaim, gather: Gather) -> None:
    a = claim("evacuation", place="Douma", role="from", report="r1")
    b = claim("evacuation", place="Homs", role="from", report="r2")
    assert gather(a, b) == apart(a, b)


def test_a_bare_denial_meets_what_its_report_speaks_of(claim: MakeClaim, gather: Gather) -> None:
    told, repeated = claim("shelling", report="r1"), claim("shelling", report="r2")
    denial = claim("shelling", report="r2", place=None, day=None, status="denied")
    assert gather(told, repeated, denial) == same(told, repeated, denial)
    elsewhere = claim("shelling", report="r2", place="Homs", day="2018-04-07")
    assert [denial.id] in gather(told, repeated, elsewhere, denial)  # two places: nothing tells which is meant
    talks = claim("talks", report="r2")
    assert gather(talks, denial) == apart(talks, denial)


# --- whole countries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_name", ["casualties", "protest"])
def test_tolls_of_a_whole_war_are_no_event_over_years(type_name: str, claim: MakeClaim, ontology: Ontology) -> None:
    months = [dt.date(2013, 7, 1) + dt.timedelta(days=29 * n) for n in range(20)]
    told = {f"m{n:02}": Witness(f"m{n:02}", f"outlet-{n}", f"m{n:02}", day) for n, day in enumerate(months)}
    running = [claim(type_name, report=report, place=SYRIA, day=None, killed=100_000) for report in told]
    by_id = {one.id: told[one.report].published for one in running}
    for event in link(running, told, (), ontology):
        days = sorted(day for one in event.claims if (day := by_id[one]) is not None)
        assert (days[-1] - days[0]).days <= 30


def test_a_sentence_on_the_war_that_comes_again_after_a_year_is_another_toll(
    claim: MakeClaim, ontology: Ontology
) -> None:
    words = "The war has killed more than 100,000 people, the office says"
    told = {r: Witness(r, r, r, dt.date(year, 7, 1)) for r, year in (("y1", 2013), ("y2", 2014))}
    tolls = [replace(claim("casualties", report=r, place=None, day=None), quote=words) for r in told]
    assert len(link(tolls, told, (), ontology)) == 2


def test_the_toll_of_one_day_in_a_country_is_still_one_event(claim: MakeClaim, gather: Gather) -> None:
    a, b = (claim("casualties", report=r, place=SYRIA, killed=40, actors=("Army",)) for r in ("r1", "r2"))
    assert gather(a, b) == same(a, b)


# --- judgements -----------------------------------------------------------------------------------------------------


def judge(kind: JudgementKind, subject: str, other: str | None = None, name: str = "j1") -> Judgement:
    return Judgement(id=name, kind=kind, subject=subject, other=other, by="ana", made="2024-01-01T00:00:00Z")


def test_people_put_together_and_keep_apart(claim: MakeClaim, gather: Gather) -> None:
    a, b, c = claim(report="r1"), claim(report="r2"), claim("talks", report="r3", place="Homs")
    decided = [judge(JudgementKind.DIFFERENT, a.id, b.id), judge(JudgementKind.SAME, a.id, c.id, "j2")]
    assert gather(a, b, c, judgements=decided) == sorted([[a.id, c.id], [b.id]])


def test_a_withdrawn_judgement_does_not_bind(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1"), claim(report="r2")
    decided = [judge(JudgementKind.DIFFERENT, a.id, b.id), judge(JudgementKind.WITHDRAW, "j1", name="j2")]
    assert gather(a, b, judgements=holding(decided)) == same(a, b)
    again = [*decided, judge(JudgementKind.WITHDRAW, "j2", name="j3")]
    assert gather(a, b, judgements=holding(again)) == apart(a, b)


def test_about_one_pair_the_last_word_counts(claim: MakeClaim, gather: Gather) -> None:
    a, b = claim(report="r1"), claim("talks", report="r2")
    decided = [judge(JudgementKind.DIFFERENT, a.id, b.id), judge(JudgementKind.SAME, b.id, a.id, "j2")]
    assert gather(a, b, judgements=decided) == same(a, b)


# --- the whole ------------------------------------------------------------------------------------------------------


def many_claims(claim: MakeClaim) -> list[Claim]:
    draw = random.Random(7)
    return [
        claim(
            draw.choice(["air_strike", "shelling", "casualties", "capture"]),
            place=draw.choice(["Douma", "Harasta", "Homs", "Jairud", None]),
            day=draw.choice(["2018-04-06", "2018-04-07", None]),
            report=f"r{draw.randint(1, 4)}",
            actors=draw.choice([("Army",), ("Rebels",), ()]),
            killed=draw.choice([None, 3, 6]),
        )
        for _ in range(120)
    ]


def test_order_of_input_changes_nothing_and_every_claim_stands_once(
    claim: MakeClaim, ontology: Ontology, witnesses: dict[str, Witness]
) -> None:
    claims = many_claims(claim)
    events = link(claims, witnesses, (), ontology)
    shuffled = random.Random(1).sample(claims, len(claims))
    assert link(shuffled, witnesses, (), ontology) == events
    assert sorted(name for event in events for name in event.claims) == sorted(c.id for c in claims)


def test_claims_without_any_reports_known_link_all_the_same(claim: MakeClaim, ontology: Ontology) -> None:
    a, b = claim(report="x"), claim(report="y")
    (event,) = link([a, b], {}, (), ontology)
    assert (event.reports, event.outlets, event.origins) == (2, 0, 0)  # nothing tells that they are no copies


def test_nothing_comes_of_nothing(ontology: Ontology) -> None:
    empty: list[Event] = link([], {}, (), ontology)
    assert empty == []


def test_a_report_of_unknown_day_is_dated_by_what_it_says_has_happened(claim: MakeClaim, ontology: Ontology) -> None:
    dated = claim(report="x", actors=("Army",))
    undated = claim(report="y", actors=("Army",), day=None)
    near, far = claim("talks", report="y", day="2018-04-08"), claim("talks", report="y", day="2018-06-08")
    assert [len(event.claims) for event in link([dated, undated, near], {}, (), ontology)] == [2, 1]
    assert [len(event.claims) for event in link([dated, undated, far], {}, (), ontology)] == [1, 1, 1]
