"""Writes files whole or not at all: a reader never meets half of one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rashomon.errors import OutputError


@contextmanager
def open_atomically(path: Path) -> Iterator[BinaryIO]:
    """Opens `path` for writing; it appears, or replaces the old file, only when the block ends without an exception.

    Folders that are missing are made. What was being written is removed when something goes wrong. A link stays a link:
    the file that it leads to is replaced, and a file that is replaced hands on its permissions. A pipe or a device is
    written as it stands, since there is nothing to replace.

    Raises:
        OutputError: the folder or the file cannot be written.
    """
    with _in_words(path):
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        if target.is_file() or not target.exists():
            with _replacing(target) as stream:
                yield stream
        else:
            with target.open("wb") as stream:
                yield stream


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A file beside `target` that takes its place when the block ends without an exception."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refused(path, error) from error


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
