"""Checks files of knowledge that rooms above this one read: with their own readers, and by the types that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from pydantic import ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.check_sheets import Key, Sheet
from rashomon.knowledge.files import Layers
from rashomon.knowledge.problem import Problem

type Path = tuple[Key, ...]
type Reader = Callable[[Layers], object]
"""Reads its files of all layers, and raises a KnowledgeError where it cannot use them."""

_EACH = "*"
_PLANS = ("planned", "begun", "done", "wide")
TYPES_IN: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "linking.yaml": (("kinds", _EACH), ("own_act",), ("lasting",), ("countrywide", "types")),
    "accounts.yaml": (
        ("toll", "running"),
        ("culprit", "deeds", _EACH),
        ("day", "lasting"),
        ("happened", "one_deed", _EACH),
        ("called", "types", _EACH),
    ),
    "ledgers.yaml": (
        ("casualties", "totals"),
        *(("control", key) for key in ("holds", "changes", "leaves")),
        *(("operations", "kinds", _EACH, key) for key in _PLANS),
        *(("deals", key) for key in ("types", "concluded", "offered", "carried_out", "terms")),
        ("displacement", "types"),
    ),
    "digest.yaml": (("types",),),
    "profiles/profiles.yaml": (("movements", _EACH, "types"),),
}
"""Where types of event are named, as items of a list or as keys: a misspelt one is never met, and nobody would know."""

_REMEDY = "Mend the entry; the head of the built-in file of this name says what may stand there"
_ENTRY = re.compile(r"([\w.]+): ")  # 'sentences.says: does not say ...'


def failures(sheets: Sequence[Sheet], layers: Layers, readers: Sequence[Reader]) -> Iterator[tuple[str, list[Problem]]]:
    """What keeps readers from using their files: for each that fails, the file (or what is known of it) and why."""
    for read in readers:
        try:
            read(layers)
        except KnowledgeError as error:
            yield error.where or "knowledge", _problems(error, sheets)


def unknown_types(sheets: Sequence[Sheet], types: frozenset[str]) -> Iterator[Problem]:
    """Types of event that a file names and the ontology does not have."""
    for sheet in sheets:
        for pattern in TYPES_IN.get(sheet.name, ()):
            for path, name in _named(sheet.content, pattern):
                if name not in types:
                    entry = " > ".join(map(str, path[:-1]))
                    text = f"{entry}: no type of event {name!r}"
                    yield sheet.problem(path, text, "Use a type of ontology.yaml, or add it there")


def _problems(error: KnowledgeError, sheets: Sequence[Sheet]) -> list[Problem]:
    """An error as problems with lines: all that a form found wrong, where a form found it."""
    sheet = next((sheet for sheet in sheets if str(sheet.file.path) == error.where), None)
    if sheet is None or error.line is not None:
        where = f"line {error.line}" if error.line is not None else "the whole file"
        return [Problem(error.where or "knowledge", where, error.what, error.remedy or _REMEDY)]
    if not isinstance(error.__cause__, ValidationError):
        return [sheet.problem(_entry(error.what), error.what, error.remedy or _REMEDY)]
    found = []
    for each in error.__cause__.errors(include_url=False):
        text = each["msg"].removeprefix("Value error, ")
        path = each["loc"] or _entry(text)
        said = f"{' > '.join(map(str, each['loc']))}: {text}" if each["loc"] else text
        found.append(sheet.problem(path, said, _REMEDY))
    return found


def _entry(text: str) -> tuple[str, ...]:
    """The entry that a message begins with; none where it begins otherwise."""
    match = _ENTRY.match(text)
    return tuple(match[1].split(".")) if match else ()


def _named(content: object, pattern: Sequence[str], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every name where `pattern` leads, with its path; what has another form is a matter of the reader."""
    if not pattern:
        if isinstance(content, dict):
            yield from (((*path, name), name) for name in content if isinstance(name, str))
        elif isinstance(content, list):
            yield from (((*path, n), name) for n, name in enumerate(content) if isinstance(name, str))
        return
    for key, inner in _under(content):
        if pattern[0] in (_EACH, key):
            yield from _named(inner, pattern[1:], (*path, key))


def _under(content: object) -> list[tuple[Key, object]]:
    if isinstance(content, dict):
        return [(key, inner) for key, inner in content.items() if isinstance(key, str | int)]
    return list(enumerate(content)) if isinstance(content, list) else []
