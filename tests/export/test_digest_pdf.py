"""The digest as PDF: its text can be read back, its links lead on, and it is the same on every machine."""

from __future__ import annotations

import io
import re

import pytest
from digest_bench import DAY, claim, of_claims, of_sample, reports_of
from pypdf import PdfReader
from sample_view import DOUMA, person, place, report

from rashomon.export.digest import render_pdf
from rashomon.export.digest.content import Digest


def opened(digest: Digest) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(digest)))


def text(digest: Digest) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(digest).pages).split())


def test_all_of_it_can_be_read() -> None:
    words = text(of_sample())
    assert "What was reported on 11–25 March 2018" in words
    assert "A monitor, cited by Harbour Wire, says that unknown fighters attacked a convoy near Palmyra" in words
    assert "Announced, planned or possible" in words
    assert "The army, cited by Capital Gazette, denies it." in words
    assert "State newspaper; gives the government's view" in words
    assert "“Sixteen dead in the market of Douma”, 2018-03-11" in words
    assert "https://courier.example/1" in words


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert render_pdf(of_sample()) == render_pdf(of_sample())


def test_it_says_what_it_is_and_not_when_it_was_made() -> None:
    reader = opened(of_sample())
    assert reader.metadata is not None
    assert reader.metadata.title == "What was reported on 11–25 March 2018"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2018-03-25"
    assert str(reader.root_object["/Lang"]) == "en"
    titles = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:3] == ["What is said to have happened or to go on", "Announced, planned or possible", "Denied"]


def test_numbers_of_reports_and_safe_addresses_are_links() -> None:
    notes = [note.get_object() for page in opened(of_sample()).pages for note in page.get("/Annots", [])]
    addresses = {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}
    assert addresses == {"https://courier.example/1", "https://harbour.example/a?b=1&c=2"}
    assert any("/Dest" in note for note in notes)


def test_letters_of_other_scripts_are_set_and_what_no_font_has_is_visibly_left_out() -> None:
    title = "Jayš al-Fatḥ: أخبار الشمال · Новости · 新"
    reports = (report("r1", "harbour-wire", DAY.isoformat(), title),)
    spoken = claim("c", "r1", "x", "x", "talks", actors=[person("x", "Şişli Çarşı")], places=[place("x", DOUMA)])
    words = text(of_claims([spoken], reports, DOUMA))
    assert "Jayš al-Fatḥ" in words
    assert "Новости · \N{REPLACEMENT CHARACTER}" in words
    assert "Şişli Çarşı" in words
    assert re.search("[\u0600-\u06ff\ufb50-\ufeff]", words)
    assert "新" not in words


@pytest.mark.parametrize("count", [1, 40])
def test_a_long_one_runs_over_pages_with_their_numbers(count: int) -> None:
    reports = reports_of(*(f"paper-{n}" for n in range(count)))
    claims = [claim(f"c{n}", f"r{n + 1}", "x", "x", "protest") for n in range(count)]
    reader = opened(of_claims(claims, reports, DOUMA))
    assert len(reader.pages) > count // 20
    for number, page in enumerate(reader.pages, start=1):
        assert page.extract_text().rstrip().endswith(str(number))
