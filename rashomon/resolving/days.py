"""Days: which days the words of a time expression mean, against the day of publication.

A small grammar of its own. Words are brought into one form (small letters, no commas, one space), then rules are tried
in a fixed order: expressions that join two others ('from Friday to Sunday', 'since ...'), then single ones.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from rashomon.knowledge.wordlists import TimeLexicon
from rashomon.model import DaysResolution, Mention, Publication, Status
from rashomon.resolving.daygrammar import DayGrammar, day_grammar
from rashomon.resolving.dayrules import NO_PUBLICATION, RULES, Against
from rashomon.resolving.dayspans import NO_ANCHOR, NOT_UNDERSTOOD, Days, UnknownDaysError

NO_START = "only an end is known"


def resolve_days(
    words: Mention, status: Status, publication: Publication, lexicon: TimeLexicon, quote: str = ""
) -> DaysResolution:
    """Which days `words` mean.

    Args:
        words: the expression; its antecedent, where it has one, is the expression that it counts from ('since then').
        status: of the claim: what is planned or possible lies ahead, everything else behind.
        publication: when the report was published.
        lexicon: the words that say when.
        quote: the claim's quote: what is only `possible` because of a doubt about the past ('suspected') lies behind.

    Returns:
        First and last day, both included, or none with the reason.
    """
    grammar = day_grammar(lexicon)
    ahead = status is Status.PLANNED or (status is Status.POSSIBLE and not grammar.doubt.search(quote.lower()))
    reading = _Reading(grammar, lexicon, publication.day, ahead, words.antecedent)
    try:
        start, end = reading.days(_normal(words.text))
    except UnknownDaysError as error:
        return DaysResolution(None, None, str(error))
    except OverflowError:
        return DaysResolution(None, None, NOT_UNDERSTOOD)
    if start > end:
        return DaysResolution(None, None, "ends before it starts")
    return DaysResolution(start, end)


def _normal(text: str) -> str:
    text = text.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    text = re.sub(r"[,;()\"“”]|'s\b|(?<=day)s\b(?<!\bdays)|(?<=[a-z])\.(?!\d)", " ", text)
    text = re.sub(r"'", "", text)
    return " ".join(text.split())


# --- one expression read against one report -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    grammar: DayGrammar
    lexicon: TimeLexicon
    published: dt.date | None
    ahead: bool
    antecedent: str | None

    def days(self, text: str) -> Days:
        whole = self.fullmatch(text)
        if whole is not None:
            return whole
        for pattern, join in _JOINS:
            match = pattern.fullmatch(text)
            if match:
                joined = join(self, *match.groups())
                if joined is not None:
                    return joined
        return self.single(text)

    def single(self, text: str) -> Days:
        found = self.fullmatch(text) or self.within(text)
        if found is None:
            raise UnknownDaysError(NOT_UNDERSTOOD)
        return found

    def fullmatch(self, text: str) -> Days | None:
        for candidate in (text, self.grammar.lead.sub("", text, count=1) if self.grammar.lead.match(text) else None):
            if not candidate:
                continue
            for pattern, name in self.grammar.rules:
                match = pattern.fullmatch(candidate)
                if match:
                    return self.apply(name, match)
        return None

    def within(self, text: str) -> Days | None:
        """The longest expression inside other words ('since fighting began in 2012'); of equals the last.

        A mere length of time ('the four-decade rule') counts only where nothing else is there.
        """
        best: tuple[bool, int, int] | None = None
        chosen: tuple[str, re.Match[str]] | None = None
        for pattern, name in self.grammar.rules:
            for match in pattern.finditer(text):
                if not match[0] or not _stands_alone(text, match.start(), match.end()):
                    continue
                rank = (name not in {"past", "offset"}, match.end() - match.start(), match.start())
                if best is None or rank > best:
                    best, chosen = rank, (name, match)
        return None if chosen is None else self.apply(*chosen)

    def apply(self, name: str, match: re.Match[str]) -> Days:
        return RULES[name](Against(self.lexicon, self.published, self.ahead, self.anchor, self.days), match)

    def anchor(self) -> Days:
        if not self.antecedent:
            raise UnknownDaysError(NO_ANCHOR)
        other = _Reading(self.grammar, self.lexicon, self.published, self.ahead, None)
        return other.days(_normal(self.antecedent))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())


# --- expressions that join others -----------------------------------------------------------------------------------


def _since(reading: _Reading, rest: str) -> Days:
    behind = dataclasses.replace(reading, ahead=False)
    try:
        start, _ = behind.days(rest)
    except UnknownDaysError as error:
        if reading.antecedent and str(error) == NOT_UNDERSTOOD:
            start, _ = behind.anchor()
        else:
            raise
    end = reading.published
    if end is None:
        raise UnknownDaysError(NO_PUBLICATION)
    if start > end:
        raise UnknownDaysError("starts after publication")
    return start, end


def _from_to(reading: _Reading, first: str, second: str) -> Days | None:
    year = re.search(r"\b(?:1[89]|20)\d\d\b", second)
    if year and re.fullmatch(r"\d{1,2}", first) is None and not re.search(r"\b(?:1[89]|20)\d\d\b", first):
        first = f"{first} {year[0]}"
    if re.fullmatch(r"\d{1,2}", first):  # 'between 9 and 12 April'
        first = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)", first, second, count=1)
    elif re.fullmatch(r"\d{1,2}", second):  # 'from April 9 to 12'
        second = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)", second, first, count=1)
    try:
        end = reading.single(second)[1]
        start = reading.single(first)[0]
    except UnknownDaysError:
        return None
    return (start, end) if start <= end else None


def _union(reading: _Reading, first: str, second: str) -> Days | None:
    one, other = reading.fullmatch(first), reading.fullmatch(second)
    if one is None or other is None:
        return None
    return min(one[0], other[0]), max(one[1], other[1])


def _open_start(reading: _Reading, rest: str) -> Days:
    reading.days(rest)
    raise UnknownDaysError(NO_START)


_Join = Callable[..., Days | None]
_JOINS: tuple[tuple[re.Pattern[str], _Join], ...] = (
    (re.compile(r"(?:ever\s+)?since\s+(.+)"), _since),
    (re.compile(r"(?:ever\s+)?since()"), _since),
    (re.compile(r"(?:from|between)\s+(.+?)\s+(?:to|until|till|through|and)\s+(.+)"), _from_to),
    (re.compile(r"(.+?)\s+(?:to|until|till|through)\s+(.+)"), _from_to),
    (re.compile(r"(?:from|starting|beginning)\s+((?!past|last)(?:early on\s+|late on\s+)?.+)"), _since),
    (re.compile(r"(.+?)\s+(?:and|into)\s+(?:into\s+|one\s+)?(?:on\s+)?(.+)"), _union),
    (re.compile(r"(?:by|until|till|before|up to|no later than|not later than)\s+(.+)"), _open_start),
)
