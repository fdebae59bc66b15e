"""Which reports carry one text: the same words in other dress (other furniture, another headline, small edits, cut).

Texts are compared by their word shingles. Two different reports about one event share names and some background, but
few runs of words; a copy shares most of its runs with the text that it was made from.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from rashomon.model import Report, Witness
from rashomon.reading.furniture import without

_SHINGLE = 5  # words
_CONTAINED = 0.6  # share of the shorter text's shingles that the longer one must have
_FAR_CONTAINED = 0.8  # the same, where the texts are more than a week apart: background paragraphs come again and again
_FAR = dt.timedelta(days=7)
_ALIKE = 0.4  # the shorter text has at least this share of the longer one's length
_FEW = 12  # shingles: a text with fewer is only a copy of one with the very same words
_SAMPLE = 4  # one shingle in so many is looked up to find candidates
_COMMON = 40  # a shingle in more texts than this is a standing phrase, or a text that came again and again:
_NEXT = 4  # each text is then only compared with so many that come after it, which is enough to chain copies


@dataclass(frozen=True, slots=True)
class _Text:
    report: str
    outlet: str | None
    day: dt.date | None
    words: tuple[str, ...]
    shingles: frozenset[int]


def witnesses(reports: Iterable[Report]) -> dict[str, Witness]:
    """For each report the group of copies of one text that it belongs to, by report id.

    Takes time and memory in proportion to the texts' length, not to the square of their number.
    """
    published = {}
    texts = []
    for report in reports:
        published[report.id] = report.publication.day
        texts.append(_text(report))
    texts.sort(key=lambda text: (text.day or dt.date.max, text.report))
    groups = _groups(texts)
    return {
        text.report: Witness(text.report, text.outlet, groups[text.report], published[text.report])
        for text in sorted(texts, key=lambda text: text.report)
    }


def _text(report: Report) -> _Text:
    words = tuple(_words(without(report.text, report.furniture)))
    return _Text(report.id, report.outlet, report.publication.day, words, frozenset(_shingles(words)))


def _words(article: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", article.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return (match[0] for match in re.finditer(r"[^\W_]+", re.sub(r"['’‘`]", "", plain)))


def _shingles(words: tuple[str, ...]) -> Iterator[int]:
    for start in range(len(words) - _SHINGLE + 1):
        run = " ".join(words[start : start + _SHINGLE])
        yield int.from_bytes(blake2b(run.encode(), digest_size=8).digest())


def _groups(texts: list[_Text]) -> Mapping[str, str]:
    """The id of each text's group: that of its first text in the given order."""
    leader = {text.report: text.report for text in texts}

    def find(report: str) -> str:
        while leader[report] != report:
            report = leader[report]
        return report

    position = {text.report: at for at, text in enumerate(texts)}
    for first, second in sorted(_copies(texts)):
        heads = sorted((find(texts[first].report), find(texts[second].report)), key=position.__getitem__)
        leader[heads[1]] = heads[0]
    return {text.report: find(text.report) for text in texts}


def _copies(texts: list[_Text]) -> Iterator[tuple[int, int]]:
    """Pairs of positions of texts that are copies of each other."""
    same: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        if text.words and (first := same.setdefault(text.words, at)) != at:
            yield first, at
    for first, second in _candidates(texts):
        if _is_copy(texts[first], texts[second]):
            yield first, second


def _candidates(texts: list[_Text]) -> Iterator[tuple[int, int]]:
    where: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        sampled = text.shingles if len(text.shingles) < 40 * _SAMPLE else {s for s in text.shingles if s % _SAMPLE == 0}
        for shingle in sampled:
            where[shingle].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        most = len(places) if len(places) <= _COMMON else _NEXT
        shared.update((first, second) for at, first in enumerate(places) for second in places[at + 1 : at + 1 + most])
    yield from (pair for pair, count in shared.items() if count >= 3)


def _is_copy(first: _Text, second: _Text) -> bool:
    shorter, longer = sorted((len(first.shingles), len(second.shingles)))
    if shorter < _FEW or shorter < longer * _ALIKE:
        return False
    far = first.day is not None and second.day is not None and abs(first.day - second.day) > _FAR
    return len(first.shingles & second.shingles) >= (_FAR_CONTAINED if far else _CONTAINED) * shorter
