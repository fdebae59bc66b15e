"""Checks all knowledge of a set of folders: every file, every entry, and what entries say of each other."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rashomon import knowledge
from rashomon.errors import KnowledgeError
from rashomon.knowledge import (
    Knowledge,
    actors_check,
    check_lexicon,
    check_ontology,
    check_outlets,
    check_readers,
    gazetteer_check,
)
from rashomon.knowledge.check_readers import Reader
from rashomon.knowledge.check_sheets import open_sheets
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.knowledge.problem import Problem

_FREE = ("lexicon/events/*.yaml", "gazetteer/*.tsv")  # folders in which a site may give files any name
_READ = (".yaml", ".yml", ".tsv")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        problems: in the order of files and of places in them.
        knowledge: all of it, or None where it cannot be loaded.
    """

    problems: tuple[Problem, ...]
    knowledge: Knowledge | None


def check(layers: Layers, imported: Path | None = None, readers: Sequence[Reader] = ()) -> Checked:
    """Runs every check on all layers; one problem does not hide another.

    Args:
        layers: the folders to check, the built-in one first.
        imported: the folder of gazetteer tables that the user imported, if any.
        readers: of the files that are not read here: what they refuse is a problem too.
    """
    sheets, problems = open_sheets(layers)
    problems += _strangers(layers)
    problems += actors_check.check(sheets)
    problems += check_outlets.check(sheets)
    problems += check_ontology.check(sheets)
    types = check_ontology.known_types(sheets)
    problems += check_lexicon.check(sheets, types)
    problems += gazetteer_check.check(layers)
    loaded = None
    try:
        loaded = knowledge.load(layers, imported)
        problems += _left_out(loaded, layers)
    except KnowledgeError as error:
        problems += _if_new(error, problems)
    for file, found in check_readers.failures(sheets, layers, readers):
        problems += [] if _has_problems(file, problems) else found
    problems += check_readers.unknown_types(sheets, types)
    return Checked(tuple(sorted(set(problems), key=_place)), loaded)


def _strangers(layers: Layers) -> list[Problem]:
    """Files of a site's folder that no part of the program reads: mostly a misspelt name."""
    known = sorted(path.relative_to(BUILT_IN).as_posix() for path in BUILT_IN.rglob("*.yaml"))
    problems = []
    for folder in layers.folders[1:]:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _READ):
            name = path.relative_to(folder).as_posix()
            if name in known or any(PurePosixPath(name).match(pattern) for pattern in _FREE):
                continue
            near = difflib.get_close_matches(name, [*known, *_FREE], 1, 0.5)
            remedy = f"Call it {near[0]}" if near else "See docs/knowledge.md for the files that there are"
            problems.append(Problem(str(path), "the whole file", "nothing reads a file of this name", remedy))
    return problems


def _left_out(loaded: Knowledge, layers: Layers) -> list[Problem]:
    """Rows of imported tables of places that cannot be used; those of the layers have a check of their own."""
    return [
        Problem(str(path), f"line {bad.line}", f"{bad.reason}; the row is left out", "Mend the row and import it again")
        for path, bad in loaded.gazetteer.left_out
        if not any(path.is_relative_to(folder) for folder in layers.folders)
    ]


def _if_new(error: KnowledgeError, problems: Sequence[Problem]) -> list[Problem]:
    """The error that stopped the loading, unless the file (or folder) that it names has problems already."""
    name = str(error.where) if error.where else "knowledge"
    if _has_problems(name, problems):
        return []
    where = f"line {error.line}" if error.line is not None else "the whole file"
    return [Problem(name, where, error.what, error.remedy or "Mend the entry")]


def _has_problems(file: str, problems: Sequence[Problem]) -> bool:
    """Whether there are problems in a file, of which the path, or the end or a folder of it is given."""
    return any(file in problem.file for problem in problems)


def _place(problem: Problem) -> tuple[str, int, Problem]:
    """By file, then by line as a number."""
    line = problem.where.removeprefix("line ").split(",")[0]
    return problem.file, int(line) if line.isdigit() else 0, problem
