"""A view without what a profile leaves out: every export that reads it leaves that out, whatever its form."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rashomon.export.profiles.desk import Context
from rashomon.export.profiles.known import Known
from rashomon.export.profiles.masking import Masker, in_order, names_of_places
from rashomon.export.profiles.names import NameFinder
from rashomon.export.profiles.places import Around, is_close, is_sensitive
from rashomon.export.profiles.rules import NAMES, PLACES
from rashomon.export.view import View
from rashomon.linking import accounts_of, place_of
from rashomon.model import Claim, Event, Profile, Report, Status, Withheld, Witness

_DIGITS = 16
_MADE = re.compile(r"[a-z]?[0-9a-f]{12,}")  # a hash, in which no name can stand
_LETTERS = re.compile(r"[^\W\d_]+")
_TELLING = 4  # letters from which a word within an id can be a name


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the view as a whole says of its parts.

    Attributes:
        contexts: by report, what is known around its texts.
        sensitive: ids of claims whose places must not be told closely.
        claims: all claims as they came, by id.
        ids: new ids for those with a name in them.
    """

    contexts: Mapping[str, Context]
    sensitive: frozenset[str]
    claims: Mapping[str, Claim]
    ids: Mapping[str, str]


@dataclass
class ProfiledView:
    """A view of `view` as the `profile` shows it; with `internal` it is the same as `view`.

    Wrap the whole store (or whatever else has reports, claims and events), and let exports, ledgers and digests read
    this in place of it. Everything that leaves it has gone through the profile: words, places, coordinates and ids,
    of reports, claims and events alike, with `withheld` on each that says what was left out. What is gathered or
    counted from it later can hold nothing else. A wrapper that leaves claims out belongs around this one, not within
    it: what is sensitive is told from all claims of an event.

    The view is read whole, once, when it is first asked; it must not change meanwhile.

    Attributes:
        view: what is shown. profile: for whom. known: knowledge to tell names and places by.
    """

    view: View
    profile: Profile
    known: Known
    _masker: Masker = field(init=False, repr=False)
    _shown: dict[str, Claim] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._masker = Masker(self.known, NameFinder(self.known))

    # --- all --------------------------------------------------------------------------------------------------------

    def reports(self) -> Iterator[Report]:
        """The reports, without their texts where names are left out."""
        return map(self.report, self.view.reports())

    def claims(self) -> Iterator[Claim]:
        """The claims."""
        return map(self.claim, self.view.claims())

    def events(self) -> Iterator[Event]:
        """The events, their places and accounts gathered from the claims as they are shown."""
        return map(self.event, self.view.events())

    def witnesses(self, witnesses: Mapping[str, Witness]) -> dict[str, Witness]:
        """Whose word each report is, under the ids that the reports have here."""
        if not self._leaves_out:
            return dict(witnesses)
        shown = {report.id: report.outlet for report in self.reports()}
        return {
            self._id(key): replace(
                one, report=self._id(one.report), copies=self._id(one.copies), outlet=shown.get(self._id(one.report))
            )
            for key, one in witnesses.items()
        }

    def summary(self) -> str:
        """What was left out of how many claims, in one line for a reader."""
        claims = list(self.claims())
        counts = [(kind, sum(kind in claim.withheld for claim in claims)) for kind in Withheld]
        said = "; ".join(f"{kind.value}: {count}" for kind, count in counts if count) or "nothing"
        return f"profile {self.profile.value}: left out of {len(claims)} claims: {said}"

    # --- one --------------------------------------------------------------------------------------------------------

    def report(self, report: Report) -> Report:
        """A report of the view as the profile shows it."""
        if not self._leaves_out:
            return report
        context = self._context(report.id)
        shown = self._masker.report(report, replace(context, coarse=bool(context.secrets)))
        return self._under_id(shown)

    def claim(self, claim: Claim) -> Claim:
        """A claim of the view as the profile shows it."""
        if not self._leaves_out:
            return claim
        done = self._shown.get(claim.id)
        if done is not None and self._plan.claims.get(claim.id) == claim:
            return done
        if claim.id in self._plan.claims:
            coarse = claim.id in self._plan.sensitive
        else:  # it is judged by itself
            coarse = self._hides_places and is_sensitive(claim, Around((claim.status,)), self.known)
        shown = self._masker.claim(claim, replace(self._context(claim.report), coarse=coarse))
        shown = self._under_id(replace(shown, report=self._id(claim.report)))
        if self._plan.claims.get(claim.id) == claim:
            self._shown[claim.id] = shown
        return shown

    def event(self, event: Event) -> Event:
        """An event of the view as the profile shows it; without its claims it has neither place nor accounts."""
        if not self._leaves_out:
            return event
        found = [self._plan.claims[claim] for claim in sorted(event.claims) if claim in self._plan.claims]
        shown = [self.claim(claim) for claim in found]
        withheld = [kind for claim in shown for kind in claim.withheld]
        if len(found) < len(event.claims):
            withheld.append(Withheld.CLAIMS)
        shown.sort(key=lambda claim: claim.id)
        made = replace(
            event,
            claims=tuple(self._id(claim) for claim in event.claims),
            place=place_of(shown),
            accounts=accounts_of(shown),
            aliases=tuple(self._id(alias) for alias in event.aliases),
            withheld=in_order((*event.withheld, *withheld)),
        )
        return self._under_id(made)

    # --- ids --------------------------------------------------------------------------------------------------------

    def _under_id[Shown: (Report, Claim, Event)](self, shown: Shown) -> Shown:
        other = self._id(shown.id)
        if other == shown.id:
            return shown
        return replace(shown, id=other, withheld=in_order((*shown.withheld, Withheld.ID)))

    def _id(self, name: str) -> str:
        return self._plan.ids.get(name, name)

    # --- what the whole says of its parts -----------------------------------------------------------------------------

    @property
    def _leaves_out(self) -> frozenset[str]:
        return self.known.rules.leaves_out[self.profile]

    @property
    def _hides_places(self) -> bool:
        return PLACES in self._leaves_out

    def _context(self, report: str) -> Context:
        return self._plan.contexts.get(report, Context())

    @cached_property
    def _plan(self) -> _Plan:
        claims = {claim.id: claim for claim in self.view.claims()}
        events = list(self.view.events())
        heads = {report.id: (report.title or "", report.publication.day) for report in self.view.reports()}
        by_report: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims.values():
            by_report[claim.report].append(claim)
        sensitive = self._sensitive(claims, events, {name: day for name, (_, day) in heads.items()})
        contexts = {
            name: self._context_of(heads.get(name, ("", None))[0], by_report[name], sensitive)
            for name in sorted(heads.keys() | by_report.keys())
        }
        return _Plan(contexts, sensitive, claims, self._ids(claims, events, contexts))

    def _sensitive(
        self, claims: Mapping[str, Claim], events: Sequence[Event], published: Mapping[str, dt.date | None]
    ) -> frozenset[str]:
        """Claims that are sensitive by themselves, and all others of their events."""
        if not self._hides_places:
            return frozenset()
        last = _reached(day for day in published.values() if day is not None)
        # That a deal on an evacuation was struck does not say that the evacuation is over: only its own type does.
        statuses: dict[str, set[Status]] = {name: {claim.status} for name, claim in claims.items()}
        for event in events:
            of_event = [claims[claim] for claim in event.claims if claim in claims]
            for claim in of_event:
                statuses[claim.id] |= {other.status for other in of_event if other.type == claim.type}
        found = {
            name
            for name, claim in claims.items()
            if is_sensitive(claim, Around(statuses[name], published.get(claim.report), last), self.known)
        }
        for event in events:
            if not found.isdisjoint(event.claims):
                found.update(event.claims)
        return frozenset(found)

    def _context_of(self, title: str, claims: Sequence[Claim], sensitive: frozenset[str]) -> Context:
        """What is known around the texts of one report: names of places that stay, and that go."""
        places = names_of_places(claims, self.known)
        private: frozenset[str] = frozenset()
        if NAMES in self._leaves_out:
            private = self._private(title, claims, Context(places))
            places = names_of_places(claims, self.known) - private
        secrets: set[str] = set()
        for claim in claims:
            if claim.id in sensitive:
                close = (place for place in claim.places if is_close(place))
                for place in close:
                    secrets |= self.known.keys_of(place.resolution, place.mention.text, place.mention.antecedent)
                secrets |= self._masker.finder.places_in(claim.quote, Context(places, private))
        return Context(places, private, frozenset(secrets))

    def _private(self, title: str, claims: Sequence[Claim], context: Context) -> frozenset[str]:
        words = set(self._masker.finder.find(title, context).private)
        for claim in claims:
            words |= self._masker.private(claim, context)
        return frozenset(word for word in words if len(word) > 1)

    def _ids(
        self, claims: Mapping[str, Claim], events: Sequence[Event], contexts: Mapping[str, Context]
    ) -> dict[str, str]:
        """New ids for those in which a name stands: of a report, its claims and their events."""
        names: dict[str, tuple[str, ...]] = {name: (name,) for name in contexts}
        names |= {name: (claim.report,) for name, claim in claims.items()}
        for event in events:
            reports = tuple(claims[claim].report for claim in event.claims if claim in claims)
            for name in (event.id, *event.aliases):
                names[name] = reports
        made = {}
        given = self.known.rules.names.given - self.known.kept
        for name, reports in names.items():
            if _MADE.fullmatch(name):
                continue
            words = {word for report in reports if report in contexts for word in _telling(contexts[report])}
            small = "".join(char for char in name.casefold() if char.isalnum())
            if any(word in small for word in words) or not given.isdisjoint(_parts(name)):
                made[name] = "x" + hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]
        return made


def _reached(published: Iterable[dt.date]) -> dt.date | None:
    """The day that two reports reach to: one alone may carry a wrong date, which must not make plans long past."""
    days = sorted(published)
    return days[-2] if len(days) > 1 else None


def _telling(context: Context) -> Iterable[str]:
    return (word for word in context.private | context.secrets if len(word) >= _TELLING)


def _parts(name: str) -> frozenset[str]:
    """The words of an id."""
    return frozenset(_LETTERS.findall(name.casefold()))
