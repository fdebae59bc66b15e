"""Puts the page together: one file, all in it, the same bytes for the same view."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rashomon.export.disputes import matters
from rashomon.export.events_table import claims_of, statuses
from rashomon.export.page.accounts import Comparison, Desk, compare
from rashomon.export.page.chart import Chart, draw
from rashomon.export.page.heard import Heard, Together, heard, together
from rashomon.export.page.names import Names
from rashomon.export.page.words import PROFILES, count_words, day_words, days_words
from rashomon.export.view import View, profile_of
from rashomon.export.whereabouts import point, why_no_days, why_no_point, wider
from rashomon.knowledge.files import Layers
from rashomon.knowledge.labels import LabelLexicon
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.outlets import Outlets
from rashomon.linking import AccountRules, Explaining, Rules, hear
from rashomon.model import Bond, Claim, Event, Hearing, Judgement, Participant, PlacePrecision, Profile, Report, Witness

# Up to here every event's accounts stand in the page as such, and can be read without scripts. Above, they are kept as
# text and set one at a time, so that a page of thousands of events opens at once.
STATIC_UP_TO = 250

_HERE = Path(__file__).parent
_GIST = 8  # words of a quote in the list
_SCRIPTS = ("basics", "filters", "map", "timeline", "events")


@dataclass(frozen=True, slots=True)
class Card:
    """What the page says of one event; `gist` and `reported` stand in where place and day are not known.

    `disputed` is what its voices contradict each other about, in short; `together` what holds its claims together.
    """

    event: Event
    number: int
    type: str
    meaning: str
    where: str
    when: str
    gist: str
    reported: str
    statuses: tuple[str, ...]
    outlets: tuple[str, ...]
    comparison: Comparison
    heard: Heard
    disputed: tuple[str, ...]
    together: Together
    why_no_point: str
    why_no_days: str

    @property
    def anchor(self) -> str:
        """The event's anchor, as it stands in `id`."""
        return f"event-{self.event.id}"

    @property
    def href(self) -> str:
        """A link to the event within the page."""
        return "#" + quote(self.anchor)

    @property
    def voices(self) -> str:
        """'5 outlets, 2 origins'."""
        return f"{count_words(self.event.outlets, 'outlet')}, {count_words(len(self.heard.origins), 'origin')}"


def render_page(
    view: View,
    ontology: Ontology,
    outlets: Outlets,
    witnesses: Mapping[str, Witness],
    title: str = "Who says what happened",
    labels: LabelLexicon | None = None,
    rules: Rules | None = None,
    ways: AccountRules | None = None,
    judgements: Sequence[Judgement] = (),
) -> bytes:
    """The page as HTML in UTF-8.

    Args:
        view: reports, claims and events.
        ontology: the types of event with their families.
        outlets: what outlets are called, and whose view they give.
        witnesses: by report, which group of copied texts it belongs to; a report that is missing is its own.
        title: the page's heading.
        labels: loaded words with their neutral gloss.
        rules: who is who; the built-in ones where none are given.
        ways: what accounts are compared by; the built-in ones where none are given.
        judgements: what people decided and holds, to say which claims they put together.
    """
    rules = rules or Rules.load(Layers())
    ways = ways or replace(AccountRules.load(Layers()), outlets=outlets)
    claims = {claim.id: claim for claim in view.claims()}
    reports = {report.id: report for report in view.reports()}
    names = Names(ontology, outlets, labels)
    desk = Desk(claims, reports, witnesses, names)
    events = sorted(view.events(), key=_latest_first)
    explaining = _explaining(view, claims, events, witnesses, judgements, rules)
    cards = [
        _card(
            number,
            event,
            desk,
            hear(event, claims_of(event, claims), witnesses, ontology, rules, ways),
            explaining.bonds(event.claims) if explaining is not None else (),
        )
        for number, event in enumerate(events)
    ]
    chart = draw(events)
    templates = _templates()
    sections = [templates.get_template("event.html.j2").render(card=card) for card in cards]
    static = len(cards) <= STATIC_UP_TO
    style, script = _text("page.css"), _script()
    page = templates.get_template("page.html.j2").render(
        title=title,
        policy=_policy(style, script),
        style=Markup(style),  # our own files, no report's words
        script=Markup(script),
        island=_island(_data(cards, chart, names, None if static else sections)),
        cards=cards,
        chart=chart,
        types=_types(cards, names),
        outlets=_outlets(cards, names),
        sections=[Markup(section) for section in sections] if static else [],  # rendered with escaping
        summary=_summary(cards, reports, claims),
        profile=PROFILES[profile_of(view)],
    )
    return page.encode("utf-8", "replace")


def _explaining(
    view: View,
    claims: Mapping[str, Claim],
    events: Sequence[Event],
    witnesses: Mapping[str, Witness],
    judgements: Sequence[Judgement],
    rules: Rules,
) -> Explaining | None:
    """What tells why claims are one event; None where a profile has left out what linking went by.

    Two names that are both left out would look like one.
    """
    linked = [claims[name] for event in events for name in event.claims if name in claims]
    if profile_of(view) is not Profile.INTERNAL or len(linked) < sum(len(event.claims) for event in events):
        return None
    coders = {claim.coder for claim in linked}
    return Explaining([one for one in claims.values() if one.coder in coders], witnesses, judgements, rules)


def _latest_first(event: Event) -> tuple[bool, int, int, str]:
    """What has no day stands last."""
    start, end = event.start or event.end, event.end or event.start
    if start is None or end is None:
        return True, 0, 0, event.id
    return False, -start.toordinal(), -end.toordinal(), event.id


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("rashomon.export.page", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["count"] = count_words
    return environment


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _script() -> str:
    """What the page runs: the vendored zooming, then the page's own files as one function."""
    own = "\n".join(_text(f"script/{name}.js") for name in _SCRIPTS)
    return f'{_text("vendor/d3-zoom.min.js")}\n"use strict";\n(() => {{\n{own}}})();\n'


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy under which nothing is fetched, sent or run but this page's own style and script."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _island(data: dict[str, Any]) -> Markup:
    """JSON that may stand in a script element: nothing in it can end the element, or begin a comment or another one."""
    text = orjson.dumps(data).decode().replace("</", "<\\/")
    return Markup(re.sub(r"<(?=!|script)", r"\\u003c", text, flags=re.IGNORECASE))  # escaped here


def _card(number: int, event: Event, desk: Desk, hearing: Hearing, bonds: Sequence[Bond]) -> Card:
    claims = claims_of(event, desk.claims)
    return Card(
        event=event,
        number=number,
        type=desk.names.type(event.type),
        meaning=desk.names.meaning(event.type),
        where=_where(event),
        when=days_words(event.start, event.end),
        gist=_gist(claims),
        reported=_reported(claims, desk),
        statuses=tuple(statuses(claims)),
        outlets=tuple(sorted({desk.reports[c.report].outlet or "" for c in claims if c.report in desk.reports})),
        comparison=compare(event, desk, hearing.contradictions),
        heard=heard(hearing, desk.names),
        disputed=matters(hearing.contradictions),
        together=together(bonds, desk),
        why_no_point=why_no_point(event, claims),
        why_no_days=why_no_days(event, claims),
    )


def _gist(claims: Sequence[Claim]) -> str:
    """Who does it to whom, as the first claim that says so has it; else the first words of a quote."""
    for claim in claims:
        sides = [_first_name(people) for people in (claim.actors, claim.targets)]
        if any(sides):
            return " → ".join(side or "…" for side in sides) if sides[1] else sides[0]
    words = claims[0].quote.split() if claims else []
    return " ".join(words[:_GIST]) + (" …" if len(words) > _GIST else "")


def _first_name(people: Sequence[Participant]) -> str:
    named = [p.resolution.name if p.resolution is not None else p.mention.text for p in people]
    return named[0] if named else ""


def _reported(claims: Sequence[Claim], desk: Desk) -> str:
    """When it was first reported, where a report's day is known."""
    days = [desk.reports[c.report].publication.day for c in claims if c.report in desk.reports]
    known = [day for day in days if day is not None]
    return f"reported {day_words(min(known))}" if known else ""


def _where(event: Event) -> str:
    place = event.place
    if place is None:
        return ""
    near = "near " if point(place) is not None and place.precision is PlacePrecision.NEAR else ""
    return near + ", ".join(name for name in (place.name, wider(place)) if name)


def _data(cards: Sequence[Card], chart: Chart, names: Names, details: list[str] | None) -> dict[str, Any]:
    return {
        "families": list(names.families().items()),
        "events": [
            {
                "id": card.event.id,
                "aliases": card.event.aliases,
                "type": card.event.type,
                "family": names.family(card.event.type),
                "title": " · ".join(
                    part for part in (card.type, card.where or card.gist, card.when or card.reported) if part
                ),
                "start": card.event.start or card.event.end,
                "end": card.event.end or card.event.start,
                "outlets": card.outlets,
                "voices": card.event.outlets,
                "status": card.statuses,
                "disputed": bool(card.disputed),
                "find": _findable(card),
            }
            for card in cards
        ],
        "markers": [marker.events for marker in chart.markers],
        "areas": [area.events for area in chart.areas],
        "details": details,
    }


def _findable(card: Card) -> str:
    """The words that a search in the list looks through."""
    words = [card.type, card.where]
    words += [column.name for column in card.comparison.columns]
    rows = [row for row in card.comparison.rows if row.kind in {"people", "place", "label"}]
    words += [w for row in rows for cell in row.cells for value in cell for w in (value.main, value.words)]
    return " ".join(dict.fromkeys(word.casefold() for word in words if word))


def _types(cards: Sequence[Card], names: Names) -> list[tuple[str, list[tuple[str, str]]]]:
    """The types that occur, by family, as (id, name)."""
    present = {card.event.type for card in cards}
    order = [kind.id for kind in names.ontology if kind.id in present]
    order += sorted(present - set(order))
    grouped = [
        (label, [(t, names.type(t)) for t in order if names.family(t) == family])
        for family, label in names.families().items()
    ]
    return [(label, types) for label, types in grouped if types]


def _outlets(cards: Sequence[Card], names: Names) -> list[tuple[str, str]]:
    present = {outlet for card in cards for outlet in card.outlets}
    return sorted(((o, names.outlet(o or None).name) for o in present), key=lambda each: (each[1].casefold(), each[0]))


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of the page's head."""

    events: int
    claims: int
    reports: int
    outlets: int
    pointed: int
    regional: int
    unlocated: int
    undated: int
    disputed: int
    days: str


def _summary(cards: Sequence[Card], reports: Mapping[str, Report], claims: Mapping[str, Claim]) -> Summary:
    pointed = sum(not card.why_no_point for card in cards)
    regional = sum(bool(card.why_no_point) and _known_widely(card.event) for card in cards)
    starts = [card.event.start for card in cards if card.event.start is not None]
    ends = [card.event.end for card in cards if card.event.end is not None]
    return Summary(
        events=len(cards),
        claims=len(claims),
        reports=len(reports),
        outlets=len({report.outlet for report in reports.values() if report.outlet is not None}),
        pointed=pointed,
        regional=regional,
        unlocated=len(cards) - pointed - regional,
        undated=sum(bool(card.why_no_days) for card in cards),
        disputed=sum(bool(card.disputed) for card in cards),
        days=_span(starts, ends),
    )


def _span(starts: list[dt.date], ends: list[dt.date]) -> str:
    """From the first day to the last; where a few look back very far, where most of them are."""
    if not starts or not ends:
        return ""
    starts = sorted(starts)
    first, last, most = starts[0], max(ends), starts[len(starts) // 20]
    if len(starts) > 20 and (last - first) > 3 * (last - most):
        return f"most of them {days_words(most, last)}"
    return days_words(first, last)


def _known_widely(event: Event) -> bool:
    return event.place is not None and event.place.precision is not None
