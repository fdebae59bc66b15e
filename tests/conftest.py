"""What every room's tests share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from rashomon.parsing import load_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language model, loaded once for the whole run."""
    return load_model()


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[[str], Doc]:
    """Parses one text."""
    return nlp
