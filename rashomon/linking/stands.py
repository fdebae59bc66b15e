"""Where each voice stands in a question, and which voices exclude each other: shared by all kinds of contradiction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rashomon.linking.account_rules import AccountRules
from rashomon.linking.rules import Rules
from rashomon.model import Claim, Contradiction, ContradictionKind, Given, Status, Voice, Witness

ASSERTED = (Status.OCCURRED, Status.ONGOING)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with whose it is, when its report came out, and in which outlet."""

    claim: Claim
    voice: str
    published: dt.date | None
    outlet: str | None

    @property
    def printed_by(self) -> str:
        """The outlet whose words they are; the report where that is not known."""
        return self.outlet if self.outlet is not None else f"report {self.claim.report}"

    @property
    def asserts(self) -> bool:
        """Whether it says that something is or was so: no plan, no guess, no denial."""
        return self.claim.status in ASSERTED


@dataclass(frozen=True, slots=True)
class Court:
    """All that is said of one event, by claim's id, and what it is compared by.

    Attributes:
        order: by voice, its place in the event's list of voices.
    """

    said: tuple[Said, ...]
    order: Mapping[str, int]
    rules: Rules
    ways: AccountRules

    @classmethod
    def of(
        cls,
        claims: Iterable[Claim],
        voices: Sequence[Voice],
        witnesses: Mapping[str, Witness],
        rules: Rules,
        ways: AccountRules,
    ) -> Court:
        """The claims of an event with their voices; a claim that no voice has is left out."""
        voice_of = {claim: voice.id for voice in voices for claim in voice.claims}
        said = []
        for claim in sorted(claims, key=lambda claim: claim.id):
            witness = witnesses.get(claim.report)
            if claim.id in voice_of:
                day, outlet = (witness.published, witness.outlet) if witness is not None else (None, None)
                said.append(Said(claim, voice_of[claim.id], day, outlet))
        return cls(tuple(said), {voice.id: n for n, voice in enumerate(voices)}, rules, ways)

    def given(self, value: str, by: Iterable[Said]) -> Given:
        """A value with all who give it."""
        by = list(by)
        return Given(
            value,
            tuple(sorted({each.voice for each in by}, key=self.order.__getitem__)),
            tuple(sorted({each.outlet for each in by if each.outlet is not None})),
            tuple(sorted({each.claim.id for each in by})),
        )


@dataclass(frozen=True, slots=True)
class Stand[Item]:
    """One value that a voice gives: what is compared, how it reads, what it is sorted by, and who gives it."""

    item: Item
    reads: str
    rank: tuple[str, ...]
    said: Said


def dispute[Item](
    court: Court,
    kind: ContradictionKind,
    about: str,
    stands: Sequence[Stand[Item]],
    agree: Callable[[Item, Item], bool],
    whose: Callable[[Said], str] = lambda said: said.voice,
) -> Contradiction | None:
    """The contradiction between voices of which no value of one agrees with any value of the other; or None.

    What one voice says several times is never held against itself. `whose` tells who that is, for words as they are
    printed: the outlet.
    """
    by_voice: dict[str, list[Stand[Item]]] = defaultdict(list)
    for stand in stands:
        by_voice[whose(stand.said)].append(stand)
    at_odds: set[str] = set()
    for one, other in combinations(sorted(by_voice), 2):
        if not any(agree(a.item, b.item) for a in by_voice[one] for b in by_voice[other]):
            at_odds |= {one, other}
    if not at_odds:
        return None
    values: dict[tuple[tuple[str, ...], str], list[Said]] = defaultdict(list)
    for voice in at_odds:
        for stand in by_voice[voice]:
            values[stand.rank, stand.reads].append(stand.said)
    return Contradiction(kind, about, tuple(court.given(key[1], values[key]) for key in sorted(values)))
