"""From folders of hand-coded reports to the folder of a model."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rashomon import __version__
from rashomon.coding.learned.model import Model, read_config
from rashomon.coding.learned.scores import Reader
from rashomon.coding.rules import RulesCoder
from rashomon.evaluate import Evaluation
from rashomon.pipeline.coders import model_folder
from rashomon.pipeline.workbench import Workbench
from rashomon.reading import ReadOptions
from rashomon.settings import Settings
from rashomon.training.card import About, card
from rashomon.training.examples import Example, Gold, Watch, examples
from rashomon.training.fitting import library
from rashomon.training.folder import WORK, make, write
from rashomon.training.holding import hold
from rashomon.training.learning import PARTS, Study, learn
from rashomon.training.readers import files_of, reader_of, tune_all


@dataclass(frozen=True, slots=True)
class Wish:
    """What a training is to do.

    Attributes:
        folders: hand-coded reports; see `Gold.read`.
        output: the folder of the model.
        start: name or folder of a trained coder to go on from, or None.
        encoder: whether an encoder is tuned; one to go on from is kept as it is.
        seed: for what is drawn by lot.
        data: a sentence on the hand-coded reports, for the card.
    """

    folders: Sequence[Path]
    output: Path
    start: str | None = None
    encoder: bool = True
    seed: int = 0
    data: str = ""


@dataclass(frozen=True, slots=True)
class Trained:
    """What came out.

    Attributes:
        version: of the model.
        reports, claims: how much it learned from.
        held: what it is worth on parts that did not teach it.
        before: what the model to go on from was worth on the same reports, or None.
        left_out: what of the hand-coded reports could not be learned from, in words.
    """

    version: str
    reports: int
    claims: int
    held: Evaluation
    before: Evaluation | None
    left_out: tuple[str, ...]


def train(wish: Wish, settings: Settings, watch: Watch) -> Trained:
    """Trains a model and writes its folder. The same input gives the same model.

    Args:
        wish: what is to be done.
        settings: knowledge, gazetteer, how many processes; which coder they ask for does not matter.
        watch: is told how far it is.

    Raises:
        InputError: there is nothing to learn from, or no model to go on from.
        OutputError: the folder cannot be written.
        RashomonError: libraries of the extra `train` are missing.
    """
    for name in ("lightgbm", "sklearn"):
        library(name)
    start = model_folder(wish.start) if wish.start is not None else None
    begun = Model.load(start) if start is not None else None
    bench = Workbench.of(replace(settings, coder=RulesCoder.name))
    gold = Gold.read(wish.folders, bench.knowledge, ReadOptions(layers=bench.layers))
    make(wish.output)
    bench.settle()
    known = begun.vocabulary if begun is not None else None
    made, vocabulary = examples(gold, bench.knowledge, bench.parser, known, watch)
    types = read_config(start).types if start is not None else sorted(kind.id for kind in bench.knowledge.ontology)
    if begun is not None and start is not None:
        files, readers = files_of(start), [begun.reader] * (PARTS + 1)
    elif wish.encoder:
        tuned = tune_all(made, PARTS, types, wish.seed, wish.output / WORK, settings.workers, watch)
        files, readers = tuned[-1], [reader_of(one, types) for one in tuned]
    else:
        files, readers = None, [None] * (PARTS + 1)
    made = [_read(example, readers[number % PARTS], number, len(made), watch) for number, example in enumerate(made)]
    study = Study(
        examples=made,
        knowledge=bench.knowledge,
        vocabulary=vocabulary,
        facts=sum(len(claim.facts) for hand in gold.claims.values() for claim in hand),
        readers=readers,
        start=begun,
        seed=wish.seed,
    )
    learned = learn(study, watch)
    left_out = (*gold.left_out, *_unheard(made, gold))
    held = hold(made, lambda n: learned.parts[n % PARTS], gold, bench.knowledge, bench.resolver, watch)
    before = hold(made, lambda _: begun, gold, bench.knowledge, bench.resolver, watch) if begun is not None else None
    about = About(
        rashomon=__version__,
        knowledge=bench.knowledge.fingerprint,
        start=begun.version if begun is not None else None,
        reports=len(made),
        claims=sum(map(len, gold.claims.values())),
        seed=wish.seed,
        data=wish.data,
    )
    version = write(
        wish.output, learned, types, files, lambda version, size: card(version, size, about, learned.model, held)
    )
    shutil.rmtree(wish.output / WORK, ignore_errors=True)
    return Trained(
        version, about.reports, about.claims, held.whole, before.whole if before is not None else None, left_out
    )


def _read(example: Example, reader: Reader | None, number: int, total: int, watch: Watch) -> Example:
    watch("reading", number, total)
    return example.read_by(reader) if reader is not None else example


def _unheard(examples: Sequence[Example], gold: Gold) -> list[str]:
    """Of claims that taught nothing, how many there are."""
    every = sum(map(len, gold.claims.values()))
    lost = every - sum(len(example.triggers) for example in examples)
    without = every - lost - sum(hand is not None for example in examples for hand in example.hands)
    told = [(lost, "whose words are not in their report"), (without, "on words that no coder proposes")]
    return [f"{number} of {every} hand-coded claims taught nothing: claims {why}" for number, why in told if number > 0]
