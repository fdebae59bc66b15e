"""Finds rows of one table of places by the folded keys of their names.

Folding the names of 50,000 places takes seconds. The index of a larger table is therefore kept as a small SQLite file
in the user's cache folder, under the hash of the table's content: a changed table has another index, so that none is
ever out of date, and any may be deleted. Where nothing can be written, the index is made in memory each time.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from rashomon.knowledge.gazetteer_row import Line, id_of, identity, names_of
from rashomon.knowledge.gazetteer_table import BadRow, Table, read_table
from rashomon.knowledge.romanise import FOLDING, fold_key, skeleton_of_key

_FORM = 1  # raise it when the tables below change
_KEPT_FROM = 200  # rows: a smaller table is indexed in no time
_SCHEMA = """
CREATE TABLE row (number INTEGER PRIMARY KEY, id TEXT, identity TEXT, line TEXT);
CREATE TABLE key (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE sound (skeleton TEXT, key TEXT, PRIMARY KEY (skeleton, key)) WITHOUT ROWID;
CREATE TABLE bad (line INTEGER, reason TEXT);
"""
_INDEXES = "CREATE INDEX row_id ON row (id); CREATE INDEX row_identity ON row (identity);"

type Keys = Callable[[Line], Iterable[str]]


@dataclass(frozen=True, slots=True)
class TableIndex:
    """The rows of one table, found by key. Make it with `of_table` or `of_rows`."""

    path: Path
    _data: sqlite3.Connection

    @classmethod
    def of_table(cls, path: Path, data: bytes, *, unique_ids: bool = True) -> TableIndex:
        """The index of a table (see `read_table` for what it is given), from the cache folder where it is there.

        Raises:
            KnowledgeError: it is no table of places.
        """
        content = f"{hashlib.sha256(data).hexdigest()} {unique_ids}"
        small = data.count(b"\n") < _KEPT_FROM
        return cls._kept(path, content, lambda: read_table(path, data, unique_ids=unique_ids), keys_of, small=small)

    @classmethod
    def of_rows(cls, name: str, version: str, rows: Callable[[], list[Line]], keys: Keys) -> TableIndex:
        """The index of rows that come from elsewhere.

        Args:
            name: what the rows are called.
            version: changes when they do.
            rows: makes them; not called where the index is in the cache folder.
            keys: the keys that a row is found by.
        """
        path = Path(name)
        return cls._kept(path, version, lambda: Table(path, rows(), [], ()), keys, small=False)

    @classmethod
    def _kept(cls, path: Path, content: str, table: Callable[[], Table], keys: Keys, *, small: bool) -> TableIndex:
        if small:
            return cls(path, _filled(sqlite3.connect(":memory:", check_same_thread=False), table(), keys))
        target = _file_of(path, content)
        found = _opened(target)
        if found is None:
            made = table()
            _keep(target, made, keys)
            found = _opened(target)
            if found is None:
                found = _filled(sqlite3.connect(":memory:", check_same_thread=False), made, keys)
        return cls(path, found)

    def find(self, key: str) -> list[Line]:
        """The rows that have this key, in the table's order."""
        query = "SELECT line FROM row WHERE number IN (SELECT number FROM key WHERE key = ?) ORDER BY number"
        return [line for (line,) in self._data.execute(query, (key,))]

    def keys_that_sound(self, skeleton: str) -> list[str]:
        """All keys with these consonants."""
        return [key for (key,) in self._data.execute("SELECT key FROM sound WHERE skeleton = ?", (skeleton,))]

    def has_id(self, id_: str) -> bool:
        """Whether a row has this id."""
        return self._data.execute("SELECT 1 FROM row WHERE id = ?", (id_,)).fetchone() is not None

    def has(self, same: str) -> bool:
        """Whether there is a row of this `identity`."""
        return self._data.execute("SELECT 1 FROM row WHERE identity = ?", (same,)).fetchone() is not None

    def lines(self) -> Iterator[Line]:
        """All rows, in the table's order."""
        return (line for (line,) in self._data.execute("SELECT line FROM row ORDER BY number"))

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """The rows that cannot be used."""
        found = self._data.execute("SELECT line, reason FROM bad ORDER BY line, reason")
        return tuple(BadRow(line, reason) for line, reason in found)


def keys_of(line: Line) -> list[str]:
    """The fold keys of a row's names, each once, in order; a key of one character is no key."""
    return list(dict.fromkeys(key for name in names_of(line) if len(key := fold_key(name)) > 1))


def _file_of(path: Path, content: str) -> Path:
    stamp = hashlib.sha256(f"{_FORM} {FOLDING} {content}".encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("rashomon", appauthor=False) / "gazetteer" / f"{path.stem}-{stamp}.sqlite"


def _opened(file: Path) -> sqlite3.Connection | None:
    """The index in a file; None where there is none, or it is damaged."""
    if not file.is_file():
        return None
    try:
        data = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        data.execute("SELECT number FROM key LIMIT 1").fetchone()
        data.execute("SELECT line FROM row ORDER BY number DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return None
    return data


def _keep(target: Path, table: Table, keys: Keys) -> None:
    """Writes an index whole or not at all; where that is not possible, there is none in the file."""
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".index-", suffix=".part")
        os.close(descriptor)
        temporary = Path(name)
        with closing(sqlite3.connect(temporary)) as data:
            _filled(data, table, keys)
        temporary.replace(target)
    except (OSError, sqlite3.Error):
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _filled(data: sqlite3.Connection, table: Table, keys: Keys) -> sqlite3.Connection:
    data.executescript(_SCHEMA)
    rows = [(number, id_of(line), identity(line), line) for number, line in enumerate(table.rows)]
    data.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", rows)
    pairs = sorted({(key, number) for number, line in enumerate(table.rows) for key in keys(line) if key})
    data.executemany("INSERT INTO key VALUES (?, ?)", pairs)
    sounds = sorted({(skeleton_of_key(key), key) for key in dict.fromkeys(key for key, _ in pairs)})
    data.executemany("INSERT INTO sound VALUES (?, ?)", sounds)
    data.executemany("INSERT INTO bad VALUES (?, ?)", [(row.line, row.reason) for row in table.bad])
    data.executescript(_INDEXES)
    data.commit()
    return data
