"""How much speaks for two claims being about one event: the points of data/linking.yaml for how they compare."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from rashomon.linking.comparing import (
    APART,
    BOTH,
    ELSEWHERE,
    IN_A_PERIOD,
    LONG,
    NEAR,
    NEXT_DAY,
    OTHER,
    SAME,
    WITHIN,
    YES,
    Comparing,
    Comparison,
    Said,
    closest_figures,
    compare_days,
    far_apart,
)
from rashomon.linking.facts import ClaimFacts
from rashomon.linking.rules import Rules
from rashomon.model import PlacePrecision, Status

_PARTS = (slice(0, 6), slice(6, 12), slice(12, len(Said._fields)))  # each recurs often, all together seldom
_DEEDS = frozenset({Status.OCCURRED, Status.ONGOING})


class Scores:
    """Pairs of items with their points, many in little room; see `clustering.Scored`."""

    _NONE = -(2**31)

    def __init__(self) -> None:
        self._columns = array("i"), array("i"), array("i")

    def add(self, i: int, j: int, points: int | None) -> None:
        """One pair more."""
        first, second, third = self._columns
        first.append(i)
        second.append(j)
        third.append(self._NONE if points is None else points)

    def __len__(self) -> int:
        return len(self._columns[0])

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)

    def __iter__(self) -> Iterator[tuple[int, int, int | None]]:
        for i, j, points in zip(*self._columns, strict=True):
            yield i, j, None if points == self._NONE else points


class Scoring:
    """Scores pairs of one set of claims.

    Args:
        facts: the claims.
        rules: the points.
    """

    def __init__(self, facts: Sequence[ClaimFacts], rules: Rules) -> None:
        self._facts, self._rules = facts, rules
        self._comparing = Comparing(facts, rules)
        self._tables = {True: rules.points.within, False: rules.points.across}
        self._points: dict[tuple[bool, int, tuple[str, ...]], int] = {}

    def score(self, i: int, j: int) -> int | None:
        """The points for two claims, by number, or None where they cannot be one event whatever else agrees.

        Points are hundredths of log-odds: at 0 it is as likely as not that a person would put the two together.
        """
        a, b, rules = self._facts[i], self._facts[j], self._rules
        if _plan_and_deed(a, b) or not rules.may_be_one(a.type, b.type):
            return None
        if _another_speaker(a, b, rules) or _other_stage(a, b, rules):
            return None
        days = compare_days(a, b)
        if days.endswith(LONG) or _another_time(a, b, days, rules) or _told_before(a, b) or _told_before(b, a):
            return None
        if a.report != b.report and a.statement and a.statement == b.statement:
            return rules.points.word_for_word.points
        if days.endswith(APART) or self._comparing.places(i, j) == ELSEWHERE:
            return None
        comparison = self._comparing.compare(i, j)
        return rules.points.told_apart if _told_apart(comparison) else self.points_of(comparison)

    def compare(self, i: int, j: int) -> Comparison:
        """How two claims, by number, stand to one another, in words."""
        return self._comparing.compare(i, j)

    def points_of(self, comparison: Comparison) -> int:
        """The points for how two claims compare."""
        within, said, words, quote = comparison
        table = self._tables[within]
        points = table.begin + round(table.words * words) + round(table.quote * quote)
        every: tuple[str, ...] = tuple(said)
        for part in _PARTS:
            told = every[part]
            key = (within, part.start, told)
            known = self._points.get(key)
            if known is None:
                known = self._points[key] = sum(
                    table.fields.get(name, {}).get(word, 0) for name, word in zip(Said._fields[part], told, strict=True)
                )
            points += known
        return points


def _told_apart(comparison: Comparison) -> bool:
    """Whether one report tells the two apart: by two places, or one speaker by two figures that exclude each other."""
    said = comparison.said
    if not comparison.within or said.kind != SAME:
        return False
    two_places = said.narrow == BOTH and not said.places.startswith((SAME, WITHIN))
    return two_places or (said.told_apart == YES and said.figures == OTHER)


def _another_time(a: ClaimFacts, b: ClaimFacts, days: str, rules: Rules) -> bool:
    """Whether each is over in a day and the days differ, or one tells of many such days, or of their sum."""
    return days in (NEXT_DAY, IN_A_PERIOD) and not {a.type, b.type} <= rules.points.lasting


def _plan_and_deed(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether one is planned and the other done: stages of one operation are no one event."""
    return Status.PLANNED in (a.status, b.status) and not {a.status, b.status}.isdisjoint(_DEEDS)


def _another_speaker(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> bool:
    """Whether each tells of an act of somebody else, or towards somebody else: two demands of two parties."""
    if a.type not in rules.points.own_act:
        return False
    others = a.actors and b.actors and not a.actors.names & b.actors.names
    return bool(others or (a.type == b.type and a.targets.exclude(b.targets)))


def _other_stage(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> bool:
    """Both tell how something stands in a whole country, as of days or in figures too far apart to be one account.

    The toll of a war grows from report to report; linked from one to the next, it would be one event over years. And
    the twelve dead of one army are not the hundred thousands of the war.
    """
    wide = rules.points.countrywide
    if not {a.type, b.type} & wide.types or not (_is_countrywide(a) and _is_countrywide(b)):
        return False
    if far_apart(a.figures, b.figures, wide.times):
        return True
    if a.copies == b.copies or (a.days is not None and a.days == b.days and not _other_figures(a, b, rules)):
        return False
    if a.days == b.days:
        first, second = a.published, b.published
        return first is not None and second is not None and abs((first - second).days) > wide.within_days
    first, second = (claim.days[1] if claim.days is not None else claim.published for claim in (a, b))
    return first is None or second is None or abs((first - second).days) > wide.within_days


def _other_figures(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> bool:
    closest = closest_figures(a.figures, b.figures, rules)
    return closest is not None and closest[2] in (OTHER, NEAR)


def _told_before(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether one report came out before what the other tells has happened; a day is left for other clocks."""
    if a.days is not None or b.days is None or a.published is None or not {a.status, b.status} <= _DEEDS:
        return False
    return (b.days[0] - a.published).days > 1


def _is_countrywide(claim: ClaimFacts) -> bool:
    return all(place.precision is PlacePrecision.COUNTRY for place in claim.places)
