"""Where it was, where an event's own sentence does not say so: where the event told before it was."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.coding.drafts import Draft
from rashomon.coding.place_attach import speaks_of_the_war
from rashomon.knowledge.placewords import PlaceWords

_REACH = 3  # sentences back


def lend_places(drafts: Sequence[Draft], words: PlaceWords) -> None:
    """Where an event has taken over the place named last, gives it all places of the event told last instead.

    Sentences about the war as a whole keep the country.

    Args:
        drafts: of one document, in the order of the text; filled in place.
        words: the place words: which types of claims take a place over at all.
    """
    last: Draft | None = None
    for draft in drafts:
        if words.reach.get(draft.kind, "report") != "report" or not draft.places:
            continue
        if last is not None and not draft.own_places and _takes_over(draft, last, words):
            draft.places = list(last.places)
        last = draft


def _takes_over(draft: Draft, last: Draft, words: PlaceWords) -> bool:
    return _sentences_between(last, draft) <= _REACH and not speaks_of_the_war(draft.trigger.head.sent, words)


def _sentences_between(earlier: Draft, later: Draft) -> int:
    doc = later.trigger.head.doc
    return sum(bool(token.is_sent_start) for token in doc[earlier.end : later.start + 1])
