"""Which mentions of events are claims of their own: what speaks for and against each, in points.

A report names an event more often than it claims one: in the headline and again in the body, in passing, as the
frame of another event. Each mention has signs; each sign has points (data/lexicon/signs.yaml); a mention whose points
stay under the threshold is not a claim. Every sign is about grammar, repetition or what else is said, none about who
it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from rashomon.coding.drafts import Draft
from rashomon.coding.merging import doers, is_definite
from rashomon.knowledge import Knowledge
from rashomon.knowledge.actors import Actors

_MOST = 4  # more mentions than this say no more
_STEPS = 6  # governors looked at
_CLAUSES = frozenset({"relcl", "advcl", "acl", "pcomp", "ccomp", "prep"})
_LONG = 30  # tokens of a long sentence
FLASH = 3  # sentences of a report that says nothing in passing: all its mentions are claims


@dataclass(frozen=True, slots=True)
class _Told:
    """What a draft gives that another may give too, gone through once."""

    draft: Draft
    sentence: int
    fullness: int
    lemma: str
    places: frozenset[str]
    actors: frozenset[str]

    @classmethod
    def of(cls, draft: Draft, sentence: int, actors: Actors) -> _Told:
        return cls(
            draft,
            sentence,
            draft.fullness,
            draft.trigger.head.lemma_.lower(),
            frozenset(place.name for place in draft.places),
            frozenset(doers(draft, actors)),
        )

    def like(self, other: _Told) -> bool:
        """Whether both share a word, a place or an actor."""
        return self.lemma == other.lemma or bool(self.places & other.places) or bool(self.actors & other.actors)


def claims_only(drafts: Sequence[Draft], sentence_of: Sequence[int], known: Knowledge) -> list[Draft]:
    """The drafts that are claims of their own, in their order, each with how sure that is.

    Args:
        drafts: all of one report, in the order of the text.
        sentence_of: the number of each token's sentence.
        known: the points, the words that take a side, and who is a part of whom.
    """
    signs = known.signs
    if not sentence_of or sentence_of[-1] < FLASH:
        for draft in drafts:
            draft.confidence = signs.flash_confidence
        return list(drafts)
    kept = []
    for draft, shown in all_signs(drafts, sentence_of, known):
        points = signs.points(shown)
        if points >= signs.threshold:
            draft.confidence = signs.confidence(points)
            kept.append(draft)
    return kept


def all_signs(
    drafts: Sequence[Draft], sentence_of: Sequence[int], known: Knowledge
) -> Iterator[tuple[Draft, list[str]]]:
    """Each draft with its signs, the names that stand in signs.yaml; for the arguments see `claims_only`."""
    told = [_Told.of(draft, sentence_of[draft.trigger.head.i], known.actors) for draft in drafts]
    last = sentence_of[-1] if sentence_of else 0
    for at, one in enumerate(told):
        alike = [other for other in told if other.draft.kind == one.draft.kind and other is not one]
        before = [other for other in alike if other.draft.trigger.head.i < one.draft.trigger.head.i]
        after = [other for other in alike if other.draft.trigger.head.i >= one.draft.trigger.head.i]
        beside = sum(1 for other in told[:at] if other.sentence == one.sentence)
        yield (
            one.draft,
            [
                *_words(one, known.labels.single),
                *_position(one, last, after),
                *_repetition(one, before, after),
                f"beside {min(beside, 3)}",
                *_grammar(one.draft),
                *_details(one, before),
            ],
        )


def _words(one: _Told, loaded: Container[str]) -> Iterator[str]:
    word = one.lemma
    if word in loaded:  # 'liberated' weighs what 'recaptured' does: whose word it is decides nothing
        word = one.draft.trigger.entry.words[0][1][0]
    yield f"word {one.draft.kind} {word}"
    yield f"type {one.draft.kind}"
    yield f"status {one.draft.status.value}"
    if one.draft.trigger.entry.light:
        yield "light"


def _position(one: _Told, last: int, after: Sequence[_Told]) -> Iterator[str]:
    if one.sentence < 3:
        yield f"sentence {one.sentence}"
    if one.sentence == 0 and after:
        yield "headline told again"
    if one.sentence <= 1 and any(one.like(other) for other in after):
        yield "lead told again alike"
    yield f"part {min(3, 4 * one.sentence // (last + 1))}"
    if one.draft.end - one.draft.start > _LONG:
        yield "long sentence"


def _repetition(one: _Told, before: Sequence[_Told], after: Sequence[_Told]) -> Iterator[str]:
    yield f"before {min(len(before), _MOST)}"
    yield f"after {min(len(after), _MOST)}"
    if any(one.lemma == other.lemma for other in before):
        yield "same word before"
    if any(one.places & other.places for other in before):
        yield "same place before"
    if any(one.actors & other.actors for other in before):
        yield "same actor before"
    if any(one.like(other) for other in after):
        yield "alike after"
    if any(other.fullness >= one.fullness for other in after):
        yield "fuller after"
    if any(other.fullness >= one.fullness for other in before):
        yield "fuller before"
    if any(other.sentence == one.sentence for other in before):
        yield "same type beside"
    if any(other.sentence == one.sentence - 1 for other in before):
        yield "same type in the sentence before"
    if is_definite(one.draft):
        yield "definite"
        if before:
            yield "definite again"


def _grammar(draft: Draft) -> Iterator[str]:
    head = draft.trigger.head
    yield f"tag {head.tag_}"
    yield f"dep {head.dep_}"
    if draft.trigger.carried:
        yield f"carried {draft.trigger.carried}"
    above, at = set(), head
    for _ in range(_STEPS):
        at = at.head
        above.add(at.dep_)
    yield from (f"under {clause}" for clause in sorted(above & _CLAUSES))
    if any(child.dep_ in ("aux", "auxpass") for child in head.lefts):
        yield "auxiliary"


def _details(one: _Told, before: Sequence[_Told]) -> Iterator[str]:
    draft = one.draft
    yield f"full {min(one.fullness, 8)}"
    given = {
        "actor": draft.actors,
        "target": draft.targets,
        "place": draft.places,
        "place of its own": draft.own_places,
        "time": draft.time,
        "count": draft.quantities,
        "weapon": draft.weapons,
        "source": draft.source,
        "joined": len(draft.heads) > 1,
    }
    yield from (name for name, value in given.items() if value)
    if draft.own_places and one.places and not any(one.places & other.places for other in before):
        yield "new place"
