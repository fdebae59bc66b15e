"""Once for each report: what headline, lead and body all say is one claim."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from rashomon.coding.drafts import Draft
from rashomon.coding.times import TimeMention
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.romanise import skeleton
from rashomon.model import Measure, Status

_OPEN = (Status.OCCURRED, Status.ONGOING)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "such"})
_SOON = 90  # tokens, some three sentences
_ATTACKS = frozenset({"air_strike", "shelling", "ground_attack", "bombing", "chemical_attack", "killing"})

# Attacks of which one sentence tells step by step.
_IN_STEPS = frozenset({"bombing", "shelling", "air_strike", "chemical_attack"})


def merge(drafts: Sequence[Draft], actors: Actors) -> list[Draft]:
    """The drafts with repeated statements joined: the fullest one stands, the others give it what it lacks.

    Args:
        drafts: in the order of the text.
        actors: to know who is a part of whom: what a state did and what its air force did may be one event.
    """
    kept: list[Draft] = []
    for draft in drafts:
        same = next((k for k in reversed(kept) if _same_event(k, draft, actors)), None)
        if same is None:
            kept.append(draft)
            continue
        place = kept.index(same)
        kept[place] = _joined(same, draft)
    return sorted(kept, key=lambda d: (d.start, d.trigger.start))


def _same_event(earlier: Draft, later: Draft, actors: Actors) -> bool:
    if not _one_kind(earlier, later):
        return False
    if earlier.status is not later.status and not (earlier.status in _OPEN and later.status in _OPEN):
        return False
    if _clash(_places(earlier), _places(later)) or _clash(doers(earlier, actors), doers(later, actors)):
        return False
    if _clash(_times(earlier), _times(later)) or _clash(_counts(earlier), _counts(later)):
        return False
    return _evidence(earlier, later, actors) >= (0 if _refers_back(later) else 2)


def _refers_back(draft: Draft) -> bool:
    """Whether a noun only takes up an event: it is definite, or says nothing of its own."""
    return is_definite(draft) or (draft.trigger.is_noun and draft.fullness == 0)


def _one_kind(earlier: Draft, later: Draft) -> bool:
    """One type; or a bare word for an attack told before ('the attack'); or a toll that an attack has as well."""
    if earlier.kind == later.kind:
        return True
    if _refers_back(later) and earlier.kind in _ATTACKS and later.kind == "ground_attack":
        return True
    tolls = {earlier.kind, later.kind} & {"casualties"} and {earlier.kind, later.kind} & _ATTACKS
    return bool(tolls and _counts(earlier) & _counts(later))


def _evidence(earlier: Draft, later: Draft, actors: Actors) -> int:
    """How much speaks for one event: what both give alike; a later statement that gives nothing new speaks too."""
    points = 0
    points += 2 * bool(_counts(earlier) & _counts(later))
    points += bool(_places(earlier) & _places(later))
    points += bool(_times(earlier) & _times(later))
    points += bool(doers(earlier, actors) & doers(later, actors))
    points += earlier.trigger.head.lemma_.lower() == later.trigger.head.lemma_.lower()
    points += later.fullness == 0
    points += 2 * _goes_on_telling(earlier, later)
    return points


def _goes_on_telling(earlier: Draft, later: Draft) -> bool:
    """'A mine that was planted by gunmen exploded': one sentence tells of one attack in two steps."""
    if earlier.start != later.start or earlier.kind not in _IN_STEPS:
        return False
    return not (earlier.quantities and later.quantities) and not (earlier.targets and later.targets)


def is_definite(draft: Draft) -> bool:
    """Whether a noun names the event as one already spoken of ('the attack', 'its raids')."""
    head = draft.trigger.head
    return draft.trigger.is_noun and any(c.dep_ in ("det", "poss") and c.lower_ in _DEFINITE for c in head.lefts)


def _clash(one: set[str], other: set[str]) -> bool:
    return bool(one and other and not one & other)


def _places(draft: Draft) -> set[str]:
    """The places that its own sentence gives; those taken over from before prove nothing."""
    return {skeleton(p.name) for p in draft.places} if draft.own_places else set()


def doers(draft: Draft, actors: Actors) -> set[str]:
    """The largest bodies that the doers are parts of: of some states the file names more parts than of others."""
    return {actors.whole(actors.get(m.actor_id)).id for m in draft.actors if m.actor_id}


def _times(draft: Draft) -> set[str]:
    if draft.time is None:
        return set()
    return {words_of(draft.time, draft.trigger.head.doc)}


def words_of(time: TimeMention, doc: Doc) -> str:
    """An expression of time in lower case, to compare it with another of the same document."""
    return " ".join(token.lower_ for token in doc[time.start_token : time.end_token])


def _counts(draft: Draft) -> set[str]:
    return {
        f"{q.quantity.measure}{q.quantity.minimum}"
        for q in draft.quantities
        if q.quantity.measure in (Measure.KILLED, Measure.WOUNDED)
    }


def _retells(main: Draft, other: Draft) -> bool:
    """Whether a lead in the outlet's own voice is told again right after with its source.

    Further off, or where the event is only taken up ('witnesses said that the blast'), the speaker tells something
    else of it.
    """
    if not 0 <= other.start - main.end <= _SOON:
        return False
    return not _refers_back(other) or bool(_counts(main) & _counts(other))


def _joined(earlier: Draft, later: Draft) -> Draft:
    """The fuller of the two (the earlier on a tie), with what only the other gives."""
    main, other = (earlier, later) if earlier.fullness >= later.fullness else (later, earlier)
    if main.kind == "casualties" or (main.kind == "ground_attack" and other.kind in _ATTACKS):
        main.kind = other.kind
    main.actors = main.actors or other.actors
    main.targets = main.targets or other.targets
    if not main.own_places and other.own_places:
        main.places, main.own_places = other.places, True
    main.time = main.time or other.time
    if not main.source and _retells(main, other):
        main.source = other.source
    measures = {q.quantity.measure for q in main.quantities}
    main.quantities += [q for q in other.quantities if q.quantity.measure not in measures]
    main.weapons += other.weapons
    main.heads += other.heads
    return main
