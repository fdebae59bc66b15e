"""Judgements on their way into a store: what they are about, their ids, what is refused, what comes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon import knowledge as known
from rashomon import linking
from rashomon.errors import InputError, NotFoundError, RashomonError, SettingsError, StoreError
from rashomon.knowledge import Knowledge
from rashomon.model import (
    Candidate,
    Claim,
    DateEvidence,
    Event,
    Judgement,
    JudgementKind,
    Mention,
    Place,
    Publication,
    Report,
    Span,
    Status,
    Time,
)
from rashomon.pipeline import running
from rashomon.pipeline.deciding import Decided, decide
from rashomon.pipeline.judging import Subjects, correction, keep, signed, standings, undoing
from rashomon.settings import Settings
from rashomon.store import RunRecord, Store

NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
SAME, DIFFERENT, REJECT = JudgementKind.SAME, JudgementKind.DIFFERENT, JudgementKind.REJECT
CORRECT, WITHDRAW = JudgementKind.CORRECT, JudgementKind.WITHDRAW
SAID = {
    "r1": "Warplanes raided Douma on Monday, a clerk wrote down.",
    "r2": "Two jets raided Douma on Monday; windows broke.",
    "r3": "Aircraft raided Douma on Monday as the market opened.",
    "r4": "Somebody raided Homs on Friday, far away from there.",
}


def report(name: str) -> Report:
    text = SAID[name]
    day = Publication(dt.date(2018, 4, 9 if name != "r4" else 27), DateEvidence.INPUT)
    return Report(name, f"paper {name}", None, None, text, f"hash {name}", "en", 9, day)


def claim(name: str) -> Claim:
    text = SAID[name]
    at = text.index("raided")
    words = text.split()
    return Claim(
        id=f"c-{name}",
        report=name,
        coder="rules/1",
        quote=text,
        span=Span(0, len(text)),
        trigger="raided",
        trigger_span=Span(at, at + 6),
        type="air_strike",
        status=Status.OCCURRED,
        places=(Place(Mention(next(word for word in words if word in ("Douma", "Homs")))),),
        time=Time(Mention("on Friday" if name == "r4" else "on Monday")),
    )


@pytest.fixture(autouse=True)
def loaded_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "load", lambda *_: knowledge)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "s.sqlite", gazetteer=tmp_path / "none", coder="rules")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Three raids on Douma in one event, and one on Homs."""
    with Store.open(settings.store, create=True) as opened:
        with opened.writing() as writer:
            run = writer.start_run(RunRecord("2024-01-01T00:00:00Z", "0.1.0", "rules", "1", "abc"))
            for name in SAID:
                writer.add_report(report(name), run)
                writer.add_coding(name, "rules/1", "basis", [claim(name)], run)
        running.rebuild(settings)
        yield opened


def say(store: Store, settings: Settings, *drafts: Judgement, link: bool = True) -> Decided:
    return decide(store, settings, drafts, "ana", link=link, clock=lambda: NOON)


def groups(store: Store) -> list[list[str]]:
    return sorted(sorted(event.claims) for event in store.view.events())


def draft(kind: JudgementKind, subject: str, other: str | None = None) -> Judgement:
    return Judgement("", kind, subject, other=other)


def test_the_store_of_these_tests(store: Store) -> None:
    assert groups(store) == [["c-r1", "c-r2", "c-r3"], ["c-r4"]]


# --- what they are about --------------------------------------------------------------------------------------------


def subjects(*candidates: Candidate) -> Subjects:
    def event(name: str, *claims: str) -> Event:
        return Event(name, claims, "air_strike", None, None, None, (), 1, 1, 1)

    one, other = event("e1", "a", "b", "c"), event("e2", "x", "y")
    return Subjects({"a", "b", "c", "x", "y"}, {"e1": one, "old": one, "e2": other}, candidates, ())


def pairs(judgements: list[Judgement]) -> list[tuple[str, str | None]]:
    return [(one.subject, one.other) for one in judgements]


def test_of_two_events_each_claim_is_tied_to_the_first_or_to_the_one_that_was_offered() -> None:
    assert pairs(subjects().same("e1", "e2")) == [("a", "x"), ("a", "b"), ("a", "c"), ("a", "y")]
    offered = Candidate(("e1", "e2"), ("b", "y"), 10)
    assert pairs(subjects(offered).same("e1", "e2")) == [("b", "y"), ("b", "a"), ("b", "c"), ("b", "x")]
    assert pairs(subjects(offered).same("e2", "old")) == [("y", "b"), ("y", "x"), ("y", "a"), ("y", "c")]


def test_a_claim_is_tied_to_each_claim_of_an_event() -> None:
    offered = Candidate(("e1", "e2"), ("b", "y"), 10)
    assert pairs(subjects(offered).same("x", "e1")) == [("x", "a"), ("x", "b"), ("x", "c")]
    assert pairs(subjects(offered).same("e1", "x")) == [("x", "a"), ("x", "b"), ("x", "c")]
    assert pairs(subjects().same("a", "e1")) == [("a", "b"), ("a", "c")]
    assert pairs(subjects(offered).same("c", "x")) == [("c", "x")]


def test_two_events_are_kept_apart_by_one_pair() -> None:
    assert pairs(subjects().different("e1", "e2")) == [("a", "x")]
    assert pairs(subjects(Candidate(("e1", "e2"), ("b", "y"), 10)).different("e1", "e2")) == [("b", "y")]


def test_a_claim_that_is_not_about_an_event_is_kept_apart_from_each_other_claim_of_it() -> None:
    assert pairs(subjects().different("b", "e1")) == [("b", "a"), ("b", "c")]
    assert pairs(subjects().different("e1", "b")) == [("b", "a"), ("b", "c")]
    assert pairs(subjects().different("x", "a")) == [("x", "a")]


def test_what_is_one_already_is_refused() -> None:
    alone = Event("e3", ("z",), "talks", None, None, None, (), 1, 1, 1)
    some = subjects()
    some = Subjects({*some.claims, "z"}, {**some.events, "e3": alone}, (), ())
    for one, other in (("a", "a"), ("e1", "e1"), ("e1", "old"), ("z", "e3"), ("e3", "z")):
        with pytest.raises(InputError, match="one and the same"):
            some.same(one, other)


def test_the_only_claim_of_an_event_is_not_kept_apart_from_it() -> None:
    alone = Event("e3", ("z",), "talks", None, None, None, (), 1, 1, 1)
    with pytest.raises(InputError, match="no claim but z"):
        Subjects({"z"}, {"e3": alone}, (), ()).different("z", "e3")


# --- ids and standings ----------------------------------------------------------------------------------------------


def test_ids_are_made_of_what_is_said_and_never_twice() -> None:
    drafts = [draft(SAME, "a", "b"), draft(DIFFERENT, "a", "b"), draft(SAME, "a", "b")]
    first = signed(drafts, "ana", "2024-01-01T12:00:00Z")
    assert signed(drafts, "ana", "2024-01-01T12:00:00Z") == first
    assert len({one.id for one in first}) == 3
    assert {one.id for one in signed(drafts, "ben", "2024-01-01T12:00:00Z")}.isdisjoint(one.id for one in first)
    again = signed(drafts, "ana", "2024-01-01T12:00:00Z", taken=[one.id for one in first])
    assert {one.id for one in again}.isdisjoint(one.id for one in first)
    given = replace(drafts[0], id="j7", by="cleo", made="2020-01-01T00:00:00Z")
    assert signed([given], "ana", "2024-01-01T12:00:00Z") == [given]


def test_whether_each_holds() -> None:
    every = [
        Judgement("j1", SAME, "a", other="b"),
        Judgement("j2", DIFFERENT, "b", other="a"),
        Judgement("j3", REJECT, "a"),
        Judgement("j4", WITHDRAW, "j3"),
        Judgement("j5", CORRECT, "b", field="type", value='"talks"'),
        Judgement("j6", CORRECT, "b", field="type", value='"capture"'),
        Judgement("j7", CORRECT, "b", field="status", value='"denied"'),
        Judgement("j8", WITHDRAW, "j6"),
    ]
    assert {name: str(stands) for name, stands in standings(every).items()} == {
        "j1": "overruled", "j2": "holds", "j3": "withdrawn", "j4": "holds", "j5": "holds", "j6": "withdrawn",
        "j7": "holds", "j8": "holds",
    }  # fmt: skip


def test_what_was_made_together_is_undone_by_what_is_left_of_it() -> None:
    reject, other = Judgement("j1", REJECT, "a"), Judgement("j2", REJECT, "b")
    gone, back = Judgement("j3", WITHDRAW, "j1"), Judgement("j4", WITHDRAW, "j3")
    old = Judgement("j5", WITHDRAW, "j0")
    assert undoing([reject, other]) == [reject, other]
    assert undoing([reject, other, gone]) == [other]
    assert undoing([reject, gone, back]) == [reject]
    assert undoing([reject, gone]) == []
    assert undoing([old]) == [old]
    assert undoing([old, Judgement("j6", WITHDRAW, "j5")]) == []


# --- keeping and linking --------------------------------------------------------------------------------------------


def test_a_claim_is_taken_out_of_an_event_and_put_back(store: Store, settings: Settings) -> None:
    event = next(event for event in store.view.events() if "c-r2" in event.claims)
    found = say(store, settings, *Subjects.of(store.view, "rules").different("c-r2", event.id))
    assert groups(store) == [["c-r1", "c-r3"], ["c-r2"], ["c-r4"]]
    assert found.came is not None
    (change,) = found.came.changes
    assert [one.id for one in change.before] == [event.id]
    assert sorted(sorted(one.claims) for one in change.after) == [["c-r1", "c-r3"], ["c-r2"]]
    assert (found.came.others, found.came.unmet) == (0, ())
    back = say(store, settings, *(draft(WITHDRAW, one.id) for one in found.kept.new))
    assert groups(store) == [["c-r1", "c-r2", "c-r3"], ["c-r4"]]
    assert back.came is not None
    assert set(back.came.event_of.values()) == {event.id}


def test_two_events_are_put_together(store: Store, settings: Settings) -> None:
    found = say(store, settings, draft(SAME, "c-r4", "c-r1"))
    assert groups(store) == [["c-r1", "c-r2", "c-r3", "c-r4"]]
    (kept,) = store.view.judgements()
    assert (kept.by, kept.made, kept.id) == ("ana", "2024-01-01T12:00:00Z", found.kept.new[0].id)


@pytest.fixture
def ten(settings: Settings) -> Iterator[Store]:
    """Five raids on Douma in one event, and five of another day in another."""
    with Store.open(settings.store, create=True) as opened:
        with opened.writing() as writer:
            run = writer.start_run(RunRecord("2024-01-01T00:00:00Z", "0.1.0", "rules", "1", "abc"))
            for number in range(10):
                weekday = "Monday" if number < 5 else "Friday"
                text = f"Warplanes raided Douma on {weekday}, wrote clerk {number}."
                name = f"t{number}"
                of_report = replace(report("r1"), id=name, outlet=f"paper {name}", text=text, hash=f"hash {name}")
                place, time = Place(Mention("Douma")), Time(Mention(f"on {weekday}"))
                raid = replace(
                    claim("r1"), id=f"c-{name}", report=name, quote=text, span=Span(0, len(text)), places=(place,),
                    time=time,
                )  # fmt: skip
                writer.add_report(of_report, run)
                writer.add_coding(name, "rules/1", "basis", [raid], run)
        running.rebuild(settings)
        yield opened


MONDAY, FRIDAY = ([f"c-t{number}" for number in some] for some in (range(5), range(5, 10)))


def test_two_events_of_many_claims_become_one_and_stay_one(ten: Store, settings: Settings) -> None:
    assert groups(ten) == [MONDAY, FRIDAY]
    one, other = (event.id for event in ten.view.events())
    found = say(ten, settings, *Subjects.of(ten.view, "rules").same(one, other))
    assert len(found.kept.new) == 9
    assert found.came is not None
    assert found.came.unmet == ()
    assert groups(ten) == [MONDAY + FRIDAY]
    running.rebuild(settings)
    assert groups(ten) == [MONDAY + FRIDAY]
    say(ten, settings, *(draft(WITHDRAW, judgement.id) for judgement in found.kept.new))
    assert groups(ten) == [MONDAY, FRIDAY]


def test_a_claim_goes_over_to_an_event_of_many(ten: Store, settings: Settings) -> None:
    event = next(event.id for event in ten.view.events() if FRIDAY[0] in event.claims)
    say(ten, settings, *Subjects.of(ten.view, "rules").same(MONDAY[2], event))
    (larger,) = (some for some in groups(ten) if MONDAY[2] in some)
    assert {*FRIDAY} < {*larger}
    running.rebuild(settings)
    assert larger in groups(ten)


def test_events_that_a_decision_keeps_two_are_told(ten: Store, settings: Settings) -> None:
    say(ten, settings, draft(DIFFERENT, MONDAY[3], FRIDAY[3]))
    one, other = (event.id for event in ten.view.events())
    found = say(ten, settings, *Subjects.of(ten.view, "rules").same(one, other))
    assert len(groups(ten)) == 2
    assert found.came is not None
    (unmet,) = found.came.unmet
    assert unmet.judgement in found.kept.new
    assert DIFFERENT in [judgement.kind for judgement in unmet.against]


def test_what_was_kept_without_linking_is_linked_with_the_next(store: Store, settings: Settings) -> None:
    assert say(store, settings, draft(SAME, "c-r4", "c-r1"), link=False).came is None
    assert groups(store) == [["c-r1", "c-r2", "c-r3"], ["c-r4"]]
    found = say(store, settings, draft(REJECT, "c-r2"))
    assert groups(store) == [["c-r1", "c-r3", "c-r4"]]
    assert found.came is not None
    assert found.came.claims == {"c-r2": None}


def test_events_that_changed_beside_are_counted(store: Store, settings: Settings) -> None:
    say(store, settings, draft(DIFFERENT, "c-r1", "c-r2"), draft(DIFFERENT, "c-r3", "c-r2"), link=False)
    found = say(store, settings, draft(REJECT, "c-r4"))
    assert found.came is not None
    assert found.came.others == 2
    assert [[one.claims for one in change.before] for change in found.came.changes] == [[("c-r4",)]]


def test_a_decision_that_others_stand_against_is_told(store: Store, settings: Settings) -> None:
    say(store, settings, draft(SAME, "c-r1", "c-r2"), draft(DIFFERENT, "c-r1", "c-r4"))
    found = say(store, settings, draft(SAME, "c-r2", "c-r4"))
    assert found.came is not None
    (unmet,) = found.came.unmet
    assert unmet.judgement == found.kept.new[0]
    assert [one.kind for one in unmet.against] == [DIFFERENT, SAME]


def test_all_of_several_are_kept_or_none(store: Store, settings: Settings) -> None:
    with pytest.raises(NotFoundError, match="c-r9"):
        say(store, settings, draft(REJECT, "c-r1"), draft(REJECT, "c-r9"))
    assert store.view.judgements() == []


def test_with_a_place_for_refusals_the_others_are_kept(store: Store, settings: Settings) -> None:
    heard: list[tuple[int, str]] = []

    def refused(number: int, error: RashomonError) -> None:
        heard.append((number, str(error)))

    drafts = [
        Judgement("j1", REJECT, "c-r1"),
        Judgement("j1", REJECT, "c-r2"),
        Judgement("j2", WITHDRAW, "j1"),
        Judgement("j3", WITHDRAW, "j1"),
        Judgement("j4", REJECT, "c-r9"),
        Judgement("j1", REJECT, "c-r1", by="ana", made="2024-01-01T12:00:00Z"),
    ]
    found = decide(store, settings, drafts, "ana", refused=refused, clock=lambda: NOON)
    assert [one.id for one in found.kept.new] == ["j1", "j2"]
    assert found.kept.known == 1
    assert [number for number, _ in heard] == [1, 3, 4]
    assert "another judgement has the id j1" in heard[0][1]
    assert "withdrawn before" in heard[1][1]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("colour", "red", "'colour' cannot be corrected"),
        ("type", "birthday", "'birthday' is no type of event"),
        ("status", "perhaps", "status"),
        ("places", "Homs", "not JSON"),
        ("trigger", "shelled", "not in the quote"),
    ],
)
def test_a_correction_that_cannot_be_applied_is_refused(
    store: Store, settings: Settings, field: str, value: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        say(store, settings, correction("c-r1", field, value))
    assert store.view.judgements() == []


def test_plain_words_will_do_for_a_text(store: Store, settings: Settings) -> None:
    found = say(store, settings, correction("c-r1", "type", "shelling"), correction("c-r1", "status", '"denied"'))
    assert found.came is not None
    now = found.came.claims["c-r1"]
    assert now is not None
    assert (now.type, now.status) == ("shelling", Status.DENIED)
    assert correction("c-r1", "trigger", "12").value == '"12"'


def test_a_correction_is_tried_on_the_claim_as_it_is_by_then(store: Store, settings: Settings) -> None:
    """The quote was narrowed before, and no longer has these words."""
    say(store, settings, correction("c-r3", "quote", "Aircraft raided Douma"), link=False)
    with pytest.raises(InputError, match="not in the quote"):
        say(store, settings, correction("c-r3", "trigger", "market"))


def test_another_coder_than_that_of_the_store_is_refused_before_anything_is_kept(
    store: Store, settings: Settings
) -> None:
    with pytest.raises(SettingsError, match="claims of other coders only"):
        say(store, replace(settings, coder="learned"), draft(REJECT, "c-r1"))
    assert store.view.judgements() == []


def test_the_id_of_another_judgement_is_refused(store: Store) -> None:
    keep(store, [Judgement("j1", REJECT, "c-r1")], "rules", ["air_strike"])
    with pytest.raises(StoreError, match="another judgement has the id j1"):
        keep(store, [Judgement("j1", REJECT, "c-r2")], "rules", ["air_strike"])


def test_a_correction_of_what_another_coder_read_is_tried_on_what_this_one_reads_there(store: Store) -> None:
    with store.writing() as writer:
        run = writer.start_run(RunRecord("2024-01-02T00:00:00Z", "0.1.0", "other", "1", "abc"))
        here = replace(claim("r1"), id="other-r1", coder="other/1", quote="Warplanes raided Douma", span=Span(0, 22))
        writer.add_coding("r1", "other/1", "basis", [here], run)
        writer.add_coding("r2", "other/1", "basis", [], run)
    wide = Judgement("j1", CORRECT, "c-r1", field="quote", value='"Warplanes raided"')
    keep(store, [wide], "other", ["air_strike"])
    assert store.view.claim("other-r1").quote == "Warplanes raided"
    with pytest.raises(NotFoundError, match="c-r2 is coded no more"):
        keep(store, [Judgement("j2", CORRECT, "c-r2", field="type", value='"capture"')], "other", ["capture"])
    keep(store, [Judgement("j3", SAME, "c-r1", other="c-r2")], "other", [])  # it holds for whoever reads both


def test_judged_pairs_are_what_linking_makes_of_the_store(store: Store, settings: Settings) -> None:
    say(store, settings, draft(SAME, "c-r1", "c-r2"), draft(SAME, "c-r3", "c-r4"))
    view = store.view
    rules = linking.Rules.load(known.files.Layers())
    cases = linking.regressions(list(view.claims()), view.witnesses(), view.judgements(), rules)
    assert [(case.alone, case.holds) for case in cases] == [(True, True), (False, True)]
