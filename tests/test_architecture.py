"""Imports point down the floors of the house and never sideways into another room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import rashomon

FLOORS = (
    ("model", "errors"),
    ("knowledge", "settings", "wire"),
    ("reading", "parsing", "coding", "resolving", "amending", "linking", "ledgers"),
    ("store",),
    ("pipeline", "review", "export", "evaluate"),
    ("training",),
    ("web", "cli"),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
PACKAGE = Path(rashomon.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    """'coding/places.py' is in the room 'coding', 'model.py' in 'model', '__init__.py' in the porch ''."""
    return "" if module == Path("__init__.py") else module.with_suffix("").parts[0]


def imported(module: Path, source: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a module imports from the package, relative imports spelt out."""
    package = ["rashomon", *module.parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def wrong_imports(module: Path, source: str) -> list[str]:
    """What a module may not import, in words; empty where all is well."""
    here = room_of(module)
    wrong = []
    for line, name in imported(module, source):
        parts = name.split(".")
        if parts[0] != "rashomon":
            continue
        there = parts[1] if len(parts) > 1 else ""
        if there == here or there not in FLOOR_OF:  # `from rashomon import __version__` imports no room
            continue
        if here not in FLOOR_OF:
            wrong.append(f"{module}:{line}: stands on no floor and imports {name}")
        elif there not in ("model", "errors") and FLOOR_OF[there] >= FLOOR_OF[here]:
            way = "sideways" if FLOOR_OF[there] == FLOOR_OF[here] else "up"
            wrong.append(f"{module}:{line}: imports {way}: {name}")
    return wrong


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_down(module: Path) -> None:
    assert wrong_imports(module, (PACKAGE / module).read_text(encoding="utf-8")) == []


def test_every_room_stands_on_a_floor() -> None:
    assert {room_of(module) for module in MODULES} - {"", "data", "__main__"} <= set(FLOOR_OF)


@pytest.mark.parametrize(
    ("module", "source", "way"),
    [
        ("linking/score.py", "from rashomon.store import Store", "up"),
        ("coding/places.py", "import rashomon.parsing", "sideways"),
        ("coding/places.py", "from rashomon import resolving", "sideways"),
        ("coding/places.py", "from ..resolving import places", "sideways"),
        ("export/csv.py", "def late() -> None:\n    from rashomon.pipeline import run", "sideways"),
        ("model.py", "from rashomon.knowledge.files import Layers", "up"),
        ("wire.py", "from rashomon.settings import Settings", "sideways"),
        ("newroom/__init__.py", "from rashomon.model import Claim", "no floor"),
    ],
)
def test_a_bad_import_is_found(module: str, source: str, way: str) -> None:
    found = wrong_imports(Path(module), source)
    assert len(found) == 1
    assert way in found[0]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "coding/places.py",
            "from rashomon.model import Claim\nfrom rashomon.knowledge import Knowledge\nimport spacy",
        ),
        ("coding/places.py", "from rashomon.coding.base import Coder\nfrom . import times"),
        ("model.py", "from rashomon.errors import InputError"),
        ("cli/main.py", "from rashomon import __version__, pipeline"),
    ],
)
def test_a_good_import_is_let_be(module: str, source: str) -> None:
    assert wrong_imports(Path(module), source) == []
