"""Makes the tables of a store, or brings those of an earlier version up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from rashomon.errors import StoreError
from rashomon.store.opening import WRITES, name_of

MIGRATIONS = Path(__file__).parent / "migrations"
_OURS = {"reports", "codings", "claims"}


def bring_up_to_date(engine: sa.Engine, target: Path | str, *, create: bool) -> None:
    """Makes or upgrades the tables in one transaction: either all of it is done or nothing.

    Args:
        engine: on the database.
        target: path of an SQLite file, or a database URL.
        create: whether to make the tables where there are none.

    Raises:
        StoreError: it is no store of ours, of a newer version, or empty where a store was expected.
    """
    config = _config()
    with engine.connect() as connection:
        if _is_current(connection, config, target, create=create):
            return
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        _pause_foreign_keys(connection)
        with connection.begin():
            if _is_current(connection, config, target, create=create):  # another program was faster
                return
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _is_current(connection: sa.Connection, config: Config, target: Path | str, *, create: bool) -> bool:
    """Whether the tables are those of this version.

    Raises:
        StoreError: it is no store of ours, of a newer version, or empty where a store was expected.
    """
    script = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_revision()
    if found == script.get_current_head():
        return True
    tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    name = name_of(target)
    if found is None:
        if tables:
            raise StoreError(f"{name}: a database, but no Rashomon store. Name another file, or a database of its own")
        if not create:
            raise StoreError(f"{name}: holds no Rashomon store yet. Make one with `rashomon run`")
        return False
    if found not in {revision.revision for revision in script.walk_revisions()}:
        if not tables >= _OURS:
            raise StoreError(f"{name}: a database, but no Rashomon store. Name another file, or a database of its own")
        raise StoreError(
            f"{name}: written by a newer version of Rashomon (tables {found}). Update Rashomon, or use another store"
        )
    return False


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _pause_foreign_keys(connection: sa.Connection) -> None:
    """SQLite changes tables by copying them, which must not set off foreign keys; only before a transaction."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute("PRAGMA foreign_keys = OFF")
