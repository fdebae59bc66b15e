"""Loads, checks and fingerprints the files of knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import KnowledgeFile, Layers, fingerprint
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.labels import LabelLexicon
from rashomon.knowledge.lexicon import Lexicon
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.outlets import Outlets
from rashomon.knowledge.quantitywords import QuantityLexicon
from rashomon.knowledge.signs import Signs
from rashomon.knowledge.speech import SpeechLexicon
from rashomon.knowledge.weaponwords import WeaponLexicon
from rashomon.knowledge.wordlists import NumberLexicon, TimeLexicon

__all__ = ["Knowledge", "load"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that Rashomon knows besides the reports.

    Attributes:
        fingerprint: the same for the same files on any machine; stored with every run.
    """

    ontology: Ontology
    lexicon: Lexicon
    signs: Signs
    speech: SpeechLexicon
    times: TimeLexicon
    quantities: QuantityLexicon
    weapons: WeaponLexicon
    labels: LabelLexicon
    actors: Actors
    gazetteer: Gazetteer
    outlets: Outlets
    fingerprint: str


def load(layers: Layers | None = None, imported: Path | None = None) -> Knowledge:
    """All knowledge of these layers.

    Args:
        layers: the folders to read; the built-in one alone where none are given.
        imported: the folder of gazetteer tables that the user imported, if any.

    Raises:
        KnowledgeError: a file is broken; the message names it.
    """
    layers = layers or Layers()
    numbers = NumberLexicon.load(layers)
    files = [*layers.files("**/*.yaml"), *layers.files("gazetteer/*.tsv")]
    if imported is not None:
        files += [KnowledgeFile(path, path.read_bytes()) for path in sorted(imported.glob("*.tsv"))]
    ontology, lexicon = Ontology.load(layers), Lexicon.load(layers)
    _check_types(ontology, lexicon)
    return Knowledge(
        ontology=ontology,
        lexicon=lexicon,
        signs=Signs.load(layers),
        speech=SpeechLexicon.load(layers),
        times=TimeLexicon.load(layers, numbers),
        quantities=QuantityLexicon.load(layers, numbers),
        weapons=WeaponLexicon.load(layers),
        labels=LabelLexicon.load(layers),
        actors=Actors.load(layers),
        gazetteer=Gazetteer.load(layers, imported),
        outlets=Outlets.load(layers),
        fingerprint=fingerprint(files),
    )


def _check_types(ontology: Ontology, lexicon: Lexicon) -> None:
    unknown = sorted({entry.type for entry in lexicon.entries if entry.type not in ontology})
    if unknown:
        raise KnowledgeError(
            f"words are given for types of event that the ontology does not have: {', '.join(unknown)}",
            where="lexicon/events",
            remedy="Add the type to ontology.yaml, or correct the entry",
        )
