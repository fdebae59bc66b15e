"""Whether an event is claimed to be over, to go on, to be planned, possible, or not to have happened."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from rashomon.coding.grammar import children, clause, is_passive
from rashomon.coding.triggers import Trigger
from rashomon.knowledge.lexicon import Lexicon, VerbWords
from rashomon.model import Status

_ATTEMPTED = "attempted"
_NOT_YET = ("planned", "possible")
# What is only aimed at while it is tried; everything else that is tried happens.
_AIMS = frozenset({"capture", "siege", "control", "withdrawal", "displacement"})
_SPEECH = frozenset({"demand", "threat", "offer", "rejection", "accusation", "talks", "agreement"})
_STATES = frozenset({"control", "siege"})
_CLAUSES = frozenset(
    {"xcomp", "ccomp", "advcl", "pcomp", "acl", "relcl", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "attr"}
)


def status_of(trigger: Trigger, kind: str, lexicon: Lexicon) -> Status:
    """How the event at a trigger stands.

    Args:
        trigger: the words that name the event.
        kind: its type; a state ('control') goes on where an act is over.
        lexicon: the words that say how events stand.

    Source of the method: the codebook's rules 3, 9, 15, 19, 20, read off auxiliaries, governing verbs and adjectives.
    """
    words = lexicon.verbs
    if trigger.entry.status:
        return Status(trigger.entry.status)
    spine = _spine(trigger)
    if trigger.is_noun:
        said = _noun_says(trigger.head, words)
        if said is not None:
            return said
    for place, token in enumerate(spine):
        said = _verb_says(token, words, kind, own=place == 0 and not trigger.is_noun)
        if said is not None:
            return said
    above = _governor_says(trigger, spine, words, kind)
    if above is not None:
        return above
    if _lasts(trigger, spine, kind):
        return Status.ONGOING
    if kind in _STATES and _present_state(trigger, spine):
        return Status.ONGOING
    return Status.OCCURRED


def _spine(trigger: Trigger) -> list[Token]:
    """The verbs whose auxiliaries speak of the event: the trigger or its carrier, and one that shares them."""
    if not trigger.is_noun:
        first = trigger.head
    elif trigger.carrier is not None:
        first = trigger.carrier
    else:
        return []
    spine = [first]
    while spine[-1].dep_ == "conj" and spine[-1].head.pos_ == "VERB" and not _has_own_subject(spine[-1]):
        spine.append(spine[-1].head)
    return spine


def _has_own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _noun_says(noun: Token, words: VerbWords) -> Status | None:
    for child in noun.lefts:
        lemma = child.lower_
        if child.dep_ in ("det", "neg") and lemma == "no":
            return Status.DENIED
        if child.dep_ in ("amod", "compound", "advmod") and lemma in words.adjectives:
            if words.adjectives[lemma] == Status.POSSIBLE and _doubts_the_doer(child, noun):
                continue
            return Status(words.adjectives[lemma])
    for child in noun.rights:  # 'talks planned in the capital'
        if child.dep_ == "acl" and child.tag_ == "VBN" and words.aspect.get(child.lemma_.lower()) in _NOT_YET:
            return Status(words.aspect[child.lemma_.lower()])
    return None


def _doubts_the_doer(doubt: Token, noun: Token) -> bool:
    """'A suspected Russian air strike' happened; only who did it is in doubt."""
    return any(t.text[:1].isupper() for t in noun.doc[doubt.i + 1 : noun.i])


def _lasts(trigger: Trigger, spine: list[Token], kind: str) -> bool:
    """'Has been locked in a war since', 'are being fought', 'Turkey supports': what is true at publication."""
    verb = spine[0] if spine else clause(trigger.head)
    auxiliaries = {c.lower_: c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    present = {tag for tag in auxiliaries.values() if tag in ("VBZ", "VBP")}
    if "been" in auxiliaries and present:
        return trigger.is_noun and any(t.lower_ == "since" for t in verb.subtree)
    if "being" in auxiliaries and present:
        return True
    headline = trigger.head.sent.start == 0
    if headline or kind in _SPEECH or (trigger.head.dep_ == "ROOT" and trigger.is_noun):
        return False
    plain = verb.tag_ in ("VBZ", "VBP") and not auxiliaries
    passive = verb.tag_ == "VBN" and bool(present) and not {"has", "have", "been"} & set(auxiliaries)
    return (plain or passive) and not trigger.is_noun


def _verb_says(verb: Token, words: VerbWords, kind: str, *, own: bool) -> Status | None:
    """What auxiliaries, negation and the verb's own meaning say."""
    if _is_negated(verb, words):
        return Status.DENIED
    before = [t.lower_ for t in verb.doc[max(verb.i - 2, 0) : verb.i]]
    if len(before) == 2 and before[1] == "to" and before[0] in words.verges:
        return Status.PLANNED
    lowers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod", "prt")}
    for auxiliary in sorted(lowers):
        if auxiliary in words.modals:
            return Status(words.modals[auxiliary])
        if auxiliary in words.adjectives and auxiliary != "next":
            return Status(words.adjectives[auxiliary])
    if any(c.dep_ == "mark" and c.lower_ in words.conditions for c in verb.children) or _is_inverted(verb):
        return Status.POSSIBLE
    if not own:
        said = _aspect(verb, words, kind)
        if said is not None:
            return said
    if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        return Status.ONGOING
    if verb.tag_ == "VB" and _is_infinitive(verb) and verb.dep_ in ("advcl", "acl", "relcl"):
        return Status.PLANNED
    return None


def _is_negated(verb: Token, words: VerbWords) -> bool:
    """'Did not shell', 'neither the army nor rebels shelled', 'almost captured', 'without shelling'."""
    adverbs = {c.lower_ for c in verb.children if c.dep_ in ("neg", "advmod")}
    if "before" in adverbs and "never" in adverbs:
        return False  # 'never used before' says that it was used now
    if adverbs & (words.negations | words.misses) or any(c.dep_ == "neg" for c in verb.children):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in words.negations:
        return True
    for subject in children(verb, "nsubj", "nsubjpass"):
        if {t.lower_ for t in (subject, *subject.lefts)} & (words.negations | {"nobody", "none"}):
            return True
    return False


def _is_inverted(verb: Token) -> bool:
    """'Had the army shelled the town, ...'."""
    subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
    return subject is not None and any(c.dep_ == "aux" and c.lower_ == "had" and c.i < subject.i for c in verb.children)


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _aspect(verb: Token, words: VerbWords, kind: str) -> Status | None:
    lemma = verb.lemma_.lower()
    names = [f"{lemma} {c.lower_}" for c in children(verb, "prt", "advmod", "acomp", "prep")] + [lemma]
    for name in names:
        if words.aspect.get(name) == _ATTEMPTED:
            managed = name == "manage" or kind not in _AIMS
            return Status.OCCURRED if managed else Status.PLANNED
        if name in words.aspect:
            return Status(words.aspect[name])
    for child in children(verb, "acomp", "attr", "advmod"):
        if child.lower_ in words.adjectives:
            return Status(words.adjectives[child.lower_])
    return None


def _governors(trigger: Trigger, spine: list[Token]) -> Iterator[Token]:
    """Words above the event, nearest first, as long as they still speak of it."""
    at = spine[-1] if spine else trigger.head
    for _ in range(4):
        if at.dep_ not in _CLAUSES or at.head.i == at.i:
            return
        if at.dep_ in ("relcl", "conj") and at.head.pos_ not in ("VERB", "AUX") and at.tag_ != "VB":
            return
        if at.dep_ == "acl" and at.tag_ != "VB" and not any(c.dep_ == "mark" for c in at.children):
            return
        if at.dep_ == "advcl" and not (at.tag_ == "VB" or _is_infinitive(at)):
            return
        at = at.head
        yield at


def _governor_says(trigger: Trigger, spine: list[Token], words: VerbWords, kind: str) -> Status | None:
    for distance, token in enumerate(_governors(trigger, spine)):
        if token.pos_ in ("VERB", "AUX", "ADJ"):
            said = _aspect(token, words, kind)
            if said is None and distance == 0:
                said = _above_says(trigger, spine, token, words, kind)
            if said is not None:
                return said
            if token.pos_ == "VERB" and distance > 0:
                return None
        elif _is_untrue(token, words):
            return Status.DENIED
        elif words.aspect.get(token.lemma_.lower(), _ATTEMPTED) != _ATTEMPTED:
            return Status(words.aspect[token.lemma_.lower()])
    return None


def _above_says(trigger: Trigger, spine: list[Token], verb: Token, words: VerbWords, kind: str) -> Status | None:
    """What the verb right above says; its negation reaches the event only through 'to' ('did not manage to enter').

    'It is not known who shelled the town', 'did not say that ...' deny nothing.
    """
    event = spine[-1] if spine else trigger.head
    if _is_negated(verb, words) and event.dep_ not in ("xcomp", "dobj"):
        return None
    if _is_infinitive(verb) and verb.tag_ == "VB" and verb.dep_ in ("advcl", "acl") and event.dep_ == "xcomp":
        return Status.PLANNED
    return _verb_says(verb, words, kind, own=False)


def _is_untrue(noun: Token, words: VerbWords) -> bool:
    """'Reports that ... are false', 'rejected the claim that ...': what the noun tells of did not happen."""
    verb = noun.head
    if noun.dep_ == "nsubj" and any(c.lower_ in words.untrue for c in children(verb, "acomp", "attr")):
        return True
    return noun.dep_ == "dobj" and words.aspect.get(verb.lemma_.lower()) == Status.DENIED


def _present_state(trigger: Trigger, spine: list[Token]) -> bool:
    verb = spine[0] if spine else trigger.head.head
    if verb.tag_ in ("VBD", "VBN") and not is_passive(verb):
        return trigger.is_noun and verb.lemma_ not in ("take", "gain", "regain", "lose", "seize", "break", "lift")
    return True
