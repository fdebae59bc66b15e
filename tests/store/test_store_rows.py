"""Any claim goes through its rows and back unchanged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
    Event,
    Label,
    Mention,
    Participant,
    Place,
    PlaceResolution,
    Quantity,
    Source,
    Span,
    Time,
)
from rashomon.store import rows

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
counts = st.integers(0, 10**7)
floats = st.floats(-90, 90, allow_nan=False)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10**6), st.integers(0, 99))
mentions = st.builds(Mention, words, st.none() | spans, st.none() | words)
actors = st.builds(ActorResolution, st.none() | words, words, words)
participants = st.builds(Participant, mentions, st.none() | actors)
resolved_places = st.builds(PlaceResolution, words, lat=st.none() | floats, lon=st.none() | floats)
claims = st.builds(
    Claim,
    id=words,
    report=words,
    coder=st.sampled_from(["rules/1", "hand", "llm/a/b"]),
    quote=words,
    span=spans,
    trigger=words,
    trigger_span=spans,
    type=words,
    source=st.lists(st.builds(Source, mentions), max_size=2).map(tuple),
    actors=st.lists(participants, max_size=3).map(tuple),
    targets=st.lists(participants, max_size=3).map(tuple),
    places=st.lists(st.builds(Place, mentions, resolution=st.none() | resolved_places), max_size=3).map(tuple),
    time=st.none()
    | st.builds(Time, mentions, st.none() | st.builds(DaysResolution, st.none() | days, st.none() | days, words)),
    quantities=st.lists(
        st.builds(Quantity, of=words, minimum=st.none() | counts, maximum=st.none() | counts, text=words), max_size=2
    ).map(tuple),
    weapons=st.lists(words, max_size=2).map(tuple),
    labels=st.lists(st.builds(Label, words, st.none() | mentions, st.none() | actors), max_size=2).map(tuple),
    confidence=st.none() | st.floats(0, 1),
)


def through_json(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(claims)
def test_a_claim_comes_back(claim: Claim) -> None:
    name, version = rows.name_and_version(claim.coder)
    row = through_json(rows.claim_to_row(claim, 3)) | {"report": claim.report, "coder": name, "version": version}
    coded = rows.claim_from_row(row)
    assert coded == rows.unresolved(claim)
    found = rows.actors_to_rows(claim), rows.places_to_rows(claim), rows.days_to_rows(claim)
    assert rows.with_resolutions(coded, *found) == claim


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.none() | resolved_places, st.none() | days)
def test_an_event_comes_back(place: PlaceResolution | None, day: dt.date | None) -> None:
    event = Event("e", ("a", "b"), "talks", day, day, place, (), 1, 2, 3, ("old",))
    assert rows.event_from_rows(rows.event_to_row(event), event.claims, (), event.aliases) == event
