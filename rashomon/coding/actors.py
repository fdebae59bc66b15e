"""From the head token of an argument to the words to quote for an actor or target, and whom they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.coding.actor_context import ActorContext, Seen
from rashomon.coding.antecedents import antecedent
from rashomon.knowledge.actor_phrases import PhraseKind, Reading
from rashomon.knowledge.actors import Actors
from rashomon.model import Span

_BEFORE = frozenset(
    {
        "det",
        "amod",
        "compound",
        "poss",
        "nmod",
        "nummod",
        "quantmod",
        "predet",
        "case",
        "advmod",
        "punct",
        "neg",
        "npadvmod",
    }
)
_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod"})
_DESCRIBING = frozenset({"amod", "compound", "nmod", "npadvmod", "advmod", "nummod"})
_NONE = frozenset({"nobody", "none", "no-one", "noone"})
_NOT = frozenset({"no", "not"})
_ONE = frozenset({"one", "a", "single"})
_LONGEST = 4  # words of a phrase like 'with the support of'
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that stand for an actor or a target.

    Attributes:
        start_token, end_token: the tokens to quote, end exclusive.
        head: index of the head token.
        text_span: the characters of those tokens in the report's text.
        actor_id: the id of data/actors.yaml that the words (or their antecedent) lead to, or None.
        antecedent: for a pronoun or a role, the earlier words that it refers to, or None.
    """

    start_token: int
    end_token: int
    head: int
    text_span: Span
    actor_id: str | None
    antecedent: str | None


def find_actors(doc: Doc, actors: Actors, context: ActorContext | None = None) -> list[ActorMention]:
    """Every noun phrase of the document that can be an actor or a target, in order.

    Args:
        doc: a parsed document; `token.idx` is the offset into the report's text.
        actors: the actors and word lists.
        context: of the document, where it is there already.
    """
    context = context or ActorContext.of(doc, actors)
    found: dict[tuple[int, int], ActorMention] = {}
    for chunk in doc.noun_chunks:
        for mention in phrases(chunk.root, actors, context):
            found.setdefault((mention.start_token, mention.end_token), mention)
    return [found[key] for key in sorted(found)]


def phrases(head: Token, actors: Actors, context: ActorContext) -> list[ActorMention]:
    """The actors or targets that an argument's head token stands for: one for each conjunct.

    'The army and Hezbollah' are two, 'Syrian and Russian warplanes' too; 'dozens of civilians' are the civilians;
    'positions of the rebels and of Ahrar al-Sham' are the rebels and Ahrar al-Sham. Relative clauses and appositions
    are left out. Pronouns and roles get the words that they refer to as antecedent.

    Args:
        head: the head token of a subject, object, by-agent or modifier.
        actors: the actors and word lists.
        context: of the document that `head` is in.
    """
    known = context.phrases_at.get(head.i)
    if known is None:
        known = context.phrases_at[head.i] = _phrases(head, context)
    return list(known)


def _phrases(head: Token, context: ActorContext) -> list[ActorMention]:
    found: list[ActorMention] = []
    if is_against(head):
        return [mention_of(head.i, head.i + 1, head, context)]
    for conjunct in _conjuncts(head):
        if conjunct is not head and _in_one_name(head, conjunct, context):
            continue
        if _is_none(conjunct):
            continue
        if conjunct.dep_ in _DESCRIBING and not _names_an_actor(conjunct, context):
            continue  # 'heavy' shelling, 'hospital' bombing: a word before a noun counts only where it names somebody
        for mention in _played_by_name(_one(conjunct, context), context):
            if _is_nobody(mention, context):
                continue
            if all((other.start_token, other.end_token) != (mention.start_token, mention.end_token) for other in found):
                found.append(mention)
    return found


def actor_phrase(head: Token, actors: Actors, context: ActorContext) -> ActorMention:
    """The one phrase of a head token, its conjuncts left aside: that of `phrases` it stands in, or the bare token."""
    found = sorted(_one(head, context), key=lambda mention: not mention.start_token <= head.i < mention.end_token)
    return found[0] if found else mention_of(head.i, head.i + 1, head, context)


def doers(trigger: Token, actors: Actors, context: ActorContext) -> list[ActorMention]:
    """Who does what a noun names, by what stands before it or after 'by': 'regime air raids', 'shelling by the army'.

    Args:
        trigger: the noun that names the event ('strikes', 'shelling', 'offensive').
        actors: the actors and word lists.
        context: of the document that `trigger` is in.
    """
    found = _modifiers(trigger, context)
    for child in trigger.children:
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    found += phrases(noun, actors, context)
    return found


def _is_nobody(mention: ActorMention, context: ActorContext) -> bool:
    """'The crime', 'themselves', 'rocket shells': nobody, and nothing that is hit; nor is a stray sign."""
    head = context.doc[mention.head]
    if _is_day(mention, context):
        return True
    if mention.actor_id is not None or mention.antecedent is not None:
        return False
    return head.lower_ in context.actors.words.nobody or not any(character.isalnum() for character in head.text)


def is_against(word: Token) -> bool:
    """'anti-government protests' names whom they are against."""
    return word.i > 1 and word.nbor(-1).text == "-" and word.nbor(-2).lower_ == "anti"


def _in_one_name(head: Token, conjunct: Token, context: ActorContext) -> bool:
    """'Islamic State of Iraq and the Levant', 'Islamic State of Iraq and the Levant group': one."""
    name = context.names.get(head.i)
    return name is not None and name in (context.names.get(conjunct.i), context.names.get(_left(conjunct)))


def _is_none(head: Token) -> bool:
    """'No one', 'none of the fighters', 'not one person', 'no civilians'."""
    if head.lower_ in _NONE:
        return True
    start = _left(head)
    before = head.doc[start - 1] if start else None
    first = head.doc[start].lower_ if start < head.i else ""
    return first in _NOT or (before is not None and before.lower_ == "not" and (first or head.lower_) in _ONE)


def _is_day(mention: ActorMention, context: ActorContext) -> bool:
    """'04/05', 'Monday', '5 am': when, not who; a bare '19' that the model takes for no date is people."""
    words = context.doc[mention.start_token : mention.end_token]
    if context.read(mention.start_token, mention.end_token).kind is not PhraseKind.EMPTY:
        return False
    marked = any(character in word.text for word in words for character in "/:")
    return marked or words.root.pos_ == "PROPN" or all(word.is_punct for word in words)


def _names_an_actor(modifier: Token, context: ActorContext) -> bool:
    if modifier.i in context.names:
        return True
    return _reading(modifier, context).kind in (PhraseKind.ACTOR, PhraseKind.ROLE, PhraseKind.PEOPLE)


def _conjuncts(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in _NOMINAL:
            yield from _conjuncts(child)


def _one(head: Token, context: ActorContext) -> list[ActorMention]:
    below = _of(head)
    if below is not None and (head.lower_ in context.actors.words.partitives or head.like_num):
        return phrases(below, context.actors, context)
    split = _split_modifiers(head, context)
    if split:
        return split
    start, end = _left(head), head.i + 1
    name = context.names.get(head.i)
    if name is not None:  # the parser may have taken the name apart
        start, end = min(start, name[0]), max(end, name[1])
    tail = _tail(head, below, context)
    if tail is not None:
        others = [child for child in _conjuncts(tail) if child is not tail]
        if others and _reading(tail, context).actor is not None:
            return phrases(tail, context.actors, context)
        end = max(end, _right(tail))
    return _listed(start, end, head, context) or [mention_of(start, end, head, context)]


def _listed(start: int, end: int, head: Token, context: ActorContext) -> list[ActorMention]:
    """'Turkey, Russia and Iran' with its comma lost: names side by side of which the parse makes one."""
    names = context.within(start, end)
    apart = 0
    while apart + 1 < len(names) and _side_by_side(names[apart], names[apart + 1], context):
        apart += 1
    if not apart or names[apart].end < head.i or names[apart].start > head.i:
        return []
    found = [mention_of(seen.start, seen.end, head.doc[seen.end - 1], context) for seen in names[:apart]]
    return [*found, mention_of(names[apart].start, max(end, head.i + 1), head, context)]


def _side_by_side(one: Seen, other: Seen, context: ActorContext) -> bool:
    """Whether two names that follow one another are two actors, and not one that is named by the other too."""
    between = [context.doc[i].lower_ for i in range(one.end, other.start)]
    if one.actor is None or other.actor is None or not set(between) <= {",", "the"} or len(between) > 1:
        return False
    first, second = context.actors.get(one.actor), context.actors.get(other.actor)
    adjective = context.doc[one.end - 1].lower_ in context.actors.words.adjectives
    related = first.id in (second.id, second.part_of) or second.id == first.part_of
    return not adjective and not related and not first.generic and first.kind == second.kind != "person"


def _played_by_name(found: list[ActorMention], context: ActorContext) -> list[ActorMention]:
    """'Other groups, including Ahrar al-Sham': who plays a role is meant where he is named; a name stays beside."""
    if not found:
        return found
    last = found[-1]
    named = [
        mention_of(seen.start, seen.end, context.doc[seen.end - 1], context)
        for seen in _examples(last, context)
        if seen.actor is not None and context.actors.get(seen.actor).kind != "people"
        if not context.actors.get(seen.actor).generic
    ]
    if not named:
        return found
    role = last.actor_id is None or context.actors.get(last.actor_id).generic
    return [*(found[:-1] if role else found), *named]


def _examples(mention: ActorMention, context: ActorContext) -> list[Seen]:
    after = behind(mention, context.actors.words.examples, context)
    return context.listed_from(after) if after is not None else []


def behind(mention: ActorMention, phrases: frozenset[tuple[str, ...]], context: ActorContext) -> int | None:
    """The token after the phrase right behind a mention ('backed by'), a comma left aside; None without one."""
    doc, at = context.doc, mention.end_token
    if at < len(doc) and doc[at].text == ",":
        at += 1
    following = [doc[i].lower_ for i in range(at, min(at + _LONGEST, len(doc)))]
    for length in range(len(following), 0, -1):
        if tuple(following[:length]) in phrases:
            return at + length if at + length < len(doc) else None
    return None


def _of(head: Token) -> Token | None:
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def _tail(head: Token, below: Token | None, context: ActorContext) -> Token | None:
    """The noun that says whose the head is: 'units of the army', 'groups affiliated to al-Nusra'."""
    key = (head.lower_,)
    transparent = key in context.actors.words.heads or head.pos_ == "PROPN"
    if below is not None:
        return below if transparent else None
    if not transparent:
        return None
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if after is not None and after.lower_ in {"from", "for"}:  # wherever the parser hangs it
        noun = next((noun for noun in after.children if noun.dep_ == "pobj"), None)
        owner = _reading(noun, context).actor if noun is not None else None
        return noun if owner is not None and context.actors.get(owner).kind != "government" else None
    for child in head.children:
        if (
            child.dep_ in {"acl", "amod", "relcl"}
            and child.lower_ in context.actors.words.participles
            and child.i > head.i
            and not _has_companion(head, child, context)
        ):
            for prep in child.children:
                for noun in prep.children:
                    if noun.dep_ == "pobj":
                        return noun
    return None


def _has_companion(head: Token, participle: Token, context: ActorContext) -> bool:
    """'The army backed by its ally': the ally takes part, and is not who the army is."""
    phrase = (participle.lower_, participle.nbor(1).lower_ if participle.i + 1 < len(participle.doc) else "")
    return phrase in context.actors.words.companions and _reading(head, context).actor is not None


def _reading(head: Token, context: ActorContext) -> Reading:
    return context.read(_left(head), head.i + 1)


def _left(head: Token) -> int:
    """The first token of what stands before the head and belongs to it."""
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep_ not in _BEFORE or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    start = _after_dateline(head, start)
    while start < head.i and head.doc[start].is_punct and head.doc[start].text not in "\"'“‘":
        start += 1
    return start


def _after_dateline(head: Token, start: int) -> int:
    """Past 'Beirut London- ' before 'Warplanes': a dash with a space behind it begins what is told."""
    dashes = (at + 1 for at in range(head.i - 1, start - 1, -1) if head.doc[at].text[-1] in "-–—")
    return next((at for at in dashes if head.doc[at - 1].whitespace_), start)


def _right(noun: Token) -> int:
    """The end of a noun phrase in a tail: its own 'of' tail is kept."""
    below = _of(noun)
    return _right(below) if below is not None else noun.i + 1


def _split_modifiers(head: Token, context: ActorContext) -> list[ActorMention]:
    """'Syrian and Russian warplanes': one mention for each of the owners that stand before the head."""
    if not any(
        child.dep_ == "conj" for modifier in head.lefts if modifier.dep_ in _MODIFIERS for child in modifier.children
    ):
        return []
    found = _modifiers(head, context)
    return found if len({mention.actor_id for mention in found}) > 1 else []


def _modifiers(head: Token, context: ActorContext) -> list[ActorMention]:
    """The actors named by the words before a noun."""
    start = min((child.left_edge.i for child in head.lefts if child.dep_ in _MODIFIERS), default=head.i)
    start = _after_dateline(head, start)
    named = [seen for seen in context.seen if start <= seen.start < head.i]
    found = [mention_of(seen.start, seen.end, head.doc[seen.end - 1], context) for seen in named]
    covered = {at for seen in named for at in range(seen.start, seen.end)}
    for child in head.lefts:
        if child.i in covered or child.i < start or child.dep_ not in _MODIFIERS:
            continue
        mention = mention_of(_left(child), child.i + 1, child, context)
        reading = context.read(mention.start_token, mention.end_token)
        owner = child.dep_ == "poss" or (reading.kind is PhraseKind.ROLE and "air" not in reading.classes)
        if owner and not covered.intersection(range(mention.start_token, mention.end_token)):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start_token)


def mention_of(start: int, end: int, head: Token, context: ActorContext) -> ActorMention:
    """The tokens `start` to `end` (exclusive) as a mention, a pronoun or role with the words that it refers to."""
    reading = context.read(start, end)
    before = antecedent(context, start, end, reading)
    actor = reading.actor
    if before is not None and reading.kind is not PhraseKind.OWNED:
        named = context.actors.named(before, context.day)
        army = context.actors.army_of(named) if named and "military" in reading.again else None
        actor = army.id if army else named.id if named else actor
    first, last = head.doc[start], head.doc[end - 1]
    return ActorMention(start, end, head.i, Span(first.idx, last.idx + len(last.text)), actor, before)
