"""Claims -> events, all anew or only where something changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.linking.account_rules import AccountRules
from rashomon.linking.accounts import event_of
from rashomon.linking.blocking import Blocks
from rashomon.linking.clustering import Grouped, Offer, cluster
from rashomon.linking.denials import placed
from rashomon.linking.facts import ClaimFacts, facts_of, numbered, publications
from rashomon.linking.identity import identify
from rashomon.linking.judged import Pairs, pairs_decided
from rashomon.linking.lending import lent
from rashomon.linking.rules import Rules
from rashomon.linking.scoring import Scores, Scoring
from rashomon.model import Candidate, Claim, Event, Judgement, Witness

_DIGITS = 16
_REPORT, _BLOCK = "report ", "block "
_MOST = 4  # of the claims: where more than one in so many is touched, linking all anew is quicker


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking made, and what it needs to go on from there.

    Attributes:
        events: by their first claim.
        candidates: events that could be one, by their claims.
        basis: a fingerprint of the rules and all else that it went by beside claims and judgements; empty if unknown.
        marks: fingerprints of what it was made from: of each report, and of each large block.
        renewed: how many claims were grouped anew.
    """

    events: tuple[Event, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    basis: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    renewed: int = 0


def link(
    claims: Sequence[Claim],
    witnesses: Mapping[str, Witness],
    judgements: Sequence[Judgement],
    ontology: Ontology,
    previous: Sequence[Event] = (),
    rules: Rules | None = None,
    ways: AccountRules | None = None,
) -> list[Event]:
    """Gathers claims into events, all of them anew; `previous` only gives its ids. See `relink`."""
    before = Linked(events=tuple(previous))
    return list(relink(claims, witnesses, judgements, ontology, before, "", rules, ways).events)


def relink(
    claims: Sequence[Claim],
    witnesses: Mapping[str, Witness],
    judgements: Sequence[Judgement],
    ontology: Ontology,
    before: Linked,
    basis: str = "",
    rules: Rules | None = None,
    ways: AccountRules | None = None,
) -> Linked:
    """Gathers claims into events; every claim stands in exactly one, and their order does not matter.

    Only what hangs together with a report that is new, gone or otherwise than before is compared and grouped; the rest
    stays as it was. The result is the same as of linking all of it anew.

    Args:
        claims: claims of any reports, resolved or not: a name that was not resolved is compared by its spelling. Of
            several with one id, the first counts.
        witnesses: by report: its outlet, its group of copied texts, its day of publication. Where it is empty, nothing
            is known of who published what, and the counts of outlets and origins are 0.
        judgements: people's decisions that hold (`amending.holding`), in the order in which they were made; `same` and
            `different` bind, others are passed over.
        ontology: the types, in the order that breaks ties.
        before: the last result, whose ids go on.
        basis: a fingerprint of ontology, rules and ways; where it is empty or another than before, all is linked anew.
        rules: the points to go by; the built-in ones where none are given.
        ways: what tells one voice from another; the built-in ones where none are given.
    """
    rules = rules or Rules.load(Layers())
    ways = ways or AccountRules.load(Layers())
    if basis and not witnesses:
        basis += " without witnesses"  # outlets and origins are not counted then
    distinct: dict[str, Claim] = {}
    for claim in claims:
        distinct.setdefault(claim.id, claim)
    ordered = [distinct[name] for name in sorted(distinct)]
    index = {claim.id: n for n, claim in enumerate(ordered)}
    decided = pairs_decided(judgements, index)
    facts = facts_for(ordered, witnesses, rules)
    blocks = Blocks(facts, rules)
    marks = _marks_of_reports(ordered, witnesses, decided)
    marks |= {_BLOCK + name: mark for name, mark in blocks.marks().items()}
    whole = _Whole(ordered, facts, blocks, Scoring(facts, rules), decided, rules)
    touched: Sequence[int] = range(len(ordered))
    if basis and basis == before.basis:
        some = _touched(ordered, before, marks, blocks)
        touched = whole.hanging_together(some) if len(some) * _MOST <= len(ordered) else touched
    if len(touched) == len(ordered):
        found, kept = whole.grouped(touched, blocks.pairs()), dict[tuple[str, ...], Event]()
    else:
        found = _with_untouched(whole.grouped(touched, whole.pairs_of(touched)), touched, before, index)
        anew = {ordered[n].id for n in touched}
        kept = {event.claims: event for event in before.events if anew.isdisjoint(event.claims)}
    names = [tuple(ordered[n].id for n in group) for group in found.groups]
    identities = identify(names, before.events)
    events = tuple(
        kept.get(some) or event_of([ordered[n] for n in group], identity, witnesses, ontology, rules, ways)
        for some, group, identity in zip(names, found.groups, identities, strict=True)
    )
    event_of_claim = {claim: event.id for event in events for claim in event.claims}
    candidates = tuple(_candidate(offer, ordered, event_of_claim) for offer in found.offers)
    return Linked(events, candidates, basis, marks, len(touched))


def facts_for(claims: Sequence[Claim], witnesses: Mapping[str, Witness], rules: Rules) -> list[ClaimFacts]:
    """What is compared of claims, in their order; those of one report must all be there, for they lend each other."""
    published, numbers = publications(claims, witnesses), numbered(claims)
    told = [facts_of(claim, numbers[claim.id], witnesses, published, rules) for claim in claims]
    return lent(placed(told, rules), rules)


# --- what is grouped ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Whole:
    """All claims, ready to be compared."""

    claims: Sequence[Claim]
    facts: Sequence[ClaimFacts]
    blocks: Blocks
    scoring: Scoring
    decided: tuple[Pairs, Pairs]
    rules: Rules

    def grouped(self, items: Iterable[int], pairs: Iterable[tuple[int, int]]) -> Grouped:
        """Groups of these claims, compared by these pairs."""
        items = [*items]
        scores = Scores()
        for i, j in pairs:
            scores.add(i, j, self.scoring.score(i, j))
        inside = set(items)
        together, apart = ([pair for pair in some if inside.issuperset(pair)] for some in self.decided)
        return cluster(items, scores, self.rules.points.in_all, together=together, apart=apart)

    def hanging_together(self, items: Iterable[int]) -> list[int]:
        """These claims, and all that hang together with one of them, by way of others too."""
        bound = defaultdict[int, list[int]](list)
        for a, b in self.decided[0]:
            bound[a].append(b)
            bound[b].append(a)
        found = set(items)
        left = sorted(found)
        while left:
            one = left.pop()
            more = set(bound[one]) - found
            for other in self.blocks.of(one):
                if other not in found and self._alike(one, other):
                    more.add(other)
            found |= more
            left += sorted(more)
        return sorted(found)

    def pairs_of(self, items: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The pairs of `Blocks.pairs` between these claims."""
        inside = set(items)
        for one in items:
            yield from ((one, other) for other in self.blocks.of(one) if other > one and other in inside)

    def _alike(self, i: int, j: int) -> bool:
        points = self.scoring.score(min(i, j), max(i, j))
        return points is not None and points >= self.rules.points.in_all.least


def _with_untouched(found: Grouped, touched: Sequence[int], before: Linked, index: Mapping[str, int]) -> Grouped:
    """The groups of what was touched, with the events and candidates of before that were not."""
    inside = set(touched)
    groups, offers = [*found.groups], [*found.offers]
    for event in before.events:
        numbers = [index[claim] for claim in event.claims if claim in index]
        if numbers and inside.isdisjoint(numbers):
            groups.append(sorted(numbers))
    for candidate in before.candidates:
        pair = [index[claim] for claim in candidate.claims if claim in index]
        if len(pair) == len(candidate.claims) and inside.isdisjoint(pair):
            offers.append(Offer((min(pair), max(pair)), candidate.points))
    return Grouped(sorted(groups), sorted(offers, key=lambda offer: offer.pair))


def _candidate(offer: Offer, claims: Sequence[Claim], event_of_claim: Mapping[str, str]) -> Candidate:
    first, second = (claims[n].id for n in offer.pair)
    return Candidate((event_of_claim[first], event_of_claim[second]), (first, second), offer.mean)


# --- what changed ---------------------------------------------------------------------------------------------------


def _touched(claims: Sequence[Claim], before: Linked, marks: Mapping[str, str], blocks: Blocks) -> set[int]:
    """Claims of which something is otherwise than before, or that something gone stood beside."""
    changed = {name for name in marks.keys() | before.marks.keys() if marks.get(name) != before.marks.get(name)}
    touched = {n for n, claim in enumerate(claims) if _REPORT + claim.report in changed}
    for name in changed:
        if name.startswith(_BLOCK):
            touched.update(blocks.in_block(name.removeprefix(_BLOCK)))
    index = {claim.id: n for n, claim in enumerate(claims)}
    for event in before.events:
        numbers = [index.get(claim) for claim in event.claims]
        if any(number is None or number in touched for number in numbers):
            touched.update(number for number in numbers if number is not None)
    known = {claim for event in before.events for claim in event.claims}
    return touched | {n for n, claim in enumerate(claims) if claim.id not in known}


def _marks_of_reports(
    claims: Sequence[Claim], witnesses: Mapping[str, Witness], decided: tuple[Pairs, Pairs]
) -> dict[str, str]:
    """By report: a fingerprint of all that is compared of its claims, and of what people decided about them."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        told[claim.report].append(repr(claim))
    for word, pairs in zip(("same", "different"), decided, strict=True):
        for a, b in pairs:
            for one in (a, b):
                told[claims[one].report].append(f"{word} {claims[a].id} {claims[b].id}")
    return {_REPORT + report: _mark((repr(witnesses.get(report)), *parts)) for report, parts in told.items()}


def _mark(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:_DIGITS]
