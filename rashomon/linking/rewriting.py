"""Which statements of several reports are one statement in other words: copied, cut or rewritten from one text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rashomon.linking.account_rules import Rewritten
from rashomon.model import Claim

_COMMON = 200  # a run of words in more different statements than this tells nothing


class Groups:
    """Things that are one, put together pair by pair."""

    def __init__(self, things: Iterable[str]) -> None:
        self._leader = {thing: thing for thing in things}

    def of(self, thing: str) -> str:
        """The first in the alphabet of all that are one with it."""
        while self._leader[thing] != thing:
            self._leader[thing] = self._leader[self._leader[thing]]
            thing = self._leader[thing]
        return thing

    def join(self, one: str, other: str) -> None:
        """Makes two things one."""
        first, second = sorted((self.of(one), self.of(other)))
        self._leader[second] = first


def same_statements(claims: Sequence[Claim], rules: Rewritten) -> list[list[Claim]]:
    """Groups of at least two claims, of at least two reports, whose quotes are nearly the same words.

    Args:
        claims: those of one event.
        rules: how much two statements must share. Statements of one report are not compared: it does not copy itself.

    Returns:
        Groups in order of their first claim's id, claims by id.
    """
    by_words: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        words = tuple(_words(claim.quote))
        if len(words) >= rules.least:
            by_words[words].append(claim)
    groups = Groups(claim.id for same in by_words.values() for claim in same)
    for same in by_words.values():
        for claim in same[1:]:
            groups.join(same[0].id, claim.id)
    runs = {words: _runs(words, rules.run) for words in by_words}
    for (one, other), shared in _shared(runs).items():
        reports = {claim.report for claim in by_words[one]} | {claim.report for claim in by_words[other]}
        if len(reports) > 1 and shared >= rules.share * min(len(runs[one]), len(runs[other])):
            groups.join(by_words[one][0].id, by_words[other][0].id)
    together: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted((claim for same in by_words.values() for claim in same), key=lambda claim: claim.id):
        together[groups.of(claim.id)].append(claim)
    return [group for group in together.values() if len({claim.report for claim in group}) > 1]


def _words(quote: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"['’‘`]", "", quote.casefold()))


def _runs(words: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[start : start + length]) for start in range(len(words) - length + 1))


type _Words = tuple[str, ...]


def _shared(runs: Mapping[_Words, frozenset[tuple[str, ...]]]) -> Counter[tuple[_Words, _Words]]:
    """How many runs of words two statements share, for those that share any."""
    where: dict[tuple[str, ...], list[_Words]] = defaultdict(list)
    for words in sorted(runs):
        for run in runs[words]:
            where[run].append(words)
    shared: Counter[tuple[_Words, _Words]] = Counter()
    for holders in where.values():
        if len(holders) <= _COMMON:
            shared.update((one, other) for n, one in enumerate(holders) for other in holders[n + 1 :])
    return shared
