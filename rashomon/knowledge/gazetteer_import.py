"""Adds tables of places to the folder of imported ones, whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import KnowledgeError, OutputError
from rashomon.knowledge.gazetteer_index import TableIndex
from rashomon.knowledge.gazetteer_row import COLUMNS, COUNTRY, KIND, PRECISION_OF_KIND, Line, identity
from rashomon.knowledge.gazetteer_table import BadRow, Credit, Table, credits_of, read_table

_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did.

    Attributes:
        path: the table that was imported. written: the file that it went to.
        rows: usable rows of the table. added: those that were not there before.
        already: those that were. replaced: those of them that had other spellings, another kind or the like in
            `written` and are now as this table has them.
        left_out: rows that could not be used, each with its line and reason.
        doubts: rows that are taken although their kind or country is none that is known.
        credits: sources and licences of the table's rows, most rows first.
    """

    path: Path
    written: Path
    rows: int
    added: int
    already: int
    replaced: int
    left_out: tuple[BadRow, ...]
    doubts: tuple[BadRow, ...]
    credits: tuple[Credit, ...]


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
        reason = f" (line {table.bad[0].line}: {table.bad[0].reason})" if table.bad else ""
        raise KnowledgeError(f"no usable row{reason}", where=path, remedy="Check the columns and the coordinates")
    target = folder / f"{path.stem}.tsv"
    known = {identity(row): file for file in sorted(folder.glob("*.tsv")) for row in _imported_rows(file)}
    added = sum(identity(row) not in known for row in table.rows)
    kept = {identity(row): row for row in _imported_rows(target)} if target.is_file() else {}
    replaced = 0
    for row in table.rows:
        if known.get(identity(row), target) == target:
            replaced += kept.get(identity(row), row) != row
            kept[identity(row)] = row
    write_table(target, kept.values())
    return ImportSummary(
        path=path,
        written=target,
        rows=len(table.rows),
        added=added,
        already=len(table.rows) - added,
        replaced=replaced,
        left_out=table.bad,
        doubts=tuple(_doubts(table)),
        credits=credits_of(table.rows),
    )


def _doubts(table: Table) -> Iterator[BadRow]:
    for number, row in zip(table.lines, table.rows, strict=True):
        fields = row.split("\t")
        if fields[KIND] not in PRECISION_OF_KIND:
            kinds = ", ".join(sorted(PRECISION_OF_KIND))
            yield BadRow(number, f"unknown kind {fields[KIND]!r}, read as a point (kinds are {kinds})")
        if fields[COUNTRY] and _CODE.fullmatch(fields[COUNTRY]) is None:
            yield BadRow(number, f"the country {fields[COUNTRY]!r} is no ISO 3166-1 alpha-2 code (write it as SY)")


def write_table(target: Path, rows: Iterable[Line]) -> None:
    """Writes a table whole or not at all, and its index, so that the next load finds it.

    Raises:
        OutputError: the file cannot be written.
    """
    data = ("\n".join(["\t".join(COLUMNS), *rows]) + "\n").encode()
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".import-", suffix=".part")
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            f"{target}: cannot be written: {error.strerror or error}. Choose another folder for imported tables"
        ) from error
    TableIndex.of_table(target, data, unique_ids=False)


def _imported_rows(file: Path) -> list[Line]:
    return read_table(file, file.read_bytes(), unique_ids=False).rows
