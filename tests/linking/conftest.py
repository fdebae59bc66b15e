"""Claims made by hand for the tests of linking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count

import pytest

from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.linking import Rules
from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
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
    Witness,
)

MakeClaim = Callable[..., Claim]

DOUMA = PlaceResolution("Douma", "g1", 33.571, 36.402, PlacePrecision.SETTLEMENT, "Rif Dimashq", "SY")
HARASTA = PlaceResolution("Harasta", "g2", 33.558, 36.365, PlacePrecision.SETTLEMENT, "Rif Dimashq", "SY")  # 4 km off
HOMS = PlaceResolution("Homs", "g3", 34.731, 36.709, PlacePrecision.SETTLEMENT, "Homs", "SY")
RIF_DIMASHQ = PlaceResolution("Rif Dimashq", "g4", 33.6, 36.6, PlacePrecision.GOVERNORATE, "Rif Dimashq", "SY")
PLACES = {place.name: place for place in (DOUMA, HARASTA, HOMS, RIF_DIMASHQ)}


def _word(number: int) -> str:
    """A word of its own for each claim, so that no two sentences are alike by chance."""
    return "".join(chr(ord("a") + int(digit)) * 2 for digit in f"{number:05}")


@pytest.fixture
def claim() -> MakeClaim:
    """Makes a claim from the few things that matter to a test; places of PLACES are located, others are only names."""
    numbers = count(1)

    def make(
        type_name: str = "air_strike",
        *,
        place: str | PlaceResolution | None = "Douma",
        day: str | tuple[str, str] | None = "2018-04-07",
        report: str = "r1",
        status: str = "occurred",
        actors: tuple[str, ...] = (),
        targets: tuple[str, ...] = (),
        killed: int | tuple[int | None, int | None] | None = None,
        source: tuple[str, str] | None = None,
        name: str | None = None,
        role: str = "at",
    ) -> Claim:
        first, last = (day, day) if isinstance(day, str) else day or (None, None)
        low, high = killed if isinstance(killed, tuple) else (killed, killed)
        at = (
            PLACES.get(place, PlaceResolution(place, reason="not in the gazetteer"))
            if isinstance(place, str)
            else place
        )
        number = next(numbers)
        words = f"{_word(number)} happened"
        return Claim(
            id=name or f"c{number:03}",
            report=report,
            coder="hand",
            quote=words,
            span=Span(0, len(words)),
            trigger="happened",
            trigger_span=Span(len(words) - len("happened"), len(words)),
            type=type_name,
            status=Status(status),
            source=(Source(Mention(source[0]), SourceKind(source[1])),) if source else (),
            actors=tuple(Participant(Mention(n), ActorResolution(None, n)) for n in actors),
            targets=tuple(Participant(Mention(n), ActorResolution(None, n)) for n in targets),
            places=(Place(Mention(at.name), PlaceRole(role), at),) if isinstance(at, PlaceResolution) else (),
            time=Time(Mention("then"), DaysResolution(dt.date.fromisoformat(first), dt.date.fromisoformat(last)))
            if first and last
            else None,
            quantities=() if killed is None else (Quantity(Measure.KILLED, "people", low, high, "so many"),),
        )

    return make


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The built-in rules."""
    return Rules.load(Layers())


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The built-in ontology."""
    return Ontology.load(Layers())


@pytest.fixture
def witnesses() -> dict[str, Witness]:
    """Four reports of four outlets, all published on the day after; r4 is a copy of r3."""
    day = dt.date(2018, 4, 8)
    copies = {"r1": "r1", "r2": "r2", "r3": "r3", "r4": "r3"}
    return {name: Witness(name, f"outlet-{name}", group, day) for name, group in copies.items()}
