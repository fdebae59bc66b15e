"""Whether a place lies in another one: the one answer that linking, ledgers and digest go by."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from rashomon.knowledge.within import kilometres, lies_in, place_key
from rashomon.model import PlacePrecision, PlaceResolution

TARN = PlaceResolution("Tarn", "t1", 10.0, 20.0, PlacePrecision.SETTLEMENT, "Hill Province", "XX")
NEAR = replace(TARN, name="Upper Tarn", gazetteer_id="t2", lat=10.03)
MERE = PlaceResolution("Mere", "t3", 11.0, 21.0, PlacePrecision.SETTLEMENT, "Lake Province", "XX")
HILLS = PlaceResolution("Hills", "t4", 10.2, 20.1, PlacePrecision.GOVERNORATE, "Hill Province", "XX")
DALE = PlaceResolution("Dale", "t5", 10.1, 20.0, PlacePrecision.DISTRICT, "Hill Province", "XX")
LAND = PlaceResolution("Land", "t6", 10.0, 20.0, PlacePrecision.COUNTRY, None, "XX")
LOST = PlaceResolution("Lost", reason="three places of this name")


@pytest.mark.parametrize(
    ("inner", "outer", "told"),
    [
        (TARN, TARN, True),
        (TARN, NEAR, False),
        (PlaceResolution("Tarrn"), replace(TARN, gazetteer_id=None, name="tarrn"), True),  # by its spelling
        (TARN, LAND, True),
        (replace(TARN, country="YY"), LAND, False),
        (LOST, LAND, None),
        (TARN, HILLS, True),
        (replace(TARN, adm1="hill province"), HILLS, True),
        (replace(TARN, adm1="Hills"), HILLS, True),
        (MERE, HILLS, False),
        (replace(TARN, country="YY"), HILLS, False),  # a governorate of the same name in another country
        (replace(TARN, adm1=None), HILLS, None),
        (DALE, HILLS, True),
        (HILLS, TARN, False),
        (LAND, HILLS, False),
        (LAND, LAND, True),
    ],
)
def test_what_lies_in_what(inner: PlaceResolution, outer: PlaceResolution, told: bool | None) -> None:
    assert lies_in(inner, outer) is told


@pytest.mark.parametrize(
    ("inner", "km", "told"),
    [
        (TARN, 15, True),
        (TARN, 10, False),
        (TARN, None, False),  # without a radius a region holds nothing but itself
        (DALE, None, True),
        (LOST, 15, None),
        (replace(HILLS, lat=10.1, lon=20.0), 15, False),  # a governorate lies in no region, wherever its centre is
    ],
)
def test_a_region_reaches_as_far_as_is_asked(inner: PlaceResolution, km: float | None, told: bool | None) -> None:
    assert lies_in(inner, DALE, km) is told


def test_how_far_apart_two_places_are() -> None:
    assert 3.2 < kilometres(TARN, NEAR) < 3.5
    assert kilometres(TARN, NEAR) == kilometres(NEAR, TARN)
    assert math.isinf(kilometres(TARN, LOST))
    assert place_key(LOST) == place_key(PlaceResolution("al-Lost"))
