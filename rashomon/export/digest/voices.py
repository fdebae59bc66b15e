"""Who says it: claims -> the voices behind them, as a reader is told of them.

`who_says` is all that the digest knows of speakers. Whoever counts or names voices in another way replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.export.digest.grammar import is_several, with_article
from rashomon.export.digest.phrases import Phrases
from rashomon.knowledge.actor_phrases import PhraseKind, read
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.labels import LabelLexicon, split
from rashomon.knowledge.outlets import Outlets
from rashomon.knowledge.romanise import fold_words
from rashomon.model import Claim, Report, Source, SourceKind, Witness

NO_OUTLET = "an outlet not known"
_SIGNS = re.compile(r"[^\w\s'’-]")
_ARTICLE = re.compile(r"^(the|an?) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker, with what is said on its word.

    Attributes:
        key: who it is; two unnamed sources of two reports are two.
        name: as it stands inside a sentence: 'the Syrian Observatory for Human Rights', 'a military source'.
        several: whether it takes a plural verb.
        own: whether it is an outlet that speaks in its own voice.
        told: to whom it spoke, where the reports say so and all say the same; else empty.
        cited_by: the outlets that carry its word, itself and `told` left out.
        claims: what is said on its word.
    """

    key: str
    name: str
    several: bool
    own: bool
    told: str
    cited_by: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Speakers:
    """What is needed to tell who speaks; reports and witnesses by report id."""

    reports: Mapping[str, Report]
    witnesses: Mapping[str, Witness]
    outlets: Outlets
    actors: Actors
    labels: LabelLexicon
    phrases: Phrases

    def outlet(self, report: str) -> str:
        """The name of the outlet that a report is from, as it stands inside a sentence."""
        return self._outlet(self._outlet_id(report))

    def is_loaded(self, words: str) -> bool:
        """Whether a loaded word stands among `words`."""
        parts = split(_SIGNS.sub(" ", words))
        found = (
            (parts[n:], wanted, entry.unless)
            for n, part in enumerate(parts)
            for wanted, entry in self.labels.starting_with(part)
        )
        return any(
            rest[: len(wanted)] == wanted and not unless.intersection(rest[len(wanted) : len(wanted) + 1])
            for rest, wanted, unless in found
        )

    def small(self, words: str) -> str:
        """`words` as they stand inside a sentence: 'a military source' for 'A military source'."""
        first, space, rest = words.partition(" ")
        return first.lower() + space + rest if first.lower() in self.phrases.speakers.small else words

    def _outlet_id(self, report: str) -> str | None:
        if report in self.reports:
            return self.reports[report].outlet
        return self.witnesses[report].outlet if report in self.witnesses else None

    def _outlet(self, outlet: str | None) -> str:
        known = self.outlets.get(outlet)
        if known is not None:
            return with_article(known.name, self.phrases)
        return outlet if outlet is not None else NO_OUTLET

    def own_voice(self, claim: Claim) -> tuple[int, str, str]:
        """Rank, key and name of the outlet in whose report a claim is."""
        outlet = self._outlet_id(claim.report)
        return 3, f"outlet {outlet}" if outlet is not None else f"report {claim.report}", self._outlet(outlet)

    def speaker(self, source: Source, report: str) -> tuple[int, str, str]:
        """Rank, key and name of a speaker: those known by name come first, then others, then the unnamed."""
        text = " ".join((source.mention.antecedent or source.mention.text).split())
        bare = _ARTICLE.sub("", text)
        outlet = self.outlets.find(bare)
        if outlet is not None:
            return 0, f"outlet {outlet.id}", self._outlet(outlet.id)
        day = self.reports[report].publication.day if report in self.reports else None
        reading = read(text, self.actors, day)
        if reading.kind is PhraseKind.ACTOR and reading.actor is not None:
            actor = self.actors.get(reading.actor)
            same = self.outlets.find(actor.name)
            if same is not None and actor.kind in self.phrases.speakers.by_name:
                return 0, f"outlet {same.id}", self._outlet(same.id)
            if actor.kind in self.phrases.speakers.by_name or self.is_loaded(text):
                return 0, f"actor {actor.id}", with_article(actor.name, self.phrases)
        words = self.phrases.speakers
        copies = self.witnesses[report].copies if report in self.witnesses else report
        vague = not bare or reading.kind in (PhraseKind.PRONOUN, PhraseKind.EMPTY)
        vague = vague or bare.split()[0].casefold() in words.whose
        if vague or (bare.casefold() in words.vague and not text.casefold().startswith(("a ", "an "))):
            return 2, f"unnamed {source.kind.value} {copies}", words.unnamed[source.kind]
        name = f"“{self.small(text)}”" if self.is_loaded(text) else self.small(text)
        known = reading.kind is PhraseKind.ACTOR or (bare[:1].isupper() and bare[1:2].islower())
        return 1, f"words {' '.join(fold_words(bare))}" + ("" if known else f" {copies}"), name


def who_says(claims: Iterable[Claim], speakers: Speakers) -> tuple[Voice, ...]:
    """The voices behind `claims`: named speakers first, outlets that speak for themselves last, else by name.

    The nearest speaker is the voice ('a military source told the agency' is the source's word); where a report names
    none, its outlet is. An outlet that others quote is the same voice as its own report.
    """
    found: dict[str, list[Claim]] = {}
    known: dict[str, tuple[int, str, str]] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        one = speakers.speaker(claim.source[0], claim.report) if claim.source else speakers.own_voice(claim)
        found.setdefault(one[1], []).append(claim)
        known[one[1]] = min(one, known.get(one[1], one))
    ordered = sorted(known.values(), key=lambda one: (one[0], one[2].casefold(), one[1]))
    return tuple(_voice(key, name, found[key], speakers) for _, key, name in ordered)


def _voice(key: str, name: str, claims: list[Claim], speakers: Speakers) -> Voice:
    own = all(not claim.source for claim in claims)
    listeners = {_listener(claim, speakers) for claim in claims}
    told_key, told = next(iter(listeners)) if len(listeners) == 1 else ("", "")
    if told_key == key:
        told = ""
    carriers = {speakers.own_voice(claim)[1:] for claim in claims}
    cited_by = sorted({who for carrier, who in carriers if carrier not in (key, told_key)}, key=str.casefold)
    return Voice(
        key=key,
        name=name,
        several=is_several(name, speakers.phrases),
        own=own,
        told=told,
        cited_by=tuple(cited_by),
        claims=tuple(claims),
    )


def _listener(claim: Claim, speakers: Speakers) -> tuple[str, str]:
    """Key and name of the outlet that a claim's speaker spoke to, where it has a name; else two empty words."""
    if len(claim.source) > 1 and claim.source[1].kind is SourceKind.MEDIA:
        rank, key, name = speakers.speaker(claim.source[1], claim.report)
        if rank == 0:
            return key, name
    return "", ""
