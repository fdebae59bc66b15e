"""From folders of hand-coded reports to the folder of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rashomon import __version__
from rashomon.coding.rules import RulesCoder
from rashomon.pipeline.workbench import Workbench
from rashomon.reading import ReadOptions
from rashomon.settings import Settings
from rashomon.training.choosing import Worth
from rashomon.training.examples import Gold, Watch, examples
from rashomon.training.fitting import library
from rashomon.training.folder import make, write
from rashomon.training.learning import learn


@dataclass(frozen=True, slots=True)
class Trained:
    """What came out: the version, how much it learned from, and what it is worth on parts that taught nothing."""

    version: str
    reports: int
    claims: int
    worth: Worth


def train(folders: Sequence[Path], output: Path, settings: Settings, seed: int, watch: Watch) -> Trained:
    """Trains a model and writes its folder. The same input gives the same model.

    Args:
        folders: hand-coded reports; see `Gold.read`.
        output: the folder of the model.
        settings: knowledge and gazetteer; which coder they ask for does not matter.
        seed: for what is drawn by lot.
        watch: is told how far it is.

    Raises:
        InputError: there is nothing to learn from.
        OutputError: the folder cannot be written.
        RashomonError: the libraries of the extra `train` are missing.
    """
    for name in ("lightgbm", "sklearn"):
        library(name)
    bench = Workbench.of(replace(settings, coder=RulesCoder.name))
    gold = Gold.read(folders, bench.knowledge, ReadOptions(layers=bench.layers))
    make(output)
    bench.settle()
    made, vocabulary = examples(gold, bench.knowledge, bench.parser, watch)
    claims = sum(map(len, gold.claims.values()))
    facts = sum(len(claim.facts) for hand in gold.claims.values() for claim in hand)
    learned = learn(made, bench.knowledge, claims, facts, seed, watch)
    about = {
        "Rashomon": __version__,
        "Knowledge": bench.knowledge.fingerprint,
        "Hand-coded reports": str(len(made)),
        "Hand-coded claims": str(claims),
        "Words beside the lexicon": str(len(vocabulary)),
        "Seed": str(seed),
    }
    config = write(output, learned, vocabulary, sorted(kind.id for kind in bench.knowledge.ontology), about)
    return Trained(config.version, len(made), claims, learned.worth)
