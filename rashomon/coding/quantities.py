"""Quantities: the counts of a text, with their bounds and what they measure, and which of them belong to an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.coding.distance import cost, path
from rashomon.coding.measures import measures, noun_measure
from rashomon.coding.numbers import Counted, find_numbers, nobody, repetitions
from rashomon.coding.times import TimeMention
from rashomon.knowledge.quantitywords import QuantityLexicon
from rashomon.model import Measure, Quantity


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A count in a text.

    Attributes:
        start_token, end_token: its tokens, from the word that bounds it to what is counted, end exclusive.
        head: the token of the counted noun, or the number itself.
        governor: the token that decides the measure ('killed'), or None.
        quantity: what is said.
    """

    start_token: int
    end_token: int
    head: int
    governor: int | None
    quantity: Quantity


# --- finding --------------------------------------------------------------------------------------------------------


def find_quantities(doc: Doc, lexicon: QuantityLexicon, times: Sequence[TimeMention] = ()) -> list[FoundQuantity]:
    """All counts in `doc` that are kept, in order; 'killed and injured dozens' gives two at one place.

    Args:
        doc: a parsed report; furniture in it is blank.
        lexicon: the words of counting.
        times: the expressions of time in `doc`: a number in one of them counts nothing.
    """
    taken = {i for mention in times for i in range(mention.start_token, mention.end_token)}
    found: list[FoundQuantity] = []
    for counted in nobody(doc, lexicon):
        taken.update(range(counted.start, counted.end))
        above = {token.i for token in doc[counted.noun].ancestors}
        decided = [one for one in measures(doc, counted, lexicon) if one[1] in above and one[0] in _HURT]
        found += [_found(doc, counted, measure, governor) for measure, governor in decided]
    for counted, verb in repetitions(doc, lexicon):
        taken.update(range(counted.start, counted.end))
        found.append(_found(doc, counted, Measure.STRIKES, verb.i))
    for counted in find_numbers(doc, lexicon, taken):
        decided = measures(doc, counted, lexicon)
        if found and _is_part(doc, counted, found[-1], decided):
            decided = [(found[-1].quantity.measure, found[-1].governor)]
        found += [_found(doc, counted, measure, governor) for measure, governor in decided]
    used = {i for one in found for i in range(one.start_token, one.end_token)}
    for counted in _singles(doc, lexicon, used | taken):
        for measure, governor in measures(doc, counted, lexicon):
            if measure is not Measure.PEOPLE and _single_counts(doc, counted, measure, lexicon):
                found.append(_found(doc, counted, measure, governor))
    found += _none(doc, lexicon)
    return sorted(found, key=lambda one: (one.start_token, one.end_token, one.quantity.measure))


def _is_part(doc: Doc, counted: Counted, whole: FoundQuantity, decided: Sequence[tuple[Measure, int | None]]) -> bool:
    """Whether a count of people is a part of the one before it: 'among them 12 children', 'eight of them women'."""
    if whole.quantity.measure not in _OF_PEOPLE or doc[whole.head].sent.start != doc[counted.first].sent.start:
        return False
    if decided and decided[0][0] is not Measure.PEOPLE:
        return False
    if doc[counted.noun].lower_ in _THEM:
        return True
    between = {token.lower_ for token in doc[whole.end_token : counted.start]}
    return bool(decided) and len(between) <= _PART_WORDS and bool(between & _PART_OF) and not between & _CLAUSE


_HURT = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.CAPTURED})
_THEM = frozenset({"them", "whom", "these", "those"})
_PART_OF = frozenset({"including", "among", "amongst", "included", "and"})
_CLAUSE = frozenset({"while", "as", "when", "after", "but", "which", "that", "who"})
_PART_WORDS = 4


def _found(doc: Doc, counted: Counted, measure: Measure, governor: int | None) -> FoundQuantity:
    end = max(counted.end, counted.noun + 1)
    of = doc[counted.noun].text if not counted.first <= counted.noun <= counted.last else "people"
    if counted.first <= counted.noun <= counted.last and measure not in _OF_PEOPLE:
        of = str(measure)
    of = _phrase(doc, counted, of)
    quantity = Quantity(measure, of, counted.least, counted.most, doc[counted.start : end].text)
    return FoundQuantity(counted.start, end, counted.noun, governor, quantity)


_OF_PEOPLE = frozenset(
    {Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.CAPTURED, Measure.DISPLACED, Measure.PEOPLE}
)


def _phrase(doc: Doc, counted: Counted, alone: str) -> str:
    """What is counted, with the words between the number and the noun."""
    if counted.noun <= counted.last:
        return alone
    words = doc[counted.last + 1 : counted.noun + 1]
    while len(words) > 1 and words[0].lower_ in {"of", "the", "a", "an", "its", "their", "his"}:
        words = words[1:]
    return words.text


def _singles(doc: Doc, lexicon: QuantityLexicon, taken: set[int]) -> Iterator[Counted]:
    """One that is said with an article: 'a woman was killed', 'fired a rocket'."""
    for token in doc:
        if token.lower_ not in _ONE or token.i in taken or token.dep_ != "det":
            continue
        noun = token.head
        if noun.tag_ not in {"NN", "NNP"} or noun.i in taken or not token.i < noun.i <= token.i + 5:
            continue
        if noun_measure(noun, lexicon) is not None:
            yield Counted(token.i, noun.i + 1, token.i, token.i, 1, 1, noun.i)


_ONE = frozenset({"a", "an", "another"})
_DAMAGE = frozenset({Measure.VEHICLES})  # single buildings are named as targets, not counted


def _single_counts(doc: Doc, counted: Counted, measure: Measure, lexicon: QuantityLexicon) -> bool:
    """Whether one thing with an article is a count: people hurt, things that are destroyed or fired."""
    noun = doc[counted.noun]
    if measure in {Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED, Measure.MISSING}:
        return noun_measure(noun, lexicon) is Measure.PEOPLE
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    if noun.dep_ not in {"dobj", "nsubjpass"}:
        return False
    if measure in _DAMAGE:
        return noun.head.lemma_.lower() in lexicon.damage
    if measure is Measure.MUNITIONS:
        return noun.head.lemma_.lower() in lexicon.launch
    return False


def _none(doc: Doc, lexicon: QuantityLexicon) -> Iterator[FoundQuantity]:
    """'No casualties': nobody killed."""
    for token in doc:
        measure = lexicon.none_nouns.get(token.lemma_.lower())
        if measure is None:
            continue
        for child in token.children:
            if child.dep_ in {"det", "nummod", "neg"} and child.lower_ in lexicon.none:
                counted = Counted(child.i, token.i + 1, child.i, child.i, 0, 0, token.i)
                yield _found(doc, counted, measure, int(token.head.i))


# --- which belong to an event ---------------------------------------------------------------------------------------

_TOO_FAR = 8.0


def quantities_for(
    trigger: Token,
    found: Sequence[FoundQuantity],
    lexicon: QuantityLexicon,
    event_type: str,
    others: Sequence[tuple[Token, str]] = (),
) -> list[FoundQuantity]:
    """The counts of the trigger's sentence that belong to its event.

    Deaths belong to what caused them, as long as that can cause deaths; each count goes to the nearest event that it
    can belong to.

    Args:
        trigger: the event's main word.
        found: all counts of the document.
        lexicon: which measures belong to which types.
        event_type: the event's type.
        others: main words and types of the other events of the sentence.
    """
    sentence = trigger.sent
    start, end = sentence.start, sentence.end
    rivals = [(token, kind) for token, kind in others if start <= token.i < end and token.i != trigger.i]
    belonging = []
    for one in found:
        if not start <= one.start_token < end:
            continue
        types = lexicon.belongs.get(one.quantity.measure, frozenset())
        if event_type not in types:
            continue
        own = _far(trigger, one)
        if own < _TOO_FAR and all(own <= _far(token, one) for token, kind in rivals if kind in types):
            belonging.append(one)
    return [one for one in belonging if not any(_says_more(other.quantity, one.quantity) for other in belonging)]


def _says_more(one: Quantity, other: Quantity) -> bool:
    """Whether `one` is `other` with its bound: a headline's '32' is the lead's 'at least 32'."""
    if one.measure is not other.measure or other.minimum is None or other.minimum != other.maximum:
        return False
    return (one.minimum, one.maximum) in {(other.minimum, None), (None, other.minimum)}


def _far(trigger: Token, one: FoundQuantity) -> float:
    if trigger.i in (one.governor, one.head):
        return 0.0
    doc = trigger.doc
    at = doc[one.governor] if one.governor is not None else doc[one.head]
    up, down = path(trigger, at)
    return cost(up, down, abs(trigger.i - at.i))
