"""The forms that an export can take, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from rashomon.errors import NotFoundError
from rashomon.export.claims_table import write_claims
from rashomon.export.events_table import write_events
from rashomon.export.geojson import write_geojson
from rashomon.export.lines import write_claim_lines, write_event_lines
from rashomon.export.view import View


@dataclass(frozen=True, slots=True)
class Format:
    """One form of export.

    Attributes:
        name: what a user types.
        file: the name that a file of this form has by default.
        about: one line for a user.
        write: writes a view to a binary stream.
        of_claims: whether it has claims one by one, not gathered into events.
    """

    name: str
    file: str
    about: str
    write: Callable[[View, BinaryIO], None]
    of_claims: bool = False


_ALL = (
    Format("claims-csv", "claims.csv", "one claim a row, for spreadsheets", write_claims, of_claims=True),
    Format("events-csv", "events.csv", "one event a row, for spreadsheets and QGIS", write_events),
    Format("claims-jsonl", "claims.jsonl", "one claim a line, exact and whole", write_claim_lines, of_claims=True),
    Format("events-jsonl", "events.jsonl", "one event a line, with every account", write_event_lines),
    Format("geojson", "events.geojson", "events as points on a map, for GIS", write_geojson),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})


def export(name: str, view: View, stream: BinaryIO) -> None:
    """Writes `view` to `stream` in the form called `name`; the same view gives the same bytes.

    Raises:
        NotFoundError: there is no such form.
    """
    form = FORMATS.get(name)
    if form is None:
        raise NotFoundError(f"no such format: {name}. Choose one of: {', '.join(FORMATS)}")
    form.write(view, stream)
