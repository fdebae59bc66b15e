"""Judgements applied to claims: a coded claim is never changed, a new one is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

import orjson

from rashomon import wire
from rashomon.amending.holding import by_claim
from rashomon.errors import InputError
from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
    Judgement,
    JudgementKind,
    Label,
    Mention,
    Participant,
    Place,
    PlaceResolution,
    Source,
    Span,
    Time,
)

CORRECTABLE = (
    "quote",
    "trigger",
    "type",
    "status",
    "source",
    "actors",
    "targets",
    "places",
    "time",
    "quantities",
    "weapons",
    "labels",
)
"""The codebook's fields that a person may correct, each with the JSON value that a claim has for it on the wire."""

_NAMED = "named by a person"
_NOT_LOCATED = "named by a person, without a place of the gazetteer"
_NO_DAYS = "given by a person, without days"


def amend(
    claim: Claim, judgements: Iterable[Judgement], misfit: Callable[[InputError], None] | None = None
) -> Claim | None:
    """The claim as people's judgements leave it.

    Args:
        claim: as coded and resolved.
        judgements: in the order in which they were made; those about other claims are passed over.
        misfit: is told of a correction that does not fit the claim (any more), and the others are still applied.

    Returns:
        The amended claim, `claim` itself where nothing is to change, or None where it is rejected.

    Raises:
        InputError: a correction that cannot be applied, where no `misfit` is given; the message names the judgement.
    """
    mine = by_claim(judgements).get(claim.id, ())
    if any(judgement.kind is JudgementKind.REJECT for judgement in mine):
        return None
    for judgement in mine:
        try:
            claim = corrected(claim, judgement)
        except InputError as error:
            if misfit is None:
                raise
            misfit(error)
    return claim


def check(judgement: Judgement, claim: Claim, types: Collection[str]) -> None:
    """Refuses a judgement that could not be applied to its claim, before it is kept.

    Args:
        judgement: the new judgement.
        claim: its subject, as coded.
        types: ids of the ontology's types.

    Raises:
        InputError: what is wrong with it.
    """
    if judgement.kind is not JudgementKind.CORRECT:
        return
    changed = corrected(claim, judgement)
    if changed.type not in types:
        raise _refusal(judgement, f"{changed.type!r} is no type of event", "Use an id of ontology.yaml")


def corrected(claim: Claim, judgement: Judgement) -> Claim:
    """The claim with the one field that a `correct` judgement names set to its value.

    Raises:
        InputError: no such field, no JSON, or a value that the field cannot have.
    """
    field = judgement.field or ""
    if field not in CORRECTABLE:
        raise _refusal(judgement, f"{field!r} cannot be corrected", f"Fields are {', '.join(CORRECTABLE)}")
    try:
        value = orjson.loads(judgement.value if judgement.value is not None else "")
    except orjson.JSONDecodeError as error:
        raise _refusal(judgement, f"the value of {field} is not JSON: {error}", "Give the value as JSON") from error
    if field in ("quote", "trigger"):
        return _with_words(claim, judgement, field, value)
    try:
        given = wire.claim_from_json(wire.claim_to_json(claim) | {field: value})
    except InputError as error:
        raise _refusal(judgement, error.what, "See the codebook for the field's form") from error
    return _with_field(claim, field, given)


def _refusal(judgement: Judgement, what: str, remedy: str) -> InputError:
    return InputError(f"judgement {judgement.id} on claim {judgement.subject}: {what}", remedy=remedy)


# --- words: quote and trigger keep true offsets ---------------------------------------------------------------------


def _with_words(claim: Claim, judgement: Judgement, field: str, value: Any) -> Claim:  # noqa: ANN401 - any JSON
    if not isinstance(value, str) or not value.strip():
        raise _refusal(judgement, f"the value of {field} is no text", "Give the exact words of the report")
    if field == "trigger":
        at = claim.quote.find(value)
        if at < 0:
            raise _refusal(judgement, f"{value!r} is not in the quote", "Choose words of the quote")
        start = claim.span.start + at
        return replace(claim, trigger=value, trigger_span=Span(start, start + len(value)))
    span = _span_of_quote(claim, value)
    if span is None or not (span.start <= claim.trigger_span.start and claim.trigger_span.end <= span.end):
        raise _refusal(
            judgement,
            "the new quote must be part of the coded one or contain it, and hold the trigger",
            "Widen or narrow the quote",
        )
    return replace(claim, quote=value, span=span)


def _span_of_quote(claim: Claim, quote: str) -> Span | None:
    """Where a narrower or wider quote stands; None where it does not fit around or into the coded one."""
    if (at := claim.quote.find(quote)) >= 0:
        start = claim.span.start + at
    elif (at := quote.find(claim.quote)) >= 0:
        start = claim.span.start - at
    else:
        return None
    return Span(start, start + len(quote)) if start >= 0 else None


# --- fields with mentions: what is known of the words and names is kept ---------------------------------------------


def _with_field(claim: Claim, field: str, given: Claim) -> Claim:
    match field:
        case "source":
            return replace(claim, source=tuple(Source(_mention(claim, s.mention), s.kind) for s in given.source))
        case "actors":
            return replace(claim, actors=tuple(_participant(claim, p) for p in given.actors))
        case "targets":
            return replace(claim, targets=tuple(_participant(claim, p) for p in given.targets))
        case "places":
            return replace(claim, places=tuple(_place(claim, p) for p in given.places))
        case "labels":
            return replace(claim, labels=tuple(_label(claim, label) for label in given.labels))
        case "time":
            return replace(claim, time=_time(claim, given.time))
        case "type":
            # how sure the coder was is said of the type that it gave
            return replace(claim, type=given.type, confidence=claim.confidence if given.type == claim.type else None)
        case "status":
            return replace(claim, status=given.status)
        case "quantities":
            return replace(claim, quantities=given.quantities)
        case _:
            return replace(claim, weapons=given.weapons)


def _mention(claim: Claim, given: Mention) -> Mention:
    """The claim's own mention with these words, which knows where they stand, else the given one."""
    if given.span is not None or given.antecedent is not None:
        return given
    known = [source.mention for source in claim.source]
    known += [participant.mention for participant in (*claim.actors, *claim.targets)]
    known += [place.mention for place in claim.places]
    return next((mention for mention in known if mention.text == given.text), given)


def _participant(claim: Claim, given: Participant) -> Participant:
    mention = _mention(claim, given.mention)
    return Participant(mention, _actor(claim, given.mention.text, given.resolution))


def _label(claim: Claim, given: Label) -> Label:
    words = given.stands_for.text if given.stands_for is not None else ""
    stands_for = _mention(claim, given.stands_for) if given.stands_for is not None else None
    return Label(given.text, stands_for, _actor(claim, words, given.resolution))


def _actor(claim: Claim, words: str, given: ActorResolution | None) -> ActorResolution | None:
    if given is not None and given.id is not None:
        return replace(given, reason="")
    known = [(p.mention.text, p.resolution) for p in (*claim.actors, *claim.targets)]
    known += [(label.stands_for.text if label.stands_for else "", label.resolution) for label in claim.labels]
    for text, resolution in known:
        if resolution is not None and (text == words if given is None else resolution.name == given.name):
            return resolution
    return None if given is None else replace(given, reason=given.reason or _NAMED)


def _place(claim: Claim, given: Place) -> Place:
    mention = _mention(claim, given.mention)
    resolution = given.resolution
    if resolution is not None and resolution.lat is not None:
        return Place(mention, given.role, resolution)
    for place in claim.places:
        old = place.resolution
        if old is None:
            continue
        if place.mention.text == given.mention.text if resolution is None else old.name == resolution.name:
            return Place(mention, given.role, old)
    if resolution is None:
        resolution = PlaceResolution(name=given.mention.text)
    return Place(mention, given.role, replace(resolution, reason=resolution.reason or _NOT_LOCATED))


def _time(claim: Claim, given: Time | None) -> Time | None:
    if given is None:
        return None
    if claim.time is not None and claim.time.mention.text == given.mention.text:
        return Time(claim.time.mention, given.resolution or claim.time.resolution)
    return Time(given.mention, given.resolution or DaysResolution(None, None, _NO_DAYS))
