"""Measures: what a count of people is a count of, by the words that govern it ('killed', 'a toll of')."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from rashomon.coding.numbers import Counted
from rashomon.knowledge.quantitywords import QuantityLexicon
from rashomon.model import Measure

Decision = tuple[Measure, int | None]

_PEOPLE = frozenset({Measure.PEOPLE})
_THINGS = frozenset({Measure.STRIKES, Measure.MUNITIONS, Measure.SETTLEMENTS, Measure.VEHICLES, Measure.BUILDINGS})
_STEPS = 8
_RIGHT, _LEFT = 7, 3
_TOLL = 20
_LEFT_BEHIND = 12


def measures(doc: Doc, counted: Counted, lexicon: QuantityLexicon) -> list[Decision]:
    """What a number measures, each with the token that decides it.

    Returns:
        Two for 'killed and injured dozens'; none where it counts nothing that is kept.
    """
    noun = doc[counted.noun]
    bare = counted.first <= counted.noun <= counted.last
    own = None if bare or noun.lower_ in lexicon.states else noun_measure(noun, lexicon)
    if own in _THINGS:
        return [(own, int(noun.head.i))] if own else []
    toll = _toll(doc, counted, lexicon)
    if toll is not None:
        return [toll]
    if own is not None and own is not Measure.PEOPLE:
        return [(own, noun.i)]
    if not bare and noun.lower_ in lexicon.states:
        state = lexicon.states[noun.lower_]
        return [(state, noun.i), *_second(noun, state, lexicon)]
    found = list(_by_parse(noun, lexicon)) or _by_order(doc, counted, lexicon)
    if found:
        return found
    return (
        [(Measure.PEOPLE, int(noun.head.i))]
        if own is Measure.PEOPLE and noun.lemma_.lower() not in lexicon.others
        else []
    )


def noun_measure(noun: Token, lexicon: QuantityLexicon) -> Measure | None:
    """What a counted noun measures by itself."""
    for word in (noun.lower_, noun.lemma_.lower(), noun.lower_.removesuffix("s")):
        if word in lexicon.nouns:
            return lexicon.nouns[word]
    return None


def _by_parse(noun: Token, lexicon: QuantityLexicon) -> Iterator[Decision]:
    own = _said_of(noun, lexicon)
    if own is not None:
        yield own
        yield from _second(noun.doc[own[1] or 0], own[0], lexicon)
        return
    current = noun
    for _ in range(_STEPS):
        head = current.head
        if head.i == current.i:
            return
        decided = _decided(current, head, noun, lexicon)
        if decided is not None:
            yield decided
            yield from _second(head, decided[0], lexicon)
            return
        if (head.pos_ in {"VERB", "AUX"} and head.dep_ != "prep") or current.dep_ in {
            "relcl",
            "advcl",
            "ccomp",
            "parataxis",
        }:
            return
        if current.i != noun.i:
            said = _said_of(head, lexicon) if current.dep_ in {"conj", "appos"} else None
            if said is not None:
                yield said
                return
        current = head


def _said_of(noun: Token, lexicon: QuantityLexicon) -> Decision | None:
    """'12 people killed', '12 wounded civilians', 'six people dead'."""
    for child in noun.children:
        lemma = child.lemma_.lower()
        if child.dep_ in {"acl", "amod", "relcl"} and lemma in lexicon.objects and child.tag_ in {"VBN", "VBD", "JJ"}:
            if any(grand.dep_ == "dobj" for grand in child.children):
                continue
            return lexicon.objects[lemma], child.i
        if child.dep_ in {"amod", "acomp", "acl"} and child.lower_ in lexicon.states:
            return lexicon.states[child.lower_], child.i
        if child.dep_ == "relcl" and lemma in lexicon.subjects:
            return lexicon.subjects[lemma], child.i
        if child.dep_ == "acl":  # 'millions forced to flee'
            for grand in child.children:
                if grand.dep_ == "xcomp" and grand.lemma_.lower() in lexicon.subjects:
                    return lexicon.subjects[grand.lemma_.lower()], grand.i
    return None


def _decided(current: Token, head: Token, noun: Token, lexicon: QuantityLexicon) -> Decision | None:
    lemma = _lemma(head)
    dep = current.dep_
    if dep == "conj" and lemma in lexicon.objects and head.tag_ in {"VBN", "VBD"}:  # 'were killed as well as 41 others'
        return lexicon.objects[lemma], head.i
    if dep == "dobj":  # 'forced 3,000 to flee'
        for child in head.children:
            if child.dep_ == "xcomp" and child.lemma_.lower() in lexicon.subjects:
                return lexicon.subjects[child.lemma_.lower()], child.i
    if dep == "nsubj" and lemma == "be":  # 'two medics were among 31 people killed'
        for child in head.children:
            if child.lower_ == "among":
                whole = next((grand for grand in child.children if grand.dep_ == "pobj"), None)
                return None if whole is None else next(_by_parse(whole, lexicon), None)
    if dep in {"nsubjpass", "dobj", "obj"} and lemma in lexicon.objects:
        return lexicon.objects[lemma], head.i
    if dep == "nsubj" and lemma in lexicon.objects and head.tag_ in {"VBN", "VBD"} and _no_object(head):
        return lexicon.objects[lemma], head.i
    if dep in {"nsubj", "nsubjpass"}:
        for phrase in (lemma, *_with_objects(lemma, head)):
            if phrase in lexicon.subjects:
                return lexicon.subjects[phrase], head.i
    if dep in {"nsubj", "nsubjpass", "dobj", "attr"}:
        for child in head.children:
            if child.dep_ in {"acomp", "oprd", "attr", "xcomp", "ccomp", "conj", "advcl"} and child.i != current.i:
                state = child.lower_
                if state in lexicon.states and child.i > noun.i and child.i - noun.i <= _RIGHT:
                    return lexicon.states[state], child.i
    if dep in {"dobj", "nsubj"} and lemma in lexicon.leave:
        for token in noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + _LEFT_BEHIND)]:
            if token.lower_ in lexicon.states:
                return lexicon.states[token.lower_], token.i
    if dep in {"dobj", "nmod", "dep"} and lemma in lexicon.heads:  # 'killing' read as a noun
        return lexicon.heads[lemma], head.i
    if dep == "pobj" and head.lower_ in {"of", "in"} and head.head.lower_ in lexicon.heads:
        return lexicon.heads[head.head.lower_], head.head.i
    if dep == "pobj" and head.lower_ in {"of", "in"} and head.head.lemma_.lower() in lexicon.heads:
        return lexicon.heads[head.head.lemma_.lower()], head.head.i
    if dep in {"nsubj", "ccomp"} and head.lower_ in lexicon.states:
        return lexicon.states[head.lower_], head.i
    return None


def _lemma(verb: Token) -> str:
    """The base form of a verb with its particle ('take out')."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    return lemma if particle is None else f"{lemma} {particle}"


def _with_objects(lemma: str, verb: Token) -> Iterator[str]:
    """The verb with its object: 'lose life', 'suffer injury'."""
    for child in verb.children:
        if child.dep_ == "dobj":
            yield f"{lemma} {child.lemma_.lower()}"


def _no_object(verb: Token) -> bool:
    return not any(child.dep_ in {"dobj", "obj"} for child in verb.children)


def _second(verb: Token, measure: Measure, lexicon: QuantityLexicon) -> Iterator[Decision]:
    """The other verb of 'killed and injured dozens', 'dozens were killed or wounded'."""
    others = [child for child in verb.children if child.dep_ == "conj"]
    if verb.dep_ == "conj":
        others.append(verb.head)
    for other in others:
        second = lexicon.objects.get(other.lemma_.lower())
        if second is None or second is measure:
            continue
        if _no_object(other) and not any(
            child.dep_ in {"nsubj", "nsubjpass"} for child in other.children if other.i > verb.i
        ):
            between = other.doc[min(verb.i, other.i) + 1 : max(verb.i, other.i)]
            if all(token.dep_ in {"cc", "punct"} or token.is_punct for token in between):
                yield second, other.i


def _by_order(doc: Doc, counted: Counted, lexicon: QuantityLexicon) -> list[Decision]:
    """By the order of words, where the parse gives nothing: headlines, texts that lost their commas."""
    sentence = doc[counted.first].sent
    for token in doc[counted.noun + 1 : min(sentence.end, counted.noun + 1 + _RIGHT)]:
        lemma = token.lemma_.lower()
        if lemma in lexicon.objects and not _no_object(token):
            break
        if token.lower_ in lexicon.states:
            return [(lexicon.states[token.lower_], token.i)]
        if lemma in lexicon.objects and token.tag_ in {"VBN", "VBD", "JJ"}:
            return [(lexicon.objects[lemma], token.i)]
        if token.pos_ in {"VERB", "NUM", "CCONJ", "SCONJ", "PUNCT"} or token.like_num:
            break
    if counted.start - 2 >= sentence.start and doc[counted.start - 1].lower_ == "of":
        head = doc[counted.start - 2]
        for word in (head.lower_, head.lemma_.lower()):
            if word in lexicon.heads:
                return [(lexicon.heads[word], head.i)]
    for token in reversed(doc[max(sentence.start, counted.start - _LEFT) : counted.start]):
        lemma = token.lemma_.lower()
        if lemma in lexicon.objects and token.tag_.startswith("VB"):
            return [(lexicon.objects[lemma], token.i)]
        if token.pos_ in {"VERB", "NUM", "NOUN", "CCONJ", "PUNCT", "ADP"}:
            break
    return []


def _toll(doc: Doc, counted: Counted, lexicon: QuantityLexicon) -> Decision | None:
    """'The death toll rose to 27', 'put the toll at 30'."""
    if counted.start == 0 or doc[counted.start - 1].lower_ not in {
        "to",
        "at",
        "of",
        "reached",
        "is",
        "was",
        "stands",
        "by",
    }:
        return None
    start = max(doc[counted.first].sent.start, counted.start - _TOLL)
    for token in reversed(doc[start : counted.start]):
        if token.lemma_.lower() in lexicon.tolls:
            before = {t.lower_ for t in doc[max(start, token.i - 2) : token.i]}
            return (Measure.WOUNDED if before & lexicon.toll_wounded else Measure.KILLED), token.i
        if token.pos_ == "NUM" and doc[token.i + 1].text != "-":
            return None
    return None
