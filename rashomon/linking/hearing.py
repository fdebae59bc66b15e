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
from rashomon.model import Claim, Event, FieldAccounts, Given, Hearing, Naming, Witness


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
    """Who is called what by whom, and who names the same without a loaded word."""
    words: dict[str, dict[str, list[tuple[str, Said]]]] = defaultdict(lambda: defaultdict(list))
    plain: dict[str, set[str]] = defaultdict(set)
    for said in court.said:
        for label in said.claim.labels:
            whom = label.resolution.name if label.resolution is not None else ""
            if not whom and label.stands_for is not None:
                whom = label.stands_for.text
            words[whom][label.text.casefold()].append((label.text, said))
        for person in (*said.claim.actors, *said.claim.targets):
            plain[person.resolution.name if person.resolution is not None else person.mention.text].add(said.voice)
    for whom in sorted(words):
        loaded = {said.voice for used in words[whom].values() for _, said in used}
        yield Naming(
            whom,
            tuple(
                court.given(min(text for text, _ in used), (said for _, said in used))
                for _, used in sorted(words[whom].items())
            ),
            tuple(sorted(plain[whom] - loaded, key=court.order.__getitem__)) if whom else (),
        )
