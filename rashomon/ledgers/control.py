"""Claims on places -> who is said to hold which place when, and who says so. Contested is a state of its own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rashomon.knowledge.within import place_key
from rashomon.ledgers.areas import Asked, named
from rashomon.ledgers.parties import Party, Who
from rashomon.ledgers.rules import ControlRules
from rashomon.ledgers.told import Says, Telling, Told, says
from rashomon.model import PlaceResolution, PlaceRole, Status


class State(StrEnum):
    """What is said of a place."""

    HELD = "held"
    CONTESTED = "contested"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One side that is said to hold one place, from the first claim that says so to the last.

    Attributes:
        where: the place for readers, with its governorate.
        place, adm1, lat, lon, precision, gazetteer_id: as in `PlaceResolution`.
        holder: the side, or the name of one who has none. names: those whom the claims name.
        state: held; contested where another side is said to hold it at the same time; left where nothing but that
            somebody left is said.
        first, last: the days of the first and the last claim that says so. It is not known to have held any longer.
        dated: whether `first` is the day that a claim gives; else it is the day on which that was said.
        until: the day from which another claim says otherwise; None where none does. until_says: what that says.
        against: the other sides that are said to hold it at the same time.
        claims: those that say that it is held. denials: those that deny that it was taken. ends: those behind `until`.
    """

    where: str
    place: str
    adm1: str
    lat: float | None
    lon: float | None
    precision: str
    gazetteer_id: str | None
    holder: str
    names: tuple[str, ...]
    state: State
    first: dt.date | None
    last: dt.date | None
    dated: bool
    until: dt.date | None
    until_says: str
    against: tuple[str, ...]
    claims: tuple[Says, ...]
    denials: tuple[Says, ...]
    ends: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """The ledger of control.

    Attributes:
        on: the day of which it is a map, or None for all days.
        rows: by place, then by day.
        undated: claims of reports of unknown day that give no day either: they cannot be laid to any.
    """

    on: dt.date | None
    rows: tuple[Stretch, ...]
    undated: tuple[Says, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """One claim that one side holds a place, or has left it."""

    telling: Telling
    place: PlaceResolution
    party: Party
    first: dt.date
    last: dt.date
    leaves: bool
    changes: bool


@dataclass(frozen=True, slots=True)
class _Open:
    """A stretch that is being put together."""

    holder: str
    words: tuple[_Word, ...]
    until: dt.date | None = None
    until_says: str = ""
    ends: tuple[_Word, ...] = ()

    @property
    def first(self) -> dt.date:
        return min(word.first for word in self.words)

    @property
    def last(self) -> dt.date:
        return max(word.last for word in self.words)


def control(told: Sequence[Told], asked: Asked, who: Who, on: dt.date | None = None) -> Control:
    """The ledger of control.

    Args:
        told: all events that are known.
        asked: which places to see, and the days of which a stretch has at least one.
        who: looks up parties, and holds the rules.
        on: a day: then only what is said to hold on that day by claims about it or earlier ones.
    """
    rules = who.rules.control
    by_place: dict[str, list[_Word]] = defaultdict(list)
    denials: dict[str, list[Telling]] = defaultdict(list)
    undated: list[Telling] = []
    for each in told:
        for telling in each.tellings:
            if telling.when is None and telling.happened and telling.claim.type in rules.holds | rules.leaves:
                undated += [telling] if asked.covers_places(_places(telling)) else []
            if telling.claim.status is Status.DENIED and telling.claim.type in rules.holds:
                for place in _places(telling) if on is None or telling.when is None or telling.when[0] <= on else ():
                    denials[place_key(place)].append(telling)
            for word in _words(telling, who):
                if on is None or word.first <= on:
                    by_place[place_key(word.place)].append(word)
    rows: list[Stretch] = []
    for key, words in by_place.items():
        if asked.covers_places([word.place for word in words]):
            rows += _rows(words, denials.get(key, []), rules, on)
    seen = [row for row in rows if asked.covers_days(_days(row))]
    return Control(on, tuple(sorted(seen, key=_order)), says(undated))


def _days(row: Stretch) -> tuple[dt.date, dt.date] | None:
    return (row.first, row.until or row.last or row.first) if row.first is not None else None


def _order(row: Stretch) -> tuple[str, str, dt.date, str]:
    return (row.place, row.gazetteer_id or "", row.first or dt.date.max, row.holder)


# --- what claims say --------------------------------------------------------------------------------------------------


def _words(telling: Telling, who: Who) -> Iterator[_Word]:
    """What a claim says about who holds a place; nothing where it names no place, no party or no day can be told."""
    rules, claim, when = who.rules.control, telling.claim, telling.when
    leaves = claim.type in rules.leaves
    if not telling.happened or when is None or (claim.type not in rules.holds and not leaves):
        return
    changes = claim.type in rules.changes
    # Those driven out left, whoever drove them; of a taking that lasted several days, the last one is sure.
    named = claim.targets if leaves and claim.targets else claim.actors
    first = when[1] if changes else when[0]
    for place in _places(telling):
        for party in who.parties(named, telling.said):
            yield _Word(telling, place, party, first, when[1], leaves, changes)


def _places(telling: Telling) -> list[PlaceResolution]:
    """Where it is held, or what is left; not where those who leave go to."""
    return telling.places(PlaceRole.AT, PlaceRole.FROM)


# --- stretches --------------------------------------------------------------------------------------------------------


def _rows(words: Sequence[_Word], denials: Sequence[Telling], rules: ControlRules, on: dt.date | None) -> list[Stretch]:
    ordered = sorted(words, key=lambda w: (w.first, w.last, w.telling.claim.id, w.party.name))
    holding = [word for word in ordered if not word.leaves]
    stretches: list[_Open] = []
    for holder in sorted({word.party.holder for word in holding}):
        stretches += _of_holder(holder, [w for w in holding if w.party.holder == holder], ordered)
    if on is not None:
        stretches = [s for s in stretches if s.first <= on and (s.until is None or s.until > on)]
    rows = [_row(s, _against(s, stretches, rules), denials) for s in stretches]
    held = {word.party.holder for word in holding}
    rows += [_left(word, denials) for word in ordered if word.leaves and word.party.holder not in held]
    return _one_each(rows)


def _of_holder(holder: str, own: Sequence[_Word], every: Sequence[_Word]) -> list[_Open]:
    """The stretches of one side: a new one begins where somebody else is said to have taken the place in between."""
    stretches: list[_Open] = []
    for word in own:
        before = stretches[-1] if stretches else None
        if before is not None and not _changed(before, word, every):
            stretches[-1] = replace(before, words=(*before.words, word))
        else:
            stretches.append(_Open(holder, (word,)))
    return [_ended(stretch, every) for stretch in stretches]


def _changed(before: _Open, word: _Word, every: Sequence[_Word]) -> bool:
    """Whether a change for another side, or the leaving of this one, is told of between two words for it."""
    between = (w for w in every if before.last < w.first <= word.first and w.changes)
    return any(_otherwise(w, before.holder) for w in between)


def _otherwise(word: _Word, holder: str) -> bool:
    return (word.party.holder == holder) == word.leaves


def _ended(stretch: _Open, every: Sequence[_Word]) -> _Open:
    """The stretch with the first later day on which a claim says otherwise."""
    later = [w for w in every if w.first > stretch.last and _otherwise(w, stretch.holder)]
    if not later:
        return stretch
    day = min(word.first for word in later)
    ends = tuple(word for word in later if word.first == day)
    said = sorted({f"{w.party.name} left" if w.leaves else f"{w.party.name}: {w.telling.claim.type}" for w in ends})
    return replace(stretch, until=day, until_says="; ".join(said), ends=ends)


def _against(stretch: _Open, every: Sequence[_Open], rules: ControlRules) -> tuple[str, ...]:
    """Sides that are said to hold the place at the same time."""
    return tuple(sorted({o.holder for o in every if o.holder != stretch.holder and _meet(stretch, o, rules)}))


def _meet(a: _Open, b: _Open, rules: ControlRules) -> bool:
    """Whether two sides are said to hold it on one day, or within a few days without anybody having taken it."""
    first, second = sorted((a, b), key=lambda s: (s.first, s.last, s.holder))
    gap = (second.first - first.last).days
    if gap <= 0:
        # The day of a taking is the last of the one side and the first of the other.
        return not (first.last == second.first and first.first < second.first and _taken(second))
    return gap <= rules.overlap_days and not _taken(second)


def _taken(stretch: _Open) -> bool:
    return any(word.changes and word.first == stretch.first for word in stretch.words)


def _row(stretch: _Open, against: tuple[str, ...], denials: Sequence[Telling]) -> Stretch:
    place = max((word.place for word in stretch.words), key=lambda p: (p.lat is not None, p.gazetteer_id or "", p.name))
    first = next(word for word in stretch.words if word.first == stretch.first)
    return Stretch(
        where=named(place),
        place=place.name,
        adm1=place.adm1 or "",
        lat=place.lat,
        lon=place.lon,
        precision=place.precision.value if place.precision is not None else "",
        gazetteer_id=place.gazetteer_id,
        holder=stretch.holder,
        names=tuple(sorted({word.party.name for word in stretch.words})),
        state=State.CONTESTED if against else State.HELD,
        first=stretch.first,
        last=stretch.last,
        dated=first.telling.days is not None,
        until=stretch.until,
        until_says=stretch.until_says,
        against=against,
        claims=_says(stretch.words),
        denials=_denials(stretch, denials),
        ends=_says(stretch.ends),
    )


def _left(word: _Word, denials: Sequence[Telling]) -> Stretch:
    """Somebody left a place that nobody said he held."""
    row = _row(_Open(word.party.holder, (word,)), (), denials)
    return replace(row, state=State.LEFT, denials=())


def _one_each(rows: Sequence[Stretch]) -> list[Stretch]:
    """Several words for one leaving on one day are one row."""
    found: dict[tuple[str, State, dt.date | None], Stretch] = {}
    for row in rows:
        key = (row.holder, row.state, row.first)
        if row.state is State.LEFT and key in found:
            before = found[key]
            claims = {one.claim: one for one in (*before.claims, *row.claims)}
            names = tuple(sorted({*before.names, *row.names}))
            row = replace(before, names=names, claims=tuple(claims[name] for name in sorted(claims)))
        found[key] = row
    return list(found.values())


def _says(words: Sequence[_Word]) -> tuple[Says, ...]:
    return says({word.telling.claim.id: word.telling for word in words}.values())


def _denials(stretch: _Open, denials: Sequence[Telling]) -> tuple[Says, ...]:
    """Denials of a taking on the days of the stretch, or on none."""
    end = stretch.until or dt.date.max
    own = [t for t in denials if t.when is None or (t.when[1] >= stretch.first and t.when[0] <= end)]
    return says({t.claim.id: t for t in own}.values())
