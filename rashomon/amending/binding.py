"""Which claims a judgement is about: those of any coder that read its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from rashomon.amending.holding import holding
from rashomon.model import (
    Judgement,
    JudgementKind,
    Span,
)


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """Which words of which report a claim takes for an event.

    Attributes:
        report: the report's id. coder: name of the coder.
        span, trigger: where the words that name the event stand, and the words.
        type: what kind of event the coder takes them for.
        claim: the claim's id.
    """

    report: str
    coder: str
    span: Span
    trigger: str
    type: str
    claim: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, said of the claims that there are now.

    Attributes:
        judgements: those that hold and bind a claim, in their order. Each names current claims, and stands once for
            each coder's.
        loose: for each that holds and binds none: which one, and why.
    """

    judgements: tuple[Judgement, ...] = ()
    loose: tuple[str, ...] = ()


def bind(judgements: Iterable[Judgement], named: Iterable[Reading], current: Iterable[Reading]) -> Decided:
    """Finds the current claims that judgements are about, whatever coder made them.

    A judgement is about the claim of its id, or where a coder has none of it about that coder's claim on the same
    trigger words of the report: of several the one of the same type, and else the only one of that type on words that
    overlap. A rejection is of one reading: it does not reach a claim of another type under another id. Nothing is
    guessed: where several claims fit alike, none is bound.

    Args:
        judgements: all of them, in the order in which they were made.
        named: the claims that judgements name, each as any coder version ever read it.
        current: all current claims of the reports that those are of, by one coder or several.
    """
    names: dict[str, set[Reading]] = defaultdict(set)
    for reading in named:
        names[reading.claim].add(reading)
    coded: dict[str, dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in sorted(current):
        coded[reading.report][reading.coder].append(reading)
    bound: list[Judgement] = []
    loose: list[str] = []
    for judgement in holding(judgements):
        mine, why = _bound(judgement, names, coded)
        bound += mine
        if why:
            by = f" by {judgement.by}" if judgement.by else ""
            loose.append(f"judgement {judgement.id} ({judgement.kind.value}{by}) binds no claim now: {why}")
    return Decided(tuple(bound), tuple(loose))


def _bound(
    judgement: Judgement, names: Mapping[str, set[Reading]], coded: Mapping[str, Mapping[str, Sequence[Reading]]]
) -> tuple[list[Judgement], str]:
    """The judgement, said of each current claim or pair that it is about; where there is none, why not."""
    whole = judgement.kind is JudgementKind.REJECT
    subjects, why = _meant(names.get(judgement.subject, set()), coded, whole=whole)
    if judgement.other is None:
        return [replace(judgement, subject=one) for one in subjects], why
    others, why_not = _meant(names.get(judgement.other, set()), coded, whole=whole)
    pairs = [(one, other) for one, other in product(subjects, others) if one != other]
    if subjects and others and not pairs and judgement.kind is JudgementKind.DIFFERENT:
        why = "what were two claims is one claim now"
    return [replace(judgement, subject=one, other=other) for one, other in pairs], why or why_not


def _meant(
    judged: set[Reading], coded: Mapping[str, Mapping[str, Sequence[Reading]]], *, whole: bool
) -> tuple[list[str], str]:
    """The current claims, one of each coder, that speak of what was judged; where there is none, why not.

    Args:
        judged: the claim, as it was ever read.
        coded: current claims, by report and coder.
        whole: whether the type belongs to what was judged.
    """
    if not judged:
        return [], "its claim is not in the store"
    one = min(judged)
    found: list[str] = []
    why = ""
    for claims in coded.get(one.report, {}).values():
        fitting = _fitting(judged, claims)
        if len(fitting) > 1:
            why = f"{len(fitting)} claims stand there, and nothing tells which of them is meant"
        elif fitting and whole and fitting[0].claim != one.claim and not _of_type(judged, fitting):
            why = f"what stands there is of type {fitting[0].type}"
        else:
            found += [reading.claim for reading in fitting]
    if found:
        return found, ""
    return [], f"it was about {one.trigger!r} ({one.type}) in report {one.report}; {why or 'no claim stands there'}"


def _fitting(judged: set[Reading], claims: Sequence[Reading]) -> Sequence[Reading]:
    """Those of one coder's claims of the report that are on the same words; the best that there are."""
    spans = {reading.span for reading in judged}
    if same := [claim for claim in claims if claim.claim in {reading.claim for reading in judged}]:
        return same
    if there := [claim for claim in claims if claim.span in spans]:
        return there if len(there) == 1 else _of_type(judged, there) or there
    return [claim for claim in _of_type(judged, claims) if any(claim.span.overlaps(span) for span in spans)]


def _of_type(judged: set[Reading], claims: Sequence[Reading]) -> list[Reading]:
    types = {reading.type for reading in judged}
    return [claim for claim in claims if claim.type in types]
