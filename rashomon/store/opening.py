"""Opens a store: makes the engine, brings the tables up to date, and puts a database's errors into words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from rashomon.errors import StoreError

WRITES = "rashomon_writes"
"""Execution option of a connection that will write: it takes the lock at once instead of in the middle."""


def open_engine(target: Path | str, *, create: bool, timeout: float) -> sa.Engine:
    """An engine on a store whose tables are up to date.

    Args:
        target: path of an SQLite file, or a database URL.
        create: whether to make the store where there is none.
        timeout: seconds to wait for another program that writes to the same SQLite file.

    Raises:
        StoreError: there is no store, or it cannot be used; the message says why and what to do.
    """
    from rashomon.store.upgrading import bring_up_to_date  # its library loads slowly, and coding alone has no store

    if isinstance(target, Path):
        _check_path(target, create=create)
    engine = _engine(target, timeout)
    try:
        with speaking_of(target):
            bring_up_to_date(engine, target, create=create)
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def speaking_of(target: Path | str) -> Iterator[None]:
    """Puts what a database complains about in the block into words that name the store and a remedy.

    Raises:
        StoreError: in place of the database's own error.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise StoreError(_in_words(str(error.orig), name_of(target))) from error
    except sqlite3.Error as error:
        raise StoreError(_in_words(str(error), name_of(target))) from error


def name_of(target: Path | str) -> str:
    """How messages call a store: its path, or its URL without the password."""
    if isinstance(target, Path):
        return str(target)
    try:
        return sa.make_url(target).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "the given URL"


# --- the engine -----------------------------------------------------------------------------------------------------


def _check_path(path: Path, *, create: bool) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder. Name a file in it, such as {path / 'rashomon.sqlite'}")
        if not path.exists():
            if in_the_way := next((folder for folder in path.parents if folder.exists() and not folder.is_dir()), None):
                raise StoreError(f"{path}: {in_the_way} is a file, not a folder. Choose another place")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: no such folder as {path.parent}. Create it, or choose another place")
            if not create:
                raise StoreError(f"{path}: no such store. Make one with `rashomon run`, or name the right file")
    except OSError as error:
        raise StoreError(f"{path}: cannot be looked at ({error.strerror}). Choose another place") from error


def _engine(target: Path | str, timeout: float) -> sa.Engine:
    url = sa.URL.create("sqlite+pysqlite", database=str(target)) if isinstance(target, Path) else target
    try:
        made = sa.make_url(url)
        options: dict[str, Any] = {}
        if made.get_backend_name() == "sqlite":
            options = {"poolclass": sa.NullPool, "connect_args": {"timeout": timeout}}
        engine = sa.create_engine(made, json_serializer=_to_json, json_deserializer=orjson.loads, **options)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
        raise StoreError(f"{name_of(target)}: not the URL of a database: {error}. Give a path or a URL") from error
    except ModuleNotFoundError as error:
        raise StoreError(f"{name_of(target)}: needs the package {error.name}. Install it, or use SQLite") from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _on_sqlite_connect)
        sa.event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _to_json(value: Any) -> str:  # noqa: ANN401 - whatever a JSON column holds
    return orjson.dumps(value).decode()


def _on_sqlite_connect(connection: sqlite3.Connection, _record: object) -> None:
    """Leaves transactions to us (the driver would begin them late, and never for tables), and checks foreign keys."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _on_sqlite_begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# --- errors in words ------------------------------------------------------------------------------------------------

_WORDS = (
    ("file is not a database", "not a database. Name another file; this one is left as it is"),
    ("malformed", "a damaged database. Restore it from a copy, or start a new store"),
    ("locked", "locked: another program is writing to it. Wait until that is done, then try again"),
    ("readonly", "may only be read. Make the file and its folder writable, or choose another place"),
    ("read-only", "may only be read. Make the file and its folder writable, or choose another place"),
    ("unable to open", "cannot be opened. Check that its folder exists and that you may write there"),
    ("is full", "no room left on the disk. Make room, then run the same command again"),
)


def _in_words(complaint: str, name: str) -> str:
    for sign, words in _WORDS:
        if sign in complaint:
            return f"{name}: {words}"
    return f"{name}: the database says: {complaint.strip()}"
