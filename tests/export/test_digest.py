"""The digest as a reader gets it: golden files, which days and areas it covers, its order, and what it rests on."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from digest_bench import DAY, Asked, claim, kit, lines, of_claims, of_sample, reports_of, told
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_view import CLAIMS, DOUMA, EVENTS, HOSTILE, REPORTS, at, days, event, place, report, witnesses

from rashomon.errors import InputError, KnowledgeError, NotFoundError
from rashomon.export import MemoryView
from rashomon.export.digest import make_digest, render_html, render_json, render_markdown
from rashomon.export.digest.phrases import Phrases
from rashomon.knowledge.files import Layers
from rashomon.model import Claim, Event, Report

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(("name", "render"), [("digest.md", render_markdown), ("digest.html", render_html)])
def test_it_is_as_the_golden_file(name: str, render: object) -> None:
    # To renew a golden file after a wanted change: write what the form gives to it, and read the difference.
    assert callable(render)
    assert render(of_sample()) == (GOLDEN / name).read_bytes()


@settings(derandomize=True, deadline=None, max_examples=15)
@given(st.permutations(REPORTS), st.permutations(CLAIMS), st.permutations(EVENTS))
def test_the_order_of_what_comes_in_changes_nothing(
    reports: list[Report], claims: list[Claim], events: list[Event]
) -> None:
    view = MemoryView(tuple(reports), tuple(claims), tuple(events))
    assert make_digest(view, witnesses(), kit(), Asked(days=15)) == of_sample()


# --- days -----------------------------------------------------------------------------------------------------------


def test_without_a_day_it_is_that_of_the_last_publication() -> None:
    digest = of_sample(Asked())
    assert (digest.first, digest.last) == (dt.date(2018, 3, 25), dt.date(2018, 3, 25))
    assert {line.event for line in lines(digest)} == {"e-idlib", "e-aleppo", "e-qalamoun", "e-return"}


def test_it_says_which_days_it_covers_and_how_many_reports_have_no_day() -> None:
    text = render_markdown(of_sample()).decode()
    assert "from 11 March 2018 to 25 March 2018, both included" in text
    assert "the day of publication is known, not the hour" in text
    assert "1 report without a day of publication is left out" in text


def test_an_event_is_told_by_the_reports_of_these_days_alone() -> None:
    early = of_sample(Asked(dt.date(2018, 3, 11)))
    (line,) = lines(early)
    assert (line.event, line.reports) == ("e-market", 2)
    assert "Harbour Wire" not in told(early)  # it reported a day later


def test_of_earlier_reports_only_when_and_by_whom_it_was_first_reported() -> None:
    (line,) = lines(of_sample(Asked(dt.date(2018, 3, 12))))
    assert line.first == (
        "First reported on 11 March, when a military source (to Capital Gazette), a rescue worker (cited by Northern "
        "Courier) and the army (cited by Capital Gazette) said so."
    )
    assert line.reports == 2
    assert not any("rescue" in text for text in line.sentences)


def test_a_store_without_any_day_has_no_digest() -> None:
    with pytest.raises(InputError, match="no report has a day"):
        make_digest(MemoryView(), {}, kit())


def test_days_on_which_nothing_came_out_give_a_digest_that_says_so() -> None:
    digest = of_sample(Asked(dt.date(2018, 1, 1)))
    assert digest.figures.reports == 0
    assert render_markdown(digest).decode().count("No report of these days says so.") == 3


# --- areas and order ------------------------------------------------------------------------------------------------


def test_governorates_come_first_then_countries_then_what_is_nowhere() -> None:
    places = [
        at("Basel", 47.5, 7.6, country="CH"),
        at("Syria", 35, 38, "country", None),
        at("Tamrin", None, None, None, None, "not in the gazetteer", None),
        DOUMA,
        at("Aleppo", 36.2, 37.1, adm1="Aleppo"),
    ]
    reports = reports_of("harbour-wire")
    claims = [claim(f"c{n}", "r1", "x", "x", "protest", places=[place("x", p)]) for n, p in enumerate(places)]
    events = [event(f"e{n}", "protest", [f"c{n}"], p) for n, p in enumerate(places)]
    digest = make_digest(MemoryView(reports, tuple(claims), tuple(events)), witnesses(reports), kit())
    assert [area.name for area in digest.sections[0].areas] == [
        "Aleppo", "Rif Dimashq", "Syria, governorate not known", "Switzerland", "Place not known",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked", ["Rif Dimashq", "Rural Damascus", "reef dimashq", "Rif-Dimashk", "Damascus countryside"]
)
def test_a_governorate_in_any_spelling(asked: str) -> None:
    digest = of_sample(Asked(days=15, area=asked))
    assert {line.event for line in lines(digest)} == {"e-market", "e-talks", "e-qalamoun"}
    assert digest.area == "Rif Dimashq"


@pytest.mark.parametrize(("asked", "events"), [("Douma", {"e-market", "e-talks"}), ("Duma", {"e-market", "e-talks"})])
def test_a_place_in_any_spelling(asked: str, events: set[str]) -> None:
    assert {line.event for line in lines(of_sample(Asked(days=15, area=asked)))} == events


def test_a_region_covers_what_lies_in_it_as_for_ledgers() -> None:
    assert {line.event for line in lines(of_sample(Asked(days=15, area="Eastern Ghouta")))} == {"e-market", "e-talks"}


@pytest.mark.parametrize("asked", ["Syria", "SY"])
def test_a_country_by_name_or_code(asked: str) -> None:
    assert len(lines(of_sample(Asked(days=15, area=asked)))) == 7


def test_an_area_where_nothing_was_reported_is_empty_and_one_that_nobody_knows_is_an_error() -> None:
    digest = of_sample(Asked(days=15, area="Basra"))
    assert lines(digest) == []
    assert "In 6 reports of these days nothing about" in render_markdown(digest).decode()
    with pytest.raises(NotFoundError, match="no place called Qwertzuiop is known"):
        of_sample(Asked(days=15, area="Qwertzuiop"))
    with pytest.raises(NotFoundError, match="is no name"):
        of_sample(Asked(area="..."))


def test_the_most_corroborated_come_first_and_of_these_the_most_contested() -> None:
    reports = reports_of("harbour-wire", "evening-post", "northern-courier")
    there = [place("Douma", DOUMA)]

    def strike(name: str, of: str, status: str = "occurred") -> Claim:
        return claim(name, of, "x", "x", "air_strike", status, places=there)

    claims = (
        strike("a1", "r1"),
        strike("b1", "r1"), strike("b2", "r2"),
        strike("c1", "r1"), strike("c2", "r2", "denied"),
        strike("d1", "r1"), strike("d2", "r2"), strike("d3", "r3"),
    )  # fmt: skip
    events = tuple(
        event(f"e-{name}", "air_strike", [c.id for c in claims if c.id[0] == name], DOUMA) for name in "abcd"
    )
    digest = make_digest(MemoryView(reports, claims, events), witnesses(reports), kit())
    assert [line.event for line in lines(digest)] == ["e-d", "e-c", "e-b", "e-a"]


def test_plans_and_denials_have_sections_of_their_own() -> None:
    reports = reports_of("harbour-wire")
    wanted = {"occurred": 0, "ongoing": 0, "planned": 1, "possible": 1, "denied": 2}
    for status, number in wanted.items():
        digest = of_claims([claim("c", "r1", "x", "x", "capture", status)], reports, DOUMA)
        assert [len(section.areas) for section in digest.sections] == [int(n == number) for n in range(3)]


def test_statements_and_what_lies_far_back_stand_apart() -> None:
    reports = reports_of("harbour-wire")
    then = days("in 2013", "2013-01-01", "2013-12-31")
    claims = (
        claim("c1", "r1", "x", "x", "air_strike"),
        claim("c2", "r1", "x", "x", "demand"),
        claim("c3", "r1", "x", "x", "capture", time=then),
    )
    events = (
        event("e1", "air_strike", ["c1"], DOUMA), event("e2", "demand", ["c2"], DOUMA),
        event("e3", "capture", ["c3"], DOUMA, "2013-01-01", "2013-12-31"),
    )  # fmt: skip
    digest = make_digest(MemoryView(reports, claims, events), witnesses(reports), kit())
    groups = [(group.title[:10], [line.event for line in group.lines]) for group in digest.sections[0].areas[0].groups]
    assert groups == [("", ["e1"]), ("Talks, dea", ["e2"]), ("Background", ["e3"])]


# --- what it rests on -----------------------------------------------------------------------------------------------


def test_every_source_leads_to_a_report_that_is_listed() -> None:
    digest = of_sample()
    numbers = {basis.number for basis in digest.basis}
    cited = {n for line in lines(digest) for note in line.sources for _, found in note.carried for n in found}
    assert cited == numbers == set(range(1, 7))
    assert [basis.copy_of for basis in digest.basis if basis.report in {"r3", "r4"}] == [None, 3]


def test_summary_figures() -> None:
    figures = of_sample().figures
    assert (figures.reports, figures.outlets, figures.sides, figures.undated, figures.silent) == (6, 4, 4, 1, 0)
    assert (figures.events, figures.corroborated, figures.contested) == (7, 1, 1)


def test_the_beginning_of_an_id_names_one_event_only() -> None:
    ids = ["e1234567", "e1234568", "e12", "f0000000000"]
    reports = reports_of("harbour-wire")
    claims = tuple(claim(f"c-{name}", "r1", "x", "x", "protest") for name in ids)
    events = tuple(event(name, "protest", [f"c-{name}"], None) for name in ids)
    digest = make_digest(MemoryView(reports, claims, events), witnesses(reports), kit())
    short = {line.event: line.short for line in lines(digest)}
    assert short == {"e1234567": "e1234567", "e1234568": "e1234568", "e12": "e12", "f0000000000": "f00000"}


def test_the_data_holds_all_of_it() -> None:
    content = json.loads(render_json(of_sample()))
    assert content["first"] == "2018-03-11"
    assert content["figures"]["events"] == 7
    assert content["basis"][0]["report"] == "r2"


# --- forms ----------------------------------------------------------------------------------------------------------


class Outline(HTMLParser):
    """Headings, links and elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def outline(page: bytes) -> list[tuple[str, dict[str, str | None]]]:
    parser = Outline()
    parser.feed(page.decode())
    return parser.elements


def test_the_page_is_for_every_reader_and_fetches_nothing() -> None:
    page = render_html(of_sample())
    elements = outline(page)
    tags = [tag for tag, _ in elements]
    assert ("html", {"lang": "en"}) in elements
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert not {"script", "img", "iframe"} & set(tags)
    assert all(not str(a.get("src", "")) for _, a in elements)
    ids = {a["id"] for _, a in elements if "id" in a}
    inside = {str(a["href"])[1:] for tag, a in elements if tag == "a" and str(a.get("href", "")).startswith("#")}
    assert inside <= ids
    assert b"@media print" in page
    assert b"prefers-color-scheme: dark" in page


def test_words_of_a_report_are_only_words_in_every_form() -> None:
    words = f"{HOSTILE} *bold* [link](javascript:alert(1)) `code` \x1b[31m"
    source = [{"text": words, "kind": "other"}]
    mean = report("r1", "harbour-wire", DAY.isoformat(), words, "javascript:alert(1)")
    digest = of_claims([claim("c", "r1", words, words, "demand", source=source)], [mean])
    page = render_html(digest)
    assert "script" not in [tag for tag, _ in outline(page)]
    assert b'javascript:alert(1)"' not in page
    text = render_markdown(digest).decode()
    assert "\x1b" not in text
    assert "<script" not in text.replace("\\<", "")
    assert "](" not in text.replace("\\]", "")


def test_a_phrase_that_names_no_speaker_is_refused(tmp_path: Path) -> None:
    (tmp_path / "digest.yaml").write_text("sentences: {says: {one: '{what}', many: '{what}'}}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"digest\.yaml.*does not say \{who\}"):
        Phrases.load(Layers.over_built_in(tmp_path))
    (tmp_path / "digest.yaml").write_text("types: {talks: {noun: talks, said: ['{who} met']}}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no such field: who"):
        Phrases.load(Layers.over_built_in(tmp_path))


def test_a_site_may_word_it_otherwise(tmp_path: Path) -> None:
    (tmp_path / "digest.yaml").write_text(
        "types: {protest: {noun: a rally, said: ['a rally was held']}}\n", encoding="utf-8"
    )
    phrases = Phrases.load(Layers.over_built_in(tmp_path))
    assert phrases.of_type("protest").said == ("a rally was held",)
    assert phrases.of_type("talks") == Phrases.load(Layers()).of_type("talks")
    assert phrases.of_type("eclipse_of_the_sun").noun == ("eclipse of the sun",)
