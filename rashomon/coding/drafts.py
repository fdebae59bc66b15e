"""A claim while it is being put together: words of the document, not yet frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from rashomon.coding.actors import ActorMention
from rashomon.coding.labels import FoundLabel
from rashomon.coding.places import PlaceMention
from rashomon.coding.quantities import FoundQuantity
from rashomon.coding.times import TimeMention
from rashomon.coding.triggers import Trigger
from rashomon.coding.weapons import FoundWords
from rashomon.model import (
    Claim,
    Label,
    Mention,
    Participant,
    Place,
    Quantity,
    Source,
    Span,
    Status,
    Time,
)
from rashomon.wire import claim_id

_MARKS = frozenset("-–—•*|")


@dataclass(slots=True)
class Draft:
    """What is known of one event so far.

    Attributes:
        trigger: the words that name it.
        kind: its type.
        start, end: token range of the quote.
        own_places: whether its places are its own, not inherited from before.
        heads: the head tokens of all triggers that speak of the same event.
        confidence: how likely a person would record it, once it is weighed.
    """

    trigger: Trigger
    kind: str
    status: Status
    start: int
    end: int
    source: tuple[Source, ...] = ()
    actors: list[ActorMention] = field(default_factory=list)
    targets: list[ActorMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    own_places: bool = False
    time: TimeMention | None = None
    quantities: list[FoundQuantity] = field(default_factory=list)
    weapons: list[FoundWords] = field(default_factory=list)
    labels: list[FoundLabel] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    confidence: float | None = None

    def copy(self) -> Draft:
        """Another draft of the same event, which may be changed without changing this one."""
        return replace(
            self,
            actors=[*self.actors],
            targets=[*self.targets],
            places=[*self.places],
            quantities=[*self.quantities],
            weapons=[*self.weapons],
            labels=[*self.labels],
            heads=[*self.heads],
        )

    @property
    def fullness(self) -> int:
        """How much of the event this statement gives."""
        return (
            2 * bool(self.actors)
            + 2 * bool(self.targets)
            + 2 * self.own_places
            + 2 * bool(self.time)
            + len(self.quantities)
            + bool(self.weapons)
        )


def quote_span(doc: Doc, text: str, start: int, end: int) -> Span:
    """Characters of the tokens `start` to `end` without white space, blanked furniture and list marks at the edges."""
    while start < end - 1 and (doc[start].is_space or doc[start].text in _MARKS):
        start += 1
    while end > start + 1 and doc[end - 1].is_space:
        end -= 1
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return Span(first, first + len(text[first:last].rstrip()))


def freeze(draft: Draft, report_id: str, doc: Doc, text: str, coder: str, ties: dict[str, int]) -> Claim:
    """The draft as a claim.

    Args:
        draft: what was found.
        report_id: the report's id.
        doc: its parsed document.
        text: the report's text as it came, which quotes are taken from.
        coder: name and version.
        ties: how often each trigger span has been used so far; counted up here.
    """
    quote = quote_span(doc, text, draft.start, draft.end)
    trigger = trigger_span(draft.trigger, doc, quote)
    key = f"{trigger.start}-{trigger.end}"
    tie = ties.get(key, 0)
    ties[key] = tie + 1
    return Claim(
        id=claim_id(report_id, trigger, coder, tie),
        report=report_id,
        coder=coder,
        quote=quote.of(text),
        span=quote,
        trigger=trigger.of(text),
        trigger_span=trigger,
        type=draft.kind,
        status=draft.status,
        source=draft.source,
        actors=_participants(draft.actors, text),
        targets=_participants(draft.targets, text),
        places=tuple(
            Place(Mention(p.text_span.of(text), p.text_span, p.antecedent), p.role) for p in _unique_spans(draft.places)
        ),
        time=Time(Mention(draft.time.text_span.of(text), draft.time.text_span, draft.time.antecedent))
        if draft.time is not None
        else None,
        quantities=_quantities(draft.quantities),
        weapons=tuple(dict.fromkeys(w.text_span.of(text) for w in draft.weapons if not w.act)),
        labels=tuple(_label(label, draft, doc, text) for label in draft.labels),
        confidence=draft.confidence,
    )


def trigger_span(trigger: Trigger, doc: Doc, quote: Span) -> Span:
    """Characters of the trigger's words, cut to the quote."""
    last = doc[trigger.end - 1]
    start = max(doc[trigger.start].idx, quote.start)
    return Span(start, min(max(last.idx + len(last), start), quote.end))


def _participants(mentions: Sequence[ActorMention], text: str) -> tuple[Participant, ...]:
    return tuple(Participant(Mention(m.text_span.of(text), m.text_span, m.antecedent)) for m in mentions)


def _unique_spans(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    kept: dict[tuple[int, int], PlaceMention] = {}
    for place in places:
        kept.setdefault((place.text_span.start, place.text_span.end), place)
    return list(kept.values())


def _quantities(found: Iterable[FoundQuantity]) -> tuple[Quantity, ...]:
    return tuple(dict.fromkeys(f.quantity for f in found))


def _label(label: FoundLabel, draft: Draft, doc: Doc, text: str) -> Label:
    """The loaded word with the words that say whom it stands for: the participant it is used for, or its own phrase."""
    if label.doer:
        holder = draft.actors[0] if draft.actors else None
    else:
        holder = next(
            (
                m
                for m in (*draft.actors, *draft.targets)
                if m.start_token < label.phrase_end and label.phrase_start < m.end_token
            ),
            None,
        )
        if holder is None:
            last = doc[label.phrase_end - 1]
            span = Span(doc[label.phrase_start].idx, last.idx + len(last))
            return Label(label.text, Mention(span.of(text), span))
    if holder is None:
        return Label(label.text)
    return Label(label.text, Mention(holder.text_span.of(text), holder.text_span, holder.antecedent))
