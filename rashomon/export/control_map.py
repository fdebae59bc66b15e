"""The ledger of control as GeoJSON (RFC 7946): one feature a place, with every side that is said to hold it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson

from rashomon.export.whereabouts import POINT_LIKE
from rashomon.ledgers.control import Control, State, Stretch
from rashomon.model import Profile, Withheld


def control_geojson(ledger: Control, profile: Profile = Profile.INTERNAL) -> bytes:
    """The ledger as one FeatureCollection, one feature a line, longitude first.

    A place known only as a district or wider, or not located, has the geometry null, so that no program draws it as a
    point. `state` is 'contested' where two sides are said to hold the place at one time; each account stands under
    `accounts` with the day on which it was last said. Where the profile is not internal, the collection says so, and
    each account what was left out of its claims.
    """
    by_place: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for row in ledger.rows:
        by_place[row.place, row.gazetteer_id or ""].append(row)
    features = [orjson.dumps(_feature(rows, ledger)) for rows in by_place.values()]
    whom = b"" if profile is Profile.INTERNAL else b'"profile":' + orjson.dumps(profile) + b","
    return b'{"type":"FeatureCollection",' + whom + b'"features":[\n' + b",\n".join(features) + b"\n]}\n"


def _feature(rows: list[Stretch], ledger: Control) -> dict[str, Any]:
    place = rows[0]
    geometry = None
    if place.lat is not None and place.lon is not None and place.precision in POINT_LIKE:
        geometry = {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]}
    states = {row.state for row in rows}
    state = next(state for state in (State.CONTESTED, State.HELD, State.LEFT) if state in states)
    properties = {
        "place": place.place,
        "adm1": place.adm1 or None,
        "geo_precision": place.precision or None,
        "gazetteer_id": place.gazetteer_id,
        "on": ledger.on,
        "state": state,
        "holders": sorted({row.holder for row in rows}),
        "accounts": [
            {
                "holder": row.holder,
                "names": row.names,
                "state": row.state,
                "first": row.first,
                "last_said": row.last,
                "until": row.until,
                "until_says": row.until_says or None,
                "outlets": sorted({one.outlet for one in row.claims}),
                "claims": [one.claim for one in row.claims],
                "denials": [one.claim for one in row.denials],
            }
            | _withheld(row)
            for row in rows
        ],
    }
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _withheld(row: Stretch) -> dict[str, list[Withheld]]:
    found = {kind for one in (*row.claims, *row.denials) for kind in one.withheld}
    return {"withheld": [kind for kind in Withheld if kind in found]} if found else {}
