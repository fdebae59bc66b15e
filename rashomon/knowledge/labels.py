"""The loaded words of data/lexicon/labels.yaml: an outlet's own words for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers

Stands = Literal["self", "modified", "doer"]
_STANDS: dict[str, Stands] = {"self": "self", "modified": "modified", "doer": "doer"}


@dataclass(frozen=True, slots=True)
class LabelEntry:
    """Loaded words of one meaning.

    Attributes:
        words: each a tuple of lower-case words, hyphens taken for spaces.
        stands: for whom: the phrase itself, what it describes, or the doer of what it says.
        unless: words after it with which it is no label.
        examples: sentences with the label in brackets.
    """

    words: tuple[tuple[str, ...], ...]
    stands: Stands
    unless: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()


class LabelLexicon:
    """All loaded words, found by their first word, the longest first.

    Args:
        entries: in the order of the file.
        bearers: nouns that stand for somebody.
    """

    FILE: ClassVar[str] = "lexicon/labels.yaml"

    def __init__(self, entries: tuple[LabelEntry, ...], bearers: frozenset[str]) -> None:
        self.entries = entries
        self.bearers = bearers
        self._by_first: dict[str, list[tuple[tuple[str, ...], LabelEntry]]] = {}
        for entry in entries:
            for words in entry.words:
                self._by_first.setdefault(words[0], []).append((words, entry))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def starting_with(self, word: str) -> list[tuple[tuple[str, ...], LabelEntry]]:
        """The labels whose first word is `word` (lower case), the longest first."""
        return self._by_first.get(word, [])

    @classmethod
    def load(cls, layers: Layers) -> LabelLexicon:
        """Reads lexicon/labels.yaml of every layer; layers add up.

        Raises:
            KnowledgeError: a file has another form.
        """
        entries: list[LabelEntry] = []
        bearers: set[str] = set()
        for file in layers.files(cls.FILE):
            content = file.yaml()
            if not isinstance(content, dict):
                raise KnowledgeError("no list of labels", where=file.path, remedy="Start it with `labels:`")
            entries += [_entry(row, file) for row in content.get("labels") or []]
            bearers |= {str(word) for word in content.get("bearers") or []}
        return cls(tuple(entries), frozenset(bearers))


def _entry(row: Any, file: KnowledgeFile) -> LabelEntry:  # noqa: ANN401 - as it comes from YAML
    words = row.get("words") if isinstance(row, dict) else None
    stands = _STANDS.get(str(row.get("stands"))) if isinstance(row, dict) else None
    if not words or stands is None:
        raise KnowledgeError(
            f"a label without words, or standing for nobody: {row}",
            where=file.path,
            remedy=f"Give `words` and `stands` (one of {', '.join(sorted(_STANDS))})",
        )
    return LabelEntry(
        tuple(tuple(str(text).casefold().replace("-", " ").split()) for text in words),
        stands,
        frozenset(str(word).casefold() for word in row.get("unless") or []),
        tuple(str(example) for example in row.get("examples") or []),
    )
