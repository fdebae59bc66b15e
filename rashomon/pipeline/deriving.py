"""Resolutions, copies and events of a whole store, made anew from reports, claims and judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched, groupby

from rashomon import amending, linking, reading
from rashomon.errors import InputError
from rashomon.model import Claim
from rashomon.pipeline.progress import StoreSummary, Tally
from rashomon.pipeline.workbench import BATCH, Workbench, stamp
from rashomon.reading import Skipped
from rashomon.store import ClaimFilter, Store, View, unresolved


def derive(store: Store, bench: Workbench, run: int, tally: Tally, clock: Callable[[], dt.datetime]) -> StoreSummary:
    """Resolves, amends and links all claims of the store by the bench's coder, and finishes the run.

    All that was derived before is replaced in one transaction. Events that keep most of their claims keep their ids.

    Args:
        store: it is written at the end.
        bench: knowledge and coder.
        run: number of the run that this ends.
        tally: hears how it goes, and of corrections that no longer fit their claim.
        clock: tells when the run ends.

    Raises:
        StoreError: the store cannot be read or written.
    """
    view = store.view
    codings = view.codings(bench.coder.name)
    resolved, undated = _resolve_all(view, bench, tally)
    judgements = view.judgements()
    judged = amending.by_claim(judgements)
    misfit = _Misfit(str(store.target), tally)
    amended = [claim for one in resolved if (claim := amending.amend(one, judged.get(one.id, ()), misfit)) is not None]
    witnesses = reading.witnesses(view.reports())
    events = linking.link(
        amended,
        witnesses,
        amending.holding(judgements),
        bench.knowledge.ontology,
        tuple(view.events()),
        linking.Rules.load(bench.layers),
    )
    with store.writing() as writer:
        writer.drop_derived()
        writer.put_resolutions(resolved, codings)
        writer.put_witnesses(witnesses)
        writer.put_events(events)
        writer.finish_run(run, stamp(clock()))
    return StoreSummary(
        reports=len(witnesses),
        claims=len(amended),
        events=len(events),
        copies=sum(witness.copies != witness.report for witness in witnesses.values()),
        undated=undated,
        places_not_located=sum(_not_located(claim) for claim in amended),
        days_not_known=sum(_days_not_known(claim) for claim in amended),
    )


def _resolve_all(view: View, bench: Workbench, tally: Tally) -> tuple[list[Claim], int]:
    """All current claims, resolved; and how many reports have no day of publication."""
    tally.progress.stage("linking", view.counts().reports)
    resolved: list[Claim] = []
    undated = 0
    for reports in batched(view.reports(), BATCH):
        by_id = {report.id: report for report in reports}
        undated += sum(report.publication.day is None for report in reports)
        coded = view.claims(ClaimFilter(reports=by_id.keys(), coder=bench.coder.name, as_coded=True))
        for identity, claims in groupby(coded, lambda claim: claim.report):
            resolved += bench.resolver.resolve([unresolved(claim) for claim in claims], by_id[identity])
        tally.progress.advance(len(reports))
    return resolved, undated


@dataclass(frozen=True, slots=True)
class _Misfit:
    """Tells of corrections that no longer fit their claim; the claims go on without them."""

    where: str
    tally: Tally

    def __call__(self, error: InputError) -> None:
        remedy = "Withdraw the judgement, or correct the claim anew"
        self.tally.skipped(Skipped(where=self.where, line=None, reason=error.what, remedy=remedy, kept=True))


def _not_located(claim: Claim) -> int:
    return sum(place.resolution is None or place.resolution.lat is None for place in claim.places)


def _days_not_known(claim: Claim) -> int:
    time = claim.time
    return int(time is not None and (time.resolution is None or time.resolution.start is None))
