"""The `rules` coder: grammar over a spaCy parse, with lexicons as data. Needs no training, explains itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from rashomon.coding.absorbing import ATTACKS, host_of
from rashomon.coding.actor_context import ActorContext
from rashomon.coding.dating import dates_what_it_is_for, lend_days, time_for
from rashomon.coding.drafts import Draft, freeze
from rashomon.coding.labels import FoundLabel, find_labels
from rashomon.coding.lending import lend_actors, lend_kinds
from rashomon.coding.means import decide_type
from rashomon.coding.merging import merge, words_of
from rashomon.coding.parties import Parties
from rashomon.coding.place_attach import place_for
from rashomon.coding.place_lending import lend_places
from rashomon.coding.places import PlaceMention, find_places
from rashomon.coding.quantities import FoundQuantity, find_quantities, quantities_for
from rashomon.coding.roles import Roles, roles_of
from rashomon.coding.sources import Attributions, attributions
from rashomon.coding.status import status_of
from rashomon.coding.times import TimeMention, find_times
from rashomon.coding.triggers import Trigger, find_triggers
from rashomon.coding.weapons import FoundWords, find_weapons, weapons_for
from rashomon.coding.weighing import all_signs, claims_only
from rashomon.knowledge import Knowledge
from rashomon.knowledge.romanise import skeleton
from rashomon.model import Claim, Report, SourceKind, Status

_SPEAKS_AS = {
    "armed_group": SourceKind.ARMED_GROUP,
    "military": SourceKind.MILITARY,
    "monitor": SourceKind.MONITOR,
    "ngo": SourceKind.NGO,
    "rescue": SourceKind.RESCUE,
    "un": SourceKind.UN,
}
_RUNNING_TOTAL = 1000  # deaths that no single event of this war has caused


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that the finders found in one document.

    Attributes:
        parties: finds who takes part in an event.
        sentences: the triggers of each sentence, by its number.
    """

    doc: Doc
    triggers: list[Trigger]
    spoken: Attributions
    context: ActorContext
    places: list[PlaceMention]
    times: list[TimeMention]
    quantities: list[FoundQuantity]
    weapons: list[FoundWords]
    labels: list[FoundLabel]
    parties: Parties
    sentences: dict[int, list[Trigger]]

    def beside(self, trigger: Trigger) -> list[Trigger]:
        """The triggers of the trigger's sentence, itself included."""
        return self.sentences.get(self.context.sentence_of[trigger.head.i], [])


@dataclass(frozen=True, slots=True)
class Proposal:
    """One trigger with all that the rules hang on it, before anything is merged.

    Attributes:
        trigger: the words that name an event, or may.
        draft: what is said of it there.
        roles: head tokens of those who take part by grammar.
        host: for a weak trigger ('killed') the event that it is a part of, or None.
        added: whether the trigger comes from the caller and not from the lexicon.
    """

    trigger: Trigger
    draft: Draft
    roles: Roles
    host: Trigger | None
    added: bool


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that the rules can tell of one document, for another coder to choose from.

    Attributes:
        findings: the spans that the finders found.
        single: every trigger by itself, those of the lexicon first, each in the order of the text.
        merged: the events that the rules make of the lexicon's triggers, claims or not.
    """

    findings: Findings
    single: list[Proposal]
    merged: list[Draft]


class RulesCoder:
    """Finds claims by grammar and lexicons.

    Args:
        knowledge: lexicons, actors, gazetteer.
        parse: parses one report into a document whose offsets count characters of the report's text.
    """

    name = "rules"
    version = "3"

    def __init__(self, knowledge: Knowledge, parse: Callable[[Report], Doc]) -> None:
        self._knowledge = knowledge
        self._parse = parse

    def code(self, report: Report) -> list[Claim]:
        """The report's claims in the order of the text; mentions are words with offsets, nothing is resolved."""
        return self.code_parsed(report, self._parse(report))

    def code_parsed(self, report: Report, doc: Doc) -> list[Claim]:
        """The same for a report that is parsed already."""
        findings = self._find(report, doc)
        drafts = claims_only(self._told(findings), findings.context.sentence_of, self._knowledge)
        lend_kinds(drafts)
        return self._frozen(drafts, report, findings)

    def mentions(self, report: Report, doc: Doc) -> list[tuple[Claim, list[str]]]:
        """Every mention of an event as if it were a claim, with the signs that decide whether it is one."""
        findings = self._find(report, doc)
        shown = list(all_signs(self._told(findings), findings.context.sentence_of, self._knowledge))
        claims = self._frozen([draft for draft, _ in shown], report, findings)
        return [(claim, signs) for claim, (_, signs) in zip(claims, shown, strict=True)]

    def propose(
        self, report: Report, doc: Doc, more: Callable[[Findings], Sequence[Trigger]] = lambda _: ()
    ) -> Proposals:
        """What the rules see of each event that is named, and how they would merge it; what is a claim is left open.

        Args:
            report: the report.
            doc: its parsed document.
            more: finds further words that may name events; they are never merged.
        """
        found = self._find(report, doc)
        single = [self._proposal(trigger, found, added=False) for trigger in found.triggers]
        own = {proposal.trigger.head.i: proposal.draft for proposal in single}
        merged = self._drafts(found, lambda trigger: own[trigger.head.i].copy())
        lend_kinds(claims_only(merged, found.context.sentence_of, self._knowledge))
        single += [self._proposal(trigger, found, added=True) for trigger in more(found)]
        return Proposals(found, single, merged)

    def _proposal(self, trigger: Trigger, found: Findings, *, added: bool) -> Proposal:
        light = trigger.entry.light
        host = host_of(trigger, found.triggers, self._stands_alone(trigger, found)) if light else None
        roles = roles_of(trigger, self._knowledge.lexicon.verbs)
        return Proposal(trigger, self._draft(trigger, found), roles, host, added)

    def _frozen(self, drafts: Sequence[Draft], report: Report, found: Findings) -> list[Claim]:
        ties: dict[str, int] = {}
        coder = f"{self.name}/{self.version}"
        for draft in drafts:
            draft.labels = labels_of(draft, found)
        return [freeze(draft, report.id, found.doc, report.text, coder, ties) for draft in drafts]

    def _find(self, report: Report, doc: Doc) -> Findings:
        known = self._knowledge
        context = ActorContext.of(doc, known.actors, report.publication.day)
        bodies = _bodies(context)
        spoken = attributions(doc, known.speech, report.outlet, bodies)
        triggers = find_triggers(doc, known.lexicon, spoken.speech_tokens, context.names)
        places = find_places(doc, known.gazetteer, bodies.keys())
        times = find_times(doc, known.times)
        sentences: dict[int, list[Trigger]] = {}
        for trigger in triggers:
            sentences.setdefault(context.sentence_of[trigger.head.i], []).append(trigger)
        return Findings(
            doc=doc,
            triggers=triggers,
            spoken=spoken,
            context=context,
            places=places,
            times=times,
            quantities=find_quantities(doc, known.quantities, times),
            weapons=find_weapons(doc, known.weapons),
            labels=find_labels(doc, known.labels),
            parties=Parties(known, context, _nobody(triggers, places, times, context)),
            sentences=sentences,
        )

    def _told(self, found: Findings) -> list[Draft]:
        return self._drafts(found, lambda trigger: self._draft(trigger, found))

    def _drafts(self, found: Findings, draft_of: Callable[[Trigger], Draft]) -> list[Draft]:
        """One draft for each event that the report tells of; weak triggers join the event that they are part of.

        Args:
            found: what the finders found.
            draft_of: gives the draft of one trigger, free to be changed.
        """
        drafts: dict[int, Draft] = {}
        light: list[tuple[Trigger, Trigger | None]] = []
        for trigger in found.triggers:
            if trigger.entry.light:
                light.append((trigger, host_of(trigger, found.triggers, self._stands_alone(trigger, found))))
            else:
                drafts[trigger.head.i] = draft_of(trigger)
        for trigger, host in light:
            joined = drafts.get(host.head.i) if host is not None else None
            if joined is not None and (trigger.entry.type != "casualties" or self._is_part(trigger, joined, found)):
                self._absorb(joined, trigger, found)
            elif joined is not None or host is None:
                drafts[trigger.head.i] = draft_of(trigger)
        merged = merge([drafts[i] for i in sorted(drafts)], self._knowledge.actors)
        lend_actors(merged)
        lend_days(merged, self._knowledge.times.inherit)
        lend_places(merged, self._knowledge.gazetteer.words)
        for draft in merged:
            draft.targets = found.parties.settled(draft.kind, draft.targets) or found.parties.loser(
                draft.kind, draft.start, draft.end, draft.actors
            )
        return merged

    def _is_part(self, toll: Trigger, host: Draft, found: Findings) -> bool:
        """Whether nothing that a toll says of itself speaks against the attack: another doer, place, day or means."""
        counts = self._counts(toll, "casualties", found)
        if counts and all(count in host.quantities for count in counts):
            return True  # one number is told of one event
        doers = found.parties.who(toll, roles_of(toll, self._knowledge.lexicon.verbs), "casualties", [])
        if _disjoint({m.actor_id for m in doers if m.actor_id}, {m.actor_id for m in host.actors if m.actor_id}):
            return False
        sentence = toll.head.sent
        if sentence.start == host.trigger.head.sent.start:
            return True
        places = [p for p in found.places if sentence.start <= p.start_token < sentence.end and not p.adjective]
        if _disjoint({skeleton(p.name) for p in places}, {skeleton(p.name) for p in host.places}):
            return False
        time = time_for(toll.head, found.times, self._knowledge.speech.verbs)
        if time is not None and host.time is not None and words_of(time, found.doc) != words_of(host.time, found.doc):
            return False
        means = {w.platform for w in self._weapons(toll, found)}
        return not means or bool(means & {w.platform for w in host.weapons})

    def _stands_alone(self, trigger: Trigger, found: Findings) -> bool:
        """Whether a toll counts more than one event's dead, or only those who may yet die: then it stands alone."""
        if trigger.is_noun and status_of(trigger, "casualties", self._knowledge.lexicon) is Status.POSSIBLE:
            return True
        counts = self._counts(trigger, "casualties", found)
        return any((q.quantity.minimum or 0) >= _RUNNING_TOTAL for q in counts)

    def _draft(self, trigger: Trigger, found: Findings) -> Draft:
        known = self._knowledge
        roles = roles_of(trigger, self._knowledge.lexicon.verbs)
        weapons = self._weapons(trigger, found)
        kind = decide_type(trigger, weapons, roles, found.context)
        if kind == "withdrawal" and trigger.entry.frame == "flee":
            roles = Roles(actors=roles.targets)  # who withdraws does it, who is displaced undergoes it
        sentence = trigger.head.sent
        places = self._places(trigger, kind, found)
        status = status_of(trigger, kind, self._knowledge.lexicon)
        time = time_for(trigger.head, found.times, self._knowledge.speech.verbs)
        if time is not None and status is Status.PLANNED and dates_what_it_is_for(trigger.head, time):
            time = None
        return Draft(
            trigger=trigger,
            kind=kind,
            status=status,
            start=sentence.start,
            end=sentence.end,
            source=found.spoken.of_act(trigger.head.i)
            if known.ontology[kind].speech
            else found.spoken.of(trigger.head.i),
            actors=found.parties.who(trigger, roles, kind, weapons),
            targets=[] if known.ontology[kind].two_sided else found.parties.whom(trigger, roles.targets, kind, weapons),
            places=places,
            own_places=any(p.start_token >= sentence.start for p in places),
            time=time,
            quantities=self._counts(trigger, kind, found),
            weapons=weapons,
            heads=[trigger.head.i],
        )

    def _places(self, trigger: Trigger, kind: str, found: Findings) -> list[PlaceMention]:
        heads = [t.head for t in found.beside(trigger)]
        return place_for(trigger.head, found.places, heads, words=self._knowledge.gazetteer.words, kind=kind)

    def _weapons(self, trigger: Trigger, found: Findings) -> list[FoundWords]:
        rivals = [t.head for t in found.beside(trigger) if t.head.i != trigger.head.i and t.entry.type in ATTACKS]
        struck = trigger.entry.type in ("destruction", "seizure")
        return weapons_for(trigger.head, found.weapons, rivals, struck=struck)

    def _counts(self, trigger: Trigger, kind: str, found: Findings) -> list[FoundQuantity]:
        others = [
            (t.head, t.entry.type) for t in found.beside(trigger) if not t.entry.light and t.head.i != trigger.head.i
        ]
        return quantities_for(trigger.head, found.quantities, self._knowledge.quantities, kind, others)

    def _absorb(self, host: Draft, trigger: Trigger, found: Findings) -> None:
        """What a toll says of the event that caused it: how many, who, and where the event itself says nothing."""
        host.heads.append(trigger.head.i)
        roles = roles_of(trigger, self._knowledge.lexicon.verbs)
        if trigger.entry.type == "casualties" and not self._knowledge.ontology[host.kind].two_sided:
            known = {(m.start_token, m.end_token) for m in host.targets}
            victims = found.parties.whom(trigger, roles.targets, host.kind, host.weapons)
            host.targets += [m for m in victims if (m.start_token, m.end_token) not in known]
            if not host.actors:
                host.actors = found.parties.who(trigger, roles, host.kind, host.weapons)
        known_counts = {q.quantity for q in host.quantities}
        host.quantities += [q for q in self._counts(trigger, host.kind, found) if q.quantity not in known_counts]
        if not host.own_places:
            places = self._places(trigger, host.kind, found)
            sentence = trigger.head.sent
            if any(sentence.start <= p.start_token < sentence.end for p in places):
                host.places, host.own_places = places, True
        host.time = host.time or time_for(trigger.head, found.times, self._knowledge.speech.verbs)


def _disjoint(some: set[str], others: set[str]) -> bool:
    return bool(some and others and not some & others)


def _nobody(
    triggers: Sequence[Trigger],
    places: Sequence[PlaceMention],
    times: Sequence[TimeMention],
    context: ActorContext,
) -> frozenset[int]:
    where = {i for p in places if not p.adjective for i in range(p.start_token, p.end_token)}
    when = {i for t in times for i in range(t.start_token, t.end_token) if context.at(i) is None}
    return frozenset(where | when | {t.head.i for t in triggers})


def labels_of(draft: Draft, found: Findings) -> list[FoundLabel]:
    """The loaded words that this claim uses: in its actors, targets and trigger."""
    ranges = [(m.start_token, m.end_token) for m in (*draft.actors, *draft.targets)]
    ranges.append((draft.trigger.start, draft.trigger.end))
    return [label for label in found.labels if any(a < label.end_token and label.start_token < b for a, b in ranges)]


def _bodies(context: ActorContext) -> dict[int, SourceKind]:
    """For each token of a name that leads to a body, how that body speaks where nothing else is said of it."""
    kinds = {seen: _SPEAKS_AS.get(context.actors.get(seen.actor).kind) for seen in context.seen if seen.actor}
    named = {seen: kind for seen, kind in kinds.items() if kind and not context.actors.get(seen.actor or "").generic}
    return {at: kind for seen, kind in named.items() for at in range(seen.start, seen.end)}
