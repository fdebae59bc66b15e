"""Talks, offers, refusals, agreements, truces, evacuations -> deals: terms, deadlines, breaches, what came of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rashomon.knowledge.within import lies_in, place_key
from rashomon.ledgers.areas import Asked, named, one_place, places_of
from rashomon.ledgers.deal_terms import Deadline, Term, deadlines_of, terms_of
from rashomon.ledgers.joining import groups_of
from rashomon.ledgers.parties import Party, Who, share_party, share_side
from rashomon.ledgers.rules import DealRules, says_one_of
from rashomon.ledgers.told import Says, Telling, Told, says
from rashomon.model import Claim, PlacePrecision, PlaceResolution, PlaceRole, Status

_SIDES = 2


class Step(StrEnum):
    """What a claim of a deal is."""

    TALKS = "talks"
    OFFER = "offer"
    REJECTION = "rejection"
    AGREEMENT = "agreement"
    CEASEFIRE = "ceasefire"
    EVACUATION = "evacuation"
    HANDOVER = "handover"
    BREACH = "breach"
    STUCK = "stuck"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class Stage:
    """One event of a deal.

    Attributes:
        step: what it is: its type, or that it is a breach, stuck or resumed.
        statuses: how it stands, by all claims: agreed for later (planned), expected, gone on, over, denied.
        start, end: its days, or those on which it was told of where `dated` is false.
        place: where.
        parties: who takes part.
        claims: every claim of it.
    """

    step: Step
    event: str
    statuses: tuple[Status, ...]
    start: dt.date | None
    end: dt.date | None
    dated: bool
    place: str
    parties: tuple[str, ...]
    claims: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """What was talked about, agreed and carried out at one place between the same parties.

    Attributes:
        places: where. parties: who takes part. start, end: the first and the last day that is told of.
        reached: what is said of it in few words, by the claims: 'agreed', 'refused', 'broken', ...
        stages: its events by day. terms, deadlines: what it provides for, and by when.
        breaches: events in which a truce is said to be broken. carried_out, stuck: what became of it.
        heard_until: the last day of reports that tell of the place at all.
    """

    places: tuple[str, ...]
    parties: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    reached: tuple[str, ...]
    stages: tuple[Stage, ...]
    terms: tuple[Term, ...]
    deadlines: tuple[Deadline, ...]
    breaches: tuple[str, ...]
    carried_out: tuple[str, ...]
    stuck: tuple[str, ...]
    heard_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Deals:
    """The ledger of deals: by their first day. `heard_until` is the last day of all reports at hand."""

    rows: tuple[Deal, ...]
    heard_until: dt.date | None


@dataclass(frozen=True, slots=True)
class _Item:
    """One event of a deal, with its places and parties looked up once."""

    told: Told
    tellings: tuple[Telling, ...]
    places: tuple[PlaceResolution, ...]
    parties: tuple[Party, ...]
    when: tuple[dt.date, dt.date] | None

    @property
    def reports(self) -> set[str]:
        return {telling.claim.report for telling in self.tellings}


def deals(told: Sequence[Told], asked: Asked, who: Who) -> Deals:
    """The ledger of deals.

    Args:
        told: all events that are known.
        asked: which places to see, and the days of which a deal has at least one.
        who: looks up parties, and holds the rules.
    """
    rules = who.rules.deals
    items = [item for each in told if (item := _item(each, who)) is not None]
    items.sort(key=lambda item: (item.when or (dt.date.max, dt.date.max), item.told.event.id))
    by_report: dict[str, list[Telling]] = defaultdict(list)
    heard: dict[str, dt.date] = {}
    for each in told:
        for telling in each.tellings:
            by_report[telling.claim.report].append(telling)
            if telling.said is not None:
                for place in telling.places():
                    heard[place_key(place)] = max(telling.said, heard.get(place_key(place), telling.said))
    rows = []
    for group in _groups(items, rules):
        places = [place for item in group for place in item.places]
        row = _deal(group, by_report, heard, rules)
        if asked.covers_places(places) and asked.covers_days(_days(row)):
            rows.append(row)
    rows.sort(key=lambda row: (row.start or dt.date.max, row.places, row.stages[0].event))
    said = [t.said for each in told for t in each.tellings if t.said is not None]
    return Deals(tuple(rows), max(said, default=None))


def _days(row: Deal) -> tuple[dt.date, dt.date] | None:
    return (row.start, row.end or row.start) if row.start is not None else None


# --- which events are one deal ----------------------------------------------------------------------------------------


def _item(told: Told, who: Who) -> _Item | None:
    tellings = tuple(t for t in told.tellings if t.claim.type in who.rules.deals.types)
    if not tellings:
        return None
    # Of those who are moved, it is the place that they leave which the deal is about.
    at = [p for t in tellings for p in (t.places(PlaceRole.AT, PlaceRole.FROM) or t.places())]
    parties: dict[str, Party] = {}
    for telling in tellings:
        parties |= {party.name: party for party in who.parties(telling.claim.actors, telling.said)}
        # To whom something is done may be a thing: buses, a town, hope.
        others = who.parties(telling.claim.targets, telling.said)
        parties |= {party.name: party for party in others if party.somebody}
    return _Item(told, tellings, tuple(dict.fromkeys(at)), tuple(parties[n] for n in sorted(parties)), told.when)


def _groups(items: Sequence[_Item], rules: DealRules) -> list[list[_Item]]:
    """Events of one deal. One without a place goes to the deal that its report tells of nearest to it."""
    placed = [item for item in items if _narrow(item.places)]
    groups = groups_of(placed, lambda a, b: _soon(a, b, rules), lambda a, b: _one_place(a, b, rules))
    rest = []
    for item in items:
        if _narrow(item.places):
            continue
        near = [
            (_apart(item, other), n)
            for n, group in enumerate(groups)
            for other in group
            if _told_with(item, other, rules)
        ]
        if near:
            groups[min(near)[1]].append(item)
        else:
            rest.append(item)
    return groups + groups_of(rest, lambda a, b: _soon(a, b, rules), _one_process)


def _one_place(a: _Item, b: _Item, rules: DealRules) -> bool:
    """Whether two events are of one deal: at one place, between parties of the same sides as far as they are named."""
    if not any(_same_place(p, q, rules) for p in _narrow(a.places) for q in _narrow(b.places)):
        return False
    named_in_both = all(any(not party.nameless for party in item.parties) for item in (a, b))
    return share_side(a.parties, b.parties) if named_in_both else True


def _told_with(item: _Item, placed: _Item, rules: DealRules) -> bool:
    """Whether one report tells of both, with a party in common, or of an event that names nobody."""
    if not item.reports & placed.reports or not _soon(item, placed, rules):
        return False
    named_here = any(not party.nameless for party in item.parties)
    return not named_here or share_party(item.parties, placed.parties) is not None


def _apart(a: _Item, b: _Item) -> int:
    """Characters between the nearest claims of two events in one report."""
    return min(
        max(x.claim.span.start - y.claim.span.end, y.claim.span.start - x.claim.span.end, 0)
        for x in a.tellings
        for y in b.tellings
        if x.claim.report == y.claim.report
    )


def _one_process(a: _Item, b: _Item) -> bool:
    """Whether two events without a place narrower than a country are of one process: two parties are the same."""
    both = {p.name for p in a.parties if not p.nameless} & {p.name for p in b.parties if not p.nameless}
    countries = {place_key(p) for p in a.places}, {place_key(p) for p in b.places}
    return len(both) >= _SIDES and (not countries[0] or not countries[1] or bool(countries[0] & countries[1]))


def _soon(a: _Item, b: _Item, rules: DealRules) -> bool:
    if a.when is None or b.when is None:
        return bool(a.reports & b.reports)
    gap = max(a.when[0], b.when[0]) - min(a.when[1], b.when[1])
    return gap.days <= rules.gap_days


def _narrow(places: Sequence[PlaceResolution]) -> list[PlaceResolution]:
    """The places narrower than a governorate, or else the governorates; countries are too wide to tell deals apart."""
    within = [place for place in places if place.precision is not PlacePrecision.COUNTRY]
    return [place for place in within if place.precision is not PlacePrecision.GOVERNORATE] or within


def _same_place(a: PlaceResolution, b: PlaceResolution, rules: DealRules) -> bool:
    if one_place(a, b, rules.near_km):
        return True
    return any(
        outer.precision is PlacePrecision.DISTRICT
        and inner.precision is not PlacePrecision.GOVERNORATE
        and lies_in(inner, outer, rules.area_km)
        for outer, inner in ((a, b), (b, a))
    )


# --- what a deal says -------------------------------------------------------------------------------------------------


def _deal(
    items: Sequence[_Item], by_report: Mapping[str, Sequence[Telling]], heard: Mapping[str, dt.date], rules: DealRules
) -> Deal:
    stages = [stage for item in items for stage in _stages(item, rules)]
    stages.sort(key=lambda s: (s.start or dt.date.max, list(Step).index(s.step), s.event))
    tellings = [t for item in items for t in item.tellings]
    keys = {place_key(place) for item in items for place in item.places}
    starts = [item.when[0] for item in items if item.when is not None]
    ends = [item.when[1] for item in items if item.when is not None]
    parties = {party.name for item in items for party in item.parties}
    happened = [stage for stage in stages if _has_happened(stage)]
    return Deal(
        places=tuple(sorted({named(place) for item in items for place in item.places})),
        parties=tuple(sorted(parties)),
        start=min(starts, default=None),
        end=max(ends, default=None),
        reached=_reached(stages),
        stages=tuple(stages),
        terms=tuple(terms_of(tellings, by_report, rules)),
        deadlines=tuple(deadlines_of(tellings)),
        breaches=tuple(stage.event for stage in happened if stage.step is Step.BREACH),
        carried_out=tuple(stage.event for stage in stages if _is_over(stage) and stage.step.value in rules.carried_out),
        stuck=tuple(stage.event for stage in happened if stage.step is Step.STUCK),
        heard_until=max((heard[key] for key in keys if key in heard), default=None),
    )


def _is_over(stage: Stage) -> bool:
    return Status.OCCURRED in stage.statuses


def _has_happened(stage: Stage) -> bool:
    return bool({Status.OCCURRED, Status.ONGOING} & set(stage.statuses))


def _stages(item: _Item, rules: DealRules) -> list[Stage]:
    """The event as one stage for each thing that its claims say it is."""
    apart: dict[Step, list[Telling]] = defaultdict(list)
    for telling in item.tellings:
        apart[_step(telling, rules)].append(telling)
    stages = []
    for step, own in apart.items():
        days = [t.days for t in own if t.days is not None]
        said = [(t.said, t.said) for t in own if t.said is not None]
        when = days or said
        given = {t.claim.status for t in own}
        places = [place for t in own for place in places_of([t])]
        stages.append(
            Stage(
                step=step,
                event=item.told.event.id,
                statuses=tuple(status for status in Status if status in given),
                start=min((d[0] for d in when), default=None),
                end=max((d[1] for d in when), default=None),
                dated=bool(days),
                place="; ".join(dict.fromkeys(place.name for place in places)),
                parties=tuple(party.name for party in item.parties),
                claims=says(own),
            )
        )
    return stages


def _step(telling: Telling, rules: DealRules) -> Step:
    """What a claim says: a truce that is broken is a breach only where the claim says so; an attack is none."""
    claim = telling.claim
    if telling.happened:
        if claim.type == Step.CEASEFIRE and says_one_of(_around(claim, rules.broken_characters), rules.broken):
            return Step.BREACH
        # That fire halts is the truce itself, not what stands in its way.
        is_truce = claim.type == Step.CEASEFIRE and says_one_of(claim.trigger, rules.fire_stops)
        if says_one_of(claim.trigger, rules.stuck) and not is_truce:
            return Step.STUCK
        if says_one_of(claim.trigger, rules.resumed):
            return Step.RESUMED
    return Step(claim.type)


def _around(claim: Claim, characters: int) -> str:
    """The words that name the truce with those next to them: 'breached the [truce]', 'the [truce] was violated'."""
    start = claim.trigger_span.start - claim.span.start
    end = start + len(claim.trigger)
    if claim.quote[start:end] != claim.trigger:
        return claim.trigger
    before, after = claim.quote[max(0, start - characters) : start], claim.quote[end : end + characters]
    return " ".join(
        [before.partition(" ")[2] if start > characters else before, claim.trigger, after.rpartition(" ")[0]]
    )


_REACHED = {
    Step.TALKS: "talks",
    Step.OFFER: "offered",
    Step.REJECTION: "refused",
    Step.AGREEMENT: "agreed",
    Step.CEASEFIRE: "truce",
    Step.EVACUATION: "evacuation carried out or under way",
    Step.HANDOVER: "handed over",
    Step.BREACH: "said to be broken",
    Step.STUCK: "said to be stuck",
    Step.RESUMED: "resumed",
}


def _reached(stages: Sequence[Stage]) -> tuple[str, ...]:
    """What is said of the deal, in order; what is only planned, expected or denied says so."""
    found: dict[str, None] = {}
    for stage in stages:
        words = _REACHED[stage.step]
        if _has_happened(stage):
            found[words] = None
        elif Status.PLANNED in stage.statuses:
            found[f"{stage.step.value} planned"] = None
        elif Status.POSSIBLE in stage.statuses:
            found[f"{stage.step.value} expected"] = None
        if Status.DENIED in stage.statuses:
            found[f"{stage.step.value} denied"] = None
    return tuple(found)
