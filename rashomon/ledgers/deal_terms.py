"""What a deal is said to provide for, and the days that it sets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.ledgers.rules import DealRules
from rashomon.ledgers.told import Says, Telling, says
from rashomon.model import Status


@dataclass(frozen=True, slots=True)
class Term:
    """What a deal is said to provide for.

    Attributes:
        agreed: said to be agreed; else only proposed.
        quote: the words of the first claim of it.
        by: the last day that its claims give for it, if they give one: a deadline.
    """

    type: str
    agreed: bool
    quote: str
    by: dt.date | None
    claims: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that an offer, a truce or an agreement sets, in the words of the report."""

    day: dt.date
    words: str
    claim: Says


def terms_of(tellings: Sequence[Telling], by_report: Mapping[str, Sequence[Telling]], rules: DealRules) -> list[Term]:
    """What stands near a deal in its report as agreed or proposed."""
    found: dict[str, Telling] = {}
    for telling in tellings:
        if telling.claim.type not in rules.concluded and telling.claim.type not in rules.offered:
            continue
        for other in by_report[telling.claim.report]:
            claim = other.claim
            if claim.status not in (Status.PLANNED, Status.POSSIBLE) or claim.type not in rules.terms:
                continue
            apart = max(claim.span.start - telling.claim.span.end, telling.claim.span.start - claim.span.end)
            if claim.id != telling.claim.id and apart <= rules.term_characters:
                found[claim.id] = other
    # What is agreed for later is a term wherever its report tells of it.
    found |= {t.claim.id: t for t in tellings if t.claim.status is Status.PLANNED and t.claim.type in rules.carried_out}
    by_words: dict[tuple[str, bool, str], list[Telling]] = defaultdict(list)
    for name in sorted(found):
        claim = found[name].claim
        words = " ".join(claim.quote.split())
        by_words[claim.type, claim.status is Status.PLANNED, words].append(found[name])
    terms = []
    for (kind, agreed, words), told in by_words.items():
        days = [t.days[1] for t in told if t.days is not None]
        terms.append(Term(kind, agreed, words, max(days, default=None), says(told)))
    return sorted(terms, key=lambda t: (not t.agreed, t.claims[0].said or dt.date.max, t.claims[0].claim))


def deadlines_of(tellings: Iterable[Telling]) -> list[Deadline]:
    """Days that lie ahead of the report which tells of an offer, a truce or a deal."""
    found = []
    for telling in tellings:
        days, time = telling.days, telling.claim.time
        if days is None or time is None or telling.said is None or days[1] <= telling.said:
            continue
        found.append(Deadline(days[1], time.mention.text, Says.of(telling)))
    return sorted(found, key=lambda deadline: (deadline.day, deadline.claim.claim))
