"""An event's claims -> its voices: who independently of one another says something, and which outlets carry it.

A voice is the nearest named speaker, under whatever name. Where nobody is named it is the outlet itself, and of a text
that several outlets carry, copied or rewritten, the one that had it first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rashomon.linking.account_rules import AccountRules
from rashomon.linking.rewriting import Groups, same_statements
from rashomon.linking.rules import Rules
from rashomon.linking.speakers import Speaker, outlet_key, speakers
from rashomon.model import Claim, SourceKind, Voice, Witness

_TEXT = "text:"
_NAME = "name:"


def voices(
    claims: Sequence[Claim], witnesses: Mapping[str, Witness], rules: Rules, ways: AccountRules
) -> tuple[Voice, ...]:
    """The independent voices of an event, those with most outlets first; every claim stands in exactly one.

    Args:
        claims: the event's claims, in any order.
        witnesses: by report: its outlet, its group of copied texts, its day of publication. A report that is missing
            is a witness of its own.
        rules: which speakers are named by their office, and who is who.
        ways: how much two statements share where one is the other rewritten; the outlets.
    """
    claims = sorted(claims, key=lambda claim: claim.id)
    named = speakers(claims, witnesses, rules, ways)
    keys = _keys(claims, witnesses, named, ways)
    by_key: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[keys[claim.id]].append(claim)
    made = [_voice(key, of, witnesses, named, ways) for key, of in by_key.items()]
    return tuple(sorted(made, key=lambda v: (-len(v.outlets), -len(v.reports), v.name, v.id)))


def _keys(
    claims: Sequence[Claim], witnesses: Mapping[str, Witness], named: Mapping[str, Speaker], ways: AccountRules
) -> dict[str, str]:
    """By claim, the key of its voice."""
    keys = {claim: speaker.key for claim, speaker in named.items()}
    copies = {claim.id: _copies(claim.report, witnesses) for claim in claims}
    texts = Groups(copies.values())
    for group in same_statements(claims, ways.by.rewritten):
        unnamed = [claim.id for claim in group if claim.id not in named]
        speaking = {named[claim.id].key for claim in group if claim.id in named}
        if len(speaking) == 1:
            # One report says who said it, another prints the words as its own: they come from one mouth.
            keys |= dict.fromkeys(unnamed, next(iter(speaking)))
            continue
        for other in unnamed[1:]:
            texts.join(copies[unnamed[0]], copies[other])
    for carried in _by_group(texts, set(copies.values())).values():
        first = min(carried, key=lambda report: _published(report, witnesses))
        outlet = witnesses[first].outlet if first in witnesses else None
        voice = outlet_key(outlet, ways) if outlet is not None else _TEXT + first
        for claim in claims:
            if claim.id not in keys and copies[claim.id] in carried:
                keys[claim.id] = voice
    return keys


def _by_group(texts: Groups, copies: set[str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for each in sorted(copies):
        groups[texts.of(each)].add(each)
    return groups


def _copies(report: str, witnesses: Mapping[str, Witness]) -> str:
    return witnesses[report].copies if report in witnesses else report


def _published(report: str, witnesses: Mapping[str, Witness]) -> tuple[bool, str, str]:
    """Earlier ones first, those of unknown day last."""
    day = witnesses[report].published if report in witnesses else None
    return day is None, day.isoformat() if day is not None else "", report


def _voice(
    key: str,
    claims: Sequence[Claim],
    witnesses: Mapping[str, Witness],
    named: Mapping[str, Speaker],
    ways: AccountRules,
) -> Voice:
    reports = tuple(sorted({claim.report for claim in claims}))
    outlets = tuple(sorted({o for r in reports if r in witnesses and (o := witnesses[r].outlet) is not None}))
    speaking = [named[claim.id] for claim in claims if claim.id in named]
    name, side = _name(key, speaking, outlets, ways)
    return Voice(
        id=key if not key.startswith(_NAME) else _NAME + name.casefold(),
        name=name,
        kind=_kind([named[c.id] for c in claims if c.id in named and not _is_of(c.report, key, witnesses, ways)]),
        names=tuple(sorted({speaker.words for speaker in speaking})),
        side=side,
        claims=tuple(claim.id for claim in claims),
        reports=reports,
        outlets=outlets,
        sides=tuple(known.side if (known := ways.outlets.get(outlet)) is not None else "" for outlet in outlets),
    )


def _is_of(report: str, key: str, witnesses: Mapping[str, Witness], ways: AccountRules) -> bool:
    """Whether an outlet names itself in its own report."""
    outlet = witnesses[report].outlet if report in witnesses else None
    return outlet is not None and outlet_key(outlet, ways) == key


def _kind(speaking: Sequence[Speaker]) -> SourceKind | None:
    """The kind that most reports have the speaker as."""
    counts = Counter(speaker.kind for speaker in speaking)
    order = list(SourceKind)
    return min(counts, key=lambda kind: (-counts[kind], order.index(kind)), default=None)


def _name(key: str, speaking: Sequence[Speaker], outlets: Sequence[str], ways: AccountRules) -> tuple[str, str]:
    """What a voice is called, and where it is a known outlet whose view it gives."""
    if key.startswith(_TEXT):
        return f"report {key.removeprefix(_TEXT)}", ""
    known = ways.outlets.get(key.removeprefix("outlet:")) if key.startswith("outlet:") else None
    if known is not None:
        return known.name, known.side
    names = {speaker.name for speaker in speaking} or {o for o in outlets if outlet_key(o, ways) == key}
    return min(names, key=lambda name: (-len(name), name), default=key.partition(":")[2]), ""
