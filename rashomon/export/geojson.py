"""Events as GeoJSON (RFC 7946): longitude first, WGS 84; what is no point has no geometry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import orjson

from rashomon.export.events_table import claims_of, names, outlets, speakers, statuses
from rashomon.export.figures import spread
from rashomon.export.view import View
from rashomon.export.whereabouts import point, precision, why_no_days, why_no_point
from rashomon.model import Claim, Event, Measure, Report


def write_geojson(view: View, stream: BinaryIO) -> None:
    """Writes the events of `view` as one FeatureCollection, one feature a line.

    Every event is a feature. One whose place is known only as a district or wider, or not at all, has the geometry
    null, so that no program draws it as a point; its properties say how closely it is known, and why not closer.
    """
    claims = {claim.id: claim for claim in view.claims()}
    reports = {report.id: report for report in view.reports()}
    stream.write(b'{"type":"FeatureCollection","features":[')
    separator = b"\n"
    for event in view.events():
        stream.write(separator + orjson.dumps(_feature(event, claims_of(event, claims), reports)))
        separator = b",\n"
    stream.write(b"\n]}\n")


def _feature(event: Event, claims: Sequence[Claim], reports: dict[str, Report]) -> dict[str, Any]:
    where = point(event.place)
    geometry = None
    if where is not None:
        latitude, longitude = where
        geometry = {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}
    properties = _properties(event, claims, reports)
    if event.withheld:
        properties["withheld"] = list(event.withheld)
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def _properties(event: Event, claims: Sequence[Claim], reports: dict[str, Report]) -> dict[str, Any]:
    place = event.place
    killed, wounded = spread(claims, Measure.KILLED), spread(claims, Measure.WOUNDED)
    return {
        "id": event.id,
        "type": event.type,
        "status": statuses(claims),
        "start": event.start,
        "end": event.end,
        "days_reason": why_no_days(event, claims) or None,
        "place": place.name if place is not None else None,
        "geo_precision": precision(place) or None,
        "adm1": place.adm1 if place is not None else None,
        "country": place.country if place is not None else None,
        "gazetteer_id": place.gazetteer_id if place is not None else None,
        "place_reason": why_no_point(event, claims) or None,
        "actors": names(p for c in claims for p in c.actors),
        "targets": names(p for c in claims for p in c.targets),
        "killed_min": killed.minimum if killed is not None else None,
        "killed_max": killed.maximum if killed is not None else None,
        "wounded_min": wounded.minimum if wounded is not None else None,
        "wounded_max": wounded.maximum if wounded is not None else None,
        "reports": event.reports,
        "outlets": event.outlets,
        "origins": event.origins,
        "outlet_names": outlets(claims, reports),
        "sources": speakers(claims),
        "claims": list(event.claims),
    }
