"""People's judgements, and what came of them, in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from rashomon.cli.console import clean, number_of, table
from rashomon.model import Claim, Event, Judgement, JudgementKind

if TYPE_CHECKING:
    from rashomon.linking import Case
    from rashomon.pipeline.consequences import Change, Consequences, Unmet

_WIDE = 60  # characters of a quote that are shown
_DAY = 10  # characters of a moment that are its day
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def decision(judgement: Judgement) -> str:
    """What was decided: 'claims a and b are about one event'."""
    claims = f"claims {judgement.subject} and {judgement.other}"
    match judgement.kind:
        case JudgementKind.SAME:
            return f"{claims} are about one event"
        case JudgementKind.DIFFERENT:
            return f"{claims} are about two events"
        case JudgementKind.REJECT:
            return f"claim {judgement.subject} is not in its report"
        case JudgementKind.CORRECT:
            return f"{_field_is(judgement.field or '')} {judgement.value} in claim {judgement.subject}"
        case JudgementKind.WITHDRAW:
            return f"judgement {judgement.subject} no longer holds"


def because(against: Sequence[Judgement]) -> str:
    """Why a decision cannot hold: the others, each with its id."""
    others = " and ".join(f"{decision(one)} ({one.id}, {one.by or 'by nobody named'})" for one in against)
    return f"cannot hold, because {others}" if others else "does not come out"


def quoted(claim: Claim | None, width: int = _WIDE) -> str:
    """A claim's quote on one line, shortened."""
    if claim is None:
        return "(not among the claims now)"
    words = " ".join(clean(claim.quote).split())
    return f"“{words}”" if len(words) <= width else f"“{words[: width - 1].rstrip()}…”"


# --- what came of judgements ----------------------------------------------------------------------------------------


def came_of(found: Consequences) -> Iterator[str]:
    """What came of judgements, a sentence at a time."""
    yield from dict.fromkeys(line for one in found.judged for line in _of_claims(one, found))
    yield from (change_in_words(change) for change in found.changes)
    if found.others:
        others = number_of(found.others, "other event")
        why = "they hang together with these, or something else had changed since the store was last linked"
        yield f"{others} changed too: {why}"
    yield from (unmet_in_words(unmet) for unmet in found.unmet)


def _of_claims(judgement: Judgement, found: Consequences) -> Iterator[str]:
    for name in (judgement.subject, judgement.other):
        if name is None:
            continue
        claim, event = found.claims.get(name), found.event_of.get(name)
        if event is None:
            why = "" if judgement.kind is JudgementKind.REJECT else ": it was rejected, or is coded no more"
            yield f"Claim {name} is in no event now{why}"
        elif judgement.kind is JudgementKind.REJECT:
            yield f"Claim {name} is in event {event} now"
        if claim is not None and judgement.kind is JudgementKind.CORRECT:
            yield f"Its {_field_is(judgement.field or '')} now: {_value(claim, judgement.field or '')}"


def _field_is(field: str) -> str:
    return f"{field} {'are' if field.endswith('s') and field != 'status' else 'is'}"


def _value(claim: Claim, field: str) -> str:
    from rashomon import wire

    return _in_words(wire.claim_to_json(claim).get(field))


def _in_words(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    import orjson

    if value is None or value == []:
        return "empty"
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, dict):
        return str(value.get("text") or orjson.dumps(value).decode())
    return str(value)


def change_in_words(change: Change) -> str:
    """'Events x and y are one now: x (5 claims)'."""
    before, after = change.before, change.after
    if change.none:
        return f"Event {_listed(after)} keeps its claims"
    if not before:
        return f"New: {'event' if len(after) == 1 else 'events'} {_listed(after, sizes=True)}"
    if not after:
        return f"{_named(before)} no more: none of the claims is left"
    if len(before) == 1 and len(after) == 1:
        other = "" if before[0].id == after[0].id else f", and is called {after[0].id}"
        claims = f"{number_of(len(after[0].claims), 'claim')} now, {len(before[0].claims)} before"
        return f"Event {before[0].id} has {claims}{other}"
    if len(after) == 1:
        return f"{_named(before)} one now: {_listed(after, sizes=True)}"
    if len(before) == 1:
        return f"{_named(before)} {_NUMBERS.get(len(after), len(after))} now: {_listed(after, sizes=True)}"
    return f"{_named(before)} put together anew: {_listed(after, sizes=True)}"


def _named(events: Sequence[Event]) -> str:
    return f"Event {events[0].id} is" if len(events) == 1 else f"Events {_listed(events)} are"


def _listed(events: Sequence[Event], *, sizes: bool = False) -> str:
    names = [event.id + (f" ({number_of(len(event.claims), 'claim')})" if sizes else "") for event in events]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def unmet_in_words(unmet: Unmet) -> str:
    """A decision that does not come out, and why."""
    one = unmet.judgement
    return f"Judgement {one.id} ({decision(one)}) {because(unmet.against)}"


# --- tables ---------------------------------------------------------------------------------------------------------


def judgements_table(
    judgements: Iterable[Judgement], standings: Mapping[str, str], claims: Mapping[str, Claim]
) -> RenderableType:
    """All judgements, with the words of the claims that they are about."""
    rows = table("judgement", "made", "by", "", "decided")
    rows.columns[-1].no_wrap = False
    for one in judgements:
        words = [decision(one)]
        if one.kind is not JudgementKind.WITHDRAW:
            words += [quoted(claims.get(name)) for name in (one.subject, one.other) if name is not None]
        rows.add_row(one.id, one.made[:_DAY], Text(clean(one.by)), standings[one.id], Text(clean("\n".join(words))))
    return rows


def regressions_table(cases: Iterable[Case], claims: Mapping[str, Claim]) -> RenderableType:
    """What linking does by itself with each pair that people decided about."""
    rows = table("decided", "linking by itself", "by", "the two claims")
    rows.columns[-1].no_wrap = False
    for case in cases:
        one = case.judgement
        by_itself = "claim is gone" if case.missing else "as decided" if case.alone else "otherwise"
        names = (one.subject, one.other or "")
        words = "\n".join(f"{name} {quoted(claims.get(name))}" for name in names)
        decided = "one event" if one.kind is JudgementKind.SAME else "two events"
        rows.add_row(decided, by_itself, Text(clean(one.by)), Text(clean(words)))
    return rows
