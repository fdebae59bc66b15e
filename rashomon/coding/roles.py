"""Who does it, to whom, where: read off the grammar around a trigger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from rashomon.coding.actors import is_against
from rashomon.coding.grammar import (
    children,
    conjuncts,
    direct_objects,
    is_passive,
    object_before,
    objects_of_preposition,
    subjects,
)
from rashomon.coding.triggers import Trigger
from rashomon.knowledge.lexicon import VerbWords

_FAR = 15  # tokens after an event noun in which 'between A and B' still names its sides


@dataclass(slots=True)
class Roles:
    """Head tokens of the phrases that take part; a token may still turn out to be a place.

    Attributes:
        actors, targets: who does it, to whom.
        modifiers: words before an event noun ('Russian', 'regime', 'heavy'): its doer where they name somebody.
    """

    actors: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    modifiers: list[Token] = field(default_factory=list)

    def cleaned(self) -> Roles:
        """Each token once, nobody on both sides, no relative pronouns or event words left alone."""
        actors = _unique(self.actors)
        modifiers = [t for t in _unique(self.modifiers) if t not in actors]
        return Roles(actors, [t for t in _unique(self.targets) if t not in actors], modifiers)


def _unique(tokens: Iterable[Token]) -> list[Token]:
    kept = []
    for token in tokens:
        if token not in kept and not token.is_punct and token.tag_ not in ("WDT", "WP", "WRB", "EX"):
            kept.append(token)
    return kept


def roles_of(trigger: Trigger, verbs: VerbWords) -> Roles:
    """Who takes part in the event at a trigger, and how.

    Args:
        trigger: the words that name the event.
        verbs: the prepositions and verbs that say what the parts are.
    """
    found = _noun_roles(trigger, verbs) if trigger.is_noun else _verb_roles(trigger, verbs)
    frame = trigger.entry.frame
    if frame == "sides":
        sides = [*found.actors, *found.targets] or _sides_nearby(trigger.head)
        found = Roles(sides, [], found.modifiers)
    elif frame in ("undergo", "flee") and not trigger.is_noun:
        found = _undergone(trigger, found)
    elif (frame == "fall" and not trigger.is_noun) or frame == "lose":
        found = Roles(list(objects_of_preposition(trigger.head, "to", "between", "among")), found.actors)
    elif frame == "move" and not trigger.is_noun and not found.actors:
        found = Roles(found.targets, [])
    against = [t for t in found.modifiers if is_against(t)]
    found.targets += [*against, *_named_by_preposition(trigger)]
    found.modifiers = [t for t in found.modifiers if t not in against and not t.lower_.startswith("anti")]
    return found.cleaned()


def _named_by_preposition(trigger: Trigger) -> list[Token]:
    """Whom the entry's own prepositions name: 'damage to the mosque', 'broke its ties with the group'."""
    if not trigger.entry.whom:
        return []
    governors = [trigger.head, *trigger.objects]
    governors += [trigger.carrier] if trigger.carrier is not None and trigger.carried == "do" else []
    return [t for governor in governors for t in objects_of_preposition(governor, *trigger.entry.whom)]


def _sides_nearby(head: Token) -> list[Token]:
    """'The battles are going on in the area between the army and the rebels': the sides stand further off."""
    for token in head.doc[head.i + 1 : min(head.i + _FAR, head.sent.end)]:
        if token.lower_ == "between" and token.dep_ == "prep":
            return [t for child in children(token, "pobj") for t in conjuncts(child)]
    return []


def _undergone(trigger: Trigger, found: Roles) -> Roles:
    """'Thousands fled': the subject is whom it happens to; 'the war displaced thousands': the object is."""
    driven = trigger.entry.frame == "flee" and trigger.head.lemma_ in trigger.entry.drives
    if is_passive(trigger.head) or (driven and found.targets):
        return found
    return Roles([], found.actors)


def _verb_roles(trigger: Trigger, verbs: VerbWords) -> Roles:
    verb = trigger.head
    roles = Roles()
    passive = is_passive(verb)
    if passive:
        roles.targets += subjects(verb)
        roles.actors += [t for t in objects_of_preposition(verb, "by") if t.tag_ != "VBG"]
    else:
        roles.actors += _speaker_over(verb) if trigger.entry.frame == "speech" else []
        roles.actors += subjects(verb) if not roles.actors else []
        named = trigger.objects if not _is_class(trigger) else ()
        roles.targets += [t for t in direct_objects(verb) if t not in named]
        roles.targets += [t for t in trigger.objects if t.pos_ in ("NOUN", "PROPN") and _is_class(trigger)]
        if trigger.entry.frame != "place":
            roles.targets += list(objects_of_preposition(verb, *verbs.against))
    if trigger.entry.frame == "sides":
        roles.targets += list(objects_of_preposition(verb, "with", "between", "against", "and"))
    if trigger.entry.frame in ("place", "expel"):
        for governor in (verb, *direct_objects(verb)):
            roles.targets += list(objects_of_preposition(governor, "from"))
    if trigger.entry.objects and not _is_class(trigger):
        for thing in trigger.objects:
            roles.targets += list(objects_of_preposition(thing, "of", "on", "against", "over", *verbs.against))
            if trigger.entry.frame == "place":
                roles.targets += list(objects_of_preposition(thing, "from"))
    return roles


def _speaker_over(verb: Token) -> list[Token]:
    """'The council said that jets had hit the market, blaming the army': it is the council that blames."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl":
        return []
    told = verb.head
    while told.dep_ == "xcomp":
        told = told.head
    said = told.head
    return subjects(said) if told.dep_ == "ccomp" and said.i < told.i < verb.i else []


def _is_class(trigger: Trigger) -> bool:
    return any(word.startswith("@") for word in trigger.entry.objects)


def _noun_roles(trigger: Trigger, verbs: VerbWords) -> Roles:
    noun = trigger.head
    roles = Roles()
    for child in noun.lefts:
        if child.i < trigger.start and child.dep_ in ("poss", "compound", "nmod", "amod", "npadvmod"):
            roles.modifiers += list(conjuncts(child))
        elif trigger.start <= child.i < trigger.end:
            roles.modifiers += [
                t for t in child.lefts if t.dep_ in ("compound", "amod", "poss", "nmod") and t.i < trigger.start
            ]
    by = list(objects_of_preposition(noun, "by"))
    roles.actors += by
    of = list(objects_of_preposition(noun, "of"))
    if trigger.entry.of == "doer" and not by:
        roles.actors += of
    else:
        roles.targets += of
    roles.targets += list(objects_of_preposition(noun, *verbs.against, "targeting"))
    roles.actors += list(objects_of_preposition(noun, "between")) if trigger.entry.frame == "sides" else []
    if trigger.entry.frame in ("sides", "place"):
        roles.targets += list(objects_of_preposition(noun, "with", "from"))
    if trigger.entry.frame == "speech":
        roles.actors += list(objects_of_preposition(noun, "from"))
    for verb in children(noun, "acl", "relcl"):
        if verb.tag_ == "VBG" and verb.lemma_ in ("target", "hit", "strike"):
            roles.targets += direct_objects(verb)
        elif verb.tag_ == "VBN":
            roles.actors += list(objects_of_preposition(verb, "by"))
    _carrier_roles(trigger, roles, verbs)
    return roles


def _carrier_roles(trigger: Trigger, roles: Roles, verbs: VerbWords) -> None:
    verb = trigger.carrier
    if verb is None:
        if not roles.actors and trigger.entry.frame == "done":
            roles.actors += _subject_around(trigger.head, verbs)
        elif trigger.head.dep_ == "dobj" and trigger.entry.frame in ("sides", "speech"):
            roles.actors += subjects(trigger.head.head)  # whatever they do with talks, they are in them
        return
    if trigger.carried == "do":
        if is_passive(verb):
            roles.actors += list(objects_of_preposition(verb, "by"))
        else:
            roles.actors += subjects(verb)
            roles.targets += [t for t in direct_objects(verb) if trigger.head.i not in {d.i for d in t.subtree}]
        roles.targets += list(objects_of_preposition(verb, *verbs.against))
    elif trigger.carried == "undergo":
        roles.targets += subjects(verb)
        roles.actors += list(objects_of_preposition(verb, "from", "by"))
    elif trigger.carried == "happen":
        roles.targets += direct_objects(verb)
    elif trigger.carried == "is" and trigger.entry.frame == "sides":
        roles.actors += list(objects_of_preposition(verb, "between"))
        roles.targets += list(objects_of_preposition(verb, "with"))


def _subject_around(noun: Token, verbs: VerbWords) -> list[Token]:
    """Who an event noun's clause names: 'used bombs in attacks on villages', 'blamed the rebels for the attack'."""
    preposition = noun.head
    if noun.dep_ == "pobj" and preposition.lower_ in ("for", "of") and (blamed := object_before(preposition)):
        return blamed
    if noun.dep_ != "pobj" or preposition.lower_ not in verbs.by_means_of or preposition.head.pos_ != "VERB":
        return []
    verb = preposition.head
    return [] if is_passive(verb) or verb.lemma_ in verbs.befalls else subjects(verb)
