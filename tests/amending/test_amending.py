"""A person's judgement rejects or corrects a claim, and can be withdrawn; the coded claim itself never changes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.amending import CORRECTABLE, Reading, amend, bind, by_claim, check, holding
from rashomon.errors import InputError
from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
    Judgement,
    JudgementKind,
    Measure,
    Mention,
    Participant,
    Place,
    PlacePrecision,
    PlaceResolution,
    PlaceRole,
    Quantity,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
)

QUOTE = "The army shelled Harasta on Monday"
ARMY = ActorResolution("saa", "Syrian Arab Army")
HARASTA = PlaceResolution("Harasta", "g1", 33.56, 36.37, PlacePrecision.SETTLEMENT, "Rural Damascus", "SY")
CLAIM = Claim(
    id="c1",
    report="r1",
    coder="rules/1",
    quote=QUOTE,
    span=Span(100, 100 + len(QUOTE)),
    trigger="shelled",
    trigger_span=Span(109, 116),
    type="shelling",
    status=Status.OCCURRED,
    actors=(Participant(Mention("The army", Span(100, 108)), ARMY),),
    places=(Place(Mention("Harasta", Span(117, 124)), PlaceRole.AT, HARASTA),),
    time=Time(Mention("Monday", Span(128, 134)), DaysResolution(dt.date(2018, 4, 16), dt.date(2018, 4, 16))),
)


def correct(field: str, value: object, number: int = 1, subject: str = "c1") -> Judgement:
    return Judgement(f"j{number}", JudgementKind.CORRECT, subject, field=field, value=json.dumps(value), by="ana")


def withdraw(subject: str, number: int) -> Judgement:
    return Judgement(f"j{number}", JudgementKind.WITHDRAW, subject, by="ana")


def amended(*judgements: Judgement) -> Claim:
    claim = amend(CLAIM, judgements)
    assert claim is not None
    return claim


def test_without_judgements_a_claim_stays_what_it_is() -> None:
    assert amend(CLAIM, []) is CLAIM
    assert amend(CLAIM, [correct("type", "air_strike", subject="another")]) is CLAIM


def test_a_rejected_claim_is_gone_until_the_rejection_is_withdrawn() -> None:
    reject = Judgement("j1", JudgementKind.REJECT, "c1")
    assert amend(CLAIM, [reject]) is None
    assert amend(CLAIM, [reject, withdraw("j1", 2)]) is CLAIM
    assert amend(CLAIM, [reject, withdraw("j1", 2), withdraw("j2", 3)]) is None


def test_a_withdrawal_reaches_only_what_was_made_before_it() -> None:
    reject = Judgement("j1", JudgementKind.REJECT, "c1")
    assert holding([withdraw("j1", 0), reject]) == (reject,)


def test_of_two_corrections_the_later_counts_and_the_earlier_comes_back() -> None:
    first, second = correct("type", "air_strike", 1), correct("type", "bombing", 2)
    assert amended(first, second).type == "bombing"
    assert amended(first, second, withdraw("j2", 3)).type == "air_strike"


def test_status_and_plain_lists() -> None:
    assert amended(correct("status", "planned")).status is Status.PLANNED
    assert amended(correct("weapons", ["mortars"])).weapons == ("mortars",)
    quantity = {"measure": "killed", "of": "civilians", "min": 6, "max": None, "text": "over 6"}
    assert amended(correct("quantities", [quantity])).quantities == (
        Quantity(Measure.KILLED, "civilians", 6, None, "over 6"),
    )


def test_a_correction_touches_its_field_alone() -> None:
    claim = amended(correct("targets", [{"text": "a school", "name": "school"}]))
    assert claim.targets == (Participant(Mention("a school"), ActorResolution(None, "school", "named by a person")),)
    assert (claim.actors, claim.places, claim.time, claim.quote) == (
        CLAIM.actors,
        CLAIM.places,
        CLAIM.time,
        CLAIM.quote,
    )


def test_a_name_that_the_claim_already_resolves_keeps_its_id_and_words_their_offsets() -> None:
    by_name = amended(correct("targets", [{"text": "their posts", "name": "Syrian Arab Army"}]))
    assert by_name.targets[0].resolution == ARMY
    by_words = amended(correct("targets", [{"text": "The army"}]))
    assert by_words.targets == CLAIM.actors


def test_places_keep_or_take_or_lack_a_point() -> None:
    moved = amended(correct("places", [{"text": "Harasta", "role": "to"}]))
    assert moved.places == (Place(Mention("Harasta", Span(117, 124)), PlaceRole.TO, HARASTA),)
    chosen = {"text": "the suburb", "name": "Arbin", "lat": 33.53, "lon": 36.36, "gazetteer_id": "g2"}
    given = amended(correct("places", [chosen])).places[0].resolution
    assert given is not None
    assert (given.gazetteer_id, given.reason) == ("g2", "")
    unknown = amended(correct("places", [{"text": "the suburb", "name": "Arbin"}])).places[0].resolution
    assert unknown is not None
    assert unknown.lat is None
    assert "without a place" in unknown.reason


def test_time_is_set_or_taken_away() -> None:
    assert amended(correct("time", None)).time is None
    time = amended(correct("time", {"text": "Monday", "start": "2018-04-09", "end": "2018-04-09"})).time
    assert time is not None
    assert time.mention.span == Span(128, 134)
    assert time.resolution == DaysResolution(dt.date(2018, 4, 9), dt.date(2018, 4, 9))


def test_source_is_set() -> None:
    claim = amended(correct("source", [{"text": "a resident", "kind": "resident"}]))
    assert claim.source == (Source(Mention("a resident"), SourceKind.RESIDENT),)


def test_a_quote_or_trigger_keeps_true_offsets() -> None:
    narrower = amended(correct("quote", "shelled Harasta"))
    assert narrower.span == Span(109, 124)
    wider = amended(correct("quote", "On the ground: " + QUOTE))
    assert wider.span == Span(85, 100 + len(QUOTE))
    assert amended(correct("trigger", "Monday")).trigger_span == Span(128, 134)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("id", "x", "cannot be corrected"),
        ("status", "certain", "status"),
        ("actors", "the army", "actors"),
        ("actors", [{"name": "no words"}], "actors"),
        ("source", None, "source"),
        ("places", [{"text": "x", "lat": 99}], "lat"),
        ("quantities", [{"measure": "sunk"}], "measure"),
        ("trigger", "raided", "not in the quote"),
        ("quote", "other words", "part of the coded one"),
        ("quote", "Harasta on Monday", "hold the trigger"),
        ("quote", 3, "no text"),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused_by_name(field: str, value: object, said: str) -> None:
    with pytest.raises(InputError, match="judgement j1 on claim c1") as caught:
        amend(CLAIM, [correct(field, value)])
    assert said in str(caught.value)


def test_a_value_that_is_no_json_is_refused() -> None:
    with pytest.raises(InputError, match="not JSON"):
        amend(CLAIM, [Judgement("j1", JudgementKind.CORRECT, "c1", field="type", value="shelling")])
    with pytest.raises(InputError, match="not JSON"):
        amend(CLAIM, [Judgement("j1", JudgementKind.CORRECT, "c1", field="type")])


def test_a_correction_that_no_longer_fits_is_told_and_the_others_hold() -> None:
    told: list[InputError] = []
    claim = amend(CLAIM, [correct("quote", "other words", 1), correct("status", "denied", 2)], told.append)
    assert claim is not None
    assert claim.status is Status.DENIED
    assert ["j1" in str(error) for error in told] == [True]


def test_a_new_judgement_is_checked_before_it_is_kept() -> None:
    check(correct("type", "bombing"), CLAIM, {"bombing"})
    check(Judgement("j1", JudgementKind.REJECT, "c1"), CLAIM, set())
    with pytest.raises(InputError, match="no type of event"):
        check(correct("type", "party"), CLAIM, {"bombing"})


def test_judgements_on_pairs_are_no_matter_of_one_claim() -> None:
    pair = Judgement("j1", JudgementKind.SAME, "c1", other="c2")
    assert amend(CLAIM, [pair]) is CLAIM
    assert by_claim([pair]) == {}
    assert holding([pair]) == (pair,)


def test_every_correctable_field_is_a_field_of_a_claim() -> None:
    assert all(hasattr(CLAIM, field) for field in CORRECTABLE)


def test_how_sure_the_coder_was_is_said_of_its_own_type() -> None:
    sure = replace(CLAIM, confidence=0.8)
    planned, air_strike, same = (
        amend(sure, [correct(field, value)])
        for field, value in (("status", "planned"), ("type", "air_strike"), ("type", "shelling"))
    )
    assert [claim.confidence for claim in (planned, air_strike, same) if claim] == [0.8, None, 0.8]


# --- which claims a judgement is about --------------------------------------------------------------------------------


def reading(claim: str, coder: str = "rules", at: int = 10, length: int = 6, type_: str = "shelling") -> Reading:
    return Reading("r1", coder, Span(at, at + length), "raided", type_, claim)


JUDGED = reading("c1")
REJECTED = Judgement("j1", JudgementKind.REJECT, "c1", by="ana")
PLANNED = correct("status", "planned")


def subjects(judgement: Judgement, *current: Reading) -> list[str]:
    return [one.subject for one in bind([judgement], [JUDGED], current).judgements]


def test_a_judgement_binds_the_claim_of_its_id_wherever_a_newer_version_puts_it() -> None:
    moved = reading("c1", at=40, type_="bombing")
    assert subjects(REJECTED, moved, reading("c2")) == ["c1"]


def test_another_coders_claim_on_the_same_words_is_bound_of_several_that_of_the_same_type() -> None:
    assert subjects(REJECTED, reading("l1", "learned")) == ["l1"]
    assert subjects(PLANNED, reading("l1", "learned", type_="bombing")) == ["l1"]
    several = (reading("l1", "learned", type_="bombing"), reading("l2", "learned"), reading("l3", "learned", at=30))
    assert subjects(PLANNED, *several) == ["l2"]


def test_else_the_only_claim_of_that_type_on_words_that_overlap() -> None:
    longer = reading("l1", "learned", at=5, length=12)
    assert subjects(REJECTED, longer, reading("l2", "learned", at=16)) == ["l1"]
    assert subjects(REJECTED, replace(longer, type="bombing")) == []


@pytest.mark.parametrize(
    ("current", "why"),
    [
        ([], "no claim stands there"),
        ([reading("l1", at=30)], "no claim stands there"),
        ([replace(reading("l1"), report="r2")], "no claim stands there"),
        ([reading("l1"), reading("l2")], "2 claims stand there, and nothing tells which of them is meant"),
        ([reading("l1", type_="bombing")], "what stands there is of type bombing"),
    ],
)
def test_what_binds_no_claim_is_told_with_what_it_was_about(current: list[Reading], why: str) -> None:
    decided = bind([REJECTED], [JUDGED], current)
    assert decided.judgements == ()
    assert decided.loose == (
        f"judgement j1 (reject by ana) binds no claim now: it was about 'raided' (shelling) in report r1; {why}",
    )


def test_a_pair_is_bound_where_both_its_claims_are() -> None:
    pair = Judgement("j1", JudgementKind.DIFFERENT, "c1", other="c2")
    named = [JUDGED, reading("c2", at=30)]
    theirs = [reading("l1", "learned"), reading("l2", "learned", at=30)]
    (bound,) = bind([pair], named, theirs).judgements
    assert (bound.subject, bound.other) == ("l1", "l2")
    lost = bind([pair], named, theirs[:1])
    assert lost.judgements == ()
    assert len(lost.loose) == 1


def test_two_claims_that_another_coder_finds_to_be_one_are_one_already_and_cannot_be_two() -> None:
    named, one = [JUDGED, reading("c2", type_="bombing")], [reading("l1", "learned")]
    same = bind([Judgement("j1", JudgementKind.SAME, "c1", other="c2")], named, one)
    assert (same.judgements, same.loose) == ((), ())
    different = bind([Judgement("j1", JudgementKind.DIFFERENT, "c1", other="c2")], named, one)
    assert ["what were two claims is one claim now" in told for told in different.loose] == [True]


def test_what_people_withdrew_binds_nothing_and_is_not_told() -> None:
    decided = bind([REJECTED, withdraw("j1", 2)], [JUDGED], [])
    assert (decided.judgements, decided.loose) == ((), ())


@given(
    st.permutations([reading("c1"), reading("l1", "learned"), reading("l2", "learned", at=30), reading("h1", "hand")])
)
def test_every_coders_claim_is_bound_in_whatever_order_claims_come(current: list[Reading]) -> None:
    assert subjects(REJECTED, *current) == ["h1", "l1", "c1"]
