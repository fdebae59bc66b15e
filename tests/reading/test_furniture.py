from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.knowledge.files import Layers
from rashomon.model import Furniture, FurnitureKind, Span
from rashomon.reading.boxes import find_boxes
from rashomon.reading.furniture import Pattern, find_furniture, furniture_patterns, merge, without

PATTERNS = furniture_patterns(Layers())


def _marked(pattern: Pattern, text: str) -> list[str]:
    if pattern.scope in ("line", "block"):
        return [text] if pattern.regex.fullmatch(text) else []
    group = "it" if "it" in pattern.regex.groupindex else 0
    return [match[group] for match in pattern.regex.finditer(text)]


@pytest.mark.parametrize("pattern", PATTERNS.all, ids=lambda pattern: pattern.id)
def test_every_pattern_does_what_its_examples_say(pattern: Pattern) -> None:
    assert pattern.marks
    assert pattern.leaves
    for example in pattern.marks:
        wanted = re.findall(r"\[\[(.*?)\]\]", example) or [example]
        assert _marked(pattern, example.replace("[[", "").replace("]]", "")) == wanted, example
    for example in pattern.leaves:
        assert _marked(pattern, example) == [], example


@pytest.mark.parametrize("pattern", PATTERNS.all, ids=lambda pattern: pattern.id)
def test_what_a_pattern_leaves_is_left_by_all(pattern: Pattern) -> None:
    if pattern.scope in ("line", "block"):
        for example in pattern.leaves:
            assert find_furniture(example, PATTERNS) == [], example


def _kinds(text: str) -> dict[str, str]:
    pieces = merge([*find_furniture(text, PATTERNS), *find_boxes(text, PATTERNS)])
    return {piece.span.of(text): piece.kind.value for piece in pieces}


def test_related_links_end_where_sentences_begin_again() -> None:
    text = (
        "The road is shut.\n\nRelated news\nShells fall on ridge\nBuses wait\n\nThe governor spoke at noon.\nHe left.\n"
    )
    assert _kinds(text) == {
        "Related news": "related",
        "Shells fall on ridge": "related",
        "Buses wait": "related",
    }


def test_arabic_lines_in_an_english_article_are_foreign_but_an_arabic_article_is_not() -> None:
    assert _kinds("The road is shut and nobody can leave.\nخبر عسكري من القلمون\n") == {
        "خبر عسكري من القلمون": "foreign"
    }
    assert _kinds("دخل الجيش البلدة صباح اليوم.\nوقال السكان إن الطريق مغلق.\n") == {}


def test_tags_inside_a_line_end_where_the_lead_is_told_again() -> None:
    text = "A bomber struck on Friday. Tags Syria Aleppo UN car bomb At least 12 people died in the blast."
    assert _kinds(text) == {"Tags Syria Aleppo UN car bomb": "related"}
    text = "A bomber struck on Friday. Tags Syria Aleppo Shelling went on until dawn."
    assert _kinds(text) == {"Tags Syria Aleppo": "related"}
    text = "A bomber struck on Friday. Tags Syria Aleppo army Rebels and soldiers fought on until dawn."
    assert _kinds(text) == {"Tags": "related"}


@pytest.mark.parametrize(
    ("box", "after"),
    [
        ("AP Photo Nora Quill Buses Wait at Gate of Jairud", "The convoy left at noon."),
        (
            "Sputnik Nora Quill Army Says Two of Its Tanks Were Lost in Hills",
            "According to the governor nobody was hurt.",
        ),
        ("REUTERS Nora Quill Shells Fall on Ridge - Reports", "MOSCOW (Sputnik) Two towns were hit."),
    ],
)
def test_a_link_under_a_photos_credit_ends_where_the_article_goes_on(box: str, after: str) -> None:
    marked = _kinds(f"The road was shut on Friday. {box} {after}")
    assert marked.pop(box) == "related"
    assert set(marked) <= {"MOSCOW (Sputnik)"}


@pytest.mark.parametrize(
    "text",
    [
        "The road was shut. Sputnik said that two men died.",
        "The road was shut. AFP reported on Monday that two men died.",
        "It was over. Photo albums of the Quill family burnt.",
    ],
)
def test_a_sentence_that_names_an_agency_is_no_link(text: str) -> None:
    assert _kinds(text) == {}


def test_a_caption_stays_text_and_its_credit_does_not() -> None:
    text = "Smoke rises over the ridge near Jairud on Friday (AFP photo) Shells fell all day."
    assert _kinds(text) == {"(AFP photo)": "media"}


def test_paragraphs_and_headlines_are_never_marked() -> None:
    text = "Army takes hill\n\nShare prices fell. The army took a hill.\n\nHome to 3,000 people, the town is cut off.\n"
    assert _kinds(text) == {}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(alphabet="ab \n.ع1(Tags)[Related]-", max_size=200))
def test_any_text_keeps_its_length_and_pieces_stand_in_order(text: str) -> None:
    pieces = merge([*find_furniture(text, PATTERNS), *find_boxes(text, PATTERNS)])
    assert all(first.span.end <= second.span.start for first, second in itertools.pairwise(pieces))
    blanked = without(text, pieces)
    assert len(blanked) == len(text)
    assert blanked.count("\n") == text.count("\n")


def test_merging_takes_in_what_overlaps() -> None:
    kind = FurnitureKind.MEDIA
    pieces = [Furniture(Span(5, 9), kind), Furniture(Span(0, 6), FurnitureKind.BYLINE), Furniture(Span(9, 9), kind)]
    assert merge(pieces) == (Furniture(Span(0, 9), FurnitureKind.BYLINE),)


def test_a_word_for_links_early_in_a_long_page_does_not_swallow_the_page() -> None:
    story = "Shells hit the mill at dawn. " * 200
    text = "The road is shut. ... 458 Related Shells fall on ridge Tags truce buses " + story.strip()
    marked = find_furniture(text, PATTERNS)
    assert sum(piece.span.end - piece.span.start for piece in marked) < 200
