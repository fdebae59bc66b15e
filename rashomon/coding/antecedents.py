"""Whom a pronoun, a role or a surname refers to ('they', 'its forces', 'the group'): simple salience, no learning."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from rashomon.coding.actor_context import ActorContext, Seen
from rashomon.knowledge.actor_phrases import PhraseKind, Reading
from rashomon.knowledge.actors import Actor

_REACH = 4  # sentences that a pronoun may look back
_ROLE_REACH = 2  # those that a role may look back which is somebody by itself too: 'the militants'
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "pobj", "dative", "poss"})
_INDIVIDUAL = "person"
_ARMY = "military"
_AIR = "air"
_OBSERVERS = frozenset({"monitor", "media", "ngo", "rescue", "un"})  # they tell or help; what is done is not theirs


def antecedent(context: ActorContext, start: int, end: int, reading: Reading) -> str | None:
    """The words that a phrase refers to, or None.

    The nearest sentence comes first, in it a subject before others, the nearest before farther ones; only what agrees
    with the phrase in number and kind counts.

    Args:
        context: the document.
        start: the first token of the phrase.
        end: the token after its last one.
        reading: how it reads by its own words.
    """
    found = _find(context, start, end, reading)
    if found is not None and found.actor is not None:
        again = context.read(found.start, found.end)
        if context.actors.get(found.actor).generic or _ARMY in again.again:
            found = _find(context, found.start, found.end, again) or found  # 'the militants ... their cars'
    return context.text(found.start, found.end) if found else None


def _find(context: ActorContext, start: int, end: int, reading: Reading) -> Seen | None:
    if reading.kind in (PhraseKind.PRONOUN, PhraseKind.OWNED):
        found = _speaker(context, start) if reading.number == "speaker" else _by_pronoun(context, start, end, reading)
        doubtful = found is not None and _observes(context, found) and not _undergoes(context.doc[end - 1])
        return None if doubtful else found
    if reading.kind is PhraseKind.PERSON:
        return _full_name(context, start, reading)
    return _again(context, start, end, reading) if reading.again else None


# --- pronouns -------------------------------------------------------------------------------------------------------


def _by_pronoun(context: ActorContext, start: int, end: int, reading: Reading) -> Seen | None:
    before = _before(context, start, _REACH)
    if before and reading.kind is PhraseKind.OWNED and context.doc[start - 1].lower_ in {"and", "or"}:
        joined = before[-1]
        if joined.end == start - 1:  # 'the army and its allies'
            return joined
    fitting = [seen for seen in before if _agrees(context, seen, reading)]
    if reading.number == "plural":  # 'the monitor said they had bombed it': somebody else than who tells it
        fitting = [seen for seen in fitting if not (_observes(context, seen) and _speaks(context, seen))]
    if _struck(context.doc[end - 1], reading):
        fitting = _others_than_doers(context, context.doc[end - 1], fitting)
        if reading.kind is PhraseKind.OWNED:  # whose things are hit was hit before, rather than doing something
            return max(fitting, key=lambda seen: (seen.sentence, not _acts(context, seen), seen.start), default=None)
    return max(fitting, key=lambda seen: (seen.sentence, seen.subject, seen.start), default=None)


def _agrees(context: ActorContext, seen: Seen, reading: Reading) -> bool:
    if seen.actor is None:
        return reading.number == _INDIVIDUAL
    actor = context.actors.get(seen.actor)
    if reading.number == _INDIVIDUAL:
        return actor.kind == _INDIVIDUAL
    if actor.kind == _INDIVIDUAL or actor.id == "people":
        return False
    plural = actor.generic and (actor.name.endswith("s") or actor.kind == "people")
    return reading.number == "plural" or not plural


def _observes(context: ActorContext, seen: Seen) -> bool:
    return seen.actor is not None and context.actors.get(seen.actor).kind in _OBSERVERS


def _speaks(context: ActorContext, seen: Seen) -> bool:
    return seen.subject and _verb(context, seen).lemma_ in context.actors.words.speech


def _undergoes(head: Token) -> bool:
    """Whether something is done to it, rather than by it."""
    return head.dep_ == "nsubjpass" or (head.dep_ in _OBJECTS and head.head.dep_ != "agent")


def _struck(head: Token, reading: Reading) -> bool:
    """Whether the phrase is what is done to somebody else than the subject: 'hit their vehicles'."""
    if reading.kind is PhraseKind.OWNED and "position" not in reading.classes:
        return False
    return head.dep_ in _OBJECTS or (reading.kind is PhraseKind.OWNED and head.dep_ == "nsubjpass")


def _others_than_doers(context: ActorContext, head: Token, fitting: list[Seen]) -> list[Seen]:
    """Whoever is hit is not who hits, nor a part of it."""
    tokens = _doers_of(head)
    doers = [seen for seen in fitting if tokens.intersection(range(seen.start, seen.end))]
    bodies = {_body(context, seen) for seen in doers} - {None}
    return [seen for seen in fitting if seen not in doers and _body(context, seen) not in bodies]


def _acts(context: ActorContext, seen: Seen) -> bool:
    """Whether it is the subject of an active verb."""
    if not seen.subject:
        return False
    token = context.doc[seen.end - 1]
    while token.dep_ not in _SUBJECTS and token.head.i != token.i:
        token = token.head
    return token.dep_ == "nsubj"


def _body(context: ActorContext, seen: Seen) -> str | None:
    """The largest body that it is a part of. Sides would tell more, but of some actors more than of others."""
    return context.actors.whole(context.actors.get(seen.actor)).id if seen.actor is not None else None


def _doers_of(head: Token) -> frozenset[int]:
    """The tokens of the subjects of the verbs above a phrase."""
    found: set[int] = set()
    for verb in head.ancestors:
        if verb.pos_ not in {"VERB", "AUX"}:
            continue
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                found.update(token.i for token in child.subtree if token.i < head.i)
    return frozenset(found)


def _speaker(context: ActorContext, start: int) -> Seen | None:
    """Who says 'we': the subject of a verb of speech in the same sentence or one next to it."""
    here = context.sentence_of[start]
    speaking = [
        seen
        for seen in context.seen
        if seen.subject
        and abs(seen.sentence - here) <= 1
        and _verb(context, seen).lemma_ in context.actors.words.speech
    ]
    return min(speaking, key=lambda seen: (abs(seen.sentence - here), abs(seen.start - start)), default=None)


def _verb(context: ActorContext, seen: Seen) -> Token:
    token = context.doc[seen.end - 1]
    while token.dep_ not in _SUBJECTS and token.head.i != token.i:
        token = token.head
    return token.head


# --- roles and names ------------------------------------------------------------------------------------------------


def _again(context: ActorContext, start: int, end: int, reading: Reading) -> Seen | None:
    """The last one named before who is of the kind and no mere role; one whose name has the head word comes first."""
    fitting = [seen for seen in _before(context, start, None) if _could_be(context, seen, reading)]
    head = context.doc[end - 1].text
    names = [(seen, context.text(seen.start, seen.end)) for seen in fitting]
    alike = [seen for seen, name in names if head in name.split()]
    alike = alike or [seen for seen, name in names if head.casefold() in name.casefold().split()]
    if alike:
        return alike[-1]
    here = context.sentence_of[start]
    if _ARMY in reading.again:
        if _undergoes(context.doc[end - 1]):
            fitting = _others_than_doers(context, context.doc[end - 1], fitting)
        return max(fitting, key=lambda seen: seen.start, default=None)
    reach = _REACH if reading.actor is None else _ROLE_REACH
    near = [seen for seen in fitting if here - seen.sentence <= reach]
    last = max(near, key=lambda seen: (seen.sentence, seen.start), default=None)
    if last is None or reading.actor is None:
        return last
    beside = [seen for seen in _before(context, start, _REACH) if seen.sentence == last.sentence]
    fighting = {seen.actor for seen in beside if _fights(context, seen)}
    return last if len(fighting) == 1 else None  # 'the fighters' after two groups that fight: either


def _fights(context: ActorContext, seen: Seen) -> bool:
    """Whether it is a group of fighters with a name, on whatever side; an army's are soldiers."""
    if seen.actor is None:
        return False
    actor = context.actors.get(seen.actor)
    return actor.armed and actor.kind != _ARMY and not actor.generic


def _could_be(context: ActorContext, seen: Seen, reading: Reading) -> bool:
    if seen.actor is None or _AIR in reading.again:  # whose 'the jets' are is said with them or not at all
        return False
    actor = context.actors.get(seen.actor)
    if _ARMY in reading.again:
        return _has_army(context, seen, actor)
    return not actor.generic and actor.kind in reading.again


def _has_army(context: ActorContext, seen: Seen, actor: Actor) -> bool:
    """Whether it is an army by name, or a state that is doing something where it stands."""
    if actor.generic or context.read(seen.start, seen.end).kind is PhraseKind.ROLE:
        return False
    if actor.kind == "government":
        return context.actors.army_of(actor) is not None and _acts(context, seen) and not _speaks(context, seen)
    return context.actors.is_army(actor)


def _full_name(context: ActorContext, start: int, reading: Reading) -> Seen | None:
    """For a surname the fuller name before it: 'Jamous' after 'Badr Jamous'."""
    if not reading.name or " " in reading.name:
        return None
    surname = _bare(reading.name)
    for seen in _before(context, start, None):
        words = context.text(seen.start, seen.end).split()
        if seen.actor is None and len(words) > 1 and _bare(words[-1]) == surname:
            return seen
    return None


def _bare(surname: str) -> str:
    folded = surname.casefold().replace("-", "").removesuffix("'s").removesuffix("’s")
    return folded.removeprefix("al")


def _before(context: ActorContext, start: int, reach: int | None) -> list[Seen]:
    here = context.sentence_of[start]
    seen: Iterable[Seen] = context.seen
    return [one for one in seen if one.end <= start and (reach is None or here - one.sentence <= reach)]
