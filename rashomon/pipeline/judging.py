"""People's judgements into a store: what they are about, whether they can be applied, and keeping them.

A judgement that is not kept yet has no id; `signed` gives it one, with who made it and when.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

import orjson

from rashomon import amending, wire
from rashomon.errors import InputError, NotFoundError, RashomonError, StoreError
from rashomon.model import Candidate, Claim, Event, Judgement, JudgementKind
from rashomon.store import ClaimFilter, Store, View

PLAIN = ("quote", "trigger", "type", "status")
"""The codebook's fields whose value is a text."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What judgements can be about.

    Attributes:
        claims: ids of the current claims of the coder, the rejected ones too.
        events: by id, and by the ids of events that were merged into them.
        candidates: events that could be one.
        judgements: all that were kept, in their order.
    """

    claims: Collection[str]
    events: Mapping[str, Event]
    candidates: Sequence[Candidate]
    judgements: Sequence[Judgement]

    @classmethod
    def of(cls, view: View, coder: str) -> Subjects:
        """What is in a store.

        Args:
            view: the store.
            coder: the name of the coder whose claims are linked.

        Raises:
            StoreError: it cannot be read.
        """
        events = {name: event for event in view.events() for name in (event.id, *event.aliases)}
        return cls(view.claim_ids(coder), events, view.candidates(), view.judgements())

    # --- pairs ------------------------------------------------------------------------------------------------------

    def same(self, one: str, other: str) -> list[Judgement]:
        """Two things are one event.

        Where an event is named, one claim is tied to each claim of it: linking goes by the mean of all pairs, so that
        a single pair would not hold the others.

        Args:
            one: id of a claim or an event. Of two events it is the claims that were offered as a candidate that all
                others are tied to, else the first claim; of a claim and an event it is the claim.
            other: the same.

        Raises:
            InputError: they are one event, or one claim, by their ids already.
        """
        first, second = self._pair(one, other)
        every = [second, *self._claims(one), *self._claims(other)]
        return [Judgement("", JudgementKind.SAME, first, other=each) for each in dict.fromkeys(every) if each != first]

    def different(self, one: str, other: str) -> list[Judgement]:
        """Two things are two events.

        Args:
            one: id of a claim or an event. Of two events it is the pair of claims that was offered as a candidate, else
                of each event the first claim; of a claim and an event it is the claim that is not about the event, and
                is kept apart from each other claim of it.
            other: the same.

        Raises:
            InputError: one and the same, or an event with no other claim.
        """
        if (one in self.claims) == (other in self.claims):
            return [Judgement("", JudgementKind.DIFFERENT, *self._pair(one, other))]
        claim, event = (one, self.events[other]) if one in self.claims else (other, self.events[one])
        others = [each for each in event.claims if each != claim]
        if not others:
            raise InputError(
                f"event {event.id} has no claim but {claim}", remedy="If the claim is not in its report, reject it"
            )
        return [Judgement("", JudgementKind.DIFFERENT, claim, other=each) for each in others]

    def _pair(self, one: str, other: str) -> tuple[str, str]:
        """The claims that stand for two things; of a claim and an event the claim comes first."""
        if one in self.claims or other in self.claims:
            one, other = (one, other) if one in self.claims else (other, one)
            pair = (one, next((claim for claim in self._claims(other) if claim != one), one))
        else:
            pair = self._offered(self.events[one], self.events[other])
        if pair[0] == pair[1]:
            raise InputError(f"{one} and {other} are one and the same", remedy="Name two claims, or two events")
        return pair

    def _offered(self, one: Event, other: Event) -> tuple[str, str]:
        for candidate in self.candidates:
            if {*candidate.events} == {one.id, other.id}:
                at = candidate.events.index(one.id)
                return candidate.claims[at], candidate.claims[1 - at]
        return one.claims[0], other.claims[0]

    def _claims(self, name: str) -> tuple[str, ...]:
        return (name,) if name in self.claims else self.events[name].claims


# --- what can be applied --------------------------------------------------------------------------------------------


def correction(claim: str, field: str, value: str) -> Judgement:
    """A correction as it is typed: the value as JSON, or for the fields in `PLAIN` the words themselves."""
    text = value
    if field in PLAIN and not _is_json_text(value):
        text = orjson.dumps(value).decode()
    return Judgement("", JudgementKind.CORRECT, claim, field=field, value=text)


def _is_json_text(value: str) -> bool:
    try:
        return isinstance(orjson.loads(value), str)
    except orjson.JSONDecodeError:
        return False


@dataclass(slots=True)
class Checking:
    """Refuses judgements that would come to nothing.

    Attributes:
        types: ids of the ontology's types.
        before: all judgements made so far, in their order.
        known: ids of claims that the store has, old ones too.
        claims: for each correction, by its id, the claim that it is about, as coded.
        bound: the judgements of `before`, said of the claims that there are now.
    """

    types: Collection[str]
    before: list[Judgement]
    known: Collection[str]
    claims: Mapping[str, Claim]
    bound: list[Judgement]

    @classmethod
    def of(cls, judgements: Iterable[Judgement], view: View, coder: str, types: Collection[str]) -> Checking:
        """What these new judgements are to be held against, for the claims of this coder."""
        new = list(judgements)
        known = view.known_claims({name for one in new for name in (one.subject, one.other) if name is not None})
        corrections = [one for one in new if one.kind is JudgementKind.CORRECT]
        about = {one.id: one.subject for one in view.decided(coder, corrections).judgements}
        coded = {one.id: one for one in view.claims(ClaimFilter(ids={*about.values()}, as_coded=True))}
        claims = {name: coded[claim] for name, claim in about.items()}
        return cls(types, view.judgements(), known, claims, [*view.decided(coder).judgements])

    def check(self, judgement: Judgement) -> None:
        """Refuses a judgement, or counts it as made.

        Raises:
            NotFoundError: what it is about is not in the store, or a correction is about a claim that is coded no more.
            InputError: a withdrawal of what was withdrawn, or a correction that cannot be applied.
            StoreError: another judgement has its id.
        """
        if any(one.id == judgement.id for one in self.before):
            raise StoreError(f"another judgement has the id {judgement.id}. Give the new one an id of its own, or none")
        if judgement.kind is JudgementKind.WITHDRAW:
            self._check_withdrawal(judgement)
            self.bound.append(judgement)
        else:
            for name in (judgement.subject, judgement.other):
                if name is not None and name not in self.known:
                    raise NotFoundError(f"no claim has the id {name}. `rashomon export claims-csv` lists them")
        if judgement.kind is JudgementKind.CORRECT:
            self._check_correction(judgement)
        self.before.append(judgement)

    def _check_withdrawal(self, judgement: Judgement) -> None:
        if judgement.subject not in {one.id for one in self.before}:
            raise NotFoundError(f"no judgement has the id {judgement.subject}. `rashomon judge list` lists them")
        if judgement.subject in amending.withdrawn(self.before):
            raise InputError(
                f"judgement {judgement.subject} was withdrawn before", remedy="To put it back, withdraw that withdrawal"
            )

    def _check_correction(self, judgement: Judgement) -> None:
        coded = self.claims.get(judgement.id)
        if coded is None:
            raise NotFoundError(f"claim {judgement.subject} is coded no more: what it says cannot be corrected")
        now = amending.amend(coded, self.bound, _pass_over) or coded
        amending.check(replace(judgement, subject=coded.id), now, self.types)
        self.bound.append(replace(judgement, subject=coded.id))


def _pass_over(_error: InputError) -> None:
    """A correction made before that does not fit (any more) is no matter of the new one."""


class Standing(StrEnum):
    """Whether a judgement counts."""

    HOLDS = "holds"
    OVERRULED = "overruled"  # a later one on the same pair, or on the same field, counts
    WITHDRAWN = "withdrawn"


def standings(judgements: Sequence[Judgement]) -> dict[str, Standing]:
    """Whether each of all judgements counts, by id."""
    gone = amending.withdrawn(judgements)
    last: dict[tuple[str, ...], str] = {}
    found: dict[str, Standing] = {}
    for one in judgements:
        found[one.id] = Standing.WITHDRAWN if one.id in gone else Standing.HOLDS
        about = _matter(one)
        if one.id in gone or about is None:
            continue
        if about in last:
            found[last[about]] = Standing.OVERRULED
        last[about] = one.id
    return found


def _matter(judgement: Judgement) -> tuple[str, ...] | None:
    """What only one judgement can be about at a time: a pair of claims, or a field of a claim."""
    if judgement.other is not None:
        return tuple(sorted((judgement.subject, judgement.other)))
    return (judgement.subject, "", judgement.field) if judgement.field is not None else None


def undoing(made: Sequence[Judgement]) -> list[Judgement]:
    """Those of judgements made together that are to be withdrawn so that all is as it was before them.

    What was withdrawn among them is no more, and what withdrew one of them would put that back.
    """
    gone, ids = amending.withdrawn(made), {one.id for one in made}
    own = {one.id for one in made if one.kind is JudgementKind.WITHDRAW and one.subject in ids}
    return [one for one in made if one.id not in gone and one.id not in own]


# --- keeping --------------------------------------------------------------------------------------------------------


def signed(drafts: Iterable[Judgement], by: str, made: str, taken: Iterable[str] = ()) -> list[Judgement]:
    """The judgements with an id, who made them and when, each where it is not given.

    Args:
        drafts: in their order.
        by: who made them.
        made: when (ISO 8601, UTC).
        taken: ids that may not be given to them.
    """
    used, named = set(taken), []
    for draft in drafts:
        full = replace(draft, by=draft.by or by, made=draft.made or made)
        if not full.id:
            names = (wire.judgement_id(full, tie) for tie in count())
            full = replace(full, id=next(name for name in names if name not in used))
        used.add(full.id)
        named.append(full)
    return named


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of judgements: those that are new, and how many had been kept before."""

    new: tuple[Judgement, ...] = ()
    known: int = 0


def keep(
    store: Store,
    judgements: Sequence[Judgement],
    coder: str,
    types: Collection[str],
    refused: Callable[[int, RashomonError], None] | None = None,
) -> Kept:
    """Keeps judgements, all of them or, where one of them cannot be kept, none.

    Args:
        store: where they are kept.
        judgements: with ids, in their order, which counts.
        coder: name of the coder whose claims they are to hold for.
        types: ids of the ontology's types.
        refused: is told of each that cannot be kept, by its number from 0, and the others are kept all the same.

    Raises:
        NotFoundError, InputError, StoreError: one would come to nothing, where no `refused` is given; see `Checking`.
        StoreError: the store cannot be written.
    """
    checking = Checking.of(judgements, store.view, coder, types)
    new, known = list[Judgement](), 0
    for number, judgement in enumerate(judgements):
        if judgement in checking.before:
            known += 1
            continue
        try:
            checking.check(judgement)
        except (InputError, NotFoundError, StoreError) as error:
            if refused is None:
                raise
            refused(number, error)
        else:
            new.append(judgement)
    with store.writing() as writer:
        for judgement in new:
            writer.add_judgement(judgement)
    return Kept(tuple(new), known)
