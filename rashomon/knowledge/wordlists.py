"""Word lists: numbers in words, and the words that say when. What is common to reading such lists stands here too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers


class Strict(BaseModel):
    """A row of a file of knowledge: an unknown key is an error, not silence."""

    model_config = ConfigDict(extra="forbid")


def read_layers[Row: BaseModel](layers: Layers, name: str, row: type[Row]) -> tuple[Row, tuple[KnowledgeFile, ...]]:
    """The file `name` of all layers as one `row`: tables and lists of a later layer are added to those before it.

    Raises:
        KnowledgeError: there is no such file, or one of them does not have the form of `row`.
    """
    merged: dict[str, Any] = {}
    files = tuple(layers.files(name))
    if not files:
        raise KnowledgeError("missing", where=name, remedy="Install Rashomon anew: a file of its knowledge is gone")
    for file in files:
        content = file.yaml()
        try:
            row.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            path = " > ".join(str(part) for part in first["loc"])
            raise KnowledgeError(f"{path}: {first['msg']}", where=file.path, remedy="Mend this entry") from error
        _merge(merged, content)
    return row.model_validate(merged), files


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            into[key] = old + [entry for entry in value if entry not in old]
        else:
            into[key] = value


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any one of `words`, the longest first; spaces match any white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


# --- numbers --------------------------------------------------------------------------------------------------------


class NumberExample(Strict):
    """Words, and the number that they give: least and most (null where it is open); null alone where they give none."""

    text: str
    finds: tuple[int, int | None] | None


class NumberFile(Strict):
    """The form of numbers.yaml."""

    words: dict[str, int] = {}
    multipliers: dict[str, int] = {}
    fractions: dict[str, float] = {}
    collectives: dict[str, int] = {}
    vague: dict[str, int] = {}
    vague_factors: dict[str, int] = {}
    bounds: dict[str, list[str]] = {}
    bounds_after: dict[str, list[str]] = {}
    examples: list[NumberExample] = []


@dataclass(frozen=True, slots=True)
class Number:
    """A number as words give it: `least` alone where they only say 'so many and more' ('dozens')."""

    least: int
    open_ended: bool = False


_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?|\d+\.\d+")
_DECIMAL_COMMA = re.compile(r"(\d+),(\d{1,2})")


@dataclass(frozen=True)
class NumberLexicon:
    """Numbers in words, and the phrases that bound them ('at least')."""

    words: Mapping[str, int]
    multipliers: Mapping[str, int]
    fractions: Mapping[str, float]
    collectives: Mapping[str, int]
    vague: Mapping[str, int]
    vague_factors: Mapping[str, int]
    bounds: Mapping[str, str]
    bounds_after: Mapping[str, str]
    examples: tuple[NumberExample, ...] = ()
    files: tuple[KnowledgeFile, ...] = ()

    @classmethod
    def load(cls, layers: Layers) -> NumberLexicon:
        """Reads lexicon/numbers.yaml of all layers.

        Raises:
            KnowledgeError: a file does not have the form it should.
        """
        row, files = read_layers(layers, "lexicon/numbers.yaml", NumberFile)
        return cls(
            words=row.words,
            multipliers=row.multipliers,
            fractions=row.fractions,
            collectives=row.collectives,
            vague=row.vague,
            vague_factors=row.vague_factors,
            bounds={phrase: kind for kind, phrases in row.bounds.items() for phrase in phrases},
            bounds_after={phrase: kind for kind, phrases in row.bounds_after.items() for phrase in phrases},
            examples=tuple(row.examples),
            files=files,
        )

    @cached_property
    def number_words(self) -> frozenset[str]:
        """Every single word that can be part of a number in words."""
        tables = (self.words, self.multipliers, self.fractions, self.collectives, self.vague)
        return frozenset(word for table in tables for word in table)

    @cached_property
    def cardinal(self) -> str:
        """A regular expression for a number that is short enough to count days with ('24', 'twenty-four', 'a')."""
        words = alternation([*self.words, *self.collectives, "a few", "few", "several", "a", "an", "half a"])
        return rf"(?:\d+|{words}(?:[\s-]{words})?(?:\s+of)?)"

    def value(self, words: Iterable[str]) -> Number | None:
        """The number that `words` give, or None where they are no number.

        Args:
            words: the words of the number alone, in lower case; digits may have commas.
        """
        parts = [word for word in words if word not in {"-", "and", "of", ","}]
        if not parts:
            return None
        return self._vague(parts) or self._fraction(parts) or self._sum(parts)

    def _vague(self, parts: list[str]) -> Number | None:
        if parts[0] in {"many", "a", "the"} and len(parts) > 1:
            parts = parts[1:]
        first = parts[0]
        if first not in self.vague:
            return None
        if len(parts) == 1:
            return Number(self.vague[first], open_ended=True)
        scale = self._scale(parts[1])
        if len(parts) == 2 and scale is not None and first in self.vague_factors:
            return Number(self.vague_factors[first] * scale, open_ended=True)
        return None

    def _scale(self, word: str) -> int | None:
        return self.multipliers.get(word) or self.multipliers.get(word.removesuffix("s"))

    def _fraction(self, parts: list[str]) -> Number | None:
        if parts[0] in {"a", "one"} and len(parts) > 1 and parts[1] in self.fractions:
            parts = parts[1:]
        if parts[0] not in self.fractions:
            return None
        rest = [part for part in parts[1:] if part not in {"a", "an"}]
        scale = self._scale(rest[0]) if len(rest) == 1 else None
        return None if scale is None else Number(int(self.fractions[parts[0]] * scale))

    def _sum(self, parts: list[str]) -> Number | None:
        if len(parts) == 2 and re.fullmatch(r"\d{1,3}", parts[0]) and re.fullmatch(r"0\d\d|\d00", parts[1]):
            return Number(int(parts[0] + parts[1]))  # '12 500'
        total = Fraction(0)
        current: Fraction | None = None
        for place, part in enumerate(parts):
            if part in {"a", "an"} and place == 0 and len(parts) > 1:
                current = Fraction(1)
            elif part in self.words or part in self.collectives or _DIGITS.fullmatch(part):
                digits = _DECIMAL_COMMA.sub(r"\1.\2", part) if _DECIMAL_COMMA.fullmatch(part) else part.replace(",", "")
                number = Fraction(self.words.get(part, self.collectives.get(part, digits)))
                if current is not None and not _adds(current, number):
                    return None
                current = number if current is None else current + number
            elif part in self.multipliers:
                scaled = (Fraction(1) if current is None else current) * self.multipliers[part]
                if self.multipliers[part] >= 1000:
                    total, current = total + scaled, None
                else:
                    current = scaled
            else:
                return None
        total += current or 0
        return Number(int(total)) if total.denominator == 1 else None


def _adds(before: Fraction, number: Fraction) -> bool:
    """Whether a number word can follow one that was said before ('twenty five', 'two hundred six', not 'two six')."""
    return (before % 10 == 0 and before % 100 != 0 and number < 10 and before >= 20) or (
        before % 100 == 0 and before != 0 and number < 100
    )


# --- times ----------------------------------------------------------------------------------------------------------


class TimeExample(Strict):
    """A sentence, and the expressions in it that say when, in order."""

    text: str
    finds: list[str]


class TimeFile(Strict):
    """The form of times.yaml."""

    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    seasons: dict[str, tuple[int, int]] = {}
    units: dict[str, tuple[str, int]] = {}
    parts_of_day: list[str] = []
    thirds: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    days_from_publication: dict[str, int] = {}
    overnight: list[str] = []
    fuzzy: list[str] = []
    doubt: list[str] = []
    anaphors: dict[str, tuple[str, int]] = {}
    names_after: list[str] = []
    inherit: list[str] = []
    examples: list[TimeExample] = []


@dataclass(frozen=True, eq=False)
class TimeLexicon:
    """The words that say when; what is compiled from it is kept by its identity.

    Attributes:
        months, weekdays, seasons, units, ordinals: names with their numbers; a unit is a base unit and how many.
        parts_of_day: words after a day that change no day.
        thirds: words for the first, second or third part of a month or a year.
        days_from_publication: expressions with the number of days from the day of publication.
        overnight: expressions for the day before publication and publication.
        fuzzy: expressions that name no days.
        doubt: words that make a claim `possible` without setting it in the future.
        anaphors: expressions for days that another expression names: unit and how many of it off.
        names_after: words after a date that make it part of a name.
        inherit: types of event that take the day that the text gave last, where they have occurred.
        numbers: numbers in words.
        examples: sentences that show what is found.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    units: Mapping[str, tuple[str, int]]
    parts_of_day: tuple[str, ...]
    thirds: Mapping[str, int]
    ordinals: Mapping[str, int]
    days_from_publication: Mapping[str, int]
    overnight: tuple[str, ...]
    fuzzy: tuple[str, ...]
    doubt: tuple[str, ...]
    anaphors: Mapping[str, tuple[str, int]]
    names_after: tuple[str, ...]
    inherit: frozenset[str]
    examples: tuple[TimeExample, ...]
    numbers: NumberLexicon
    files: tuple[KnowledgeFile, ...] = ()

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Words in small letters of which one stands in every expression of time, years and dates in digits apart."""
        phrases = (*self.days_from_publication, *self.overnight, *self.fuzzy, *self.anaphors)
        single = {word.lower() for table in (self.months, self.weekdays, self.seasons, self.units) for word in table}
        words = single | {f"{word}s" for word in single} | {phrase.lower().split()[-1] for phrase in phrases}
        return frozenset(words | {"since", "weekend"})

    @classmethod
    def load(cls, layers: Layers, numbers: NumberLexicon | None = None) -> TimeLexicon:
        """Reads lexicon/times.yaml of all layers.

        Raises:
            KnowledgeError: a file does not have the form it should.
        """
        row, files = read_layers(layers, "lexicon/times.yaml", TimeFile)
        return cls(
            months=row.months,
            weekdays=row.weekdays,
            seasons=row.seasons,
            units=row.units,
            parts_of_day=tuple(row.parts_of_day),
            thirds=row.thirds,
            ordinals=row.ordinals,
            days_from_publication=row.days_from_publication,
            overnight=tuple(row.overnight),
            fuzzy=tuple(row.fuzzy),
            doubt=tuple(row.doubt),
            anaphors=row.anaphors,
            names_after=tuple(row.names_after),
            inherit=frozenset(row.inherit),
            examples=tuple(row.examples),
            numbers=numbers or NumberLexicon.load(layers),
            files=files,
        )
