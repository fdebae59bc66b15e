"""A claim, as the scores see it: where it stands in its report, and the facts that it falls apart into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from rashomon.errors import InputError
from rashomon.evaluate.names import Names

_OWN_VOICE = "outlet"

Days = tuple[dt.date, dt.date]


def _none_as_list(value: object) -> object:
    return [] if value is None else value


def _none_as_empty(value: object) -> object:
    return "" if value is None else value


_Text = Annotated[str, BeforeValidator(_none_as_empty)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Speaker(_Form):
    kind: str


class _Named(_Form):
    name: _Text


class _Time(_Form):
    start: str | None = None
    end: str | None = None


class _Quantity(_Form):
    measure: str
    min: int | float | None = None
    max: int | float | None = None


class _ClaimForm(_Form):
    quote: _Text = ""
    start: int | None = None
    trigger: _Text = ""
    type: str
    status: str
    source: Annotated[list[_Speaker], BeforeValidator(_none_as_list)] = []
    actors: Annotated[list[_Named], BeforeValidator(_none_as_list)] = []
    targets: Annotated[list[_Named], BeforeValidator(_none_as_list)] = []
    places: Annotated[list[_Named], BeforeValidator(_none_as_list)] = []
    time: _Time | None = None
    quantities: Annotated[list[_Quantity], BeforeValidator(_none_as_list)] = []
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a claim says: a field and its value, folded so that spellings of one name are equal."""

    field: str
    value: Hashable

    def __str__(self) -> str:
        if not isinstance(self.value, tuple):
            return str(self.value)
        if self.field == "time":
            return " to ".join(day.isoformat() for day in self.value)
        measure, low, high = self.value
        return f"{measure} {'?' if low is None else low} to {'?' if high is None else high}"


@dataclass(frozen=True, slots=True)
class ScoredClaim:
    """A claim as the scores see it: where it stands, its facts, and how sure its coder is, where it says so."""

    report: str
    quote: str
    start: int | None
    trigger: str
    type: str
    facts: tuple[Fact, ...]
    confidence: float | None = None

    @classmethod
    def from_json(cls, report: str, form: Any, names: Names, where: str, line: int | None = None) -> ScoredClaim:  # noqa: ANN401 - JSON is checked here
        """A claim from its codebook fields.

        Raises:
            InputError: a field is missing or of the wrong form.
        """
        try:
            claim = _ClaimForm.model_validate(form)
            days = _days(claim.time)
        except ValidationError as error:
            first = error.errors()[0]
            path = ".".join(str(part) for part in first["loc"]) or "claim"
            raise InputError(
                f"a claim of report {report} is not in the codebook's form: {path}: {first['msg']}",
                where=where,
                line=line,
            ) from error
        except ValueError as error:
            remedy = "Write days as 2017-04-04"
            raise InputError(f"a claim of report {report}: {error}", where=where, line=line, remedy=remedy) from error
        facts = [Fact("type", claim.type), Fact("status", claim.status)]
        facts.append(Fact("source", claim.source[0].kind if claim.source else _OWN_VOICE))
        facts += _distinct("actors", (names.actor(x.name) for x in claim.actors))
        facts += _distinct("targets", (names.actor(x.name) for x in claim.targets))
        facts += _distinct("places", (names.place(x.name) for x in claim.places))
        facts += [Fact("time", days)] if days else []
        facts += [Fact("quantities", (q.measure, q.min, q.max)) for q in claim.quantities]
        return cls(report, claim.quote, claim.start, claim.trigger, claim.type, tuple(facts), claim.confidence)

    def value(self, field: str) -> Hashable:
        """The first value of a field, or None."""
        return next((fact.value for fact in self.facts if fact.field == field), None)

    def stands_at(self, text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Characters of quote and trigger in `text`, or None where the quote is not there."""
        at = self.start
        if at is None or text[at : at + len(self.quote)] != self.quote:
            at = text.find(self.quote)
        if at < 0:
            return None
        whole = (at, at + len(self.quote))
        inside = self.quote.find(self.trigger)
        if inside < 0:
            return whole, (at, at)
        return whole, (at + inside, at + inside + len(self.trigger))


def _distinct(field_name: str, values: Iterable[str]) -> list[Fact]:
    return [Fact(field_name, value) for value in dict.fromkeys(values)]


def _days(time: _Time | None) -> Days | None:
    if time is None or not time.start:
        return None
    return dt.date.fromisoformat(time.start[:10]), dt.date.fromisoformat((time.end or time.start)[:10])
