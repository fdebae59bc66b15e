"""The words of the digest, read from data/digest.yaml."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.model import Measure, SourceKind, Status

FILE = "digest.yaml"

_PARTS = frozenset({"actors", "sides", "targets", "place", "type"})
_SENTENCES = frozenset(
    {"says", "told", "agree", "denies", "says_not", "denies_it", "not_it", "occurred", "ongoing", "planned", "possible"}
    | {"kind", "where", "way", "silent", "quote", "in_words", "first"}
)
_FIELDS = frozenset({"place", "day"})
_WHERE = frozenset({"at", "point", "near", "governorate", "from", "to"})


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Templates = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pair(_Strict):
    """A phrase for one and the same for several."""

    one: str
    many: str

    def of(self, several: bool) -> str:
        """The phrase for several, or for one."""
        return self.many if several else self.one


class TypeWords(_Strict):
    """How one type of event is spoken of; the fields are explained in digest.yaml."""

    noun: _Templates
    many: bool = False
    whom: str = "on {targets}"
    who: str | None = None
    sides: str | None = None
    side: str | None = None
    said: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    did: str | None = None
    hit: str | None = None
    lasting: bool = False
    statement: bool = False
    quote: bool = False


class Speakers(_Strict):
    """How speakers are called."""

    unnamed: dict[SourceKind, str]
    vague: frozenset[str]
    whose: frozenset[str]
    by_name: frozenset[str]
    small: frozenset[str]
    several: frozenset[str]
    single: frozenset[str]


class Article(_Strict):
    """Names before which English sets 'the'."""

    last: frozenset[str]
    whole: frozenset[str]


class Phrases(_Strict):
    """All words of the digest; the fields are those of digest.yaml, where they are explained."""

    home: str
    days_back: int = Field(ge=0)
    named: int = Field(ge=1)
    listed: int = Field(ge=1)
    quoted: int = Field(ge=1)
    types: dict[str, TypeWords]
    other: TypeWords
    who: str
    did: str
    hit: str
    statuses: dict[Status, Pair]
    sentences: dict[str, Pair]
    fields: dict[str, str]
    where: dict[str, str]
    measures: dict[Measure, str]
    nobody: frozenset[str]
    speakers: Speakers
    article: Article

    def of_type(self, name: str) -> TypeWords:
        """The words for a type of event; a type without words of its own is called by its name."""
        return self.types.get(name) or self.other.model_copy(
            update={"noun": tuple(noun.replace("{type}", name.replace("_", " ")) for noun in self.other.noun)}
        )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Every sentence says who speaks, and no phrase has a field that nothing fills."""
        for what, needed, given in (
            ("statuses", frozenset(Status), frozenset(self.statuses)),
            ("sentences", _SENTENCES, frozenset(self.sentences)),
            ("fields", _FIELDS, frozenset(self.fields)),
            ("where", _WHERE, frozenset(self.where)),
            ("measures", frozenset(Measure), frozenset(self.measures)),
            ("speakers.unnamed", frozenset(SourceKind), frozenset(self.speakers.unnamed)),
        ):
            if needed != given:
                raise ValueError(f"{what}: {', '.join(sorted(needed ^ given))}: missing, or not known")
        for name, pair in self.sentences.items():
            if any("who" not in set(fields_of(text)) for text in (pair.one, pair.many)):
                raise ValueError(f"sentences.{name}: does not say {{who}}")
        for name, words in (*self.types.items(), ("other", self.other)):
            for text in _templates(words):
                if unknown := set(fields_of(text)) - _PARTS:
                    raise ValueError(f"types.{name}: no such field: {', '.join(sorted(unknown))}")
        return self

    @classmethod
    def load(cls, layers: Layers) -> Phrases:
        """Reads digest.yaml of every layer; later ones replace types and phrases by name, and lists whole.

        Raises:
            KnowledgeError: there is none, or it is not in its form; the message names the entry.
        """
        files = layers.files(FILE)
        if not files:
            raise KnowledgeError(f"{FILE} is missing", where=layers.folders[0], remedy="Install Rashomon anew")
        content: dict[str, Any] = {}
        for file in files:
            content = _over(content, _mapping(file))
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = " > ".join(str(part) for part in first["loc"])
            message = f"{path}: {first['msg']}" if path else first["msg"]
            raise KnowledgeError(message, where=files[-1].path, remedy="Mend this entry") from error


def fields_of(template: str) -> list[str]:
    """The names in braces of a template, in their order.

    Raises:
        ValueError: a brace is left open.
    """
    return [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]


def _templates(words: TypeWords) -> Iterator[str]:
    yield from words.noun
    yield from words.said
    yield from words.none
    yield from (text for text in (words.whom, words.who, words.sides, words.side, words.did, words.hit) if text)


def _mapping(file: KnowledgeFile) -> dict[str, Any]:
    content = file.yaml()
    if not isinstance(content, dict):
        raise KnowledgeError("no mapping", where=file.path, remedy="Write entries as `types:` and the like")
    return content


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`above` laid over `below`: groups of phrases by name, anything else as a whole."""
    groups = ("types", "statuses", "sentences", "fields", "where", "measures", "speakers")
    return below | {
        key: {**below.get(key, {}), **value} if key in groups and isinstance(value, dict) else value
        for key, value in above.items()
    }
