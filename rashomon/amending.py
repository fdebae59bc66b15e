"""People's judgements applied to claims: here and nowhere else. A coded claim is never changed, a new one is made.

Judgements come in the order in which they were made. Of two corrections of one field the later one counts. What a
person names without an id keeps the resolution that the claim already has for that name or those words.

A judgement names a claim by its id, and is about words of a report: whichever coder reads these words now, its claim is
bound by it (`bind`). One that binds no claim any more is told, and comes back with a coder that finds its claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import orjson

from rashomon import wire
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


def withdrawn(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of those withdrawn by a later one that was not itself withdrawn."""
    named: set[str] = set()
    found: set[str] = set()
    for judgement in reversed(list(judgements)):
        if judgement.id in named:
            found.add(judgement.id)
        elif judgement.kind is JudgementKind.WITHDRAW:
            named.add(judgement.subject)
    return frozenset(found)


def holding(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, in their order: not withdrawn, or withdrawn by one that was itself withdrawn.

    Withdrawals themselves are left out: nothing is left for them to do.
    """
    every = list(judgements)
    gone = withdrawn(every)
    return tuple(one for one in every if one.id not in gone and one.kind is not JudgementKind.WITHDRAW)


# --- which claims a judgement is about ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """Which words of which report a claim takes for an event.

    Attributes:
        report: the report's id. coder: name of the coder.
        span, trigger: where the words that name the event stand, and the words.
        type: what kind of event the coder takes them for.
        claim: the claim's id.
    """

    report: str
    coder: str
    span: Span
    trigger: str
    type: str
    claim: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, said of the claims that there are now.

    Attributes:
        judgements: those that hold and bind a claim, in their order. Each names current claims, and stands once for
            each coder's.
        loose: for each that holds and binds none: which one, and why.
    """

    judgements: tuple[Judgement, ...] = ()
    loose: tuple[str, ...] = ()


def bind(judgements: Iterable[Judgement], named: Iterable[Reading], current: Iterable[Reading]) -> Decided:
    """Finds the current claims that judgements are about, whatever coder made them.

    A judgement is about the claim of its id, or where a coder has none of it about that coder's claim on the same
    trigger words of the report: of several the one of the same type, and else the only one of that type on words that
    overlap. A rejection is of one reading: it does not reach a claim of another type under another id. Nothing is
    guessed: where several claims fit alike, none is bound.

    Args:
        judgements: all of them, in the order in which they were made.
        named: the claims that judgements name, each as any coder version ever read it.
        current: all current claims of the reports that those are of, by one coder or several.
    """
    names: dict[str, set[Reading]] = defaultdict(set)
    for reading in named:
        names[reading.claim].add(reading)
    coded: dict[str, dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in sorted(current):
        coded[reading.report][reading.coder].append(reading)
    bound: list[Judgement] = []
    loose: list[str] = []
    for judgement in holding(judgements):
        mine, why = _bound(judgement, names, coded)
        bound += mine
        if why:
            by = f" by {judgement.by}" if judgement.by else ""
            loose.append(f"judgement {judgement.id} ({judgement.kind.value}{by}) binds no claim now: {why}")
    return Decided(tuple(bound), tuple(loose))


def _bound(
    judgement: Judgement, names: Mapping[str, set[Reading]], coded: Mapping[str, Mapping[str, Sequence[Reading]]]
) -> tuple[list[Judgement], str]:
    """The judgement, said of each current claim or pair that it is about; where there is none, why not."""
    whole = judgement.kind is JudgementKind.REJECT
    subjects, why = _meant(names.get(judgement.subject, set()), coded, whole=whole)
    if judgement.other is None:
        return [replace(judgement, subject=one) for one in subjects], why
    others, why_not = _meant(names.get(judgement.other, set()), coded, whole=whole)
    pairs = [(one, other) for one, other in product(subjects, others) if one != other]
    if subjects and others and not pairs and judgement.kind is JudgementKind.DIFFERENT:
        why = "what were two claims is one claim now"
    return [replace(judgement, subject=one, other=other) for one, other in pairs], why or why_not


def _meant(
    judged: set[Reading], coded: Mapping[str, Mapping[str, Sequence[Reading]]], *, whole: bool
) -> tuple[list[str], str]:
    """The current claims, one of each coder, that speak of what was judged; where there is none, why not.

    Args:
        judged: the claim, as it was ever read.
        coded: current claims, by report and coder.
        whole: whether the type belongs to what was judged.
    """
    if not judged:
        return [], "its claim is not in the store"
    one = min(judged)
    found: list[str] = []
    why = ""
    for claims in coded.get(one.report, {}).values():
        fitting = _fitting(judged, claims)
        if len(fitting) > 1:
            why = f"{len(fitting)} claims stand there, and nothing tells which of them is meant"
        elif fitting and whole and fitting[0].claim != one.claim and not _of_type(judged, fitting):
            why = f"what stands there is of type {fitting[0].type}"
        else:
            found += [reading.claim for reading in fitting]
    if found:
        return found, ""
    return [], f"it was about {one.trigger!r} ({one.type}) in report {one.report}; {why or 'no claim stands there'}"


def _fitting(judged: set[Reading], claims: Sequence[Reading]) -> Sequence[Reading]:
    """Those of one coder's claims of the report that are on the same words; the best that there are."""
    spans = {reading.span for reading in judged}
    if same := [claim for claim in claims if claim.claim in {reading.claim for reading in judged}]:
        return same
    if there := [claim for claim in claims if claim.span in spans]:
        return there if len(there) == 1 else _of_type(judged, there) or there
    return [claim for claim in _of_type(judged, claims) if any(claim.span.overlaps(span) for span in spans)]


def _of_type(judged: set[Reading], claims: Sequence[Reading]) -> list[Reading]:
    types = {reading.type for reading in judged}
    return [claim for claim in claims if claim.type in types]


# --- applying them --------------------------------------------------------------------------------------------------


def by_claim(judgements: Iterable[Judgement]) -> Mapping[str, Sequence[Judgement]]:
    """For each claim that a judgement is about alone, those that hold, in their order."""
    found: dict[str, list[Judgement]] = {}
    for judgement in holding(judgements):
        if judgement.kind in (JudgementKind.REJECT, JudgementKind.CORRECT):
            found.setdefault(judgement.subject, []).append(judgement)
    return found


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
