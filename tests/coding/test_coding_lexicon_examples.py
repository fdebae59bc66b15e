"""Every entry of the lexicon of events is found in its own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.triggers import find_triggers
from rashomon.knowledge.files import Layers
from rashomon.knowledge.lexicon import Entry, Lexicon
from rashomon.knowledge.ontology import Ontology

LEXICON = Lexicon.load(Layers())


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda e: f"{e.type}-{e.order}")
def test_examples_have_their_trigger(entry: Entry, parse: Callable[[str], Doc]) -> None:
    for example in entry.examples:
        found = find_triggers(parse(example), LEXICON)
        assert entry.order in {t.entry.order for t in found}, (
            f"{example!r}: {[(t.head.text, t.entry.type, t.entry.order) for t in found]}"
        )


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
