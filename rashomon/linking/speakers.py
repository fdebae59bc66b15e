"""Who a claim's nearest named speaker is: one body under all its names, a person as the body that he speaks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.knowledge.actors import Actor, Actors
from rashomon.knowledge.romanise import fold_words
from rashomon.linking.account_rules import AccountRules
from rashomon.linking.rules import Rules
from rashomon.model import Claim, Source, SourceKind, Witness

_ACRONYM = 2  # capital letters that make one
_LONGEST = 8  # words: a longer phrase describes somebody and is no name
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_APPOSITION = re.compile(r"\s*,\s+|\s+(?:the|an?|which|who)\s+")
_NOBODY = ("people", "object")
_SPEAKING = ("person", "media", "monitor")  # who speaks by trade: whatever stands before the name describes


@dataclass(frozen=True, slots=True)
class Speaker:
    """A named speaker.

    Attributes:
        key: one for all names of one body: 'outlet:' or 'actor:' with an id of the files, else 'name:' and the name.
        name: its full name.
        words: the report's words for it.
        kind: what kind of speaker the report has it as.
    """

    key: str
    name: str
    words: str
    kind: SourceKind


def speakers(
    claims: Sequence[Claim], witnesses: Mapping[str, Witness], rules: Rules, ways: AccountRules
) -> dict[str, Speaker]:
    """By claim, its nearest speaker who has a name; a claim without one is not among them.

    A name is read with what the report calls the speaker elsewhere: 'he' by its antecedent, 'the Observatory' by the
    longer name that the same report gives, an acronym by the name that it stands for in any report.
    """
    found: dict[str, tuple[str, Source]] = {}
    for claim in claims:
        for source in claim.source:
            name = _name(source, _published(claim.report, witnesses), rules, ways)
            if name is not None:
                found[claim.id] = (name, source)
                break
    report_of = {claim.id: claim.report for claim in claims}
    names_of: dict[str, set[str]] = {}
    for told, (name, _) in found.items():
        names_of.setdefault(report_of[told], set()).add(name)
    every = sorted({name for name, _ in found.values()})
    acronyms = {_initials(name): name for name in every if " " in name}
    out = {}
    for told, (name, source) in found.items():
        report = report_of[told]
        day = _published(report, witnesses)
        full = _longer(name, names_of[report]) or acronyms.get(name, name)
        key, shown = _identity(full, day, rules, ways)
        out[told] = Speaker(key, shown, source.mention.text, source.kind)
    return out


def _published(report: str, witnesses: Mapping[str, Witness]) -> dt.date | None:
    return witnesses[report].published if report in witnesses else None


def outlet_key(outlet: str, ways: AccountRules) -> str:
    """The key of an outlet that speaks for itself: that under which others quote it."""
    known = ways.outlets.get(outlet) or ways.outlets.find(outlet)
    return f"outlet:{known.id}" if known is not None else f"name:{fold(outlet)}"


def fold(name: str) -> str:
    """A name without case, articles and spelling variants."""
    return " ".join(fold_words(name))


# --- names ----------------------------------------------------------------------------------------------------------


def _name(source: Source, day: dt.date | None, rules: Rules, ways: AccountRules) -> str | None:
    """The name of a speaker, or of whom a pronoun stands for; None for a mere role ('a military source')."""
    for text in (source.mention.antecedent, source.mention.text):
        if not text or len(text.split()) > _LONGEST:
            continue
        known = rules.actors.named(text, day) if rules.actors is not None else None
        # One word without a capital is a role, whoever it may mean in one country: 'the army'.
        body = known is not None and _is_somebody(known) and len(fold_words(text)) > 1
        if body or ways.outlets.find(text) is not None or is_named(text, source.kind, rules):
            return _without_seat(_ARTICLE.sub("", text.strip()))
    return None


def is_named(text: str, kind: SourceKind, rules: Rules) -> bool:
    """Capitals make a name: of the last word, or of any word where the speaker is an office."""
    words = [word for word in text.split() if word[0].isalpha() and word.casefold() != "the"]
    if not words:
        return False
    if kind in rules.points.offices:
        return any(map(_is_proper, words)) and not words[-1].casefold().startswith("source")
    return _is_proper(words[-1])


def _is_proper(word: str) -> bool:
    """Whether it has a capital, and does not only describe: 'Britain-based'."""
    return word[0].isupper() and not word.rpartition("-")[2].islower()


def _without_seat(name: str) -> str:
    """'New York-based Human Rights Watch' without where it sits."""
    words = name.split()
    last = max((n for n, word in enumerate(words) if "-" in word and not _is_proper(word)), default=-1)
    rest = words[last + 1 :]
    return " ".join(rest) if rest and _is_proper(rest[0]) else name


def _initials(name: str) -> str:
    letters = "".join(word[0] for word in name.split() if word[0].isupper() and word != "The")
    return letters if len(letters) >= _ACRONYM else name


def _longer(name: str, others: set[str]) -> str | None:
    """The one longer name of the same report that holds all words of this one."""
    words = set(fold_words(name))
    longer = [other for other in others if words and words < set(fold_words(other))]
    shortest = min(map(len, longer), default=0)
    best = sorted(other for other in longer if len(other) == shortest)
    keys = {fold(other) for other in longer}
    return best[0] if len(keys) == 1 else None


# --- who that is ----------------------------------------------------------------------------------------------------


def _identity(name: str, day: dt.date | None, rules: Rules, ways: AccountRules) -> tuple[str, str]:
    """The key and the full name of a speaker."""
    outlet = ways.outlets.find(name) or ways.outlets.find(f"The {name}")
    actor = _actor(name, day, rules.actors, ways) if outlet is None and rules.actors is not None else None
    if actor is not None and rules.actors is not None:
        actor = _body(actor, rules.actors)
        outlet = next((o for each in _called(actor) if (o := ways.outlets.find(each)) is not None), None)
    if outlet is not None:
        return f"outlet:{outlet.id}", outlet.name
    if actor is not None:
        return f"actor:{actor.id}", actor.name
    name = _body_of(name, ways)
    return f"name:{fold(name)}", name


def _body_of(name: str, ways: AccountRules) -> str:
    """A body that is in no file, without who speaks for it: 'source at Northern Police Command'."""
    words = name.split()
    first = next((n for n, word in enumerate(words) if word not in ways.by.speaks_for), 0)
    return " ".join(words[first:]) if words[first][0].isupper() else name


def _called(actor: Actor) -> Iterator[str]:
    yield actor.name
    yield from (alias.removeprefix("=") for alias in actor.aliases)


def _body(actor: Actor, actors: Actors) -> Actor:
    """A person is the voice of whom he speaks for."""
    while actor.kind == "person" and actor.part_of is not None:
        actor = actors.get(actor.part_of)
    return actor


def _actor(name: str, day: dt.date | None, actors: Actors, ways: AccountRules) -> Actor | None:
    """Whom the words name: as a whole, before an apposition, as who speaks at their end, or as who speaks for it."""
    for text in (name, _APPOSITION.split(name, maxsplit=1)[0]):
        named = actors.named(text, day)
        if named is not None and _is_somebody(named):
            return named
    words = actors.fold(name)
    found = actors.names_in(words, day)
    if not found:
        return None
    last = actors.get(found[-1].owner.actor)
    start = found[-1].start
    described = start == 0 or words[start - 1].raw.casefold() not in ways.by.not_before
    if last.kind in _SPEAKING and found[-1].end == len(words) and described:
        return last
    within = {number for each in found for number in range(each.start, each.end)}
    rest = [word.raw.casefold() for number, word in enumerate(words) if number not in within]
    bodies = {_body(actors.get(each.owner.actor), actors).id for each in found}
    body = actors.get(next(iter(bodies)))
    return body if len(bodies) == 1 and _is_somebody(body) and set(rest) <= ways.by.speaks_for else None


def _is_somebody(actor: Actor) -> bool:
    return not actor.generic and actor.kind not in _NOBODY
