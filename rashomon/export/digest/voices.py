"""Who says it: claims -> the voices behind them, as a reader is told of them.

Which claims come from one independent voice is what `linking.voices` says of all claims of the event. Within it those
are told apart who go by different names: an outlet, 'a military source' that it quotes, another that prints the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.export.digest.grammar import is_several, with_article
from rashomon.export.digest.phrases import Phrases
from rashomon.knowledge.actor_phrases import PhraseKind, read
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.labels import LabelLexicon, split
from rashomon.knowledge.romanise import fold_words
from rashomon.linking import AccountRules, Rules
from rashomon.linking.voices import voices
from rashomon.model import Claim, Report, Source, SourceKind, Witness
from rashomon.model import Voice as Origin

NO_OUTLET = "an outlet not known"
_SIGNS = re.compile(r"[^\w\s'’-]")
_ARTICLE = re.compile(r"^(the|an?) ", re.IGNORECASE)
_KNOWN, _WORDS, _UNNAMED, _OUTLET = range(4)  # speakers, in the order in which they are named

type Heard = Mapping[str, Origin]
"""By claim, the independent voice that it comes from."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker, with what is said on its word.

    Attributes:
        key: who it is: a name, and the origin of somebody without one.
        origins: the independent voices that its word comes from: an outlet prints its own and others' texts. Two with
            the same origin are one witness.
        name: as it stands inside a sentence: 'the Syrian Observatory for Human Rights', 'a military source'.
        several: whether it takes a plural verb.
        own: whether it is an outlet that speaks in its own voice.
        told: to whom it spoke, where the reports say so and all say the same; else empty.
        cited_by: the outlets that carry its word, itself and `told` left out.
        claims: what is said on its word.
    """

    key: str
    origins: frozenset[str]
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
    rules: Rules
    ways: AccountRules
    actors: Actors
    labels: LabelLexicon
    phrases: Phrases

    def heard(self, claims: Sequence[Claim]) -> Heard:
        """By claim of one event, the independent voice that it comes from."""
        found = voices(claims, self.witnesses, self.rules, self.ways)
        return {claim: voice for voice in found for claim in voice.claims}

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
        known = self.ways.outlets.get(outlet)
        if known is not None:
            return with_article(known.name, self.phrases)
        return outlet if outlet is not None else NO_OUTLET

    def mouth(self, claim: Claim, origin: Origin) -> tuple[int, str]:
        """Rank and name of whoever says it: the nearest speaker, or else the outlet in whose report it is."""
        if not claim.source:
            return _OUTLET, self.outlet(claim.report)
        source = claim.source[0]
        whole = source.mention.text in origin.names and self._is_part(source.mention.text, origin.name)
        if whole and not self.is_loaded(origin.name):
            known = not origin.id.startswith("name:")
            return _KNOWN if known else _WORDS, with_article(self.small(origin.name), self.phrases)
        return self.speaker(source, claim.report)

    def _is_part(self, text: str, name: str) -> bool:
        """Whether `text` is less than the whole of a name: 'the Observatory'."""
        return set(fold_words(_ARTICLE.sub("", text))) < set(fold_words(name))

    def speaker(self, source: Source, report: str) -> tuple[int, str]:
        """Rank and name of a speaker: those known by name come first, then others, then the unnamed."""
        text = " ".join((source.mention.antecedent or source.mention.text).split())
        bare = _ARTICLE.sub("", text)
        outlet = self.ways.outlets.find(bare)
        if outlet is not None:
            return _KNOWN, self._outlet(outlet.id)
        day = self.reports[report].publication.day if report in self.reports else None
        reading = read(text, self.actors, day)
        if reading.kind is PhraseKind.ACTOR and reading.actor is not None:
            actor = self.actors.get(reading.actor)
            if actor.kind in self.phrases.speakers.by_name or self.is_loaded(text):
                same = self.ways.outlets.find(actor.name)
                return _KNOWN, self._outlet(same.id) if same is not None else with_article(actor.name, self.phrases)
        words = self.phrases.speakers
        vague = not bare or reading.kind in (PhraseKind.PRONOUN, PhraseKind.EMPTY)
        vague = vague or bare.split()[0].casefold() in words.whose
        if vague or (bare.casefold() in words.vague and not text.casefold().startswith(("a ", "an "))):
            return _UNNAMED, words.unnamed[source.kind]
        return _WORDS, f"“{self.small(text)}”" if self.is_loaded(text) else self.small(text)


def who_says(claims: Iterable[Claim], speakers: Speakers, heard: Heard) -> tuple[Voice, ...]:
    """The voices behind `claims`: named speakers first, outlets that speak for themselves last, else by name.

    Args:
        claims: some of an event's claims.
        speakers: how speakers are called. The nearest one is the voice ('a military source told the agency' is the
            source's word); where a report names none, its outlet is.
        heard: from which origin each of these claims comes, in the light of all claims of the event.
    """
    found: dict[tuple[str, str], list[Claim]] = {}
    shown: dict[tuple[str, str], tuple[int, str]] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        origin = heard[claim.id]
        one = speakers.mouth(claim, origin)
        key = (_whose(claim, one[0], origin), " ".join(fold_words(_ARTICLE.sub("", one[1]))))
        found.setdefault(key, []).append(claim)
        shown[key] = min(one, shown.get(key, one), key=_best_name)
    ordered = sorted(shown, key=lambda key: (shown[key][0], shown[key][1].casefold(), key))
    return tuple(_voice(key, shown[key][1], found[key], speakers, heard) for key in ordered)


def _whose(claim: Claim, rank: int, origin: Origin) -> str:
    """Where a speaker without a name belongs: 'a military source' of two origins is two; a name is one."""
    named = rank in (_KNOWN, _OUTLET) or claim.source[0].mention.text in origin.names
    unknown = rank == _OUTLET and origin.id.startswith("text:")
    return origin.id if unknown or not named else ""


def _best_name(one: tuple[int, str]) -> tuple[int, bool, str]:
    """Of several forms of one name, that with an article, and with small letters: 'Activists' began a sentence."""
    rank, name = one
    return rank, _ARTICLE.match(name) is None, name.swapcase()


def _voice(key: tuple[str, str], name: str, claims: list[Claim], speakers: Speakers, heard: Heard) -> Voice:
    own = all(not claim.source for claim in claims)
    listeners = {_listener(claim, speakers) for claim in claims}
    listener = next(iter(listeners)) if len(listeners) == 1 else ""
    told = listener if listener != name else ""
    carriers = {speakers.outlet(claim.report) for claim in claims}
    cited_by = sorted(carriers - {name, told}, key=str.casefold)
    return Voice(
        key=" ".join(key),
        origins=frozenset(heard[claim.id].id for claim in claims),
        name=name,
        several=is_several(name, speakers.phrases),
        own=own,
        told=told,
        cited_by=tuple(cited_by),
        claims=tuple(claims),
    )


def _listener(claim: Claim, speakers: Speakers) -> str:
    """The name of the outlet that a claim's speaker spoke to, where it has one; else nothing."""
    if len(claim.source) > 1 and claim.source[1].kind is SourceKind.MEDIA:
        rank, name = speakers.speaker(claim.source[1], claim.report)
        if rank == _KNOWN:
            return name
    return ""
