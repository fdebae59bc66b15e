"""Opens YAML files of knowledge to be checked, with the lines of their entries and every key that stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.knowledge.problem import Problem

type Key = str | int
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One YAML file that is being checked.

    Attributes:
        name: its path in its folder of knowledge ('lexicon/labels.yaml').
        layer: the number of its folder, 0 for the built-in one.
        content: what it holds, as plain Python values.
        node: the same with the places in the file; None where it is empty.
    """

    name: str
    layer: int
    file: KnowledgeFile
    content: Any
    node: yaml.Node | None

    def line(self, path: Sequence[Key]) -> int | None:
        """The line (from 1) of the entry at `path`, or of the nearest entry above it that there is."""
        node, line = self.node, None
        for step in path:
            line = node.start_mark.line + 1 if node is not None else line
            node = _step(node, step)
            if node is None:
                return line
        return node.start_mark.line + 1 if node is not None else line

    def problem(self, path: Sequence[Key], text: str, remedy: str, *, entry: str = "") -> Problem:
        """A problem of the entry at `path`; `entry` is what a person calls it."""
        line = self.line(path)
        where = ", ".join(part for part in (f"line {line}" if line is not None else "", entry) if part)
        return Problem(str(self.file.path), where or "the whole file", text, remedy)

    def rows(self, key: str) -> list[Any]:
        """The list under `key`; empty where there is none."""
        found = self.content.get(key) if isinstance(self.content, dict) else None
        return found if isinstance(found, list) else []


def open_sheets(layers: Layers) -> tuple[list[Sheet], list[Problem]]:
    """Every YAML file of all layers that can be read, lowest layer first, and what is wrong with them as files."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for number, folder in enumerate(layers.folders):
        for file in Layers((folder,)).files("**/*.yaml"):
            name = file.path.relative_to(folder).as_posix()
            try:
                content = file.yaml()
                node = yaml.compose(file.data, Loader=_Loader)
            except KnowledgeError as error:
                where = f"line {error.line}" if error.line is not None else "the whole file"
                problems.append(Problem(str(file.path), where, error.what, error.remedy))
                continue
            sheet = Sheet(name, number, file, content, node)
            sheets.append(sheet)
            problems += _double_keys(sheet)
    return sheets, problems


def form_problems(
    sheet: Sheet, form: type[BaseModel], content: object = None, path: Sequence[Key] = ()
) -> list[Problem]:
    """Everything in a sheet (or in the part of it at `path`) that does not have the form that it should."""
    try:
        form.model_validate(sheet.content if content is None else content)
    except ValidationError as error:
        return [
            sheet.problem(
                (*path, *each["loc"]),
                f"{' > '.join(map(str, each['loc'])) or 'the whole file'}: {each['msg']}",
                "Mend the entry; the head of the built-in file of this name says what may stand there",
            )
            for each in error.errors(include_url=False)
        ]
    return []


def _double_keys(sheet: Sheet) -> Iterator[Problem]:
    """Of a key that stands twice in one table, YAML forgets the first in silence."""
    nodes = [sheet.node]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                line = key.start_mark.line + 1
                if key.value in seen and isinstance(key.value, str):
                    first = seen[key.value]
                    text = f"the key {key.value!r} stands twice, first in line {first}: only the second counts"
                    yield Problem(str(sheet.file.path), f"line {line}", text, "Put both together under one of them")
                elif isinstance(key.value, str):
                    seen[key.value] = line
                nodes.append(value)
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def _step(node: yaml.Node | None, step: Key) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None
