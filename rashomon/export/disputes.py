"""What voices say of each other, in words that the page and the command line share."""

from __future__ import annotations

from collections.abc import Iterable

from rashomon.linking.contradictions import TYPE
from rashomon.model import Contradiction, ContradictionKind, Silence, Voice

_KINDS = {
    ContradictionKind.TOLL: "toll",
    ContradictionKind.CULPRIT: "culprit",
    ContradictionKind.PLACE: "place",
    ContradictionKind.DAY: "day",
    ContradictionKind.HAPPENED: "whether it happened",
    ContradictionKind.CALLED: "what it is called",
}


def disputed(contradiction: Contradiction) -> str:
    """What a contradiction is about: 'toll (killed, civilians)', 'day'."""
    about = contradiction.about.replace("_", " ")
    if contradiction.kind is ContradictionKind.PLACE and about == "at":
        about = ""
    return _KINDS[contradiction.kind] + (f" ({about})" if about else "")


def matters(contradictions: Iterable[Contradiction]) -> tuple[str, ...]:
    """What contradictions are about, in short and each once: 'toll', 'culprit'."""
    return tuple(dict.fromkeys(_KINDS[each.kind] for each in contradictions))


def value_words(contradiction: Contradiction, value: str) -> str:
    """A value as a reader reads it: types without underscores."""
    return value.replace("_", " ") if contradiction.kind is ContradictionKind.CALLED else value


def is_printed(contradiction: Contradiction) -> bool:
    """Whether its values are words as outlets print them, and so theirs, whomever they cite."""
    return contradiction.kind is ContradictionKind.CALLED and contradiction.about != TYPE


def described(voice: Voice) -> str:
    """What a voice is: 'monitor' for a speaker, nothing for an outlet that speaks for itself."""
    return voice.kind.value.replace("_", " ") if voice.kind is not None else ""


def silence_words(silence: Silence, place: str) -> str:
    """The figures by which a reader judges a silence; never why."""
    reports = "report" if silence.published == 1 else "reports"
    return (
        f"told of {silence.reported} of {silence.such} such events in {place} within {silence.around_days} days; "
        f"published {silence.published} {reports} from its first day to {silence.after_days} days after its last, "
        "none with a claim in it"
    )
