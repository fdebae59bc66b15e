"""Who takes part in an event: from the heads that the grammar gives to the actors and targets of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from rashomon.coding.actor_context import ActorContext, Seen
from rashomon.coding.actors import ActorMention, behind, phrases
from rashomon.coding.grammar import clause, counted, held_by, objects_of_preposition, subjects
from rashomon.coding.roles import Roles
from rashomon.coding.triggers import Trigger
from rashomon.coding.weapons import FoundWords
from rashomon.knowledge import Knowledge

# Kinds of actors that kill nobody and take nothing: where the grammar says so, it took speakers, rescuers or the killed
# for those who did it.
_UNARMED = frozenset({"people", "monitor", "media", "ngo", "rescue", "un"})
# Families of events that are done by force.
_BY_FORCE = frozenset({"violence", "territory"})
# Types that are done to nobody: forces that are sent are the doer's own.
_NOBODY_TO = frozenset({"mobilization", "control", "fortification"})
_ANYBODY = "people"  # the id of those of whom nothing is said
_OF_DEEDS = frozenset({"accusation", "rejection"})
# Types in which who holds the place is the one whom it is done to.
_FROM_SOMEBODY = frozenset({"capture", "siege"})
_TELLING = frozenset({"monitor", "media"})
_FOUGHT_OVER = frozenset({"siege", "offensive", "capture", "ground_attack"})
_JOINING = frozenset({"and", "or", ","})
_NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "PART"})
_BETWEEN = frozenset({"between", "among", "amongst"})
_WITH = frozenset({"with", "against"})
_FAR = 15  # tokens after a word for fighting in which 'between' still names its sides
_NEAR = 5  # those in which 'with' does


@dataclass(frozen=True, slots=True)
class Parties:
    """Finds the actors and targets of the events of one document.

    Attributes:
        knowledge: actors, word classes, types of events.
        context: who is named in the document.
        nobody: tokens that are a place, a day or an event, and so no actor and no target.
    """

    knowledge: Knowledge
    context: ActorContext
    nobody: frozenset[int]

    def who(self, trigger: Trigger, roles: Roles, kind: str, weapons: Sequence[FoundWords]) -> list[ActorMention]:
        """The actors of an event: somebody; no places, days, events, nor a weapon nobody is named for.

        Args:
            trigger: the words that name the event.
            roles: the heads of the phrases that take part in it.
            kind: its type.
            weapons: the weapons that belong to it.
        """
        kept = [h for h in roles.actors if h.i not in self.nobody and not self._is_bare_weapon(h, weapons)]
        named = [m for m in self._phrases(kept) if m.actor_id is not None or self._is_somebody(self._head(m))]
        named += [m for m in self._companions(named) if m not in named]
        modifiers = [
            h for h in roles.modifiers if h.i not in self.nobody and not self._is_part_of_word(self.context.at(h.i))
        ]
        named += [m for m in self._phrases(modifiers) if m.actor_id is not None and m not in named]
        if trigger.is_noun and trigger.entry.frame in ("done", "sides"):
            named += self._others(named, self._before(trigger))
        named = self._without_own(named)
        if kind == "armed_clash":
            named = [m for m in named if not self._is_unarmed(m)]
            named += self._sides(trigger, named)
        if trigger.is_noun and not named:
            named = self._by_agent(trigger)
        if self._by_force(kind):
            named = [m for m in named if not self._is_unarmed(m)]
        return named

    def whom(
        self, trigger: Trigger, heads: Sequence[Token], kind: str, weapons: Sequence[FoundWords]
    ) -> list[ActorMention]:
        """The targets of an event: whom or what it is done to, no ground and no weapon that it is done with.

        Of a place that changes hands only who loses it is a target.

        Args:
            trigger: the words that name the event.
            heads: the heads of the phrases that it is done to.
            kind: its type.
            weapons: the weapons that belong to it.
        """
        if kind in _NOBODY_TO:
            return []
        if kind in _OF_DEEDS:
            heads = [t for h in heads for t in self._whose_deed(h)]
        heads = [t for h in heads for t in self._counted(h)]
        held = [holder for head in heads for holder in self._holders(head, kind) if holder.i != trigger.head.i]
        kept = [
            h for h in heads if self._is_struck(h) and not _within(h, weapons) and not self._holders(h, kind)
        ] + held
        mentions = [m for m in self._phrases(kept) if m.actor_id is not None or self._can_be_hit(m, kind)]
        if self.knowledge.ontology[kind].holds_place and kind != "siege":
            mentions = [m for m in mentions if m.actor_id != _ANYBODY]  # 'all of the villages'
        if trigger.carried == "undergo":
            mentions += self._others(mentions, self._companions(mentions))
        return mentions

    def _others(self, named: Sequence[ActorMention], more: Sequence[ActorMention]) -> list[ActorMention]:
        """Those of `more` that stand in other words than `named`."""
        taken = {at for m in named for at in range(m.start_token, m.end_token)}
        return [m for m in more if taken.isdisjoint(range(m.start_token, m.end_token))]

    def _before(self, trigger: Trigger) -> list[ActorMention]:
        """The names before an event noun, however the parse joins them: 'regime shelling and Russian raids'."""
        found: list[Seen] = []
        doc, start = self.context.doc, trigger.head.sent.start
        at, joined = trigger.start - 1, True
        while at >= start:
            seen = self.context.at(at)
            if seen is not None and self._is_generic(seen) and self.context.at(seen.start - 1) is not None:
                at = seen.start - 1  # 'Islamic State militants': the name says who they are
            elif seen is not None and joined:
                found.append(seen)
                at, joined = seen.start - 1, False
            elif doc[at].lower_ in _JOINING and (self.context.at(at - 1) is not None or at - 1 in self.nobody):
                at, joined = at - (1 if self.context.at(at - 1) is not None else 2), True
            elif not found and (doc[at].pos_ in _NOMINAL or doc[at].dep_ in ("amod", "compound")):
                at -= 1
            else:
                break
        heads = [doc[seen.end - 1] for seen in reversed(found) if not self._is_part_of_word(seen)]
        return [m for m in self._phrases([h for h in heads if h.i not in self.nobody]) if m.actor_id is not None]

    def _without_own(self, named: list[ActorMention]) -> list[ActorMention]:
        """'The army began its assault': whose assault it is was said."""
        return [m for m in named if self._head(m).tag_ != "PRP$" or m.end_token - m.start_token > 1] or named

    def _is_bare_weapon(self, head: Token, weapons: Sequence[FoundWords]) -> bool:
        """'Rockets hit the school' names nobody; 'Syrian warplanes hit the school' does."""
        return _within(head, weapons) and not self.context.within(head.left_edge.i, head.i + 1)

    def _is_generic(self, seen: Seen) -> bool:
        return seen.actor is not None and self.knowledge.actors.get(seen.actor).generic

    def _is_part_of_word(self, seen: Seen | None) -> bool:
        """'fighter-bomber sorties' are no bomber's."""
        before = self.context.doc[seen.start - 1] if seen is not None and seen.start else None
        return before is not None and before.text in "-–" and not before.whitespace_

    def _sides(self, trigger: Trigger, named: Sequence[ActorMention]) -> list[ActorMention]:
        """The sides of a fight that its own words do not give: those of 'between', then who is said to be in it."""
        found: list[ActorMention] = []
        for heads in (self._behind_between(trigger), self._in_clause(trigger)):
            known = {m.actor_id for m in (*named, *found)}
            if len(known) > 1:
                break
            more = [m for m in self._phrases(heads) if m.actor_id is not None and not self._is_unarmed(m)]
            found += [m for m in self._others((*named, *found), more) if m.actor_id not in known]
        return found

    def _by_agent(self, trigger: Trigger) -> list[ActorMention]:
        """'Raids that were carried out by the army': who is named behind a verb that carries the event."""
        doc = self.context.doc
        carriers = self.knowledge.lexicon.verbs.carriers_do
        for at in range(trigger.end, min(trigger.end + _FAR, trigger.head.sent.end - 1)):
            if doc[at].lower_ != "by":
                continue
            verb = doc[at].head if doc[at].head.pos_ == "VERB" else doc[at - 1]
            words = {verb.lemma_, *(f"{verb.lemma_} {child.lower_}" for child in verb.children if child.dep_ == "prt")}
            if verb.i >= trigger.end and words & carriers:
                return self._phrases([doc[seen.end - 1] for seen in self.context.listed_from(at + 1)])
        return []

    def _behind_between(self, trigger: Trigger) -> list[Token]:
        doc = self.context.doc
        for at in range(trigger.end, min(trigger.end + _FAR, trigger.head.sent.end - 1)):
            near = at - trigger.end < _NEAR and doc[at].lower_ in _WITH
            if near or doc[at].lower_ in _BETWEEN:
                return [doc[seen.end - 1] for seen in self.context.listed_from(at + 1)]
        return []

    def _in_clause(self, trigger: Trigger) -> list[Token]:
        verb = clause(trigger.head)
        while verb.lemma_ in self.knowledge.actors.words.speech and verb.dep_ == "conj":
            verb = verb.head
        if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ in self.knowledge.actors.words.speech:
            return []
        return [t for t in subjects(verb) if t.i not in self.nobody]

    def _companions(self, named: Sequence[ActorMention]) -> list[ActorMention]:
        """Who takes part besides: 'the army, backed by its allies'."""
        found: list[ActorMention] = []
        for mention in named:
            after = behind(mention, self.knowledge.actors.words.companions, self.context)
            if mention.actor_id is not None and after is not None:
                link = self.context.doc[after - 1]
                found += self._phrases([child for child in link.children if child.dep_ == "pobj"])
        return [m for m in found if m.actor_id is not None]

    def settled(self, kind: str, targets: Sequence[ActorMention]) -> list[ActorMention]:
        """The targets of a whole event, its tolls included: none is named twice, once by name and once as a number.

        'Six civilians were killed and ten others wounded' hits civilians; what is destroyed are things.

        Args:
            kind: the type of the event.
            targets: all that its statements give.
        """
        if kind == "destruction":
            targets = [m for m in targets if self._kind(m) != "people"]
        if self._by_force(kind):
            targets = [m for m in targets if self._kind(m) not in _TELLING]
        numbers = [m for m in targets if m.actor_id == _ANYBODY or self._only_counts(self._head(m))]
        people = [m for m in targets if m not in numbers and (self._kind(m) == "people" or self._is_armed(m))]
        return [m for m in targets if m not in numbers] if people else list(targets)

    def loser(self, kind: str, start: int, end: int, actors: Sequence[ActorMention]) -> list[ActorMention]:
        """Who loses a place or is besieged, where only one other armed side is named in the sentence.

        Args:
            kind: the type of the event.
            start: the first token of its sentence.
            end: the token after its last one.
            actors: who takes or besieges the place.
        """
        if kind not in _FROM_SOMEBODY or not actors:
            return []
        known = self.knowledge.actors
        takers = {m.actor_id for m in actors}
        bodies = {known.whole(known.get(taker)).id for taker in takers if taker is not None}
        others: dict[str, Seen] = {}
        for seen in self.context.within(start, end):
            if seen.actor is not None and seen.actor not in takers and known.get(seen.actor).armed:
                others.setdefault(seen.actor, seen)
        if len(others) != 1:
            return []
        ((actor, seen),) = others.items()
        if known.whole(known.get(actor)).id in bodies:
            return []
        lost = self._phrases([self.context.doc[seen.end - 1]])
        return [m for m in lost if self._body_before(m) not in bodies]  # 'army' may be the taker's own

    def _body_before(self, mention: ActorMention) -> str | None:
        """The largest body that the words before it make of a bare role."""
        named = self.knowledge.actors.named(mention.antecedent, self.context.day) if mention.antecedent else None
        return self.knowledge.actors.whole(named).id if named is not None else None

    def _kind(self, mention: ActorMention) -> str:
        return self.knowledge.actors.get(mention.actor_id).kind if mention.actor_id is not None else ""

    def _is_armed(self, mention: ActorMention) -> bool:
        return mention.actor_id is not None and self.knowledge.actors.get(mention.actor_id).armed

    def _by_force(self, kind: str) -> bool:
        return kind == "casualties" or self.knowledge.ontology[kind].family in _BY_FORCE

    def _is_unarmed(self, mention: ActorMention) -> bool:
        return mention.actor_id is not None and self.knowledge.actors.get(mention.actor_id).kind in _UNARMED

    def _is_somebody(self, head: Token) -> bool:
        return head.pos_ in ("PROPN", "PRON") or self.knowledge.lexicon.is_a(head.lemma_.lower(), "people")

    def _whose_deed(self, head: Token) -> list[Token]:
        """Who is accused or refused where a deed is: 'condemned the raids by the army', 'rejected the rebels' call'."""
        if head.i not in self.nobody and head.lower_ not in self.knowledge.actors.words.nobody:
            return [head]
        found = [child for child in head.lefts if child.dep_ in ("poss", "compound", "amod", "nmod")]
        for governor in (head, *(child for child in head.rights if child.dep_ in ("acl", "relcl"))):
            found += objects_of_preposition(governor, "by", "from", "between")
        return found

    def _counted(self, head: Token) -> list[Token]:
        """What a word for a part stands for: 'the control of the group', 'parts of the hospital'."""
        if head.lower_ in self.knowledge.actors.words.partitives and (parts := list(counted(head))):
            return parts
        return [head]

    def _holders(self, head: Token, kind: str) -> list[Token]:
        """Who holds it: 'positions held by the group'; of a place that is fought over, 'the rebel-held town' too."""
        words = self.knowledge.actors.words.participles
        found = held_by(head, words)
        if kind in _FOUGHT_OVER:
            for child in head.lefts:
                if child.lower_ in words and child.i > 1 and child.nbor(-1).text == "-":
                    found.append(child.nbor(-2))
        return found

    def _is_struck(self, head: Token) -> bool:
        """Whether it can be hit although it is a place: no town, but its residential areas."""
        if head.i not in self.nobody:
            return True
        objects = self.knowledge.actors.words.objects
        return any((child.lower_, head.lower_) in objects for child in head.lefts)

    def _can_be_hit(self, mention: ActorMention, kind: str) -> bool:
        head = self._head(mention)
        if self.knowledge.ontology[kind].holds_place:
            return self._is_somebody(head)
        return not self.knowledge.lexicon.is_a(head.lemma_.lower(), "area") or head.i in self.nobody

    def _only_counts(self, head: Token) -> bool:
        return head.pos_ == "NUM" or self.knowledge.lexicon.is_a(head.lemma_.lower(), "counting")

    def _head(self, mention: ActorMention) -> Token:
        return self.context.doc[mention.head]

    def _phrases(self, heads: Sequence[Token]) -> list[ActorMention]:
        mentions: dict[tuple[int, int], ActorMention] = {}
        for head in heads:
            for mention in phrases(head, self.knowledge.actors, self.context):
                mentions.setdefault((mention.start_token, mention.end_token), mention)
        return list(mentions.values())


def _within(head: Token, weapons: Sequence[FoundWords]) -> bool:
    return any(w.start_token <= head.i < w.end_token for w in weapons)
