"""What is counted in reports, and the words that decide what a count measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.knowledge.wordlists import NumberLexicon, read_layers
from rashomon.model import Measure


class _PredicateRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    object: list[str] = []
    subject: list[str] = []
    state: list[str] = []
    of: list[str] = []


class QuantityExample(BaseModel):
    """A sentence with the counts in it, in order: measure, least, most."""

    model_config = ConfigDict(extra="forbid")

    text: str
    finds: list[tuple[Measure, int | None, int | None]]


class QuantityFile(BaseModel):
    """The form of quantities.yaml."""

    model_config = ConfigDict(extra="forbid")
    nouns: dict[Measure, list[str]] = {}
    predicates: dict[Measure, _PredicateRow] = {}
    tolls: list[str] = []
    toll_wounded: list[str] = []
    others: list[str] = []
    not_counted: list[str] = []
    names_before: list[str] = []
    none: list[str] = []
    nobody: list[str] = []
    shares: list[str] = []
    repeated: list[str] = []
    none_nouns: dict[Measure, list[str]] = {}
    leave: list[str] = []
    damage: list[str] = []
    launch: list[str] = []
    belongs: dict[Measure, list[str]] = {}
    examples: list[QuantityExample] = []


@dataclass(frozen=True)
class QuantityLexicon:
    """The words of counting.

    Attributes:
        nouns: base form of a counted noun -> measure.
        objects, subjects, states, heads: base form of a predicate -> measure, by where those counted stand: its object
            (or passive subject), its subject, what it says they are, after its 'of'.
        tolls: nouns of totals. toll_wounded: words that make a total one of the wounded.
        others: words for another group of the same.
        not_counted: nouns that are measured and not counted. names_before: words that make a number part of a name.
        nobody: words that are nobody by themselves. shares: words of which a number after 'of' is the whole.
        repeated: verbs whose repetitions are counted ('raided six times').
        none: words for nobody. none_nouns: what there is none of -> measure.
        leave: verbs of 'left six people dead'.
        damage, launch: verbs whose single object ('destroyed a tank', 'fired a rocket') is a count of one.
        belongs: measure -> types of event that such a count can belong to.
        numbers: numbers in words, and bounds.
        examples: sentences that show what is found.
    """

    nouns: Mapping[str, Measure]
    objects: Mapping[str, Measure]
    subjects: Mapping[str, Measure]
    states: Mapping[str, Measure]
    heads: Mapping[str, Measure]
    tolls: frozenset[str]
    toll_wounded: frozenset[str]
    others: frozenset[str]
    not_counted: frozenset[str]
    names_before: frozenset[str]
    none: frozenset[str]
    nobody: frozenset[str]
    shares: frozenset[str]
    repeated: frozenset[str]
    none_nouns: Mapping[str, Measure]
    leave: frozenset[str]
    damage: frozenset[str]
    launch: frozenset[str]
    belongs: Mapping[Measure, frozenset[str]]
    examples: tuple[QuantityExample, ...]
    numbers: NumberLexicon
    files: tuple[KnowledgeFile, ...] = ()

    @classmethod
    def load(cls, layers: Layers, numbers: NumberLexicon | None = None) -> QuantityLexicon:
        """Reads lexicon/quantities.yaml of all layers.

        Raises:
            KnowledgeError: a file does not have the form it should.
        """
        row, files = read_layers(layers, "lexicon/quantities.yaml", QuantityFile)
        return cls(
            nouns=_inverted(row.nouns),
            objects=_inverted({measure: words.object for measure, words in row.predicates.items()}),
            subjects=_inverted({measure: words.subject for measure, words in row.predicates.items()}),
            states=_inverted({measure: words.state for measure, words in row.predicates.items()}),
            heads=_inverted({measure: words.of for measure, words in row.predicates.items()}),
            tolls=frozenset(row.tolls),
            toll_wounded=frozenset(row.toll_wounded),
            others=frozenset(row.others),
            not_counted=frozenset(row.not_counted),
            names_before=frozenset(row.names_before),
            none=frozenset(row.none),
            nobody=frozenset(row.nobody),
            shares=frozenset(row.shares),
            repeated=frozenset(row.repeated),
            none_nouns=_inverted(row.none_nouns),
            leave=frozenset(row.leave),
            damage=frozenset(row.damage),
            launch=frozenset(row.launch),
            belongs={measure: frozenset(types) for measure, types in row.belongs.items()},
            examples=tuple(row.examples),
            numbers=numbers or NumberLexicon.load(layers),
            files=files,
        )


def _inverted(table: Mapping[Measure, list[str]]) -> dict[str, Measure]:
    """Word -> measure; of two measures the one that the file names first."""
    words: dict[str, Measure] = {}
    for measure, entries in table.items():
        for word in entries:
            words.setdefault(word.lower(), measure)

    return words
