"""The page as bytes: the same each time, self-contained, with nothing of a report's words run or lost."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from sample_view import (
    ALEPPO,
    ARMY,
    DOUMA,
    EVENTS,
    HOSTILE,
    IDLIB,
    ONTOLOGY,
    OUTLETS,
    REBELS,
    VIEW,
    claim,
    count,
    days,
    event,
    person,
    place,
    report,
    witnesses,
)

from rashomon.export import MemoryView
from rashomon.export.disputes import matters
from rashomon.export.figures import Range
from rashomon.export.page import render_page
from rashomon.export.page.accounts import Desk, compare
from rashomon.export.page.borders import governorate
from rashomon.export.page.chart import draw
from rashomon.export.page.names import Names
from rashomon.export.page.render import STATIC_UP_TO
from rashomon.export.page.words import bounds_words, days_words, reading_words, segments
from rashomon.export.whereabouts import wider
from rashomon.knowledge.files import Layers
from rashomon.knowledge.labels import LabelLexicon
from rashomon.linking import AccountRules, Rules, hear
from rashomon.model import Claim, Hearing, Judgement, JudgementKind, PlacePrecision, Witness


@cache
def rendered(view: MemoryView) -> bytes:
    return render_page(view, ONTOLOGY, OUTLETS, witnesses())


def page(view: MemoryView = VIEW) -> str:
    return rendered(view).decode()


@cache
def many(number: int = STATIC_UP_TO + 1) -> MemoryView:
    """More events than stand in the page as such."""
    market = EVENTS[5]
    events = tuple(dataclasses.replace(market, id=f"n{n:03}", aliases=()) for n in range(number))
    return MemoryView(VIEW.all_reports, VIEW.all_claims, events)


class Elements(HTMLParser):
    """What a browser would find in the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def island(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_an_event_of_several_statements_says_why_it_is_one() -> None:
    text = unescape(re.sub(r"<[^>]+>", "", page()))
    several = [one for one in EVENTS if len(one.claims) > 1]
    assert text.count("statements for one event") == len(several)
    assert "place: Douma (town)" in text


def test_who_put_statements_together_is_said_on_the_page() -> None:
    several = next(one for one in EVENTS if len(one.claims) > 1)
    same = Judgement("j1", JudgementKind.SAME, several.claims[0], other=several.claims[1], by="A. Reader")
    text = render_page(VIEW, ONTOLOGY, OUTLETS, witnesses(), judgements=[same]).decode()
    assert "A. Reader put them together" in text
    assert "A. Reader" not in page()


def test_the_same_view_gives_the_same_bytes() -> None:
    backwards = MemoryView(VIEW.all_reports, tuple(reversed(VIEW.all_claims)), tuple(reversed(VIEW.all_events)))
    again = render_page(VIEW, ONTOLOGY, OUTLETS, witnesses()).decode()
    assert page() == again == page(backwards)


@pytest.mark.parametrize("view", [VIEW, many(), MemoryView()], ids=["few", "many", "none"])
def test_nothing_is_fetched_and_nothing_of_a_report_is_run(view: MemoryView) -> None:
    html = page(view)
    found = Elements(html)
    assert len(found.all("script")) == 2  # the data and the page's own script
    assert found.all("img") == found.all("iframe") == found.all("object") == []
    assert all(not attributes.get("src") for _, attributes in found.tags)
    assert [link["href"] for link in found.all("link")] == ["data:,"]
    assert not [a for _, attributes in found.tags for a in attributes if a.startswith("on") or a == "style"]
    policy = next(m["content"] for m in found.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for link in found.all("a"):
        assert (link.get("href") or "#").startswith(("#", "https://")), link
    assert "javascript:" not in html


def test_hostile_words_are_shown_as_words() -> None:
    assert "&lt;/script&gt;&lt;script&gt;" in page()
    details = island(page(many()))["details"]
    assert isinstance(details, list)
    assert HOSTILE not in details[0]
    assert "&lt;img src=x" in details[0]


def test_hostile_names_in_the_data_do_not_end_it() -> None:
    place = dataclasses.replace(IDLIB, name=HOSTILE + "<!-- <script>", precision=PlacePrecision.SETTLEMENT)
    html = page(MemoryView(VIEW.all_reports, VIEW.all_claims, (event('e"><b>', "talks", ["c6"], place),)))
    events = island(html)["events"]
    assert isinstance(events, list)
    assert events[0]["id"] == 'e"><b>'
    assert HOSTILE in events[0]["title"]
    assert len(Elements(html).all("script")) == 2


def test_every_event_can_be_reached_and_every_account_read_without_scripts() -> None:
    html = page()
    found = Elements(html)
    ids = {attributes.get("id") for _, attributes in found.tags}
    assert {f"event-{e.id}" for e in EVENTS} <= ids
    for link in found.all("a"):
        href = link.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids
    for claim_ in VIEW.all_claims:
        assert claim_.trigger in html


def test_areas_are_no_points() -> None:
    chart = draw(EVENTS)
    pointed = {EVENTS[n].id for marker in chart.markers for n in marker.events}
    assert pointed == {"e-market", "e-talks", "e-ambush", "e-aleppo", "e-return"}
    regional = {area.name: [EVENTS[n].id for n in area.events] for area in chart.areas if area.events}
    assert regional == {"Idlib": ["e-idlib"], "Rural Damascus": ["e-qalamoun"]}
    assert "Not a point on the map: known only as a governorate." in page()


def test_events_far_away_are_drawn_on_the_world() -> None:
    sanaa = dataclasses.replace(
        IDLIB, name="Caracas", lat=10.5, lon=-66.9, country="VE", precision=PlacePrecision.SETTLEMENT
    )
    chart = draw([*EVENTS, event("far", "protest", [], sanaa)])
    assert len(chart.countries) > 100
    left, top, right, bottom = chart.whole
    assert all(left <= m.x <= right and top <= m.y <= bottom for m in chart.markers)


def test_the_first_view_shows_where_most_events_are() -> None:
    assert draw(EVENTS).outside == 0
    far = dataclasses.replace(
        IDLIB, name="Caracas", lat=10.5, lon=-66.9, country="VE", precision=PlacePrecision.SETTLEMENT
    )
    chart = draw([*EVENTS, event("far", "protest", [], far)])
    assert chart.outside == 1
    inside = [m for m in chart.markers if 0 <= m.x <= chart.width and 0 <= m.y <= chart.height]
    assert max(m.x for m in inside) - min(m.x for m in inside) > chart.width / 10
    assert draw([event("far", "protest", [], far), *EVENTS[:1]]).outside == 0


def test_a_place_and_its_governorate_of_one_name_are_named_once() -> None:
    town = dataclasses.replace(ALEPPO, name="Idlib", adm1="Idleb")
    assert wider(town) == wider(IDLIB) == wider(ALEPPO) == ""
    assert wider(DOUMA) == "Rural Damascus"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Al-Hasakeh", "Hasakah"),
        ("Deir-ez-Zor", "Deir ez-Zor"),
        ("Idleb", "Idlib"),
        ("Rif Dimashq", "Rural Damascus"),
        ("Dar'a", "Daraa"),
        ("Aleppo Governorate", "Aleppo"),
    ],
)
def test_governorates_are_found_by_the_names_that_gazetteers_give(name: str, found: str) -> None:
    border = governorate(name, None, None)
    assert border is not None
    assert border.name == found


def test_a_governorate_is_found_by_a_point_where_no_name_fits() -> None:
    border = governorate("Elsewhere", 36.57, 35.86)
    assert border is not None
    assert border.name == "Idlib"
    assert governorate("Elsewhere", 2.35, 48.85) is None
    assert governorate("حلب", None, None) is None


# --- side by side ---------------------------------------------------------------------------------------------------


def desk(*claims: Claim) -> Desk:
    reports = {r.id: r for r in VIEW.all_reports}
    return Desk({c.id: c for c in claims or VIEW.all_claims}, reports, witnesses(), Names(ONTOLOGY, OUTLETS))


def test_copies_of_one_text_are_one_column() -> None:
    columns = compare(EVENTS[0], desk()).columns
    assert [column.name for column in columns] == ["Northern Courier", "Capital Gazette", "Harbour Wire, Evening Post"]
    assert [column.copies for column in columns] == [1, 1, 2]
    assert len(columns[2].statements) == 1
    assert columns[1].reports[0].link == ""  # an address that is no web address is no link


def test_whose_view_an_outlet_gives_is_told_with_who_says_so() -> None:
    shown = " ".join(page().split())
    assert "State newspaper; gives the government&#39;s view (according to <a" in shown
    assert 'href="https://www.registers.example/gazette"' in shown
    assert ">registers.example</a>, Handbook of the press, 2016)" in shown
    assert "Private daily; close to the opposition</span>" in shown  # without a source nothing is said of one


def marked(html: str, ident: str) -> list[str]:
    """The titles of the rows that are marked in an event's table."""
    section = html[html.index(f'id="event-{ident}"') :].partition("</section>")[0]
    return re.findall(r'<tr class="[^"]*differs">\s*<th scope="row">([^<]+?) <span', section)


def told_of(*claims: Claim, days: dict[str, str] | None = None) -> tuple[Hearing, str]:
    """What the voices of an event of these claims say of each other, and its page; reports are by papers of their own.

    `days` are those on which reports came out, where that is not the same day.
    """
    names = sorted({each.report for each in claims})
    reports = tuple(report(name, f"paper-{name}", (days or {}).get(name, "2018-03-12"), name) for name in names)
    own = {r.id: Witness(r.id, r.outlet, r.id, r.publication.day) for r in reports}
    one = event("e", claims[0].type, [each.id for each in claims], None)
    rules, ways = Rules.load(Layers()), dataclasses.replace(AccountRules.load(Layers()), outlets=OUTLETS)
    html = render_page(MemoryView(reports, claims, (one,)), ONTOLOGY, OUTLETS, own).decode()
    return hear(one, claims, own, ONTOLOGY, rules, ways), html


def test_rows_that_voices_contradict_each_other_about_are_marked() -> None:
    assert marked(page(), "e-market") == ["Status", "Kind", "Who", "Killed"]
    assert [e.id for e in EVENTS if marked(page(), e.id)] == ["e-market"]


def of(ident: str, kind: str = "air_strike", status: str = "occurred", **fields: Any) -> Claim:
    """A claim of the report of its name, in words of its own."""
    words = f"In {ident} it says that it {fields.pop('trigger', 'happened')} there."
    return claim(ident, ident, words, words.split()[-2], kind, status, **fields)


def killed(most: int, of: str = "people", text: str = "") -> dict[str, Any]:
    return {"quantities": [count("killed", most, most, of, text or str(most))]}


def label(text: str) -> dict[str, Any]:
    return {"labels": [{"text": text, "name": REBELS[0], "id": REBELS[1]}]}


@pytest.mark.parametrize(
    ("one", "other", "row"),
    [
        (of("x1", **killed(12)), of("x2", **killed(5)), "Killed"),
        (of("x1", actors=[person("A", *ARMY)]), of("x2", actors=[person("B", *REBELS)]), "Who"),
        (of("x1", places=[place("Douma", DOUMA)]), of("x2", places=[place("Aleppo", ALEPPO)]), "Where"),
        (of("x1", time=days("then", "2018-03-10")), of("x2", time=days("then", "2018-03-11")), "When"),
        (of("x1"), of("x2", status="denied"), "Status"),
        (of("x1", "air_strike"), of("x2", "shelling"), "Kind"),
        (of("x1", "capture", trigger="liberated"), of("x2", "capture", trigger="overran"), "In its words"),
        (of("x1", **label("heroes")), of("x2", **label("terrorists")), "Loaded words"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_contradiction_marks_the_row_of_its_values_and_no_other(one: Claim, other: Claim, row: str) -> None:
    hearing, html = told_of(one, other)
    assert len(hearing.contradictions) == 1
    assert marked(html, "e") == [row]
    assert f"contradict each other about: {matters(hearing.contradictions)[0]}." in html
    data = island(html)["events"]
    assert isinstance(data, list)
    assert data[0]["disputed"] is True


@pytest.mark.parametrize(
    "claims",
    [
        (of("x1", **killed(12)), of("x2", **killed(5, "children"))),
        (of("x1", **killed(12)), of("x2", "air_strike", "planned", **killed(50))),
        (of("x1", **killed(12)), claim("x2", "x1", "It fell here.", "fell", "air_strike", **killed(5))),
        (of("x1", actors=[person("A", *ARMY)]), of("x2", actors=[person("gunmen")])),
        (of("x1", targets=[person("A", *ARMY)]), of("x2", targets=[person("B", *REBELS)])),
        (of("x1", actors=[person("A", *ARMY)]), of("x2")),
    ],
    ids=["a part", "a plan", "one voice", "a role", "those hit", "silence"],
)
def test_what_contradicts_nobody_is_not_marked(claims: tuple[Claim, ...]) -> None:
    hearing, html = told_of(*claims)
    assert hearing.contradictions == ()
    assert marked(html, "e") == []
    assert "contradict each other about" not in html


def rose() -> str:
    """The page of an event with a toll of 9, of which a later report says that it rose to 14."""
    rising = claim("x2", "x2", "The toll rose to 14 by evening.", "rose", "air_strike", **killed(14))
    hearing, html = told_of(of("x1", **killed(9)), rising, days={"x1": "2018-03-11", "x2": "2018-03-12"})
    assert (hearing.contradictions, len(hearing.replaced)) == ((), 1)
    return html


def test_a_total_that_a_later_one_replaced_is_told_and_not_marked() -> None:
    html = rose()
    assert marked(html, "e") == []
    assert "Replaced by a later figure" in html
    assert "The accounts do not contradict each other." in html


def test_what_voices_contradict_each_other_about_stands_above_their_accounts() -> None:
    html = page()
    section = html[html.index('<section class="event" id="event-e-market"') :]
    told = re.sub(r"<[^>]+>", " ", section[: section.index("<table")])
    shown = " ".join(unescape(told).split())
    assert "4 outlets, 3 origins." in shown
    assert "Origins Harbour Wire in Evening Post ; Capital Gazette ; Northern Courier" in shown
    assert "toll (killed, people and civilians) 9 to 12 people (Harbour Wire) – at least 16 civilians" in shown
    assert "culprit (air strike, shelling) Jaysh al-Islam (Capital Gazette) – Syrian Arab Army" in shown
    assert (
        "whether it happened (air strike) occurred (Harbour Wire, Northern Courier) – denied (Capital Gazette)" in shown
    )
    assert "Army of Islam “terrorists” (Capital Gazette)" in shown


def test_a_row_without_place_or_day_still_says_what_it_is_about() -> None:
    army, rebels = person("the army", "Syrian Arab Army", "saa"), person("fighters", "Army of Islam", "jai")
    words = "It rained on and on in the valley that the reporter never named."
    claims = [
        claim("x1", "q1", words, "rained", "talks", actors=[army], targets=[rebels]),
        claim("x2", "q1", words, "rained", "talks"),
    ]
    events = tuple(event(f"e{c.id}", "talks", [c.id], None) for c in claims)
    told = MemoryView((report("q1", "harbour-wire", "2017-07-12", "Rain"),), tuple(claims), events)
    html = rendered(told).decode()
    rows = html[html.index('<ol id="rows"') : html.index("</ol>")]
    assert "Syrian Arab Army → Army of Islam" in rows
    assert "It rained on and on in the valley …" in rows
    assert rows.count("reported 12 July 2017") == 2


def test_open_figures_are_put_in_words() -> None:
    assert [bounds_words(Range(*r)) for r in [(25, None), (None, 8000), (9, 12), (6, 6), (0, 0)]] == [
        "at least 25", "at most 8,000", "9 to 12", "6", "none",
    ]  # fmt: skip
    silent = compare(EVENTS[0], desk()).rows
    assert next(row for row in silent if row.title == "Killed").cells[1] == ()


def test_days_are_put_in_words() -> None:
    day = {c.id: c for c in VIEW.all_events}["e-ambush"]
    assert days_words(day.start, day.end) == "19–20 March 2018"
    assert days_words(None, None) == ""


def test_the_trigger_and_loaded_words_of_a_quote_are_marked() -> None:
    struck = segments(VIEW.all_claims[0])
    assert [s.text for s in struck if s.trigger] == ["struck"]
    assert [s.text for s in struck if s.label] == ["regime"]
    assert "".join(s.text for s in struck) == VIEW.all_claims[0].quote


def test_a_loaded_word_is_shown_with_what_somebody_without_a_side_would_say() -> None:
    with_glosses = render_page(VIEW, ONTOLOGY, OUTLETS, witnesses(), labels=LabelLexicon.load(Layers())).decode()
    assert "in neutral words: government" in with_glosses
    assert "in neutral words" not in page()


def test_a_trigger_that_is_not_in_its_quote_marks_nothing() -> None:
    elsewhere = dataclasses.replace(claim("x", "r1", "It rained.", "rained", "talks"), trigger="snowed")
    assert [s.trigger for s in segments(elsewhere)] == [False]


def test_how_sure_the_coder_is_stands_with_an_account_as_its_reading_and_not_as_truth() -> None:
    shown = " ".join(page().split())
    assert "almost sure (0.93)" in shown
    assert "unsure (0.50)" in shown
    assert shown.count("Read by the program") == 2
    assert [reading_words(value) for value in (0.2, 0.65, 0.9)] == ["unsure", "likely", "almost sure"]
