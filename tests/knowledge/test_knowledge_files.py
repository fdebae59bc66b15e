"""What a site lays over the built-in knowledge: it adds, it replaces, and where it is broken that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon import knowledge as known
from rashomon.errors import KnowledgeError
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint
from rashomon.knowledge.lexicon import Lexicon
from rashomon.knowledge.ontology import Ontology


def write(folder: Path, name: str, text: str) -> Layers:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Layers.over_built_in(folder)


def test_a_site_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such folder"):
        Layers.over_built_in(tmp_path / "nowhere")


def test_without_a_site_the_built_in_knowledge_stands() -> None:
    assert Layers.over_built_in(None) == Layers()


def test_lower_layers_come_first(tmp_path: Path) -> None:
    layers = write(tmp_path, "ontology.yaml", "families: {}\n")
    assert [file.path.parent for file in layers.files("ontology.yaml")][1:] == [tmp_path]


def test_broken_yaml_names_file_and_line(tmp_path: Path) -> None:
    layers = write(tmp_path, "ontology.yaml", "families:\n  a: [b\ntypes: {}\n")
    with pytest.raises(KnowledgeError, match=r"ontology\.yaml:\d+: not YAML"):
        Ontology.load(layers)


def test_the_fingerprint_knows_contents_and_no_folders(tmp_path: Path) -> None:
    one = KnowledgeFile(Path("/here/words.yaml"), b"a")
    same = KnowledgeFile(Path("/there/words.yaml"), b"a")
    other = KnowledgeFile(Path("/here/words.yaml"), b"b")
    assert fingerprint([one]) == fingerprint([same]) != fingerprint([other])
    assert fingerprint([one, other]) != fingerprint([other, one])


def test_the_fingerprint_of_all_changes_with_a_site(tmp_path: Path, knowledge: Knowledge) -> None:
    layers = write(tmp_path, "lexicon/classes.yaml", "classes:\n  vehicle: [amphibian]\n")
    changed = known.load(layers)
    assert changed.fingerprint != knowledge.fingerprint
    assert changed.lexicon.is_a("amphibian", "vehicle")
    assert changed.lexicon.is_a("tank", "vehicle")


# --- the ontology ---------------------------------------------------------------------------------------------------


def test_every_type_has_a_family_and_a_meaning(knowledge: Knowledge) -> None:
    assert len(knowledge.ontology) == 36
    for kind in knowledge.ontology:
        assert kind.family in knowledge.ontology.families
        assert kind.meaning
    assert [kind.order for kind in knowledge.ontology] == list(range(36))


def test_the_forms_that_types_take(knowledge: Knowledge) -> None:
    types = list(knowledge.ontology)
    assert {t.id for t in types if t.two_sided} == {"armed_clash", "talks", "agreement", "ceasefire"}
    assert {t.id for t in types if t.speech} == {
        "demand", "threat", "offer", "rejection", "accusation", "endorsement"
    }  # fmt: skip
    assert {t.id for t in types if t.movers} == {"evacuation", "displacement"}
    assert {t.id for t in types if t.holds_place} == {"siege", "capture", "control", "handover"}


def test_a_site_adds_a_type_and_replaces_one(tmp_path: Path) -> None:
    text = "types:\n  election: {family: politics, is: a vote}\n  siege: {family: violence, is: ringed round}\n"
    ontology = Ontology.load(write(tmp_path, "ontology.yaml", text))
    assert ontology["election"].meaning == "a vote"
    assert ontology["siege"].meaning == "ringed round"
    assert len(ontology) == 37
    assert "election" in ontology


@pytest.mark.parametrize(
    "text", ["[]", "types: {vote: {}}", "types: {vote: 3}", "types: {vote: {family: a, colour: b}}"]
)
def test_a_broken_ontology_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(KnowledgeError, match=r"ontology\.yaml"):
        Ontology.load(write(tmp_path, "ontology.yaml", text))


# --- the lexicon ----------------------------------------------------------------------------------------------------


def test_a_site_adds_words_for_an_event(tmp_path: Path) -> None:
    text = "- type: shelling\n  verbs: [mortarize]\n  examples: [Rebels mortarized the base.]\n"
    lexicon = Lexicon.load(write(tmp_path, "lexicon/events/site.yaml", text))
    assert [entry.type for _, entry in lexicon.candidates("verb", "mortarize")] == ["shelling"]
    assert lexicon.candidates("verb", "shell")


def test_a_later_layer_says_what_a_verb_means(tmp_path: Path) -> None:
    lexicon = Lexicon.load(write(tmp_path, "lexicon/verbs.yaml", "aspect:\n  planned: [envisage]\nshells: [flurry]\n"))
    assert lexicon.verbs.aspect["envisage"] == "planned"
    assert lexicon.verbs.aspect["prepare"] == "planned"
    assert {"flurry", "series"} <= lexicon.verbs.shells


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("lexicon/events/site.yaml", "type: shelling", "no list of entries"),
        ("lexicon/events/site.yaml", "- {type: shelling, verbs: [shell]}", "entry 1: examples"),
        ("lexicon/events/site.yaml", "- {type: shelling, examples: [], frame: odd}", "entry 1: frame"),
        ("lexicon/events/site.yaml", "- {type: shelling, examples: [], status: maybe}", "entry 1: status"),
        ("lexicon/events/site.yaml", "- {type: shelling, examples: [], colour: red}", "entry 1: colour"),
        ("lexicon/classes.yaml", "[]", "no mapping `classes`"),
        ("lexicon/classes.yaml", "classes: {people: man}", "classes.people: no list of words"),
        ("lexicon/verbs.yaml", "[]", "the whole file"),
        ("lexicon/verbs.yaml", "aspect: {maybe: [x]}", "aspect"),
        ("lexicon/verbs.yaml", "carriers: [launch]", "carriers"),
    ],
)
def test_a_broken_lexicon_names_file_and_entry(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        Lexicon.load(write(tmp_path, name, text))
    assert f"{name}: " in str(caught.value)
    assert message in str(caught.value)


def test_words_for_an_event_that_there_is_not(tmp_path: Path) -> None:
    text = "- {type: earthquake, nouns: [quake], examples: [A quake shook Homs.]}"
    with pytest.raises(KnowledgeError, match="earthquake"):
        known.load(write(tmp_path, "lexicon/events/site.yaml", text))
