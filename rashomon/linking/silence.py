"""Who normally tells of such events and did not tell of this one, with the figures to judge it by; never why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rashomon.linking.account_rules import AccountRules
from rashomon.linking.rules import Rules
from rashomon.model import Claim, Event, Silence, Witness

_NO_DAY = "no day of it is known"
_LASTS = "it goes on for more than {days} days"
_NO_PLACE = "its governorate is not known"


@dataclass(frozen=True, slots=True)
class Covered:
    """An event with the outlets that have a claim in it."""

    event: Event
    outlets: frozenset[str]

    @classmethod
    def of(cls, event: Event, claims: Iterable[Claim], witnesses: Mapping[str, Witness]) -> Covered:
        """The event with the outlets of its claims' reports, as far as they are known."""
        found = {witnesses[claim.report].outlet for claim in claims if claim.report in witnesses}
        return cls(event, frozenset(outlet for outlet in found if outlet is not None))


def around(event: Event, ways: AccountRules) -> tuple[dt.date, dt.date] | None:
    """First and last day of the events that it is compared with; None where its own day is not known."""
    if event.start is None:
        return None
    days = dt.timedelta(days=ways.by.silence.around_days)
    return event.start - days, (event.end or event.start) + days


def why_not_known(event: Event, ways: AccountRules) -> str:
    """Why nothing can be said of who kept silent; empty where it can."""
    if event.start is None:
        return _NO_DAY
    if ((event.end or event.start) - event.start).days > ways.by.silence.around_days:
        return _LASTS.format(days=ways.by.silence.around_days)
    return "" if event.place is not None and event.place.adm1 else _NO_PLACE


def silent(
    covered: Covered, others: Iterable[Covered], witnesses: Mapping[str, Witness], rules: Rules, ways: AccountRules
) -> tuple[Silence, ...]:
    """The outlets that normally report on such an event, were published in the days after, and have no claim in it.

    Args:
        covered: the event.
        others: events of the same governorate around it (see `around`); others among them, and itself, are passed over.
        witnesses: all reports that there are, by id: who published, and when.
        rules: which types are of one kind.
        ways: how often is normally; the outlets.

    Returns:
        Those with the highest share first, then by id; nothing where `why_not_known` says so.
    """
    event, how = covered.event, ways.by.silence
    window = around(event, ways)
    if window is None or why_not_known(event, ways):
        return ()
    distinct = {other.event.id: other for other in others}
    such = [
        other
        for other in distinct.values()
        if len(other.outlets) >= how.outlets and _is_such(other.event, event, window, rules)
    ]
    told = Counter(outlet for other in such for outlet in other.outlets)
    published = _published(event, witnesses, how.after_days)
    found = [
        Silence(outlet, _side(outlet, ways), count, len(such), how.around_days, published[outlet], how.after_days)
        for outlet, count in told.items()
        if outlet not in covered.outlets
        and count >= how.least
        and count >= how.share * len(such)
        and published[outlet] >= how.published
    ]
    return tuple(sorted(found, key=lambda silence: (-silence.reported, silence.outlet)))


def _is_such(other: Event, event: Event, window: tuple[dt.date, dt.date], rules: Rules) -> bool:
    """Another event of the same kind, in the same governorate, at the time."""
    if other.id == event.id or other.start is None or other.place is None or event.place is None:
        return False
    if other.place.adm1 != event.place.adm1 or not window[0] <= other.start <= window[1]:
        return False
    return bool(set(rules.kinds(other.type)) & set(rules.kinds(event.type)))


def _published(event: Event, witnesses: Mapping[str, Witness], after_days: int) -> Counter[str]:
    """How many reports each outlet published from the event's first day to so many days after its last."""
    if event.start is None:
        return Counter()
    last = (event.end or event.start) + dt.timedelta(days=after_days)
    return Counter(
        witness.outlet
        for witness in witnesses.values()
        if witness.outlet is not None and witness.published is not None and event.start <= witness.published <= last
    )


def _side(outlet: str, ways: AccountRules) -> str:
    known = ways.outlets.get(outlet)
    return known.side if known is not None else ""
