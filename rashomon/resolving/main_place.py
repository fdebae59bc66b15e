"""The main place of a report: the governorate that it is mostly about, told from its headline and text without parsing.

Each well-known place that is named speaks for the governorate that it lies in: in the headline most, at the beginning
of the text more than further down, since reports put what is new first and what went before last. Where people came
from, and what a sentence tells of earlier times, speaks half as loud.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from rashomon.knowledge.gazetteer import Gazetteer, GazetteerRow
from rashomon.knowledge.placewords import PlaceWords
from rashomon.knowledge.world import world_key
from rashomon.model import Report

_WORD = re.compile(r"[^\s,;:()\"“”.!?\[\]/|]+")
_BREAK = re.compile(r"[.;:()!?\n,\"“”\[\]/|]")
_ARTICLES = re.compile(r"^(?:al|el|ar|as|ad|an|at|az|ash|the)[- ]")
_LONGEST = 5  # words of a name
_SHORT = 4  # letters: a shorter name must be spelt as the gazetteer has it ('Nawa' is no 'new')
_HEADLINE = 2.0  # weight of the first name in a headline; each further one there counts half of the one before
_HALVED_AFTER = 500  # characters of text after which a name counts half
_AGAIN = 0.7  # what a name counts each time that it comes again
_ALIKE = 0.7  # of its letters a longer name must have in common with the gazetteer's spelling ('there' is no Tyre)
_ASIDE = 0.5  # what a name counts that tells where somebody came from, or stands in a sentence about earlier times
_BACK = 8  # words before a name in which 'from' is looked for
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_LARGE = frozenset({"governorate", "city"})


@dataclass(frozen=True, slots=True)
class MainPlace:
    """Where a report mostly is about.

    Attributes:
        country: ISO 3166-1 alpha-2.
        adm1: the governorate, as the gazetteer spells it.
        share: the part of all that was named in the country that speaks for it, 0 to 1.
        row: the place in it that was named most weightily.
    """

    country: str
    adm1: str
    share: float
    row: GazetteerRow


@dataclass(frozen=True, slots=True)
class _Named:
    """Rows that a name may stand for, and how much it speaks for where they lie."""

    rows: tuple[GazetteerRow, ...]
    weight: float

    @property
    def areas(self) -> frozenset[tuple[str, str]]:
        """Country and governorate of the rows."""
        return frozenset((row.country, row.adm1) for row in self.rows)


def main_place(report: Report, gazetteer: Gazetteer) -> MainPlace | None:
    """The governorate that a report is mostly about, or None where it names no well-known place in one.

    Args:
        report: its title and text are read; page furniture is not.
        gazetteer: the places to look for.
    """
    named = _weighed(report, gazetteer)
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for one in named:
        if len(one.areas) == 1:
            weights[next(iter(one.areas))] += one.weight
    for one in named:  # namesakes go where the rest of the report is
        known = one.areas & weights.keys()
        if len(one.areas) > 1 and known:
            weights[max(known, key=lambda area: (weights[area], area))] += one.weight
    inside = {area: weight for area, weight in sorted(weights.items()) if area[1]}
    country = _heaviest_country(weights, {country for country, _ in inside})
    inside = {area: weight for area, weight in inside.items() if area[0] == country}
    if not inside:
        return None
    best = max(inside, key=lambda area: inside[area])
    return MainPlace(*best, share=round(inside[best] / sum(inside.values()), 4), row=_foremost(named, best))


def _heaviest_country(weights: dict[tuple[str, str], float], among: set[str]) -> str | None:
    """The country that is spoken of most, by its own name or a place in it; of those with a place in a governorate."""
    totals: defaultdict[str, float] = defaultdict(float)
    for (country, _), weight in sorted(weights.items()):
        totals[country] += weight
    return max((country for country in totals if country in among), key=lambda c: totals[c], default=None)


def _foremost(named: list[_Named], area: tuple[str, str]) -> GazetteerRow:
    """The place of an area that carries most weight; the first of equals."""
    weights: dict[GazetteerRow, float] = {}
    for one in named:
        row = next((row for row in one.rows if (row.country, row.adm1) == area), None)
        if row is not None:
            weights[row] = weights.get(row, 0.0) + one.weight
    return max(weights, key=lambda row: weights[row])


def _weighed(report: Report, gazetteer: Gazetteer) -> list[_Named]:
    """All names with their weights; a name counts less each time that it comes again."""
    told: defaultdict[str, int] = defaultdict(int)
    named = []
    for rows, weight in [*_in_headline(report.title or "", gazetteer), *_in_text(report, gazetteer)]:
        named.append(_Named(rows, weight * _AGAIN ** told[rows[0].name]))
        told[rows[0].name] += 1
    return named


def _in_headline(title: str, gazetteer: Gazetteer) -> Iterator[tuple[tuple[GazetteerRow, ...], float]]:
    weight = _HEADLINE
    for at, rows in _names_in(title, gazetteer):
        yield rows, weight * (_ASIDE if _is_origin(title[:at], gazetteer.words) else 1.0)
        weight *= 0.5 if any(row.adm1 for row in rows) else 1.0


def _in_text(report: Report, gazetteer: Gazetteer) -> Iterator[tuple[tuple[GazetteerRow, ...], float]]:
    furniture = [piece.span for piece in report.furniture]
    text, words = report.text, gazetteer.words
    sentences = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    for at, rows in _names_in(text, gazetteer):
        if any(span.start <= at < span.end for span in furniture):
            continue
        number = bisect_right(sentences, at)
        start, end = sentences[number - 1], sentences[number]
        weight: float = 0.5 ** (at / _HALVED_AFTER)
        if _is_origin(text[start:at], words):
            weight *= _ASIDE
        if _is_earlier(text[start:end], words):
            weight *= _ASIDE
        yield rows, weight


def _is_origin(before: str, words: PlaceWords) -> bool:
    """Whether the words before a name say 'from' of it: 'from Homs and', 'from the besieged towns of'."""
    kind_told = False
    for word in reversed(before.rsplit(maxsplit=_BACK)[-_BACK:]):
        lower = word.lower()
        if lower in words.from_:
            return True
        if lower in words.locative or word[-1] in ".;:!?":
            return False
        kind_told = kind_told or lower in words.nouns
        if not (kind_told or words.is_around_names(word)):
            return False
    return False


def _is_earlier(sentence: str, words: PlaceWords) -> bool:
    """Whether a sentence tells of earlier times: 'last year', 'months ago'."""
    lower = f" {sentence.lower().rstrip('.!?')} ".replace(",", " ")
    return any(f" {phrase} " in lower for phrase in words.earlier)


def _names_in(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, tuple[GazetteerRow, ...]]]:
    """Well-known places that a text names, with where each name begins; longest names first."""
    words = list(_WORD.finditer(text))
    i = 0
    while i < len(words):
        found = _longest_name(text, words[i : i + _LONGEST], gazetteer) if _may_begin(words[i].group()) else None
        if found is None:
            i += 1
            continue
        length, rows = found
        if rows:
            yield words[i].start(), rows
        i += length


def _longest_name(
    text: str, words: list[re.Match[str]], gazetteer: Gazetteer
) -> tuple[int, tuple[GazetteerRow, ...]] | None:
    """How many of the words are a name, and its rows; None where they begin with no known name."""
    for length in range(len(words), 0, -1):
        name = text[words[0].start() : words[length - 1].end()]
        if _BREAK.search(name) or not _may_end(words[length - 1].group(), gazetteer):
            continue
        if _bare(name).lower() in gazetteer.words.no_places or _bare(name).lower() in gazetteer.words.no_names:
            return length, ()
        rows = tuple(row for row in gazetteer.find_possessive(_bare(name)) if row.well_known)
        meant = _most_likely(_plain(_bare(name)), rows)
        if meant:
            return length, meant
    return None


def _most_likely(plain: str, rows: tuple[GazetteerRow, ...]) -> tuple[GazetteerRow, ...]:
    """Of rows that sound like a name those spelt like it, exactly if any are; cities first."""
    likeness = {row: max(Levenshtein.normalized_similarity(plain, _plain(name)) for name in row.names) for row in rows}
    least = 1.0 if len(plain) <= _SHORT or 1.0 in likeness.values() else _ALIKE
    alike = tuple(row for row in rows if likeness[row] >= least)
    return tuple(row for row in alike if row.kind in _LARGE) or alike


def _may_begin(word: str) -> bool:
    return (word[0].isupper() or word[0].isdigit() or _ARTICLES.match(word) is not None) and word != "The"


def _may_end(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a name may end in a word: a capitalised one, one with an article, or a noun of places ('road')."""
    return not word[0].islower() or "-" in word or word in gazetteer.words.nouns or word in gazetteer.words.around


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _plain(name: str) -> str:
    return _ARTICLES.sub("", world_key(name))
