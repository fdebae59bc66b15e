"""Reads one table of places: tab-separated or CSV, with `name`, `lat` and `lon` at least; bad rows are told by line."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import KnowledgeError
from rashomon.knowledge.gazetteer_row import (
    COLUMNS,
    ID,
    KIND,
    LAT,
    LICENCE,
    LON,
    NAME,
    PRECISION,
    SOURCE,
    UNKNOWN_KIND,
    UNLOCATED,
    Line,
)

REQUIRED = ("name", "lat", "lon")
# Headings that other programs give our columns.
_HEADINGS = {
    "latitude": "lat",
    "y": "lat",
    "longitude": "lon",
    "lng": "lon",
    "long": "lon",
    "x": "lon",
    "alternate_names": "names",
    "alternatenames": "names",
    "aliases": "names",
    "type": "kind",
    "admin1": "adm1",
    "governorate": "adm1",
    "province": "adm1",
    "admin2": "adm2",
    "district": "adm2",
    "license": "licence",
    "country_code": "country",
}
_DELIMITERS = ("\t", ",", ";")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line (the header is line 1) and what is wrong with it."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Where rows come from and under which licence, with their number."""

    source: str
    licence: str
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: its usable rows with the file's line of each, and those left out."""

    path: Path
    rows: list[Line]
    lines: list[int]
    bad: tuple[BadRow, ...]


def read_table(path: Path, data: bytes, *, unique_ids: bool = True) -> Table:
    """Reads a table of places.

    Args:
        path: where it came from, for messages.
        data: its bytes: UTF-8; a header that names columns of COLUMNS, those of REQUIRED at least; separated by tabs,
            commas or semicolons. A row without `id` gets one made of its name and coordinates; one without `kind` is
            a 'locality'.
        unique_ids: whether a second row of one id is a bad one; not so in a folder where tables came together.

    Returns:
        The rows that can be used, and the ones that cannot.

    Raises:
        KnowledgeError: it is no such table at all.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KnowledgeError("not UTF-8", where=path, line=line, remedy="Save the table as UTF-8") from error
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    given = [heading.strip().strip('"').casefold().replace(" ", "_") for heading in first.split(delimiter)]
    header = [_HEADINGS.get(heading, heading) for heading in given]
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise KnowledgeError(
            f"no column {', '.join(missing)}",
            where=path,
            line=1,
            remedy="The first line must name the columns, separated by tabs or commas: name, lat and lon, and any of "
            + ", ".join(column for column in COLUMNS if column not in REQUIRED),
        )
    return _read_rows(path, header, _records(text, delimiter), unique_ids=unique_ids)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows after the header with the line that each begins in; only a CSV has quotes and cells of many lines."""
    if delimiter == "\t":
        for number, line in enumerate(text.split("\n")[1:], start=2):
            if line.strip():
                yield number, line.rstrip("\r").split("\t")
        return
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    start = 1
    for fields in reader:
        if start > 1 and any(field.strip() for field in fields):
            yield start, fields
        start = reader.line_num + 1


def _read_rows(
    path: Path, header: Sequence[str], records: Iterable[tuple[int, list[str]]], *, unique_ids: bool
) -> Table:
    where = [header.index(column) if column in header else -1 for column in COLUMNS]
    rows: list[Line] = []
    lines: list[int] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for number, fields in records:
        if len(fields) != len(header):
            bad.append(BadRow(number, f"{len(fields)} columns instead of {len(header)}"))
            continue
        row = [_BREAKS.sub(" ", fields[i]).strip() if i >= 0 else "" for i in where]
        reason = _what_is_wrong(row, has_ids=where[ID] >= 0, has_kinds=where[KIND] >= 0)
        if where[ID] < 0:
            row[ID] = _made_id(row)
        row[KIND] = row[KIND] or UNKNOWN_KIND
        if not reason and row[ID] in seen and unique_ids:
            same = f"the id {row[ID]} stands" if where[ID] >= 0 else "the same name and coordinates stand"
            reason = f"{same} in line {seen[row[ID]]} too"
        if reason:
            bad.append(BadRow(number, reason))
            continue
        seen[row[ID]] = number
        if row[PRECISION].startswith(UNLOCATED):
            row[LAT] = row[LON] = ""
        rows.append("\t".join(row))
        lines.append(number)
    return Table(path, rows, lines, tuple(bad))


def _made_id(row: Sequence[str]) -> str:
    """An id for a row that has none: the same wherever and whenever it is read."""
    return "x" + hashlib.sha256("\t".join((row[NAME], row[LAT], row[LON])).encode()).hexdigest()[:12]


def _what_is_wrong(row: Sequence[str], *, has_ids: bool, has_kinds: bool) -> str:
    """Why a row cannot be used, or nothing."""
    if has_ids and not row[ID]:
        return "no id"
    if not row[NAME]:
        return "no name"
    if has_kinds and not row[KIND]:
        return "no kind"
    lat, lon = row[LAT], row[LON]
    if not lat and not lon:
        return ""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return f"no coordinates: {lat!r}, {lon!r}"
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return f"not on the globe: {lat}, {lon}"
    return ""


def credits_of(rows: Iterable[Line]) -> tuple[Credit, ...]:
    """Sources and licences of rows, most rows first."""
    taken_apart = (row.split("\t") for row in rows)
    counts = Counter((row[SOURCE] or "not given", row[LICENCE] or "not given") for row in taken_apart)
    return tuple(Credit(s, lic, n) for (s, lic), n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
