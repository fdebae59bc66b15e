"""What the ledgers are made from: a view's events, with whose word each claim is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon import ledgers
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.ledgers import Told, View, Who, Whose
from rashomon.linking import AccountRules, Rules
from rashomon.linking.voices import voices
from rashomon.model import Claim, Event, Voice, Witness


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
    linking, ways = Rules.load(layers), AccountRules.load(layers)
    actors = linking.actors or Actors.load(layers)
    who = Who(actors, ways.outlets, ledgers.Rules.load(layers))
    claims = {claim.id: claim for claim in view.claims() if coder is None or claim.coder.partition("/")[0] == coder}
    events, witnesses = list(view.events()), view.witnesses()
    whose: dict[str, Whose] = {}
    for event in events:
        own = [claims[name] for name in event.claims if name in claims]
        heard = voices(own, witnesses, linking, ways)
        of = {claim: voice for voice in heard for claim in voice.claims}
        for claim in own:
            whose[claim.id] = _whose(claim, witnesses.get(claim.report), of[claim.id], who)
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


def _whose(claim: Claim, witness: Witness | None, voice: Voice, who: Who) -> Whose:
    outlet = witness.outlet if witness is not None else None
    known = who.outlets.get(outlet)
    name = known.name if known is not None else outlet or f"report {claim.report}"
    view = known.side if known is not None else ""
    day = witness.published if witness is not None else None
    return Whose(name, who.side_of(claim, outlet, day), view, voice.id, voice.name)
