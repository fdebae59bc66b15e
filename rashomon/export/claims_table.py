"""Claims as a table: one claim a row, columns in the codebook's field names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from rashomon.export.cells import day, joined, number, text, write_table
from rashomon.export.figures import figure
from rashomon.export.view import View, profile_of
from rashomon.export.whereabouts import point, precision
from rashomon.model import Claim, Measure, Participant, Place, PlaceRole, Profile, Quantity, Report, Withheld

COLUMNS = (
    "id", "report", "event", "outlet", "published", "published_evidence", "title", "address", "coder", "confidence",
    "type", "status", "quote", "start", "end", "trigger",
    "source", "source_kind",
    "actors", "actors_text", "actors_id", "actors_reason",
    "targets", "targets_text", "targets_id", "targets_reason",
    "places", "places_text", "places_role", "places_reason",
    "place", "latitude", "longitude", "geo_precision", "adm1", "country", "gazetteer_id",
    "time", "time_start", "time_end", "time_reason",
    "killed_min", "killed_max", "wounded_min", "wounded_max", "quantities",
    "weapons", "labels", "labels_name",
)  # fmt: skip
WITHHELD = "withheld"
"""The column that says what a profile has left out of a row; an internal table, of which nothing is, has none."""


def write_claims(view: View, stream: BinaryIO) -> None:
    """Writes the claims of `view` as CSV."""
    reports = {report.id: report for report in view.reports()}
    events = {claim: event.id for event in view.events() for claim in event.claims}
    rows = ((c, reports.get(c.report), _row(c, reports.get(c.report), events.get(c.id))) for c in view.claims())
    if profile_of(view) is Profile.INTERNAL:
        write_table(COLUMNS, (row for _, _, row in rows), stream)
    else:
        write_table((*COLUMNS, WITHHELD), ((*row, _withheld_cell(c, report)) for c, report, row in rows), stream)


def _withheld_cell(claim: Claim, report: Report | None) -> str:
    """What was left out of the claim, and of what the row says of its report."""
    kinds = {*claim.withheld, *(report.withheld if report is not None else ())} - {Withheld.TEXT}
    return joined(kind.value for kind in Withheld if kind in kinds)


def _row(claim: Claim, report: Report | None, event: str | None) -> tuple[str, ...]:
    return (
        text(claim.id), text(claim.report), text(event),
        *_report_cells(report), text(claim.coder), number(claim.confidence),
        text(claim.type), claim.status.value, text(claim.quote),
        number(claim.span.start), number(claim.span.end), text(claim.trigger),
        joined(s.mention.text for s in claim.source), joined(s.kind.value for s in claim.source),
        *_people_cells(claim.actors), *_people_cells(claim.targets),
        *_places_cells(claim.places), *_place_cells(main_place(claim)),
        *_time_cells(claim),
        *_range_cells(claim, Measure.KILLED), *_range_cells(claim, Measure.WOUNDED),
        joined(quantity_words(q) for q in claim.quantities),
        joined(claim.weapons),
        joined(label.text for label in claim.labels),
        joined(label.resolution.name if label.resolution is not None else None for label in claim.labels),
    )  # fmt: skip


def _report_cells(report: Report | None) -> Iterator[str]:
    if report is None:
        yield from ("",) * 5
        return
    yield text(report.outlet)
    yield day(report.publication.day)
    yield report.publication.evidence.value
    yield text(report.title)
    yield text(report.address)


def _people_cells(people: tuple[Participant, ...]) -> Iterator[str]:
    yield joined(p.resolution.name if p.resolution is not None else p.mention.text for p in people)
    yield joined(p.mention.text for p in people)
    yield joined(p.resolution.id if p.resolution is not None else None for p in people)
    yield joined(p.resolution.reason if p.resolution is not None else "not resolved" for p in people)


def _places_cells(places: tuple[Place, ...]) -> Iterator[str]:
    yield joined(p.resolution.name if p.resolution is not None else p.mention.text for p in places)
    yield joined(p.mention.text for p in places)
    yield joined(p.role.value for p in places)
    yield joined(p.resolution.reason if p.resolution is not None else "not resolved" for p in places)


def main_place(claim: Claim) -> Place | None:
    """The place that stands for a claim where there is room for one: the first where it happens, else the first."""
    return next((p for p in claim.places if p.role is PlaceRole.AT), next(iter(claim.places), None))


def _place_cells(place: Place | None) -> Iterator[str]:
    where = place.resolution if place is not None else None
    if where is None:
        yield from ("",) * 7
        return
    latitude, longitude = point(where) or (None, None)
    yield text(where.name)
    yield number(latitude)
    yield number(longitude)
    yield precision(where)
    yield text(where.adm1)
    yield text(where.country)
    yield text(where.gazetteer_id)


def _time_cells(claim: Claim) -> Iterator[str]:
    if claim.time is None:
        yield from ("",) * 4
        return
    days = claim.time.resolution
    yield text(claim.time.mention.text)
    yield day(days.start if days is not None else None)
    yield day(days.end if days is not None else None)
    yield text(days.reason if days is not None else "not resolved")


def _range_cells(claim: Claim, measure: Measure) -> Iterator[str]:
    found = figure(claim, measure)
    yield number(found.minimum if found is not None else None)
    yield number(found.maximum if found is not None else None)


def quantity_words(quantity: Quantity) -> str:
    """A quantity in one line, as 'killed 12 to 15 (civilians)'; an open end is left out: 'killed 25 to'."""
    if quantity.minimum == quantity.maximum:
        bounds = number(quantity.minimum)
    else:
        bounds = f"{number(quantity.minimum)} to {number(quantity.maximum)}".strip()
    return f"{quantity.measure.value} {bounds}" + (f" ({quantity.of})" if quantity.of else "")
