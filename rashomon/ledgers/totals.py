"""Which figures are totals that a report gives: they may count what events count already, and are added to nothing."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from rashomon.ledgers.rules import TotalRules
from rashomon.ledgers.told import Telling, Told
from rashomon.model import Measure, PlacePrecision, Status


def why_total(telling: Telling, told: Told, measures: AbstractSet[Measure], rules: TotalRules) -> str:
    """Why a claim's figure is a total that a report gives, and not that of an event, in words; nothing where it is not.

    Args:
        telling: the claim.
        told: its event, of whose place a claim is taken to be that names none.
        measures: what is counted; a claim without a figure of these gives no total.
        rules: of the ledger.
    """
    figures = [q.minimum or q.maximum or 0 for q in telling.claim.quantities if q.measure in measures]
    if not figures:
        return ""
    days = telling.days
    if days is not None and (days[1] - days[0]).days >= rules.long_days:
        return f"it runs over {(days[1] - days[0]).days + 1} days"
    if rules.many is not None and max(figures) >= rules.many:
        return f"it counts {rules.many} or more"
    if days is None and telling.claim.status is Status.ONGOING:
        return "it still grows, and no days are given"
    places = telling.places() or ([told.event.place] if told.event.place is not None else [])
    countrywide = all(place.precision is PlacePrecision.COUNTRY for place in places)
    if countrywide and days is None:
        return "it is about a whole country and gives no day" if places else "it gives no place and no day"
    if telling.claim.type not in rules.totals:
        return ""
    if not places:
        return "it is about no named place"
    if all(place.precision in rules.wide for place in places):
        return f"it is about a whole {'country' if countrywide else 'governorate'}"
    return ""
