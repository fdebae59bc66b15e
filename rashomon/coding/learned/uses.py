"""Which candidates the rules give each mention to: what is another event's is less likely this one's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Case

Heads = frozenset[int]
_NONE: Heads = frozenset()


@dataclass(frozen=True, slots=True)
class Uses:
    """For mentions (by number) and meanings (by type of event and key) the candidates that the rules give them to.

    Attributes:
        actors, targets, spots, times, counts: by number of the mention.
        spot_keys: by type and key of places.
        group_times: of each time, how many merged events have it.
        spot_tokens: tokens of places that are named.
    """

    actors: Mapping[int, Heads]
    targets: Mapping[int, Heads]
    spots: Mapping[int, Heads]
    times: Mapping[int, Heads]
    counts: Mapping[int, Heads]
    spot_keys: Mapping[tuple[str, str], Heads]
    group_times: Mapping[int, int]
    spot_tokens: frozenset[int]

    @classmethod
    def of(cls, case: Case) -> Uses:
        """Goes once through a report's candidates."""
        known, spots = case.known, case.mentions.spots
        return cls(
            actors=_heads((i, c.head) for c in known for i in c.given.actors),
            targets=_heads((i, c.head) for c in known for i in c.given.targets),
            spots=_heads((i, c.head) for c in known for i in c.given.spots),
            times=_heads((c.given.time, c.head) for c in known if c.given.time is not None),
            counts=_heads((i, c.head) for c in known for i in c.given.counts),
            spot_keys=_heads(((c.given.kind, spots[i].key), c.head) for c in known for i in c.given.spots),
            group_times=Counter(group.given.time for group in case.groups if group.given.time is not None),
            spot_tokens=frozenset(
                at
                for spot in spots
                if not spot.mention.adjective
                for at in range(spot.mention.start_token, spot.mention.end_token)
            ),
        )


def _heads[Key](pairs: Iterable[tuple[Key, int]]) -> Mapping[Key, Heads]:
    found: defaultdict[Key, set[int]] = defaultdict(set)
    for key, head in pairs:
        found[key].add(head)
    return {key: frozenset(heads) for key, heads in found.items()}


def users(uses: Mapping[int, Heads], members: Iterable[int], but: int) -> Heads:
    """The heads of all candidates that have one of these mentions, one candidate left out."""
    return _NONE.union(*(uses.get(member, _NONE) for member in members)) - {but}


def users_of_key(uses: Mapping[tuple[str, str], Heads], kind: str, key: str, but: int) -> Heads:
    """The heads of all candidates of a type that have a mention of this meaning, one candidate left out."""
    return uses.get((kind, key), _NONE) - {but}
