"""An event's accounts side by side: its voices, what each says in every field, and what they say of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rashomon.knowledge.ontology import Ontology
from rashomon.linking.account_rules import AccountRules
from rashomon.linking.contradictions import contradictions
from rashomon.linking.rules import Rules
from rashomon.linking.stands import Court, Said
from rashomon.linking.voices import voices
from rashomon.model import Claim, Event, FieldAccounts, Given, Hearing, Label, Naming, Witness


def hear(
    event: Event,
    claims: Sequence[Claim],
    witnesses: Mapping[str, Witness],
    ontology: Ontology,
    rules: Rules,
    ways: AccountRules,
) -> Hearing:
    """What an event's voices say; the order of the claims does not matter, and nothing is kept.

    Args:
        event: the event, for its accounts.
        claims: its claims, resolved and amended.
        witnesses: by report, whose word it is.
        ontology: which types are fights, deals or acts of speech.
        rules: who is who.
        ways: what accounts are compared by.
    """
    heard = voices(claims, witnesses, rules, ways)
    court = Court.of(claims, heard, witnesses, rules, ways)
    disputed, replaced = contradictions(court, ontology)
    return Hearing(heard, tuple(_fields(event, court)), disputed, replaced, tuple(_namings(court)))


def _fields(event: Event, court: Court) -> Iterator[FieldAccounts]:
    """Each field's values, those that most voices give first, then by what they say."""
    said = {each.claim.id: each for each in court.said}
    values: dict[str, list[Given]] = defaultdict(list)
    for account in event.accounts:
        by = [said[claim] for claim in account.claims if claim in said]
        if by:
            values[account.field].append(court.given(account.value, by))
    for field, given in values.items():
        yield FieldAccounts(field, tuple(sorted(given, key=lambda each: (-len(each.voices), each.value))))


def _namings(court: Court) -> Iterator[Naming]:
    """Who is called what in which outlets, and which name the same without a loaded word."""
    words: dict[str, dict[str, list[tuple[str, Said]]]] = defaultdict(lambda: defaultdict(list))
    named: dict[str, set[str]] = defaultdict(set)
    for said in court.said:
        for label in said.claim.labels:
            words[called(label)][label.text.casefold()].append((label.text, said))
        for person in (*said.claim.actors, *said.claim.targets):
            name = person.resolution.name if person.resolution is not None else person.mention.text
            if said.outlet is not None:
                named[name].add(said.outlet)
    for whom in sorted(words):
        loaded = {said.outlet for used in words[whom].values() for _, said in used}
        given = [
            court.given(min(text for text, _ in used), (said for _, said in used))
            for _, used in sorted(words[whom].items())
        ]
        yield Naming(whom, tuple(given), tuple(sorted(named[whom] - loaded)) if whom else ())


def called(label: Label) -> str:
    """Whom a loaded word stands for; empty where that is nobody who is named."""
    if label.resolution is not None and label.resolution.name:
        return label.resolution.name
    return label.stands_for.text if label.stands_for is not None else ""
