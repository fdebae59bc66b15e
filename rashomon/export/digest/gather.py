"""A view -> a digest: what was reported in some days, by area, most corroborated and most contested first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import InputError, NotFoundError
from rashomon.export.digest.areas import Areas, Order, holds, wanted
from rashomon.export.digest.content import Area, Basis, Digest, Figures, Group, Line, OutletNote, Section, SourceNote
from rashomon.export.digest.phrases import Phrases
from rashomon.export.digest.sentences import Teller, main_status
from rashomon.export.digest.voices import Heard, Speakers, Voice, who_says
from rashomon.export.disputes import disputed, is_printed
from rashomon.export.page.accounts import Desk
from rashomon.export.page.names import Names
from rashomon.export.view import View, profile_of
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.labels import LabelLexicon
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.outlets import Outlets
from rashomon.knowledge.world import country_names
from rashomon.ledgers.rules import AreaRules
from rashomon.ledgers.rules import Rules as LedgerRules
from rashomon.linking import AccountRules, Rules, hear
from rashomon.linking.accounts import event_of
from rashomon.linking.identity import Identity
from rashomon.model import Claim, Event, Report, Status, Witness

_SHORTEST = 6  # characters of an event's id that a line shows at least

SAID, AHEAD, DENIED = "What is said to have happened or to go on", "Announced, planned or possible", "Denied"
STATEMENTS, BACKGROUND = "Talks, deals and statements", "Background: what these reports say of earlier times"
_SECTIONS = (
    (SAID, "said", frozenset({Status.OCCURRED, Status.ONGOING}), "No report of these days says so."),
    (AHEAD, "ahead", frozenset({Status.PLANNED, Status.POSSIBLE}), "No report of these days says so."),
    (DENIED, "denied", frozenset({Status.DENIED}), "No report of these days says so."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kit:
    """The knowledge that a digest is made with."""

    ontology: Ontology
    actors: Actors
    labels: LabelLexicon
    gazetteer: Gazetteer
    rules: Rules
    ways: AccountRules
    phrases: Phrases
    countries: Mapping[str, str]
    areas: AreaRules

    @property
    def outlets(self) -> Outlets:
        """Who publishes."""
        return self.ways.outlets

    @classmethod
    def load(cls, layers: Layers, imported: Path | None = None) -> Kit:
        """All of it; `imported` is the folder of imported tables of places.

        Raises:
            KnowledgeError: a file is broken; the message names it.
        """
        return cls(
            ontology=Ontology.load(layers),
            actors=Actors.load(layers),
            labels=LabelLexicon.load(layers),
            gazetteer=Gazetteer.load(layers, imported),
            rules=Rules.load(layers),
            ways=AccountRules.load(layers),
            phrases=Phrases.load(layers),
            countries=country_names(),
            areas=LedgerRules.load(layers).areas,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a digest is asked for: `days` days up to `last` (None: the last day of publication), and the area."""

    last: dt.date | None = None
    days: int = 1
    area: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event as the days of the digest see it, with its claims of then and of before."""

    event: Event
    claims: tuple[Claim, ...]
    earlier: tuple[Claim, ...]
    differing: tuple[str, ...]


def make_digest(view: View, witnesses: Mapping[str, Witness], kit: Kit, asked: Asked = Asked()) -> Digest:
    """The digest of a view.

    An event is in it where at least one of its claims is in a report of these days, and is told by these claims alone;
    of claims in reports before these days it says when and by whom it was first reported. Reports after these days are
    not looked at.

    Args:
        view: reports, claims and events.
        witnesses: by report, whose word it is; as `store.View.witnesses` gives them.
        kit: the knowledge to tell it with.
        asked: which days, and which area.

    Raises:
        InputError: no report has a day of publication.
        NotFoundError: the area is not known, and nothing in these days is there.
    """
    reports = {report.id: report for report in view.reports()}
    last = asked.last or _last_day(reports.values())
    first = last - dt.timedelta(days=asked.days - 1)
    areas = Areas(kit.phrases, kit.gazetteer, kit.countries)
    area = wanted(asked.area, areas, kit.areas) if asked.area is not None else None
    claims = {claim.id: claim for claim in view.claims()}
    shown = {name: r for name, r in reports.items() if r.publication.day and first <= r.publication.day <= last}
    desk = Desk(claims, reports, witnesses, Names(kit.ontology, kit.outlets))
    events = list(view.events())
    entries = []
    for event in events:
        entry = _entry(event, desk, shown, first, kit)
        if entry is not None and (area is None or holds(area, entry.event, entry.claims)):
            entries.append(entry)
    if area is not None and not entries and not area.is_known:
        raise NotFoundError(
            f"no place called {asked.area} is known, and no report of these days names one. "
            "Check the spelling, or add it to the gazetteer (see docs/knowledge.md)"
        )
    speakers = Speakers(reports, witnesses, kit.rules, kit.ways, kit.actors, kit.labels, kit.phrases)
    basis = _basis(entries, shown, witnesses, speakers)
    short = _shortened(events)
    teller = Teller(speakers, kit.phrases, last.year)
    writer = _Writer(teller, kit, reports, {b.report: b.number for b in basis}, short, first)
    outlets = _outlets(basis, reports, kit.outlets, speakers)
    return Digest(
        first=first,
        last=last,
        area=area.name if area is not None else "",
        figures=Figures(
            reports=len(shown),
            outlets=len({r.outlet for r in shown.values() if r.outlet is not None}),
            sides=len({r.outlet for r in shown.values() if (o := kit.outlets.get(r.outlet)) is not None and o.side}),
            events=len(entries),
            corroborated=sum(entry.event.origins > 1 for entry in entries),
            contested=sum(bool(entry.differing) for entry in entries),
            silent=len(shown) - len(basis),
            undated=sum(report.publication.day is None for report in reports.values()),
        ),
        outlets=outlets,
        sections=tuple(_sections(entries, areas, writer)),
        basis=basis,
        profile=profile_of(view),
    )


def _last_day(reports: Iterable[Report]) -> dt.date:
    last = max((r.publication.day for r in reports if r.publication.day is not None), default=None)
    if last is None:
        raise InputError(
            "no report has a day of publication, and a digest is of days",
            remedy="Give reports with their days (see `rashomon run --help`)",
        )
    return last


def _entry(event: Event, desk: Desk, shown: Mapping[str, Report], first: dt.date, kit: Kit) -> _Entry | None:
    """The event as these days' reports see it; None where none of them speaks of it."""
    known = [desk.claims[claim] for claim in event.claims if claim in desk.claims]
    claims = tuple(claim for claim in known if claim.report in shown)
    if not claims:
        return None
    days = {c.report: desk.reports[c.report].publication.day for c in known if c.report in desk.reports}
    earlier = tuple(c for c in known if (day := days.get(c.report)) is not None and day < first)
    seen = event_of(claims, Identity(event.id, event.aliases), desk.witnesses, kit.ontology, kit.rules, kit.ways)
    hearing = hear(seen, claims, desk.witnesses, kit.ontology, kit.rules, kit.ways)
    about = dict.fromkeys(disputed(each) for each in hearing.contradictions if not is_printed(each))
    return _Entry(seen, claims, earlier, tuple(about))


def _shortened(events: Iterable[Event]) -> Callable[[str], str]:
    """As much of an event's id as no other id begins with."""
    ids = sorted({name for event in events for name in (event.id, *event.aliases)})
    needed: dict[str, int] = {}
    for before, name, after in zip(["", *ids[:-1]], ids, [*ids[1:], ""], strict=True):
        needed[name] = max(_shared(name, before), _shared(name, after)) + 1
    return lambda name: name[: max(_SHORTEST, needed[name])]


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


# --- what it rests on -----------------------------------------------------------------------------------------------


def _basis(
    entries: Iterable[_Entry], shown: Mapping[str, Report], witnesses: Mapping[str, Witness], speakers: Speakers
) -> tuple[Basis, ...]:
    """The reports of these days that lines rest on, by day, outlet and title."""
    used = {claim.report for entry in entries for claim in entry.claims}
    dated = [(r, r.publication.day) for name, r in shown.items() if name in used and r.publication.day is not None]
    dated.sort(key=lambda one: (one[1], speakers.outlet(one[0].id).casefold(), one[0].title or "", one[0].id))
    numbers = {report.id: number for number, (report, _) in enumerate(dated, start=1)}
    first_of: dict[str, int] = {}
    found = []
    for report, day in dated:
        copies = witnesses[report.id].copies if report.id in witnesses else report.id
        number = numbers[report.id]
        same = first_of.setdefault(copies, number)
        outlet, title = speakers.outlet(report.id), " ".join((report.title or "").split())
        copy_of = same if same != number else None
        found.append(Basis(number, report.id, outlet, title, day, report.address or "", copy_of))
    return tuple(found)


def _outlets(
    basis: Sequence[Basis], reports: Mapping[str, Report], outlets: Outlets, speakers: Speakers
) -> tuple[OutletNote, ...]:
    counts = Counter(reports[one.report].outlet for one in basis)
    notes = []
    for one in {reports[b.report].outlet: b for b in basis}.values():
        known = outlets.get(reports[one.report].outlet)
        side = known.side if known is not None else ""
        notes.append(OutletNote(speakers.outlet(one.report), side, counts[reports[one.report].outlet]))
    return tuple(sorted(notes, key=lambda note: (note.name.casefold(), note.side)))


# --- lines ----------------------------------------------------------------------------------------------------------


def _sections(entries: Sequence[_Entry], areas: Areas, writer: _Writer) -> Iterable[Section]:
    for title, anchor, statuses, empty in _SECTIONS:
        by_area: dict[tuple[Order, str], list[_Entry]] = {}
        for entry in entries:
            if main_status(entry.claims) in statuses:
                by_area.setdefault(areas.of(entry.event.place), []).append(entry)
        made = [Area(name, writer.groups(by_area[order, name], title)) for order, name in sorted(by_area)]
        yield Section(title, anchor, empty, tuple(made))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the lines; `numbers` are those of the reports, `first` is the first day of the digest."""

    teller: Teller
    kit: Kit
    reports: Mapping[str, Report]
    numbers: Mapping[str, int]
    short: Callable[[str], str]
    first: dt.date

    def groups(self, entries: Iterable[_Entry], section: str) -> tuple[Group, ...]:
        """Lines of one area: what happened, then talks and statements, then background; elsewhere all in one."""
        titles = ["", STATEMENTS, BACKGROUND]
        sorted_in: dict[str, list[_Entry]] = {title: [] for title in titles}
        for entry in entries:
            sorted_in[self._group(entry) if section == SAID else ""].append(entry)
        return tuple(
            Group(title, tuple(self.line(entry) for entry in sorted(sorted_in[title], key=rank)))
            for title in titles
            if sorted_in[title]
        )

    def _group(self, entry: _Entry) -> str:
        end = entry.event.end
        if end is not None and end < self.first - dt.timedelta(days=self.kit.phrases.days_back):
            return BACKGROUND
        return STATEMENTS if self.kit.phrases.of_type(entry.event.type).statement else ""

    def line(self, entry: _Entry) -> Line:
        """The line on one event."""
        event = entry.event
        speakers = self.teller.speakers
        heard: Heard = speakers.heard(entry.claims)
        return Line(
            event=event.id,
            short=self.short(event.id),
            type=event.type,
            status=main_status(entry.claims).value,
            sentences=self.teller.tell(event, entry.claims, heard),
            first=self._first(entry.earlier),
            sources=tuple(self._source(voice) for voice in who_says(entry.claims, speakers, heard)),
            origins=event.origins,
            outlets=event.outlets,
            reports=event.reports,
            differing=entry.differing,
        )

    def _first(self, earlier: Sequence[Claim]) -> str:
        days = {c.id: self.reports[c.report].publication.day for c in earlier}
        day = min((day for day in days.values() if day is not None), default=None)
        return "" if day is None else self.teller.first(day, [claim for claim in earlier if days[claim.id] == day])

    def _source(self, voice: Voice) -> SourceNote:
        carried: dict[str, set[int]] = {}
        for claim in voice.claims:
            outlet = self.teller.speakers.outlet(claim.report)
            carried.setdefault("" if outlet in (voice.name, voice.told) else outlet, set()).add(
                self.numbers[claim.report]
            )
        return SourceNote(
            name=voice.name,
            told=voice.told,
            own=voice.own,
            carried=tuple((outlet, tuple(sorted(carried[outlet]))) for outlet in sorted(carried, key=str.casefold)),
        )


def rank(entry: _Entry) -> tuple[object, ...]:
    """The order inside an area: most origins, most that accounts contradict each other about, most outlets, reports.

    What is alike in all that goes by its first day (without one last), and its id.
    """
    event = entry.event
    day = event.start or event.end or dt.date.max
    return (-event.origins, -len(entry.differing), -event.outlets, -event.reports, day, event.id)
