"""What may stand in a cell of a CSV table: text that no spreadsheet takes for a formula, lists, days, numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

SEPARATOR = "; "

# A byte order mark, without which Excel reads UTF-8 as the machine's old code page.
BOM = b"\xef\xbb\xbf"

# A spreadsheet runs a cell that starts with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def text(value: str | None) -> str:
    """Words from a report as a cell: a leading apostrophe where a spreadsheet would otherwise run them as a formula."""
    if value is None:
        return ""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell, joined by '; '; a semicolon within a value is written as a comma.

    Empty values keep their position, so that lists in neighbouring columns stay in step; a list of nothing but empty
    values is an empty cell.
    """
    items = [(value or "").replace(";", ",") for value in values]
    return text(SEPARATOR.join(items)) if any(items) else ""


def day(value: dt.date | None) -> str:
    """A day in ISO 8601, or nothing."""
    return value.isoformat() if value is not None else ""


def number(value: float | None) -> str:
    """A number, or nothing; up to six decimals, none of them trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return f"{value:.6f}".rstrip("0").rstrip(".")


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    """Writes a table by RFC 4180: comma, CRLF, quotes doubled, one header row; UTF-8 with a byte order mark."""
    stream.write(BOM + _line(columns))
    for row in rows:
        stream.write(_line(row))


def _line(row: Sequence[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(row)
    return buffer.getvalue().encode("utf-8", "replace")
