"""What came of judgements: events before and after, and decisions that do not come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon import linking
from rashomon.errors import NotFoundError
from rashomon.linking.judged import last_words
from rashomon.model import Claim, Event, Judgement, JudgementKind
from rashomon.pipeline.deriving import derive_again
from rashomon.pipeline.progress import Progress
from rashomon.pipeline.workbench import Workbench
from rashomon.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """Events that shared claims out among themselves anew: what they were and what they are; each by id."""

    before: tuple[Event, ...]
    after: tuple[Event, ...]

    @property
    def none(self) -> bool:
        """Whether they stayed as they were."""
        return _groups(self.before) == _groups(self.after)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A decision about a pair that does not come out, and those that it cannot stand with."""

    judgement: Judgement
    against: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What came of judgements once the events were linked again.

    Attributes:
        judged: the judgements, each said of the claims that there are now; instead of a withdrawal what it withdraws.
        claims: those that they are about, as they are now, by id; None for one that is rejected or coded no more.
        event_of: the id of the event in which each of these claims is now.
        changes: the events of these claims.
        others: how many other events are otherwise than before.
        unmet: decisions about claims of `changes` that do not come out.
    """

    judged: tuple[Judgement, ...]
    claims: Mapping[str, Claim | None]
    event_of: Mapping[str, str]
    changes: tuple[Change, ...]
    others: int
    unmet: tuple[Unmet, ...]


def link_again(
    store: Store, bench: Workbench, judgements: Sequence[Judgement], progress: Progress,
    clock: Callable[[], dt.datetime],
) -> Consequences:  # fmt: skip
    """Links what changed since the store was last linked, and says what became of the claims of these judgements.

    Args:
        store: it is written.
        bench: knowledge and coder.
        judgements: the new ones; they are in the store.
        progress: hears how it goes.
        clock: tells when this starts and ends.

    Raises:
        SettingsError: the store has claims, and none of the bench's coder.
        StoreError: the store cannot be read or written.
    """
    before = list(store.view.events())
    derive_again(store, bench, progress, clock)
    after = list(store.view.events())
    every = store.view.judgements()
    judged = _now(_meant(judgements, every), store, bench.coder.name)
    about = {name for one in judged for name in (one.subject, one.other) if name is not None}
    changes = _changes(before, after, about)
    event_of = {claim: event.id for event in after for claim in event.claims}
    seen = {claim for change in changes for event in (*change.before, *change.after) for claim in event.claims}
    named = {event.id for change in changes for event in change.after}
    gone = {event.id for change in changes for event in change.before}
    others = _groups(e for e in after if e.id not in named) - _groups(e for e in before if e.id not in gone)
    return Consequences(
        judged=judged,
        claims={claim: _claim(store, claim) for claim in sorted(about)},
        event_of={claim: event_of[claim] for claim in sorted(about) if claim in event_of},
        changes=changes,
        others=len(others),
        unmet=_unmet(store.view.decided(bench.coder.name).judgements, event_of, seen | about),
    )


def _meant(judgements: Iterable[Judgement], every: Iterable[Judgement]) -> list[Judgement]:
    """These judgements, and instead of a withdrawal what it withdraws in the end.

    Args:
        judgements: some of them.
        every: all that were kept.
    """
    by_id = {judgement.id: judgement for judgement in every}
    found = []
    for judgement in judgements:
        one = judgement
        while one.kind is JudgementKind.WITHDRAW and one.subject in by_id:
            one = by_id[one.subject]
        found.append(one)
    return found


def _now(judgements: Sequence[Judgement], store: Store, coder: str) -> tuple[Judgement, ...]:
    """Judgements said of the current claims of a coder; those that bind none as they are."""
    bound = store.view.decided(coder, judgements).judgements
    names = {one.id for one in bound}
    return (*bound, *(one for one in judgements if one.id not in names))


def _claim(store: Store, name: str) -> Claim | None:
    try:
        return store.view.claim(name)
    except NotFoundError:
        return None


def _groups(events: Iterable[Event]) -> set[tuple[str, ...]]:
    return {(event.id, *event.claims) for event in events}


def _changes(before: Sequence[Event], after: Sequence[Event], about: Iterable[str]) -> tuple[Change, ...]:
    """The events in which these claims were or are, with all that share a claim with one of them."""
    was, now = ({claim: event for event in events for claim in event.claims} for events in (before, after))
    seen: set[str] = set()
    found = []
    for start in sorted(about):
        left = [start]
        old, new = dict[str, Event](), dict[str, Event]()
        while left:
            claim = left.pop()
            if claim in seen:
                continue
            seen.add(claim)
            for events, some in ((was, old), (now, new)):
                if claim in events and events[claim].id not in some:
                    some[events[claim].id] = events[claim]
                    left += events[claim].claims
        if old or new:
            found.append(Change(*(tuple(some[name] for name in sorted(some)) for some in (old, new))))
    return tuple(found)


def _unmet(judgements: Sequence[Judgement], event_of: Mapping[str, str], about: Iterable[str]) -> tuple[Unmet, ...]:
    """Decisions about pairs with one of these claims that do not come out."""
    linked = {pair: one for pair, one in last_words(judgements).items() if event_of.keys() >= {*pair}}
    concerned = set(about)
    return tuple(
        Unmet(judgement, linking.cannot_stand_with(judgement, [*linked.values()]))
        for (first, second), judgement in linked.items()
        if concerned & {first, second}
        and (event_of[first] == event_of[second]) is not (judgement.kind is JudgementKind.SAME)
    )
