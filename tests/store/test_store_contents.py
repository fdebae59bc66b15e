"""What goes into a store comes out unchanged, once, in a fixed order; what is half done is not there."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from store_documents import DAY, RUN, claim, dump, event, judgement, keep, nowhere, report

from rashomon.errors import InputError, NotFoundError, StoreError
from rashomon.model import JudgementKind, Publication, Status, Witness
from rashomon.store import ClaimFilter, EventFilter, Kept, Store
from rashomon.store.rows import unresolved


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as writer:
        keep(writer, report("r2"), report("r1"), claims=(claim("c3", "r2"), claim("c2"), claim("c1")))
    return store


def test_reports_come_out_as_they_went_in_by_id(filled: Store) -> None:
    assert list(filled.view.reports()) == [report("r1"), report("r2")]
    assert filled.view.report("r2") == report("r2")
    with pytest.raises(NotFoundError, match="r9"):
        filled.view.report("r9")


def test_claims_come_out_as_they_went_in_with_their_resolutions_in_the_coders_order(filled: Store) -> None:
    assert list(filled.view.claims()) == [claim("c2"), claim("c1"), claim("c3", "r2")]
    assert filled.view.claim("c1") == claim("c1")


def contents(store: Store) -> list[str]:
    """Everything in the store but the notes on its runs."""
    return [line for line in dump(store) if not any(word in line for word in ('"runs"', '"codings"', "sequence"))]


def test_the_same_again_adds_nothing(filled: Store) -> None:
    before = contents(filled)
    with filled.writing() as writer:
        run = writer.start_run(RUN)
        assert writer.add_report(replace(report("r1"), got_from="elsewhere"), run) is Kept.KNOWN
        assert writer.use_coding("r1", "rules/1", "basis", run)
    assert contents(filled) == before


def test_another_text_under_a_known_id_is_not_kept(filled: Store) -> None:
    with filled.writing() as writer:
        assert writer.add_report(report("r1", "Something else."), writer.start_run(RUN)) is Kept.OTHER_TEXT
    assert filled.view.report("r1") == report("r1")


def test_what_is_read_from_the_same_text_is_brought_up_to_date(filled: Store) -> None:
    better = replace(report("r1"), publication=Publication(dt.date(2018, 4, 18)), furniture=())
    with filled.writing() as writer:
        assert writer.add_report(better, writer.start_run(RUN)) is Kept.READ_ANEW
    assert filled.view.report("r1") == better


def test_a_newer_coder_stands_beside_the_older_and_its_claims_are_current(filled: Store) -> None:
    newer = replace(claim("c1", coder="rules/2"), status=Status.PLANNED)
    with filled.writing() as writer:
        run = writer.start_run(RUN)
        assert not writer.use_coding("r1", "rules/2", "basis", run)
        writer.add_coding("r1", "rules/2", "basis", [newer], run)
    assert list(filled.view.claims()) == [newer, claim("c3", "r2")]
    assert sum('INSERT INTO "claims"' in line for line in dump(filled)) == 4
    with filled.writing() as writer:
        assert writer.use_coding("r1", "rules/1", "basis", writer.start_run(RUN))
    assert [c.id for c in filled.view.claims()] == ["c2", "c1", "c3"]


def test_other_knowledge_makes_another_coding(filled: Store) -> None:
    with filled.writing() as writer:
        run = writer.start_run(RUN)
        assert not writer.use_coding("r1", "rules/1", "other basis", run)
        writer.add_coding("r1", "rules/1", "other basis", [], run)
    assert [c.id for c in filled.view.claims()] == ["c3"]


def test_coders_stand_side_by_side(filled: Store) -> None:
    with filled.writing() as writer:
        run = writer.start_run(RUN)
        writer.add_coding("r1", "hand", "", [claim("h1", coder="hand")], run)
    assert [c.id for c in filled.view.claims(ClaimFilter(reports=["r1"]))] == ["h1", "c2", "c1"]
    assert [c.id for c in filled.view.claims(ClaimFilter(coder="hand"))] == ["h1"]
    assert set(filled.view.codings("rules")) == {"r1", "r2"}


def test_claims_of_another_report_or_coder_are_not_taken(filled: Store) -> None:
    with filled.writing() as writer:
        run = writer.start_run(RUN)
        with pytest.raises(ValueError, match="r1"):
            writer.add_coding("r1", "rules/3", "", [claim("c9", "r2", "rules/3")], run)


def test_claims_can_be_filtered(filled: Store) -> None:
    def ids(filters: ClaimFilter) -> list[str]:
        return [c.id for c in filled.view.claims(filters)]

    assert ids(ClaimFilter(ids=["c3", "c1", "nope"])) == ["c1", "c3"]
    assert ids(ClaimFilter(ids=["c3", "c1"], reports=["r2"])) == ["c3"]
    assert ids(ClaimFilter(types=["talks"])) == []
    assert ids(ClaimFilter(statuses=["occurred"], reports=["r1"])) == ["c2", "c1"]


def test_judgements_amend_what_is_seen_and_leave_what_was_coded(filled: Store) -> None:
    correct = replace(judgement("j2", JudgementKind.CORRECT, "c2"), field="type", value=json.dumps("air_strike"))
    with filled.writing() as writer:
        assert writer.add_judgement(judgement("j1"))
        assert writer.add_judgement(correct)
        assert not writer.add_judgement(correct)
    assert [(c.id, c.type) for c in filled.view.claims(ClaimFilter(reports=["r1"]))] == [("c2", "air_strike")]
    assert [c.id for c in filled.view.claims(ClaimFilter(types=["air_strike"]))] == ["c2"]
    coded = list(filled.view.claims(ClaimFilter(reports=["r1"], as_coded=True)))
    assert coded == [claim("c2"), claim("c1")]
    with pytest.raises(NotFoundError):
        filled.view.claim("c1")
    with filled.writing() as writer:
        writer.add_judgement(judgement("j3", JudgementKind.WITHDRAW, "j1"))
    assert filled.view.claim("c1") == claim("c1")
    assert [one.id for one in filled.view.judgements()] == ["j1", "j2", "j3"]


def test_a_judgement_must_be_about_something_and_keep_its_id_to_itself(filled: Store) -> None:
    with filled.writing() as writer:
        writer.add_judgement(judgement("j1"))
        with pytest.raises(StoreError, match="another one has this id"):
            writer.add_judgement(judgement("j1", subject="c2"))
        with pytest.raises(NotFoundError, match="c77"):
            writer.add_judgement(judgement("j2", subject="c77"))
        with pytest.raises(NotFoundError, match="c78"):
            writer.add_judgement(replace(judgement("j2", JudgementKind.SAME), other="c78"))
        with pytest.raises(NotFoundError, match="j77"):
            writer.add_judgement(judgement("j2", JudgementKind.WITHDRAW, "j77"))


def test_a_correction_that_no_longer_fits_is_told(filled: Store) -> None:
    with filled.writing() as writer:
        bad = replace(judgement("j1", JudgementKind.CORRECT), field="quote", value=json.dumps("gone"))
        writer.add_judgement(bad)
    told: list[InputError] = []
    assert [c.id for c in filled.view.claims(misfit=told.append)] == ["c2", "c1", "c3"]
    assert len(told) == 1
    assert [c.id for c in filled.view.claims()] == ["c2", "c1", "c3"]


def test_resolutions_are_replaced_and_dropped(filled: Store) -> None:
    unknown = unresolved(claim("c1"))
    codings = filled.view.codings("rules", ["r1"])
    with filled.writing() as writer:
        writer.put_resolutions([unknown, claim("c2")], codings)
    assert list(filled.view.claims()) == [claim("c2"), unknown, claim("c3", "r2")]
    with filled.writing() as writer:
        writer.drop_derived()
    assert list(filled.view.claims()) == [unresolved(claim("c2")), unknown, unresolved(claim("c3", "r2"))]


def test_events_come_out_as_they_went_in_by_day(filled: Store) -> None:
    later = nowhere("a", dt.date(2018, 5, 1))
    undated = nowhere("b", None)
    with filled.writing() as writer:
        writer.put_events([undated, later, event("z", ("c1", "c2"), aliases=("old", "older"))])
    assert list(filled.view.events()) == [event("z", ("c1", "c2"), aliases=("old", "older")), later, undated]
    with filled.writing() as writer:
        writer.put_events([later])
    assert list(filled.view.events()) == [later]


def test_an_event_is_found_by_the_ids_that_were_merged_into_it(filled: Store) -> None:
    with filled.writing() as writer:
        writer.put_events([event("z", aliases=("old",))])
    assert filled.view.event("z") == filled.view.event("old")
    with pytest.raises(NotFoundError, match="e9"):
        filled.view.event("e9")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (EventFilter(types=["talks"]), ["a", "b"]),
        (EventFilter(first=DAY, last=DAY), ["z"]),
        (EventFilter(first=dt.date(2018, 4, 20)), ["a"]),
        (EventFilter(adm1="Rural Damascus", country="SY"), ["z"]),
        (EventFilter(claim="c1"), ["z"]),
        (EventFilter(located=False), ["a", "b"]),
        (EventFilter(located=True), ["z"]),
        (EventFilter(origins=2), ["a", "b"]),
    ],
)
def test_events_can_be_filtered(filled: Store, filters: EventFilter, found: list[str]) -> None:
    with filled.writing() as writer:
        writer.put_events([event("z"), nowhere("b", None), nowhere("a", dt.date(2018, 5, 1))])
    assert [one.id for one in filled.view.events(filters)] == found


def test_witnesses_know_their_group_of_copies(filled: Store) -> None:
    own = {"r1": Witness("r1", "fars", "r1", DAY), "r2": Witness("r2", "fars", "r2", DAY)}
    assert filled.view.witnesses() == own
    copied = {"r1": own["r1"], "r2": replace(own["r2"], copies="r1")}
    with filled.writing() as writer:
        writer.put_witnesses(copied)
    assert filled.view.witnesses() == copied


def test_runs_are_remembered_and_an_interrupted_one_shows(filled: Store) -> None:
    assert filled.view.last_run() is None
    assert filled.view.interrupted()
    with filled.writing() as writer:
        writer.finish_run(writer.start_run(RUN), "2024-01-01T00:01:00Z")
    assert filled.view.last_run() == RUN
    assert not filled.view.interrupted()


def test_what_is_broken_off_is_not_there(filled: Store) -> None:
    before = dump(filled)
    with pytest.raises(KeyboardInterrupt), filled.writing() as writer:
        keep(writer, report("r3"), claims=(claim("c5", "r3"),))
        writer.put_events([event()])
        raise KeyboardInterrupt
    assert dump(filled) == before


def test_a_process_that_is_killed_while_it_writes_leaves_nothing_half_done(filled: Store, path: Path) -> None:
    before = dump(filled)
    killed = (
        "import os, signal, sys; from pathlib import Path; from store_documents import *\n"
        "with Store.open(Path(sys.argv[1])) as store, store.writing() as writer:\n"
        "    texts = [report(f'x{n}', str(n) * 100_000) for n in range(60)]\n"  # more than the cache holds
        "    keep(writer, *texts)\n"
        "    print('written', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", killed, path], cwd=Path(__file__).parent, capture_output=True)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"written\n")
    assert dump(filled) == before


def test_counts(filled: Store) -> None:
    with filled.writing() as writer:
        writer.put_events([event()])
        writer.add_judgement(judgement("j1"))
    counts = filled.view.counts()
    assert (counts.reports, counts.claims, counts.events, counts.judgements) == (2, 3, 1, 1)


def test_many_reports_are_read_in_pieces(store: Store) -> None:
    names = [f"r{number:04}" for number in range(310)]
    with store.writing() as writer:
        keep(writer, *(report(name) for name in names), claims=tuple(claim(f"c-{name}", name) for name in names))
    assert [one.id for one in store.view.reports()] == names
    assert [one.id for one in store.view.claims(ClaimFilter(reports=names))] == [f"c-{name}" for name in names]
    assert store.view.counts().claims == 310
