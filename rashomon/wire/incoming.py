"""JSON objects that other programs or people made -> claims and events, checked field by field."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Self

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

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
    Withheld,
)

HAND = "hand"


def _day(value: object) -> object:
    """A day as it is written in JSON; pydantic alone would take a number for seconds since 1970."""
    if value is None or isinstance(value, dt.date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value[:10]
    raise ValueError("a day is written as 2018-04-17")


_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T00:00(?::00(?:\.0+)?)?Z?)?")
_Day = Annotated[dt.date | None, BeforeValidator(_day)]


class _In(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _MentionIn(_In):
    text: str
    start: int | None = Field(default=None, ge=0)
    antecedent: str | None = None

    def mention(self) -> Mention:
        span = None if self.start is None else Span(self.start, self.start + len(self.text))
        return Mention(self.text, span, self.antecedent)


class _SourceIn(_MentionIn):
    kind: SourceKind


class _ActorIn(_MentionIn):
    name: str | None = None
    id: str | None = None
    reason: str = ""

    def resolution(self) -> ActorResolution | None:
        if self.name is None or self.reason == "not resolved":
            return None
        return ActorResolution(self.id, self.name, self.reason)


class _PlaceIn(_MentionIn):
    name: str | None = None
    role: PlaceRole = PlaceRole.AT
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    precision: PlacePrecision | None = None
    adm1: str | None = None
    country: str | None = None
    gazetteer_id: str | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("`lat` and `lon` are given both or not at all")
        return self

    def resolution(self) -> PlaceResolution | None:
        if self.name is None or self.reason == "not resolved":
            return None
        return PlaceResolution(
            name=self.name,
            gazetteer_id=self.gazetteer_id,
            lat=self.lat,
            lon=self.lon,
            precision=self.precision,
            adm1=self.adm1,
            country=self.country,
            reason=self.reason,
        )


def _check_days(start: dt.date | None, end: dt.date | None) -> None:
    if end is not None and start is None:
        raise ValueError("`end` is given without `start`")
    if start is not None and end is not None and end < start:
        raise ValueError(f"it ends on {end}, before it starts on {start}")


class _TimeIn(_In):
    text: str = ""
    start: _Day = None
    end: _Day = None
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_days(self.start, self.end)
        return self

    def time(self) -> Time:
        days = None
        if self.start is not None:
            days = DaysResolution(self.start, self.end or self.start)
        elif self.reason and self.reason != "not resolved":
            days = DaysResolution(None, None, self.reason)
        return Time(Mention(self.text), days)


class _QuantityIn(_In):
    measure: Measure
    of: str | None = None
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    text: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"`min` is {self.min}, more than `max`, {self.max}")
        return self


class _LabelIn(_In):
    text: str
    of: _MentionIn | None = None
    name: str | None = None
    id: str | None = None
    reason: str = ""


class _ClaimIn(_In):
    id: str | None = None
    report: str
    coder: str = HAND
    quote: str
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    trigger: str
    trigger_start: int | None = Field(default=None, ge=0)
    type: str
    status: Status
    source: list[_SourceIn] = []
    actors: list[_ActorIn] = []
    targets: list[_ActorIn] = []
    places: list[_PlaceIn] = []
    time: _TimeIn | None = None
    quantities: list[_QuantityIn] = []
    weapons: list[str] = []
    labels: list[_LabelIn] = []
    confidence: Annotated[float, Field(strict=True, ge=0, le=1)] | None = None
    withheld: list[Withheld] = []

    @model_validator(mode="after")
    def _trigger_in_quote(self) -> Self:
        if not self.quote.strip() or not self.trigger.strip():
            raise ValueError("`quote` and `trigger` are not empty")
        if self.trigger_start is None and self.trigger not in self.quote:
            raise ValueError(f"the trigger {self.trigger!r} does not stand in the quote")
        return self


def claim_id(report: str, trigger: Span, coder: str, tie: int = 0, *, words: tuple[str, ...] = ()) -> str:
    """A claim's id: a hash of report, trigger span and coder name (without its version), with a tie-breaker.

    `words` tell claims apart whose offsets are not known: their quote and type.
    """
    key = "\0".join((report, str(trigger.start), str(trigger.end), coder.split("/")[0], str(tie), *words))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def claim_from_json(row: object, where: str | None = None, line: int | None = None) -> Claim:
    """A claim from its JSON form, coded by any program or by hand.

    Without `start` the quote's offsets are unknown and count from 0; without `id` one is made.

    Raises:
        InputError: the row is not a claim; the message names the field.
    """
    try:
        given = _ClaimIn.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole line"
        raise InputError(
            f"not a claim: {field}: {first['msg'].removeprefix('Value error, ')}",
            where=where,
            line=line,
            remedy="See docs/codebook.md for the fields",
        ) from error
    start = given.start or 0
    inside = start + max(given.quote.find(given.trigger), 0)
    at = inside if given.trigger_start is None else given.trigger_start
    trigger_span = Span(at, at + len(given.trigger))
    return Claim(
        id=given.id or claim_id(given.report, trigger_span, given.coder, words=(given.quote, given.type)),
        report=given.report,
        coder=given.coder,
        quote=given.quote,
        span=Span(start, _end(given, start)),
        trigger=given.trigger,
        trigger_span=trigger_span,
        type=given.type,
        status=given.status,
        source=tuple(Source(s.mention(), s.kind) for s in given.source),
        actors=tuple(Participant(p.mention(), p.resolution()) for p in given.actors),
        targets=tuple(Participant(p.mention(), p.resolution()) for p in given.targets),
        places=tuple(Place(p.mention(), p.role, p.resolution()) for p in given.places),
        time=given.time.time() if given.time is not None else None,
        quantities=tuple(Quantity(q.measure, q.of or "", q.min, q.max, q.text) for q in given.quantities),
        weapons=tuple(given.weapons),
        labels=tuple(
            Label(
                label.text,
                label.of.mention() if label.of is not None else None,
                ActorResolution(label.id, label.name, label.reason)
                if label.name is not None and label.reason != "not resolved"
                else None,
            )
            for label in given.labels
        ),
        confidence=given.confidence,
        withheld=tuple(given.withheld),
    )


def _end(given: _ClaimIn, start: int) -> int:
    """Where the quote ends in the report; only one of which words were left out is not as long as it stands here."""
    if given.withheld and given.end is not None and given.end >= start:
        return given.end
    return start + len(given.quote)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no claim; the rest of the file is read all the same."""

    error: InputError


def read_claims(lines: Iterable[bytes], where: str) -> Iterator[Claim | BadLine]:
    """Claims from JSON lines, in order; a line that is no claim becomes a `BadLine` that names file and line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield BadLine(InputError(f"not JSON: {error}", where=where, line=number, remedy="Mend or delete the line"))
            continue
        try:
            yield claim_from_json(row, where, number)
        except InputError as error:
            yield BadLine(error)


class _DaysIn(_In):
    start: _Day = None
    end: _Day = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_days(self.start, self.end)
        return self


class _EventPlaceIn(_PlaceIn):
    text: str = ""


class _AccountIn(_In):
    value: str
    claims: list[str]


class _EventIn(_In):
    id: str
    claims: list[str]
    type: str
    days: _DaysIn = _DaysIn()
    place: _EventPlaceIn | None = None
    accounts: dict[str, list[_AccountIn]] = {}
    reports: int = 0
    outlets: int = 0
    origins: int = 0
    aliases: list[str] = []
    withheld: list[Withheld] = []


def event_from_json(row: object, where: str | None = None, line: int | None = None) -> Event:
    """An event from its JSON form.

    Raises:
        InputError: the row is not an event.
    """
    try:
        given = _EventIn.model_validate(row)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(f"not an event: {reason}", where=where, line=line) from error
    return Event(
        id=given.id,
        claims=tuple(given.claims),
        type=given.type,
        start=given.days.start,
        end=given.days.end,
        place=given.place.resolution() if given.place is not None else None,
        accounts=tuple(
            Account(field, account.value, tuple(account.claims))
            for field, accounts in given.accounts.items()
            for account in accounts
        ),
        reports=given.reports,
        outlets=given.outlets,
        origins=given.origins,
        aliases=tuple(given.aliases),
        withheld=tuple(given.withheld),
    )
