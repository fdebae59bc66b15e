"""Small questions to a spaCy parse that every finder of the rules coder asks."""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_WITH_MEANS = frozenset({"use", "employ", "deploy", "promise", "take"})
OBJECTS = frozenset({"dobj", "obj", "dative", "attr", "oprd"})


def conjuncts(token: Token) -> Iterator[Token]:
    """The token, and what is joined to it by 'and', commas or 'or', in the order of the text."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj" and not _starts_clause(child):
            yield from conjuncts(child)


def _starts_clause(noun: Token) -> bool:
    """'The army shelled A and rebels shelled B': the parse joins the rebels to A, but they do the next thing."""
    if noun.i + 1 >= len(noun.doc) or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    after = noun.nbor(1)
    return after.tag_ in ("VBD", "VBZ", "VBP") and after.dep_ == "conj" and after.i > noun.head.i


def is_misread(verb: Token) -> bool:
    """'The US-backed alliance captured Raqqa' read as one name: a finite verb taken for an adjective."""
    return (
        verb.dep_ == "amod"
        and verb.tag_ in ("VBN", "VBD")
        and not verb.is_sent_start
        and verb.head.i > verb.i
        and verb.nbor(-1).pos_ in ("NOUN", "PROPN")
        and verb.nbor(-1).text != "-"
    )


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The children of these dependencies."""
    for child in token.children:
        if child.dep_ in deps:
            yield child


def objects_of_preposition(token: Token, *prepositions: str) -> Iterator[Token]:
    """Heads of 'PREP X' under the token ('attack on the base' -> base), with conjuncts; no word: any one."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and (not prepositions or child.lower_ in prepositions):
            for grandchild in child.children:
                if grandchild.dep_ in ("pobj", "pcomp"):
                    yield from conjuncts(grandchild)
                elif grandchild.dep_ == "prep":
                    for deeper in grandchild.children:
                        if deeper.dep_ == "pobj":
                            yield from conjuncts(deeper)


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, with or without its auxiliary ('towns shelled by ...')."""
    if is_misread(verb):
        return False
    if any(
        child.dep_ in ("nsubjpass", "auxpass", "agent") and not _is_acronym_read_as_verb(child)
        for child in verb.children
    ):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("oprd", "xcomp", "ccomp", "pcomp"):
        # 'were reported killed', 'with two houses destroyed'
        return not any(c.dep_ in ("aux", "dobj") for c in verb.children) and (
            verb.dep_ == "pcomp" or (verb.head.i < verb.i and is_passive(verb.head))
        )
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(c.dep_ == "aux" for c in verb.children)


def subjects(verb: Token) -> list[Token]:
    """Who the verb's subject is, looking up through 'and', 'to ...' and '-ing' where it has none of its own.

    For a passive these are the ones that it happens to.
    """
    if is_misread(verb):
        return [verb.nbor(-1)]
    if (
        verb.dep_ == "conj"
        and not verb.is_sent_start
        and verb.nbor(-1).dep_ == "conj"
        and _starts_clause(verb.nbor(-1))
    ):
        return [verb.nbor(-1)]
    seen: set[int] = set()
    at: Token | None = verb
    while at is not None and at.i not in seen:
        seen.add(at.i)
        if not at.is_sent_start and _is_acronym_read_as_verb(at.nbor(-1)):
            return [at.nbor(-1)]
        own = [c for c in at.children if c.dep_ in SUBJECTS]
        if own:
            return [t for s in own for t in conjuncts(_relative(s, at)) if t.lower_ not in ("it",) or s.dep_ != "expl"]
        if at.dep_ == "xcomp" and (moved := _controller(at)):
            return moved
        if at.dep_ == "ccomp" and at.tag_ in ("VBD", "VBZ", "VBP") and (split := _subject_of_split_clause(at)):
            return split
        if at.dep_ == "pcomp" and at.head.lower_ in ("of", "from") and (accused := object_before(at.head)):
            return accused
        if at.dep_ == "acl" and at.tag_ == "VBG" and (doers := _subjects_over(at.head)):
            return doers
        if at.dep_ in ("acl", "relcl") and at.tag_ in ("VBG", "VBN"):
            return list(conjuncts(at.head))
        if at.dep_ in ("acl", "relcl") and at.tag_ == "VB":
            # 'foiled a bid by gunmen to seize the base': the gunmen's; 'launched an attack to seize it': who launched.
            by = [*objects_of_preposition(at.head, "by"), *children(at.head, "poss")]
            if named := [t for t in by if t.pos_ != "PRON"]:
                return named
            at = clause(at.head) if clause(at.head).pos_ == "VERB" else None
            continue
        if at.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep") and at.head.i != at.i:
            at = _governor(at)
        else:
            at = None
    return []


def _is_acronym_read_as_verb(token: Token) -> bool:
    """'IS controls the road': the group's name is taken for 'is'."""
    return token.pos_ == "AUX" and len(token) > 1 and token.text.isupper()


def _subject_of_split_clause(verb: Token) -> list[Token]:
    """'Said that men positioned in the hills fired rockets': the parse takes the participle for a verb of its own."""
    for sibling in verb.head.children:
        if sibling.dep_ == "ccomp" and sibling.i < verb.i:
            own = [c for c in sibling.children if c.dep_ in SUBJECTS]
            if own and own[0].i + 1 == sibling.i:
                return [t for s in own for t in conjuncts(s)]
    return []


def _governor(token: Token) -> Token | None:
    head = token.head
    if token.dep_ == "pcomp":
        while head.pos_ == "ADP" and head.head.i != head.i:
            head = head.head
    return head if head.pos_ in ("VERB", "AUX") or head.tag_.startswith("VB") else None


def _subjects_over(noun: Token) -> list[Token]:
    """'Jets hit the base destroying two tanks': the one who hits destroys, though the parse hangs it on the base."""
    if noun.dep_ in SUBJECTS or noun.dep_ == "ROOT" or (noun.dep_ == "pobj" and noun.head.dep_ == "agent"):
        return []
    verb = clause(noun)
    return subjects(verb) if verb.i != noun.i and verb.pos_ == "VERB" and not is_passive(verb) else []


def _controller(verb: Token) -> list[Token]:
    """'Forced them to leave', 'called on the rebels to leave': who is to do it stands before the infinitive.

    Who uses jets to attack does so himself.
    """
    if verb.tag_ != "VB" or verb.head.lemma_.lower() in _WITH_MEANS:
        return []
    for child in verb.head.children:
        if child.i < verb.i and child.i > verb.head.i:
            if child.dep_ == "dobj" and not any(c.lower_ in ("a", "an") for c in child.lefts):
                return list(conjuncts(child))  # 'launched an attack to ...' names a thing, not who is to do it
            if child.dep_ == "prep" and child.lower_ in ("on", "upon"):
                return [t for grandchild in child.children if grandchild.dep_ == "pobj" for t in conjuncts(grandchild)]
    return []


def object_before(preposition: Token) -> list[Token]:
    """'accused the army of shelling', 'stopped them from leaving': who does what stands behind the preposition."""
    if preposition.head.dep_ == "dobj":  # the parse may hang 'of shelling' on the army
        return list(conjuncts(preposition.head))
    return [
        t
        for child in preposition.head.children
        if child.dep_ == "dobj" and child.i < preposition.i
        for t in conjuncts(child)
    ]


def _relative(subject: Token, verb: Token) -> Token:
    """'which', 'who', 'that' of a relative clause is the noun that the clause stands at."""
    if subject.tag_ in ("WDT", "WP") and verb.dep_ in ("relcl", "acl") and verb.head.i != verb.i:
        return verb.head
    return subject


def direct_objects(verb: Token) -> list[Token]:
    """The verb's objects, conjuncts included; 'which' of a relative clause is the noun that the clause stands at."""
    if is_misread(verb):
        return list(conjuncts(verb.head))
    own = [t for child in verb.children if child.dep_ in ("dobj", "obj", "oprd") for t in conjuncts(child)]
    return [_relative(t, verb) for t in own]


def clause(token: Token) -> Token:
    """The verb whose clause the token stands in (the token itself where it is one)."""
    at = token
    while at.pos_ not in ("VERB", "AUX") and at.head.i != at.i:
        at = at.head
    return at


def held_by(noun: Token, words: Container[str]) -> list[Token]:
    """Who holds it: 'positions held by the group' -> group.

    Args:
        noun: what is held.
        words: the participles that say so.
    """
    return [
        t
        for child in noun.rights
        if child.dep_ == "acl" and child.lower_ in words
        for t in objects_of_preposition(child, "by")
    ]


def phrase_lemmas(head: Token) -> set[str]:
    """Lemmas of a noun and of what stands before it in its phrase ('chemical weapons' -> chemical, weapon)."""
    found = {head.lemma_.lower(), head.lower_}
    for child in head.lefts:
        if child.dep_ in ("compound", "amod", "nmod", "poss"):
            found |= {child.lemma_.lower(), child.lower_}
    return found


def counted(head: Token) -> Iterator[Token]:
    """What a counting word counts: 'hundreds of families' -> families, 'a number of villages' -> villages."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    yield from conjuncts(grandchild)


def stands_between(token: Token, left: Token, right: Token) -> bool:
    """Whether `token` lies between the two."""
    return min(left.i, right.i) < token.i < max(left.i, right.i)
