"""Names that all of a kind have alike ('X army', 'X group'), made of their own names: none has more than another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rashomon.knowledge.actors_entries import Actor, Owner

_STATE = "government"
_SELF = "self"
_BARE = "{}"

type Patterns = Mapping[str, Mapping[str, Sequence[str]]]


def names_by_pattern(
    actors: Mapping[str, Actor], owners: Iterable[tuple[str, Owner]], patterns: Patterns, seats: Collection[str] = ()
) -> Iterator[tuple[str, Owner]]:
    """The names of actors and their arms by the patterns of the file.

    Args:
        actors: all actors by id.
        owners: words with the arms that they lead to, over the actors' own names.
        patterns: by kind, for each class of arm ('self' for the actor itself), texts with {} where a name stands.

        seats: names of states that are those of a place, which no pattern takes.

    Yields:
        Each name with whom it leads to. An arm that an actor does not have gets none.
    """
    special = dict(owners)
    left_out = {*special, *seats}
    for kind, by_arm in patterns.items():
        words = [
            (word, owner)
            for word, owner in special.items()
            if _may(actors[owner.actor], kind) and word[0].isupper() and word not in seats
        ]
        for actor in actors.values():
            if _may(actor, kind):
                words += [(word, Owner(actor.id, actor.arms)) for word in _words(actor) if word not in left_out]
        for arm, texts in by_arm.items():
            for word, owner in words:
                target = actors[owner.arm((arm,))]
                if arm == _SELF or target.id != owner.actor:
                    for text in texts:
                        yield text.replace(_BARE, word), Owner(target.id, owner.arms if arm == _SELF else target.arms)


def _may(actor: Actor, kind: str) -> bool:
    """Whether patterns apply: to nobody without a name, and of states to the whole, not to its bodies."""
    return actor.kind == kind and not actor.generic and (kind != _STATE or _is_state(actor))


def _is_state(actor: Actor) -> bool:
    return actor.country is not None and actor.part_of is None


def _words(actor: Actor) -> list[str]:
    """The names that patterns take; of a state those of one word, but for its people's: 'Russia', not 'Russians'."""
    names = [name.removeprefix("=") for name in (actor.name, *actor.aliases)]
    names = [name for name in names if name[0].isupper()]
    if actor.kind != _STATE:
        return names
    single = [name for name in names if " " not in name]
    return [name for name in single if not name.endswith("s") or name.removesuffix("s") not in single]
