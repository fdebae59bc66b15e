"""The encoder: from the words of a report to one vector for each, names of actors hidden from it.

It reads whole sentences, as many together as fit. Where somebody of the file of actors is named, it reads what kind of
body that is, so that it cannot tell one side from the other.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from rashomon.coding.learned.hiding import Hidden
from rashomon.coding.learned.trees import Floats
from rashomon.coding.learned.words import Words
from rashomon.errors import InputError, RashomonError

if TYPE_CHECKING:  # a model without an encoder needs neither
    import onnxruntime
    from tokenizers import Tokenizer

ENCODER, TOKENIZER = "encoder.onnx", "tokenizer.json"
_BEGIN, _END = "[CLS]", "[SEP]"
_REMEMBERED = 1 << 16  # words


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the encoder reads at once.

    Attributes:
        together: pieces of words in a run of sentences. at_most: the same of one sentence that alone is longer.
        of_word: pieces of one word that are read.
    """

    together: int = 240
    at_most: int = 500
    of_word: int = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of sentences as the encoder reads it.

    Attributes:
        pieces: numbers of the pieces of words, begin and end marked.
        tokens: the tokens of the document that it shows.
        bounds: for each of them its pieces, end exclusive.
    """

    pieces: tuple[int, ...]
    tokens: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ReadStretch:
    """What the encoder made of a stretch: the tokens with one vector each; `at` finds a token's row."""

    tokens: tuple[int, ...]
    at: Mapping[int, int]
    states: Floats


class Encoder:
    """Reads documents.

    Args:
        session: the network. tokenizer: takes words apart.
        stand_ins: for each coarse kind of actor the word that is read for its name; names of other kinds are read.
        limits: how much is read at once.
    """

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        tokenizer: Tokenizer,
        stand_ins: Mapping[str, str],
        limits: Limits,
    ) -> None:
        self._session = session
        self._cutter = Cutter(tokenizer, stand_ins, limits)

    @classmethod
    def load(cls, folder: Path, hashes: Mapping[str, str], stand_ins: Mapping[str, str], limits: Limits) -> Encoder:
        """The encoder of a model's folder.

        Args:
            folder: where its files are.
            hashes: SHA-256 of each, as hex.
            stand_ins: as above.
            limits: as above.

        Raises:
            InputError: a file is missing or not the one that was trained.
            RashomonError: a library that encoders need is not installed.
        """
        cutter, network = (_content(folder / name, hashes[name]) for name in (TOKENIZER, ENCODER))
        return cls.of(network, cutter, stand_ins, limits)

    @classmethod
    def of(cls, network: bytes, tokenizer: bytes, stand_ins: Mapping[str, str], limits: Limits) -> Encoder:
        """The encoder that these files make.

        Args:
            network: as ONNX.
            tokenizer: as JSON.
            stand_ins: as above.
            limits: as above.

        Raises:
            RashomonError: a library that encoders need is not installed.
        """
        onnxruntime = _library("onnxruntime")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers share the cores, and sums keep order
        session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        return cls(session, tokenizer_of(tokenizer), stand_ins, limits)

    def read(self, words: Words, names: Mapping[int, Hidden]) -> list[ReadStretch]:
        """Each stretch of a document with its vectors.

        Args:
            words: the document.
            names: its tokens that are hidden.
        """
        return [self._read(stretch) for stretch in self._cutter.stretches(words, names)]

    def _read(self, stretch: Stretch) -> ReadStretch:
        pieces = np.array([stretch.pieces], dtype=np.int64)
        (states,) = self._session.run(None, {"ids": pieces, "mask": np.ones(pieces.shape, dtype=np.float32)})
        bounds = np.array(stretch.bounds)
        sums = np.concatenate([np.zeros((1, states.shape[-1]), np.float32), states[0].cumsum(axis=0)])
        means = (sums[bounds[:, 1]] - sums[bounds[:, 0]]) / (bounds[:, 1] - bounds[:, 0])[:, None]
        at = {token: row for row, token in enumerate(stretch.tokens)}
        return ReadStretch(stretch.tokens, at, means.astype(np.float32))


class Cutter:
    """Cuts documents into stretches; for the arguments see `Encoder`."""

    def __init__(self, tokenizer: Tokenizer, stand_ins: Mapping[str, str], limits: Limits) -> None:
        self._stand_ins = stand_ins
        self._limits = limits
        self._begin, self._end = _piece(_BEGIN, tokenizer), _piece(_END, tokenizer)
        self._pieces = lru_cache(maxsize=_REMEMBERED)(
            lambda word: tuple(tokenizer.encode(word, add_special_tokens=False).ids[: limits.of_word]) if word else ()
        )

    def stretches(self, words: Words, names: Mapping[int, Hidden]) -> Iterator[Stretch]:
        """The document in runs of whole sentences; tokens without pieces of their own are left out."""
        pieces = [self._pieces(word.strip()) for word in shown(words, names, self._stand_ins)]
        ids: list[int] = [self._begin]
        tokens: list[int] = []
        bounds: list[tuple[int, int]] = []
        for start, end in words.sentences:
            for at in range(start, end):
                long = len(ids) + len(pieces[at]) > self._limits.at_most
                full = at == start and len(ids) + sum(map(len, pieces[start:end])) > self._limits.together
                if (long or full) and tokens:
                    yield Stretch((*ids, self._end), tuple(tokens), tuple(bounds))
                    ids, tokens, bounds = [self._begin], [], []
                if pieces[at]:
                    tokens.append(at)
                    bounds.append((len(ids), len(ids) + len(pieces[at])))
                    ids.extend(pieces[at])
        if tokens:
            yield Stretch((*ids, self._end), tuple(tokens), tuple(bounds))


def _piece(mark: str, tokenizer: Tokenizer) -> int:
    """The number of a mark.

    Raises:
        ValueError: the tokenizer has none such.
    """
    found = tokenizer.token_to_id(mark)
    if found is None:
        raise ValueError(f"the tokenizer has no {mark}")
    return int(found)


def shown(words: Words, names: Mapping[int, Hidden], stand_ins: Mapping[str, str]) -> list[str]:
    """The words as the encoder reads them, '' for one that it does not see: a name is one word, whoever it names.

    Args:
        words: the document.
        names: its tokens that are hidden.
        stand_ins: what is read for each kind of name; names of other kinds are read.
    """
    read = list(words.texts)
    for at, name in names.items():
        word = stand_ins.get(name.kind)
        if word is not None:
            read[at] = word if at == name.last else ""
    return read


def tokenizer_of(content: bytes) -> Tokenizer:
    """The tokenizer of a file's content; it gives the pieces of words and nothing else.

    Raises:
        RashomonError: the library for it is not installed.
    """
    made: Tokenizer = _library("tokenizers").Tokenizer.from_buffer(content)
    made.no_padding()
    made.no_truncation()
    return made


def _content(path: Path, wanted: str) -> bytes:
    """The bytes of a file; checked by their hash, since the libraries say of broken files nothing that helps."""
    remedy = "Copy the whole folder of the model anew"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError("a file of the model cannot be read", where=path, remedy=remedy) from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise InputError("this is not the file that the model was trained with", where=path, remedy=remedy)
    return content


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise RashomonError(
            f"This model needs the package {name}, which is not installed: pip install {name}"
        ) from error
