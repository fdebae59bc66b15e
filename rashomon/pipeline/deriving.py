"""Resolutions, copies and events of a whole store, made anew from reports, claims and judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, groupby

from rashomon import amending, linking, reading
from rashomon.errors import InputError, SettingsError
from rashomon.linking import Linked
from rashomon.model import Claim, Judgement, Witness
from rashomon.pipeline.progress import Progress, RunSummary, StoreSummary, Tally
from rashomon.pipeline.workbench import BATCH, Workbench, stamp
from rashomon.reading import Skipped
from rashomon.store import ClaimFilter, Store, View, Writer, unresolved

_BASIS = "basis"
_CORRECT_ANEW = "Withdraw the judgement, or correct the claim anew"
_JUDGE_ANEW = "Judge what is coded there now, or withdraw the judgement"


def derive(
    store: Store, bench: Workbench, run: int, tally: Tally, clock: Callable[[], dt.datetime], *, anew: bool = False
) -> StoreSummary:
    """Resolves, amends and links all claims of the store by the bench's coder, and finishes the run.

    All that was derived before is replaced in one transaction, and only by what was made of the codings and judgements
    that the store has then: where another program added some meanwhile, it is all made once more. Events that keep
    most of their claims keep their ids.

    Args:
        store: it is written at the end.
        bench: knowledge and coder.
        run: number of the run that this ends.
        tally: hears how it goes, of corrections that no longer fit their claim, and of judgements that bind no claim.
        clock: tells when the run ends.
        anew: link all of it again.

    Raises:
        StoreError: the store cannot be read or written.
    """
    derived = _derived(store, bench, tally, anew=anew)
    while True:
        with store.writing() as writer:
            # Linking takes long, and others may write meanwhile: what they added must not be covered up by this.
            if _read(store.view, bench) == derived.of:
                _put(writer, derived)
                writer.finish_run(run, stamp(clock()))
                break
        derived = _derived(store, bench, tally, anew=anew)
    for reasons, remedy in ((derived.misfits, _CORRECT_ANEW), (derived.loose, _JUDGE_ANEW)):
        for reason in reasons:
            tally.skipped(Skipped(where=str(store.target), line=None, reason=reason, remedy=remedy, kept=True))
    return derived.summary


def derive_again(
    store: Store, bench: Workbench, progress: Progress, clock: Callable[[], dt.datetime], *, anew: bool = False
) -> RunSummary:
    """Derives as a run of its own, in which nothing is read or coded.

    Raises:
        SettingsError: the store has claims, and none of the bench's coder.
        StoreError: the store cannot be read or written.
    """
    check_coder(store, bench.coder.name)
    tally = Tally(progress)
    with store.writing() as writer:
        number = writer.start_run(bench.record(clock()))
    return tally.summary(derive(store, bench, number, tally, clock, anew=anew))


def check_coder(store: Store, coder: str) -> None:
    """Refuses to link the claims of a coder that has none in the store, where others have some.

    Raises:
        SettingsError: it is so.
    """
    if store.view.codings() and not store.view.codings(coder):
        raise SettingsError(
            f"the store has claims of other coders only, none of {coder!r}",
            where=str(store.target),
            remedy="Set `coder` to the one whose claims are to be linked, or run the reports again",
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """What tells one state of a store from another: which codings are current, and what people decided."""

    codings: Mapping[str, int]
    judgements: Sequence[Judgement]


@dataclass(frozen=True, slots=True)
class _Derived:
    """All that is made anew, and the state `of` the store that it was made from."""

    of: _Read
    resolved: Sequence[Claim]
    witnesses: Mapping[str, Witness]
    linked: Linked
    misfits: Sequence[str]
    loose: Sequence[str]
    summary: StoreSummary


def _read(view: View, bench: Workbench) -> _Read:
    return _Read(view.codings(bench.coder.name), view.judgements())


def _put(writer: Writer, derived: _Derived) -> None:
    writer.drop_derived()
    writer.put_resolutions(derived.resolved, derived.of.codings)
    writer.put_witnesses(derived.witnesses)
    writer.put_events(derived.linked.events)
    writer.put_candidates(derived.linked.candidates)
    writer.put_marks({_BASIS: derived.linked.basis, **derived.linked.marks})


def _derived(store: Store, bench: Workbench, tally: Tally, *, anew: bool) -> _Derived:
    view = store.view
    of = _read(view, bench)
    resolved, undated = _resolve_all(view, bench, tally)
    decided = view.decided(bench.coder.name)
    judged = amending.by_claim(decided.judgements)
    misfits: list[InputError] = []
    every = (amending.amend(one, judged.get(one.id, ()), misfits.append) for one in resolved)
    amended = [claim for claim in every if claim is not None]
    witnesses = reading.witnesses(view.reports())
    linked = linking.relink(
        amended,
        witnesses,
        decided.judgements,
        bench.knowledge.ontology,
        _before(view, anew=anew),
        bench.linking_basis,
        linking.Rules.load(bench.layers),
        linking.AccountRules.load(bench.layers),
    )
    summary = StoreSummary(
        reports=len(witnesses),
        claims=len(amended),
        events=len(linked.events),
        copies=sum(witness.copies != witness.report for witness in witnesses.values()),
        undated=undated,
        places_not_located=sum(_not_located(claim) for claim in amended),
        days_not_known=sum(_days_not_known(claim) for claim in amended),
    )
    return _Derived(of, resolved, witnesses, linked, [error.what for error in misfits], decided.loose, summary)


def _before(view: View, *, anew: bool) -> Linked:
    """What the last run linked; of all that is to be made anew only the events, for their ids."""
    if anew:
        return Linked(events=tuple(view.events()))
    marks = view.marks()
    return Linked(tuple(view.events()), tuple(view.candidates()), marks.pop(_BASIS, ""), marks)


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


def _not_located(claim: Claim) -> int:
    return sum(place.resolution is None or place.resolution.lat is None for place in claim.places)


def _days_not_known(claim: Claim) -> int:
    time = claim.time
    return int(time is not None and (time.resolution is None or time.resolution.start is None))
