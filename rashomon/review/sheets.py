"""Coded reports as files that a person corrects; corrected, they are hand-coded reports to train and measure with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rashomon.errors import OutputError
from rashomon.model import Claim, Report
from rashomon.wire import claim_to_json

REPORTS, CLAIMS, TO_CHECK = "reports.json", "claims", "to-check"
_KEPT = (
    "quote", "start", "trigger", "type", "status", "source", "actors", "targets", "places", "time", "quantities",
    "weapons", "labels", "confidence",
)  # fmt: skip
_OF_MENTION = ("text", "name", "role", "kind")
_MENTIONS = ("source", "actors", "targets", "places")
_NO_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report with its claims, the least certain first."""

    report: Report
    claims: tuple[Claim, ...]

    @property
    def confidence(self) -> float:
        """How sure the coder is of its claims on average; 1 where none says so."""
        given = [claim.confidence for claim in self.claims if claim.confidence is not None]
        return sum(given) / len(given) if given else 1.0


def least_sure_first(coded: Iterable[tuple[Report, Sequence[Claim]]], most: int | None = None) -> list[Sheet]:
    """Sheets in the order in which a person's answer is worth most: those that the coder is least sure of.

    Args:
        coded: reports with their claims. Those without a claim come last: what was missed in them nobody can guess.
        most: how many sheets there are to be; None for all.
    """
    sheets = [Sheet(report, tuple(sorted(claims, key=_sureness))) for report, claims in coded]
    sheets.sort(key=lambda sheet: (not sheet.claims, sheet.confidence, sheet.report.id))
    return sheets[:most]


def _sureness(claim: Claim) -> tuple[float, int]:
    return claim.confidence if claim.confidence is not None else 1.0, claim.trigger_span.start


def write(sheets: Sequence[Sheet], folder: Path) -> None:
    """Writes a folder that training and scoring can read once its sheets are corrected.

    `reports.json` has the texts; `to-check` one file for each sheet, numbered in their order. A person corrects a file
    and moves it to `claims`. Files that stand in either are not written over.

    Raises:
        OutputError: the folder holds sheets already, or cannot be written.
    """
    if (folder / REPORTS).exists():
        raise OutputError(f"{folder}: there are sheets in it already; name another folder")
    try:
        (folder / CLAIMS).mkdir(parents=True, exist_ok=True)
        (folder / TO_CHECK).mkdir(exist_ok=True)
        digits = len(str(len(sheets)))
        for number, sheet in enumerate(sheets, 1):
            name = _NO_FILE_NAME.sub("-", sheet.report.id)[:_LONGEST_NAME]
            entry = {"report": sheet.report.id, "claims": [_short(claim_to_json(claim)) for claim in sheet.claims]}
            _write(folder / TO_CHECK / f"{number:0{digits}}-{name}.json", [entry])
        _write(folder / REPORTS, [_report(sheet.report) for sheet in sheets])
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _report(report: Report) -> dict[str, Any]:
    day = report.publication.day
    return {
        "id": report.id,
        "outlet": report.outlet,
        "published": day.isoformat() if day is not None else None,
        "title": report.title,
        "text": report.text,
    }


def _short(claim: dict[str, Any]) -> dict[str, Any]:
    """What a person looks at: the codebook's fields, mentions without what was resolved but their name."""
    made = {name: claim[name] for name in _KEPT}
    for name in _MENTIONS:
        made[name] = [{key: value for key, value in one.items() if key in _OF_MENTION} for one in claim[name]]
    if claim["time"]:
        made["time"] = {key: claim["time"].get(key) for key in ("text", "start", "end")}
    return made
