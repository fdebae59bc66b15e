"""Writes a model's folder."""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from rashomon.coding.learned.candidates import Vocabulary
from rashomon.coding.learned.heads import Columns
from rashomon.coding.learned.model import (
    ARRAYS,
    CONFIG,
    ColumnsRow,
    Config,
    LinearColumnRow,
    RatesRow,
)
from rashomon.errors import OutputError
from rashomon.knowledge.lexicon import PartOfSpeech
from rashomon.training.learning import Learned
from rashomon.training.lessons import STATUSES

CARD = "README.md"
_VERSION = 8  # characters of the fingerprint that a model is called by


def make(folder: Path) -> None:
    """Makes the folder, before the long work whose result it is for.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror})") from error


def write(folder: Path, learned: Learned, vocabulary: Vocabulary, types: list[str], about: Mapping[str, str]) -> Config:
    """Writes config.json, heads.npz and a model card; returns what stands in config.json.

    Args:
        folder: stands already; see `make`.
        learned: what was learned.
        vocabulary: words that no lexicon knows.
        types: all types.
        about: what the card says of where the model comes from, by heading of a row.

    Raises:
        OutputError: the folder cannot be written.
    """
    arrays = _arrays(learned)
    config = _config(learned, vocabulary, types)
    version = hashlib.sha256(config.model_dump_json().encode() + arrays).hexdigest()[:_VERSION]
    config = config.model_copy(update={"version": version})
    try:
        (folder / ARRAYS).write_bytes(arrays)
        (folder / CONFIG).write_text(config.model_dump_json(indent=1) + "\n", encoding="utf-8")
        (folder / CARD).write_text(card(config, learned, about), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error
    return config


def _arrays(learned: Learned) -> bytes:
    heads = learned.heads
    made: dict[str, Any] = {"status.weights": heads.status.weights, "status.offsets": heads.status.offsets}
    for name, head in heads.trees.items():
        made |= head.trees.arrays(name)
    file = io.BytesIO()
    np.savez_compressed(file, **made)
    return file.getvalue()


def _config(learned: Learned, vocabulary: Vocabulary, types: list[str]) -> Config:
    heads = learned.heads
    words: defaultdict[PartOfSpeech, dict[str, str]] = defaultdict(dict)
    for (part, lemma), kind in sorted(vocabulary.items()):
        words[part][lemma] = kind
    return Config(
        format=1,
        version="",
        types=types,
        statuses=list(STATUSES),
        vocabulary=dict(words),
        columns={name: _columns(head.columns) for name, head in heads.trees.items()},
        status=[
            LinearColumnRow(feature=one.feature, equals=one.equals, scale=one.scale, missing=one.missing)
            for one in heads.status.columns
        ],
        rates={rate.feature: RatesRow(usual=rate.usual, seen=dict(rate.seen)) for rate in heads.rates},
        thresholds=learned.thresholds,
        calibration=learned.calibration,
    )


def _columns(columns: Columns) -> ColumnsRow:
    words = {
        name: [str(word) for word in sorted(known, key=lambda w: known[w])] for name, known in columns.words.items()
    }
    return ColumnsRow(numbers=list(columns.numbers), words=words)


def card(config: Config, learned: Learned, about: Mapping[str, str]) -> str:
    """The model card, in Markdown."""
    least = config.thresholds
    facts = {
        **about,
        "F1 of claims found, on parts that taught nothing": f"{learned.worth.found:.3f}",
        "F1 of all facts, on parts that taught nothing": f"{learned.worth.facts:.3f}",
        "Claim from a probability of": f"{least.claim:g}",
        "Encoder": "none",
    }
    rows = "".join(f"| {name} | {value} |\n" for name, value in facts.items())
    return f"""# Model `learned/{config.version}`

Decides which mentions of events are claims of a report and what belongs to them; the rules of Rashomon propose. Written
by `rashomon train`. No column of it says who somebody is or which outlet tells it.

| | |
|---|---|
{rows}
Use: set `coder` to this folder. Meant for English reports of the armed conflict that it was trained on; on others its
probabilities are not tested. Scores are of this training set alone, thresholds were chosen on the same parts, so they
are a little too good: measure on reports held back with `rashomon evaluate`.
"""
