"""Events -> who is said to have been killed, wounded or missing, where, when and by whom; sums by named rules."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.knowledge.within import lies_in
from rashomon.ledgers.areas import Asked, named, places_of
from rashomon.ledgers.counting import ALL_MEASURES, Figure, Rule, Total, chosen, counting_rules, total
from rashomon.ledgers.figures import HAPPENED, Range, largest, size, spread
from rashomon.ledgers.parties import Who
from rashomon.ledgers.rules import CasualtyRules
from rashomon.ledgers.told import Days, Says, Telling, Told, by_saying, says
from rashomon.ledgers.totals import why_total
from rashomon.model import Measure, PlaceResolution, Quantity, Status

NOT_SAID = "not said"
BY = ("place", "day", "victims", "culprit")
_MEASURES = tuple(measure for measure in Measure if measure in ALL_MEASURES)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a rule counts of one event; None where it counts nothing."""

    rule: str
    count: Range | None


@dataclass(frozen=True, slots=True)
class Row:
    """One event and one measure.

    Attributes:
        start, end: its days, or those on which it was told of where `dated` is false.
        victims: the groups that claims say were hit. culprits: those whom they name as doing it.
        told: from the lowest to the highest figure, of claims that it happened; None where no such claim counts any.
        figures: each of these figures once, the smallest first.
        counts: what each rule counts.
        denied_by: outlets with a claim that it did not happen.
        origins: independent voices that give a figure. claims: every claim with a figure, denials and expectations too.
    """

    event: str
    type: str
    measure: Measure
    start: dt.date | None
    end: dt.date | None
    dated: bool
    place: str
    adm1: str
    victims: tuple[str, ...]
    culprits: tuple[str, ...]
    told: Range | None
    figures: tuple[Range, ...]
    counts: tuple[Counted, ...]
    denied_by: tuple[str, ...]
    origins: int
    claims: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The sums of all events with one place, day, victim group or alleged culprit."""

    by: str
    value: str
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A total that a report gives, beside the sum of the events told of for the same time, place and culprit.

    Attributes:
        why: why it is no event.
        place, start, end: as the first of its claims that says so has them.
        told: its figure. summed: the events' range, in the same measure; `events` says of how many.
        compared: in words, what was summed.
        origins: independent voices that give it. claims: every claim that gives it.
    """

    measure: Measure
    why: str
    place: str
    start: dt.date | None
    end: dt.date | None
    victims: tuple[str, ...]
    culprits: tuple[str, ...]
    told: Range
    status: Status
    summed: Total
    compared: str
    origins: int
    claims: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Casualties:
    """The ledger of casualties.

    Attributes:
        rules: the names of the rules with what they do.
        rows: events by day; totals: their sums under each rule; groups: the same apart by one thing.
        given: totals that reports give, in no sum.
        uncounted: events that are only planned, feared or denied: they count nothing.
    """

    rules: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    groups: tuple[Group, ...]
    given: tuple[Given, ...]
    uncounted: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One event and one measure, before it is a row; `figures` are those of claims that it happened."""

    told: Told
    measure: Measure
    tellings: tuple[Telling, ...]
    figures: tuple[Figure, ...]


def casualties(told: Sequence[Told], asked: Asked, who: Who, choose: Sequence[str] = (), by: str = "") -> Casualties:
    """The ledger of casualties.

    Args:
        told: all events that are known.
        asked: which place and days to see.
        who: looks up parties, and holds the rules.
        choose: names of counting rules; all where none are named.
        by: one of `BY`, to have the sums apart; nothing for none.

    Raises:
        InputError: there is no counting rule of a name.
    """
    own = who.rules.casualties
    cases = [case for each in told for case in _cases(each, own)]
    seen = [case for case in cases if asked.covers(case.told)]
    counted = [case for case in seen if case.figures]
    # Of all sides only those are shown that give a figure here; any can be asked for.
    giving = {f.telling.whose.side for case in counted for f in case.figures}
    sides = {t.whose.side for each in told for t in each.tellings} if choose else giving
    rules = chosen(choose, counting_rules(own, sides))
    given = [one for each in told for one in _given(each, cases, asked, who)]
    return Casualties(
        rules=tuple((rule.name, rule.about) for rule in rules),
        rows=tuple(sorted((_row(case, rules, who) for case in counted), key=_row_order)),
        totals=tuple(_totals(counted, rules, who)),
        groups=tuple(_groups(counted, rules, who, by)) if by else (),
        given=tuple(sorted(given, key=lambda g: (g.end or dt.date.max, g.measure.value, g.claims[0].claim))),
        uncounted=tuple(sorted((_row(case, rules, who) for case in seen if not case.figures), key=_row_order)),
    )


# --- what is an event, and what a total -------------------------------------------------------------------------------


def _cases(told: Told, rules: CasualtyRules) -> Iterator[_Case]:
    for measure in _MEASURES:
        tellings = tuple(t for t in told.tellings if _counts(t, measure) and not (t.happened and _why(t, told, rules)))
        if tellings:
            yield _Case(told, measure, tellings, tuple(_figures(tellings, measure)))


def _why(telling: Telling, told: Told, rules: CasualtyRules) -> str:
    return why_total(telling, told, ALL_MEASURES, rules)


def _counts(telling: Telling, measure: Measure) -> bool:
    return any(quantity.measure is measure for quantity in telling.claim.quantities)


def _figures(
    tellings: Iterable[Telling], measure: Measure, group: str = "", rules: CasualtyRules | None = None
) -> Iterator[Figure]:
    """The figure of each claim that something happened: its largest, or that of one group of victims."""
    for telling in tellings:
        found = [q for q in telling.claim.quantities if q.measure is measure and telling.happened]
        if group and rules is not None:
            found = [q for q in found if _group(q, telling, rules) == group]
        if found:
            top = largest(found)
            text = next(q.text for q in found if Range(q.minimum, q.maximum) == top)
            yield Figure(top, text, telling)


def _group(quantity: Quantity, telling: Telling, rules: CasualtyRules) -> str:
    """Who was hit: what is counted, or else those to whom it was done."""
    group = rules.group(quantity.of)
    if group is not None and group != rules.group(""):
        return group
    names = sorted({p.resolution.name if p.resolution is not None else p.mention.text for p in telling.claim.targets})
    return ", ".join(names) or (group if quantity.of.strip() and group else NOT_SAID)


# --- rows and sums ----------------------------------------------------------------------------------------------------


def _row(case: _Case, rules: Sequence[Rule], who: Who) -> Row:
    event, when = case.told.event, case.told.when
    return Row(
        event=event.id,
        type=event.type,
        measure=case.measure,
        start=when[0] if when else None,
        end=when[1] if when else None,
        dated=event.start is not None,
        place=event.place.name if event.place is not None else "",
        adm1=(event.place.adm1 or "") if event.place is not None else "",
        victims=_victims(case.tellings, case.measure, who.rules.casualties),
        culprits=_culprits(case.told.tellings, who),
        told=spread(figure.told for figure in case.figures),
        figures=tuple(sorted({figure.told for figure in case.figures}, key=lambda told: (size(told), str(told)))),
        counts=tuple(Counted(rule.name, _count(case, case.figures, rule, who)) for rule in rules),
        denied_by=tuple(sorted({t.whose.outlet for t in case.told.tellings if t.claim.status is Status.DENIED})),
        origins=len({figure.telling.whose.origin for figure in case.figures}),
        claims=says(case.tellings),
    )


def _row_order(row: Row) -> tuple[dt.date, str, str, str]:
    return (row.start or dt.date.max, row.place, row.event, row.measure.value)


def _count(case: _Case, figures: Sequence[Figure], rule: Rule, who: Who) -> Range | None:
    if case.measure not in rule.measures or (rule.whole and not _is_whole(case, who)):
        return None
    return rule.count(figures)


def _is_whole(case: _Case, who: Who) -> bool:
    """Whether it has a day, a place and somebody who does it."""
    event = case.told.event
    return event.start is not None and event.place is not None and bool(_culprits(case.told.tellings, who))


def _victims(tellings: Iterable[Telling], measure: Measure, rules: CasualtyRules) -> tuple[str, ...]:
    found = {_group(q, t, rules) for t in tellings for q in t.claim.quantities if q.measure is measure}
    return tuple(sorted(found))


def _culprits(tellings: Iterable[Telling], who: Who) -> tuple[str, ...]:
    """Those whom claims name as doing it; a claim that it did not happen names nobody."""
    found = {p.name for t in tellings if t.happened for p in who.parties(t.claim.actors, t.said)}
    return tuple(sorted(found))


def _totals(cases: Sequence[_Case], rules: Sequence[Rule], who: Who) -> Iterator[Total]:
    for measure in _MEASURES:
        of_measure = [case for case in cases if case.measure is measure]
        for rule in rules:
            if of_measure and measure in rule.measures:
                yield total(rule.name, measure, [_count(case, case.figures, rule, who) for case in of_measure])


def _groups(cases: Sequence[_Case], rules: Sequence[Rule], who: Who, by: str) -> Iterator[Group]:
    """Sums apart by one thing. Where claims dispute it (who was hit, who did it), each value has its own claims."""
    sorted_out: dict[str, list[tuple[_Case, tuple[Figure, ...]]]] = defaultdict(list)
    for case in cases:
        for value, figures in _apart(case, by, who).items():
            if figures:
                sorted_out[value].append((case, figures))
    for value in sorted(sorted_out):
        sums = []
        for measure in _MEASURES:
            some = [(case, figures) for case, figures in sorted_out[value] if case.measure is measure]
            sums += [
                total(rule.name, measure, [_count(case, figures, rule, who) for case, figures in some])
                for rule in rules
                if some and measure in rule.measures
            ]
        yield Group(by, value, tuple(sums))


def _apart(case: _Case, by: str, who: Who) -> Mapping[str, tuple[Figure, ...]]:
    event, rules = case.told.event, who.rules.casualties
    match by:
        case "victims":
            groups = _victims(case.tellings, case.measure, rules)
            return {g: tuple(_figures(case.tellings, case.measure, g, rules)) for g in groups}
        case "culprit":
            by_name: dict[str, list[Figure]] = defaultdict(list)
            for figure in case.figures:
                for name in _culprits([figure.telling], who) or (NOT_SAID,):
                    by_name[name].append(figure)
            return {name: tuple(figures) for name, figures in by_name.items()}
        case "day":
            days = event.start, event.end
            if days[0] is None:
                return {NOT_SAID: case.figures}
            return {str(days[0]) if days[1] in (None, days[0]) else f"{days[0]} to {days[1]}": case.figures}
        case _:
            return {named(event.place) or NOT_SAID: case.figures}


# --- totals that reports give -----------------------------------------------------------------------------------------


def _given(told: Told, cases: Sequence[_Case], asked: Asked, who: Who) -> Iterator[Given]:
    """The totals among the claims of an event, each beside the sum of events; one figure of several claims is one."""
    rules = who.rules.casualties
    found: dict[tuple[Measure, Range, Status], list[Telling]] = defaultdict(list)
    for telling in told.tellings:
        if not _why(telling, told, rules) or not asked.covers_days(telling.when):
            continue
        if not asked.covers_places(places_of([telling], told.event.place)):
            continue
        for measure in _MEASURES:
            counted = [q for q in telling.claim.quantities if q.measure is measure]
            if counted and telling.claim.status in HAPPENED:
                found[measure, largest(counted), telling.claim.status].append(telling)
    for (measure, figure, status), listed in found.items():
        tellings = sorted(listed, key=by_saying)
        first = tellings[0]
        place = next(iter(places_of(tellings)), told.event.place)
        culprits = _culprits(tellings, who)
        days = next((t.days for t in tellings if t.days is not None), (None, first.said))
        summed, words = _summed(cases, measure, place, days, culprits, who)
        yield Given(
            measure=measure,
            why=_why(first, told, rules),
            place=named(place),
            start=days[0],
            end=days[1],
            victims=_victims(tellings, measure, rules),
            culprits=culprits,
            told=figure,
            status=status,
            summed=summed,
            compared=words,
            origins=len({t.whose.origin for t in tellings}),
            claims=says(tellings),
        )


def _summed(
    cases: Sequence[_Case],
    measure: Measure,
    place: PlaceResolution | None,
    days: tuple[dt.date | None, dt.date | None],
    culprits: tuple[str, ...],
    who: Who,
) -> tuple[Total, str]:
    """The range of all events of the same time and place, laid to the same doer where the total names one."""
    some: list[Range | None] = []
    for case in cases:
        if case.measure is not measure or not case.figures or not _within(case.told.when, days):
            continue
        inner = case.told.event.place
        if place is not None and (inner is None or not lies_in(inner, place)):
            continue
        if culprits and not set(culprits) & set(_culprits(case.told.tellings, who)):
            continue
        some.append(spread(figure.told for figure in case.figures))
    parts = [f"events in {named(place)}" if place is not None else "events anywhere"]
    parts.append(f"from {days[0] or 'the first that is told of'} to {days[1] or 'the last that is told of'}")
    parts += [f"laid to {' or '.join(culprits)}"] if culprits else []
    return total("range", measure, some), " ".join(parts)


def _within(when: Days | None, days: tuple[dt.date | None, dt.date | None]) -> bool:
    if when is None:
        return False
    return (days[0] is None or when[0] >= days[0]) and (days[1] is None or when[1] <= days[1])
