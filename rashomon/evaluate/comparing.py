"""Claims of two texts that differ in names only, laid beside each other field by field."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.evaluate.exchange import Edit, Exchanged, Swap
from rashomon.model import (
    ActorResolution,
    Claim,
    Label,
    Mention,
    Participant,
    Place,
    Quantity,
    Source,
    SourceKind,
    Time,
)

# A party to the conflict speaks as one of these: which one follows from who it is.
_PARTIES = frozenset({SourceKind.MILITARY, SourceKind.ARMED_GROUP, SourceKind.GOVERNMENT, SourceKind.OPPOSITION})


_AS_SURE = 0.005
"""Half a percentage point of confidence, which is shown in whole ones. A coder that adds up hundreds of numbers is less
exact than that wherever anything in a report is different."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that differs in more than names, or that is there on one side only.

    Attributes:
        trigger: the words that name its event.
        fields: each field that differs, with both values for a reader.
    """

    trigger: str
    fields: tuple[tuple[str, str, str], ...]


def compare(
    before: Sequence[Claim], after: Sequence[Claim], exchanged: Exchanged, swap: Swap | None
) -> list[Difference]:
    """The claims that differ once the exchange of names is undone.

    Args:
        before: of the text as it came.
        after: of the text after the exchange.
        exchanged: what was exchanged in the text.
        swap: the exchange; None where only the outlet changed, and nothing else may.
    """
    pair = _Pair(exchanged, swap)
    left = {(claim.trigger_span, claim.type, n): claim for n, claim in enumerate(after)}
    differences = []
    for claim in before:
        at = exchanged.span(claim.trigger_span)
        keys = [key for key in left if key[0] == at]
        if not keys:
            differences.append(Difference(claim.trigger, (("claim", claim.type, "none"),)))
            continue
        other = left.pop(min(keys, key=lambda key: (key[1] != claim.type, key[2])))
        fields = tuple(pair.differing(claim, other))
        if fields:
            differences.append(Difference(claim.trigger, fields))
    differences += [Difference(c.trigger, (("claim", "none", c.type),)) for c in left.values()]
    return differences


@dataclass(frozen=True, slots=True)
class _Pair:
    exchanged: Exchanged
    swap: Swap | None

    def differing(self, old: Claim, new: Claim) -> Iterator[tuple[str, str, str]]:
        """Each field in which two claims differ, with both values."""
        checks = (
            ("type", old.type, new.type, old.type == new.type),
            ("confidence", str(old.confidence), str(new.confidence), _as_sure(old.confidence, new.confidence)),
            ("status", old.status.value, new.status.value, old.status is new.status),
            ("quote", old.quote, new.quote, self.exchanged.span(old.span) == new.span),
            ("source", _texts(old.source), _texts(new.source), _all(old.source, new.source, self.source)),
            ("actors", _names(old.actors), _names(new.actors), _all(old.actors, new.actors, self.participant)),
            ("targets", _names(old.targets), _names(new.targets), _all(old.targets, new.targets, self.participant)),
            ("places", _texts(old.places), _texts(new.places), _all(old.places, new.places, self.place)),
            ("time", _time(old.time), _time(new.time), self.time(old.time, new.time)),
            (
                "quantities",
                str([q.text for q in old.quantities]),
                str([q.text for q in new.quantities]),
                _all(old.quantities, new.quantities, self.quantity),
            ),
            ("weapons", str(old.weapons), str(new.weapons), _all(old.weapons, new.weapons, self.words)),
            (
                "labels",
                str([x.text for x in old.labels]),
                str([x.text for x in new.labels]),
                _all(old.labels, new.labels, self.label),
            ),
        )
        for field, before, after, same in checks:
            if not same:
                yield field, before, after

    def mention(self, old: Mention, new: Mention) -> bool:
        if old.span is None or new.span is None:
            return self.words(old.text, new.text)
        return self.exchanged.span(old.span) == new.span

    def words(self, old: str, new: str) -> bool:
        return old == new if self.swap is None else self.swap.same_words(old, new)

    def source(self, old: Source, new: Source) -> bool:
        if not self.mention(old.mention, new.mention):
            return False
        return old.kind is new.kind or (
            {old.kind, new.kind} <= _PARTIES
            and old.mention.span is not None
            and bool(self.exchanged.within(old.mention.span))
        )

    def participant(self, old: Participant, new: Participant) -> bool:
        return self.mention(old.mention, new.mention) and self.actor(old.mention, old.resolution, new.resolution)

    def actor(self, mention: Mention, old: ActorResolution | None, new: ActorResolution | None) -> bool:
        """Whether two resolutions are one actor, the exchange undone.

        Words that the exchange left alone ('the army') may mean whom they meant, or who took the place of that one.
        """
        if old is None or new is None or self.swap is None:
            return old == new
        if old.id is None or new.id is None:
            return old.id == new.id and self.words(old.name, new.name)
        if self.swap.same_actor(old.id, new.id):
            return True
        edits = self.exchanged.within(mention.span) if mention.span is not None else ()
        return old.id == new.id and (self._by_own_name(mention, old, edits) or not self.swap.moves(old.id, edits))

    def _by_own_name(self, mention: Mention, actor: ActorResolution, edits: Sequence[Edit]) -> bool:
        """Whether the mention ends in the person's own name, which stayed: 'Russian Foreign Minister Sergei Lavrov'."""
        untouched = mention.span is not None and all(edit.old.end < mention.span.end for edit in edits)
        return untouched and self.swap is not None and self.swap.ends_in_name(mention.text, actor.id)

    def place(self, old: Place, new: Place) -> bool:
        if old.role is not new.role or not self.mention(old.mention, new.mention):
            return False
        one, other = old.resolution, new.resolution
        if one is None or other is None or one == other:
            return one == other
        renamed = old.mention.span is not None and bool(self.exchanged.within(old.mention.span))
        return renamed and self.words(one.name, other.name)

    def time(self, old: Time | None, new: Time | None) -> bool:
        if old is None or new is None:
            return old is new
        return self.mention(old.mention, new.mention) and old.resolution == new.resolution

    def quantity(self, old: Quantity, new: Quantity) -> bool:
        same = (old.measure, old.minimum, old.maximum) == (new.measure, new.minimum, new.maximum)
        return same and self.words(old.of, new.of) and self.words(old.text, new.text)

    def label(self, old: Label, new: Label) -> bool:
        if old.text != new.text or (old.stands_for is None) != (new.stands_for is None):
            return False
        if old.stands_for is None or new.stands_for is None:
            return True
        return self.mention(old.stands_for, new.stands_for) and self.actor(
            old.stands_for, old.resolution, new.resolution
        )


def _as_sure(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return math.isclose(old, new, rel_tol=0, abs_tol=_AS_SURE + 1e-9)


def _all[Value](old: Sequence[Value], new: Sequence[Value], same: Callable[[Value, Value], bool]) -> bool:
    return len(old) == len(new) and all(same(one, other) for one, other in zip(old, new, strict=True))


def _texts(values: Sequence[Source] | Sequence[Place]) -> str:
    return "; ".join(
        f"{v.mention.text} ({v.kind if isinstance(v, Source) else v.resolution.name if v.resolution else v.role})"
        for v in values
    )


def _names(values: Sequence[Participant]) -> str:
    return "; ".join(f"{v.mention.text} ({v.resolution.name if v.resolution else ''})" for v in values)


def _time(time: Time | None) -> str:
    if time is None:
        return ""
    days = f" ({time.resolution.start} to {time.resolution.end})" if time.resolution else ""
    return time.mention.text + days
