"""Sources -> raw reports: a file, a folder, or the standard input."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rashomon.reading.decode import NotText, decode
from rashomon.reading.options import RawReport, ReadOptions, Skipped
from rashomon.reading.tables import read_csv, read_json, read_json_lines

STDIN = "-"
_KINDS = (".txt", ".json", ".jsonl", ".ndjson", ".csv")
_BYTES_PER_CHARACTER = 4


def read_source(source: str, options: ReadOptions, stdin: BinaryIO | None = None) -> Iterator[RawReport | Skipped]:
    """The reports that `source` holds, as they come, and what could not be read.

    Args:
        source: a file, a folder (gone through in the order of names), or '-'.
        options: how to read.
        stdin: what '-' reads.
    """
    if source == STDIN:
        yield from _read_stdin(stdin, options)
        return
    path = Path(source)
    try:
        if path.is_dir():
            yield from _read_folder(path, options)
        elif path.exists():
            yield from _read_file(path, options, named=True)
        else:
            yield Skipped(_shown(source), None, "there is no such file or folder", "Check the name")
    except OSError as error:
        yield Skipped(_shown(source), None, f"it cannot be read: {error.strerror or error}", "Check its permissions")


def _shown(path: Path | str) -> str:
    """A path as it can be printed and stored: what is not UTF-8 in a name is written as its bytes are numbered."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[RawReport | Skipped]:
    files = [
        path
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts)
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    others: dict[str, list[str]] = {}
    read = 0
    for path in files:
        if path.suffix.lower() in _KINDS:
            read += 1
            try:
                yield from _read_file(path, options, named=False)
            except OSError as error:
                yield Skipped(
                    _shown(path), None, f"it cannot be read: {error.strerror or error}", "Check its permissions"
                )
        else:
            others.setdefault(path.suffix.lower() or "no ending", []).append(_shown(path.name))
    kinds = ", ".join(_KINDS)
    for suffix, names in sorted(others.items()):
        some = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
        yield Skipped(
            _shown(folder),
            None,
            f"{len(names)} files of a kind that is not read ({suffix}): {some}",
            f"Read are {kinds}",
        )
    if not read:
        yield Skipped(_shown(folder), None, "this folder holds no reports", f"Reports are files that end in {kinds}")


def _read_file(path: Path, options: ReadOptions, *, named: bool) -> Iterator[RawReport | Skipped]:
    """The reports of one file; where the user `named` it, an unknown ending is read as text.

    Raises:
        OSError: it cannot be opened or read.
    """
    where, suffix = _shown(path), path.suffix.lower()
    size = path.stat().st_size
    if size == 0:
        yield Skipped(where, None, "this file is empty", "")
    elif suffix == ".csv":
        with path.open("rb") as stream:
            yield from read_csv(stream, where, options)
    elif suffix in (".jsonl", ".ndjson"):
        with path.open("rb") as stream:
            yield from read_json_lines(stream, where, options)
    elif suffix == ".json":
        yield from read_json(path.read_bytes(), where, options)
    elif size > options.max_characters * _BYTES_PER_CHARACTER:
        yield _too_long(where, None, size, "bytes", options)
    else:
        yield from _read_text(path.read_bytes(), where)


def _read_stdin(stdin: BinaryIO | None, options: ReadOptions) -> Iterator[RawReport | Skipped]:
    data = stdin.read() if stdin is not None else b""
    opening = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not opening:
        yield Skipped(STDIN, None, "nothing came in on the standard input", "")
    elif opening in (b"{", b"["):
        yield from read_json(data, STDIN, options)
    elif options.columns:
        yield from read_csv(io.BytesIO(data), STDIN, options)
    else:
        yield from _read_text(data, STDIN)


def _read_text(data: bytes, where: str) -> Iterator[RawReport | Skipped]:
    try:
        decoded = decode(data)
    except NotText as error:
        yield Skipped(where, None, f"it cannot be read as text: {error}", "Save it as UTF-8 text")
        return
    if decoded.note:
        yield Skipped(where, None, decoded.note, "Save it as UTF-8 if characters look wrong", kept=True)
    yield RawReport(text=decoded.text, where=where)


def too_long(raw: RawReport, options: ReadOptions) -> Skipped | None:
    """Why `raw` is refused for its length, or None where it is not too long."""
    length = len(raw.text)
    return _too_long(raw.where, raw.line, length, "characters", options) if length > options.max_characters else None


def _too_long(where: str, line: int | None, size: int, unit: str, options: ReadOptions) -> Skipped:
    return Skipped(
        where,
        line,
        f"it is too long for one report: {size:,} {unit}, the limit is {options.max_characters:,} characters",
        "Split it into its reports, one a file or a line of JSON, or raise the limit max_characters",
    )
