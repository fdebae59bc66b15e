"""The whole way through on small reports: the same in every run, nothing twice, nothing half done."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from rashomon import knowledge, linking, parsing, wire
from rashomon.coding.rules import RulesCoder
from rashomon.errors import NotFoundError, SettingsError, StoreError
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import Layers
from rashomon.model import Claim, Event, Judgement, JudgementKind, Report
from rashomon.pipeline import coding, running
from rashomon.pipeline.progress import NotCoded
from rashomon.reading import Skipped
from rashomon.settings import Settings
from rashomon.store import ClaimFilter, Store

DEAL = (
    "Negotiators reached an agreement in Jayrud on Tuesday after two days of talks. Hundreds of fighters will be "
    "evacuated to Idlib with their families, and the police will enter the town. The fighters are to hand over their "
    "heavy weapons first. Buses were seen near the town on Wednesday morning, and the road to the capital was opened."
)
REPORTS = [
    {
        "id": "north-1",
        "outlet": "Northern Wire",
        "published": "2018-04-17",
        "title": "Shelling east of the capital",
        "text": "Government forces shelled the town of Douma on Monday, killing six civilians, residents said. "
        "Rebel fighters withdrew from Dumayr on Sunday.",
    },
    {
        "id": "capital-1",
        "outlet": "Capital Daily",
        "published": "2018-04-17",
        "title": "Army advances",
        "text": "The Syrian Army captured Dumayr on Sunday. A military source said that troops shelled terrorist "
        "positions in Douma on Monday. The army is preparing to storm Jayrud.",
    },
    {
        "id": "agency-1",
        "outlet": "Agency",
        "published": "2018-04-18",
        "title": "Deal reached",
        "text": DEAL,
    },
    {
        "id": "agency-2",
        "outlet": "Other Agency",
        "published": "2018-04-18",
        "title": "A deal is reached",
        "text": DEAL,
    },
]
ARABIC = {"id": "ar-1", "outlet": "Agency", "text": "قصفت القوات الحكومية بلدة دوما يوم الاثنين وقتلت ستة مدنيين."}
NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)


class Listener:
    """Hears a run, and breaks it off at a stage after so many steps."""

    def __init__(self, stop_in: str = "", after: int = 0) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.done: dict[str, int] = {}
        self.told: list[Skipped] = []
        self.stop_in, self.after = stop_in, after

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append((name, total))
        self.done[name] = 0
        self._perhaps_stop(name)

    def advance(self, count: int) -> None:
        name = self.stages[-1][0]
        self.done[name] += count
        self._perhaps_stop(name)

    def skipped(self, what: Skipped) -> None:
        self.told.append(what)

    def _perhaps_stop(self, name: str) -> None:
        if name == self.stop_in and self.done[name] >= self.after:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load(Layers())


@pytest.fixture(autouse=True)
def loaded_once(nlp: Language, known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model and the knowledge are loaded once and serve every run."""
    monkeypatch.setattr(parsing, "load_model", lambda *_: nlp)
    monkeypatch.setattr(knowledge, "load", lambda *_: known)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "s.sqlite", out=tmp_path / "out", gazetteer=tmp_path / "none", coder="rules")


@pytest.fixture
def source(tmp_path: Path) -> str:
    return write(tmp_path / "reports.jsonl", REPORTS)


def write(path: Path, reports: list[dict[str, str]]) -> str:
    path.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    return str(path)


def contents(settings: Settings) -> list[str]:
    """Everything in the store but the notes on its runs."""
    with Store.open(settings.store) as store, store.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        lines = list(driver.iterdump())
    return [line for line in lines if not any(word in line for word in ('"runs"', '"codings"', "sequence"))]


def seen(settings: Settings) -> tuple[list[Report], list[Claim], list[Event]]:
    """Everything that a reader of the store sees."""
    with Store.open(settings.store) as store:
        return list(store.view.reports()), list(store.view.claims()), list(store.view.events())


@pytest.fixture
def opened(settings: Settings, source: str) -> Iterator[Store]:
    """A store after one run."""
    running.run([source], settings)
    with Store.open(settings.store) as store:
        yield store


def test_a_run_says_what_it_did_and_what_is_there(settings: Settings, source: str) -> None:
    heard = Listener()
    summary = running.run([source], settings, heard)
    assert (summary.read, summary.new_reports, summary.coded) == (4, 4, 4)
    assert (summary.skipped, summary.not_coded) == ((), ())
    assert summary.store.reports == 4
    assert summary.store.copies == 1
    assert summary.store.undated == 0
    assert summary.new_claims == summary.store.claims >= 6
    assert 0 < summary.store.events < summary.store.claims
    assert heard.stages == [("reading", None), ("coding", 4), ("linking", 4)]
    assert heard.done == {"reading": 4, "coding": 4, "linking": 4}


def test_every_quote_and_trigger_is_in_its_report_at_its_offsets(opened: Store) -> None:
    texts = {report.id: report.text for report in opened.view.reports()}
    for claim in opened.view.claims():
        assert claim.span.of(texts[claim.report]) == claim.quote
        assert claim.trigger_span.of(texts[claim.report]) == claim.trigger


def test_every_side_of_one_event_stands_in_one_event(opened: Store) -> None:
    claims = {claim.id: claim for claim in opened.view.claims()}
    sides = [{claims[one].report for one in event.claims} for event in opened.view.events()]
    assert {"north-1", "capital-1"} in sides
    assert all(sum(one in event.claims for event in opened.view.events()) == 1 for one in claims)


def test_copies_of_one_text_are_one_witness(opened: Store) -> None:
    witnesses = opened.view.witnesses()
    assert witnesses["agency-1"].copies == witnesses["agency-2"].copies == "agency-1"
    deal = next(event for event in opened.view.events() if event.type == "agreement")
    assert (deal.reports, deal.outlets, deal.origins) == (2, 2, 1)


def test_running_again_adds_nothing_and_codes_nothing(settings: Settings, source: str) -> None:
    first = running.run([source], settings)
    before = contents(settings)
    second = running.run([source, source], settings)
    assert (second.read, second.new_reports, second.coded, second.new_claims) == (4, 0, 0, 0)
    assert second.store == first.store
    assert contents(settings) == before


def test_what_another_program_adds_during_linking_is_linked_too(
    settings: Settings, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.run([source], settings)
    with Store.open(settings.store) as store:
        claim = next(iter(store.view.claims()))
    link = linking.relink
    calls: list[object] = []

    def meanwhile(*given: Any, **named: Any) -> linking.Linked:
        if not calls:
            with Store.open(settings.store) as store, store.writing() as writer:
                writer.add_judgement(Judgement("j1", JudgementKind.REJECT, claim.id))
        calls.append(1)
        return link(*given, **named)

    monkeypatch.setattr(linking, "relink", meanwhile)
    running.rebuild(settings)
    assert len(calls) == 2
    with Store.open(settings.store) as store:
        assert all(claim.id not in event.claims for event in store.view.events())


def test_with_nothing_new_the_language_model_is_not_loaded(
    settings: Settings, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.run([source], settings)
    monkeypatch.delattr(parsing, "load_model")
    assert running.run([source], settings).coded == 0


def test_two_stores_of_the_same_sources_are_the_same(settings: Settings, source: str, tmp_path: Path) -> None:
    running.run([source], settings, clock=lambda: NOON)
    other = replace(settings, store=tmp_path / "other.sqlite")
    running.run([source], other, clock=lambda: NOON)
    assert contents(settings) == contents(other)


def test_coding_alone_gives_the_same_bytes_each_time_and_the_claims_of_a_run(
    settings: Settings, source: str, opened: Store
) -> None:
    def lines() -> list[bytes]:
        return [wire.dump_line(wire.claim_to_json(claim)) for claim in coding.code([source], settings)]

    first = lines()
    assert lines() == first
    stored = [wire.dump_line(wire.claim_to_json(claim)) for claim in opened.view.claims()]
    assert sorted(stored) == sorted(first)


@pytest.mark.parametrize(("stage", "after"), [("reading", 0), ("reading", 4), ("coding", 2), ("linking", 0)])
def test_a_run_that_is_broken_off_leaves_a_whole_store_and_the_next_goes_on(
    settings: Settings, source: str, tmp_path: Path, stage: str, after: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        running.run([source], settings, Listener(stage, after))
    with Store.open(settings.store) as store:
        assert store.view.interrupted()
        assert list(store.view.events()) == []
        assert store.view.counts().reports in (0, 4)
    running.run([source], settings)
    whole = replace(settings, store=tmp_path / "whole.sqlite")
    running.run([source], whole)
    assert seen(settings) == seen(whole)
    with Store.open(settings.store) as store:
        assert not store.view.interrupted()


def test_breaking_off_later_keeps_the_events_of_the_run_before(settings: Settings, source: str, tmp_path: Path) -> None:
    running.run([source], settings)
    more = write(tmp_path / "more.jsonl", [REPORTS[0] | {"id": "late", "text": "Rebels shelled Jayrud on Monday."}])
    with Store.open(settings.store) as store:
        before = list(store.view.events())
        with pytest.raises(KeyboardInterrupt):
            running.run([more], settings, Listener("linking", 1))
        assert list(store.view.events()) == before
        assert list(store.view.claims(ClaimFilter(reports=["late"])))
    running.run([], settings)
    with Store.open(settings.store) as store:
        assert {event.id for event in before} < {event.id for event in store.view.events()}


def test_a_newer_coder_codes_anew_and_events_keep_their_ids(
    settings: Settings, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.run([source], settings)
    with Store.open(settings.store) as store:
        before = {event.id for event in store.view.events()}
    monkeypatch.setattr(RulesCoder, "version", "99")
    summary = running.run([source], settings)
    assert (summary.new_reports, summary.coded) == (0, 4)
    with Store.open(settings.store) as store:
        assert {event.id for event in store.view.events()} == before
        assert {claim.coder for claim in store.view.claims()} == {"rules/99"}


def test_changed_knowledge_codes_anew_and_going_back_does_not(
    settings: Settings, source: str, known: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.run([source], settings)
    before = seen(settings)
    monkeypatch.setattr(knowledge, "load", lambda *_: replace(known, fingerprint="changed"))
    again = running.run([source], settings)
    assert (again.coded, again.coded_anew, again.new_claims) == (4, 4, 0)  # the same claims, found once more
    monkeypatch.setattr(knowledge, "load", lambda *_: known)
    assert running.run([source], settings).coded == 0
    assert seen(settings) == before


def test_a_rejected_claim_leaves_its_event_and_comes_back(settings: Settings, opened: Store) -> None:
    event = next(event for event in opened.view.events() if event.type == "agreement")
    gone = event.claims[0]
    with opened.writing() as writer:
        writer.add_judgement(Judgement("j1", JudgementKind.REJECT, gone))
    claims = opened.view.counts().claims
    assert running.rebuild(settings).store.claims == claims - 1
    assert all(gone not in event.claims for event in opened.view.events())
    with pytest.raises(NotFoundError):
        opened.view.claim(gone)
    with opened.writing() as writer:
        writer.add_judgement(Judgement("j2", JudgementKind.WITHDRAW, "j1"))
    assert running.rebuild(settings).store.claims == claims
    assert any(gone in event.claims for event in opened.view.events())


def test_two_claims_that_a_person_keeps_apart_are_two_events(settings: Settings, opened: Store) -> None:
    one, other = next(event for event in opened.view.events() if event.type == "agreement").claims
    with opened.writing() as writer:
        writer.add_judgement(Judgement("j1", JudgementKind.DIFFERENT, one, other=other))
    running.rebuild(settings)
    assert all(not {one, other} <= set(event.claims) for event in opened.view.events())


def test_a_correction_that_no_longer_fits_is_told_and_the_rest_goes_on(settings: Settings, opened: Store) -> None:
    claim = next(opened.view.claims())
    with opened.writing() as writer:
        bad = Judgement("j1", JudgementKind.CORRECT, claim.id, field="quote", value='"words of nobody"')
        writer.add_judgement(bad)
    summary = running.rebuild(settings)
    assert ["j1" in note.reason for note in summary.notes] == [True]
    assert summary.store.claims == opened.view.counts().claims


def test_rebuilding_makes_the_same_again(settings: Settings, source: str) -> None:
    running.run([source], settings)
    before = contents(settings)
    with Store.open(settings.store) as store, store.writing() as writer:
        writer.drop_derived()
    assert contents(settings) != before
    running.rebuild(settings)
    assert contents(settings) == before


def test_a_report_in_arabic_is_kept_and_said_not_to_be_coded(settings: Settings, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", [ARABIC, REPORTS[0]])
    summary = running.run([source], settings)
    assert [(one.report, "'ar'" in one.reason) for one in summary.not_coded] == [("ar-1", True)]
    assert (summary.store.reports, summary.coded) == (2, 1)
    told: list[NotCoded] = []
    assert all(claim.report == "north-1" for claim in coding.code([source], settings, not_coded=told.append))
    assert tuple(told) == summary.not_coded


def test_another_text_under_a_known_id_gets_an_id_of_its_own(settings: Settings, tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", REPORTS[:2])
    running.run([first], settings)
    changed = REPORTS[0] | {"text": "Rebels shelled the town of Jayrud on Monday, the army said."}
    second = write(tmp_path / "b.jsonl", [changed, REPORTS[2]])
    heard = Listener()
    summary = running.run([second], settings, heard)
    assert ["north-1" in note.reason for note in summary.notes] == [True]
    assert heard.told == list(summary.notes)
    assert (summary.new_reports, summary.store.reports) == (2, 4)
    with Store.open(settings.store) as store:
        assert store.view.report("north-1").text == REPORTS[0]["text"]
    together = running.run([first, second], settings)
    assert (together.new_reports, together.coded) == (0, 0)


def test_a_store_that_cannot_be_written_is_said_before_anything_is_done(settings: Settings, tmp_path: Path) -> None:
    heard = Listener()
    with pytest.raises(StoreError, match="no such folder"):
        running.run(["nothing"], replace(settings, store=tmp_path / "none" / "s.sqlite"), heard)
    running.run([], settings)
    with pytest.raises(StoreError, match="may only be read"):
        running.run(["nothing"], replace(settings, store=f"sqlite:///file:{settings.store}?mode=ro&uri=true"), heard)
    assert heard.stages == []


def test_a_store_is_not_emptied_by_rebuilding_with_a_coder_that_coded_nothing(settings: Settings, source: str) -> None:
    running.run([source], settings)
    before = contents(settings)
    with pytest.raises(SettingsError, match="none of 'learned'"):
        running.rebuild(replace(settings, coder="learned"))
    assert contents(settings) == before


def test_there_must_be_a_store_to_rebuild(settings: Settings) -> None:
    with pytest.raises(StoreError, match="no such store"):
        running.rebuild(settings)


def test_a_coder_that_is_not_there(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="'oracle'"):
        running.run([], replace(settings, coder="oracle"))


def test_several_processes_give_the_same_claims(settings: Settings, source: str) -> None:
    alone = list(coding.code([source], settings))
    assert list(coding.code([source], replace(settings, workers=2))) == alone


def test_two_texts_of_one_id_stay_two_in_whatever_order_they_come(settings: Settings, tmp_path: Path) -> None:
    one, two = ({"id": "x", "text": REPORTS[n]["text"]} for n in (0, 1))
    first, second = write(tmp_path / "a.jsonl", [one]), write(tmp_path / "b.jsonl", [two])
    running.run([first, second], settings)
    before = [(report.id, report.text) for report in seen(settings)[0]]
    summary = running.run([second, first], settings)
    assert (summary.new_reports, summary.store.reports) == (0, 2)
    assert [(report.id, report.text) for report in seen(settings)[0]] == before


def test_a_file_name_that_is_not_utf_8_is_read_and_shown(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"r\xe9sum\xe9.txt")).write_text(REPORTS[0]["text"], encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert running.run([str(folder)], settings).new_reports == 1
    (report,) = seen(settings)[0]
    assert report.got_from.endswith(r"r\xe9sum\xe9.txt")
