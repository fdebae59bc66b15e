"""The forms of single expressions of time, as patterns with the name of the rule that reads each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rashomon.knowledge.wordlists import TimeLexicon, alternation


@dataclass(frozen=True, slots=True)
class DayGrammar:
    """Patterns of single expressions.

    Attributes:
        rules: each pattern with the name of the rule that reads it, in the order in which they are tried.
        doubt: words that make a claim possible without setting it in the future.
        lead: words in front of an expression that change no day.
    """

    rules: tuple[tuple[re.Pattern[str], str], ...]
    doubt: re.Pattern[str]
    lead: re.Pattern[str]


_LEAD = (
    r"(?:(?:on|in|at|during|over|within|of|around|about|the|early on|late on|later on|earlier on|later in|earlier in|"
    r"ever|only|just|both|began|started|all|through|throughout|course|as soon as|hours|day|month|barely|nearly|"
    r"almost|some|more than|less than|at least|yet)\s+)+"
)


def _words(table: Iterable[str]) -> str:
    return alternation(word.lower() for word in table)


@lru_cache(maxsize=8)
def day_grammar(lexicon: TimeLexicon) -> DayGrammar:
    """The patterns of a lexicon.

    Args:
        lexicon: the words that say when.
    """
    months, weekdays, seasons = _words(lexicon.months), _words(lexicon.weekdays), _words(lexicon.seasons)
    thirds, parts, units = _words(lexicon.thirds), _words(lexicon.parts_of_day), _words(lexicon.units)
    ordinals, number = _words(lexicon.ordinals), lexicon.numbers.cardinal
    counted, overnight = _words(lexicon.days_from_publication), _words(lexicon.overnight)
    fuzzy, anaphors, doubt = _words(lexicon.fuzzy), _words(lexicon.anaphors), _words(lexicon.doubt)
    year = r"(?:1[89]|20)\d\d(?!\s*(?:gmt|utc|hours|local))"
    day = r"(?:\d{1,2})(?:st|nd|rd|th)?"
    third = rf"(?:(?P<third>{thirds})[\s-]*(?:in\s+|of\s+|the\s+)*)?"
    when = r"(?P<when>last|past|this|next|coming|previous)"
    part = rf"(?:\s+(?:at\s+|in the\s+)?{parts})?"
    lasting = (
        r"(?:for\s+|near\s+|nearly\s+|almost\s+|around\s+|about\s+|over\s+|(?:more|less)\s+than\s+|at\s+least\s+)*"
    )
    rules = (
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", "date"),
        (r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})", "date"),
        (
            rf"(?:{weekdays}\s+)?(?:the\s+)?(?P<d>{day}|{ordinals})\s+(?:day\s+)?(?:of\s+)?(?P<month>{months})"
            rf"(?:\s+(?:of\s+)?(?P<y>{year}))?{part}",
            "date",
        ),
        (rf"(?:{weekdays}\s+)?(?P<month>{months})\s+(?:the\s+)?(?P<d>{day})(?!\d)(?:\s+(?P<y>{year}))?{part}", "date"),
        (rf"{third}(?P<month>{months})\s+(?:of\s+|in\s+)?(?P<y>{year})", "month"),
        (rf"{third}(?:(?:of\s+)?{when}\s+)?(?P<month>{months})(?:\s+{when.replace('when', 'whose')}\s+year)?", "month"),
        (rf"(?:{when}\s+)?(?P<season>{seasons})(?:\s+(?:of\s+)?(?P<y>{year}))?", "season"),
        (rf"the\s+first\s+(?P<n>{number})\s+months\s+of\s+(?P<y>{year})", "first_months"),
        (rf"{third}(?P<y>{year})", "year"),
        (r"(?P<n>\d\d)(?:st|nd|rd|th)\s+century", "century"),
        (rf"(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?P<when>last)\s+(?P<unit>{units})", "stretch"),
        (rf"(?:(?P<soft>earlier|later|previously)\s+)?{when}\s+(?P<unit>{units})s?", "calendar"),
        (rf"{third}{when}\s+(?P<unit>{units})s?", "calendar"),
        (rf"(?P<third>{thirds})\s+(?P<when>the)\s+(?P<unit>{units})", "calendar"),
        (rf"(?:{when}\s+)?(?:the\s+)?weekend", "weekend"),
        (
            rf"(?:(?:early|late|earlier|later|overnight|{parts})\s+(?:hours\s+)?(?:on\s+|of\s+)?)*"
            rf"(?:{when}\s+)?(?P<weekday>{weekdays}){part}",
            "weekday",
        ),
        (
            rf"(?:the\s+)?(?P<when>past|last|previous|recent)\s+(?P<n>{number})\s+(?:or\s+\S+\s+)?(?P<unit>{units})s?",
            "past",
        ),
        (rf"(?:the\s+)?(?P<when>next|coming|following)\s+(?P<n>{number})\s+(?P<unit>{units})s?", "next"),
        (rf"(?P<n>{number})\s+(?P<unit>{units})s?\s+(?:ago|earlier today)", "ago"),
        (rf"for\s+(?:the|a)\s+(?P<nth>{ordinals})\s+(?:\w+\s+)?day(?:\s+(?:running|in a row))?", "nth_day"),
        (
            rf"(?:just\s+|only\s+)?(?P<n>{number})\s+(?P<unit>{units})s?\s+(?P<sign>after|later|before|earlier)"
            r"(?:\s+(?P<rest>.+))?",
            "offset",
        ),
        (rf"(?:has\s+lasted\s+)?{lasting}(?P<n>{number})[\s-]+(?P<unit>{units})s?(?:[\s-]+(?:old|long))?", "past"),
        (rf"(?P<counted>{counted})", "counted"),
        (rf"{overnight}", "overnight"),
        (rf"(?:later\s+|earlier\s+)?(?P<anaphor>{anaphors})", "anaphor"),
        (rf"{fuzzy}", "fuzzy"),
    )
    compiled = tuple((re.compile(pattern), name) for pattern, name in rules)
    return DayGrammar(compiled, re.compile(rf"\b{doubt}\b"), re.compile(_LEAD))
