"""Borders to draw under the events: Natural Earth's countries and the governorates of Syria, projected and cut."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import orjson

from rashomon.knowledge.romanise import fold_key

_FOLDER = Path(__file__).parent / "vendor"

# What region.json shows in detail (degrees: west, south, east, north); elsewhere the coarse world does.
_REGION = (24.0, 12.0, 64.0, 43.0)

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Border:
    """A country or a governorate: its names, and its rings as (longitude, latitude)."""

    name: str
    names: frozenset[str]
    rings: tuple[Ring, ...]

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies inside (by the even-odd rule over all rings)."""
        inside = False
        for ring in self.rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                    inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the earth in Web Mercator, as wide as `width` and as high as `height` units of a drawing."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]], width: float, height: float, least: float) -> Frame:
        """The frame that shows all (longitude, latitude) `points` with a margin; at least `least` degrees wide."""
        xs = [x for x, _ in points]
        ys = [_mercator(y) for _, y in points]
        across = max((max(xs) - min(xs)) * 1.24, (max(ys) - min(ys)) * 1.3 * width / height, least)
        middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        scale = width / across
        return cls(middle_x - across / 2, middle_y + height / scale / 2, scale, width, height)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point of the earth stands in the drawing (x to the right, y down)."""
        return (longitude - self.west) * self.scale, (self.north - _mercator(latitude)) * self.scale


def countries(points: Iterable[tuple[float, float]]) -> tuple[Border, ...]:
    """Countries in detail in the region; with a coarse rest of the world where a (longitude, latitude) lies outside."""
    if all(_inside(point) for point in points):
        return _read("region.json")
    detailed = tuple(border for border in _read("region.json") if _is_whole(border))
    names = {border.name for border in detailed if border.name}
    return detailed + tuple(b for b in _read("world.json") if b.name not in names and not _is_whole(b))


def _inside(point: tuple[float, float]) -> bool:
    west, south, east, north = _REGION
    return west < point[0] < east and south < point[1] < north


def _is_whole(border: Border) -> bool:
    """Whether all of it lies in the region, and is therefore not cut off at its edge."""
    return all(_inside(point) for ring in border.rings for point in ring)


def governorates() -> tuple[Border, ...]:
    """The governorates of Syria."""
    return _read("governorates.json")


def governorate(name: str | None, longitude: float | None, latitude: float | None) -> Border | None:
    """The governorate of this name; where no name fits, the one that the point lies in; else None."""
    if name is not None:
        wanted = _fold(name)
        named = next((border for border in governorates() if wanted and wanted in border.names), None)
        if named is not None:
            return named
    if longitude is None or latitude is None:
        return None
    return next((border for border in governorates() if border.holds(longitude, latitude)), None)


def _fold(name: str) -> str:
    return fold_key(re.sub(r"(?i)\b(governorate|province)\b", "", name))


@cache
def _read(name: str) -> tuple[Border, ...]:
    features = orjson.loads((_FOLDER / name).read_bytes())["features"]
    return tuple(
        Border(
            name=feature["properties"]["name"],
            names=frozenset(map(_fold, [feature["properties"]["name"], *feature["properties"].get("names", ())])),
            rings=tuple(tuple((x, y) for x, y in ring) for ring in _rings(feature["geometry"])),
        )
        for feature in features
    )


def _rings(geometry: dict[str, list[list[list[list[float]]]]]) -> Iterator[list[list[float]]]:
    coordinates = geometry["coordinates"]
    polygons = coordinates if str(geometry["type"]) == "MultiPolygon" else [coordinates]
    for polygon in polygons:
        yield from polygon  # type: ignore[misc]


def _mercator(latitude: float) -> float:
    """Latitude in degrees to Web Mercator's ordinate, in degrees of longitude at the equator."""
    latitude = max(-85.0, min(85.0, latitude))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def outline(border: Border, frame: Frame, box: Box) -> str:
    """The border as the data of an SVG path, cut at a box of the drawing; '' if all of it lies outside."""
    parts = []
    for ring in border.rings:
        corners = _cut([frame.place(x, y) for x, y in ring], box)
        points = _thinned(corners)
        if len(points) > 2:
            parts.append("M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z")
    return "".join(parts)


def roomiest(border: Border, frame: Frame, steps: int = 9) -> tuple[float, float] | None:
    """Where in the frame a name fits best into the border: far from its edges; None where hardly any of it is seen."""
    seen = [_cut([frame.place(x, y) for x, y in ring], (0, 0, frame.width, frame.height)) for ring in border.rings]
    ring = max(seen, key=len, default=())
    if not ring:
        return None
    (left, right), (top, bottom) = ((min(v), max(v)) for v in zip(*ring, strict=True))
    if right - left < frame.width / 12 or bottom - top < frame.height / 16:
        return None
    shape = Border(border.name, border.names, ((*tuple(ring), ring[0]),))
    grid = [
        (left + (right - left) * i / steps, top + (bottom - top) * j / steps)
        for i in range(1, steps)
        for j in range(1, steps)
    ]
    inside = [spot for spot in grid if shape.holds(*spot)]
    return max(inside, key=lambda spot: min(math.dist(spot, corner) for corner in ring), default=None)


def _thinned(corners: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for x, y in corners:
        rounded = (round(x, 1), round(y, 1))
        if not points or points[-1] != rounded:
            points.append(rounded)
    return points


def _cut(ring: Sequence[tuple[float, float]], box: Box) -> Sequence[tuple[float, float]]:
    """The part of a ring inside a box, by Sutherland and Hodgman: one side of the box after the other."""
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        if not ring:
            break
        kept: list[tuple[float, float]] = []
        before = ring[-1]
        for here in ring:
            inside, was_inside = (here[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was_inside:
                part = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append((before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1])))
            if inside:
                kept.append(here)
            before = here
        ring = kept
    return ring
