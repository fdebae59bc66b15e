"""Every loaded word is found in its own examples, neutral ones never; and for whom it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from rashomon.coding.labels import FoundLabel, find_labels
from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.labels import LabelEntry, LabelLexicon

LEXICON = LabelLexicon.load(Layers())


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda e: "-".join(e.words[0]))
def test_examples_have_their_label(entry: LabelEntry, parse: Callable[[str], Doc]) -> None:
    assert any("[" in example for example in entry.examples), "no example"
    assert any("[" not in example for example in entry.examples), "no example of what it is not"
    for example in entry.examples:
        wanted = [example[example.index("[") + 1 : example.index("]")]] if "[" in example else []
        text = example.replace("[", "").replace("]", "")
        found = find_labels(parse(text), LEXICON)
        assert [label.text for label in found] == wanted
        assert all(label.span.of(text) == label.text for label in found)


def test_every_label_has_a_neutral_gloss() -> None:
    assert [entry.words for entry in LEXICON.entries if not entry.gloss] == []
    loaded = {words for entry in LEXICON.entries for words in entry.words}
    for entry in LEXICON.entries:
        assert not {(word,) for word in re.findall(r"\w+", entry.gloss.casefold())} & loaded, entry.gloss


@pytest.mark.parametrize(
    ("label", "gloss"),
    [("regime", "government"), ("Takfiri", "Sunni Islamist fighter"), ("Foreign-backed", "said to have support")],
)
def test_the_gloss_of_a_word_as_it_is_written(label: str, gloss: str) -> None:
    assert LEXICON.gloss(label).startswith(gloss)


def test_a_word_that_is_no_label_has_no_gloss() -> None:
    assert LEXICON.gloss("army") == LEXICON.gloss("") == ""


@pytest.mark.parametrize("word", LEXICON.neutral)
def test_neutral_words_are_no_labels(word: str, parse: Callable[[str], Doc]) -> None:
    assert not find_labels(parse(f"The {word} left the town at noon."), LEXICON)


def the_label(text: str, parse: Callable[[str], Doc]) -> tuple[FoundLabel, str]:
    doc = parse(text)
    [label] = find_labels(doc, LEXICON)
    return label, doc[label.phrase_start : label.phrase_end].text


def test_a_noun_stands_for_its_phrase(parse: Callable[[str], Doc]) -> None:
    label, phrase = the_label("The army shelled the terrorists near the dam.", parse)
    assert (phrase, label.doer) == ("the terrorists", False)


def test_an_adjective_stands_for_the_noun_that_it_describes(parse: Callable[[str], Doc]) -> None:
    label, phrase = the_label("The foreign-backed militants fled at dawn.", parse)
    assert phrase.endswith("militants")
    assert not label.doer


def test_a_described_deed_stands_for_its_doer(parse: Callable[[str], Doc]) -> None:
    label, phrase = the_label("The council denounced the brutal raid by the army.", parse)
    assert (phrase, label.doer) == ("raid", True)


def test_liberating_stands_for_the_doer(parse: Callable[[str], Doc]) -> None:
    label, phrase = the_label("The soldiers liberated the village.", parse)
    assert (phrase, label.doer) == ("liberated", True)


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "labels.yaml").write_text("labels:\n- words: [vile]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="vile"):
        LabelLexicon.load(Layers.over_built_in(tmp_path))
