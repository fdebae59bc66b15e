"""Writes a model's folder."""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.coding.learned.encoder import ENCODER, TOKENIZER, Limits
from rashomon.coding.learned.heads import Columns
from rashomon.coding.learned.model import (
    ARRAYS,
    CONFIG,
    ColumnsRow,
    Config,
    EncoderRow,
    LinearColumnRow,
    Model,
    RatesRow,
)
from rashomon.errors import OutputError
from rashomon.knowledge.lexicon import PartOfSpeech
from rashomon.training.learning import Learned
from rashomon.training.lessons import STATUSES

CARD = "README.md"
WORK = "unfinished"
"""The folder, in that of the model, where a training that is not done keeps what it has."""

_VERSION = 8  # characters of the fingerprint that a model is called by


@dataclass(frozen=True, slots=True)
class Reads:
    """How an encoder reads; see `Encoder`. `source_kinds` are the classes of its speakers."""

    stand_ins: Mapping[str, str]
    limits: Limits
    source_kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Files:
    """What a model with an encoder has besides: the network as ONNX, the tokenizer, the arrays of what stands on it."""

    network: bytes
    tokenizer: bytes
    arrays: Mapping[str, NDArray[Any]]
    settings: Reads


def make(folder: Path) -> None:
    """Makes the folder, before the long work whose result it is for.

    Raises:
        OutputError: it cannot be made, or holds files that are no model's.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not ((folder / CONFIG).exists() or (folder / WORK).exists()):
            raise OutputError(f"{folder}: there are files in it that are no model's; name another folder")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror})") from error


def write(
    folder: Path, learned: Learned, types: Sequence[str], files: Files | None, card: Callable[[str, int], str]
) -> str:
    """Writes the files of a model; returns its version.

    Args:
        folder: stands already; see `make`.
        learned: what was learned.
        types: all types.
        files: those of its encoder, or None for a model without.
        card: makes the model card, from the version and the bytes of all other files.

    Raises:
        OutputError: the folder cannot be written.
    """
    arrays = _arrays(learned.model, files)
    config = _config(learned.model, types, files).model_copy(update={"arrays": hashlib.sha256(arrays).hexdigest()})
    version = hashlib.sha256(config.model_dump_json().encode()).hexdigest()[:_VERSION]
    config = config.model_copy(update={"version": version})
    content = {ARRAYS: arrays}
    if files is not None:
        content |= {ENCODER: files.network, TOKENIZER: files.tokenizer}
    content[CARD] = card(version, sum(map(len, content.values()))).encode()
    try:
        for name in (CONFIG, ENCODER, TOKENIZER):  # of a model that stood here before: without config.json it is none
            (folder / name).unlink(missing_ok=True)
        for name, data in content.items():
            _replace(folder / name, data)
        _replace(
            folder / CONFIG, f"{config.model_dump_json(indent=1)}\n".encode()
        )  # last: without it there is no model
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error
    return version


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(data)
    new.replace(path)


def _arrays(model: Model, files: Files | None) -> bytes:
    made: dict[str, Any] = {"status.weights": model.status.weights, "status.offsets": model.status.offsets}
    for name, head in model.heads.items():
        made |= head.trees.arrays(name)
    made |= files.arrays if files is not None else {}
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **made)
    return file.getvalue()


def _config(model: Model, types: Sequence[str], files: Files | None) -> Config:
    words: defaultdict[PartOfSpeech, dict[str, str]] = defaultdict(dict)
    for (part, lemma), kind in sorted(model.vocabulary.items()):
        words[part][lemma] = kind
    return Config(
        format=2,
        version="",
        arrays="",
        types=list(types),
        statuses=list(STATUSES),
        vocabulary=dict(words),
        columns={name: _columns(head.columns) for name, head in model.heads.items()},
        status=[LinearColumnRow(feature=one.feature, equals=one.equals) for one in model.status.columns],
        rates={rate.feature: RatesRow(usual=rate.usual, seen=dict(rate.seen)) for rate in model.rates},
        thresholds=model.thresholds,
        calibration=model.calibration,
        encoder=_encoder(model, files) if files is not None else None,
    )


def _encoder(model: Model, files: Files) -> EncoderRow:
    read = files.settings
    return EncoderRow(
        hashes={
            ENCODER: hashlib.sha256(files.network).hexdigest(),
            TOKENIZER: hashlib.sha256(files.tokenizer).hexdigest(),
        },
        stand_ins=dict(read.stand_ins),
        together=read.limits.together,
        at_most=read.limits.at_most,
        of_word=read.limits.of_word,
        source_kinds=list(read.source_kinds),
        prior_of_added=model.prior_of_added,
    )


def _columns(columns: Columns) -> ColumnsRow:
    words = {
        name: [str(word) for word in sorted(known, key=lambda w: known[w])] for name, known in columns.words.items()
    }
    return ColumnsRow(numbers=list(columns.numbers), words=words)
