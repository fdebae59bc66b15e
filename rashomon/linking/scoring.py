"""How much speaks for two claims being about one event: the points of data/linking.yaml for how they compare."""

from __future__ import annotations

from rashomon.linking.comparing import (
    APART,
    BOTH,
    ELSEWHERE,
    IN_A_PERIOD,
    LONG,
    OTHER,
    SAME,
    WITHIN,
    YES,
    Comparison,
    compare,
    compare_days,
    compare_places,
)
from rashomon.linking.facts import ClaimFacts
from rashomon.linking.rules import Rules
from rashomon.model import PlacePrecision, Status

_DEEDS = frozenset({Status.OCCURRED, Status.ONGOING})


def score(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int | None:
    """The points for a pair of claims, or None where they cannot be one event whatever else agrees.

    Points are hundredths of log-odds: at 0 it is as likely as not that a person would put the two together.
    """
    if not rules.may_be_one(a.type, b.type) or _another_speaker(a, b, rules) or _other_stage(a, b, rules):
        return None
    days = compare_days(a, b)
    if _plan_and_deed(a, b) or days.endswith(LONG):
        return None
    if a.report != b.report and a.statement and a.statement == b.statement:
        return rules.points.word_for_word.points
    if days.endswith(APART) or compare_places(a, b, rules) == ELSEWHERE:
        return None
    comparison = compare(a, b, rules)
    if _told_apart(comparison) or _part_of_a_total(a, b, comparison, rules):
        return None
    return points_of(comparison, rules)


def points_of(comparison: Comparison, rules: Rules) -> int:
    """The points for how two claims compare."""
    table = rules.points.within if comparison.within else rules.points.across
    total = table.begin + round(table.words * comparison.words) + round(table.quote * comparison.quote)
    for name, word in comparison.categories():
        total += table.fields.get(name, {}).get(word, 0)
    return total


def _told_apart(comparison: Comparison) -> bool:
    """Whether one report tells the two apart: by two places, or one speaker by two figures that exclude each other."""
    if not comparison.within or comparison.kind != SAME:
        return False
    two_places = comparison.narrow == BOTH and not comparison.places.startswith((SAME, WITHIN))
    return two_places or (comparison.told_apart == YES and comparison.figures == OTHER)


def _part_of_a_total(a: ClaimFacts, b: ClaimFacts, comparison: Comparison, rules: Rules) -> bool:
    """Whether one is the toll of a day and the other that of months or years."""
    return comparison.days == IN_A_PERIOD and not {a.type, b.type}.isdisjoint(rules.points.countrywide.types)


def _plan_and_deed(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether one is planned and the other done: stages of one operation are no one event."""
    return Status.PLANNED in (a.status, b.status) and not {a.status, b.status}.isdisjoint(_DEEDS)


def _another_speaker(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> bool:
    """Whether each tells of an act of somebody else: a demand of one and a demand of another."""
    return bool(a.type in rules.points.own_act and a.actors and b.actors and not a.actors.names & b.actors.names)


def _other_stage(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> bool:
    """Both tell how something stands in a whole country, as of days too far apart to be one account of it.

    The toll of a war grows from report to report; linked from one to the next, it would be one event over years.
    """
    wide = rules.points.countrywide
    if not {a.type, b.type} & wide.types or not (_is_countrywide(a) and _is_countrywide(b)):
        return False
    if a.copies == b.copies or (a.days is not None and a.days == b.days):
        return False
    first, second = (claim.days[1] if claim.days is not None else claim.published for claim in (a, b))
    return first is None or second is None or abs((first - second).days) > wide.within_days


def _is_countrywide(claim: ClaimFacts) -> bool:
    return all(place.precision is PlacePrecision.COUNTRY for place in claim.places)
