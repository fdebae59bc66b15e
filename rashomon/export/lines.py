"""Claims and events as JSON lines, exact and whole: the form for programs."""

from __future__ import annotations

from typing import BinaryIO

from rashomon.export.view import View
from rashomon.wire import claim_to_json, dump_line, event_to_json


def write_claim_lines(view: View, stream: BinaryIO) -> None:
    """Writes one claim a line, in the form that `rashomon code` writes and `rashomon link` reads."""
    for claim in view.claims():
        stream.write(dump_line(claim_to_json(claim)))


def write_event_lines(view: View, stream: BinaryIO) -> None:
    """Writes one event a line, in the form that `rashomon link` writes."""
    for event in view.events():
        stream.write(dump_line(event_to_json(event)))
