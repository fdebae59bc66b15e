"""The words around names of places: directions, kinds, prepositions, and what tells a place from an actor."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.knowledge.romanise import fold_key

FILE = "lexicon/places.yaml"

_REMEMBERED = 1 << 12  # mentions whose parts are kept: reports name the same places over and over

_TOKEN = re.compile(r"[^\s,;:()\"“”]+")
_WITH_ARTICLE = re.compile(r"[ae][a-z]{1,2}-\w")
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "nearby", "of", "and"}
)


@dataclass(frozen=True, slots=True)
class PlaceExample:
    """A sentence with the mentions that must be found in it; roles and antecedents where they are told."""

    text: str
    places: tuple[str, ...]
    roles: tuple[str, ...] = ()
    antecedents: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceParts:
    """A mention's words taken apart.

    Attributes:
        name: the name without direction words, nouns and determiners; empty where there is none ('the town').
        full: the name with the direction word before it ('Eastern Ghouta'), or the same as `name`.
        kind: the kind of place that a noun beside the name tells, or None.
        directed: whether a direction word was dropped. near: whether the words say 'near', 'outside', 'south of'.
        partial: whether they name a part or the surroundings ('the outskirts of').
    """

    name: str
    full: str
    kind: str | None
    directed: bool
    near: bool
    partial: bool


@dataclass(frozen=True)
class PlaceWords:
    """The groups of lexicon/places.yaml, all in lower case unless said."""

    directions: frozenset[str]
    direction_names: frozenset[str]  # fold keys
    nouns: dict[str, str]  # word -> kind
    inside: frozenset[str]
    around: frozenset[str]
    modifiers: frozenset[str]  # words between a name and its noun: 'X gas field', 'X air base'
    first_elements: frozenset[str]  # fold keys
    second_elements: frozenset[str]  # fold keys
    personal_elements: frozenset[str]  # fold keys
    no_names: frozenset[str]  # what stands after 'in' with a capital letter and is no place
    enclosing: frozenset[str]  # prepositions that make even an unknown name a place
    at: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]
    near: frozenset[str]
    locators: frozenset[str]
    leaving: frozenset[str]
    reaching: frozenset[str]
    locative_verbs: frozenset[str]
    taking_verbs: frozenset[str]
    generic: dict[str, tuple[str, ...]]
    unnamed: dict[str, tuple[str, ...]]  # nouns of places that a later sentence names -> their kinds
    state_verbs: frozenset[str]
    partners: frozenset[str]
    organisation_after: frozenset[str]
    organisation_before: frozenset[str]
    bodies: frozenset[str]
    no_places: frozenset[str]  # names of groups and bodies
    suffixes: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    excepting: frozenset[str]  # words after which a place is where it is not
    adjectives: dict[str, str]  # 'syrian' -> 'Syria'
    capitals: dict[str, str]  # 'Syria' -> 'Damascus'
    holding: frozenset[str]  # nouns before 'of' or 'over' and a place: 'control of X'
    territory: frozenset[str]
    background: frozenset[str]  # words of sentences about the war as a whole
    earlier: tuple[str, ...]  # words of sentences that tell what went before
    movement: frozenset[str]  # claim types that have a place where they begin and one where they end
    between: frozenset[str]  # words before two places that something lies between
    joining: frozenset[str]  # words between these two
    roads: frozenset[str]  # nouns after the names of two places that a road joins
    about: frozenset[str]  # words before a distance
    units: frozenset[str]  # of distances
    within: frozenset[str]  # prepositions between a place and the area that it lies in
    focus: frozenset[str]  # countries that reports are about where nothing says otherwise
    reach: dict[str, str]  # claim type -> how far from its trigger a place may stand
    examples: tuple[PlaceExample, ...]

    @classmethod
    def load(cls, layers: Layers) -> PlaceWords:
        """Reads lexicon/places.yaml of all layers; a later layer's group replaces the earlier one's lists.

        Raises:
            KnowledgeError: the file is missing, or a group is missing or has another form.
        """
        groups: dict[str, dict[str, Any]] = {}
        files = layers.files(FILE)
        if not files:
            raise KnowledgeError("no file of place words", where=FILE, remedy="Reinstall rashomon")
        examples: list[PlaceExample] = []
        for file in files:
            for name, group in _mapping(file.yaml(), file, "the file").items():
                content = _mapping(group, file, name)
                examples += [_example(e, file, name) for e in content.pop("examples", [])]
                groups[name] = groups.get(name, {}) | content
        read = _Groups(groups, files[-1])
        adjectives = {w: place for place, ws in read.all("adjectives").items() if place != "territory" for w in ws}
        return cls(
            directions=read.words("directions", "words"),
            direction_names=frozenset(fold_key(name) for name in read.all("direction_names")["words"]),
            nouns={word: kind for kind, words in read.all("nouns").items() for word in words},
            inside=read.words("parts", "inside"),
            around=read.words("parts", "around"),
            modifiers=read.words("nouns_in_two_words", "modifiers"),
            first_elements=frozenset(fold_key(word) for word in read.all("elements")["first"]),
            second_elements=frozenset(fold_key(word) for word in read.all("elements")["second"]),
            personal_elements=frozenset(fold_key(word) for word in read.all("elements")["personal"]),
            no_names=read.words("calendar", "words"),
            enclosing=read.words("prepositions", "enclosing"),
            at=read.words("prepositions", "at"),
            from_=read.words("prepositions", "from"),
            to=read.words("prepositions", "to"),
            near=read.words("prepositions", "near"),
            locators=read.words("prepositions", "locators"),
            leaving=read.words("leaving", "from"),
            reaching=read.words("leaving", "to"),
            locative_verbs=read.words("locative_heads", "verbs"),
            taking_verbs=read.words("locative_heads", "taking"),
            generic={word: tuple(kinds) for word, kinds in read.all("generic").items()},
            unnamed={word: tuple(kinds) for word, kinds in read.all("unnamed").items()},
            state_verbs=read.words("state_speech", "verbs"),
            partners=read.words("state_speech", "partners"),
            organisation_after=read.words("organisations", "after"),
            organisation_before=read.words("organisations", "before"),
            bodies=read.words("organisations", "bodies"),
            no_places=read.words("organisations", "names"),
            suffixes=read.words("organisations", "suffixes"),
            titles=read.words("people", "titles"),
            offices=read.words("people", "offices"),
            excepting=read.words("prepositions", "excepting"),
            adjectives=adjectives,
            capitals={country: names[0] for country, names in read.all("capitals").items() if names},
            holding=read.words("locative_heads", "nouns"),
            territory=read.words("adjectives", "territory"),
            background=read.words("background", "words"),
            earlier=tuple(sorted(read.words("background", "earlier"))),
            movement=read.words("movement", "words"),
            between=read.words("two_places", "between"),
            joining=read.words("two_places", "joining"),
            roads=read.words("two_places", "roads"),
            about=read.words("distances", "about"),
            units=read.words("distances", "units"),
            within=read.words("prepositions", "within"),
            focus=frozenset(code.upper() for code in read.words("focus", "countries")),
            reach={kind: reach for reach, kinds in read.all("reach").items() for kind in kinds},
            examples=tuple(examples),
        )

    @cached_property
    def locative(self) -> frozenset[str]:
        """All prepositions that stand before places."""
        return self.at | self.from_ | self.to

    @cached_property
    def frames(self) -> frozenset[str]:
        """Nouns and direction words that stand around names."""
        return self.part_nouns | self.directions | self.nouns.keys()

    @cached_property
    def first_excepting(self) -> frozenset[str]:
        """The first words of the exceptions: a document without any of them makes none."""
        return frozenset(words.split()[0] for words in self.excepting)

    @cached_property
    def part_nouns(self) -> frozenset[str]:
        """Nouns for parts and surroundings of places."""
        return self.inside | self.around

    def is_direction_name(self, name: str) -> bool:
        """Whether it is a name of its own that keeps its direction word ('Eastern Ghouta')."""
        return fold_key(name) in self.direction_names

    def is_around_names(self, word: str) -> bool:
        """Whether a word stands between a preposition and a name, or joins names: a name, 'the', 'and', 'northern'."""
        lower = word.strip(",()").lower()
        return (
            not word[0].islower()
            or lower in _DETERMINERS
            or lower in self.directions
            or lower == "or"
            or _WITH_ARTICLE.match(lower) is not None
        )

    def is_first_element(self, word: str) -> bool:
        """Whether a word only begins names ('Tal Shamiram', 'Bab al-Faraj')."""
        return fold_key(word) in self.first_elements

    def is_personal_element(self, word: str) -> bool:
        """Whether a word begins names of people at least as often as those of places ('Abu')."""
        return fold_key(word) in self.personal_elements

    def is_second_element(self, word: str) -> bool:
        """Whether a word only ends names ('al-Nashwa al-Sharqi')."""
        return fold_key(word) in self.second_elements

    def take_apart(self, text: str) -> PlaceParts:
        """Splits a mention's words into the name and what stands around it.

        'South of Hasaka city' has the name 'Hasaka', the kind 'city', and is near it.
        """
        return self._parts_of(text)

    @cached_property
    def _parts_of(self) -> Callable[[str], PlaceParts]:
        return lru_cache(maxsize=_REMEMBERED)(self._take_apart)

    def _take_apart(self, text: str) -> PlaceParts:
        tokens = _TOKEN.findall(text)
        core = self._core(tokens)
        before = [token.lower() for token in tokens[: core[0]]]
        after = [token.lower() for token in tokens[core[1] :]]
        inner = tokens[core[0] : core[1]]
        lower = [*before, *after]
        kinds = [self.nouns[word] for word in (*after[:2], *reversed(before)) if word in self.nouns]
        two = [" ".join(pair) for pair in itertools.pairwise(after)]
        kinds = [self.nouns[pair] for pair in two if pair in self.nouns] + kinds
        directed = [word for word in lower if word in self.directions]
        name = " ".join(inner)
        full = name
        if before and before[-1] in self.directions:
            full = f"{tokens[core[0] - 1]} {name}"
        of_direction = any(w in self.directions and n in ("of", "from") for w, n in itertools.pairwise(before))
        return PlaceParts(
            name=name,
            full=full,
            kind=kinds[0] if kinds else None,
            directed=bool(directed),
            near=of_direction or any(word in self.near for word in before),
            partial=any(word in self.inside or word in self.around for word in lower),
        )

    def _core(self, tokens: list[str]) -> tuple[int, int]:
        """Start and end of the name: the first run of tokens that are no words around a name."""
        start = self._after_kind_of(tokens)
        while start < len(tokens) and not self._is_name_like(tokens[start]):
            start += 1
        end = start
        while end < len(tokens) and (self._is_name_like(tokens[end]) or self._joins(tokens, end)):
            end += 1
        return start, end

    def _after_kind_of(self, tokens: list[str]) -> int:
        """Where the name begins in 'the Damascus suburb of X', 'the Syrian city of X'; 0 elsewhere."""
        for i in range(1, len(tokens) - 1):
            if tokens[i].lower() == "of" and tokens[i - 1].lower() in self.nouns and self._is_name_like(tokens[i + 1]):
                return i + 1
        return 0

    def _is_name_like(self, token: str) -> bool:
        lower = token.lower()
        if lower in self.no_places or ("-" in lower and lower.rsplit("-", 1)[1] in self.suffixes):
            return False
        around = lower in self.directions or lower in self.nouns or lower in _DETERMINERS or lower in self.adjectives
        return not around and (not token[0].islower() or _WITH_ARTICLE.match(token) is not None)

    def _joins(self, tokens: list[str], at: int) -> bool:
        """Whether a lower-case token stands inside a name ('Ain al Arab', 'Deir ez Zor')."""
        short = len(tokens[at]) <= 3 and tokens[at].isalpha() and tokens[at].lower() not in _DETERMINERS
        return (
            short and tokens[at].lower() not in self.at and at + 1 < len(tokens) and self._is_name_like(tokens[at + 1])
        )


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups of the file, read with checks."""

    groups: dict[str, dict[str, Any]]
    file: KnowledgeFile

    def all(self, name: str) -> dict[str, list[str]]:
        group = self.groups.get(name)
        if not group:
            raise KnowledgeError(
                f"no group `{name}`", where=self.file.path, remedy="See the built-in file for its form"
            )
        for key, words in group.items():
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise KnowledgeError(f"`{name}.{key}` is no list of words", where=self.file.path)
        return group

    def words(self, name: str, key: str) -> frozenset[str]:
        group = self.all(name)
        if key not in group:
            raise KnowledgeError(f"no list `{name}.{key}`", where=self.file.path)
        return frozenset(word.lower() for word in group[key])


def _mapping(value: Any, file: KnowledgeFile, what: str) -> dict[str, Any]:  # noqa: ANN401 - fresh from YAML
    if not isinstance(value, dict):
        raise KnowledgeError(f"{what} is no mapping", where=file.path, remedy="See the built-in file for its form")
    return dict(value)


def _example(value: Any, file: KnowledgeFile, group: str) -> PlaceExample:  # noqa: ANN401 - fresh from YAML
    entry = _mapping(value, file, f"an example of `{group}`")
    return PlaceExample(
        text=str(entry["text"]),
        places=tuple(entry.get("places", ())),
        roles=tuple(entry.get("roles", ())),
        antecedents=tuple(entry.get("antecedents", ())),
    )
