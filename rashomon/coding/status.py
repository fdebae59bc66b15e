"""Whether an event is claimed to be over, to go on, to be planned, possible, or not to have happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from rashomon.coding.grammar import children, clause
from rashomon.coding.lasting import lasts, past_continuous
from rashomon.coding.triggers import Trigger
from rashomon.knowledge.lexicon import Lexicon, VerbWords
from rashomon.model import Status

_ATTEMPTED = "attempted"
_NOT_YET = ("planned", "possible")
# What is only aimed at while it is tried; everything else that is tried happens.
_AIMS = frozenset({"capture", "siege", "control", "withdrawal", "displacement"})
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
        said = _noun_says(trigger, lexicon)
        if said is not None:
            return said
    for place, token in enumerate(spine):
        said = _verb_says(token, words, kind, own=place == 0 and not trigger.is_noun)
        if said is not None and not _says_of_outcome(trigger, token, said, kind, words):
            return said
    above = _governor_says(trigger, spine, words, kind)
    if above is not None:
        return above
    if _goes_on_with(trigger, spine, words, kind):
        return Status.ONGOING
    return Status.ONGOING if lasts(trigger, spine, kind, words) else Status.OCCURRED


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


def _says_of_outcome(trigger: Trigger, verb: Token, said: Status, kind: str, words: VerbWords) -> bool:
    """'The strike may have killed him', 'the truce does not cover the town': there was a strike, there is a truce.

    Only verbs of happening ('the strike did not take place') and tolls ('may rise') say it of the event itself.
    """
    if said in (Status.OCCURRED, Status.ONGOING) or not trigger.is_noun or kind == "casualties":
        return False
    return trigger.head.dep_ == "nsubj" and trigger.carried in ("is", "happen") and verb.lemma_ not in words.happens


def _has_own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _noun_says(trigger: Trigger, lexicon: Lexicon) -> Status | None:
    """What stands before and behind an event noun: 'no clashes', 'ongoing talks', 'talks planned for Monday'."""
    noun, words = trigger.head, lexicon.verbs
    for child in noun.lefts:
        lemma = child.lower_
        if child.dep_ in ("det", "neg") and lemma == "no":
            return Status.DENIED
        if child.dep_ in ("amod", "compound", "advmod") and lemma in words.adjectives:
            if lemma in words.doer_doubts and _names_doer(noun.doc[child.i + 1 : trigger.start], lexicon):
                continue
            return Status(words.adjectives[lemma])
    for child in noun.rights:  # 'talks planned in the capital'
        said = words.aspect.get(child.lemma_.lower()) if child.dep_ == "acl" and child.tag_ == "VBN" else None
        if said in _NOT_YET and not _says_of_doer_or_purpose(child, words):
            return Status(said)
    return None


def _names_doer(between: Iterable[Token], lexicon: Lexicon) -> bool:
    """'A suspected Russian air strike', 'suspected rebel shelling' happened; only who did it is in doubt."""
    return any(
        t.text[:1].isupper() or t.dep_ in ("compound", "nmod", "poss") or lexicon.is_a(t.lower_, "people")
        for t in between
    )


def _says_of_doer_or_purpose(participle: Token, words: VerbWords) -> bool:
    """'Strikes suspected to be Russian', 'an offensive aimed at retaking the town' have happened."""
    lemma = participle.lemma_.lower()
    return lemma in words.purposes or (words.aspect[lemma] == Status.POSSIBLE and any(children(participle, "xcomp")))


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
            return Status.PLANNED if _was_to_be(verb, auxiliary) else Status(words.modals[auxiliary])
        if auxiliary in words.adjectives and auxiliary != "next":
            return Status(words.adjectives[auxiliary])
    if any(c.dep_ == "mark" and c.lower_ in words.conditions for c in verb.children) or _is_inverted(verb):
        return Status.POSSIBLE
    if not own:
        said = _aspect(verb, words, kind)
        if said is not None:
            return said
    if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        past = any(c.lower_ in ("was", "were", "had") for c in verb.children if c.dep_ == "aux")
        return past_continuous(verb, kind) if past else Status.ONGOING
    if verb.tag_ == "VB" and _is_infinitive(verb) and verb.dep_ in ("advcl", "acl", "relcl"):
        return Status.OCCURRED if _is_tried(verb.head, words, kind) else Status.PLANNED
    return None


def _was_to_be(verb: Token, modal: str) -> bool:
    """'They said that the truce would begin on Monday': what was to come when it was said; no 'would ..., if'."""
    if modal != "would" or verb.dep_ not in ("ccomp", "acl") or any(children(verb, "advcl")):
        return False
    return verb.dep_ == "acl" or verb.head.tag_ in ("VBD", "VBN")


def _is_tried(noun: Token, words: VerbWords, kind: str) -> bool:
    """'An attempt to storm the base' has stormed it; 'an attempt to capture it' only aimed at that."""
    return words.aspect.get(noun.lemma_.lower()) == _ATTEMPTED and kind not in _AIMS


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
        if {t.lower_ for t in (subject, *subject.lefts)} & words.negations:
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
    for name in _names(verb, lemma, words):
        if words.aspect.get(name) == _ATTEMPTED:
            managed = name == "manage" or kind not in _AIMS
            return Status.OCCURRED if managed else Status.PLANNED
        if name in words.aspect:
            return Status(words.aspect[name])
    if lemma in words.beginnings and _is_perfect(verb):
        return Status.ONGOING  # 'have begun to flee'
    for child in children(verb, "acomp", "attr"):
        if child.lower_ in words.adjectives:
            return Status(words.adjectives[child.lower_])
    return None


def _names(verb: Token, lemma: str, words: VerbWords) -> Iterator[str]:
    """The names under which a verb may stand in the lexicon: 'be under way', 'step up', 'continue'."""
    for child in children(verb, "prt", "advmod", "acomp", "prep"):
        for noun in children(child, "pobj"):
            yield f"{lemma} {child.lower_} {noun.lower_}"
        yield f"{lemma} {child.lower_}"
    if verb.lower_ in words.verges and any(children(verb, "xcomp")):
        yield f"be {verb.lower_}"
    yield lemma


def _is_perfect(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(c.lower_ in ("has", "have") for c in children(verb, "aux"))


def _governors(trigger: Trigger, spine: list[Token], words: VerbWords) -> Iterator[Token]:
    """Words above the event, nearest first, as long as they still speak of it."""
    at = spine[-1] if spine else trigger.head
    for _ in range(4):
        if at.dep_ not in _CLAUSES or at.head.i == at.i:
            return
        if at.dep_ in ("relcl", "conj") and at.head.pos_ not in ("VERB", "AUX") and at.tag_ != "VB":
            return
        if at.dep_ == "conj" and _has_own_subject(at):
            return
        if at.dep_ == "acl" and at.head.dep_ in ("dobj", "nsubj") and at.head.head.lemma_ in words.witnesses:
            yield at.head.head  # 'a deal that will see fighters evacuated'
            return
        if at.dep_ == "acl" and at.tag_ != "VB" and not any(c.dep_ == "mark" for c in at.children):
            return
        if at.dep_ == "pobj" and at.head.lower_ in words.facts:
            return
        if at.dep_ == "advcl" and not (at.tag_ == "VB" or _is_infinitive(at)):
            return
        at = at.head
        yield at


def _governor_says(trigger: Trigger, spine: list[Token], words: VerbWords, kind: str) -> Status | None:
    """What the words above the event say of it, the nearest that says anything."""
    if spine and _is_yet_to_come(spine[-1], words):
        return Status.DENIED
    below, told = spine[-1] if spine else trigger.head, False
    for distance, token in enumerate(_governors(trigger, spine, words)):
        if token.pos_ in ("VERB", "AUX", "ADJ"):
            said = _aspect(token, words, kind)
            told = told or below.dep_ == "ccomp"
            if said is Status.ONGOING and told:
                said = None  # 'he went on to say that'
            if said is None and distance == 0:
                said = _above_says(trigger, spine, token, words, kind)
            if said is not None:
                return said
            if token.pos_ == "VERB" and distance > 0:
                return None
        elif _is_untrue(token, words):
            return Status.DENIED
        elif token.pos_ != "PROPN" and words.aspect.get(token.lemma_.lower(), _ATTEMPTED) != _ATTEMPTED:
            return Status(words.aspect[token.lemma_.lower()])
        below = token
    return None


def _goes_on_with(trigger: Trigger, spine: list[Token], words: VerbWords, kind: str) -> bool:
    """'Has been using mines in attacks', 'continues to shell the town, causing damage': part of what goes on."""
    at = spine[-1] if spine else trigger.head
    if at.dep_ == "advcl" and at.tag_ == "VBG" and not any(children(at, "mark")):
        verb = at.head
    elif not spine and at.dep_ == "pobj" and at.head.lower_ in ("in", "against"):
        verb = clause(at)
    else:
        return False
    return verb.pos_ == "VERB" and verb.i != at.i and _verb_says(verb, words, kind, own=False) is Status.ONGOING


def _is_yet_to_come(verb: Token, words: VerbWords) -> bool:
    """'Has yet to begin', 'have not been able to enter'."""
    above = verb if verb.lemma_ == "have" else verb.head
    inner = [c for child in children(above, "xcomp") for c in child.children]
    if above.lemma_ == "have" and inner and any(c.lower_ == "yet" for c in (*above.children, *inner)):
        return True
    if verb.dep_ != "xcomp":
        return False
    return above.lower_ == "able" and _is_negated(above.head, words)


def _above_says(trigger: Trigger, spine: list[Token], verb: Token, words: VerbWords, kind: str) -> Status | None:
    """What the verb right above says; its negation reaches the event only through 'to' ('did not manage to enter').

    'It is not known who shelled the town', 'did not say that ...' deny nothing.
    """
    event = spine[-1] if spine else trigger.head
    if _is_negated(verb, words) and event.dep_ not in ("xcomp", "dobj"):
        return None
    if event.dep_ == "dobj" and verb.lemma_ in words.answers:
        return None  # 'to monitor the truce': there is one
    if event.dep_ == "ccomp" and verb.lemma_ in words.tellings and not _is_negated(verb, words):
        return None  # 'one can say that it was hit', 'it may announce that it hit it'
    continuous = verb.tag_ == "VBG" and any(children(verb, "aux"))
    if event.tag_ == "VB" and _is_infinitive(event) and (verb.lemma_ == "be" or continuous):
        return Status.PLANNED  # 'the aim is to retake the town', 'is fighting to push them back'
    if _is_infinitive(verb) and verb.tag_ == "VB" and verb.dep_ in ("advcl", "acl") and event.dep_ == "xcomp":
        return Status.PLANNED
    return _verb_says(verb, words, kind, own=False)


def _is_untrue(noun: Token, words: VerbWords) -> bool:
    """'Reports that ... are false', 'rejected the claim that ...': what the noun tells of did not happen."""
    verb = noun.head
    if noun.dep_ == "nsubj" and any(c.lower_ in words.untrue for c in children(verb, "acomp", "attr")):
        return True
    return noun.dep_ == "dobj" and words.aspect.get(verb.lemma_.lower()) == Status.DENIED
