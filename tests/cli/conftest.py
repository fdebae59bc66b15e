"""A small store of three outlets' words on one strike, and a way to run the command line on it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rashomon import linking
from rashomon.cli.main import app
from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.model import (
    ActorResolution,
    Claim,
    DateEvidence,
    DaysResolution,
    Furniture,
    FurnitureKind,
    Label,
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
    Witness,
)
from rashomon.store import RunRecord, Store

Run = Callable[..., Result]

DAY = dt.date(2018, 4, 9)
JAIRUD = PlaceResolution("Jairud", "g1", 33.8075, 36.7403, PlacePrecision.SETTLEMENT, "Rif Dimashq", "SY")
TEXTS = {
    "north-1": ("north", "Menu | Weather\nWarplanes raided Jairud on Monday, killing six terrorists, SOHR said.\n"),
    "south-1": ("south", "Jets raided Jairud on Monday and killed \x1b[31mtwenty\x1b[0m children.\n"),
    "east-1": ("east", "The army denied that it had raided Jairud.\n"),
}


def report(name: str) -> Report:
    outlet, text = TEXTS[name]
    menu = text.find("\n") if text.startswith("Menu") else 0
    return Report(
        id=name,
        outlet=outlet,
        address=None,
        title=None,
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        words=10,
        publication=Publication(DAY, DateEvidence.INPUT),
        furniture=(Furniture(Span(0, menu), FurnitureKind.NAVIGATION),) if menu else (),
        got_from=f"{name}.txt",
    )


def claim(
    of: str, actor: str, killed: int | None, status: Status = Status.OCCURRED, confidence: float | None = None
) -> Claim:
    text = TEXTS[of][1]
    start = text.rfind("\n", 0, len(text) - 1) + 1
    quote = text[start:].rstrip("\n")
    trigger = text.index("raided")
    return Claim(
        id=f"claim-{of}",
        report=of,
        coder="rules/1",
        quote=quote,
        span=Span(start, start + len(quote)),
        trigger="raided",
        trigger_span=Span(trigger, trigger + 6),
        type="air_strike",
        status=status,
        source=(Source(Mention("SOHR"), SourceKind.MONITOR),) if of == "north-1" else (),
        actors=(Participant(Mention(actor), ActorResolution(None, actor, "not in the actors file")),),
        targets=(Participant(Mention("people"), ActorResolution(None, "people", "people, not one of the actors")),),
        places=(Place(Mention("Jairud"), PlaceRole.AT, JAIRUD),),
        time=Time(Mention("on Monday"), DaysResolution(DAY, DAY)),
        quantities=() if killed is None else (Quantity(Measure.KILLED, "", killed, killed, str(killed)),),
        labels=(Label("terrorists", None, ActorResolution(None, "rebel fighters")),) if of == "north-1" else (),
        confidence=confidence,
    )


CLAIMS = (
    claim("north-1", "Syrian Arab Air Force", 6, confidence=0.9),
    claim("south-1", "Syrian Arab Air Force", 20, confidence=0.55),
    claim("east-1", "Syrian Arab Army", None, Status.DENIED),
)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that tests only read."""
    path = tmp_path_factory.mktemp("cli") / "rashomon.sqlite"
    witnesses = {name: Witness(name, outlet, name, DAY) for name, (outlet, _) in TEXTS.items()}
    with Store.open(path, create=True) as opened, opened.writing() as writer:
        run = writer.start_run(RunRecord("2024-01-01T00:00:00Z", "0.1.0", "rules", "1", "abc"))
        for name in TEXTS:
            writer.add_report(report(name), run)
            writer.add_coding(name, "rules/1", "basis", [c for c in CLAIMS if c.report == name], run)
        writer.put_witnesses(witnesses)
        writer.put_events(linking.link(CLAIMS, witnesses, (), Ontology.load(Layers())))
        writer.finish_run(run, "2024-01-01T00:00:01Z")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, one_model: None, tmp_path: Path) -> Run:
    """Runs a verb in an empty folder, with nothing of the user's in its settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("STORE", "OUT", "KNOWLEDGE", "CODER", "WORKERS", "PROFILE"):
        monkeypatch.delenv(f"RASHOMON_{name}", raising=False)
    monkeypatch.setenv("RASHOMON_GAZETTEER", str(tmp_path / "gazetteer"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("RASHOMON_CODER", "rules")

    def invoke(*arguments: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
