"""Every entry of the lexicon of events is found in its own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.examples import wrong_in
from rashomon.coding.triggers import find_triggers
from rashomon.knowledge.files import Layers
from rashomon.knowledge.lexicon import Entry, Lexicon
from rashomon.knowledge.ontology import Ontology

LEXICON = Lexicon.load(Layers())


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda e: f"{e.type}-{e.order}")
def test_examples_have_their_trigger_and_parties(entry: Entry, parse: Callable[[str], Doc]) -> None:
    assert [(example, wrong) for example in entry.examples if (wrong := wrong_in(example, entry, LEXICON, parse))] == []


def test_every_entry_shows_what_it_is_not() -> None:
    assert [entry.type for entry in LEXICON.entries if not entry.counter_examples] == []


SHELL = next(entry for entry in LEXICON.entries if ("verb", ("shell",)) in entry.words)


@pytest.mark.parametrize(
    ("example", "wrong"),
    [
        ("[The militia] shelled {the barracks}.", None),
        ("{The militia} shelled [the barracks].", "'The militia' is not found as the one that it is done to"),
        ("[The militia] slept.", "the entry of shelling is not found in it, but nothing"),
        ("[The militia shelled {the barracks}.", "a mark is opened and not closed, or the other way round"),
    ],
)
def test_marks_that_do_not_hold_are_told(example: str, wrong: str | None, parse: Callable[[str], Doc]) -> None:
    assert wrong_in(example, SHELL, LEXICON, parse) == wrong


@pytest.mark.parametrize(
    ("entry", "example"),
    [(entry, example) for entry in LEXICON.entries for example in entry.counter_examples],
    ids=lambda e: f"{e.type}-{e.order}" if isinstance(e, Entry) else e,
)
def test_counter_examples_do_not_have_the_type(entry: Entry, example: str, parse: Callable[[str], Doc]) -> None:
    assert entry.type not in {trigger.entry.type for trigger in find_triggers(parse(example), LEXICON)}


def test_types_are_of_the_ontology() -> None:
    ontology = Ontology.load(Layers())
    assert {entry.type for entry in LEXICON.entries} <= {kind.id for kind in ontology}


def test_every_type_has_words() -> None:
    ontology = Ontology.load(Layers())
    assert {kind.id for kind in ontology} <= {entry.type for entry in LEXICON.entries}
