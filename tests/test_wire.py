"""Claims and events as JSON: nothing is lost on the way out and in, and a bad row says what is wrong with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import InputError
from rashomon.model import (
    Account,
    ActorResolution,
    Claim,
    DaysResolution,
    Event,
    Label,
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
from rashomon.wire import (
    BadLine,
    claim_from_json,
    claim_id,
    claim_to_json,
    dump_line,
    event_from_json,
    event_to_json,
    read_claims,
)

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).filter(str.strip)
OPTIONAL = st.none() | WORDS
NUMBER = st.integers(0, 10**7)
RANGES = st.one_of(
    st.tuples(NUMBER, NUMBER).map(lambda two: (min(two), max(two))),
    st.tuples(st.none() | NUMBER, st.none()),
    st.tuples(st.none(), NUMBER),
)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1))


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    text, start = draw(WORDS), draw(st.none() | st.integers(0, 10**6))
    return Mention(text, None if start is None else Span(start, start + len(text)), draw(OPTIONAL))


ACTORS = st.builds(ActorResolution, OPTIONAL, WORDS, st.sampled_from(["", "people, not one of the actors"]))
POINTS = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def place(point: tuple[float, float] | None, **other: Any) -> PlaceResolution:
    lat, lon = point or (None, None)
    return PlaceResolution(lat=lat, lon=lon, **other)


PLACES = st.builds(
    place,
    POINTS,
    name=WORDS,
    gazetteer_id=OPTIONAL,
    precision=st.none() | st.sampled_from(PlacePrecision),
    adm1=OPTIONAL,
    country=OPTIONAL,
    reason=st.sampled_from(["", "not in the gazetteer"]),
)
SPAN_OF_DAYS = st.tuples(DAYS, DAYS).map(lambda two: DaysResolution(min(two), max(two)))
DAYS_FOUND = st.none() | SPAN_OF_DAYS | st.just(DaysResolution(None, None, "no publication date"))
PARTICIPANTS = st.lists(st.builds(Participant, mentions(), st.none() | ACTORS), max_size=2).map(tuple)


@st.composite
def labels(draw: st.DrawFn) -> Label:
    holder = draw(st.none() | mentions())
    return Label(draw(WORDS), holder, draw(st.none() | ACTORS))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    least, most = draw(RANGES)
    return Quantity(draw(st.sampled_from(Measure)), draw(WORDS), least, most, draw(WORDS))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    quote, trigger = draw(WORDS), draw(WORDS)
    start, at = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    return Claim(
        id=draw(WORDS),
        report=draw(WORDS),
        coder=draw(WORDS),
        quote=quote,
        span=Span(start, start + len(quote)),
        trigger=trigger,
        trigger_span=Span(at, at + len(trigger)),
        type=draw(WORDS),
        status=draw(st.sampled_from(Status)),
        source=tuple(draw(st.lists(st.builds(Source, mentions(), st.sampled_from(SourceKind)), max_size=2))),
        actors=draw(PARTICIPANTS),
        targets=draw(PARTICIPANTS),
        places=tuple(
            draw(st.lists(st.builds(Place, mentions(), st.sampled_from(PlaceRole), st.none() | PLACES), max_size=2))
        ),
        time=draw(st.none() | st.builds(Time, st.builds(Mention, WORDS), DAYS_FOUND)),
        quantities=tuple(draw(st.lists(quantities(), max_size=2))),
        weapons=tuple(draw(st.lists(WORDS, max_size=2))),
        labels=tuple(draw(st.lists(labels(), max_size=2))),
        confidence=draw(st.none() | st.floats(0, 1)),
    )


@settings(derandomize=True, deadline=None, max_examples=80)
@given(claims())
def test_a_claim_comes_back_as_it_went(claim: Claim) -> None:
    line = dump_line(claim_to_json(claim))
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert claim_from_json(orjson.loads(line)) == claim


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.lists(claims(), max_size=3))
def test_lines_come_back_as_claims(rows: list[Claim]) -> None:
    lines = [dump_line(claim_to_json(claim)) for claim in rows]
    assert list(read_claims([*lines, b"\n", b"  "], "claims.jsonl")) == rows


def test_an_event_comes_back_as_it_went() -> None:
    event = Event(
        id="e1",
        claims=("c1", "c2"),
        type="shelling",
        start=dt.date(2018, 4, 17),
        end=dt.date(2018, 4, 18),
        place=PlaceResolution("Rastan", "42", 34.9, 36.7, PlacePrecision.SETTLEMENT, "Homs", "SY"),
        accounts=(
            Account("status", "occurred", ("c1",)),
            Account("status", "denied", ("c2",)),
            Account("killed", "6", ("c1",)),
        ),
        reports=2,
        outlets=2,
        origins=1,
        aliases=("e0",),
    )
    assert event_from_json(orjson.loads(dump_line(event_to_json(event)))) == event


LEAST: dict[str, Any] = {
    "report": "r1",
    "quote": "Rebels shelled Fuaa.",
    "trigger": "shelled",
    "type": "shelling",
    "status": "occurred",
}


def test_the_least_that_a_person_writes_is_a_claim() -> None:
    claim = claim_from_json(LEAST)
    assert claim.coder == "hand"
    assert claim.trigger_span.of(claim.quote) == "shelled"
    assert claim.id == claim_from_json(LEAST).id
    assert claim.id != claim_from_json(LEAST | {"type": "ground_attack"}).id


def test_a_file_without_confidence_says_that_it_is_not_known() -> None:
    row = claim_to_json(claim_from_json(LEAST))
    assert row["confidence"] is None
    del row["confidence"]
    assert claim_from_json(row) == claim_from_json(row | {"confidence": None})
    assert claim_from_json(row | {"confidence": 1}).confidence == 1.0


def test_claims_of_one_coder_on_other_quotes_have_other_ids() -> None:
    row = LEAST | {"coder": "llm/2"}
    again = {"quote": "Rebels shelled Jairud."}
    ids = {claim_from_json(given).id for given in (row, row | again, row | {"type": "protest"})}
    assert len(ids) == 3
    assert claim_from_json(row | {"coder": "llm/3"}).id in ids


def test_fields_that_are_not_known_are_let_be() -> None:
    assert claim_from_json(LEAST | {"note": "checked twice"}) == claim_from_json(LEAST)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "perhaps"}, "status"),
        ({"quote": None}, "quote"),
        ({"start": -1}, "start"),
        ({"actors": [{"name": "Hezbollah"}]}, "actors.0.text"),
        ({"source": [{"text": "a source", "kind": "rumour"}]}, "source.0.kind"),
        ({"places": [{"text": "Homs", "lat": 134}]}, "places.0.lat"),
        ({"places": [{"text": "Homs", "role": "via"}]}, "places.0.role"),
        ({"time": {"text": "Monday", "start": "the 3rd"}}, "time.start"),
        ({"quantities": [{"measure": "killed", "min": "six"}]}, "quantities.0.min"),
        ({"quantities": [{"measure": "killed", "min": -1}]}, "quantities.0.min"),
        ({"quantities": [{"measure": "killed", "min": 9, "max": 6}]}, "quantities.0: `min` is 9, more than `max`, 6"),
        ({"time": {"text": "Monday", "start": 0}}, "time.start: a day is written as 2018-04-17"),
        ({"time": {"text": "Monday", "start": "1523923200"}}, "time.start"),
        ({"time": {"text": "x", "start": "2018-04-17", "end": "2018-04-16"}}, "time: it ends on 2018-04-16, before"),
        ({"time": {"text": "x", "end": "2018-04-16"}}, "time: `end` is given without `start`"),
        ({"places": [{"text": "Homs", "lat": 34.7}]}, "places.0: `lat` and `lon`"),
        ({"trigger": "raided"}, "the whole line: the trigger 'raided' does not stand in the quote"),
        ({"labels": [{"name": "x"}]}, "labels.0.text"),
        ({"confidence": 1.01}, "confidence"),
        ({"confidence": -0.5}, "confidence"),
        ({"confidence": "0.5"}, "confidence"),
        ({"confidence": True}, "confidence"),
    ],
)
def test_a_bad_row_names_field_and_line(change: dict[str, Any], field: str) -> None:
    good = orjson.dumps(LEAST)
    first, bad, last = read_claims([good, orjson.dumps(LEAST | change), good], "hand.jsonl")
    assert isinstance(bad, BadLine)
    assert f"hand.jsonl:2: not a claim: {field}" in str(bad.error)
    assert bad.error.remedy
    assert first == last == claim_from_json(LEAST)


@pytest.mark.parametrize("line", [b"{", b"[1, 2]", b"null", b'"words"', b"\xff\xfe", b"{'report': 1}"])
def test_a_line_that_is_no_claim_at_all(line: bytes) -> None:
    (bad,) = read_claims([line], "claims.jsonl")
    assert isinstance(bad, BadLine)
    assert str(bad.error).startswith("claims.jsonl:1: not ")


def test_a_missing_field_is_named() -> None:
    for field in LEAST:
        with pytest.raises(InputError, match=f"not a claim: {field}: Field required"):
            claim_from_json({key: value for key, value in LEAST.items() if key != field})


def test_a_row_that_is_no_event_says_where() -> None:
    with pytest.raises(InputError, match=r"events\.jsonl:7: not an event"):
        event_from_json({"id": "e1"}, "events.jsonl", 7)


KEYS = sorted(claim_to_json(claim_from_json(LEAST)))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "text"]), inner, max_size=8),
)


@settings(derandomize=True, deadline=None)
@given(
    st.binary(max_size=60)
    | ANYTHING.map(orjson.dumps)
    | st.dictionaries(st.sampled_from(KEYS), ANYTHING).map(lambda change: orjson.dumps(LEAST | change))
)
def test_nothing_that_comes_in_stops_the_reading(line: bytes) -> None:
    for found in read_claims([line], "claims.jsonl"):
        assert isinstance(found, Claim | BadLine)


def test_ids_tell_apart_reports_places_coders_and_ties_but_no_versions() -> None:
    span = Span(3, 9)
    first = claim_id("r1", span, "rules/1")
    assert first == claim_id("r1", span, "rules/2")
    others = [
        claim_id("r2", span, "rules/1"),
        claim_id("r1", Span(3, 8), "rules/1"),
        claim_id("r1", span, "model/1"),
        claim_id("r1", span, "rules/1", 1),
    ]
    assert len({first, *others}) == 5
