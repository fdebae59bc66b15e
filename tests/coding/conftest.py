"""What the tests of coding share."""

from __future__ import annotations

import pytest
from coding_bench import Bench
from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.resolving import Resolver


@pytest.fixture(scope="session")
def bench(nlp: Language, coder: RulesCoder, knowledge: Knowledge) -> Bench:
    """The coder with all that it stands on."""
    return Bench(nlp, coder, Resolver(knowledge))
