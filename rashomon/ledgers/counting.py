"""Named rules by which the figures of several accounts of one event become one figure, to be compared side by side.

No rule is the right one. Each takes the figures of those claims that say that something happened or goes on, and says
what it was taken from.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from rashomon.errors import InputError
from rashomon.knowledge.romanise import fold_words
from rashomon.ledgers.figures import Range, size, spread
from rashomon.ledgers.rules import CasualtyRules
from rashomon.ledgers.told import Telling
from rashomon.model import Measure

SIDE = "side:"
_TWO = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """What one claim says: the range, the words for it, and whose word it is."""

    told: Range
    text: str
    telling: Telling


type Count = Callable[[Sequence[Figure]], Range | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A counting rule.

    Attributes:
        name: as a user types it. about: one sentence for readers.
        count: the figures of one event -> what it counts there, or None where it counts nothing.
        measures: what it counts at all; the data sets that it follows have no other.
        whole: it counts only events with a day, a place and a doer, as the data set that it follows does.
    """

    name: str
    about: str
    count: Count
    measures: frozenset[Measure]
    whole: bool = False


ALL_MEASURES = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING})
_DEATHS = frozenset({Measure.KILLED})


def counting_rules(rules: CasualtyRules, sides: Iterable[str]) -> tuple[Rule, ...]:
    """All rules, in the order in which they are shown; one for each of the sides at the end."""
    return (
        Rule("range", "from the lowest to the highest figure that anybody gives", _range, ALL_MEASURES),
        Rule("lowest", "the lowest figure that anybody gives", _lowest, ALL_MEASURES),
        Rule(
            "acled",
            "as ACLED: the most conservative number, vague words as ACLED's number for them; deaths only",
            partial(_acled, rules),
            _DEATHS,
        ),
        Rule("ucdp-low", "as UCDP's low: the lowest number; as for ucdp-best", _low, _DEATHS, True),
        Rule(
            "ucdp-best",
            "after UCDP's best: the figure that most origins give, the lowest of several; only deaths with a day, a "
            "place and a doer. UCDP's coders weigh how far a source is to be trusted; this program does not",
            _best,
            _DEATHS,
            True,
        ),
        Rule("ucdp-high", "as UCDP's high: the highest figure; as for ucdp-best", _high, _DEATHS, True),
        Rule(
            "two-origins",
            "the highest figure that two independent origins or more support; what only one tells of is left out",
            _two_origins,
            ALL_MEASURES,
        ),
        *(side_rule(side) for side in sorted(set(sides) - {""})),
    )


def side_rule(side: str) -> Rule:
    """What the word of one side says: the range of its own figures."""
    return Rule(SIDE + side, f"what those say whose word counts under {side}", partial(_of_side, side), ALL_MEASURES)


def chosen(names: Sequence[str], every: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules of these names, or all where none is named; a side may be told by a part of its name.

    Raises:
        InputError: there is no such rule.
    """
    found: dict[str, Rule] = {}
    for name in names:
        meant = [rule for rule in every if rule.name == name] or _sides_of(name, every)
        if len(meant) != 1:
            listed = ", ".join(rule.name for rule in meant or every)
            what = f"several counting rules are {name!r}" if meant else f"no counting rule {name!r} here"
            raise InputError(what, remedy=f"Choose one of: {listed}")
        found[meant[0].name] = meant[0]
    return tuple(found.values()) or tuple(every)


def _sides_of(name: str, every: Sequence[Rule]) -> list[Rule]:
    """The rules of sides that have all of these words in their name; none where no word is given."""
    wanted = " ".join(fold_words(name.removeprefix(SIDE))) if name.startswith(SIDE) else ""
    sides = [rule for rule in every if rule.name.startswith(SIDE)]
    return [rule for rule in sides if wanted and wanted in " ".join(fold_words(rule.name.removeprefix(SIDE)))]


def number(told: Range) -> int:
    """A range as one conservative number: its lower end, or where that is open the upper one."""
    return told.minimum if told.minimum is not None else told.maximum or 0


def _range(figures: Sequence[Figure]) -> Range | None:
    return spread(figure.told for figure in figures)


def _lowest(figures: Sequence[Figure]) -> Range | None:
    return min((figure.told for figure in figures), key=_order, default=None)


def _order(told: Range) -> tuple[float, float]:
    return (number(told), math.inf if told.maximum is None else told.maximum)


def _low(figures: Sequence[Figure]) -> Range | None:
    lowest = min((number(figure.told) for figure in figures), default=None)
    return None if lowest is None else Range(lowest, lowest)


def _high(figures: Sequence[Figure]) -> Range | None:
    if not figures:
        return None
    highest = max(max(figure.told.minimum or 0, figure.told.maximum or 0) for figure in figures)
    return Range(highest, None if any(figure.told.maximum is None for figure in figures) else highest)


def _best(figures: Sequence[Figure]) -> Range | None:
    behind: dict[Range, set[str]] = defaultdict(set)
    for figure in figures:
        behind[figure.told].add(figure.telling.whose.origin)
    return min(behind, key=lambda told: (-len(behind[told]), _order(told)), default=None)


def _acled(rules: CasualtyRules, figures: Sequence[Figure]) -> Range | None:
    lowest = min((_acled_number(figure, rules) for figure in figures), default=None)
    return None if lowest is None else Range(lowest, lowest)


def _acled_number(figure: Figure, rules: CasualtyRules) -> int:
    """A figure that is one vague word counts as ACLED's number for it; any other as its lower end."""
    words = figure.text.casefold().split()
    vague = [rules.acled_words[word] for word in words if word in rules.acled_words]
    if figure.told.maximum is None and len(vague) == 1 and not any(word[0].isdigit() for word in words):
        return vague[0]
    return number(figure.told)


def _two_origins(figures: Sequence[Figure]) -> Range | None:
    """A figure is supported by every origin of which some figure can be the same number."""
    supported = []
    for told in {figure.told for figure in figures}:
        behind = {figure.telling.whose.origin for figure in figures if figure.told.meets(told)}
        if len(behind) >= _TWO:
            supported.append(told)
    return max(supported, key=lambda told: (size(told), _order(told)), default=None)


def _of_side(side: str, figures: Sequence[Figure]) -> Range | None:
    return spread(figure.told for figure in figures if figure.telling.whose.side == side)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one measure over events under one rule.

    Attributes:
        minimum: the sum of the lower ends; where one is open it adds nothing, as a count is never below nothing.
        maximum: the sum of the upper ends, or None as soon as one is open.
        events: how many events it counts.
        left_out: how many events tell of this measure and are not counted under the rule.
        open_below, open_above: how many of the counted have such an open end.
    """

    rule: str
    measure: Measure
    minimum: int
    maximum: int | None
    events: int
    left_out: int
    open_below: int
    open_above: int


def total(rule: str, measure: Measure, counts: Sequence[Range | None]) -> Total:
    """The sum of what a rule counts of several events; None is an event that it does not count."""
    counted = [one for one in counts if one is not None]
    ends = [one.maximum for one in counted]
    known = [end for end in ends if end is not None]
    return Total(
        rule=rule,
        measure=measure,
        minimum=sum(one.minimum or 0 for one in counted),
        maximum=sum(known) if len(known) == len(ends) else None,
        events=len(counted),
        left_out=len(counts) - len(counted),
        open_below=sum(one.minimum is None for one in counted),
        open_above=len(ends) - len(known),
    )
