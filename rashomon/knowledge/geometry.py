"""Distances and points between points on the globe; degrees of WGS 84 in, kilometres out."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

_DIAMETER_KM = 12742.0


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance of two points on the globe in kilometres (haversine; arguments in degrees)."""
    phi1, phi2 = radians(lat1), radians(lat2)
    a = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return _DIAMETER_KM * asin(sqrt(a))
