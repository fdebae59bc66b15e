"""Numbers: where they stand in a text, with their bounds, and what they count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.knowledge.quantitywords import QuantityLexicon
from rashomon.knowledge.wordlists import NumberLexicon
from rashomon.model import Measure


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in a text.

    Attributes:
        start, end: its tokens with the words that bound it, end exclusive.
        first, last: its own first and last token.
        least, most: its bounds; None where open.
        noun: the token that is counted, or the number itself where nothing is named.
    """

    start: int
    end: int
    first: int
    last: int
    least: int | None
    most: int | None
    noun: int


_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?|\d+\.\d+")
_AGES = frozenset({"aged", "age", "ages"})
_BETWEEN_AGES = frozenset({"between", "from", "and", "to", "or", ",", "-"})
_JOINTS = frozenset({"-", "and", "of", "a"})
_LONGEST_BOUND = 4


def find_numbers(doc: Doc, lexicon: QuantityLexicon, taken: Collection[int]) -> Iterator[Counted]:
    """All numbers of `doc` that count something, in order.

    Args:
        doc: a parsed report.
        lexicon: the words of counting.
        taken: tokens that belong to something else (a date).
    """
    position = 0
    for start in [token.i for token in doc if _may_begin(token.lower_, lexicon.numbers)]:
        if start < position:
            continue
        end = _number_end(doc, start, lexicon.numbers)
        if end is None:
            continue
        position = end
        if any(i in taken for i in range(start, end)) or _in_name(doc, start, end, lexicon):
            continue
        counted = _counted(doc, start, end, lexicon)
        if counted is not None:
            position = max(position, counted.end)
            yield counted


def _number_end(doc: Doc, start: int, numbers: NumberLexicon) -> int | None:
    """The end of the longest number in words or digits that starts at `start`."""
    token = doc[start]
    if not _may_begin(token.lower_, numbers) or (token.lower_ in _NOT_ALONE and start + 1 == len(doc)):
        return None
    end, best = start, None
    limit = min(token.sent.end, start + 7)
    while end < limit and (end == start or doc[end].lower_ in _JOINTS or _is_number_word(doc[end].lower_, numbers)):
        end += 1
        if numbers.value([t.lower_ for t in doc[start:end]]) is not None and doc[end - 1].lower_ not in _JOINTS:
            best = end
    if best is not None and best == start + 1 and token.lower_ in {"a", "many", "an"}:
        return None
    return best


_NOT_ALONE = frozenset({"a", "many"})  # they begin a number ('a hundred') and are none


def _may_begin(word: str, numbers: NumberLexicon) -> bool:
    return word in _NOT_ALONE or _is_number_word(word, numbers)


def _is_number_word(word: str, numbers: NumberLexicon) -> bool:
    return word in numbers.number_words or (word[0].isdigit() and bool(_DIGITS.fullmatch(word)))


def repetitions(doc: Doc, lexicon: QuantityLexicon) -> Iterator[tuple[Counted, Token]]:
    """How often something is done ('raided six times'), each with its verb.

    Args:
        doc: a parsed report.
        lexicon: the words of counting, and the verbs whose repetitions are events of their own.
    """
    for token in doc:
        if token.lower_ != "times":
            continue
        verb = next((above for above in token.ancestors if above.pos_ == "VERB"), None)
        if verb is None or verb.lemma_.lower() not in lexicon.repeated or verb.i > token.i:
            continue
        starts = range(max(token.sent.start, token.i - _LONGEST_BOUND), token.i)
        first = next((at for at in starts if _number_end(doc, at, lexicon.numbers) == token.i), None)
        counted = _counted(doc, first, token.i, lexicon) if first is not None else None
        if counted is not None:
            yield counted, verb


def nobody(doc: Doc, lexicon: QuantityLexicon) -> Iterator[Counted]:
    """Those of whom there is none: 'no one', 'none of the fighters', 'not one person', 'no soldiers'."""
    wanted = {*lexicon.nobody, "no", "not"}
    for token in [token for token in doc if token.lower_ in wanted]:
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if token.lower_ in lexicon.nobody:
            yield Counted(token.i, token.i + 1, token.i, token.i, 0, 0, token.i)
        elif after is None:
            continue
        elif token.lower_ == "no" and after.lower_ == "one":
            yield Counted(token.i, after.i + 1, token.i, after.i, 0, 0, after.i)
        elif token.lower_ == "not" and after.lower_ in {"one", "a"}:
            single = after.lower_ == "one" or (after.i + 1 < len(doc) and doc[after.i + 1].lower_ == "single")
            noun = _noun(doc, after.i, after.i + 1, lexicon) if after.lower_ == "one" else after.head.i
            if single:
                yield Counted(token.i, max(noun, after.i) + 1, token.i, after.i, 0, 0, noun)
        elif token.lower_ == "no" and token.dep_ == "det":
            noun = token.head.i
            if token.i < noun and lexicon.nouns.get(doc[noun].lemma_.lower()) is Measure.PEOPLE:
                yield Counted(token.i, noun + 1, token.i, token.i, 0, 0, noun)


def _is_share(doc: Doc, start: int, lexicon: QuantityLexicon) -> bool:
    """Whether only a share of the number is meant: '20% of 500 fighters', 'two-thirds of the 300'."""
    at = start - 1
    while at > 0 and doc[at].pos_ in {"DET", "PRON"}:
        at -= 1
    return at > 0 and doc[at].lower_ == "of" and doc[at - 1].lower_ in lexicon.shares


def _is_age(doc: Doc, start: int, numbers: NumberLexicon) -> bool:
    """Whether it follows 'aged', after another age or not: 'aged 6', 'aged between 6 and 12'."""
    at = start - 1
    while at > 0 and (
        doc[at].lower_ in _BETWEEN_AGES or (doc[at].like_num and _is_number_word(doc[at].lower_, numbers))
    ):
        at -= 1
    return at >= 0 and doc[at].lower_ in _AGES


def _in_name(doc: Doc, start: int, end: int, lexicon: QuantityLexicon) -> bool:
    """Whether a number belongs to a name, a sum of money, an age, a measure or a time of day."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None:
        if _is_share(doc, start, lexicon) or _is_age(doc, start, lexicon.numbers):
            return True
        if before.text in {"$", "€", "£", "#", "/", ":", "."} and before.whitespace_ == "":
            return True
        if before.lower_ in lexicon.names_before and doc[start].text.isdigit():
            return True
        if before.text == "-" and before.whitespace_ == "" and start >= 2 and doc[start - 2].whitespace_ == "":
            return not doc[start - 2].text.isdigit()
    if after is None:
        return False
    if after.lower_ in lexicon.not_counted or after.lemma_.lower() in lexicon.not_counted:
        return True
    if after.text in {"%", "$", "€", ":", "/"}:
        return True
    if after.text == "-" and end + 1 < len(doc):
        return doc[end + 1].lemma_.lower() in lexicon.not_counted or not _DIGITS.fullmatch(doc[end + 1].text)
    return False


def _counted(doc: Doc, first: int, end: int, lexicon: QuantityLexicon) -> Counted | None:
    numbers = lexicon.numbers
    number = numbers.value([t.lower_ for t in doc[first:end]])
    if number is None:
        return None
    least: int | None = number.least
    most: int | None = None if number.open_ended else number.least
    second = _range_end(doc, first, end, numbers)
    if second is not None:
        other = numbers.value([t.lower_ for t in doc[end + 1 : second]])
        if other is not None and other.least > number.least:
            most, end = (None if other.open_ended else other.least), second
    start, bound = _bound_before(doc, first, numbers)
    after, bound_after = _bound_after(doc, end, numbers)
    kind = bound or bound_after
    if kind == "at_least" and second is None:
        most = None
    elif kind == "at_most" and second is None:
        least, most = None, number.least
    elif kind == "at_most" and bound and doc[start].lower_ == "between":
        pass
    return Counted(start, after, first, end - 1, least, most, _noun(doc, first, end, lexicon))


def _range_end(doc: Doc, first: int, end: int, numbers: NumberLexicon) -> int | None:
    """Where a range ends: '10 to 15', '10-15', '12 or 13', 'between 10 and 15'."""
    if end + 1 >= len(doc):
        return None
    joint = doc[end].lower_
    between = first > 0 and doc[first - 1].lower_ == "between"
    if joint not in {"to", "or", "-", "–"} and not (joint == "and" and between):
        return None
    if joint == "to" and first > 0 and doc[first - 1].lower_ == "from":
        return None
    return _number_end(doc, end + 1, numbers)


def _bound_before(doc: Doc, first: int, numbers: NumberLexicon) -> tuple[int, str | None]:
    if first and doc[first - 1].lower_ == "between":
        return first - 1, None
    for length in range(min(_LONGEST_BOUND, first), 0, -1):
        phrase = " ".join(t.lower_ for t in doc[first - length : first])
        if phrase in numbers.bounds:
            return first - length, numbers.bounds[phrase]
    return first, None


def _bound_after(doc: Doc, end: int, numbers: NumberLexicon) -> tuple[int, str | None]:
    for length in range(min(_LONGEST_BOUND, len(doc) - end), 0, -1):
        phrase = " ".join(t.lower_ for t in doc[end : end + length])
        if phrase in numbers.bounds_after:
            return end + length, numbers.bounds_after[phrase]
    return end, None


def _noun(doc: Doc, first: int, end: int, lexicon: QuantityLexicon) -> int:
    """What is counted: the noun that the number modifies, or the object of its 'of'; else the number itself."""
    last = doc[end - 1]
    if end < len(doc) and doc[end].lower_ in lexicon.states:
        return end  # '12 killed', '30 wounded'
    head = last.head
    if last.dep_ in {"nummod", "amod", "quantmod", "compound", "det", "nmod"} and head.i >= end:
        while head.dep_ in {"quantmod", "compound"} and head.head.i > head.i and head.head.pos_ in {"NOUN", "PROPN"}:
            head = head.head
        if head.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and head.i - end <= 6:
            return int(head.i)
    if end < len(doc) and doc[end].lower_ == "of":
        for token in doc[end].children:
            if token.dep_ == "pobj":
                return int(token.i)
    near = _noun_after(doc, end, lexicon)
    return near if near is not None else int(last.i)


def _noun_after(doc: Doc, end: int, lexicon: QuantityLexicon) -> int | None:
    """A word for what is counted right after the number, where the parse went astray."""
    for i in range(end, min(end + 3, len(doc))):
        token = doc[i]
        if token.lemma_.lower() in lexicon.nouns or token.lower_ in lexicon.nouns:
            return i
        if token.pos_ not in {"ADJ", "PROPN", "NOUN"}:
            return None
    return None
