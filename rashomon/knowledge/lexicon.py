"""The words that name events, and the words that say how events stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.model import Status

Frame = Literal["done", "undergo", "place", "fall", "lose", "expel", "sides", "move", "speech", "cause", "flee"]
PartOfSpeech = Literal["noun", "verb", "adjective"]


class EntryRow(BaseModel):
    """One entry of lexicon/events/*.yaml as it stands there."""

    model_config = ConfigDict(extra="forbid")
    type: str
    nouns: list[str] = []
    verbs: list[str] = []
    adjectives: list[str] = []
    means: bool = False
    objects: list[str] = []
    subjects: list[str] = []
    frame: Frame = "done"
    status: Status | None = None
    light: bool = False
    whom: list[str] = []
    of: Literal["doer", "done to"] = "done to"
    drives: list[str] = []
    from_the_air: list[str] = []
    on_the_ground: list[str] = []
    examples: list[str]
    counter_examples: list[str] = []


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that name an event of one type and behave alike; see data/lexicon/events/violence.yaml for the fields."""

    type: str
    words: tuple[tuple[PartOfSpeech, tuple[str, ...]], ...]
    means: bool
    objects: frozenset[str]
    object_phrases: tuple[tuple[str, ...], ...]
    subjects: frozenset[str]
    frame: Frame
    status: str | None
    light: bool
    whom: tuple[str, ...]
    of: Literal["doer", "done to"]
    drives: frozenset[str]
    from_the_air: frozenset[str]
    on_the_ground: frozenset[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    order: int

    @property
    def constrained(self) -> bool:
        """Whether the verb names the event only with certain objects or subjects."""
        return bool(self.objects or self.object_phrases or self.subjects)


@dataclass(frozen=True, slots=True)
class StatusExample:
    """A sentence whose event, the word between asterisks, stands as `status` says."""

    status: Status
    sentence: str


@dataclass(frozen=True, slots=True)
class VerbWords:
    """Words that carry an event or say how it stands; see data/lexicon/verbs.yaml."""

    carriers_do: frozenset[str]
    carriers_undergo: frozenset[str]
    carriers_happen: frozenset[str]
    aspect: dict[str, str]
    modals: dict[str, str]
    conditions: frozenset[str]
    negations: frozenset[str]
    verges: frozenset[str]
    misses: frozenset[str]
    untrue: frozenset[str]
    adjectives: dict[str, str]
    shells: frozenset[str]
    doer_doubts: frozenset[str]
    purposes: frozenset[str]
    wars: frozenset[str]
    struggles: frozenset[str]
    turns: frozenset[str]
    up_to_now: frozenset[str]
    happens: frozenset[str]
    beginnings: frozenset[str]
    answers: frozenset[str]
    tellings: frozenset[str]
    witnesses: frozenset[str]
    charges: frozenset[str]
    facts: frozenset[str]
    engaged: frozenset[str]
    against: tuple[str, ...]
    by_means_of: frozenset[str]
    befalls: frozenset[str]
    examples: tuple[StatusExample, ...]


class Lexicon:
    """All entries, found by a word of theirs."""

    def __init__(
        self, entries: list[Entry], classes: dict[str, frozenset[str]], verbs: VerbWords, files: list[KnowledgeFile]
    ) -> None:
        self.entries = entries
        self.classes = classes
        self.verbs = verbs
        self.files = files
        self._by_word: dict[tuple[PartOfSpeech, str], list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in entries:
            for part, words in entry.words:
                # A verb is found by its first word, a noun by any of its words: 'cessation of hostilities', 'air raid'.
                anchor = words[0] if part == "verb" else words[-1]
                self._by_word.setdefault((part, anchor), []).append((words, entry))
        self.anchors = frozenset(word for _, word in self._by_word)

    def candidates(self, part: PartOfSpeech, word: str) -> list[tuple[tuple[str, ...], Entry]]:
        """The entries (with the words that must stand there) that `word` as this part of speech may belong to."""
        return self._by_word.get((part, word), [])

    def is_a(self, lemma: str, name: str) -> bool:
        """Whether a noun's lemma is of the class `name` ('place', 'people', ...)."""
        return lemma in self.classes.get(name, frozenset())

    @classmethod
    def load(cls, layers: Layers) -> Lexicon:
        """Reads lexicon/events/*.yaml, lexicon/classes.yaml and lexicon/verbs.yaml of every layer; layers add up.

        Raises:
            KnowledgeError: a file has another form; the message names file and entry.
        """
        event_files = layers.files("lexicon/events/*.yaml")
        class_files = layers.files("lexicon/classes.yaml")
        verb_files = layers.files("lexicon/verbs.yaml")
        entries: list[Entry] = []
        for file in event_files:
            rows = file.yaml()
            if not isinstance(rows, list):
                raise KnowledgeError("no list of entries", where=file.path)
            for number, row in enumerate(rows, start=1):
                entries.append(_entry(row, file, number, len(entries)))
        classes: dict[str, frozenset[str]] = {}
        for file in class_files:
            for name, words in _mapping(file, "classes").items():
                if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                    raise KnowledgeError(f"classes.{name}: no list of words", where=file.path)
                classes[name] = classes.get(name, frozenset()) | frozenset(words)
        return cls(entries, classes, _verb_words(verb_files), [*event_files, *class_files, *verb_files])


def _mapping(file: KnowledgeFile, key: str) -> dict[str, Any]:
    content = file.yaml()
    found = content.get(key) if isinstance(content, dict) else None
    if not isinstance(found, dict):
        raise KnowledgeError(f"no mapping `{key}`", where=file.path)
    return found


def _entry(row: object, file: KnowledgeFile, number: int, order: int) -> Entry:
    try:
        given = EntryRow.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        raise KnowledgeError(
            f"entry {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}", where=file.path
        ) from error
    parts: list[tuple[PartOfSpeech, tuple[str, ...]]] = []
    groups: list[tuple[PartOfSpeech, list[str]]] = [
        ("noun", given.nouns),
        ("verb", given.verbs),
        ("adjective", given.adjectives),
    ]
    for part, words in groups:
        parts += [(part, tuple(word.split())) for word in words]
    return Entry(
        type=given.type,
        words=tuple(parts),
        means=given.means,
        objects=frozenset(word for word in given.objects if " " not in word),
        object_phrases=tuple(tuple(word.split()) for word in given.objects if " " in word),
        subjects=frozenset(given.subjects),
        frame=given.frame,
        status=given.status,
        light=given.light,
        whom=tuple(given.whom),
        of=given.of,
        drives=frozenset(given.drives),
        from_the_air=frozenset(given.from_the_air),
        on_the_ground=frozenset(given.on_the_ground),
        examples=tuple(given.examples),
        counter_examples=tuple(given.counter_examples),
        order=order,
    )


class _Carriers(BaseModel):
    model_config = ConfigDict(extra="forbid")
    do: list[str] = []
    undergo: list[str] = []
    happen: list[str] = []


class VerbFile(BaseModel):
    """The form of verbs.yaml."""

    model_config = ConfigDict(extra="forbid")
    carriers: _Carriers = _Carriers()
    aspect: dict[Status | Literal["attempted"], list[str]] = {}
    modals: dict[Status, list[str]] = {}
    conditions: list[str] = []
    negations: list[str] = []
    verges: list[str] = []
    misses: list[str] = []
    untrue: list[str] = []
    possible_adjectives: list[str] = []
    planned_adjectives: list[str] = []
    ongoing_adjectives: list[str] = []
    shells: list[str] = []
    doer_doubts: list[str] = []
    purposes: list[str] = []
    wars: list[str] = []
    struggles: list[str] = []
    turns: list[str] = []
    up_to_now: list[str] = []
    happens: list[str] = []
    beginnings: list[str] = []
    answers: list[str] = []
    tellings: list[str] = []
    witnesses: list[str] = []
    charges: list[str] = []
    facts: list[str] = []
    engaged: list[str] = []
    against: list[str] = []
    by_means_of: list[str] = []
    befalls: list[str] = []
    examples: dict[Status, list[str]] = {}


def _verb_file(file: KnowledgeFile) -> VerbFile:
    try:
        return VerbFile.model_validate(file.yaml())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the whole file"
        raise KnowledgeError(f"{field}: {first['msg']}", where=file.path) from error


def _verb_words(files: list[KnowledgeFile]) -> VerbWords:
    """All layers together; of a word that two layers give another meaning, the later one's stands."""
    given = [_verb_file(file) for file in files]
    aspect: dict[str, str] = {}
    modals: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for file in given:
        for meaning, words in file.aspect.items():
            aspect |= dict.fromkeys(words, str(meaning))
        for status, words in file.modals.items():
            modals |= dict.fromkeys(words, str(status))
        adjectives |= dict.fromkeys(file.possible_adjectives, str(Status.POSSIBLE))
        adjectives |= dict.fromkeys(file.planned_adjectives, str(Status.PLANNED))
        adjectives |= dict.fromkeys(file.ongoing_adjectives, str(Status.ONGOING))
    return VerbWords(
        carriers_do=frozenset(word for file in given for word in file.carriers.do),
        carriers_undergo=frozenset(word for file in given for word in file.carriers.undergo),
        carriers_happen=frozenset(word for file in given for word in file.carriers.happen),
        aspect=aspect,
        modals=modals,
        conditions=frozenset(word for file in given for word in file.conditions),
        negations=frozenset(word for file in given for word in file.negations),
        verges=frozenset(word for file in given for word in file.verges),
        misses=frozenset(word for file in given for word in file.misses),
        untrue=frozenset(word for file in given for word in file.untrue),
        adjectives=adjectives,
        shells=frozenset(word for file in given for word in file.shells),
        doer_doubts=frozenset(word for file in given for word in file.doer_doubts),
        purposes=frozenset(word for file in given for word in file.purposes),
        wars=frozenset(word for file in given for word in file.wars),
        struggles=frozenset(word for file in given for word in file.struggles),
        turns=frozenset(word for file in given for word in file.turns),
        up_to_now=frozenset(word for file in given for word in file.up_to_now),
        happens=frozenset(word for file in given for word in file.happens),
        beginnings=frozenset(word for file in given for word in file.beginnings),
        answers=frozenset(word for file in given for word in file.answers),
        tellings=frozenset(word for file in given for word in file.tellings),
        witnesses=frozenset(word for file in given for word in file.witnesses),
        charges=frozenset(word for file in given for word in file.charges),
        facts=frozenset(word for file in given for word in file.facts),
        engaged=frozenset(word for file in given for word in file.engaged),
        against=tuple(dict.fromkeys(word for file in given for word in file.against)),
        by_means_of=frozenset(word for file in given for word in file.by_means_of),
        befalls=frozenset(word for file in given for word in file.befalls),
        examples=tuple(
            StatusExample(status, sentence)
            for file in given
            for status, sentences in file.examples.items()
            for sentence in sentences
        ),
    )
