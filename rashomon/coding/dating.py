"""Dating: which of a text's expressions of time dates the event at a trigger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from spacy.tokens import Token

from rashomon.coding.distance import cost, path
from rashomon.coding.drafts import Draft
from rashomon.coding.grammar import clause
from rashomon.coding.times import TimeKind, TimeMention
from rashomon.model import Status

_SPEECH = 2.0  # the time hangs on a verb of speech: it says when somebody spoke
_SPEECH_OF = 0.85  # but the trigger is what was said: 'announced a truce on Friday'
_TOO_FAR = 3.0
_REACH = 3  # sentences that a story goes on without naming its day again


def time_for(trigger: Token, times: Sequence[TimeMention], speech: Collection[str]) -> TimeMention | None:
    """The expression of its own sentence that dates the event at `trigger`.

    A time that only says when somebody spoke ('a monitor said on Friday') dates no event but the speech itself.

    Args:
        trigger: the event's main word.
        times: all expressions of the document, in order.
        speech: lemmas of the verbs that carry somebody's statement.

    Returns:
        The expression, which may be one that names no days ('recently'), or None.
    """
    sentence = trigger.sent
    own = [
        mention
        for mention in times
        if sentence.start <= mention.start_token < sentence.end and mention.kind is not TimeKind.DATELINE
    ]
    ranked = sorted((_cost(trigger, mention, speech), mention.start_token, place) for place, mention in enumerate(own))
    return own[ranked[0][2]] if ranked and ranked[0][0] < _TOO_FAR else None


def dates_what_it_is_for(trigger: Token, mention: TimeMention) -> bool:
    """Whether the time is that of a deed done with the trigger in mind: 'launched a push on Sunday to take the hill'.

    Args:
        trigger: the main word of an event that is still to come.
        mention: the expression found for it.
    """
    verb = clause(trigger.doc[mention.head])
    done = verb.tag_ in ("VBD", "VBN") and verb.i != trigger.i
    return done and trigger.tag_ == "VB" and any(above.i == verb.i for above in trigger.ancestors)


def _cost(trigger: Token, mention: TimeMention, speech: Collection[str]) -> float:
    doc = trigger.doc
    up, down = path(trigger, doc[mention.head])
    total = cost(up, down, abs(trigger.i - mention.start_token))
    if mention.head != trigger.i and doc[mention.head].lemma_ in speech:
        said = len(up) + len(down) == 1 and not (up and up[0].endswith("comp"))
        total += _SPEECH_OF if said else _SPEECH
    return total


# --- days told once for a story -------------------------------------------------------------------------------------


def lend_days(drafts: Sequence[Draft], inherit: Mapping[str, Collection[str]]) -> None:
    """Gives attacks and damage that have occurred, and whose sentence has no time, the day of the story they belong to.

    'Shells fell on the market on Friday ... Other shells hit the school, causing damage': both on Friday.

    Args:
        drafts: of one document, in the order of the text; those that take a day are changed in place.
        inherit: for a type of event, the types that it takes the day from.
    """
    if not drafts:
        return
    number = {sentence.start: n for n, sentence in enumerate(drafts[0].trigger.head.doc.sents)}
    last: Draft | None = None
    for draft in drafts:
        if draft.status is not Status.OCCURRED:
            continue
        if draft.time is None and last is not None and last.kind in inherit.get(draft.kind, ()):
            near = number[draft.trigger.head.sent.start] - number[last.trigger.head.sent.start] <= _REACH
            draft.time = last.time if near else None
        if draft.time is not None and draft.time.one_day:
            last = draft
