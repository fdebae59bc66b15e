"""How events stand: every example of the lexicon of verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.examples import status_in
from rashomon.knowledge.files import Layers
from rashomon.knowledge.lexicon import Lexicon, StatusExample
from rashomon.model import Status

LEXICON = Lexicon.load(Layers())


@pytest.mark.parametrize("example", LEXICON.verbs.examples, ids=lambda e: f"{e.status.value}: {e.sentence}")
def test_examples_stand_as_the_lexicon_says(example: StatusExample, parse: Callable[[str], Doc]) -> None:
    assert status_in(example.sentence, LEXICON, parse) is example.status


def test_every_status_has_examples() -> None:
    assert {example.status for example in LEXICON.verbs.examples} == set(Status)


def test_no_event_has_no_status(parse: Callable[[str], Doc]) -> None:
    assert status_in("The *weather* was fine.", LEXICON, parse) is None
