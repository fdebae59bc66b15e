"""The lexicon of speech: every example in the built-in file, layers over it, and files that are broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import BUILT_IN as BUILT_IN_FOLDER
from rashomon.knowledge.files import Layers
from rashomon.knowledge.speech import Needs, SpeechLexicon
from rashomon.model import SourceKind

BUILT_IN = SpeechLexicon.load(Layers())
KINDS = [(row.kind, example) for row in BUILT_IN.kinds for example in row.examples]


def site(folder: Path, content: str) -> Layers:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "speech.yaml").write_text(content, encoding="utf-8")
    return Layers.over_built_in(folder)


@pytest.mark.parametrize(("kind", "words"), KINDS, ids=[words for _, words in KINDS])
def test_examples_of_kinds(kind: SourceKind, words: str) -> None:
    assert BUILT_IN.kind_of(words) is kind


def test_every_kind_has_an_example() -> None:
    assert {kind for kind, _ in KINDS} == set(SourceKind)


def test_every_row_and_verb_has_an_example() -> None:
    assert [row.kind for row in BUILT_IN.kinds if not row.examples] == []
    assert [verb.lemma for verb in BUILT_IN.verbs.values() if not verb.examples] == []


def test_nothing_stands_twice_in_the_built_in_file() -> None:
    text = (BUILT_IN_FOLDER / "lexicon" / "speech.yaml").read_text("utf-8")
    keys = re.findall(r"^([a-z_]+):", text, re.MULTILINE)
    lemmas = re.findall(r"^  - \{lemma: (\w+)", text.split("\nnouns:")[0], re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert len(lemmas) == len(set(lemmas))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the US", SourceKind.GOVERNMENT),
        ("us", None),
        ("IS", SourceKind.ARMED_GROUP),
        ("what it is", None),
        ("the rebel-held town's doctors", SourceKind.RESCUE),
        ("an anti-government monitor", SourceKind.MONITOR),
        ("Turkey’s foreign ministry", SourceKind.GOVERNMENT),
        ("the Observatorys director", SourceKind.MONITOR),
        ("somebody", None),
    ],
)
def test_kind_of(words: str, kind: SourceKind | None) -> None:
    assert BUILT_IN.kind_of(words) is kind


def test_a_site_adds_its_own(tmp_path: Path) -> None:
    layers = site(
        tmp_path,
        "verbs: [{lemma: murmur, needs: none}]\n"
        "kinds: [{kind: monitor, names: [river watch], examples: [River Watch]}]\n",
    )
    lexicon = SpeechLexicon.load(layers)
    verb = lexicon.verb("murmur", "murmured")
    assert verb is not None
    assert verb.needs is Needs.NONE
    assert lexicon.kind_of("a volunteer of River Watch") is SourceKind.MONITOR
    assert lexicon.kind_of("a military source") is SourceKind.MILITARY
    assert lexicon.fingerprint != BUILT_IN.fingerprint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("- a\n- b\n", "not a table"),
        ("verbs: {say: yes}\n", "'verbs' is not a list"),
        ("verbs: [say]\n", "entry 1 of 'verbs'"),
        ("verbs: [{frame: say}]\n", "no 'lemma'"),
        ("verbs: [{lemma: murmur, frame: sing}]\n", "murmur"),
        ("kinds: [{kind: prophet, names: [x]}]\n", "no such kind of source: 'prophet'"),
        ("kinds: [{kind: media, names: [yes]}]\n", "must be a list of words"),
        ("verbs: [\n", "not YAML"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=r"speech\.yaml") as error:
        SpeechLexicon.load(site(tmp_path, content))
    assert says in str(error.value)
