"""The lexicon of speech: verbs and nouns that carry somebody's statement, and words that tell the kind of speaker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint
from rashomon.model import SourceKind

FILE = "lexicon/speech.yaml"
TIERS = ("names", "roles", "words", "last")
_REMEMBERED = 1 << 12  # speakers' words whose kinds are kept


class Frame(StrEnum):
    """How a verb ties a speaker to what is said."""

    SAY = "say"
    TELL = "tell"
    QUOTE = "quote"
    ACCUSE = "accuse"


class Needs(StrEnum):
    """What must stand beside a verb for it to be speech."""

    NONE = "none"
    REPORT = "report"  # a clause, a quotation, or a noun that names an event
    CLAUSE = "clause"  # a clause or a quotation
    NOUN = "noun"  # a noun of speech as its object ('gave a toll')
    QUOTATION = "quotation"  # a quotation only


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb of speech, with the examples that show its use.

    Attributes:
        lemma, forms: its base form and further spellings.
        frame: how it ties speaker and statement.
        needs: what must stand beside it to be speech.
        by: kinds of speakers with which alone it is speech ('a reporter saw'); empty for any.
        by_things: whether things may do it too ('the attacks show that'), so that the subject must be a known speaker.
        of_itself: whether with 'to' the subject speaks ('claimed to have won'), not others of it ('said to have won').
        beside: words of which one must follow it closely ('put the *toll* at').
        examples: marked sentences, see the file.
    """

    lemma: str
    frame: Frame
    needs: Needs
    forms: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()
    by: frozenset[SourceKind] = frozenset()
    by_things: bool = False
    of_itself: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechNoun:
    """A noun for what speakers put out ('statement')."""

    lemma: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechPreposition:
    """Words that name the speaker after them ('according to')."""

    words: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindRow:
    """One row of the table of kinds: patterns per tier, strongest tier first."""

    kind: SourceKind
    patterns: tuple[re.Pattern[str] | None, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpeechLexicon:
    """Everything that data/lexicon/speech.yaml (and a site's own) says.

    Attributes:
        verbs: by lemma and by every further form.
        nouns: by lemma.
        prepositions: longest first.
        rumour_nouns, rumour_verbs: 'reports of clashes', 'it was reported'.
        speakers: nouns that may stand for a speaker named before.
        persons: those of them that name one person, whom 'he' or 'she' may be.
        counting_on, counting: words that open a sentence about more, or some, of those that the one before counted.
        speech_times: words for days and hours that may say only when somebody spoke.
        kinds: rows in the order in which they are tried.
        fingerprint: of the files it was read from.
    """

    verbs: Mapping[str, SpeechVerb]
    nouns: Mapping[str, SpeechNoun]
    prepositions: tuple[SpeechPreposition, ...]
    rumour_nouns: frozenset[str]
    rumour_verbs: frozenset[str]
    speakers: frozenset[str]
    persons: frozenset[str]
    counting_on: frozenset[str]
    counting: frozenset[str]
    speech_times: frozenset[str]
    kinds: tuple[KindRow, ...]
    attributives: re.Pattern[str] | None
    fingerprint: str = field(default="")

    @classmethod
    def load(cls, layers: Layers) -> SpeechLexicon:
        """Read the lexicon from all layers; a later layer's entry replaces the earlier one of the same lemma.

        A later layer's rows of kinds are tried before the earlier ones.

        Raises:
            KnowledgeError: a file is broken; the message names the file and the entry.
        """
        files = layers.files(FILE)
        verbs: dict[str, SpeechVerb] = {}
        nouns: dict[str, SpeechNoun] = {}
        prepositions: dict[tuple[str, ...], SpeechPreposition] = {}
        rumours: dict[str, set[str]] = {"nouns": set(), "verbs": set()}
        speakers: set[str] = set()
        persons: set[str] = set()
        counting_on: set[str] = set()
        counting: set[str] = set()
        times: set[str] = set()
        kinds: list[KindRow] = []
        after: set[str] = set()
        before: set[str] = set()
        for file in files:
            data = _mapping(file.yaml(), file, "the file")
            for entry in _entries(data, "verbs", file):
                verb = _verb(entry, file)
                verbs[verb.lemma] = verb
            for entry in _entries(data, "nouns", file):
                noun = SpeechNoun(_word(entry, "lemma", file), _strings(entry, "examples", file))
                nouns[noun.lemma] = noun
            for entry in _entries(data, "prepositions", file):
                words = tuple(_word(entry, "words", file).casefold().split())
                prepositions[words] = SpeechPreposition(words, _strings(entry, "examples", file))
            rumour = _mapping(data.get("rumour") or {}, file, "rumour")
            for key, words_so_far in rumours.items():
                words_so_far.update(_strings(rumour, key, file))
            speakers.update(word.casefold() for word in _strings(data, "speakers", file))
            persons.update(word.casefold() for word in _strings(data, "persons", file))
            counting_on.update(word.casefold() for word in _strings(data, "counting_on", file))
            counting.update(word.casefold() for word in _strings(data, "counting", file))
            times.update(word.casefold() for word in _strings(data, "speech_times", file))
            attributives = _mapping(data.get("attributives") or {}, file, "attributives")
            after.update(_strings(attributives, "after", file))
            before.update(_strings(attributives, "before", file))
            kinds[:0] = [_kind_row(entry, file) for entry in _entries(data, "kinds", file)]
        by_form = {form: verb for verb in verbs.values() for form in (*verb.forms, verb.lemma)}
        return cls(
            verbs=by_form,
            nouns=nouns,
            prepositions=tuple(sorted(prepositions.values(), key=lambda p: (-len(p.words), p.words))),
            rumour_nouns=frozenset(rumours["nouns"]),
            rumour_verbs=frozenset(rumours["verbs"]),
            speakers=frozenset(speakers),
            persons=frozenset(persons),
            counting_on=frozenset(counting_on),
            counting=frozenset(counting),
            speech_times=frozenset(times),
            kinds=tuple(kinds),
            attributives=_attributives(after, before),
            fingerprint=fingerprint(files),
        )

    def verb(self, lemma: str, form: str) -> SpeechVerb | None:
        """The verb of speech with this lemma, or with this form where the lemma is not one (both in any case)."""
        return self.verbs.get(lemma.casefold()) or self.verbs.get(form.casefold())

    def prepositions_from(self, first: str) -> list[tuple[str, ...]]:
        """The words of each preposition of speech that begins with the word `first`, longest first."""
        return self._prepositions_by_first.get(first, [])

    @cached_property
    def words(self) -> frozenset[str]:
        """Every lemma or form that may attribute words to somebody; of a preposition its first word."""
        return frozenset(self.verbs) | self._prepositions_by_first.keys() | self.rumour_nouns | self.rumour_verbs

    @cached_property
    def _prepositions_by_first(self) -> Mapping[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for preposition in self.prepositions:
            found.setdefault(preposition.words[0], []).append(preposition.words)
        return found

    def kind_of(self, words: str) -> SourceKind | None:
        """What kind of speaker `words` name, or None where no word of the lexicon stands in them."""
        found = self.kind_and_tier(words)
        return found[0] if found else None

    def kind_and_tier(self, words: str) -> tuple[SourceKind, str] | None:
        """The kind that `words` name and the tier that decided it ('names' is strongest, 'last' weakest)."""
        return self._kinds_of(words)

    @cached_property
    def _kinds_of(self) -> Callable[[str], tuple[SourceKind, str] | None]:
        return lru_cache(maxsize=_REMEMBERED)(self._kind_and_tier)

    def _kind_and_tier(self, words: str) -> tuple[SourceKind, str] | None:
        text = words.replace("’", "'")
        if self.attributives is not None:
            text = self.attributives.sub(" ", text)
        for number, tier in enumerate(TIERS):
            for row in self.kinds:
                pattern = row.patterns[number]
                if pattern is not None and pattern.search(text):
                    return row.kind, tier
        return None


def _attributives(after: Iterable[str], before: Iterable[str]) -> re.Pattern[str] | None:
    ends = "|".join(re.escape(word) for word in sorted(after))
    starts = "|".join(re.escape(word) for word in sorted(before))
    parts = []
    if ends:
        parts.append(rf"[\w.]+\s?-\s?(?:{ends})\b")
    if starts:
        parts.append(rf"\b(?:{starts})\s?-\s?\w+")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _kind_row(entry: Mapping[str, Any], file: KnowledgeFile) -> KindRow:
    name = _word(entry, "kind", file)
    try:
        kind = SourceKind(name)
    except ValueError:
        known = ", ".join(kind.value for kind in SourceKind)
        raise KnowledgeError(
            f"no such kind of source: {name!r}", where=file.path, remedy=f"Use one of {known}"
        ) from None
    patterns = tuple(_pattern(_strings(entry, tier, file)) for tier in TIERS)
    return KindRow(kind, patterns, _strings(entry, "examples", file))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words, in any case unless all in capitals; a possessive s may follow, with or without its apostrophe."""
    alternatives = []
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        body = re.escape(phrase).replace(r"\ ", r"[\s-]+").replace("'", "'?")
        alternatives.append(body if phrase.isupper() else f"(?i:{body})")
    if not alternatives:
        return None
    return re.compile(rf"(?<![\w])(?:{'|'.join(alternatives)})(?:'?s)?(?![\w])")


def _verb(entry: Mapping[str, Any], file: KnowledgeFile) -> SpeechVerb:
    lemma = _word(entry, "lemma", file)
    try:
        frame = Frame(entry.get("frame", Frame.SAY))
        needs = Needs(entry.get("needs", Needs.REPORT))
        by = frozenset(SourceKind(kind) for kind in _strings(entry, "by", file))
    except ValueError as error:
        raise KnowledgeError(
            f"verb {lemma!r}: {error}",
            where=file.path,
            remedy=f"frame is one of {', '.join(Frame)}; needs is one of {', '.join(Needs)}",
        ) from None
    forms = tuple(form.casefold() for form in _strings(entry, "forms", file))
    beside = frozenset(_strings(entry, "beside", file))
    return SpeechVerb(
        lemma,
        frame,
        needs,
        forms,
        beside,
        by,
        bool(entry.get("by_things")),
        bool(entry.get("of_itself")),
        _strings(entry, "examples", file),
    )


def _mapping(value: object, file: KnowledgeFile, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise KnowledgeError(
            f"{what} is not a table of keys and values", where=file.path, remedy="See the built-in file"
        )
    return value


def _entries(data: Mapping[str, Any], key: str, file: KnowledgeFile) -> list[Mapping[str, Any]]:
    entries = data.get(key) or []
    if not isinstance(entries, list):
        raise KnowledgeError(f"'{key}' is not a list", where=file.path, remedy="Start each entry with a dash")
    return [_mapping(entry, file, f"entry {number} of '{key}'") for number, entry in enumerate(entries, 1)]


def _word(entry: Mapping[str, Any], key: str, file: KnowledgeFile) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise KnowledgeError(f"an entry has no '{key}': {dict(entry)!r}", where=file.path, remedy=f"Give it a '{key}'")
    return value.strip()


def _strings(entry: Mapping[str, Any], key: str, file: KnowledgeFile) -> tuple[str, ...]:
    values = entry.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise KnowledgeError(
            f"'{key}' must be a list of words (put 'yes', 'no' and numbers in quotes): {values!r}",
            where=file.path,
            remedy="Mend the entry",
        )
    return tuple(values)
