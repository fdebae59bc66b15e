"""A store is made, upgraded and refused with words that say what to do."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable
from store_documents import RUN, claim, event, keep, report

from rashomon.errors import StoreError
from rashomon.store import Store, opening, tables, upgrading


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
        assert context.get_current_revision() == "0003"


def test_the_migrations_are_one_line() -> None:
    script = ScriptDirectory(str(upgrading.MIGRATIONS))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_the_tables_can_be_made_on_postgresql() -> None:
    for table in tables.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


def test_the_migrations_can_be_run_on_postgresql() -> None:
    said = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    with Operations.context(context):
        for version in ("v0001_first", "v0002_confidence"):
            import_module(f"rashomon.store.migrations.versions.{version}").upgrade()
    assert "ALTER TABLE claims ADD COLUMN confidence DOUBLE PRECISION" in said.getvalue()


def test_a_store_of_an_earlier_version_keeps_what_is_in_it(store: Store, path: Path, tmp_path: Path) -> None:
    with store.writing() as writer:
        keep(writer, report("r1"), claims=(claim("c1"), claim("c2")))
        writer.put_events([event("e1", ("c1", "c2"))])
    old = tmp_path / "old.sqlite"
    config = upgrading._config()
    engine = opening._engine(old, 5)
    with engine.connect().execution_options(**{opening.WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(old)) as earlier:
        earlier.execute("ATTACH ? AS new", (str(path),))
        for (table,) in earlier.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table not in ("alembic_version", "sqlite_sequence"):
                columns = ", ".join(f'"{row[1]}"' for row in earlier.execute(f"PRAGMA main.table_info({table})"))
                assert "confidence" not in columns
                earlier.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        earlier.commit()
    with Store.open(old) as opened:
        unsure = [replace(claim(name), confidence=None) for name in ("c1", "c2")]
        assert list(opened.view.claims()) == unsure
        assert list(opened.view.reports()) == [report("r1")]
        assert list(opened.view.events()) == [event("e1", ("c1", "c2"))]
        with opened.writing() as writer:
            keep(writer, report("r2", "Another text."), claims=(claim("c3", "r2"),))
        assert opened.view.claim("c3").confidence == 0.731


def test_opening_again_changes_nothing(store: Store, path: Path) -> None:
    before = path.read_bytes()
    with Store.open(path, create=True) as again:
        assert again.view.counts().reports == 0
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with Store.open(path, create=True) as store:
        assert store.view.counts().reports == 0


def test_foreign_keys_are_checked(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.writing() as writer:
        writer.add_report(report(), run=99)


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_that_is_not_there(tmp_path: Path, create: bool) -> None:
    with pytest.raises(StoreError, match="no such folder") as caught:
        Store.open(tmp_path / "none" / "s.sqlite", create=create)
    assert "Create it" in str(caught.value)


def test_a_store_that_is_not_there_is_made_only_when_asked(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such store.*rashomon run"):
        Store.open(path)
    assert not path.exists()
    path.touch()
    with pytest.raises(StoreError, match="no Rashomon store yet"):
        Store.open(path)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path, create=True)


def test_a_file_below_a_file(path: Path) -> None:
    path.write_text("x")
    with pytest.raises(StoreError, match=r"is a file, not a folder"):
        Store.open(path / "s.sqlite", create=True)


def test_a_file_that_is_no_database_is_left_as_it_is(path: Path) -> None:
    path.write_text("notes of mine\n" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(path, create=True)
    assert path.read_text() == "notes of mine\n" * 100


def test_another_programs_database_is_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (id INTEGER)")
        other.commit()
    with pytest.raises(StoreError, match="no Rashomon store"):
        Store.open(path, create=True)
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('77')")
        other.commit()
    with pytest.raises(StoreError, match="no Rashomon store"):
        Store.open(path, create=True)


def test_a_store_of_a_newer_version_is_refused(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
        later.commit()
    with pytest.raises(StoreError, match=r"newer version of Rashomon.*Update Rashomon"):
        Store.open(path, create=True)


def test_an_upgrade_that_breaks_off_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade

    def broken(*args: object) -> None:
        upgrade(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", broken)
    with pytest.raises(KeyboardInterrupt):
        Store.open(path, create=True)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as left:
        assert left.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    with Store.open(path, create=True) as store:
        assert store.view.counts().reports == 0


def test_a_locked_store_says_so(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            Store.open(path, timeout=0.05) as waiting,
            pytest.raises(StoreError, match=r"locked.*try again"),
            waiting.writing() as writer,
        ):
            keep(writer, report())


def test_a_read_only_store_can_be_read_and_says_why_it_cannot_be_written(store: Store, path: Path) -> None:
    with store.writing() as writer:
        keep(writer, report())
    with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true") as frozen:
        assert [one.id for one in frozen.view.reports()] == ["r1"]
        with pytest.raises(StoreError, match="may only be read"), frozen.writing() as writer:
            writer.start_run(RUN)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense://", "not the URL of a database"),
        ("://", "not the URL of a database"),
        ("oracle+oracledb://x", "needs the package oracledb"),
    ],
)
def test_a_url_that_cannot_be_used(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        Store.open(url)


def test_messages_do_not_tell_a_password() -> None:
    assert "secret" not in opening.name_of("postgresql+psycopg://ana:secret@db/rashomon")
    assert opening.name_of("://") == "the given URL"


def test_a_store_can_be_named_by_a_url(path: Path) -> None:
    with Store.open(f"sqlite:///{path}", create=True) as store:
        assert store.view.counts().events == 0
    assert path.exists()


def test_two_programs_may_make_one_store_at_once(path: Path) -> None:
    engines = [opening.open_engine(path, create=True, timeout=5) for _ in range(2)]
    for engine in engines:
        assert "reports" in sa.inspect(engine).get_table_names()
        engine.dispose()


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "afile").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match=r"x\.sqlite: .*afile is a file, not a folder\. Choose another place"):
        Store.open(tmp_path / "afile" / "deeper" / "x.sqlite", create=True)
