"""Events as a table: one event a row; where accounts differ, every value or the range, never a choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from rashomon.export.cells import day, joined, number, text, write_table
from rashomon.export.figures import spread
from rashomon.export.view import View, profile_of
from rashomon.export.whereabouts import point, precision, why_no_days, why_no_point
from rashomon.model import Claim, Event, Measure, Participant, Profile, Report, Status

COLUMNS = (
    "id", "type", "status", "start", "end", "days_reason",
    "place", "latitude", "longitude", "geo_precision", "adm1", "country", "gazetteer_id", "place_reason",
    "actors", "targets",
    "killed_min", "killed_max", "wounded_min", "wounded_max",
    "reports", "outlets", "origins", "outlet_names", "sources", "claims", "aliases",
)  # fmt: skip
WITHHELD = "withheld"
"""The column that says what a profile has left out of a row; an internal table, of which nothing is, has none."""


def write_events(view: View, stream: BinaryIO) -> None:
    """Writes the events of `view` as CSV."""
    claims = {claim.id: claim for claim in view.claims()}
    reports = {report.id: report for report in view.reports()}
    rows = ((event, _row(event, claims_of(event, claims), reports)) for event in view.events())
    if profile_of(view) is Profile.INTERNAL:
        write_table(COLUMNS, (row for _, row in rows), stream)
    else:
        withheld = ((*row, joined(kind.value for kind in event.withheld)) for event, row in rows)
        write_table((*COLUMNS, WITHHELD), withheld, stream)


def claims_of(event: Event, claims: Mapping[str, Claim]) -> list[Claim]:
    """The event's claims, in the order that it lists them; one that is not there is left out."""
    return [claims[claim] for claim in event.claims if claim in claims]


def statuses(claims: Iterable[Claim]) -> list[str]:
    """Every status that the claims give, in the codebook's order."""
    given = {claim.status for claim in claims}
    return [status.value for status in Status if status in given]


def names(people: Iterable[Participant]) -> list[str]:
    """The neutral names, each once, sorted."""
    return sorted({p.resolution.name if p.resolution is not None else p.mention.text for p in people})


def outlets(claims: Iterable[Claim], reports: Mapping[str, Report]) -> list[str]:
    """The outlets of the claims' reports, each once, sorted."""
    found = {reports[c.report].outlet for c in claims if c.report in reports}
    return sorted(outlet for outlet in found if outlet is not None)


def speakers(claims: Iterable[Claim]) -> list[str]:
    """Who is named as having said it (the nearest speaker of each claim), each once, sorted."""
    return sorted({claim.source[0].mention.text for claim in claims if claim.source})


def _row(event: Event, claims: Sequence[Claim], reports: Mapping[str, Report]) -> tuple[str, ...]:
    return (
        text(event.id), text(event.type), joined(statuses(claims)),
        day(event.start), day(event.end), text(why_no_days(event, claims)),
        *_place_cells(event), text(why_no_point(event, claims)),
        joined(names(p for c in claims for p in c.actors)),
        joined(names(p for c in claims for p in c.targets)),
        *_range_cells(claims, Measure.KILLED), *_range_cells(claims, Measure.WOUNDED),
        number(event.reports), number(event.outlets), number(event.origins),
        joined(outlets(claims, reports)), joined(speakers(claims)), joined(event.claims), joined(event.aliases),
    )  # fmt: skip


def _place_cells(event: Event) -> Iterator[str]:
    place = event.place
    latitude, longitude = point(place) or (None, None)
    yield text(place.name if place is not None else None)
    yield number(latitude)
    yield number(longitude)
    yield precision(place)
    yield text(place.adm1 if place is not None else None)
    yield text(place.country if place is not None else None)
    yield text(place.gazetteer_id if place is not None else None)


def _range_cells(claims: Sequence[Claim], measure: Measure) -> Iterator[str]:
    found = spread(claims, measure)
    yield number(found.minimum if found is not None else None)
    yield number(found.maximum if found is not None else None)
