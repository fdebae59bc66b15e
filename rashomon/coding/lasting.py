"""Whether an event goes on at publication: the present tense, a perfect that reaches up to now, wars, states."""

from __future__ import annotations

from spacy.tokens import Token

from rashomon.coding.grammar import clause, is_passive
from rashomon.coding.triggers import Trigger
from rashomon.knowledge.lexicon import VerbWords
from rashomon.model import Status

# Acts of speech are over once they are reported, whatever their tense.
_SPEECH = frozenset({"demand", "threat", "offer", "rejection", "accusation", "talks", "agreement"})
_STATES = frozenset({"control", "siege"})
# What is told of in the present tense goes on, however it stands in its clause.
_CAMPAIGNS = frozenset({"offensive"})
_PRESENT = frozenset({"VBZ", "VBP"})
_PERFECT = frozenset({"has", "have"})
_RISES = 4  # steps up the tree in which a verb of speech may stand


def lasts(trigger: Trigger, spine: list[Token], kind: str, words: VerbWords) -> bool:
    """Whether nothing but tense and time say that the event goes on.

    Args:
        trigger: the words that name the event.
        spine: the verbs whose auxiliaries speak of it; empty for a noun that no verb carries.
        kind: its type; a state ('control') goes on where an act is over.
        words: the words that say how events stand.
    """
    verb = spine[0] if spine else clause(trigger.head)
    if kind in _STATES and _is_state_now(trigger, spine, kind, words):
        return True
    if trigger.is_noun and kind == "armed_clash" and _is_war(trigger.head, words):
        return True
    auxiliaries = {c.lower_: c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if "being" in auxiliaries and _PRESENT & set(auxiliaries.values()):
        return True
    if trigger.head.sent.start == 0 or kind in _SPEECH:
        return False
    if trigger.is_noun:
        return _noun_lasts(trigger, verb, kind, auxiliaries, words)
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ == "with":
        return True  # 'with the army fighting the rebels'
    if _is_charged(spine[-1] if spine else verb, words):
        return True
    plain = verb.tag_ in _PRESENT and not auxiliaries
    return plain or _is_present_passive(verb, auxiliaries)


def past_continuous(verb: Token, kind: str) -> Status:
    """'Were fighting': over, unless somebody said it in the past tense of what still goes on when he spoke."""
    over = kind in _SPEECH or any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux")
    return Status.OCCURRED if over or not _is_reported(verb) else Status.ONGOING


def _is_reported(verb: Token) -> bool:
    """Whether the verb's clause is what somebody says, with no 'when' that ties it to another event."""
    if any(c.dep_ == "advcl" and any(w.lower_ == "when" for w in c.children) for c in verb.children):
        return False
    at = verb
    for _ in range(_RISES):
        if any(c.lower_ == "when" for c in at.children if c.dep_ == "advmod"):
            return False
        if at.dep_ == "ccomp":
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def _is_charged(verb: Token, words: VerbWords) -> bool:
    """'Accuses them of arming the group'; by 'of' alone, as 'blames them for shelling the town' is of one deed."""
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ not in ("pcomp", "pobj") or verb.head.lower_ != "of":
        return False
    above = clause(verb.head)
    return above.tag_ in _PRESENT and above.lemma_.lower() in words.charges


def _is_present_passive(verb: Token, auxiliaries: dict[str, str]) -> bool:
    passive = verb.tag_ == "VBN" and bool(_PRESENT & set(auxiliaries.values()))
    return passive and not {"has", "have", "been"} & set(auxiliaries)


def _noun_lasts(trigger: Trigger, verb: Token, kind: str, auxiliaries: dict[str, str], words: VerbWords) -> bool:
    """What the clause around an event noun says of its time."""
    noun = trigger.head
    if kind in _CAMPAIGNS and _PRESENT & {verb.tag_, *auxiliaries.values()}:
        return True  # 'this is part of an offensive'
    reaches = bool(_PERFECT & set(auxiliaries)) and _up_to_now(verb, words)
    if _is_under(noun, verb):  # 'is under attack', 'has been under attack since'
        return reaches or (verb.tag_ in _PRESENT and not auxiliaries)
    if _is_ones_own_war(noun, words):
        return True
    if trigger.carried in ("do", "undergo") and verb.tag_ in _PRESENT and not auxiliaries:
        return True  # 'the suburb faces shelling'
    if _is_present_passive(verb, auxiliaries) and (noun.dep_ == "nsubjpass" or _is_agent(noun)):
        return not _is_set(verb, words)  # 'is hit by strikes', 'attacks are carried out'
    if noun.dep_ == "pobj" and (noun.head.lower_ not in ("in", "between") or noun.head.head.i != verb.i):
        return False
    if verb.lemma_ == "be" or not is_passive(verb):
        return reaches  # 'clashes have rocked the town since', 'there has been shelling in recent days'
    return noun.dep_ == "pobj" and verb.lemma_ in words.engaged and bool(_PRESENT & set(auxiliaries.values()))


def _is_under(noun: Token, verb: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.head.i == verb.i and verb.lemma_ == "be"


def _is_agent(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.dep_ == "agent"


def _is_set(verb: Token, words: VerbWords) -> bool:
    """'Is expected', 'is set to take place'."""
    return verb.lemma_.lower() in words.aspect or any(c.dep_ == "xcomp" for c in verb.children)


def _up_to_now(verb: Token, words: VerbWords) -> bool:
    """'Since Monday', 'in recent weeks', under the verb itself and not in a clause under it."""
    for child in verb.children:
        if child.dep_ in ("prep", "mark") and child.lower_ in words.up_to_now:
            return True
        if child.dep_ == "prep" and any(t.lower_ in words.up_to_now for t in child.subtree):
            return True
        if child.dep_ == "advcl" and any(c.lower_ in words.up_to_now for c in child.children if c.dep_ == "mark"):
            return True
    return False


def _is_war(noun: Token, words: VerbWords) -> bool:
    """The war as a whole goes on, unless the clause is about how it began or ended."""
    return noun.lemma_.lower() in words.wars and clause(noun).lemma_.lower() not in words.turns


def _is_ones_own_war(noun: Token, words: VerbWords) -> bool:
    """'In its battle against the militants', 'in their operations': what somebody is in the middle of."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "in" or noun.lemma_.lower() not in words.struggles:
        return False
    return any(c.dep_ == "poss" for c in noun.lefts)


def _is_state_now(trigger: Trigger, spine: list[Token], kind: str, words: VerbWords) -> bool:
    """'Holds', 'has held', 'said that it held', 'is under siege'; not 'seized control', 'breaching the siege'."""
    verb = spine[0] if spine else clause(trigger.head)
    if verb.lemma_.lower() in words.turns or (trigger.head.dep_ == "pobj" and trigger.head.head.lower_ in words.facts):
        return False
    if verb.tag_ == "VBD":
        return kind == "control" and not trigger.is_noun
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBN" and auxiliaries:
        return not auxiliaries & {"was", "were", "had"}
    return verb.tag_ != "VBN" or trigger.is_noun or is_passive(verb)
