"""Which judgements hold: those that no later one has withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rashomon.model import (
    Judgement,
    JudgementKind,
)


def withdrawn(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of those withdrawn by a later one that was not itself withdrawn."""
    named: set[str] = set()
    found: set[str] = set()
    for judgement in reversed(list(judgements)):
        if judgement.id in named:
            found.add(judgement.id)
        elif judgement.kind is JudgementKind.WITHDRAW:
            named.add(judgement.subject)
    return frozenset(found)


def holding(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold, in their order: not withdrawn, or withdrawn by one that was itself withdrawn.

    Withdrawals themselves are left out: nothing is left for them to do.
    """
    every = list(judgements)
    gone = withdrawn(every)
    return tuple(one for one in every if one.id not in gone and one.kind is not JudgementKind.WITHDRAW)


def by_claim(judgements: Iterable[Judgement]) -> Mapping[str, Sequence[Judgement]]:
    """For each claim that a judgement is about alone, those that hold, in their order."""
    found: dict[str, list[Judgement]] = {}
    for judgement in holding(judgements):
        if judgement.kind in (JudgementKind.REJECT, JudgementKind.CORRECT):
            found.setdefault(judgement.subject, []).append(judgement)
    return found
