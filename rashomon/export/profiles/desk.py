"""A text on the desk of whoever looks for names in it: its words, what explains each, and which belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from rashomon.export.profiles.words import Cut, Token


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a text.

    Attributes:
        places: folded names that stand for places there, as claims of the same report were resolved.
        private: words of private names that were found elsewhere in the same report, in small letters.
        secrets: folded names of places that must not be told.
        coarse: whether no place closer than a governorate may be told, be it a secret or not.
        small: whether words in small letters that nothing explains are names too, as in a text without any capital.
        strict: whether not even an ordinary word with a capital is kept, as where a person is sure to be named.
    """

    places: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    coarse: bool = False
    strict: bool = False
    small: bool = False


NOTHING_KNOWN = Context()


class Kind(Enum):
    """What explains a word with a capital."""

    NAME = auto()  # nothing does
    ORDINARY = auto()
    ACTOR = auto()
    ACTOR_PHRASE = auto()  # one of several words
    PLACE = auto()
    KEPT = auto()
    TITLE = auto()
    BODY = auto()
    FUNCTION = auto()


WORDS_OF_A_NAME = frozenset({Kind.NAME, Kind.ORDINARY, Kind.ACTOR, Kind.PLACE})
EXPLAINING = frozenset({Kind.ACTOR, Kind.ACTOR_PHRASE, Kind.PLACE, Kind.KEPT, Kind.BODY})


@dataclass(slots=True)
class Desk:
    """A text on the desk."""

    text: str
    tokens: list[Token]
    context: Context
    kinds: dict[int, Kind] = field(default_factory=dict)
    guarded: frozenset[int] = frozenset()
    cuts: list[Cut] = field(default_factory=list)
    private: set[str] = field(default_factory=set)


def covered(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the words that lie in one of `spans`, or reach into it."""
    found = list(spans)
    return frozenset(n for n, t in enumerate(tokens) if any(start < t.end and t.start < end for start, end in found))


def runs(desk: Desk, within: frozenset[str]) -> list[list[int]]:
    """Words with capitals that follow one another, with nothing between them but what may stand within a name."""
    found: list[list[int]] = []
    last: int | None = None
    for n, token in enumerate(desk.tokens):
        if n not in desk.kinds or not token.word or not token.capital:
            continue
        if last is not None and _joins(desk.tokens[last : n + 1], within):
            found[-1].append(n)
        else:
            found.append([n])
        last = n
    return found


def _joins(tokens: Sequence[Token], within: frozenset[str]) -> bool:
    """Whether the first and the last of `tokens` may be words of one name."""
    between = tokens[1:-1]
    if any(not (t.small in within or t.text in "-'’‘`\"“”." or t.text in ("'s", "’s")) for t in between):
        return False
    stops = sum(t.text == "." for t in between)
    return not stops or len(tokens[0].text) <= 3 or not tokens[-1].starts


def one_name(tokens: Sequence[Token], within: frozenset[str]) -> bool:
    """Whether tokens are words with capitals, articles and hyphens alone."""
    return all((t.word and t.capital) or t.small in within or t.text in "-'’‘`" for t in tokens)


def stretches(run: Sequence[int], out: set[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of a run that is left out."""
    first: int | None = None
    for place, n in enumerate(run):
        if n in out and first is None:
            first = n
        if first is not None and (n not in out or place + 1 == len(run)):
            yield first, n if n in out else run[place - 1]
            first = None


def with_particles(tokens: Sequence[Token], first: int, within: frozenset[str]) -> int:
    """Where a name begins with the article or the 'abu' before it."""
    while first and (tokens[first - 1].text == "-" or tokens[first - 1].small in within):
        if tokens[first - 1].text == "-" and (first < 2 or tokens[first - 2].small not in within):
            break
        first -= 1
    return tokens[first].start
