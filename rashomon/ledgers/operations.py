"""Plans -> what is told of them later: begun, halted, done. Which claim is a stage of which plan is a reading."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rashomon.knowledge.within import kilometres, lies_in, place_key
from rashomon.ledgers.areas import Asked, named, one_place, places_of
from rashomon.ledgers.joining import groups_of
from rashomon.ledgers.parties import Party, Who, share_party
from rashomon.ledgers.rules import Kind, OperationRules, says_one_of
from rashomon.ledgers.told import Says, Telling, Told, by_saying, says
from rashomon.model import PlacePrecision, PlaceResolution, Status

_PLANS = frozenset({Status.PLANNED, Status.POSSIBLE})
_AREAS = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE)


class Fate(StrEnum):
    """What is told of a plan, in the order in which it counts."""

    DONE = "done"
    HALTED = "halted"
    BEGUN = "begun"
    NOTHING = "nothing heard"


@dataclass(frozen=True, slots=True)
class Stage:
    """What is told later that is read as a stage of a plan.

    Attributes:
        fate: what it is read as.
        day: the first day of it. days_after: days since the plan was first told of; None where that day is unknown.
        why: in plain words, what it has in common with the plan.
        claims: every claim that is read so.
    """

    fate: Fate
    day: dt.date
    days_after: int | None
    why: str
    claims: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One plan.

    Attributes:
        kind: the kind of plan, of ledgers.yaml.
        types: the types of its claims. expected: only said to be possible, by nobody said to be prepared.
        place: where, with the governorate; nothing where no claim says.
        doers: whose plan it is. announcers: who told of it: the independent voices.
        announced, last_announced: the days on which it was first and last told of; None where no report has a day.
        planned_for: the days for which it is planned, where a claim gives any.
        plan: the claims. stages: what is told later.
        fate: the stage that counts most, or that nothing was heard.
        heard_until: the last day of reports at hand that tell of the place at all; silence after it says nothing.
        note: why nothing could be laid to it, where that is so.
    """

    kind: str
    types: tuple[str, ...]
    expected: bool
    place: str
    doers: tuple[str, ...]
    announcers: tuple[str, ...]
    announced: dt.date | None
    last_announced: dt.date | None
    planned_for: tuple[dt.date, dt.date] | None
    plan: tuple[Says, ...]
    stages: tuple[Stage, ...]
    fate: Fate
    heard_until: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class Record:
    """What became of the plans of one party, or of those that one speaker told of.

    Attributes:
        of: 'doer' or 'announcer'. plans: how many; of them begun (done ones too), done, halted, and not heard of again.
        came_about: begun as a share of plans.
    """

    of: str
    name: str
    plans: int
    begun: int
    done: int
    halted: int
    nothing_heard: int
    came_about: float


@dataclass(frozen=True, slots=True)
class Operations:
    """The ledger of operations.

    Attributes:
        rows: plans by the day on which they were first told of.
        records: by doer and by announcer, those with most plans first.
        heard_until: the last day of all reports at hand.
    """

    rows: tuple[Operation, ...]
    records: tuple[Record, ...]
    heard_until: dt.date | None


@dataclass(frozen=True, slots=True)
class _Act:
    """A claim with its event, its places and parties, looked up once."""

    event: str
    telling: Telling
    places: tuple[PlaceResolution, ...]
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Claims that are read as one plan."""

    kind: str
    acts: tuple[_Act, ...]

    @property
    def places(self) -> tuple[PlaceResolution, ...]:
        return tuple({place: None for act in self.acts for place in act.places})

    @property
    def parties(self) -> tuple[Party, ...]:
        found = {party.name: party for act in self.acts for party in act.parties}
        return tuple(found[name] for name in sorted(found))

    @property
    def told(self) -> list[dt.date]:
        return [act.telling.said for act in self.acts if act.telling.said is not None]


def operations(told: Sequence[Told], asked: Asked, who: Who) -> Operations:
    """The ledger of operations.

    Args:
        told: all events that are known.
        asked: which places to see, and the days on which plans were told of.
        who: looks up parties, and holds the rules.
    """
    rules = who.rules.operations
    acts = [_act(each, telling, who) for each in told for telling in each.tellings]
    later = (act for act in acts if act.telling.happened or _repelled(act))
    deeds = sorted(later, key=lambda act: by_saying(act.telling))
    plans = [p for p in _plans(acts, rules) if asked.covers_places(p.places) and _asked_days(p, asked)]
    rows = [_operation(plan, deeds, acts, who) for plan in plans]
    rows.sort(key=lambda row: (row.announced or dt.date.max, row.place, row.kind, row.plan[0].claim))
    last = max((act.telling.said for act in acts if act.telling.said is not None), default=None)
    return Operations(tuple(rows), tuple(_records(rows)), last)


def _asked_days(plan: _Plan, asked: Asked) -> bool:
    return asked.covers_days((min(plan.told), max(plan.told)) if plan.told else None)


def _act(told: Told, telling: Telling, who: Who) -> _Act:
    parties = who.parties(telling.claim.actors, telling.said)
    return _Act(told.event.id, telling, tuple(places_of([telling])), parties)


def _repelled(act: _Act) -> bool:
    return act.telling.claim.status is Status.DENIED


# --- plans ------------------------------------------------------------------------------------------------------------


def _plans(acts: Iterable[_Act], rules: OperationRules) -> list[_Plan]:
    """Plans of one kind, at one place, of one party, told of within a few days."""
    by_kind: dict[str, list[_Act]] = defaultdict(list)
    for act in acts:
        kind = rules.kind_of(act.telling.claim.type)
        if kind is not None and act.telling.claim.status in _PLANS and not _is_doubt(act.telling):
            by_kind[kind].append(act)
    plans = []
    for kind in sorted(by_kind):
        own = sorted(by_kind[kind], key=lambda act: by_saying(act.telling))
        groups = groups_of(own, lambda a, b: _near(a, b, rules), _one_plan)
        plans += [_Plan(kind, tuple(group)) for group in groups]
    return plans


def _is_doubt(telling: Telling) -> bool:
    """Whether it is doubted that something happened ('suspected', 'alleged'), and not expected that it will."""
    past = telling.days is not None and telling.said is not None and telling.days[1] <= telling.said
    return telling.claim.status is Status.POSSIBLE and past


def _near(a: _Act, b: _Act, rules: OperationRules) -> bool:
    if a.telling.said is None or b.telling.said is None:
        return a.telling.claim.report == b.telling.claim.report
    return abs((a.telling.said - b.telling.said).days) <= rules.same_days


def _one_plan(a: _Act, b: _Act) -> bool:
    if not any(place_key(p) == place_key(q) for p in a.places for q in b.places):
        return False
    if share_party(a.parties, b.parties) is not None:
        return True
    # 'Rebels' may be anybody; not so where two reports tell of one event.
    if a.event == b.event and {party.name for party in a.parties} & {party.name for party in b.parties}:
        return True
    # Nobody is named in one of them: within one report, or of one event, that is the same party.
    together = a.event == b.event or a.telling.claim.report == b.telling.claim.report
    return together and (not a.parties or not b.parties)


# --- stages -----------------------------------------------------------------------------------------------------------


def _operation(plan: _Plan, deeds: Sequence[_Act], acts: Sequence[_Act], who: Who) -> Operation:
    rules = who.rules.operations
    tellings = [act.telling for act in plan.acts]
    note = _unfit(plan)
    stages = [] if note else _stages(plan, deeds, rules)
    reached = [stage.fate for stage in stages]
    keys = {place_key(place) for place in plan.places}
    heard = [
        act.telling.said
        for act in acts
        if act.telling.said is not None and any(place_key(place) in keys for place in act.places)
    ]
    for_days = [t.days for t in tellings if t.days is not None]
    return Operation(
        kind=plan.kind,
        types=tuple(sorted({t.claim.type for t in tellings})),
        expected=all(t.claim.status is Status.POSSIBLE for t in tellings),
        place="; ".join(dict.fromkeys(named(place) for place in plan.places)),
        doers=tuple(party.name for party in plan.parties),
        announcers=tuple(sorted({t.whose.voice or t.whose.outlet for t in tellings})),
        announced=min(plan.told, default=None),
        last_announced=max(plan.told, default=None),
        planned_for=(min(d[0] for d in for_days), max(d[1] for d in for_days)) if for_days else None,
        plan=says(tellings),
        stages=tuple(stages),
        fate=next((fate for fate in Fate if fate in reached), Fate.NOTHING),
        heard_until=max(heard, default=None),
        note=note,
    )


def _unfit(plan: _Plan) -> str:
    """Why nothing can be laid to a plan; nothing where something may be."""
    if not any(place.precision is not PlacePrecision.COUNTRY for place in plan.places):
        return "no place narrower than a country is named, so that nothing can be laid to it"
    if not any(not party.nameless for party in plan.parties):
        return "nobody is named who would do it, so that nothing can be laid to it"
    if plan.told:
        return ""
    bounds = [act.telling.not_before for act in plan.acts if act.telling.not_before is not None]
    day = f" (not before {max(bounds)})" if bounds else ""
    return f"the day on which it was told of is not known{day}, so that nothing is known to be later"


def _stages(plan: _Plan, deeds: Sequence[_Act], rules: OperationRules) -> list[Stage]:
    kind, since = rules.kinds[plan.kind], min(plan.told)
    until = max(plan.told) + dt.timedelta(days=rules.follow_days)
    found: dict[Fate, dict[str, list[tuple[dt.date, Telling]]]] = {fate: defaultdict(list) for fate in Fate}
    for act in deeds:
        when = act.telling.when
        if when is None or not since < when[0] <= until or _same_words(act, plan):
            continue
        fate = _fate(act, plan, kind, rules)
        where = _where(act, plan, rules) if fate is not None else None
        party = share_party(act.parties, plan.parties) if where is not None else None
        if fate is None or where is None or party is None:
            continue
        if where.inside and not (fate is Fate.HALTED or act.telling.claim.type in kind.wide | kind.done):
            continue
        if fate is Fate.DONE and (where.inside or (kind.done and not _is_whole(act, where, rules))):
            fate = Fate.BEGUN  # a village taken is not the governorate taken, nor a quarter the town
        why = f"{act.telling.claim.type} by {party.name} {where.words}"
        found[fate][why].append((when[0], act.telling))
    stages = []
    for fate in (Fate.BEGUN, Fate.HALTED, Fate.DONE):
        if found[fate]:
            listed = [each for group in found[fate].values() for each in group]
            exact = _exact_day(t for _, t in listed) if fate is Fate.DONE else None
            day = exact or min(day for day, _ in listed)
            telling = says({t.claim.id: t for _, t in listed}.values())
            stages.append(Stage(fate, day, (day - since).days, "; ".join(sorted(found[fate])), telling))
    return stages


def _exact_day(tellings: Iterable[Telling]) -> dt.date | None:
    """Where the first that is said is a month or a week, the first day in it that somebody gives."""
    spans = sorted({telling.when for telling in tellings if telling.when is not None})
    return next((day for day, end in spans if day == end and day <= spans[0][1]), None)


def _same_words(act: _Act, plan: _Plan) -> bool:
    """Whether a deed without a day of its own stands in a report, or in a sentence, that tells of the plan itself."""
    own = act.telling.claim
    claims = [each.telling.claim for each in plan.acts]
    return act.telling.days is None and any(c.report == own.report or c.quote == own.quote for c in claims)


def _fate(act: _Act, plan: _Plan, kind: Kind, rules: OperationRules) -> Fate | None:
    claim = act.telling.claim
    if claim.type not in kind.begun | kind.done:
        return None
    if claim.status is Status.DENIED and claim.type not in kind.done:
        return None  # that it 'has not bombed since' says nothing of what became of a plan
    if says_one_of(claim.trigger, rules.halted) or _repelled(act):
        return Fate.HALTED
    if claim.type in kind.done and claim.status is Status.OCCURRED:
        return Fate.DONE
    if not kind.done and claim.status is Status.OCCURRED and claim.type in {t.telling.claim.type for t in plan.acts}:
        return Fate.DONE
    return Fate.BEGUN if claim.type in kind.begun else None


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a deed is as seen from a plan: `at` the very place, `inside` the area that the plan names, or near it."""

    words: str
    at: PlaceResolution | None = None
    inside: bool = False


def _where(act: _Act, plan: _Plan, rules: OperationRules) -> _Where | None:
    """Where a deed is as seen from the plan: at its place, near it, or within the area; None where elsewhere."""
    for wanted in plan.places:
        for place in act.places:
            if wanted.precision is PlacePrecision.COUNTRY or place.precision is PlacePrecision.COUNTRY:
                continue
            if place_key(place) == place_key(wanted):
                return _Where(f"at {place.name}", at=place)
            if wanted.precision not in _AREAS and one_place(place, wanted, rules.near_km):
                return _Where(f"at {place.name}, {kilometres(place, wanted):.0f} km from {wanted.name}")
    for wanted in plan.places:
        for place in act.places:
            if wanted.precision is PlacePrecision.GOVERNORATE and lies_in(place, wanted):
                return _Where(f"at places within {wanted.name}", inside=True)
            if wanted.precision is not PlacePrecision.DISTRICT or place.precision in _AREAS:
                continue
            if lies_in(place, wanted, rules.area_km):
                return _Where(f"at places within {rules.area_km:g} km of the centre of {wanted.name}", inside=True)
    return None


def _is_whole(act: _Act, where: _Where, rules: OperationRules) -> bool:
    """Whether it is the place itself that is taken, and not what lies in or near it: 'a hilltop near [the town]'."""
    claim = act.telling.claim
    told = claim.quote[claim.trigger_span.start - claim.span.start :]
    after = told[len(claim.trigger) :]
    named_after = [p.mention.text for p in claim.places if p.resolution == where.at and p.mention.text in after]
    end = after.index(named_after[0]) + len(named_after[0]) if named_after else rules.partly_characters
    return where.at is not None and not says_one_of(told[: len(claim.trigger) + end], rules.partly)


# --- who announced ----------------------------------------------------------------------------------------------------


def _records(rows: Sequence[Operation]) -> list[Record]:
    records = []
    for of in ("doer", "announcer"):
        by_name: dict[str, list[Fate]] = defaultdict(list)
        for row in rows:
            for name in row.doers if of == "doer" else row.announcers:
                by_name[name].append(row.fate if not row.stages else _furthest(row))
        for name in sorted(by_name, key=lambda name: (-len(by_name[name]), name)):
            fates = by_name[name]
            begun = sum(fate in (Fate.BEGUN, Fate.DONE) for fate in fates)
            records.append(
                Record(
                    of=of,
                    name=name,
                    plans=len(fates),
                    begun=begun,
                    done=fates.count(Fate.DONE),
                    halted=fates.count(Fate.HALTED),
                    nothing_heard=fates.count(Fate.NOTHING),
                    came_about=round(begun / len(fates), 3),
                )
            )
    return records


def _furthest(row: Operation) -> Fate:
    """Done before begun before halted: a plan that was begun and halted has come about."""
    reached = {stage.fate for stage in row.stages}
    return next(fate for fate in (Fate.DONE, Fate.BEGUN, Fate.HALTED) if fate in reached)
