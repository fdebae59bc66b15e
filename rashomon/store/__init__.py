"""Keeps reports, claims and judgements, and what is derived from them: SQLite by default, PostgreSQL for a team."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from rashomon.store.opening import WRITES, open_engine, speaking_of
from rashomon.store.rows import unresolved
from rashomon.store.view import ClaimFilter, Counts, EventFilter, View
from rashomon.store.writer import Kept, RunRecord, Writer

__all__ = ["ClaimFilter", "Counts", "EventFilter", "Kept", "RunRecord", "Store", "View", "Writer", "unresolved"]


class Store:
    """An open store. Use it in a `with` statement, or call `close`."""

    def __init__(self, target: Path | str, engine: sa.Engine) -> None:
        self.target = target
        self._engine = engine

    @classmethod
    def open(cls, target: Path | str, *, create: bool = False, timeout: float = 10.0) -> Self:
        """Opens a store, and brings the tables of an older version up to date.

        Args:
            target: path of an SQLite file, or a database URL.
            create: make the store where there is none.
            timeout: seconds to wait for another program that writes to the same SQLite file.

        Raises:
            StoreError: it is not there, no database, no store, locked, read-only, or of a newer version.
        """
        return cls(target, open_engine(target, create=create, timeout=timeout))

    @property
    def view(self) -> View:
        """What reads the store."""
        return View(self.reading)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: what is written in the block is kept when it ends, and undone when it raises.

        Raises:
            StoreError: the store cannot be written.
        """
        engine = self._engine.execution_options(**{WRITES: True})
        with speaking_of(self.target), engine.begin() as connection:
            yield Writer(connection)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One transaction that reads.

        Raises:
            StoreError: the store cannot be read.
        """
        with speaking_of(self.target), self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
