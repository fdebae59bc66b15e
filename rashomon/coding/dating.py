"""Dating: which of a text's expressions of time dates the event at a trigger."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Token

from rashomon.coding.distance import cost, path
from rashomon.coding.times import TimeKind, TimeMention

_SPEECH = 2.0  # the time hangs on a verb of speech: it says when somebody spoke
_SPEECH_OF = 0.85  # but the trigger is what was said: 'announced a truce on Friday'
_TOO_FAR = 3.0
_INHERIT_SENTENCES = 8


def time_for(
    trigger: Token, times: Sequence[TimeMention], speech: Collection[str], *, inherit: bool = False
) -> TimeMention | None:
    """The expression that dates the event at `trigger`.

    A time that only says when somebody spoke ('a monitor said on Friday') dates no event but the speech itself.

    Args:
        trigger: the event's main word.
        times: all expressions of the document, in order.
        speech: lemmas of the verbs that carry somebody's statement.
        inherit: whether an event whose own sentence has no time may take the day that the text gave last. Right for
            what has occurred and is told as one story (strikes, blasts, their damage); wrong for almost all else.

    Returns:
        The expression, which may be one that names no days ('recently'), or None.
    """
    sentence = trigger.sent
    times = [mention for mention in times if mention.kind is not TimeKind.DATELINE]
    own = [mention for mention in times if sentence.start <= mention.start_token < sentence.end]
    ranked = sorted((_cost(trigger, mention, speech), mention.start_token, place) for place, mention in enumerate(own))
    if ranked and ranked[0][0] < _TOO_FAR:
        return own[ranked[0][2]]
    if not inherit or any(not _says_when_spoken(trigger.doc, mention, speech) for mention in own):
        return None
    return _last_day(trigger, times, speech)


def _cost(trigger: Token, mention: TimeMention, speech: Collection[str]) -> float:
    doc = trigger.doc
    up, down = path(trigger, doc[mention.head])
    total = cost(up, down, abs(trigger.i - mention.start_token))
    if mention.head != trigger.i and doc[mention.head].lemma_ in speech:
        said = len(up) + len(down) == 1 and not (up and up[0].endswith("comp"))
        total += _SPEECH_OF if said else _SPEECH
    return total


def _says_when_spoken(doc: Doc, mention: TimeMention, speech: Collection[str]) -> bool:
    return doc[mention.head].lemma_ in speech


def _last_day(trigger: Token, times: Sequence[TimeMention], speech: Collection[str]) -> TimeMention | None:
    """The last expression before the trigger's sentence that names a day of an event, if it stands near enough."""
    doc, sentence = trigger.doc, trigger.sent
    before = [m for m in times if m.start_token < sentence.start and m.kind is not TimeKind.FUZZY]
    if not before or not before[-1].one_day or _says_when_spoken(doc, before[-1], speech):
        return None
    start = sentence.start
    for _ in range(_INHERIT_SENTENCES):
        if start == 0:
            break
        start = doc[start - 1].sent.start
    return before[-1] if before[-1].start_token >= start else None
