"""People's judgements as JSON: one object each, the value of a correction in the codebook's own form."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from rashomon.errors import InputError
from rashomon.model import Judgement, JudgementKind

_DIGITS = 12
_PAIRS = (JudgementKind.SAME, JudgementKind.DIFFERENT)


def judgement_to_json(judgement: Judgement) -> dict[str, Any]:
    """The judgement; `other`, `field` and `value` only where its kind has them."""
    row: dict[str, Any] = {"id": judgement.id, "kind": judgement.kind.value, "subject": judgement.subject}
    if judgement.other is not None:
        row["other"] = judgement.other
    if judgement.field is not None:
        row["field"] = judgement.field
    if judgement.value is not None:
        row["value"] = _value(judgement.value)
    return row | {"by": judgement.by, "made": judgement.made}


def _value(text: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """The value of a correction; what is no JSON, which no verb keeps, is shown as it stands."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def judgement_id(judgement: Judgement, tie: int = 0) -> str:
    """An id for a judgement: a hash of all that it says, with a tie-breaker."""
    said = orjson.dumps([judgement_to_json(replace(judgement, id="")), tie])
    return "j" + hashlib.sha256(said).hexdigest()[:_DIGITS]


def _moment(value: str) -> str:
    if not value:
        return value
    if not _MOMENT.fullmatch(value):
        raise ValueError("a moment is written as 2018-04-17T09:30:00Z")
    try:
        dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"there is no such day or time: {value}") from error
    return value


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def check_name(value: str) -> str:
    """The name of who decides, as it is.

    Raises:
        ValueError: it has control characters, line breaks or directions of writing, which would steer the terminal of
            who lists it, or is no text at all.
    """
    if any(unicodedata.category(letter) in _CONTROLS or letter in _DIRECTIONS for letter in value):
        raise ValueError("a name has no control characters and no line breaks")
    return value


_CONTROLS = ("Cc", "Cs", "Zl", "Zp")
_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))  # the joiners of real names stay


class _JudgementIn(BaseModel):
    """Here another field is no harmless extra: a slip in its name would be a judgement on something else."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field("", pattern=r"^\S*$")
    kind: JudgementKind
    subject: str = Field(min_length=1)
    other: str | None = Field(None, min_length=1)
    field: str | None = Field(None, min_length=1)
    value: Any = None
    by: Annotated[str, AfterValidator(check_name)] = ""
    made: Annotated[str, AfterValidator(_moment)] = ""
    standing: str = ""  # what a list of them says; it follows from them all

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind in _PAIRS and self.other is None:
            raise ValueError(f"`{self.kind}` is about two claims: `other` is missing")
        if self.kind not in _PAIRS and self.other is not None:
            raise ValueError(f"`{self.kind}` is about one alone, without `other`")
        if self.other == self.subject:
            raise ValueError("`subject` and `other` are one and the same")
        corrects = self.kind is JudgementKind.CORRECT
        if (self.field is not None) != corrects or ("value" in self.model_fields_set) != corrects:
            raise ValueError("`field` and `value` are given with `correct`, both, and with nothing else")
        return self


def judgement_from_json(row: object, where: str | None = None, line: int | None = None) -> Judgement:
    """A judgement from its JSON form; `id`, `by` and `made` are empty where they are not given.

    Raises:
        InputError: the row is not a judgement; the message names the field.
    """
    try:
        given = _JudgementIn.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"not a judgement: {field + ': ' if field else ''}{first['msg'].removeprefix('Value error, ')}",
            where=where,
            line=line,
            remedy="`rashomon judge list --json` shows the form",
        ) from error
    value = orjson.dumps(given.value).decode() if given.kind is JudgementKind.CORRECT else None
    return Judgement(given.id, given.kind, given.subject, given.other, given.field, value, given.by, given.made)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of judgements, or an object of its list, by its number: the judgement, or why it is none."""

    number: int
    judgement: Judgement | None
    error: InputError | None = None


def read_judgements(lines: Iterable[bytes], where: str) -> Iterator[Line]:
    """Judgements from JSON lines or from one JSON list, in order, and what is none; empty lines do not count."""
    every = list(lines)
    if next((line for line in every if line.strip()), b"").lstrip().startswith(b"["):
        try:
            rows = orjson.loads(b"\n".join(every))
        except orjson.JSONDecodeError as error:
            yield Line(1, None, _not_json(error, where, None))
            return
        yield from (_line(row, where, number) for number, row in enumerate(rows, start=1))
        return
    for number, text in enumerate(every, start=1):
        if not text.strip():
            continue
        try:
            yield _line(orjson.loads(text), where, number)
        except orjson.JSONDecodeError as error:
            yield Line(number, None, _not_json(error, where, number))


def _line(row: object, where: str, number: int) -> Line:
    try:
        return Line(number, judgement_from_json(row, where, number))
    except InputError as error:
        return Line(number, None, error)


def _not_json(error: orjson.JSONDecodeError, where: str, line: int | None) -> InputError:
    return InputError(f"not JSON: {error}", where=where, line=line, remedy="Mend or delete the line")
