"""What every room's tests share."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from rashomon import knowledge as known
from rashomon import parsing
from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.model import Report
from rashomon.parsing import article, load_model


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """A file of knowledge is parsed once for the whole run while it stays the same; each reader has its own values."""
    parse, compose = KnowledgeFile.yaml, yaml.compose

    @lru_cache
    def values(file: KnowledgeFile) -> bytes:
        return pickle.dumps(parse(file))

    nodes: dict[bytes, yaml.Node | None] = {}  # which nobody changes

    def composed(data: bytes, Loader: type[yaml.SafeLoader]) -> yaml.Node | None:  # noqa: N803 - as yaml calls it
        if data not in nodes:
            nodes[data] = compose(data, Loader=Loader)
        return nodes[data]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnowledgeFile, "yaml", lambda file: pickle.loads(values(file)))
        patch.setattr(yaml, "compose", composed)
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language model, loaded once for the whole run."""
    return load_model()


@pytest.fixture
def one_model(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the test runs is served by the model of the whole run: to load it takes seconds and 250 MB."""
    load = parsing.load_model

    def served(layers: Layers | None = None, actors: Actors | None = None) -> Language:
        return nlp if layers in (None, Layers()) else load(layers, actors)

    monkeypatch.setattr(parsing, "load_model", served)


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
