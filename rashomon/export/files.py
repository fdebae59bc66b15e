"""Writes files whole or not at all: a reader never meets half of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rashomon.errors import OutputError


@contextmanager
def open_atomically(path: Path) -> Iterator[BinaryIO]:
    """Opens `path` for writing; it appears, or replaces the old file, only when the block ends without an exception.

    Folders that are missing are made. What was being written is removed when something goes wrong.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        stream = part.open("xb")
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Writes `content` to `path`, whole or not at all.

    Raises:
        OutputError: the folder or the file cannot be written; an older file at `path` is untouched then.
    """
    with open_atomically(path) as stream:
        stream.write(content)


def _refused(path: Path, error: OSError) -> OutputError:
    why = (error.strerror or str(error)).lower()
    return OutputError(f"{path}: cannot be written: {why}. Choose another folder, or make this one writable")
