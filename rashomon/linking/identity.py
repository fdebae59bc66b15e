"""Names for events that last: an event keeps its id as long as it keeps most of its claims."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.model import Event

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """An event's id, and the ids of events that were merged into it."""

    id: str
    aliases: tuple[str, ...] = ()


def identify(groups: Sequence[Sequence[str]], previous: Sequence[Event]) -> list[Identity]:
    """An identity for each group of claim ids, in the order of `groups`.

    A former event goes on in the group that holds more than half of its claims. Where several go on in one group, the
    one with most claims there gives its id (the lower id among equals) and the others become aliases.
    """
    group_of = {claim: n for n, group in enumerate(groups) for claim in group}
    heirs: dict[int, list[tuple[int, str, Event]]] = defaultdict(list)
    for event in previous:
        counts = Counter(group_of[claim] for claim in event.claims if claim in group_of)
        for n, count in counts.items():
            if count * 2 > len(event.claims):
                heirs[n].append((-count, event.id, event))
    identities: list[Identity | None] = [None] * len(groups)
    taken: set[str] = set()
    for n in sorted(heirs):
        first = min((order, name) for order, name, _ in heirs[n])[1]
        merged = {name for _, _, event in heirs[n] for name in (event.id, *event.aliases)} - {first}
        identities[n] = Identity(first, tuple(sorted(merged)))
        taken |= {first, *merged}
    out = []
    for n, group in enumerate(groups):
        identity = identities[n] or Identity(_new_id(group, taken))
        taken.add(identity.id)
        out.append(identity)
    return out


def _new_id(claims: Sequence[str], taken: set[str]) -> str:
    """A hash of the claims; with a tie-breaker where a former event of the same claims has moved on under that id."""
    content = "\n".join(sorted(claims))
    tie = 0
    while True:
        name = "e" + hashlib.sha256(f"{content}\0{tie}".encode()).hexdigest()[:_DIGITS]
        if name not in taken:
            return name
        tie += 1
