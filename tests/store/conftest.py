"""What the tests of the store share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon.store import Store


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, made once: making the tables takes most of a test's time."""
    path = tmp_path_factory.mktemp("store") / "empty.sqlite"
    Store.open(path, create=True).close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's store is, or is to be."""
    return tmp_path / "s.sqlite"


@pytest.fixture
def store(path: Path, empty_store: Path) -> Iterator[Store]:
    """An open store with nothing in it."""
    shutil.copy(empty_store, path)
    with Store.open(path) as store:
        yield store
