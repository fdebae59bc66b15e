"""Checks outlets.yaml: each row, and the rows against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from rashomon.knowledge import outlets as known
from rashomon.knowledge.check_sheets import Sheet
from rashomon.knowledge.outlets import Outlet
from rashomon.knowledge.problem import Problem

_TABLES = ("unknown", "outlets", "examples")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def check(sheets: Sequence[Sheet]) -> list[Problem]:
    """What is wrong with the outlets of all layers.

    Args:
        sheets: the files of knowledge that can be read; those of other names are not looked at.
    """
    problems: list[Problem] = []
    together: dict[str, tuple[Outlet, Sheet]] = {}
    for sheet in (sheet for sheet in sheets if sheet.name == known.FILE):
        if not isinstance(sheet.content, dict):
            problems.append(sheet.problem((), "not a mapping", "Write `outlets:` with a list under it"))
            continue
        problems += [
            sheet.problem((key,), f"unknown key {key!r}", f"Use {', '.join(_TABLES)}")
            for key in sheet.content
            if key not in _TABLES
        ]
        seen: dict[str, int] = {}
        for table in ("outlets", "examples"):
            for number, row in enumerate(sheet.rows(table)):
                path = (table, number)
                found = [sheet.problem(path, text, remedy, entry=_name(row)) for text, remedy in known.faults(row)]
                problems += found
                if found:
                    continue
                problems += _row(sheet, path, row, seen, invented=table == "examples")
                outlet = known.outlet_of(row, example=table == "examples")
                together[outlet.id] = (outlet, sheet)
    return problems + list(_clashes(together))


def _row(
    sheet: Sheet, path: tuple[str, int], row: dict[str, Any], seen: dict[str, int], *, invented: bool
) -> Iterator[Problem]:
    """What is wrong with the content of a row whose form is right."""
    entry = _name(row)
    line = sheet.line(path) or 0
    if row["id"] in seen:
        text = f"the id stands twice, first in line {seen[row['id']]}: only the second counts"
        yield sheet.problem(path, text, "Put both together, or give one another id", entry=entry)
    seen[row["id"]] = line
    sources = row.get("side_source") or []
    if row.get("side") and not sources and not invented:
        remedy = "Say in `side_source` what that rests on, or leave `side` out"
        yield sheet.problem(path, "`side` without a source", remedy, entry=entry)
    if sources and not row.get("side"):
        yield sheet.problem(
            path, "`side_source` without a `side`", "Say whose view it gives, or take it out", entry=entry
        )
    for source in sources:
        if str(source).startswith("http") and not _address(str(source)):
            yield sheet.problem(path, f"{source!r} is no address", "Write https://host/page, or a title", entry=entry)
    for host in row.get("hosts") or []:
        if not _HOST.fullmatch(str(host)) or str(host).startswith("www."):
            yield sheet.problem(
                path, f"{host!r} is no host", "Write it as in news.example, without https:// and www.", entry=entry
            )
    names = [str(name) for name in (row["name"], *(row.get("aliases") or []))]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield sheet.problem(path, f"the name {name!r} stands twice", "Take one of them out", entry=entry)


def _clashes(together: dict[str, tuple[Outlet, Sheet]]) -> Iterator[Problem]:
    for clash in known.clashes(outlet for outlet, _ in together.values()):
        _, sheet = together[clash.second]
        rows = [*enumerate(sheet.rows("outlets")), *enumerate(sheet.rows("examples"))]
        number = next((number for number, row in rows if isinstance(row, dict) and row.get("id") == clash.second), 0)
        yield sheet.problem(("outlets", number), str(clash), "Take it from one of them", entry=clash.second)


def _address(source: str) -> bool:
    parts = urlsplit(source)
    return parts.scheme in {"http", "https"} and bool(_HOST.fullmatch(parts.netloc)) and " " not in source


def _name(row: object) -> str:
    return str(row["id"]) if isinstance(row, dict) and row.get("id") else ""
