"""Times coding with everything around it against the bare language model, on the same texts, in one run.

    python benchmarks/speed.py SOURCE... [--rounds N] [--coders NAME...]

Bare: `nlp.pipe` of the spaCy pipeline alone over the reports' texts. Whole: reading the sources, parsing, coding,
resolving, and writing JSON lines, with each coder. All with model and knowledge loaded and used once before, in one
process. Rounds of all alternate, so that whatever else the machine does hits all. What counts is the ratio of CPU time
to that of the bare model, median over rounds, and reports a second of CPU time, of the best round.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

for _library in ("OPENBLAS", "OMP", "MKL"):  # as the program does, before numpy is loaded
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

from rashomon.model import Report  # noqa: E402
from rashomon.parsing import plain_model  # noqa: E402
from rashomon.pipeline.workbench import Workbench  # noqa: E402
from rashomon.reading import ReadOptions, read_all  # noqa: E402
from rashomon.settings import Settings  # noqa: E402
from rashomon.wire import claim_to_json, dump_line  # noqa: E402

BARE = "bare"


def main() -> None:
    """Measures and prints one line a round and the median."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--coders", nargs="+", default=["rules", "learned"], metavar="NAME")
    args = parser.parse_args()

    settings = Settings.load(None, {})
    benches = {coder: Workbench.of(replace(settings, coder=coder, workers=1)) for coder in args.coders}
    reports = _read(next(iter(benches.values())), args.sources)
    texts = [report.text for report in reports]
    nlp = plain_model()

    def bare() -> int:
        return sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))

    def whole(bench: Workbench) -> int:
        written = 0
        for report, claims in bench.code(_read(bench, args.sources)):
            for claim in bench.resolver.resolve(claims, report):
                written += len(dump_line(claim_to_json(claim)))
        return written

    tokens = bare()
    for bench in benches.values():
        whole(bench)
    print(f"{len(reports)} reports, {sum(map(len, texts))} characters, {tokens} tokens")
    times: dict[str, list[float]] = {BARE: [], **{coder: [] for coder in benches}}
    for number in range(1, args.rounds + 1):
        times[BARE].append(_timed(bare))
        for coder, bench in benches.items():
            times[coder].append(_timed(partial(whole, bench)))
        print(f"round {number}: " + ", ".join(f"{name} {taken[-1]:.2f} s" for name, taken in times.items()))
    for name, taken in times.items():
        ratio = statistics.median(one / alone for one, alone in zip(taken, times[BARE], strict=True))
        print(f"{name}: {len(reports) / min(taken):.2f} reports a second of CPU, ratio {ratio:.2f}")


def _read(bench: Workbench, sources: list[str]) -> list[Report]:
    found = read_all(sources, ReadOptions(layers=bench.layers), bench.knowledge.outlets)
    return [item for item in found if isinstance(item, Report) and item.language == "en"]


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    main()
