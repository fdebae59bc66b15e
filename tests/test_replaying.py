"""What was known on a day: later reports change neither events nor counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.ledgers import Asked, casualties
from rashomon.ledgers.figures import Range
from rashomon.model import (
    ActorResolution,
    Claim,
    DateEvidence,
    DaysResolution,
    Measure,
    Mention,
    Participant,
    Place,
    PlacePrecision,
    PlaceResolution,
    PlaceRole,
    Publication,
    Quantity,
    Report,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
)
from rashomon.pipeline.replaying import as_of
from rashomon.pipeline.telling import account_of
from rashomon.store import RunRecord, Store

ALMA = PlaceResolution("Alma", "t1", 34.0, 37.0, PlacePrecision.SETTLEMENT, "Northland", "SY")
STRIKE = dt.date(2018, 4, 7)


def report(name: str, published: Publication) -> Report:
    text = "Jets raided Alma. " + " ".join(f"{name}{number}" for number in range(20))  # no copy of another
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(name, name, None, None, text, digest, "en", 17, published)


def strike(of: str, killed: int) -> Claim:
    return Claim(
        id=f"claim-{of}",
        report=of,
        coder="rules/1",
        quote="Jets raided Alma",
        span=Span(0, 16),
        trigger="raided",
        trigger_span=Span(5, 11),
        type="air_strike",
        status=Status.OCCURRED,
        actors=(Participant(Mention("Jets"), ActorResolution(None, "Redshirts", "not in the actors file")),),
        places=(Place(Mention("Alma"), PlaceRole.AT, ALMA),),
        time=Time(Mention("then"), DaysResolution(STRIKE, STRIKE)),
        quantities=(Quantity(Measure.KILLED, "people", killed, killed, str(killed)),),
    )


REPORTS = {
    "early": (Publication(dt.date(2018, 4, 8), DateEvidence.INPUT), 6),
    "late": (Publication(dt.date(2018, 4, 20), DateEvidence.INPUT), 9),
    "bounded": (Publication(None, DateEvidence.TEXT_BOUNDS, latest=dt.date(2018, 4, 15)), 7),
    "undated": (Publication(), 50),
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    with Store.open(path, create=True) as opened, opened.writing() as writer:
        run = writer.start_run(RunRecord("2024-01-01T00:00:00Z", "0.1.0", "rules", "1", "abc"))
        for name, (published, killed) in REPORTS.items():
            writer.add_report(report(name, published), run)
            writer.add_coding(name, "rules/1", "basis", [strike(name, killed)], run)
        writer.finish_run(run, "2024-01-01T00:00:01Z")
    return path


@pytest.mark.parametrize(
    ("day", "reports", "later", "told"),
    [
        ("2018-04-08", 1, 1, Range(6, 6)),
        ("2018-04-15", 2, 1, Range(6, 7)),
        ("2018-04-20", 3, 0, Range(6, 9)),
    ],
)
def test_only_what_was_published_counts(store: Path, day: str, reports: int, later: int, told: Range) -> None:
    with Store.open(store) as opened:
        known = as_of(opened.view, dt.date.fromisoformat(day), Layers())
    assert (len(known.reports()), known.later) == (reports, later)
    assert len(known.events()) == 1
    account = account_of(known, Layers())
    (row,) = casualties(account.told, Asked(), account.who).rows
    assert row.told == told
    assert row.origins == reports


def test_reports_of_unknown_day_are_left_out_and_counted(store: Path) -> None:
    with Store.open(store) as opened:
        assert as_of(opened.view, dt.date(2018, 4, 8), Layers()).undated == 2
        assert as_of(opened.view, dt.date(2030, 1, 1), Layers()).undated == 1


def test_voices_are_told_apart_by_the_words_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    speakers = {"early": "Northern Police Command", "late": "herald of Northern Police Command"}
    with Store.open(path, create=True) as opened, opened.writing() as writer:
        run = writer.start_run(RunRecord("2024-01-01T00:00:00Z", "0.1.0", "rules", "1", "abc"))
        for name, speaker in speakers.items():
            writer.add_report(report(name, REPORTS[name][0]), run)
            told = replace(strike(name, 6), source=(Source(Mention(speaker), SourceKind.GOVERNMENT),))
            writer.add_coding(name, "rules/1", "basis", [told], run)
        writer.finish_run(run, "2024-01-01T00:00:01Z")
    ours = tmp_path / "ours"
    ours.mkdir()
    built_in = (BUILT_IN / "accounts.yaml").read_text("utf-8")
    (ours / "accounts.yaml").write_text(built_in.replace("speaks_for: [", "speaks_for: [herald, "), "utf-8")
    with Store.open(path) as opened:
        known = [as_of(opened.view, dt.date(2018, 4, 20), layers) for layers in (Layers(), Layers.over_built_in(ours))]
    assert [[event.origins for event in each.events()] for each in known] == [[2], [1]]
