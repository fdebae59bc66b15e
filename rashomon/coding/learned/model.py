"""A model's folder: what was learned from hand-coded reports, as files.

- config.json: classes, vocabularies, columns of the heads, thresholds, calibration.
- heads.npz: the trees and layers.
- encoder.onnx, tokenizer.json: only where the model has an encoder.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.coding.learned.candidates import Vocabulary
from rashomon.coding.learned.encoder import Encoder, Limits
from rashomon.coding.learned.heads import Columns, LinearColumn, LinearHead, Rates, TreeHead
from rashomon.coding.learned.scores import Reader
from rashomon.coding.learned.trees import Doubles, Trees
from rashomon.errors import InputError
from rashomon.knowledge.lexicon import PartOfSpeech

CONFIG, ARRAYS = "config.json", "heads.npz"
FORMAT = 2
"""Raise it when a folder that was written before cannot be read any more, or features get another meaning."""

TREE_HEADS = ("claim", "typed", "actor", "target", "place", "time", "quantity", "source")
_COPY = "Copy the whole folder of the model anew, or train it anew with `rashomon train`"

_NEAR_NEVER = 1e-4  # what is nearer to 0 or 1 is not told apart

Arrays = Mapping[str, npt.NDArray[Any]]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnsRow(_Row):
    """The columns of a head of trees: names of numbers, and of words with those that count, in their order."""

    numbers: list[str]
    words: dict[str, list[str]]


class LinearColumnRow(_Row):
    """A column of the head of status; see `LinearColumn`."""

    feature: str
    equals: bool | float | str | None = None


class RatesRow(_Row):
    """How often words were claims: the rate of any word, and of those seen their rate and number."""

    usual: float
    seen: dict[str, tuple[float, float]]


class Thresholds(_Row):
    """From which probability on a candidate is a claim; and claim and argument together, an argument of it."""

    claim: float
    actor: float
    target: float
    place: float
    time: float
    quantity: float


class Calibration(_Row):
    """From what two heads say of a claim to how often it is one of its type: a plane through their log-odds.

    Attributes:
        slope: of the probability that it is a claim. of_type: of the probability that it is one of its type.
    """

    slope: float = 1.0
    of_type: float = 0.0
    offset: float = 0.0


class EncoderRow(_Row):
    """How the encoder reads, and the classes that stand on it; `hashes` are SHA-256 of its files."""

    hashes: dict[str, str]
    stand_ins: dict[str, str]
    together: int
    at_most: int
    of_word: int
    source_kinds: list[str]
    prior_of_added: float


class Config(_Row):
    """config.json as it stands there.

    Attributes:
        format: of the folder. version: of the model; claims carry it. arrays: SHA-256 of heads.npz.
        vocabulary: by part of speech and lemma the type of words that no lexicon knows.
        columns: of each head of trees. status: columns of the head of status.
        rates: by feature.
    """

    format: Literal[2]
    version: str
    arrays: str
    types: list[str]
    statuses: list[str]
    vocabulary: dict[PartOfSpeech, dict[str, str]]
    columns: dict[str, ColumnsRow]
    status: list[LinearColumnRow]
    rates: dict[str, RatesRow]
    thresholds: Thresholds
    calibration: Calibration
    encoder: EncoderRow | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned.

    Attributes:
        version: changes with every training.
        heads: those of `TREE_HEADS`.
        reader: the encoder with what stands on it, or None in a model without.
        prior_of_added: what speaks for the type that a word of the vocabulary had, as a logarithm of odds.
    """

    version: str
    vocabulary: Vocabulary
    heads: Mapping[str, TreeHead]
    status: LinearHead
    rates: tuple[Rates, ...]
    thresholds: Thresholds
    calibration: Calibration
    reader: Reader | None
    prior_of_added: float = 0.0

    @classmethod
    def load(cls, folder: Path) -> Model:
        """The model of a folder.

        Raises:
            InputError: a file is missing, broken or of another version; the message names it.
        """
        config = read_config(folder)
        arrays = read_arrays(folder, config.arrays)
        try:
            return cls.of(config, arrays, _reader(config, arrays, folder))
        except (KeyError, ValueError, TypeError) as error:
            raise InputError(
                f"the arrays do not fit {CONFIG} ({error})", where=folder / ARRAYS, remedy=_COPY
            ) from error

    @classmethod
    def of(cls, config: Config, arrays: Arrays, reader: Reader | None) -> Model:
        """The model that these settings and arrays make.

        Raises:
            KeyError: an array or the columns of a head are missing.
            ValueError: arrays do not fit each other.
        """
        return cls(
            version=config.version,
            vocabulary={
                (part, lemma): kind for part, words in config.vocabulary.items() for lemma, kind in words.items()
            },
            heads={name: TreeHead(_columns(config.columns[name]), Trees.of(arrays, name)) for name in TREE_HEADS},
            status=LinearHead(
                tuple(config.statuses),
                tuple(LinearColumn(row.feature, row.equals) for row in config.status),
                np.asarray(arrays["status.weights"], dtype=np.float64),
                np.asarray(arrays["status.offsets"], dtype=np.float64),
            ),
            rates=tuple(Rates(name, row.usual, row.seen) for name, row in config.rates.items()),
            thresholds=config.thresholds,
            calibration=config.calibration,
            reader=reader,
            prior_of_added=config.encoder.prior_of_added if config.encoder else 0.0,
        )

    def calibrated(self, chance: float, typed: float) -> float:
        """How often a claim of its type is one that has these probabilities of being one, and one of its type."""
        by, both = self.calibration, log_odds(np.array([chance, typed]))
        return float(1 / (1 + np.exp(-(by.slope * both[0] + by.of_type * both[1] + by.offset))))


def log_odds(chances: Doubles) -> Doubles:
    """The logarithms of the odds of probabilities; those near 0 and 1 are held."""
    held = np.clip(chances, _NEAR_NEVER, 1 - _NEAR_NEVER)
    found: Doubles = np.log(held / (1 - held))
    return found


def _columns(row: ColumnsRow) -> Columns:
    return Columns(
        tuple(row.numbers), {name: {word: n for n, word in enumerate(words)} for name, words in row.words.items()}
    )


def read_config(folder: Path) -> Config:
    """What stands in config.json.

    Raises:
        InputError: it is missing, broken or of another version.
    """
    path = folder / CONFIG
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError("there is no model here", where=path, remedy="Name the folder of a trained model") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the model cannot be read ({error})", where=path, remedy=_COPY) from error
    try:
        return Config.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        if field == "format":
            raise InputError(
                f"the model is of another version of Rashomon than this one, which reads format {FORMAT}",
                where=path,
                remedy="Train it anew with `rashomon train`",
            ) from error
        raise InputError(f"`{field}`: {first['msg']}", where=path, remedy=_COPY) from error


def read_arrays(folder: Path, wanted: str) -> Arrays:
    """What stands in heads.npz.

    Raises:
        InputError: it is missing, broken, or has not the SHA-256 that is wanted.
    """
    path = folder / ARRAYS
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != wanted:
            raise InputError("these are not the heads that the model was trained with", where=path, remedy=_COPY)
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except FileNotFoundError as error:
        raise InputError("the heads of the model are missing", where=path, remedy=_COPY) from error
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise InputError(f"the heads of the model cannot be read ({error})", where=path, remedy=_COPY) from error


def _reader(config: Config, arrays: Arrays, folder: Path) -> Reader | None:
    row = config.encoder
    if row is None:
        return None
    limits = Limits(row.together, row.at_most, row.of_word)
    encoder = Encoder.load(folder, row.hashes, row.stand_ins, limits)
    if arrays["type.outer"].shape[0] != len(config.types) + 1:
        raise ValueError("the encoder knows other types than the model")
    return Reader.of(encoder, arrays, config.types, config.statuses, row.source_kinds)
