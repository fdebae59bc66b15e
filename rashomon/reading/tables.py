"""Records with fields: JSON, JSON lines and CSV -> raw reports, one at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import orjson

from rashomon.reading.days import order_of
from rashomon.reading.decode import NotText, decode, encoding_of_stream, mend
from rashomon.reading.options import FIELDS, RawReport, ReadOptions, Skipped

# What common exports call the fields; the first one that is there counts.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "unit_id", "report_id"),
    "outlet": ("outlet", "source", "publisher", "source_name"),
    "published": ("published", "date", "publication_date", "pub_date", "published_at"),
    "title": ("title", "article_title", "headline"),
    "text": ("text", "article_content", "content", "body", "article", "full_text"),
    "address": ("address", "url", "link"),
}
_JSON_REMEDY = "Each report is an object with `text`, and if known `id`, `outlet`, `published`, `title`"


def read_json(data: bytes, where: str, options: ReadOptions) -> Iterator[RawReport | Skipped]:
    """Reports of a JSON text: a list of objects, one object, or an object with the list under `reports`.

    A text that is none of these but has an object on each line is read as JSON lines.
    """
    try:
        content = orjson.loads(_utf8(data))
    except NotText as error:
        yield Skipped(where, None, str(error), "Save it as UTF-8")
        return
    except orjson.JSONDecodeError as error:
        if _starts_with_object_line(data):
            yield from read_json_lines(io.BytesIO(data), where, options)
        else:
            yield Skipped(where, error.lineno, f"this is not JSON: {error.msg}", "Mend the file at this line")
        return
    if isinstance(content, dict) and isinstance(content.get("reports"), list):
        content = content["reports"]
    for record in content if isinstance(content, list) else [content]:
        yield _of_record(record, where, None, options)


def read_json_lines(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[RawReport | Skipped]:
    """Reports of a stream with one JSON object on each line; a broken line is told, the others are read."""
    began = stream.tell()
    wide = stream.read(4).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    stream.seek(began)
    # In UTF-16 the bytes of a line break do not end a line; such a file is rare, and decoded whole.
    source = io.BytesIO(stream.read().decode("utf-16", "replace").encode()) if wide else stream
    for number, line in enumerate(source, start=1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            record = orjson.loads(_utf8(line))
        except NotText as error:
            yield Skipped(where, number, f"this line cannot be decoded: {error}", "Save the file as UTF-8")
        except orjson.JSONDecodeError as error:
            yield Skipped(where, number, f"this line is not JSON: {error.msg}", "Mend the line; the others were read")
        else:
            yield _of_record(record, where, number, options)


def read_csv(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[RawReport | Skipped]:
    """Reports of a CSV with a header, a row at a time. The file is gone through twice: first only for its dates."""
    try:
        encoding, note = encoding_of_stream(stream)
    except NotText as error:
        yield Skipped(where, None, str(error), "Save it as CSV in UTF-8")
        return
    if note:
        yield Skipped(where, None, note, "Save it as UTF-8 if characters look wrong", kept=True)
    # An article may be longer than the csv module's default limit; how long a report may be is our own setting.
    csv.field_size_limit(2**31 - 1)
    began = stream.tell()
    wrapper = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        rows = _rows(wrapper)
        header = next(rows, (0, []))[1]
        columns, missing = _columns(header, options)
        if missing or "text" not in columns:
            yield _no_column(header, missing, where)
            return
        order = options.day_order or order_of(
            [row[columns["published"]] for _, row in _whole(rows, columns, "published")]
        )
        stream.seek(began)
        wrapper.seek(began)
        rows = _rows(wrapper)
        next(rows, None)
        for line, row in rows:
            if any(cell.strip() for cell in row):
                record = {name: row[at] for name, at in columns.items() if at < len(row)}
                yield _raw(record, where, line, order)
    except csv.Error as error:
        yield Skipped(
            where, None, f"the rest of this CSV cannot be read: {error}", "Mend the row after the last one read"
        )
    finally:
        wrapper.detach()


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each starts on, the delimiter told from the header."""
    iterator = iter(lines)
    first = next(iterator, "").lstrip("\ufeff")
    delimiter = max(",;\t", key=lambda char: (first.count(char), char == ","))

    def all_lines() -> Iterator[str]:
        yield first
        yield from iterator

    reader = csv.reader(all_lines(), delimiter=delimiter)
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _whole(
    rows: Iterator[tuple[int, list[str]]], columns: Mapping[str, int], name: str
) -> Iterator[tuple[int, list[str]]]:
    at = columns.get(name)
    return (row for row in rows if at is not None and at < len(row[1]))


def _columns(header: list[str], options: ReadOptions) -> tuple[dict[str, int], list[str]]:
    """Which column holds which field, and the columns that the user named but the header lacks."""
    at = {name.strip().casefold(): index for index, name in reversed(list(enumerate(header)))}
    columns = {}
    for field in FIELDS:
        names = [options.columns[field]] if field in options.columns else _USUAL[field]
        found = next((at[name.casefold()] for name in names if name.casefold() in at), None)
        if found is not None:
            columns[field] = found
    missing = [f"{field}={name}" for field, name in sorted(options.columns.items()) if field not in columns]
    return columns, missing


def _no_column(header: list[str], missing: list[str], where: str) -> Skipped:
    there = ", ".join(name for name in header if name) or "none"
    what = f"no column for {', '.join(missing)}" if missing else "no column for the text"
    return Skipped(where, 1, f"{what}; the columns are: {there}", "Name them with --columns text=...,outlet=...")


def _of_record(record: object, where: str, line: int | None, options: ReadOptions) -> RawReport | Skipped:
    if not isinstance(record, dict):
        return Skipped(where, line, f"a report is an object, this is a {type(record).__name__}", _JSON_REMEDY)
    fields: dict[str, Any] = {}
    for field in FIELDS:
        names = [options.columns[field]] if field in options.columns else _USUAL[field]
        fields[field] = next((record[name] for name in names if record.get(name) is not None), None)
    return _raw(fields, where, line, options.day_order)


def _raw(fields: Mapping[str, Any], where: str, line: int | None, order: str | None) -> RawReport | Skipped:
    text = fields.get("text")
    if text is None:
        there = f" (report {fields['id']})" if fields.get("id") else ""
        return Skipped(where, line, f"this report has no text{there}", _JSON_REMEDY)
    if not isinstance(text, str):
        return Skipped(where, line, f"`text` is a {type(text).__name__}, not a string", _JSON_REMEDY)
    return RawReport(
        text=mend(text).text,
        where=where,
        line=line,
        id=_word(fields.get("id")),
        outlet=_word(fields.get("outlet")),
        published=_word(fields.get("published")),
        title=_word(fields.get("title")),
        address=_word(fields.get("address")),
        day_order=order,
    )


def _word(value: object) -> str | None:
    word = "" if value is None else str(value).strip()
    return word or None


def _utf8(data: bytes) -> bytes:
    """`data` as UTF-8 without a byte order mark.

    Raises:
        NotText: it is no text.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data).text.encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _starts_with_object_line(data: bytes) -> bool:
    for line in io.BytesIO(data):
        if line.strip():
            try:
                return isinstance(orjson.loads(line), dict)
            except orjson.JSONDecodeError:
                return False
    return False
