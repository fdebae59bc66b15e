"""What is parsed: the article without its furniture, every token where it stands in the text."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.model import Furniture, FurnitureKind, Publication, Report, Span
from rashomon.parsing import LONGEST, Parser, article, load_model, unwrapped, wrapping_breaks


def report_of(text: str, furniture: tuple[Furniture, ...] = (), name: str = "r1") -> Report:
    return Report(
        id=name,
        outlet=None,
        address=None,
        title=None,
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        words=len(text.split()),
        publication=Publication(dt.date(2018, 4, 20)),
        furniture=furniture,
    )


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=40), st.data())
def test_blanking_keeps_every_offset(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    blanked = article(report_of(text, tuple(Furniture(span, FurnitureKind.OTHER) for span in spans)))
    assert len(blanked) == len(text)
    inside = {i for span in spans for i in range(span.start, span.end)}
    for i, character in enumerate(text):
        assert blanked[i].isspace() if i in inside else blanked[i] == character


def test_tokens_count_characters_of_the_text_as_it_came(nlp: Language) -> None:
    text = "☰ Home 🔍 | شام\r\nRebels shelled Fuaa – “twice”.\r\nShare this"
    menu = Furniture(Span(0, text.index("\r")), FurnitureKind.NAVIGATION)
    ((report, doc),) = Parser(nlp).parse([report_of(text, (menu,))])
    for token in doc:
        if not token.is_space:
            assert report.text[token.idx : token.idx + len(token)] == token.text
    assert [t.text for t in doc if not t.is_space][:3] == ["Rebels", "shelled", "Fuaa"]


def test_what_stands_around_furniture_is_never_one_sentence(nlp: Language) -> None:
    text = "Rebels shelled Fuaa Read more The army stormed Rastan"
    start = text.index("Read")
    aside = Furniture(Span(start, start + len("Read more ")), FurnitureKind.RELATED)
    ((_, doc),) = Parser(nlp).parse([report_of(text, (aside,))])
    assert [sentence.text.strip() for sentence in doc.sents] == ["Rebels shelled Fuaa", "The army stormed Rastan"]


def test_a_line_break_ends_a_headline(nlp: Language) -> None:
    doc = nlp("Army storms Rastan\n\nThe army said so on Monday.")
    assert next(iter(doc.sents)).text.strip() == "Army storms Rastan"


WRAPPED = (
    "The army shelled the eastern quarters of Douma on Monday, and residents of\n"
    "Jairud heard the guns until the late evening, when a long column of buses\n"
    "left for Idlib under the eyes of the police. Nobody was hurt on the way,\n"
    "said a driver. Two people died in the night."
)
LIST = "Shells fall on Rastan for a third day running, police say\nBuses leave Douma with fighters and families\n"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The army\nshelled Douma\non Monday.", 1),
        (WRAPPED, 3),
        ("Army storms Rastan\nThe army said so on Monday.", 2),
        (LIST, 2),
        ("The army shelled Douma.\nRebels left Jairud.", 2),
        ("Buses leave Douma\n\nthe army said so on Monday.", 2),
    ],
)
def test_a_wrapped_line_goes_on_and_a_line_of_its_own_does_not(nlp: Language, text: str, sentences: int) -> None:
    ((_, doc),) = Parser(nlp).parse([report_of(text)])
    assert len([sentence for sentence in doc.sents if sentence.text.strip()]) == sentences
    assert [text[token.idx : token.idx + len(token)] for token in doc if not token.is_space] == [
        token.text for token in doc if not token.is_space
    ]


@settings(derandomize=True, deadline=None)
@given(st.text("ab A.\n", max_size=40))
def test_unwrapping_changes_nothing_but_line_breaks(text: str) -> None:
    plain = unwrapped(text)
    assert plain.replace("\n", " ") == text.replace("\n", " ")
    assert plain.count("\n\n") == text.count("\n\n")


def test_furniture_inside_a_line_is_no_wrap(nlp: Language) -> None:
    text = "Rebels shelled Fuaa Read more the army stormed Rastan"
    start = text.index("Read")
    aside = Furniture(Span(start, start + len("Read more ")), FurnitureKind.RELATED)
    assert wrapping_breaks(article(report_of(text, (aside,)))) == frozenset()


def test_no_sentence_goes_on_for_ever(nlp: Language) -> None:
    doc = nlp("the army and " * LONGEST)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST


def test_reports_come_back_in_their_order(nlp: Language) -> None:
    reports = [report_of(f"Rebels shelled village {n}.", name=str(n)) for n in range(5)]
    found = list(Parser(nlp, batch=2).parse(iter(reports)))
    assert [report.id for report, _ in found] == ["0", "1", "2", "3", "4"]
    assert [doc.text for _, doc in found] == [report.text for report in reports]


def test_a_broken_list_of_words_is_named(tmp_path: Path) -> None:
    (tmp_path / "parsing.yaml").write_text("read_as: [one, two]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"parsing\.yaml: `read_as` is no mapping"):
        load_model(Layers.over_built_in(tmp_path))


def test_every_form_of_a_name_needs_a_word(tmp_path: Path) -> None:
    (tmp_path / "parsing.yaml").write_text("stand_ins: {planet: Mars}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="planet"):
        load_model(Layers.over_built_in(tmp_path))


NAMES = (
    ("ISIS", "Islamic State of Iraq and the Levant", "Jabhat al-Nusra", "Hezbollah"),
    ("Syrian troops", "Turkish troops", "Israeli troops"),
    ("Russia", "Turkey", "Iran"),
    ("Bashar al-Assad", "Vladimir Putin", "Erdogan"),
    ("Assad forces", "Putin forces"),
    ("US troops", "Turkish troops", "U.S. troops"),
    ("Jabhat an-Nusra", "Lebanese Hezbollah", "Syrian Democratic Forces"),
)


@pytest.mark.parametrize("names", NAMES)
def test_a_sentence_is_read_alike_whoever_is_in_it(nlp: Language, names: tuple[str, ...]) -> None:
    shapes = set()
    for name in names:
        before, after = "A doctor said that ", " took Fuaa from the rebels on Monday. They fled."
        doc = nlp(before + name + after)
        assert doc.text == before + name + after
        others = [t for t in doc if not len(before) <= t.idx < len(before + name)]
        shapes.add(tuple((t.text, t.lemma_, t.pos_, t.dep_, t.head.text) for t in others))
    assert len(shapes) == 1


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The envoy flew from Damascus to Paris.", "Damascus", "NNP"),
        ("Talks began between Turks and Russians.", "Turks", "NNPS"),
        ("A Russia-Iran meeting began.", "-", "HYPH"),
        ("Troops left Syria. Army units stayed.", "Syria", "NNP"),
    ],
)
def test_each_name_is_read_by_its_own_form(nlp: Language, text: str, word: str, tag: str) -> None:
    assert next(token for token in nlp(text) if token.text == word).tag_ == tag


def test_the_words_of_a_name_hang_on_its_last_one(nlp: Language) -> None:
    doc = nlp("Planes struck the Islamic State of Iraq and the Levant near Raqqa.")
    levant = next(token for token in doc if token.text == "Levant")
    assert levant.dep_ == "dobj"
    assert {token.text for token in levant.children if token.dep_ == "compound"} >= {"Islamic", "State", "Iraq"}
    assert levant.lemma_ == "Levant"


_PIECES = (*"aZ-.’ \n|&\u200b\u2011", "ISIS", "Syrian army", "al-Nusra", "U.S.", "’s", "Assad", "al-", "Iran")


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from(["", " "]))
def test_no_character_is_lost_where_names_give_way(nlp: Language, pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    plain = nlp.make_doc(text)
    doc = nlp(text)
    assert doc.text == text
    assert [(token.idx, token.text) for token in doc] == [(token.idx, token.text) for token in plain]
