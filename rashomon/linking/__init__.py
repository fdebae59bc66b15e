"""Claims -> events: which claims are about one thing in the world, without choosing between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.linking.account_rules import AccountRules
from rashomon.linking.accounts import accounts_of, event_of, in_words, place_of
from rashomon.linking.blocking import pairs
from rashomon.linking.clustering import cluster
from rashomon.linking.denials import placed
from rashomon.linking.facts import facts_of, numbered, publications
from rashomon.linking.hearing import hear
from rashomon.linking.identity import identify
from rashomon.linking.lending import lent
from rashomon.linking.rules import Rules
from rashomon.linking.scoring import score
from rashomon.linking.silence import Covered, around, silent, why_not_known
from rashomon.model import Claim, Event, Judgement, JudgementKind, Witness

__all__ = [
    "AccountRules",
    "Covered",
    "Rules",
    "accounts_of",
    "around",
    "hear",
    "in_words",
    "link",
    "place_of",
    "silent",
    "why_not_known",
]


def link(
    claims: Sequence[Claim],
    witnesses: Mapping[str, Witness],
    judgements: Sequence[Judgement],
    ontology: Ontology,
    previous: Sequence[Event] = (),
    rules: Rules | None = None,
    ways: AccountRules | None = None,
) -> list[Event]:
    """Gathers claims into events; every claim stands in exactly one, and their order does not matter.

    Args:
        claims: claims of any reports, resolved or not: a name that was not resolved is compared by its spelling. Of
            several with one id, the first counts.
        witnesses: by report: its outlet, its group of copied texts, its day of publication. Where it is empty, nothing
            is known of who published what, and the counts of outlets and origins are 0.
        judgements: people's decisions that hold (`amending.holding`), in the order in which they were made; `same` and
            `different` bind, others are passed over.
        ontology: the types, in the order that breaks ties.
        previous: the events of the last time, whose ids go on.
        rules: the points to go by; the built-in ones where none are given.
        ways: what tells one voice from another; the built-in ones where none are given.

    Returns:
        Events by their first claim.
    """
    rules = rules or Rules.load(Layers())
    ways = ways or AccountRules.load(Layers())
    distinct: dict[str, Claim] = {}
    for claim in claims:
        distinct.setdefault(claim.id, claim)
    ordered = [distinct[name] for name in sorted(distinct)]
    published = publications(ordered, witnesses)
    numbers = numbered(ordered)
    facts = [facts_of(claim, numbers[claim.id], witnesses, published, rules) for claim in ordered]
    facts = lent(placed(facts, rules), rules)
    together, apart = _decided(judgements, {claim.id: n for n, claim in enumerate(ordered)})
    groups = cluster(
        len(ordered),
        {(i, j): score(facts[i], facts[j], rules) for i, j in pairs(facts, rules)},
        rules.points.in_all,
        together=together,
        apart=apart,
    )
    identities = identify([[ordered[n].id for n in group] for group in groups], previous)
    return [
        event_of([ordered[n] for n in group], identity, witnesses, ontology, rules, ways)
        for group, identity in zip(groups, identities, strict=True)
    ]


def _decided(
    judgements: Sequence[Judgement], index: Mapping[str, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs that people put together and pairs that they kept apart; about one pair the last word counts."""
    latest: dict[tuple[int, int], JudgementKind] = {}
    for judgement in judgements:
        if judgement.kind not in (JudgementKind.SAME, JudgementKind.DIFFERENT):
            continue
        a, b = index.get(judgement.subject), index.get(judgement.other or "")
        if a is not None and b is not None and a != b:
            latest[min(a, b), max(a, b)] = judgement.kind
    together = sorted(pair for pair, kind in latest.items() if kind is JudgementKind.SAME)
    return together, sorted(pair for pair, kind in latest.items() if kind is JudgementKind.DIFFERENT)
