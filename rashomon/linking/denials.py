"""A denial often names neither place nor day: it is taken to be about those that its report speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rashomon.linking.facts import ClaimFacts, Days, PlaceFact
from rashomon.linking.rules import Rules
from rashomon.model import PlacePrecision, Status


def placed(facts: Sequence[ClaimFacts], rules: Rules) -> list[ClaimFacts]:
    """The same facts, where denials without a place or day have those of what they may deny in their own report.

    Only where the report's other claims that can be about the same event agree on one place, and on one day there.
    """
    of_report: dict[str, list[ClaimFacts]] = defaultdict(list)
    for claim in facts:
        if claim.status is not Status.DENIED:
            of_report[claim.report].append(claim)
    return [_placed(claim, of_report[claim.report], rules) for claim in facts]


def _placed(claim: ClaimFacts, others: Sequence[ClaimFacts], rules: Rules) -> ClaimFacts:
    if claim.status is not Status.DENIED or (claim.places and claim.days is not None):
        return claim
    denied = [other for other in others if _may_be_denied(other, claim, rules)]
    known = {place.gazetteer_id or place.key: place for other in denied for place in other.places if _tells(place)}
    if len(known) != 1:
        return claim
    days: set[Days] = {other.days for other in denied if other.days is not None and any(map(_tells, other.places))}
    return replace(
        claim,
        places=claim.places or tuple(known.values()),
        days=claim.days or (min(days) if len(days) == 1 else None),
    )


def _may_be_denied(deed: ClaimFacts, denial: ClaimFacts, rules: Rules) -> bool:
    """Of a type that can be one event with it, by nobody else and to nobody else, at no other place and day."""
    return (
        rules.may_be_one(deed.type, denial.type)
        and not deed.actors.exclude(denial.actors)
        and not deed.targets.exclude(denial.targets)
        and (not denial.places or any(place in deed.places for place in denial.places))
        and (denial.days is None or deed.days in (None, denial.days))
    )


def _tells(place: PlaceFact) -> bool:
    return place.precision is not PlacePrecision.COUNTRY
