"""Claims and events made by hand for the tests of the ledgers; places and groups are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import count

import pytest

from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlet, Outlets
from rashomon.ledgers import Rules, Telling, Told, Who, Whose
from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
    Event,
    Measure,
    Mention,
    Participant,
    Place,
    PlacePrecision,
    PlaceResolution,
    PlaceRole,
    Quantity,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
)

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]

ALMA = PlaceResolution("Alma", "t1", 34.00, 37.00, PlacePrecision.SETTLEMENT, "Northland", "SY")
BELA = PlaceResolution("Bela", "t2", 34.20, 37.20, PlacePrecision.SETTLEMENT, "Northland", "SY")  # 29 km off
QUARTER = PlaceResolution("Quarter", "t3", 34.01, 37.01, PlacePrecision.SETTLEMENT, "Northland", "SY")  # 1 km off Alma
NORTHLAND = PlaceResolution("Northland", "t4", 34.1, 37.1, PlacePrecision.GOVERNORATE, "Northland", "SY")
RANGE = PlaceResolution("Grey Range", "t5", 34.05, 37.05, PlacePrecision.DISTRICT, "Northland", "SY")
SYRIA = PlaceResolution("Syria", "t6", 35.0, 38.5, PlacePrecision.COUNTRY, None, "SY")
PLACES = {place.name: place for place in (ALMA, BELA, QUARTER, NORTHLAND, RANGE, SYRIA)}
OUTLETS = Outlets.of(
    [
        Outlet("north", "Northern Wire", side="An agency"),
        Outlet("state", "State Voice", side="State agency; gives the Syrian government's view"),
        Outlet("free", "Free Voice", side="Sympathetic to the opposition"),
    ]
)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def person(name: str) -> Participant:
    """Somebody who is not in the actors file: what the words are is read from them."""
    return Participant(Mention(name), ActorResolution(None, name, "not in the actors file"))


@pytest.fixture(scope="session")
def who() -> Who:
    layers = Layers()
    return Who(Actors.load(layers), OUTLETS, Rules.load(layers))


@pytest.fixture
def telling(who: Who) -> MakeTelling:
    """Makes a claim with whose word it is, from the few things that matter to a test."""
    numbers = count(1)

    def make(
        type_name: str = "air_strike",
        status: str = "occurred",
        *,
        place: str | None = "Alma",
        role: str = "at",
        to: str | None = None,
        days: str | tuple[str, str] | None = "2018-04-07",
        said: str | None = "2018-04-08",
        report: str | None = None,
        outlet: str = "north",
        origin: str | None = None,
        actors: Sequence[str] = (),
        targets: Sequence[str] = (),
        counts: Sequence[tuple[Measure, int | None, int | None, str, str]] = (),
        killed: int | tuple[int | None, int | None] | None = None,
        trigger: str = "happened",
        before: str = "It ",
        after: str = " there.",
        source: tuple[str, str] | None = None,
        at: int = 0,
        name: str | None = None,
    ) -> Telling:
        number = next(numbers)
        first, last = (days, days) if isinstance(days, str) else days or (None, None)
        low, high = killed if isinstance(killed, tuple) else (killed, killed)
        quantities = [Quantity(m, of, a, b, text) for m, a, b, of, text in counts]
        if killed is not None:
            quantities.append(Quantity(Measure.KILLED, "people", low, high, "so many"))
        places = [Place(Mention(p), PlaceRole(r), PLACES[p]) for p, r in ((place, role), (to, "to")) if p]
        quote = before + trigger + after
        claim = Claim(
            id=name or f"c{number:03}",
            report=report or f"r{number:03}",
            coder="hand",
            quote=quote,
            span=Span(at, at + len(quote)),
            trigger=trigger,
            trigger_span=Span(at + len(before), at + len(before) + len(trigger)),
            type=type_name,
            status=Status(status),
            source=(Source(Mention(source[0]), SourceKind(source[1])),) if source else (),
            actors=tuple(map(person, actors)),
            targets=tuple(map(person, targets)),
            places=tuple(places),
            time=Time(Mention("then"), DaysResolution(day(first), day(last))) if first else None,
            quantities=tuple(quantities),
        )
        known = OUTLETS.by_id[outlet]
        side, voice = who.side_of(claim, outlet, day(said)), source[0] if source else known.name
        whose = Whose(known.name, side, known.side, origin or f"outlet:{outlet}", voice)
        return Telling(claim, whose, day(said))

    return make


@pytest.fixture
def told() -> MakeTold:
    """Makes an event of tellings."""

    def make(*tellings: Telling) -> Told:
        ordered = tuple(sorted(tellings, key=lambda t: t.claim.id))
        days = [t.days for t in ordered if t.days is not None]
        places = [place for t in ordered for place in t.places()]
        event = Event(
            id="e" + ordered[0].claim.id,
            claims=tuple(t.claim.id for t in ordered),
            type=ordered[0].claim.type,
            start=min((d[0] for d in days), default=None),
            end=max((d[1] for d in days), default=None),
            place=places[0] if places else None,
            accounts=(),
            reports=len({t.claim.report for t in ordered}),
            outlets=1,
            origins=1,
        )
        return Told(event, ordered)

    return make
