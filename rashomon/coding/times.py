"""Times: the expressions of a text that say when, and which of them dates the event at a trigger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from rashomon.knowledge.wordlists import TimeLexicon, alternation
from rashomon.model import Mention, Span


class TimeKind(StrEnum):
    """What an expression is good for."""

    DAYS = "days"  # names days or a stretch of them
    SINCE = "since"  # from then to publication
    LASTING = "lasting"  # a length of time: 'for two years'
    ANAPHOR = "anaphor"  # counts from another expression: 'since then', 'a day later'
    FUZZY = "fuzzy"  # says when without naming days: 'recently'
    DATELINE = "dateline"  # a date that the page prints at its head: dates nothing but the report


@dataclass(frozen=True, slots=True)
class TimeMention:
    """An expression that says when something happened.

    Attributes:
        start_token, end_token: its tokens, end exclusive.
        head: the token that it hangs on, outside of it (its own root where it hangs on nothing).
        text_span: its characters.
        kind: what it is good for.
        antecedent: the words that it counts from ('since then'), where the text gives them.
        one_day: whether it names a day or night, and not a longer stretch.
    """

    start_token: int
    end_token: int
    head: int
    text_span: Span
    kind: TimeKind = TimeKind.DAYS
    antecedent: str | None = None
    one_day: bool = False

    def mention(self, doc: Doc) -> Mention:
        """The expression as words of the report, for resolving."""
        return Mention(doc.text[self.text_span.start : self.text_span.end], self.text_span, self.antecedent)


# --- finding --------------------------------------------------------------------------------------------------------


def find_times(doc: Doc, lexicon: TimeLexicon) -> list[TimeMention]:
    """All expressions in `doc` that say when, in order, not overlapping.

    Args:
        doc: a parsed report; furniture in it is blank.
        lexicon: the words that say when.

    Returns:
        Expressions with the prepositions that belong to them ('since', 'on', 'from ... to').
    """
    found: list[TimeMention] = []
    days = _one_day(lexicon)
    for start, end, kind in _matches(doc, lexicon):
        tokens = doc.char_span(start, end, alignment_mode="expand")
        if tokens is None:
            continue
        dateline = tokens.start < _HEAD_OF_TEXT and bool(_FULL_DATE.match(tokens.text))
        if not dateline and (tokens[0].sent.start != tokens[-1].sent.start or _is_no_time(tokens, lexicon)):
            continue
        if found and tokens.start < found[-1].end_token:
            continue
        span = Span(start, end)
        kind = TimeKind.DATELINE if dateline else kind
        one_day = kind is TimeKind.DAYS and bool(days.search(tokens.text))
        found.append(TimeMention(tokens.start, tokens.end, _attachment(tokens), span, kind, one_day=one_day))
    found = [_with_clause(doc, mention, found) for mention in found]
    return list(_with_antecedents(doc, _without_nested(found)))


def _matches(doc: Doc, lexicon: TimeLexicon) -> list[tuple[int, int, TimeKind]]:
    """Non-overlapping matches of the grammar: leftmost, then longest."""
    text = doc.text  # built anew at each access
    grammar = _grammar(lexicon)
    every = [
        (match.start(), match.end(), kind)
        for start, end in _windows(doc, lexicon)
        for pattern, kind in grammar
        for match in pattern.finditer(text, start, end)
        if match.end() > match.start()
    ]
    every.sort(key=lambda match: (match[0], -match[1]))
    chosen: list[tuple[int, int, TimeKind]] = []
    for start, end, kind in every:
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end, kind))
    return chosen


_BEFORE, _AFTER = 9, 9  # tokens around a word that an expression of time can be built on
_YEAR_OR_DATE = re.compile(r"(?:1[89]|20)\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{4}.*|.*\b(?:1[89]|20)\d\d")


def _windows(doc: Doc, lexicon: TimeLexicon) -> list[tuple[int, int]]:
    """Stretches of characters that may hold an expression of time: the rest of a text is not searched."""
    windows: list[tuple[int, int]] = []
    reached = 0
    words, strings = doc.to_array("LOWER").tolist(), doc.vocab.strings
    anchors = {word for word in {*words} if _may_be_built_on(strings[word], lexicon)}
    for at, word in enumerate(words):
        if word not in anchors:
            continue
        first, last = doc[max(at - _BEFORE, 0)], doc[min(at + _AFTER, len(doc) - 1)]
        start, end = first.idx, last.idx + len(last)
        if windows and start <= reached:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
        reached = end
    return windows


def _may_be_built_on(word: str, lexicon: TimeLexicon) -> bool:
    anchored = word.rstrip(".") in lexicon.anchors
    return anchored or (word[-1:].isdigit() and _YEAR_OR_DATE.fullmatch(word) is not None)


def _attachment(tokens: Tokens) -> int:
    root = tokens.root
    head = root.head
    while tokens.start <= head.i < tokens.end and head.head.i != head.i:
        head = head.head
    return int(head.i)


_HEAD_OF_TEXT = 20  # tokens
_FULL_DATE = re.compile(r"(?!(?i:on|since|from|by|in|at)\b).*\d{1,2}.*\b\d{4}$")
_COUNTED = frozenset({"NOUN", "PROPN", "ADJ"})


def _is_no_time(tokens: Tokens, lexicon: TimeLexicon) -> bool:
    """Whether what looks like a time is a name, a count, an age or a verb."""
    doc, last, first = tokens.doc, tokens[-1], tokens[0]
    after = doc[tokens.end] if tokens.end < len(doc) else None
    before = doc[tokens.start - 1] if tokens.start else None
    words = tokens.text
    if after is not None and after.lower_ in lexicon.names_after and re.search(r"\d\s*$", words):
        return True
    if len(tokens) == 1 and first.text in {"May", "March"} and (first.pos_ in {"AUX", "VERB"} or first.dep_ == "aux"):
        return True
    if re.fullmatch(r"(?:1[89]|20)\d\d", words):  # a bare year, or a count?
        return before is None or before.lower_ not in _YEAR_BEFORE
    if re.fullmatch(r"(?i:in|of|by|from|since|until)\s+(?:1[89]|20)\d\d", words) and after is not None:
        return last.dep_ == "nummod" and last.head.pos_ in _COUNTED
    return False


_YEAR_BEFORE = frozenset({"in", "since", "of", "from", "until", "by", "during", "before", "after", "late", "early"})


def _with_clause(doc: Doc, mention: TimeMention, found: Sequence[TimeMention]) -> TimeMention:
    """'since' with the clause after it, as far as the time in it: 'since fighting began in 2012'."""
    if mention.end_token - mention.start_token != 1 or doc[mention.start_token].lower_ != "since":
        return mention
    since = doc[mention.start_token]
    governed = set(_governed(since))
    for other in found:
        if not since.i < other.start_token < since.sent.end or other.start_token - since.i > _SINCE_REACH:
            continue
        near = other.start_token - since.i <= _SINCE_NEAR
        if near or other.start_token in governed or other.head in governed:
            top = since.head if since.dep_ in _MARKS else since
            return replace(
                mention,
                end_token=other.end_token,
                head=int(top.head.i),
                text_span=Span(mention.text_span.start, other.text_span.end),
            )
    return mention


_MARKS = frozenset({"mark", "advmod"})
_SINCE_REACH = 22  # tokens, where the parse agrees
_SINCE_NEAR = 9  # tokens, where it does not


def _governed(since: Token) -> Iterator[int]:
    """The tokens that 'since' opens: its object, or the clause that it marks."""
    top = since.head if since.dep_ in _MARKS else since
    for token in top.subtree:
        if token.i > since.i:
            yield token.i


def _without_nested(found: Sequence[TimeMention]) -> list[TimeMention]:
    """Drops a bare 'since' that opens no time, and keeps the time inside a 'since' clause: both may date something."""
    return [m for m in found if not (m.kind is TimeKind.SINCE and m.text_span.end - m.text_span.start == len("since"))]


def _with_antecedents(doc: Doc, found: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """'then', 'the next day' and their like count from the nearest expression before them that names days."""
    last: str | None = None
    text = doc.text
    for mention in sorted(found, key=lambda m: (m.start_token, m.end_token)):
        if mention.kind is TimeKind.ANAPHOR:
            yield replace(mention, antecedent=last)
            continue
        if mention.kind in {TimeKind.DAYS, TimeKind.SINCE}:
            last = mention.text_span.of(text)
        yield mention


@lru_cache(maxsize=8)
def _one_day(lexicon: TimeLexicon) -> re.Pattern[str]:
    months, weekdays = alternation(lexicon.months), alternation(lexicon.weekdays)
    counted = alternation([*lexicon.days_from_publication, *lexicon.overnight])
    ordinals = alternation(lexicon.ordinals)
    day = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{ordinals})"
    date = rf"{day}\s+(?:of\s+)?{months}|{months}\.?\s+\d{{1,2}}(?!\d)|\d[./-]\d{{1,2}}[./-]\d"
    return re.compile(rf"(?i:\b(?:{weekdays}s?|{counted})\b|{date})(?!.*\b(?i:to|until|till)\b)")


# --- the grammar ----------------------------------------------------------------------------------------------------

_GAP = r"[ \t]*\n?[ \t]*"


@lru_cache(maxsize=8)
def _grammar(lexicon: TimeLexicon) -> tuple[tuple[re.Pattern[str], TimeKind], ...]:
    months, weekdays = alternation(lexicon.months), alternation(lexicon.weekdays)
    seasons, units = alternation(lexicon.seasons), alternation(lexicon.units)
    parts, thirds, ordinals = (alternation(words) for words in (lexicon.parts_of_day, lexicon.thirds, lexicon.ordinals))
    counted = alternation([*lexicon.days_from_publication, *lexicon.overnight])
    fuzzy, anaphors, number = alternation(lexicon.fuzzy), alternation(lexicon.anaphors), lexicon.numbers.cardinal
    month = rf"{months}\b(?:(?<=\b[A-Z][a-z][a-z])\.|(?<=Sept)\.)?"
    year = r"(?:1[89]|20)\d\d\b(?![.,]\d)(?!\s*(?i:gmt|utc|hours|local))"
    day = r"(?:[12]\d|3[01]|0?[1-9])"
    nth = rf"(?:{day}(?:st|nd|rd|th)|(?i:{ordinals}))"
    third = rf"(?:(?i:{thirds})[\s-]*(?i:in\s+|of\s+|the\s+)?)"
    part = rf"(?:\s+(?i:at\s+|in\s+the\s+)?(?i:{parts})\b)?"
    whole = r"(?i:last|past|this|next|coming|previous)"
    week = rf"(?:{weekdays}\b,?\s+)?"
    date = (
        rf"(?:{week}(?:(?i:the)\s+)?(?:{day}|{nth})\s+(?i:of\s+)?{month}(?:,?\s+(?i:of\s+)?{year})?{part}|"
        rf"{week}{month}\s+{nth}(?:,?\s+{year})?{part}|"
        rf"{week}{month}\s+{day}\b(?![.,]?\d)(?:,?\s+{year})?{part}|"
        rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\b)"
    )
    in_month = rf"{third}?(?:{whole}\s+)?{month}(?:,?\s+(?i:of\s+)?{year}|\s+{whole}\s+(?i:year))?"
    in_year = rf"{third}?{year}|(?i:the\s+first\s+)(?i:{number})\s+(?i:months\s+of)\s+{year}"
    in_season = rf"(?i:(?:the\s+)?(?:{whole}\s+)?{seasons})\s+(?i:of\s+)?{year}"
    early = rf"(?:(?i:early|late|earlier|later|overnight|{parts})\s+(?i:hours\s+)?(?i:on\s+|of\s+)?)*"
    weekday = rf"{early}(?:(?i:this|last|next|past|previous)\s+)?{weekdays}s?\b{part}"
    weekend = r"(?i:(?:the|last|this|next)\s+weekend)"
    calendar = rf"(?i:(?:(?:earlier|later|previously|{thirds})\s+)?(?:last|this|next)\s+(?:week|month|year))\b"
    stretch = rf"(?i:(?:the\s+)?(?:past|last|next|coming|previous)\s+(?:{number}\s+)?(?:{units})s?)\b"
    ago = rf"(?i:{number}\s+(?:{units})s?\s+ago)\b"
    nth_day = rf"(?i:for\s+(?:the|a)\s+(?:{ordinals})\s+(?:\w+\s+)?day)\b"
    counted_day = rf"(?i:{counted})\b"
    one = (
        rf"(?:{date}|{weekday}|{in_month}|{in_season}|{weekend}|{calendar}|{stretch}|{ago}|{counted_day}|"
        rf"(?i:{thirds})[\s-]*{year})"
    )
    on = (
        r"(?:(?i:(?:early|late|later|earlier)\s+)?(?i:on|in|at|during|over|within|throughout|of|through|from)\s+"
        r"(?i:the\s+(?:course\s+of\s+the\s+)?)?)?"
    )
    in_ = r"(?i:in|since|of|by|until|during|from|before|after)\s+"
    joined = rf"{on}{one}(?:\s+(?i:and|and\s+into|into|to|until|through|till)\s+(?i:on\s+|into\s+)?{one})?"
    to = r"\s+(?i:to|and|until|till|through)\s+"
    ranged = rf"(?i:from|between)\s+(?:(?:{one}|{year}|{day}){to}{one}|{one}{to}(?:{year}|{day}\b)|{year}{to}{year})"
    since = rf"(?i:(?:ever\s+)?since)\s+(?i:the\s+)?(?:{one}|{year}|(?i:dawn|midnight|daybreak)\b)"
    lasting = (
        rf"(?i:for\s+(?:more\s+than\s+|less\s+than\s+|over\s+|nearly\s+|almost\s+|around\s+|about\s+|at\s+least\s+|"
        rf"the\s+(?:past|last)\s+)*{number}\s+(?:{units})s?)\b"
    )
    within = rf"(?i:(?:in|within)\s+(?:less\s+than\s+)?{number}\s+(?:{units})s?)\b"
    offset = rf"(?i:(?:just\s+)?{number}\s+(?:day|week|month|year)s?\s+(?:after|later|before|earlier))\b"
    anaphor = rf"(?i:(?:since|by|until|from|back)\s+then|(?:(?:since|on|in|by|later|until)\s+)?(?!then){anaphors})\b"
    table = (
        (since, TimeKind.SINCE),
        (r"(?i:ever\s+)?(?i:since)(?=\s)", TimeKind.SINCE),
        (lasting, TimeKind.LASTING),
        (within, TimeKind.DAYS),
        (ranged, TimeKind.DAYS),
        (nth_day, TimeKind.DAYS),
        (joined, TimeKind.DAYS),
        (rf"{in_}(?i:the\s+)?(?:{in_year}|{third}{month})", TimeKind.DAYS),
        (in_year, TimeKind.DAYS),
        (offset, TimeKind.ANAPHOR),
        (anaphor, TimeKind.ANAPHOR),
        (rf"(?i:{fuzzy})\b", TimeKind.FUZZY),
    )
    return tuple((re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)"), kind) for pattern, kind in table)
