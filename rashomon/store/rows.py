"""Reports, claims, events and judgements as rows of tables, and back, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from rashomon.model import (
    Account,
    ActorResolution,
    Candidate,
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

type Row = dict[str, Any]
type Found = sa.RowMapping | Mapping[str, Any]

# --- reports and judgements -----------------------------------------------------------------------------------------


def report_to_row(report: Report) -> Row:
    """The columns of `reports`, without the run that got it."""
    publication = report.publication
    span = publication.span
    return {
        "id": report.id,
        "outlet": report.outlet,
        "address": report.address,
        "title": report.title,
        "text": report.text,
        "hash": report.hash,
        "language": report.language,
        "words": report.words,
        "published": publication.day,
        "published_evidence": publication.evidence.value,
        "published_quote": publication.quote,
        "published_start": span.start if span else None,
        "published_end": span.end if span else None,
        "published_earliest": publication.earliest,
        "published_latest": publication.latest,
        "published_note": publication.note,
        "furniture": [[piece.span.start, piece.span.end, piece.kind.value] for piece in report.furniture],
        "got_from": report.got_from,
    }


def report_from_row(row: Found) -> Report:
    """A report from its columns."""
    return Report(
        id=row["id"],
        outlet=row["outlet"],
        address=row["address"],
        title=row["title"],
        text=row["text"],
        hash=row["hash"],
        language=row["language"],
        words=row["words"],
        publication=Publication(
            day=row["published"],
            evidence=DateEvidence(row["published_evidence"]),
            quote=row["published_quote"],
            span=None if row["published_start"] is None else Span(row["published_start"], row["published_end"]),
            earliest=row["published_earliest"],
            latest=row["published_latest"],
            note=row["published_note"],
        ),
        furniture=tuple(Furniture(Span(start, end), FurnitureKind(kind)) for start, end, kind in row["furniture"]),
        got_from=row["got_from"],
    )


def judgement_to_row(judgement: Judgement) -> Row:
    """The columns of `judgements`, without its number."""
    return {
        "id": judgement.id,
        "kind": judgement.kind.value,
        "subject": judgement.subject,
        "other": judgement.other,
        "field": judgement.field,
        "value": judgement.value,
        "by": judgement.by,
        "made": judgement.made,
    }


def judgement_from_row(row: Found) -> Judgement:
    """A judgement from its columns."""
    return Judgement(
        id=row["id"],
        kind=JudgementKind(row["kind"]),
        subject=row["subject"],
        other=row["other"],
        field=row["field"],
        value=row["value"],
        by=row["by"],
        made=row["made"],
    )


# --- claims as coded ------------------------------------------------------------------------------------------------


def unresolved(claim: Claim) -> Claim:
    """The claim as it was coded: words and offsets, without what they were resolved to."""
    return replace(
        claim,
        actors=tuple(Participant(p.mention) for p in claim.actors),
        targets=tuple(Participant(p.mention) for p in claim.targets),
        places=tuple(Place(p.mention, p.role) for p in claim.places),
        time=None if claim.time is None else Time(claim.time.mention),
        labels=tuple(Label(label.text, label.stands_for) for label in claim.labels),
    )


def claim_to_row(claim: Claim, position: int) -> Row:
    """The columns of `claims`, without the coding; resolutions are left out."""
    return {
        "id": claim.id,
        "position": position,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "trigger": claim.trigger,
        "trigger_start": claim.trigger_span.start,
        "trigger_end": claim.trigger_span.end,
        "type": claim.type,
        "status": claim.status.value,
        "source": [_mention_to(s.mention) | {"kind": s.kind.value} for s in claim.source],
        "actors": [_mention_to(p.mention) for p in claim.actors],
        "targets": [_mention_to(p.mention) for p in claim.targets],
        "places": [_mention_to(p.mention) | {"role": p.role.value} for p in claim.places],
        "time": None if claim.time is None else _mention_to(claim.time.mention),
        "quantities": [
            {"measure": q.measure.value, "of": q.of, "min": q.minimum, "max": q.maximum, "text": q.text}
            for q in claim.quantities
        ],
        "weapons": list(claim.weapons),
        "labels": [
            {"text": label.text, "of": None if label.stands_for is None else _mention_to(label.stands_for)}
            for label in claim.labels
        ],
        "confidence": claim.confidence,
    }


def claim_from_row(row: Found) -> Claim:
    """A claim as coded from its columns, joined by `report`, `coder` and `version` of its coding."""
    return Claim(
        id=row["id"],
        report=row["report"],
        coder=coder_of(row["coder"], row["version"]),
        quote=row["quote"],
        span=Span(row["start"], row["end"]),
        trigger=row["trigger"],
        trigger_span=Span(row["trigger_start"], row["trigger_end"]),
        type=row["type"],
        status=Status(row["status"]),
        source=tuple(Source(_mention_from(s), SourceKind(s["kind"])) for s in row["source"]),
        actors=tuple(Participant(_mention_from(p)) for p in row["actors"]),
        targets=tuple(Participant(_mention_from(p)) for p in row["targets"]),
        places=tuple(Place(_mention_from(p), PlaceRole(p["role"])) for p in row["places"]),
        time=None if row["time"] is None else Time(_mention_from(row["time"])),
        quantities=tuple(
            Quantity(Measure(q["measure"]), q["of"], q["min"], q["max"], q["text"]) for q in row["quantities"]
        ),
        weapons=tuple(row["weapons"]),
        labels=tuple(
            Label(label["text"], None if label["of"] is None else _mention_from(label["of"])) for label in row["labels"]
        ),
        confidence=row["confidence"],
    )


def coder_of(name: str, version: str) -> str:
    """What a claim calls its coder: 'rules/1', or 'hand' where there is no version."""
    return f"{name}/{version}" if version else name


def name_and_version(coder: str) -> tuple[str, str]:
    """'rules/1' as ('rules', '1'); 'hand' as ('hand', '')."""
    name, _, version = coder.partition("/")
    return name, version


def _mention_to(mention: Mention) -> Row:
    row: Row = {"text": mention.text}
    if mention.span is not None:
        row |= {"start": mention.span.start, "end": mention.span.end}
    if mention.antecedent is not None:
        row["antecedent"] = mention.antecedent
    return row


def _mention_from(row: Found) -> Mention:
    span = Span(row["start"], row["end"]) if "start" in row else None
    return Mention(row["text"], span, row.get("antecedent"))


# --- resolutions ----------------------------------------------------------------------------------------------------


def actors_to_rows(claim: Claim) -> list[Row]:
    """Rows of `actor_resolutions` for a resolved claim, without the coding."""
    listed: list[tuple[str, int, ActorResolution | None]] = []
    listed += [("actors", position, item.resolution) for position, item in enumerate(claim.actors)]
    listed += [("targets", position, item.resolution) for position, item in enumerate(claim.targets)]
    listed += [("labels", position, item.resolution) for position, item in enumerate(claim.labels)]
    return [
        {"claim": claim.id, "field": field, "position": position, "actor": of.id, "name": of.name, "reason": of.reason}
        for field, position, of in listed
        if of is not None
    ]


def places_to_rows(claim: Claim) -> list[Row]:
    """Rows of `place_resolutions` for a resolved claim, without the coding."""
    return [
        {"claim": claim.id, "position": position, "name": place.resolution.name} | place_columns(place.resolution)
        for position, place in enumerate(claim.places)
        if place.resolution is not None
    ]


def days_to_rows(claim: Claim) -> list[Row]:
    """The row of `day_resolutions` for a resolved claim, without the coding."""
    if claim.time is None or claim.time.resolution is None:
        return []
    days = claim.time.resolution
    return [{"claim": claim.id, "start": days.start, "end": days.end, "reason": days.reason}]


def with_resolutions(claim: Claim, actors: Iterable[Found], places: Iterable[Found], days: Sequence[Found]) -> Claim:
    """The coded claim joined by the rows of its resolutions."""
    who = {(row["field"], row["position"]): ActorResolution(row["actor"], row["name"], row["reason"]) for row in actors}
    where = {row["position"]: place_from_row(row, row["name"]) for row in places}
    time = claim.time
    if time is not None and days:
        time = Time(time.mention, DaysResolution(days[0]["start"], days[0]["end"], days[0]["reason"]))
    return replace(
        claim,
        actors=tuple(Participant(p.mention, who.get(("actors", n))) for n, p in enumerate(claim.actors)),
        targets=tuple(Participant(p.mention, who.get(("targets", n))) for n, p in enumerate(claim.targets)),
        places=tuple(Place(p.mention, p.role, where.get(n)) for n, p in enumerate(claim.places)),
        time=time,
        labels=tuple(Label(x.text, x.stands_for, who.get(("labels", n))) for n, x in enumerate(claim.labels)),
    )


def place_columns(place: PlaceResolution) -> Row:
    """What a resolved place is in columns, without its name."""
    return {
        "gazetteer_id": place.gazetteer_id,
        "lat": place.lat,
        "lon": place.lon,
        "precision": None if place.precision is None else place.precision.value,
        "adm1": place.adm1,
        "country": place.country,
        "reason": place.reason,
    }


def place_from_row(row: Found, name: str) -> PlaceResolution:
    """A resolved place from its columns."""
    return PlaceResolution(
        name=name,
        gazetteer_id=row["gazetteer_id"],
        lat=row["lat"],
        lon=row["lon"],
        precision=None if row["precision"] is None else PlacePrecision(row["precision"]),
        adm1=row["adm1"],
        country=row["country"],
        reason=row["reason"],
    )


# --- events ---------------------------------------------------------------------------------------------------------

_NO_PLACE = PlaceResolution(name="")


def candidate_to_row(candidate: Candidate) -> Row:
    """The columns of `event_candidates`."""
    (event, other), (claim, other_claim) = candidate.events, candidate.claims
    return {"event": event, "other": other, "claim": claim, "other_claim": other_claim, "points": candidate.points}


def candidate_from_row(row: Found) -> Candidate:
    """Back from the columns."""
    return Candidate((row["event"], row["other"]), (row["claim"], row["other_claim"]), row["points"])


def event_to_row(event: Event) -> Row:
    """The columns of `events`; claims, accounts and aliases have tables of their own."""
    return {
        "id": event.id,
        "type": event.type,
        "start": event.start,
        "end": event.end,
        "place": None if event.place is None else event.place.name,
        "reports": event.reports,
        "outlets": event.outlets,
        "origins": event.origins,
    } | place_columns(event.place or _NO_PLACE)


def event_from_rows(row: Found, claims: Iterable[str], accounts: Iterable[Found], aliases: Iterable[str]) -> Event:
    """An event from its row and what belongs to it, each in order."""
    return Event(
        id=row["id"],
        claims=tuple(claims),
        type=row["type"],
        start=row["start"],
        end=row["end"],
        place=None if row["place"] is None else place_from_row(row, row["place"]),
        accounts=tuple(Account(account["field"], account["value"], tuple(account["claims"])) for account in accounts),
        reports=row["reports"],
        outlets=row["outlets"],
        origins=row["origins"],
        aliases=tuple(aliases),
    )
