"""One table of places as a tab-separated file: reading, checking, and importing a user's own table.

An imported table is kept in a folder of its own as it came, minus the rows that cannot be used, plus one column with
the folded keys of its names: folding 50,000 rows takes seconds, and is done once, on import.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import KnowledgeError, OutputError
from rashomon.knowledge.romanise import fold_key

COLUMNS = (
    "id",
    "name",
    "names",
    "lat",
    "lon",
    "kind",
    "adm1",
    "adm2",
    "population",
    "source",
    "licence",
    "precision",
    "country",
    "source_id",
)
REQUIRED = ("id", "name", "lat", "lon", "kind")
KEYS_COLUMN = "keys:1"  # raise the number when folding changes: older imports are then folded again on load

_ID, _NAME, _NAMES, _LAT, _LON = range(5)
_SOURCE, _LICENCE, _PRECISION, _SOURCE_ID = 9, 10, 11, 13
_KEYS = len(COLUMNS)
_UNLOCATED = "UNLOCATED"

# One row as a line: the columns in the order of COLUMNS and its keys joined by '|', tab-separated. Tables are large and
# few of their rows are ever asked for, so a row is taken apart only then.
type Line = str


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
    """A table that was read: its usable rows, and those left out."""

    path: Path
    rows: list[Line]
    bad: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did.

    Attributes:
        path: the table that was imported. written: the file that it went to.
        rows: usable rows of the table. added: those that were not there before.
        already: those that were. replaced: those of them that had other spellings, another kind or the like in
            `written` and are now as this table has them.
        left_out: rows that could not be used, each with its line and reason.
        credits: sources and licences of the table's rows, most rows first.
    """

    path: Path
    written: Path
    rows: int
    added: int
    already: int
    replaced: int
    left_out: tuple[BadRow, ...]
    credits: tuple[Credit, ...]


def read_table(path: Path, data: bytes) -> Table:
    """Reads a table of places.

    Args:
        path: where it came from, for messages.
        data: its bytes: UTF-8, tab-separated, a header with at least the columns of REQUIRED.

    Returns:
        The rows that can be used, each with its keys, and the ones that cannot.

    Raises:
        KnowledgeError: it is no such table at all.
    """
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KnowledgeError("not UTF-8", where=path, line=line, remedy="Save the table as UTF-8") from error
    header = lines[0].rstrip("\r").split("\t")
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise KnowledgeError(
            f"no column {', '.join(missing)}",
            where=path,
            line=1,
            remedy=f"The first line must name tab-separated columns, of these: {', '.join(COLUMNS)}",
        )
    return _read_rows(path, header, lines)


def _read_rows(path: Path, header: Sequence[str], lines: Sequence[str]) -> Table:
    keyed = tuple(header) == (*COLUMNS, KEYS_COLUMN)
    where = [header.index(column) if column in header else -1 for column in COLUMNS]
    rows: list[Line] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        stripped = line.rstrip("\r")
        if not stripped.strip():
            continue
        if keyed and stripped.count("\t") == _KEYS:
            rows.append(stripped)  # written by an import: checked and folded then
            continue
        fields = stripped.split("\t")
        if len(fields) != len(header):
            bad.append(BadRow(number, f"{len(fields)} columns instead of {len(header)}"))
            continue
        row = [fields[i].strip() if i >= 0 else "" for i in where]
        reason = _what_is_wrong(row)
        if not reason and row[_ID] in seen:
            reason = f"the id {row[_ID]} stands in line {seen[row[_ID]]} too"
        if reason:
            bad.append(BadRow(number, reason))
            continue
        seen[row[_ID]] = number
        if row[_PRECISION].startswith(_UNLOCATED):
            row[_LAT] = row[_LON] = ""
        row.append("|".join(keys_of([row[_NAME], *row[_NAMES].split("|")])))
        rows.append("\t".join(row))
    return Table(path, rows, tuple(bad))


def keys_of(names: Iterable[str]) -> list[str]:
    """The fold keys of names, each once, in order; a key of one character is no key."""
    return list(dict.fromkeys(key for name in names if len(key := fold_key(name)) > 1))


def _what_is_wrong(row: Sequence[str]) -> str:
    """Why a row cannot be used, or nothing."""
    if not row[_ID] or not row[_NAME]:
        return "no id" if not row[_ID] else "no name"
    if not row[5]:
        return "no kind"
    lat, lon = row[_LAT], row[_LON]
    if not lat and not lon:
        return ""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return f"no coordinates: {lat!r}, {lon!r}"
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return f"not on the globe: {lat}, {lon}"
    return ""


def id_of(line: Line) -> str:
    """A row's id."""
    return line[: line.index("\t")]


def keys_in(line: Line) -> list[str]:
    """A row's keys."""
    return line[line.rindex("\t") + 1 :].split("|")


def credits_of(rows: Iterable[Line]) -> tuple[Credit, ...]:
    """Sources and licences of rows, most rows first."""
    taken_apart = (row.split("\t") for row in rows)
    counts = Counter((row[_SOURCE] or "not given", row[_LICENCE] or "not given") for row in taken_apart)
    return tuple(Credit(s, lic, n) for (s, lic), n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def import_table(path: Path, folder: Path) -> ImportSummary:
    """Adds a user's table of places to the folder of imported tables; importing it again adds nothing twice.

    A table goes to the file of its own name there. Rows of another table that was imported under that name stay.

    Args:
        path: the table (see `read_table`).
        folder: where imported tables are kept; made where it is not there.

    Raises:
        KnowledgeError: the table cannot be read, is no table of places, or has no usable row.
        OutputError: the folder cannot be written.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(
            f"cannot be read: {error.strerror or error}", where=path, remedy="Check the path of the table"
        ) from error
    table = read_table(path, data)
    if not table.rows:
        raise KnowledgeError("no usable row", where=path, remedy="Check the columns and the coordinates")
    target = folder / f"{path.stem}.tsv"
    known = {identity(row): file for file in sorted(folder.glob("*.tsv")) for row in _imported_rows(file)}
    added = sum(identity(row) not in known for row in table.rows)
    kept = {identity(row): row for row in _imported_rows(target)} if target.is_file() else {}
    replaced = 0
    for row in table.rows:
        if known.get(identity(row), target) == target:
            replaced += kept.get(identity(row), row) != row
            kept[identity(row)] = row
    _write(target, kept.values())
    return ImportSummary(
        path=path,
        written=target,
        rows=len(table.rows),
        added=added,
        already=len(table.rows) - added,
        replaced=replaced,
        left_out=table.bad,
        credits=credits_of(table.rows),
    )


def identity(line: Line) -> tuple[str, ...]:
    """What makes a row one place: its id and its id at its source; without the latter, its id, name and coordinates.

    Tables of different makers count their rows '1', '2', '3' alike.
    """
    fields = line.split("\t")
    if fields[_SOURCE_ID]:
        return fields[_ID], fields[_SOURCE_ID]
    return fields[_ID], fields[_NAME], fields[_LAT], fields[_LON]


def _imported_rows(file: Path) -> list[Line]:
    return read_table(file, file.read_bytes()).rows


def _write(target: Path, rows: Iterable[Line]) -> None:
    """Writes a table whole or not at all."""
    lines = ["\t".join((*COLUMNS, KEYS_COLUMN)), *rows]
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".import-", suffix=".part")
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as out:
            out.write(("\n".join(lines) + "\n").encode())
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            f"{target}: cannot be written: {error.strerror or error}. Choose another folder for imported tables"
        ) from error
