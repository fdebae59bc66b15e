"""What the ledgers are made from: a view's events, with whose word each claim is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon import ledgers
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.knowledge.romanise import fold_words
from rashomon.ledgers import Told, View, Who, Whose
from rashomon.linking import Rules
from rashomon.model import Claim, Event, Source, Witness


@dataclass(frozen=True, slots=True)
class Account:
    """All that a ledger is made with: the events told of, and who looks up parties."""

    told: tuple[Told, ...]
    who: Who


def account_of(view: View, layers: Layers, coder: str | None = None) -> Account:
    """The events of a view, with whose word each claim is.

    Args:
        view: events, claims and witnesses.
        layers: the knowledge.
        coder: name of the coder whose claims count; None for every coder's that stand in an event.

    Raises:
        KnowledgeError: a file of knowledge is broken.
    """
    linking = Rules.load(layers)
    actors = linking.actors or Actors.load(layers)
    who = Who(actors, Outlets.load(layers), ledgers.Rules.load(layers))
    claims = {claim.id: claim for claim in view.claims() if coder is None or claim.coder.partition("/")[0] == coder}
    events, witnesses = list(view.events()), view.witnesses()
    whose: dict[str, Whose] = {}
    for event in events:
        own = [claims[name] for name in event.claims if name in claims]
        origins = _origins(own, witnesses, linking, who)
        for claim in own:
            whose[claim.id] = _whose(claim, witnesses.get(claim.report), origins[claim.id], who)
    shown = _Shown(events, tuple(claims.values()), witnesses)
    return Account(tuple(ledgers.tell(shown, whose)), who)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A view of what is at hand."""

    all_events: Sequence[Event]
    all_claims: Sequence[Claim]
    all_witnesses: Mapping[str, Witness]

    def events(self) -> Iterable[Event]:
        return self.all_events

    def claims(self) -> Iterable[Claim]:
        return self.all_claims

    def witnesses(self) -> Mapping[str, Witness]:
        return self.all_witnesses


def _whose(claim: Claim, witness: Witness | None, origin: str, who: Who) -> Whose:
    outlet = witness.outlet if witness is not None else None
    known = who.outlets.get(outlet)
    name = known.name if known is not None else outlet or f"report {claim.report}"
    day = witness.published if witness is not None else None
    return Whose(name, who.side_of(claim, outlet, day), known.side if known is not None else "", origin)


# --- origins ----------------------------------------------------------------------------------------------------------


def _origins(claims: Collection[Claim], witnesses: Mapping[str, Witness], rules: Rules, who: Who) -> dict[str, str]:
    """By claim of one event, the independent voice that it comes from.

    The nearest named speaker, under whichever name; where nobody is named the outlet that had the text first. An outlet
    that others quote is the same voice as its own report.
    """
    first: dict[str, list[Witness]] = defaultdict(list)
    for report in sorted({claim.report for claim in claims} & witnesses.keys()):
        first[witnesses[report].copies].append(witnesses[report])
    own = {copies: _own(min(found, key=_by_day), who) for copies, found in first.items()}
    origins = {}
    for claim in claims:
        named = next((source for source in claim.source if _is_named(source, rules)), None)
        witness = witnesses.get(claim.report)
        if named is not None:
            origins[claim.id] = _key(named.mention.text, claim, witness, who)
        else:
            origins[claim.id] = own[witness.copies] if witness is not None else f"text:{claim.report}"
    return origins


def _by_day(witness: Witness) -> tuple[bool, str, str]:
    day = witness.published
    return (day is None, day.isoformat() if day is not None else "", witness.report)


def _own(witness: Witness, who: Who) -> str:
    """The outlet that a text is from, or the text where that is not known."""
    if witness.outlet is None:
        return f"text:{witness.copies}"
    known = who.outlets.get(witness.outlet) or who.outlets.find(witness.outlet)
    return f"outlet:{known.id}" if known is not None else f"name:{_fold(witness.outlet)}"


def _key(name: str, claim: Claim, witness: Witness | None, who: Who) -> str:
    bare = name.removeprefix("the ").removeprefix("The ")
    outlet = who.outlets.find(bare)
    if outlet is not None:
        return f"outlet:{outlet.id}"
    actor = who.actors.named(bare, witness.published if witness is not None else None)
    return f"actor:{actor.id}" if actor is not None else f"name:{_fold(bare)}"


def _is_named(source: Source, rules: Rules) -> bool:
    """Capitals make a name: of the last word, or of any word where the speaker is an office."""
    words = [word for word in source.mention.text.split() if word[0].isalpha() and word.casefold() != "the"]
    if not words:
        return False
    if source.kind in rules.points.offices:
        return any(word[0].isupper() for word in words) and not words[-1].casefold().startswith("source")
    return words[-1][0].isupper()


def _fold(name: str) -> str:
    return " ".join(fold_words(name))
