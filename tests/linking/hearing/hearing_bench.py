"""A small war of invented armies and papers, and a way to let them speak of one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.linking import AccountRules, Rules, hear
from rashomon.linking.accounts import event_of
from rashomon.linking.identity import Identity
from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
    Hearing,
    Label,
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

ACTORS = """
sides: [North, South]
actors:
- {id: norland, name: Norland, kind: government, side: North}
- {id: norland-army, name: Army of Norland, kind: military, side: North, part_of: norland}
- {id: friends, name: Friends of Norland, kind: armed_group, side: North}
- {id: southern-league, name: Southern League, kind: armed_group, side: South}
- {id: lantern, name: Lantern Watch for Rights, kind: monitor, aliases: [Lantern Watch, LWR]}
- {id: ada-voss, name: Ada Voss, kind: person, part_of: lantern, aliases: [Voss]}
"""
OUTLETS = """
outlets:
- {id: bugle, name: The Bugle, side: Close to the north, aliases: [Bugle newspaper]}
- {id: clarion, name: Clarion, side: Close to the south}
- {id: herald, name: Harbour Herald}
"""
TARN = PlaceResolution("Tarn", "t1", 10.0, 20.0, PlacePrecision.SETTLEMENT, "Hill Province", "XX")
UPPER_TARN = PlaceResolution("Upper Tarn", "t2", 10.03, 20.0, PlacePrecision.SETTLEMENT, "Hill Province", "XX")  # 3 km
MERE = PlaceResolution("Mere", "t3", 11.0, 21.0, PlacePrecision.SETTLEMENT, "Lake Province", "XX")  # 150 km
HILLS = PlaceResolution("Hill Province", "t4", 10.2, 20.1, PlacePrecision.GOVERNORATE, "Hill Province", "XX")
LAKES = PlaceResolution("Lake Province", "t5", 11.2, 21.1, PlacePrecision.GOVERNORATE, "Lake Province", "XX")
DAY = dt.date(2018, 4, 7)


@cache
def _knowledge() -> tuple[Rules, AccountRules, Ontology]:
    """Read once: that takes longer than all tests that use it."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "actors.yaml").write_text(ACTORS, encoding="utf-8")
        (Path(folder) / "outlets.yaml").write_text(OUTLETS, encoding="utf-8")
        layers = Layers.over_built_in(Path(folder))
        return Rules.load(layers), AccountRules.load(layers), Ontology.load(layers)


@dataclass
class Bench:
    """The knowledge of the small war, and the reports that were published in it."""

    rules: Rules
    ways: AccountRules
    ontology: Ontology
    witnesses: dict[str, Witness] = field(default_factory=dict)

    @classmethod
    def fresh(cls) -> Bench:
        """One in which nothing is published yet."""
        return cls(*_knowledge())

    def report(self, name: str, outlet: str | None = None, day: dt.date | None = DAY, copies: str | None = None) -> str:
        """Publishes a report; by default each is of an outlet of its own."""
        self.witnesses[name] = Witness(name, outlet or f"paper {name}", copies or name, day)
        return name

    def hear(self, *claims: Claim) -> Hearing:
        """What the voices of the claims say; reports that were not published yet are by papers of their own."""
        for claim in claims:
            if claim.report not in self.witnesses:
                self.report(claim.report)
        event = event_of(claims, Identity("e"), self.witnesses, self.ontology, self.rules, self.ways)
        hearing = hear(event, claims, self.witnesses, self.ontology, self.rules, self.ways)
        assert event.origins == len(hearing.voices)
        return hearing


def told(
    report: str,
    type_name: str = "air_strike",
    *,
    by: str | None = None,
    kind: str = "monitor",
    antecedent: str | None = None,
    killed: int | tuple[int | None, int | None] | None = None,
    of: str = "people",
    quote: str = "",
    trigger: str = "struck",
    status: str = "occurred",
    actor: str | Sequence[str] = (),
    target: str = "",
    at: PlaceResolution | None = None,
    role: str = "at",
    day: dt.date | tuple[dt.date, dt.date] | None = None,
    label: tuple[str, str] | None = None,
    name: str = "",
) -> Claim:
    """A claim with the few things that matter; actors are ids of the small war."""
    first, last = day if isinstance(day, tuple) else (day, day)
    low, high = killed if isinstance(killed, tuple) else (killed, killed)
    actors = (actor,) if isinstance(actor, str) else actor
    quote = quote or f"{trigger} {report}"
    return Claim(
        id=name or f"{report}-{type_name}-{status}-{by}-{killed}-{of}",
        report=report,
        coder="hand",
        quote=quote,
        span=Span(0, len(quote)),
        trigger=trigger,
        trigger_span=Span(0, len(trigger)),
        type=type_name,
        status=Status(status),
        source=(Source(Mention(by, antecedent=antecedent), SourceKind(kind)),) if by else (),
        actors=tuple(Participant(Mention(a), ActorResolution(a, a)) for a in actors),
        targets=(Participant(Mention(target), ActorResolution(target, target)),) if target else (),
        places=(Place(Mention(at.name), PlaceRole(role), at),) if at is not None else (),
        time=Time(Mention("then"), DaysResolution(first, last)) if first is not None else None,
        quantities=() if killed is None else (Quantity(Measure.KILLED, of, low, high, str(high or low)),),
        labels=(Label(label[0], None, ActorResolution(None, label[1])),) if label else (),
    )
