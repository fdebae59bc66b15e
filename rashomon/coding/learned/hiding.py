"""Names and roles hidden: of what kind each of them is, the same whoever it is.

A state's troops are somebody of the file of actors for one state and two words for another. So names are taken as the
parser takes them, by their form, and what stands beside them is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from rashomon.knowledge.actor_forms import names_in
from rashomon.knowledge.actor_names import ARTICLES
from rashomon.knowledge.actors import Actor, Actors

PEOPLE, STATE = "nation", "state"
_COARSE = {
    "armed_group": "armed", "military": "armed", "coalition": "armed", "government": "polit", "political": "polit",
    "person": "person", "people": "people", "monitor": "org", "ngo": "org", "rescue": "org", "un": "org",
    "media": "org", "object": "object",
}  # fmt: skip
_OF_FORM = {"people": PEOPLE, "state": STATE, "person": "person"}
_BODIES = frozenset({"army", "forces", "fighters", "members"})
_ARTICLES = frozenset({"al", "el"})
_ACRONYM = 4  # letters; longer words in capitals may be names that are otherwise written small


@dataclass(frozen=True, slots=True)
class Hidden:
    """A token of a name or role: the last token of all of it, and the kind of whom it names."""

    last: int
    kind: str


def coarse_kind(actor: Actor) -> str:
    """What kind of body an actor is, in classes that every side has alike; '' for others."""
    return _COARSE.get(actor.kind, "")


def hidden_in(doc: Doc, actors: Actors) -> dict[int, Hidden]:
    """The tokens of names and roles, in order.

    Args:
        doc: the document.
        actors: whose names, and which roles.
    """
    texts, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    found: dict[int, Hidden] = {}
    for finder in (_names, _roles, _misspelt):
        for start, end, kind in list(finder(texts, spaces, found, actors)):
            if not any(at in found for at in range(start, end)):
                first = _with_article(start, texts, found)
                found.update(dict.fromkeys(range(first, end), Hidden(end - 1, kind)))
    for at in sorted(found, reverse=True):  # 'FSA rebels' are no two
        beside = found.get(found[at].last + 1)
        if beside is not None and beside.kind == found[at].kind:
            found[at] = beside
    return dict(sorted(found.items()))


def _with_article(start: int, texts: Sequence[str], found: Mapping[int, Hidden]) -> int:
    """Where a name starts with its article: 'Al Nusra', 'Al- Nusra'."""
    hyphen = start > 1 and texts[start - 1] == "-" and texts[start - 2].lower() in ARTICLES
    if hyphen and start - 2 not in found:
        return start - 2
    return start - (start > 0 and texts[start - 1].lower() in _ARTICLES and start - 1 not in found)


type _Span = tuple[int, int, str]
"""First token, one past the last one, kind."""


def _names(
    texts: Sequence[str], spaces: Sequence[bool], found: Mapping[int, Hidden], actors: Actors
) -> Iterator[_Span]:
    """Names as the parser takes them, with the words for a body that stand behind."""
    del found
    names = list(names_in(texts, spaces, actors))
    for number, name in enumerate(names):
        limit = names[number + 1].start if number + 1 < len(names) else len(texts)
        if name.form == "adjective":
            end = _body(name.end, limit, texts, actors)
            yield name.start, end, STATE if end == name.end else "armed"
        else:
            more = name.form == "group" and name.end < limit and _is_body(texts[name.end], actors)
            yield name.start, name.end + more, _OF_FORM.get(name.form) or coarse_kind(name.actor)


def _is_body(word: str, actors: Actors) -> bool:
    """Whether a word says of what kind a body is: 'forces', 'militia'."""
    return not _BODIES.isdisjoint(actors.words.heads.get((word.lower(),), ()))


def _body(start: int, beyond: int, texts: Sequence[str], actors: Actors) -> int:
    """Where words in capitals end that name forces: 'Aerospace Forces' behind 'Russian'; `start` where none do."""
    end = start
    for at in range(start, beyond):
        if not texts[at][0].isupper():
            break
        if _is_body(texts[at], actors):
            end = at + 1
    return end


def _roles(
    texts: Sequence[str], spaces: Sequence[bool], found: Mapping[int, Hidden], actors: Actors
) -> Iterator[_Span]:
    """Words between names that say what somebody is ('the army', 'militants'), and names that do not give way."""
    words, tokens = actors.words_of(texts, spaces)
    free = [token not in found for token in tokens]
    at = 0
    while at < len(words):
        upto = at
        while upto < len(words) and free[upto]:
            upto += 1
        for role in actors.names_in(words[at:upto]):
            first, last = tokens[at + role.start], tokens[at + role.end - 1]
            yield first, last + 1, coarse_kind(actors.get(role.owner.actor))
        at = upto + 1


def _misspelt(
    texts: Sequence[str], spaces: Sequence[bool], found: Mapping[int, Hidden], actors: Actors
) -> Iterator[_Span]:
    """Names that the file has otherwise: 'MOSCOW' at the head of a report, 'ISs' that lost its apostrophe."""
    for at, text in enumerate(texts):
        meant = [text.title()] if len(text) > _ACRONYM and text.isupper() else []
        meant += [text[:-1]] if text[0].isupper() and text.endswith("s") else []
        for word in meant:
            actor = actors.named(word)
            if actor is not None and not actor.generic:
                yield at, at + 1, STATE if actor.kind == "government" else coarse_kind(actor)
