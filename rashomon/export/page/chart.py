"""The map of the page: points where events are known as points, areas where they are known only as governorates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rashomon.export.page.borders import Border, Box, Frame, countries, governorate, governorates, outline, roomiest
from rashomon.export.whereabouts import point
from rashomon.model import Event, PlacePrecision

WIDTH, HEIGHT = 1000.0, 760.0
_LEAST_DEGREES = 3.0
_BEYOND = 0.6  # how far around the frame borders are drawn, for whoever moves the map
_MOST = 0.9  # of the events the first view holds at least so many,
_FEWER = 4  # and all of fewer events than these;
_NARROWER = 0.6  # places are left outside only where the view becomes this narrow, or narrower, for it
_SYRIA = ((35.7, 32.3), (42.4, 37.3))  # what is shown when nothing is located


@dataclass(frozen=True, slots=True)
class Marker:
    """A spot with events: where it is in the drawing, its name, and the events' positions in the page's list."""

    x: float
    y: float
    name: str
    near: bool
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An area to draw, with where its name goes, and the events that are known to be somewhere in it."""

    path: str
    name: str
    x: float
    y: float
    labelled: bool
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the map draws.

    Attributes:
        whole: the part of the drawing (left, top, right, bottom) that holds all; it is more than the drawing's own size
            where a few places lie far from the rest.
        outside: how many places lie outside the drawing's own size.
    """

    markers: tuple[Marker, ...]
    areas: tuple[Area, ...]
    countries: tuple[Area, ...]
    whole: Box
    outside: int
    width: float = WIDTH
    height: float = HEIGHT


def draw(events: Sequence[Event]) -> Chart:
    """Draws the events' map. What is known only as a district or wider is never a point."""
    located = [(n, event, where) for n, event in enumerate(events) if (where := point(event.place)) is not None]
    regional = {n: border for n, event in enumerate(events) if (border := _area(event)) is not None}
    points = [(lon, lat) for _, _, (lat, lon) in located]
    corners = [corner for border in regional.values() for corner in _box(border)]
    frame, whole = _views(points, corners)
    reach = _reach(whole)
    areas = [area for border in governorates() if (area := _drawn(border, frame, reach, regional)) is not None]
    markers = _markers(located, frame)
    return Chart(
        markers=markers,
        areas=tuple(areas),
        countries=tuple(
            a for border in countries(points + corners) if (a := _drawn(border, frame, reach, {})) is not None
        ),
        whole=whole,
        outside=sum(not (0 <= m.x <= WIDTH and 0 <= m.y <= HEIGHT) for m in markers),
    )


def _views(points: list[tuple[float, float]], corners: list[tuple[float, float]]) -> tuple[Frame, Box]:
    """The first view, which may leave out a few places far from the rest, and where in its drawing all of them are."""
    widest = Frame.around([*points, *corners] or _SYRIA, WIDTH, HEIGHT, _LEAST_DEGREES)
    most = _most(points)
    frame = Frame.around([*most, *corners] or _SYRIA, WIDTH, HEIGHT, _LEAST_DEGREES)
    if frame.scale * _NARROWER < widest.scale:
        return widest, (0.0, 0.0, WIDTH, HEIGHT)
    left, top = (widest.west - frame.west) * frame.scale, (frame.north - widest.north) * frame.scale
    larger = frame.scale / widest.scale
    whole = (left, top, left + WIDTH * larger, top + HEIGHT * larger)
    return frame, (round(whole[0], 1), round(whole[1], 1), round(whole[2], 1), round(whole[3], 1))


def _most(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The events' points without the few that lie farthest from their middle."""
    if len(points) < _FEWER:
        return points
    x, y = (median(axis) for axis in zip(*points, strict=True))
    away = max(1, len(points) - math.ceil(_MOST * len(points)))
    return sorted(points, key=lambda point: (math.dist(point, (x, y)), point))[:-away]


def _reach(whole: Box) -> Box:
    """How far borders are drawn: beyond all that is shown, for whoever moves the map."""
    left, top, right, bottom = whole
    beside, above = _BEYOND * (right - left), _BEYOND * (bottom - top)
    return left - beside, top - above, right + beside, bottom + above


def _area(event: Event) -> Border | None:
    """The governorate in which an event lies that is known as a district or a governorate of Syria."""
    place = event.place
    if place is None or place.precision not in {PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE}:
        return None
    if place.country not in {"SY", None}:
        return None
    name = place.name if place.precision is PlacePrecision.GOVERNORATE else place.adm1
    return governorate(name, place.lon, place.lat)


def _box(border: Border) -> tuple[tuple[float, float], tuple[float, float]]:
    xs = [x for ring in border.rings for x, _ in ring]
    ys = [y for ring in border.rings for _, y in ring]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _drawn(border: Border, frame: Frame, reach: Box, regional: dict[int, Border]) -> Area | None:
    path = outline(border, frame, reach)
    if not path:
        return None
    middle = roomiest(border, frame)
    x, y = middle or (0.0, 0.0)
    events = tuple(n for n, area in regional.items() if area is border)
    return Area(path, border.name, round(x, 1), round(y, 1), middle is not None and bool(border.name), events)


def _markers(located: Sequence[tuple[int, Event, tuple[float, float]]], frame: Frame) -> tuple[Marker, ...]:
    spots: dict[tuple[float, float], list[tuple[int, Event]]] = {}
    for number, event, where in located:
        spots.setdefault(where, []).append((number, event))
    markers = []
    for (latitude, longitude), here in spots.items():
        x, y = frame.place(longitude, latitude)
        name, _ = min(Counter(_name(event) for _, event in here).items(), key=lambda each: (-each[1], each[0]))
        near = all(event.place is not None and event.place.precision is PlacePrecision.NEAR for _, event in here)
        markers.append(Marker(round(x, 1), round(y, 1), name, near, tuple(n for n, _ in here)))
    return tuple(sorted(markers, key=lambda m: (-len(m.events), m.name, m.x, m.y)))


def _name(event: Event) -> str:
    return event.place.name if event.place is not None else ""
