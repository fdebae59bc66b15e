"""What was known by a day: the reports published by then, and the events as they would have been linked from those."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rashomon import linking, reading
from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.model import Claim, Event, Report, Witness
from rashomon.store import ClaimFilter, View


@dataclass(frozen=True, slots=True)
class Known:
    """A view of what was known by a day.

    Attributes:
        as_of: the day, included.
        all_reports: those published by then. later: how many came out later. undated: how many have no day of
            publication that is known, and no bounds on it that end by then; they are left out.
        all_events, all_claims, all_witnesses: of these reports alone. Ids of events are made from
            the claims that they had then.
    """

    as_of: dt.date
    all_reports: tuple[Report, ...]
    later: int
    undated: int
    all_events: tuple[Event, ...]
    all_claims: tuple[Claim, ...]
    all_witnesses: Mapping[str, Witness]

    def reports(self) -> tuple[Report, ...]:
        """The reports published by then, by id."""
        return self.all_reports

    def events(self) -> tuple[Event, ...]:
        """The events of that day, by their first day; those without days last."""
        return self.all_events

    def claims(self) -> tuple[Claim, ...]:
        """The claims of the reports published by then."""
        return self.all_claims

    def witnesses(self) -> Mapping[str, Witness]:
        """Whose word these reports are; what later turned out to be a copy of them is not there."""
        return self.all_witnesses


def as_of(view: View, day: dt.date, layers: Layers, coder: str | None = None) -> Known:
    """What was known by a day, made anew from the claims of the reports published by then.

    What people decided about claims holds, whenever they did: it mends how reports were read, and is no news.

    Args:
        view: the store.
        day: the last day of publication that counts.
        layers: the knowledge that linking goes by.
        coder: name of the coder whose claims count; None for all.

    Raises:
        StoreError: the store cannot be read.
        KnowledgeError: a file of knowledge is broken.
    """
    reports: list[Report] = []
    later = undated = 0
    for report in view.reports():
        published = report.publication.day or report.publication.latest
        if published is None:
            undated += 1
        elif published > day:
            later += report.publication.day is not None
            undated += report.publication.day is None
        else:
            reports.append(report)
    witnesses = reading.witnesses(reports)
    claims = tuple(view.claims(ClaimFilter(reports=[report.id for report in reports], coder=coder)))
    events = linking.link(
        claims,
        witnesses,
        view.decided(coder).judgements,
        Ontology.load(layers),
        rules=linking.Rules.load(layers),
        ways=linking.AccountRules.load(layers),
    )
    events.sort(key=lambda event: (event.start is None, event.start or day, event.id))
    return Known(day, tuple(reports), later, undated, tuple(events), claims, witnesses)
