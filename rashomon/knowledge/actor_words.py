"""The word lists of data/lexicon/actor_words.yaml: how phrases that stand for actors and targets are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actor_names import fold
from rashomon.knowledge.files import KnowledgeFile, Layers

Lookup = Mapping[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Word lists, all folded.

    Attributes:
        spellings: from a spelling to the one that stands for it.
        fillers, owner_links, participles, other_links, titles, object_modifiers, not_owner_after, not_owner_before,
            mentioned_only, adjectives, between_adjective_and_noun, place_prepositions, partitives, speech,
            nobody, never_elsewhere, not_holder_before: sets of words.
        heads: from a head noun (one to three words) to its classes.
        roles: from a head noun to the id of the actor that it is where nothing else is said.
        anaphoric: from a head noun to the kinds of actor that it may mean again.
        anaphoric_modifiers, not_again: words that may, or may not, stand before such a noun.
        pronouns: from a pronoun to plural, speaker, singular, person.
        people, objects: from a head noun to the neutral name.
        population: phrases that mean the population.
        neutral: from a loaded word to the neutral one that takes its place in a name ('' for none).
        companions: phrases behind somebody after which somebody else stands who takes part with him ('backed by').
        civil_types: types of events; who is hit or helped in one, and is only called people, is no fighter.
        examples: phrases behind a role after which those stand by name who play it ('including').
        offices: for each office the words that name it.
    """

    FILE: ClassVar[str] = "lexicon/actor_words.yaml"

    spellings: Mapping[str, str]
    fillers: frozenset[str]
    owner_links: frozenset[str]
    participles: frozenset[str]
    other_links: frozenset[str]
    not_owner_after: frozenset[str]
    not_owner_before: frozenset[str]
    mentioned_only: frozenset[str]
    adjectives: frozenset[str]
    between_adjective_and_noun: frozenset[str]
    place_prepositions: frozenset[str]
    partitives: frozenset[str]
    speech: frozenset[str]
    nobody: frozenset[str]
    never_elsewhere: frozenset[str]
    not_holder_before: frozenset[str]
    titles: frozenset[str]
    object_modifiers: frozenset[str]
    heads: Lookup
    roles: Lookup
    anaphoric: Lookup
    anaphoric_modifiers: frozenset[str]
    not_again: frozenset[str]
    pronouns: Mapping[str, str]
    people: Lookup
    objects: Lookup
    population: frozenset[tuple[str, ...]]
    neutral: Mapping[str, str]
    companions: frozenset[tuple[str, ...]]
    civil_types: frozenset[str]
    examples: frozenset[tuple[str, ...]]
    offices: Mapping[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def load(cls, layers: Layers) -> ActorWords:
        """Reads the lists of every layer; a later file adds to the lists of an earlier one.

        Raises:
            KnowledgeError: the file is missing or not of its form.
        """
        return cls.of(layers.files(cls.FILE))

    @classmethod
    def of(cls, files: Sequence[KnowledgeFile]) -> ActorWords:
        """The lists of these files, lowest layer first.

        Raises:
            KnowledgeError: there is none, or one is not of its form.
        """
        if not files:
            raise KnowledgeError("no word lists for actors", where=cls.FILE, remedy="Install the package anew")
        merged: dict[str, Any] = {}
        for file in files:
            content = file.yaml()
            if not isinstance(content, dict):
                raise KnowledgeError("no word lists", where=file.path, remedy="Take the built-in file as an example")
            for name, value in content.items():
                merged[name] = _merge(merged.get(name), value)
        return cls._from(merged)

    @classmethod
    def _from(cls, lists: Mapping[str, Any]) -> ActorWords:
        spellings = {word: group[0] for group in lists.get("spellings") or [] for word in group}

        def key(text: str) -> tuple[str, ...]:
            return tuple(word.folded for word in fold(str(text), spellings))

        def lookup(name: str) -> Lookup:
            found: dict[tuple[str, ...], tuple[str, ...]] = {}
            for value, words in (lists.get(name) or {}).items():
                for text in words or []:
                    entry = key(text)
                    if value not in found.get(entry, ()):
                        found[entry] = (*found.get(entry, ()), str(value))
            return found

        def words(name: str) -> frozenset[str]:
            return frozenset(part for text in lists.get(name) or [] for part in key(text))

        return cls(
            spellings=spellings,
            fillers=words("fillers"),
            owner_links=words("owner_links"),
            participles=words("participles"),
            other_links=words("other_links"),
            not_owner_after=words("not_owner_after"),
            not_owner_before=words("not_owner_before"),
            mentioned_only=words("mentioned_only"),
            adjectives=words("adjectives"),
            between_adjective_and_noun=words("between_adjective_and_noun"),
            place_prepositions=words("place_prepositions"),
            partitives=words("partitives"),
            speech=words("speech"),
            nobody=words("nobody"),
            never_elsewhere=words("never_elsewhere"),
            not_holder_before=words("not_holder_before"),
            titles=words("titles"),
            object_modifiers=words("object_modifiers"),
            heads=lookup("heads"),
            roles=lookup("roles"),
            anaphoric=lookup("anaphoric"),
            anaphoric_modifiers=words("anaphoric_modifiers"),
            not_again=words("not_again"),
            pronouns={word: number for number, group in (lists.get("pronouns") or {}).items() for word in group},
            people=lookup("people"),
            objects=lookup("objects"),
            population=frozenset(key(text) for text in lists.get("population") or []),
            neutral={str(word): str(other or "") for word, other in (lists.get("neutral") or {}).items()},
            civil_types=frozenset(str(kind) for kind in lists.get("civil_types") or []),
            companions=_phrases(lists.get("companions")),
            examples=_phrases(lists.get("examples")),
            offices={
                str(office): tuple(key(text) for text in texts)
                for office, texts in (lists.get("offices") or {}).items()
            },
        )

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the lists: what is no possessive of something else."""
        lookups = (self.heads, self.roles, self.anaphoric, self.people, self.objects)
        singles = {word for lookup in lookups for entry in lookup for word in entry}
        return frozenset(
            singles | self.fillers | self.titles | set(self.pronouns) | self.owner_links | self.other_links
        )


def _phrases(texts: list[Any] | None) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(str(text).lower().split()) for text in texts or [])


def _merge(old: Any, new: Any) -> Any:  # noqa: ANN401 - as it comes from YAML
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if isinstance(old, dict) and isinstance(new, dict):
        return {name: _merge(old.get(name), new[name]) if name in new else old[name] for name in {**old, **new}}
    return new
