"""Grammar that attribution rests on: who is the subject of a verb, who the agent, which noun stands beside it."""

from __future__ import annotations

from spacy.tokens import Token

from rashomon.coding.speakers import RELATIVE

SUBJECT = frozenset({"nsubj", "nsubjpass"})
OBJECT = frozenset({"dobj", "obj", "iobj", "dative", "oprd"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


def subject_of(token: Token, start: int) -> Token | None:
    """The token that heads the subject of a verb, its own or that of the verb it is joined to."""
    subjects = [child for child in token.children if child.dep_ in SUBJECT]
    if subjects:
        child = min(subjects, key=lambda subject: (abs(subject.i - token.i), subject.i))
        if child.lower_ in RELATIVE and token.dep_ == "relcl":
            return token.head
        return child if child.pos_ != "DET" else None
    if token.dep_ == "conj" and token.head.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG":
        return subject_of(token.head, start)
    if token.dep_ in {"relcl", "acl"} and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i < token.i:
        return token.head
    if token.tag_ in {"VBG", "VB"}:
        return None
    return noun_before(token, start)


def noun_before(token: Token, start: int, *, climb: bool = True) -> Token | None:
    """Where the parse gives no subject: the noun right before the verb, or with `climb` what it belongs to."""
    index = token.i - 1
    while index >= start and token.doc[index].pos_ in {"AUX", "ADV", "PUNCT"}:
        index -= 1
    if index >= start and token.doc[index].pos_ in NOUNS:
        return top_noun(token.doc[index]) if climb else token.doc[index]
    return None


def agent_of(token: Token) -> Token | None:
    """Who does it in the passive: the noun after 'by'."""
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def is_finite(token: Token) -> bool:
    """Whether a participle has an auxiliary ('has said') or a subject before it (a past tense tagged otherwise)."""
    return (
        any(child.dep_ == "aux" or (child.dep_ in SUBJECT and child.i < token.i) for child in token.children)
        or token.dep_ == "conj"
    )


def noun_from(token: Token, end: int) -> Token | None:
    """The head of the noun phrase that starts at `token` (or right after it), before token `end`."""
    for chunk in token.doc[token.i : end].noun_chunks:
        if chunk.start <= token.i + 1:
            return chunk.root
        break
    return token if token.pos_ in NOUNS else None


def top_noun(token: Token) -> Token:
    """The noun that `token` belongs to: 'sources' for 'ground' in 'monitors and sources on the ground'."""
    while token.dep_ == "pobj" and token.head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        token = token.head.head
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token


def verb_over(token: Token) -> Token:
    """The verb that `token` hangs on, or the token itself where it is one."""
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return token
