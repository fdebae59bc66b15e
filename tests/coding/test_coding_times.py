"""Expressions that say when, and which event each of them dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from rashomon.coding.dating import time_for
from rashomon.coding.rules import RulesCoder
from rashomon.coding.times import TimeKind, find_times
from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.knowledge.wordlists import NumberLexicon, TimeExample, TimeLexicon
from rashomon.model import Publication, Report

LEXICON = TimeLexicon.load(Layers())
SPEECH = {"say", "report", "tell", "announce"}
Parse = Callable[[str], Doc]


def found(doc: Doc) -> list[str]:
    return [doc.text[m.text_span.start : m.text_span.end] for m in find_times(doc, LEXICON)]


def dated(doc: Doc, trigger: str) -> str | None:
    token = next(t for t in doc if t.text == trigger)
    mention = time_for(token, find_times(doc, LEXICON), SPEECH)
    return None if mention is None else mention.mention(doc).text


@pytest.mark.parametrize("example", LEXICON.examples, ids=lambda example: example.text)
def test_the_examples_of_the_lexicon(parse: Parse, example: TimeExample) -> None:
    assert found(parse(example.text)) == example.finds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Planes hit the port during the past week.", ["during the past week"]),
        ("The army held it from Friday to Sunday.", ["from Friday to Sunday"]),
        ("Three raids were flown late Saturday and early Sunday.", ["late Saturday and early Sunday"]),
        ("The bridge fell on January 26.", ["on January 26"]),
        ("The talks began in September.", ["in September"]),
        ("The village has been besieged for five years.", ["for five years"]),
        ("The 17th Division holds the hill.", []),
        ("Some 2000 people fled.", []),
        ("A shell hit October 7 Street.", []),
        ("He may come and march with them.", []),
        ("The base was hit at 1900 GMT.", []),
        ("The truce was signed in the summer of 2014.", ["in the summer of 2014"]),
        ("Clashes went on for the third day.", ["for the third day"]),
    ],
)
def test_what_is_an_expression_of_time(parse: Parse, text: str, expected: list[str]) -> None:
    assert found(parse(text)) == expected


def test_since_takes_the_clause_with_its_time(parse: Parse) -> None:
    doc = parse("Nine bakers were killed since the feud began in early 2012.")
    mentions = find_times(doc, LEXICON)
    assert mentions[0].mention(doc).text == "since the feud began in early 2012"
    assert mentions[0].kind is TimeKind.SINCE
    assert dated(doc, "killed") == "since the feud began in early 2012"


def test_then_counts_from_the_time_before_it(parse: Parse) -> None:
    doc = parse("The town fell in May 2015. Since then it has been shelled daily.")
    assert find_times(doc, LEXICON)[1].mention(doc).antecedent == "in May 2015"


def test_a_weekday_of_speech_dates_no_event(parse: Parse) -> None:
    doc = parse("A doctor said on Wednesday that shells destroyed the clinic.")
    assert dated(doc, "destroyed") is None
    doc = parse("Shells destroyed the clinic on Tuesday, a doctor said on Wednesday.")
    assert dated(doc, "destroyed") == "on Tuesday"


def test_a_date_at_the_head_of_a_page_dates_no_event(parse: Parse) -> None:
    doc = parse("Published July 2 2016 Shells destroyed the clinic.")
    assert dated(doc, "destroyed") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Rebels fired shells at the market on Tuesday. Other shells hit a school, causing damage to its roof.",
            {"hit": "on Tuesday", "damage": "on Tuesday"},
        ),
        (
            "Rebels shelled the market on Tuesday. Other shells were fired at a school on Friday.",
            {"shelled": "on Tuesday", "fired": "on Friday"},
        ),
        ("The army shelled the town on Tuesday. The army captured a village.", {"captured": None}),
        ("The army shelled the town on Tuesday. It may shell a school.", {"shell": None}),
        ("The army shelled the town in 2014. Shells hit a school.", {"hit": None}),
        (
            "The army shelled the town on Tuesday. It rained. Nobody came. The road was closed. Shells hit a school.",
            {"hit": None},
        ),
    ],
)
def test_attacks_and_damage_take_the_day_of_their_story(
    parse: Parse, coder: RulesCoder, text: str, days: dict[str, str | None]
) -> None:
    report = Report("r", None, None, None, text, "", "en", len(text.split()), Publication())
    coded = {claim.trigger: claim.time.mention.text if claim.time else None for claim in coder.code(report)}
    assert {trigger: coded[trigger] for trigger in days} == days


def test_no_day_of_publication_is_ever_given_as_the_days_of_an_event(coder: RulesCoder) -> None:
    text = "Published July 2 2016 Shells destroyed the clinic. Planes bombed the market, a doctor said on Saturday."
    report = Report("r", None, None, None, text, "", "en", 15, Publication(dt.date(2016, 7, 2)))
    claims = coder.code(report)
    assert claims
    assert all(claim.time is None for claim in claims)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["on Friday", "since 2011", "2000 people", "May", "overnight", "Since then", ".", "and"]))
)
def test_expressions_stand_in_order_inside_the_text(parse: Parse, pieces: list[str]) -> None:
    doc = parse(" ".join(pieces))
    mentions = find_times(doc, LEXICON)
    assert [m.start_token for m in mentions] == sorted(m.start_token for m in mentions)
    for mention in mentions:
        assert 0 <= mention.text_span.start < mention.text_span.end <= len(doc.text)
        assert 0 <= mention.head < len(doc)
        assert mention.mention(doc).text.strip() == mention.mention(doc).text


def test_a_site_adds_words_of_its_own(tmp_path: Path, parse: Parse) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "times.yaml").write_text("days_from_publication: {this very day: 0}\n", encoding="utf-8")
    lexicon = TimeLexicon.load(Layers((BUILT_IN, tmp_path)))
    doc = parse("The road was cut this very day.")
    assert [m.mention(doc).text for m in find_times(doc, lexicon)] == ["this very day"]


def test_a_broken_word_list_names_file_and_entry(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "times.yaml").write_text("months: {Brumaire: second}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"times\.yaml.*Brumaire"):
        TimeLexicon.load(Layers((BUILT_IN, tmp_path)))


@pytest.mark.parametrize(
    ("words", "least", "open_ended"),
    [
        ("seventeen", 17, False),
        ("twenty - five", 25, False),
        ("two hundred and six", 206, False),
        ("1,200", 1200, False),
        ("12 500", 12_500, False),
        ("12 million", 12_000_000, False),
        ("6.36 million", 6_360_000, False),
        ("a dozen", 12, False),
        ("two dozen", 24, False),
        ("half a million", 500_000, False),
        ("a quarter of a million", 250_000, False),
        ("three thousand two hundred", 3200, False),
        ("dozens", 24, True),
        ("scores", 40, True),
        ("tens of thousands", 20_000, True),
        ("hundreds of thousands", 200_000, True),
        ("several thousand", 3000, True),
        ("millions", 2_000_000, True),
    ],
)
def test_numbers_in_words(words: str, least: int, open_ended: bool) -> None:
    number = NumberLexicon.load(Layers()).value(words.split())
    assert number is not None
    assert (number.least, number.open_ended) == (least, open_ended)


@pytest.mark.parametrize("words", ["", "people", "two six", "of", "a", "many"])
def test_what_is_no_number(words: str) -> None:
    assert NumberLexicon.load(Layers()).value(words.split()) is None


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 10**9))
def test_digits_are_what_they_say(number: int) -> None:
    value = NumberLexicon.load(Layers()).value([f"{number:,}"])
    assert value is not None
    assert value.least == number
