"""What one claim of a report says of where and when, others of it that are about the same event need not say again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from rashomon.linking.clustering import cluster
from rashomon.linking.facts import ClaimFacts, Days, PlaceFact
from rashomon.linking.rules import Rules
from rashomon.linking.scoring import Scoring
from rashomon.model import PlacePrecision

_WIDTH = {precision: width for width, precision in enumerate(PlacePrecision)}
_LENT = 2  # places


def lent(facts: Sequence[ClaimFacts], rules: Rules) -> list[ClaimFacts]:
    """The same facts, where claims without a place or day have those of what their own report says of the event.

    'The strike hit a clinic in X on Monday. Eighteen trucks were destroyed': the second is compared with other reports
    as if it named X and Monday, if the two are linked within the report.

    Args:
        facts: claims of any reports.
        rules: the points within a report.
    """
    found = list(facts)
    scoring = Scoring(facts, rules)
    by_report: defaultdict[str, list[int]] = defaultdict(list)
    for n, claim in enumerate(facts):
        by_report[claim.report].append(n)
    for numbers in by_report.values():
        scored = [(i, j, scoring.score(i, j)) for i, j in combinations(numbers, 2)]
        for group in cluster(numbers, scored, rules.points.in_a_report).groups:
            if len(group) > 1:
                for n, claim in zip(group, _shared([facts[n] for n in group]), strict=True):
                    found[n] = claim
    return found


def _shared(told: Sequence[ClaimFacts]) -> list[ClaimFacts]:
    """Claims on one event, each with the others' most exact places and shortest days where it has none."""
    places = dict.fromkeys(place for claim in told for place in claim.places)
    exact = tuple(sorted(places, key=_width)[:_LENT])
    days = min((claim.days for claim in told if claim.days is not None), key=_span, default=None)
    return [replace(claim, places=claim.places or exact, days=claim.days or days) for claim in told]


def _width(place: PlaceFact) -> tuple[int, str, str]:
    return _WIDTH.get(place.precision, 2) if place.precision else 2, place.gazetteer_id or "", place.key


def _span(days: Days) -> tuple[int, Days]:
    return (days[1] - days[0]).days, days
