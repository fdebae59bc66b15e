"""How much speaks for two claims being about one event, in the points of data/linking.yaml."""

from __future__ import annotations

import math
from collections.abc import Callable

from rashomon.linking.facts import KM_PER_DEGREE, ClaimFacts, Days, Figure, People, PlaceFact
from rashomon.linking.rules import Points, Rules
from rashomon.model import PlacePrecision, PlaceRole, Status

_ROLES = tuple(PlaceRole)
_WIDTH = {precision: width for width, precision in enumerate(PlacePrecision)}
_DEEDS = (Status.OCCURRED, Status.ONGOING)
_DISTRICT_KM = 30
_NIGHT = 2  # days: what happens overnight has two


def score(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int | None:
    """The points for a pair of claims, or None where they cannot be one event whatever else agrees."""
    total = rules.of_types(a.type, b.type)
    if total is None or _other_stage(a, b, rules):
        return None
    if a.report != b.report and a.statement and a.statement == b.statement:
        return rules.points.word_for_word.points
    for compare in _COMPARISONS:
        points = compare(a, b, rules)
        if points is None:
            return None
        total += points
    return total


# --- places ---------------------------------------------------------------------------------------------------------


def _places(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int | None:
    """Places of one role are compared; None where they lie apart in any role."""
    points = rules.points.places
    if not a.places or not b.places:
        return points.one_missing if a.places or b.places else points.both_missing
    if len(a.places) == len(b.places) == 1 and a.places[0].role is b.places[0].role:
        return _two_places(a.places[0], b.places[0], rules)
    found: list[int] = []
    for role in _ROLES:
        here = [place for place in a.places if place.role is role]
        there = [place for place in b.places if place.role is role]
        if here and there:
            best = _best(here, there, rules)
            if best is None:
                return None
            found.append(best)
    if found:
        return min(found)
    best = _best(list(a.places), list(b.places), rules)
    return points.other_name if best is None else min(best, points.near)


def _best(here: list[PlaceFact], there: list[PlaceFact], rules: Rules) -> int | None:
    """The points of the pair of places that agrees best."""
    points = [p for one in here for other in there if (p := _two_places(one, other, rules)) is not None]
    return max(points, default=None)


def _two_places(a: PlaceFact, b: PlaceFact, rules: Rules) -> int | None:
    points = rules.points.places
    located = a.lat is not None and b.lat is not None
    if a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id:
        return points.same.of(_wider(a, b))
    if a.key == b.key and (not located or a.precision == b.precision) and _may_be_one(a, b, rules):
        return points.same.of(_wider(a, b))
    for inner, outer in ((a, b), (b, a)):
        if _lies_in(inner, outer):
            return points.within.of(outer.precision)
    if not located:
        return points.perhaps_within if _may_lie_in(a, b) or _may_lie_in(b, a) else points.other_name
    if a.is_area or b.is_area:
        return None
    return points.near if distance_km(a, b) <= points.near_km else None


def _may_be_one(a: PlaceFact, b: PlaceFact, rules: Rules) -> bool:
    """Two villages of one name lie apart: the name alone is only enough where nothing says otherwise."""
    return a.lat is None or b.lat is None or distance_km(a, b) <= rules.points.places.near_km


def _wider(a: PlaceFact, b: PlaceFact) -> PlacePrecision | None:
    if a.precision is None or b.precision is None:
        return a.precision or b.precision
    return a.precision if _WIDTH[a.precision] >= _WIDTH[b.precision] else b.precision


def _lies_in(inner: PlaceFact, outer: PlaceFact) -> bool:
    if outer.precision is PlacePrecision.COUNTRY:
        return outer.country is not None and inner.country == outer.country
    if outer.precision is PlacePrecision.GOVERNORATE:
        return inner.adm1 is not None and inner.adm1 in (outer.adm1, outer.key)
    if outer.precision is PlacePrecision.DISTRICT and inner.lat is not None and outer.lat is not None:
        return not inner.is_area and distance_km(inner, outer) <= _DISTRICT_KM
    return outer.precision is None and inner.adm1 is not None and inner.adm1 == outer.key


def _may_lie_in(inner: PlaceFact, outer: PlaceFact) -> bool:
    """A place that nobody located, and a region of its governorate."""
    return inner.lat is None and outer.is_area and outer.adm1 is not None and inner.adm1 == outer.adm1


def distance_km(a: PlaceFact, b: PlaceFact) -> float:
    """Kilometres between two located places; on the short distances that count here the earth is flat."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(a.lat - b.lat, east) * KM_PER_DEGREE


# --- days -----------------------------------------------------------------------------------------------------------


def _days(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int | None:
    points = rules.points.days
    if a.days is not None and b.days is not None:
        return _two_stretches(a.days, b.days, rules)
    if a.days is not None:
        base, apart = points.one_unknown, _from_event_to_publication(a.days, a, b)
    elif b.days is not None:
        base, apart = points.one_unknown, _from_event_to_publication(b.days, b, a)
    else:
        base, apart = points.both_unknown, _between_publications(a, b)
    if apart is None:
        return base + points.no_publication
    return max(points.lowest, base + points.each_day * max(0, apart - 1))


def _two_stretches(a: Days, b: Days, rules: Rules) -> int | None:
    points = rules.points.days
    if a == b:
        return points.same
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    if shared < 0:
        return None
    shorter, longer = sorted(((a[1] - a[0]).days + 1, (b[1] - b[0]).days + 1))
    if longer > points.long >= shorter:
        return points.day_in_period
    if longer <= _NIGHT:
        return points.next
    return max(points.next if shared else 0, points.overlap * shared // (shorter + longer - shared))


def _between_publications(a: ClaimFacts, b: ClaimFacts) -> int | None:
    if a.copies == b.copies:
        return 0
    if a.published is None or b.published is None:
        return None
    return abs((a.published - b.published).days)


def _from_event_to_publication(days: Days, dated: ClaimFacts, undated: ClaimFacts) -> int | None:
    """Days between the known days of one claim and the publication of the other, which gives none."""
    if undated.published is None:
        return 0 if dated.copies == undated.copies else None
    return max(0, (undated.published - days[1]).days, (days[0] - undated.published).days)


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


# --- people, figures, status ----------------------------------------------------------------------------------------


def _actors(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int | None:
    """Sides dispute who did it, so another culprit only costs points; another speaker is another act of speech."""
    if a.type in rules.points.own_act and a.actors and b.actors and not a.actors.names & b.actors.names:
        return None
    return _two_parties(a.actors, b.actors, rules.points.actors)


def _targets(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int:
    return _two_parties(a.targets, b.targets, rules.points.targets)


def _two_parties(a: People, b: People, points: Points) -> int:
    if a.names & b.names:
        return points.same
    if a.part_of(b):
        return points.part
    return points.other if a.exclude(b) else 0


def _figures(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int:
    """The figure that agrees best speaks for the pair; tolls that differ are what sides dispute."""
    points = rules.points.quantities
    found = [_two_figures(x, y, rules) for x in a.figures for y in b.figures if x.measure == y.measure and x.of == y.of]
    if not found:
        found = [_two_figures(x, y, rules) for x in a.figures for y in b.figures if x.measure == y.measure]
        return max(found, default=0)
    return points.same if points.same in found else min(found)


def _two_figures(a: Figure, b: Figure, rules: Rules) -> int:
    points = rules.points.quantities
    if (a.low, a.high) == (b.low, b.high):
        return points.same
    low = max(a.low or 0, b.low or 0)
    high = min(math.inf if a.high is None else a.high, math.inf if b.high is None else b.high)
    if low <= high:
        return points.fits
    return points.near if low <= high * points.near_ratio else points.other


def _status(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int:
    """A denial contradicts nothing here: 'it did not happen' is about the same event."""
    points = rules.points.status
    if a.status is b.status:
        return points.same
    pair = {a.status, b.status}
    if Status.DENIED in pair and pair & set(_DEEDS):
        return points.denial
    if pair == set(_DEEDS):
        return points.going_on_and_over
    if not pair & set(_DEEDS):
        return 0
    if Status.PLANNED in pair:
        return points.plan_and_deed
    return points.chance_and_deed if Status.POSSIBLE in pair else 0


def _told_apart(a: ClaimFacts, b: ClaimFacts, rules: Rules) -> int | None:
    """Within one report: why a second claim was made at all."""
    if a.report != b.report or a.type != b.type or a.status is not b.status or a.voice != b.voice:
        return 0
    if a.type in rules.points.own_act or _figures(a, b, rules) == rules.points.quantities.other:
        return None
    return rules.points.told_apart


_COMPARISONS: tuple[Callable[[ClaimFacts, ClaimFacts, Rules], int | None], ...] = (
    _days,
    _places,
    _actors,
    _targets,
    _figures,
    _status,
    _told_apart,
)
