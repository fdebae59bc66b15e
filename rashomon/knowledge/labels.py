"""The loaded words of data/lexicon/labels.yaml: an outlet's own words for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers

Stands = Literal["self", "modified", "doer"]


class LabelRow(BaseModel):
    """An entry as it stands in the file."""

    model_config = ConfigDict(extra="forbid")

    words: list[str]
    stands: Stands
    gloss: str = ""
    unless: list[str] = []
    examples: list[str] = []


class LabelFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    neutral: list[str] = []
    labels: list[LabelRow] = []
    bearers: list[str] = []


@dataclass(frozen=True, slots=True)
class LabelEntry:
    """Loaded words of one meaning.

    Attributes:
        words: each a tuple of lower-case words, hyphens taken for spaces.
        stands: for whom: the phrase itself, what it describes, or the doer of what it says.
        gloss: what somebody without a side would say in its place.
        unless: words after it with which it is no label.
        examples: sentences with the label in brackets.
    """

    words: tuple[tuple[str, ...], ...]
    stands: Stands
    gloss: str = ""
    unless: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()


class LabelLexicon:
    """All loaded words, found by their first word, the longest first.

    Args:
        entries: in the order of the file.
        bearers: nouns that stand for somebody.
        neutral: words that are never a label.
    """

    FILE: ClassVar[str] = "lexicon/labels.yaml"

    def __init__(self, entries: tuple[LabelEntry, ...], bearers: frozenset[str], neutral: tuple[str, ...] = ()) -> None:
        self.entries = entries
        self.bearers = bearers
        self.neutral = neutral
        self.single = frozenset(words[0] for entry in entries for words in entry.words if len(words) == 1)
        self._by_first: dict[str, list[tuple[tuple[str, ...], LabelEntry]]] = {}
        for entry in entries:
            for words in entry.words:
                self._by_first.setdefault(words[0], []).append((words, entry))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def starting_with(self, word: str) -> list[tuple[tuple[str, ...], LabelEntry]]:
        """The labels whose first word is `word` (lower case), the longest first."""
        return self._by_first.get(word, [])

    def gloss(self, label: str) -> str:
        """What somebody without a side would say for a loaded word of a report; empty where that is not known."""
        words = split(label)
        return (
            next((entry.gloss for wanted, entry in self.starting_with(words[0]) if wanted == words), "")
            if words
            else ""
        )

    @classmethod
    def load(cls, layers: Layers) -> LabelLexicon:
        """Reads lexicon/labels.yaml of every layer; layers add up.

        Raises:
            KnowledgeError: a file has another form.
        """
        entries: list[LabelEntry] = []
        bearers: set[str] = set()
        neutral: dict[str, None] = {}
        for file in layers.files(cls.FILE):
            content = _read(file)
            entries += [_entry(row) for row in content.labels]
            bearers |= set(content.bearers)
            neutral |= dict.fromkeys(content.neutral)
        return cls(tuple(entries), frozenset(bearers), tuple(neutral))


def split(words: str) -> tuple[str, ...]:
    """The single words of a label, in small letters, hyphens taken for spaces."""
    return tuple(words.casefold().replace("-", " ").split())


def _read(file: KnowledgeFile) -> LabelFile:
    content: Any = file.yaml()
    if not isinstance(content, dict):
        raise KnowledgeError("no list of labels", where=file.path, remedy="Start it with `labels:`")
    try:
        return LabelFile.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        entry = _named(content, first["loc"])
        raise KnowledgeError(
            f"{' > '.join(map(str, first['loc']))}{entry}: {first['msg']}",
            where=file.path,
            remedy="Give each label `words` and `stands` (one of doer, modified, self)",
        ) from error


def _named(content: dict[str, Any], path: tuple[int | str, ...]) -> str:
    """The words of the entry at `path`, to find it by."""
    rows = content.get("labels")
    if len(path) < 2 or path[0] != "labels" or not isinstance(rows, list):
        return ""
    row = rows[path[1]] if isinstance(path[1], int) else None
    return f" {row.get('words')}" if isinstance(row, dict) else f" {row!r}"


def _entry(row: LabelRow) -> LabelEntry:
    return LabelEntry(
        tuple(split(words) for words in row.words),
        row.stands,
        " ".join(row.gloss.split()),
        frozenset(word.casefold() for word in row.unless),
        tuple(row.examples),
    )
