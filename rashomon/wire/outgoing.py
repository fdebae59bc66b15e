"""Claims and events of the model -> JSON objects, keys in a fixed order: the same claims give the same bytes."""

from __future__ import annotations

from typing import Any

import orjson

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
    Time,
)


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """The claim in the codebook's field names, with `id`, `coder` and what was resolved."""
    row = {
        "id": claim.id,
        "report": claim.report,
        "coder": claim.coder,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "trigger": claim.trigger,
        "trigger_start": claim.trigger_span.start,
        "type": claim.type,
        "status": claim.status.value,
        "source": [_mention(s.mention) | {"kind": s.kind.value} for s in claim.source],
        "actors": [_participant(p) for p in claim.actors],
        "targets": [_participant(p) for p in claim.targets],
        "places": [_place(p) for p in claim.places],
        "time": _time(claim.time),
        "quantities": [
            {"measure": q.measure.value, "of": q.of, "min": q.minimum, "max": q.maximum, "text": q.text}
            for q in claim.quantities
        ],
        "weapons": list(claim.weapons),
        "labels": [_label(label) for label in claim.labels],
        "confidence": claim.confidence,
    }
    if claim.withheld:
        row["withheld"] = [kind.value for kind in claim.withheld]
    return row


def _mention(mention: Mention) -> dict[str, Any]:
    out: dict[str, Any] = {"text": mention.text}
    if mention.span is not None:
        out["start"] = mention.span.start
    if mention.antecedent is not None:
        out["antecedent"] = mention.antecedent
    return out


def _actor(resolution: ActorResolution | None, text: str) -> dict[str, Any]:
    if resolution is None:
        return {"name": text, "id": None, "reason": "not resolved"}
    out: dict[str, Any] = {"name": resolution.name, "id": resolution.id}
    if resolution.reason:
        out["reason"] = resolution.reason
    return out


def _participant(participant: Participant) -> dict[str, Any]:
    return _mention(participant.mention) | _actor(participant.resolution, participant.mention.text)


def _label(label: Label) -> dict[str, Any]:
    stands_for = label.stands_for
    out: dict[str, Any] = {"text": label.text}
    if stands_for is not None:
        out["of"] = _mention(stands_for)
    return out | _actor(label.resolution, stands_for.text if stands_for is not None else "")


def place_to_json(resolution: PlaceResolution) -> dict[str, Any]:
    """A resolved place, or the reason why there is no point."""
    out: dict[str, Any] = {
        "name": resolution.name,
        "lat": resolution.lat,
        "lon": resolution.lon,
        "precision": resolution.precision.value if resolution.precision is not None else None,
        "adm1": resolution.adm1,
        "country": resolution.country,
        "gazetteer_id": resolution.gazetteer_id,
    }
    if resolution.reason:
        out["reason"] = resolution.reason
    return out


def _place(place: Place) -> dict[str, Any]:
    resolution = place.resolution or PlaceResolution(name=place.mention.text, reason="not resolved")
    return _mention(place.mention) | {"role": place.role.value} | place_to_json(resolution)


def _time(time: Time | None) -> dict[str, Any] | None:
    if time is None:
        return None
    days = time.resolution or DaysResolution(None, None, "not resolved")
    out: dict[str, Any] = {
        "text": time.mention.text,
        "start": days.start.isoformat() if days.start else None,
        "end": days.end.isoformat() if days.end else None,
    }
    if days.reason:
        out["reason"] = days.reason
    return out


def event_to_json(event: Event) -> dict[str, Any]:
    """The event with, for each field, every value and the claims that give it."""
    accounts: dict[str, list[dict[str, Any]]] = {}
    for account in event.accounts:
        accounts.setdefault(account.field, []).append({"value": account.value, "claims": list(account.claims)})
    row = {
        "id": event.id,
        "claims": list(event.claims),
        "type": event.type,
        "days": {
            "start": event.start.isoformat() if event.start else None,
            "end": event.end.isoformat() if event.end else None,
        },
        "place": place_to_json(event.place) if event.place is not None else None,
        "accounts": accounts,
        "reports": event.reports,
        "outlets": event.outlets,
        "origins": event.origins,
        "aliases": list(event.aliases),
    }
    if event.withheld:
        row["withheld"] = [kind.value for kind in event.withheld]
    return row


def dump_line(row: dict[str, Any]) -> bytes:
    """One JSON object as one line of UTF-8."""
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
