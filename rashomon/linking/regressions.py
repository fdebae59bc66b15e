"""People's decisions about pairs of claims as test cases for linking."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.linking.blocking import Blocks
from rashomon.linking.clustering import cluster
from rashomon.linking.events import facts_for
from rashomon.linking.judged import last_words, pairs_decided
from rashomon.linking.rules import Rules
from rashomon.linking.scoring import Scores, Scoring
from rashomon.model import Claim, Judgement, JudgementKind, Witness


@dataclass(frozen=True, slots=True)
class Case:
    """What becomes of one decision, `same` or `different`.

    Attributes:
        judgement: the last one about its pair.
        missing: ids of its claims that are not at hand; nothing can be told of it then.
        alone: whether linking by itself, with no decision of people, comes to the same.
        holds: whether it comes out so where all decisions bind.
        against: where it does not: the decisions, one `different` and any number of `same`, that it cannot stand with.
    """

    judgement: Judgement
    missing: tuple[str, ...] = ()
    alone: bool = False
    holds: bool = False
    against: tuple[Judgement, ...] = ()


def regressions(
    claims: Iterable[Claim], witnesses: Mapping[str, Witness], judgements: Sequence[Judgement], rules: Rules
) -> list[Case]:
    """Links claims without people's decisions about pairs, and with them, and says what becomes of each.

    Args:
        claims: all claims, as `linking.link` takes them; their order does not matter.
        witnesses: by report: see `linking.link`.
        judgements: those that hold (`amending.holding`), in the order in which they were made.
        rules: the points to go by.

    Returns:
        A case for each pair that was judged, in the order in which the last word was said on it.
    """
    latest = last_words(judgements)
    if not latest:
        return []
    distinct: dict[str, Claim] = {}
    for claim in claims:
        distinct.setdefault(claim.id, claim)
    ordered = [distinct[name] for name in sorted(distinct)]
    index = {claim.id: n for n, claim in enumerate(ordered)}
    facts = facts_for(ordered, witnesses, rules)
    scoring, scores = Scoring(facts, rules), Scores()
    for i, j in Blocks(facts, rules).pairs():
        scores.add(i, j, scoring.score(i, j))
    together, apart = pairs_decided(judgements, index)
    joining = rules.points.in_all
    alone = _group_of(cluster(range(len(ordered)), scores, joining).groups)
    bound = _group_of(cluster(range(len(ordered)), scores, joining, together=together, apart=apart).groups)
    at_hand = [judgement for pair, judgement in latest.items() if index.keys() >= {*pair}]
    cases = []
    for pair, judgement in latest.items():
        missing = tuple(claim for claim in pair if claim not in index)
        if missing:
            cases.append(Case(judgement, missing=missing))
            continue
        (a, b), same = (index[claim] for claim in pair), judgement.kind is JudgementKind.SAME
        holds = (bound[a] == bound[b]) is same
        against = () if holds else cannot_stand_with(judgement, at_hand)
        cases.append(Case(judgement, alone=(alone[a] == alone[b]) is same, holds=holds, against=against))
    return cases


def _group_of(groups: Iterable[Sequence[int]]) -> dict[int, int]:
    return {item: number for number, group in enumerate(groups) for item in group}


def cannot_stand_with(wanted: Judgement, judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The decisions that stand against a `same`: a `different`, and those that tie its claims to those of the pair.

    Args:
        wanted: the decision that does not come out.
        judgements: those that hold, about claims that are at hand, in their order.

    Returns:
        As few as there are: the `different` first, then the chain. Empty where no decision stands against it.
    """
    latest = last_words(judgements)
    tied: defaultdict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    for (first, second), judgement in sorted(latest.items()):
        if judgement.kind is JudgementKind.SAME and {first, second} != {wanted.subject, wanted.other}:
            tied[first].append((second, judgement))
            tied[second].append((first, judgement))
    here, there = (_chains(claim, tied) for claim in (wanted.subject, wanted.other or ""))
    found = []
    for pair, judgement in latest.items():
        if judgement.kind is JudgementKind.DIFFERENT:
            for one, other in (pair, pair[::-1]):
                if one in here and other in there:
                    found.append((judgement, *here[one], *there[other]))
    return min(found, key=lambda some: (len(some), [each.id for each in some]), default=())


def _chains(start: str, tied: Mapping[str, Sequence[tuple[str, Judgement]]]) -> dict[str, list[Judgement]]:
    """By claim that is tied to this one: the shortest chain of decisions that ties them."""
    chains: dict[str, list[Judgement]] = {start: []}
    left = deque([start])
    while left:
        one = left.popleft()
        for other, judgement in tied.get(one, ()):
            if other not in chains:
                chains[other] = [*chains[one], judgement]
                left.append(other)
    return chains
