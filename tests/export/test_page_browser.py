"""The page in a real browser, opened from disk: nothing leaves it, nothing fails in it, and accounts can be read."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sample_view import CLAIMS, DOUMA, EVENTS, HOSTILE, REPORTS, VIEW, event
from test_page import many, rendered, rose

from rashomon.export import MemoryView, write_atomically

pytestmark = pytest.mark.browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_MISSING = "no browser found: run scripts/ensure-browser, or install Chromium (Debian: apt-get install chromium)"


def find_browser() -> str:
    """The path of a browser; without one the test fails where nobody looks (CI), and is skipped elsewhere."""
    found = next((path for name in _NAMES if (path := shutil.which(name)) is not None), None)
    if found is None:
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = find_browser()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=list(_ARGUMENTS), headless=True)
        yield opened
        opened.close()


@dataclass
class Watched:
    """A page of the browser, and what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    seen = Watched(context.new_page())
    seen.page.set_default_timeout(10_000)
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("console", lambda message: seen.complaints.append(message.text))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []


def open_page(watched: Watched, folder: Path, view: MemoryView = VIEW, anchor: str = "") -> Page:
    path = folder / "index.html"
    write_atomically(path, rendered(view))
    watched.page.goto(path.as_uri() + anchor)
    return watched.page


def rows(page: Page) -> int:
    return page.locator("#rows li:visible").count()


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    page.locator("#count").get_by_text("8 events", exact=True).wait_for()


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_reader_goes_from_the_map_to_the_accounts_and_back(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path)
    assert page.locator("#map .spot:visible").count() == 3
    assert page.locator("#map a.area").count() == 2
    assert page.locator("#timeline .bar").count() > 3
    page.get_by_role("link", name="Douma: 2 events").click()
    here = page.locator("#here")
    assert here.get_by_role("link").count() == 2
    here.get_by_role("link", name="Air strike").click()
    opened = page.locator("#event-e-market")
    opened.wait_for(state="visible")
    assert not page.locator("#overview").is_visible()
    assert opened.locator("mark", has_text="struck").is_visible()
    assert opened.get_by_role("columnheader").count() == 3
    told = "The accounts contradict each other about: toll, culprit, whether it happened, what it is called."
    assert told in opened.inner_text()
    assert page.locator("h2:focus").inner_text().startswith("Douma")
    page.go_back()
    page.locator("#overview").wait_for(state="visible")
    page.go_forward()
    opened.wait_for(state="visible")


def test_rows_are_marked_where_voices_contradict_each_other_and_not_where_a_toll_rose(
    watched: Watched, tmp_path: Path
) -> None:
    page = open_page(watched, tmp_path, anchor="#event-e-market")
    marks = page.locator("#event-e-market .differ-mark")
    assert [row.split()[0] for row in page.locator("#event-e-market tr.differs th").all_inner_texts()] == [
        "Status", "Kind", "Who", "Killed",
    ]  # fmt: skip
    assert "≠" in marks.first.evaluate("e => getComputedStyle(e, '::before').content")
    html = rose()
    (tmp_path / "rose.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "rose.html").as_uri() + "#event-e")
    shown = page.locator("#event-e")
    assert "The accounts do not contradict each other." in shown.inner_text()
    assert "9 (paper-x1) then 14 (paper-x2)" in shown.inner_text()
    assert page.locator(".differs:visible, .differing:visible, #accounts .differ-mark").count() == 0


def test_filters_narrow_list_map_and_timeline_together(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path)
    assert rows(page) == 8
    page.locator("select[name=type]").select_option("talks")
    assert (rows(page), page.locator("#map .spot:visible").count()) == (1, 1)
    clear(page)
    page.locator("select[name=status]").select_option("denied")
    assert rows(page) == 1
    clear(page)
    page.locator("select[name=outlet]").select_option("evening-post")
    assert rows(page) == 1
    clear(page)
    page.get_by_label("From", exact=True).fill("2018-03-15")
    page.get_by_label("To", exact=True).fill("2018-03-22")
    assert rows(page) == 3  # two in these days, and one that goes on over them
    page.get_by_role("button", name="All days").click()
    assert rows(page) == 8
    page.get_by_label("Search").fill("palmyra")
    assert rows(page) == 2
    page.get_by_label("Search").fill("nothing of the kind")
    assert page.get_by_text("No event fits these filters.").is_visible()


def test_a_bar_of_the_timeline_shows_its_days(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path)
    page.locator(".bar[aria-label*='Politics']").click()
    assert page.get_by_label("From", exact=True).input_value() == "2018-03-19"
    assert page.locator("#rows li:visible", has_text="Talks").count() == 1
    assert rows(page) < 8


def test_the_keyboard_reaches_map_timeline_and_accounts(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path)
    page.get_by_role("link", name="Douma: 2 events").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert not page.locator("#here").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Douma: 2 events"
    page.locator(".bar[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.get_by_label("From", exact=True).input_value() != ""
    page.locator("#rows li:visible a").first.focus()
    page.keyboard.press("Enter")
    page.locator(".event.current").wait_for(state="visible")


def test_towns_close_together_are_one_spot_that_comes_apart(watched: Watched, tmp_path: Path) -> None:
    harasta = dataclasses.replace(DOUMA, name="Harasta", lat=33.56, lon=36.37)
    events = (*EVENTS, event("e-harasta", "shelling", ["c2"], harasta, "2018-03-10"))
    page = open_page(watched, tmp_path, MemoryView(VIEW.all_reports, VIEW.all_claims, events))
    page.get_by_role("link", name="Douma and 1 place close by: 3 events").click()
    page.get_by_role("link", name="Harasta: 1 event").click()
    assert page.locator("#here a").all_inner_texts() == ["Shelling · Harasta, Rural Damascus · 10 March 2018"]
    page.get_by_role("button", name="The whole map").click()
    page.get_by_role("link", name="Douma and 1 place close by: 3 events").wait_for()


def test_what_lies_outside_the_first_view_is_told_and_can_be_shown(watched: Watched, tmp_path: Path) -> None:
    far = dataclasses.replace(DOUMA, name="Astana", lat=51.1, lon=71.4, country="KZ")
    events = (*EVENTS, event("far", "talks", [], far))
    page = open_page(watched, tmp_path, MemoryView(REPORTS, CLAIMS, events))
    outside = page.locator("#outside")
    assert "1 place outside this view" in outside.inner_text()
    page.get_by_role("button", name="show all").click()
    page.get_by_role("button", name="show where most are").click()
    assert "1 place outside this view" in outside.inner_text()
    page.locator("#filters [name=type]").select_option("air_strike")
    outside.wait_for(state="hidden")


def test_map_and_timeline_stay_in_sight_while_the_list_goes_by(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path, many(60))
    page.mouse.wheel(0, 2500)
    page.wait_for_function("scrollY > 2000")
    for part in ("#map", "#timeline"):
        box = page.locator(part).bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 1000


def test_a_long_list_is_shown_in_portions(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path, many(301))
    assert rows(page) == 300
    page.get_by_role("button", name="Show more (1 left)").click()
    assert rows(page) == 301
    page.get_by_label("Order").select_option("earliest first")
    page.locator("#rows a").first.click()
    page.locator(".event.current").wait_for(state="visible")


def test_an_event_is_found_by_its_anchor_and_by_an_older_id(watched: Watched, tmp_path: Path) -> None:
    page = open_page(watched, tmp_path, anchor="#event-e-old")
    assert page.locator("#event-e-market").is_visible()
    page.evaluate("location.hash = '#event-none'")
    page.get_by_text("no event of that id").wait_for()
    page.locator("#missing a").click()
    page.locator("#overview").wait_for(state="visible")


@pytest.mark.parametrize("many_events", [False, True], ids=["few", "many"])
def test_hostile_words_stay_words(watched: Watched, tmp_path: Path, many_events: bool) -> None:
    view, anchor = (many(), "#event-n007") if many_events else (VIEW, "#event-e-aleppo")
    page = open_page(watched, tmp_path, view, anchor)
    quote = page.locator(".event.current blockquote")
    quote.wait_for(state="visible")
    assert HOSTILE in quote.inner_text()
    assert "taken" not in page.title()


@pytest.mark.parametrize("anchor", ["", "#event-e-market", "#event-e-aleppo", "#event-e-left"])
def test_a_phone_needs_no_sideways_scrolling(watched: Watched, tmp_path: Path, anchor: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = open_page(watched, tmp_path, anchor=anchor)
    assert overflow(page) == 0
    if anchor == "#event-e-market":
        assert page.locator(".event.current blockquote").first.is_visible()


def test_accounts_can_be_read_without_scripts(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    write_atomically(path, rendered(VIEW))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("section.event").count() == 8
    assert page.locator("#event-e-market blockquote").first.is_visible()
    assert not page.locator("#filters").is_visible()
    context.close()
