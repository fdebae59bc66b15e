"""Names of somebody in a text by their form: the adjective of a state, its people, a person, a group.

What is one name of the file of actors for one state's troops is two words for another's; by form both are read alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rashomon.knowledge.actor_names import ARTICLES, Word
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.actors_entries import Actor
from rashomon.knowledge.actors_index import Found

FORMS = ("adjective", "people", "state", "person", "group")
_BEFORE = frozenset({"the", "a", "an"})
_WITHIN = ARTICLES | {"of", "in", "and", "the", "for", "to", "-", "'s", "’s", "'", "’", "ibn", "wal"}
_SHORT = 3  # letters of an acronym, which is in capitals anyway


@dataclass(frozen=True, slots=True)
class Name:
    """The name of somebody: its tokens, end exclusive, its form (one of `FORMS`), and whom it names or is made from."""

    start: int
    end: int
    form: str
    actor: Actor


def names_in(texts: Sequence[str], spaces: Sequence[bool], actors: Actors) -> Iterator[Name]:
    """Each name that gives way, in order, never overlapping.

    Args:
        texts: the tokens of a text.
        spaces: whether a space follows each of them.
        actors: whose names.
    """
    words, tokens = actors.words_of(texts, spaces)
    done = 0
    for found in _specific(actors.names_in(words), words, actors):
        if _shares_a_token(found, tokens):
            continue
        actor = actors.get(found.owner.actor)
        first, last = tokens[found.start], tokens[found.end - 1] + 1
        adjective = words[found.start].folded in actors.words.adjectives
        start, end = _name(texts, spaces, first, last, done)
        if adjective and found.end - found.start > 1 and (end < last or actor.kind == "person"):
            if first >= done:  # 'Turkish troops', 'Russian Foreign Minister': the rest is no name
                yield Name(first, first + 1, "adjective", actor)
                done = first + 1
            if actor.kind != "person":
                continue
        if actor.kind == "person":
            own = found.start + _titles(words[found.start : found.end], actors)
            if own == found.end:
                continue
            start, end = _name(texts, spaces, tokens[own], last, done)
        if done <= start < end:
            yield Name(start, end, _form(texts, start, end, actor, actors), actor)
            done = end


def _specific(names: Iterable[Found], words: Sequence[Word], actors: Actors) -> Iterator[Found]:
    """The names of somebody; of a role that is told by one ('Assad's forces', 'Iran-backed militias') that one."""
    for found in names:
        if not actors.get(found.owner.actor).generic:
            yield found
        elif found.end - found.start > 1:
            inner = actors.names_in(words[found.start : found.end - 1])
            moved = [replace(one, start=one.start + found.start, end=one.end + found.start) for one in inner]
            yield from _specific(moved, words, actors)


def _shares_a_token(found: Found, tokens: Sequence[int]) -> bool:
    """Whether a token of the name holds other words too: 'U.S.-backed', where it is not cut at the hyphen."""
    before = found.start > 0 and tokens[found.start - 1] == tokens[found.start]
    return before or (found.end < len(tokens) and tokens[found.end] == tokens[found.end - 1])


def _form(texts: Sequence[str], start: int, end: int, actor: Actor, actors: Actors) -> str:
    if end - start == 1:
        word = texts[start]
        after = texts[end].lower() if end < len(texts) else ""
        if _is_adjective(word, actors) and (len(word) > _SHORT or (after,) in actors.words.heads):
            return "adjective"
        if _is_people(word, actors):
            return "people"
    if actor.kind == "government":
        return "state"
    return "person" if actor.kind == "person" else "group"


def _is_adjective(word: str, actors: Actors) -> bool:
    return any(part.folded in actors.words.adjectives for part in actors.fold(word)) and not word.endswith("s")


def _is_people(word: str, actors: Actors) -> bool:
    """'Russians', 'Turks', 'Kurds': an adjective with an s, or the stem of one; not 'Damascus', not 'Iraqs'."""
    if not word.endswith("s") or word.isupper():
        return False
    return _is_adjective(word[:-1], actors) or actors.named(word[:-1] + "ish") is not None


def _titles(words: Sequence[Word], actors: Actors) -> int:
    """How many words of a person's alias stand before the name ('Russian President', 'Foreign Minister')."""
    lists = actors.words
    other = (
        n for n, word in enumerate(words) if word.folded not in lists.titles and word.folded not in lists.adjectives
    )
    return next(other, len(words))


def _name(texts: Sequence[str], spaces: Sequence[bool], start: int, end: int, done: int) -> tuple[int, int]:
    """The part of an alias that is a name: from its start, with an Arabic article before it, to the last capital.

    'Islamic State group' has two such words, 'the Turkish army' one and 'the army' none.
    """
    while start < end and texts[start].lower() in _BEFORE:
        start += 1
    upto = start
    for at in range(start, end):
        if texts[at][0].isupper() or texts[at][0].isdigit():
            upto = at + 1
        elif texts[at].lower() not in _WITHIN and not texts[at].isspace():
            break
    if upto == start:
        return start, start
    article = start - 2 >= done and texts[start - 1] == "-" and texts[start - 2].lower() in ARTICLES
    if article and not (spaces[start - 2] or spaces[start - 1]):
        start -= 2
    return start, upto
