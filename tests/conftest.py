"""What every room's tests share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from rashomon import knowledge as known
from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.model import Report
from rashomon.parsing import article, load_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language model, loaded once for the whole run."""
    return load_model()


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[[str], Doc]:
    """Parses one text."""
    return nlp


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The built-in knowledge, read once for the whole run."""
    return known.load()


@pytest.fixture(scope="session")
def coder(nlp: Language, knowledge: Knowledge) -> RulesCoder:
    """The rules coder over the built-in knowledge."""

    def parsed(report: Report) -> Doc:
        return nlp(article(report))

    return RulesCoder(knowledge, parsed)
