"""Hand-made reports, claims and events for the tests of the store."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from rashomon.model import (
    Account,
    ActorResolution,
    Claim,
    DateEvidence,
    DaysResolution,
    Event,
    Furniture,
    FurnitureKind,
    Judgement,
    JudgementKind,
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
)
from rashomon.store import RunRecord, Store, Writer

DAY = dt.date(2018, 4, 16)
TEXT = "Home | News\nMonday: so-called rebels shelled their town near Harasta — دوما, killing over 6."
RUN = RunRecord("2024-01-01T00:00:00Z", "0.1.0", "rules", "1", "abc", {"spacy": "3.8", "model": "md"})


def report(identity: str = "r1", text: str = TEXT) -> Report:
    return Report(
        id=identity,
        outlet="fars",
        address="https://example.org/1",
        title="Shelling",
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        words=13,
        publication=Publication(DAY, DateEvidence.DATELINE, "Monday", Span(12, 18), None, None, "a note"),
        furniture=(Furniture(Span(0, 11), FurnitureKind.NAVIGATION),),
        got_from="a.txt",
    )


def claim(identity: str = "c1", of: str = "r1", coder: str = "rules/1") -> Claim:
    """A resolved claim with something in every field."""
    quote = TEXT[12:]
    rebels = Mention("so-called rebels", Span(20, 36), "the Army of Islam")
    return Claim(
        id=identity,
        report=of,
        coder=coder,
        quote=quote,
        span=Span(12, 12 + len(quote)),
        trigger="shelled",
        trigger_span=Span(37, 44),
        type="shelling",
        status=Status.OCCURRED,
        source=(Source(Mention("a resident"), SourceKind.RESIDENT),),
        actors=(Participant(rebels, ActorResolution("jai", "Jaysh al-Islam")),),
        targets=(Participant(Mention("their town"), ActorResolution(None, "town", "people, not one of the actors")),),
        places=(
            Place(
                Mention("near Harasta", Span(56, 68)),
                PlaceRole.AT,
                PlaceResolution("Harasta", "g1", 33.5611, 36.3675, PlacePrecision.NEAR, "Rural Damascus", "SY"),
            ),
            Place(Mention("دوما"), PlaceRole.FROM, PlaceResolution("دوما", reason="not in the gazetteer")),
        ),
        time=Time(Mention("Monday", Span(12, 18)), DaysResolution(DAY, DAY)),
        quantities=(Quantity(Measure.KILLED, "", 6, None, "over 6"),),
        weapons=("mortars",),
        labels=(Label("so-called", rebels, ActorResolution("jai", "Jaysh al-Islam")), Label("martyrs")),
        confidence=0.731,
    )


def event(identity: str = "e1", claims: tuple[str, ...] = ("c1",), aliases: tuple[str, ...] = ()) -> Event:
    return Event(
        id=identity,
        claims=claims,
        type="shelling",
        start=DAY,
        end=DAY,
        place=PlaceResolution("Harasta", "g1", 33.5611, 36.3675, PlacePrecision.NEAR, "Rural Damascus", "SY"),
        accounts=(Account("status", "occurred", claims), Account("actors", "Jaysh al-Islam", claims)),
        reports=1,
        outlets=1,
        origins=1,
        aliases=aliases,
    )


def nowhere(identity: str, start: dt.date | None, type_: str = "talks") -> Event:
    return replace(event(identity, ()), start=start, end=start, place=None, type=type_, origins=3)


def judgement(identity: str, kind: JudgementKind = JudgementKind.REJECT, subject: str = "c1") -> Judgement:
    return Judgement(identity, kind, subject, by="ana", made="2024-01-02T00:00:00Z")


def keep(writer: Writer, *reports: Report, claims: tuple[Claim, ...] = (), coder: str = "rules/1") -> int:
    """Keeps reports, each with those of the claims that are about it."""
    run = writer.start_run(RUN)
    for one in reports:
        writer.add_report(one, run)
        if not writer.use_coding(one.id, coder, "basis", run):
            writer.add_coding(one.id, coder, "basis", [c for c in claims if c.report == one.id], run)
    return run


def dump(store: Store) -> list[str]:
    """Everything in an SQLite store, as SQL."""
    with store.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        return list(driver.iterdump())
