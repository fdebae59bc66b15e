"""Times coding with everything around it against the bare language model, on the same texts, in one run.

    python benchmarks/speed.py SOURCE... [--rounds N]

Bare: `nlp.pipe` of the spaCy pipeline alone over the reports' texts. Whole: reading the sources, parsing, coding,
resolving, and writing JSON lines. Both with model and knowledge loaded and used once before. Rounds of both alternate,
so that whatever else the machine does hits both; the figure that counts is the ratio of CPU time, median over rounds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from rashomon.model import Report
from rashomon.parsing import plain_model
from rashomon.pipeline.workbench import Workbench
from rashomon.reading import ReadOptions, read_all
from rashomon.settings import Settings
from rashomon.wire import claim_to_json, dump_line


def main() -> None:
    """Measures and prints one line a round and the median."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()

    bench = Workbench.of(Settings.load(None, {}))
    reports = _read(bench, args.sources)
    texts = [report.text for report in reports]
    nlp = plain_model()

    def bare() -> int:
        return sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))

    def whole() -> int:
        written = 0
        for report, claims in bench.code(_read(bench, args.sources)):
            for claim in bench.resolver.resolve(claims, report):
                written += len(dump_line(claim_to_json(claim)))
        return written

    tokens = bare()
    whole()
    print(f"{len(reports)} reports, {sum(map(len, texts))} characters, {tokens} tokens")
    ratios = []
    for number in range(1, args.rounds + 1):
        alone, together = _timed(bare), _timed(whole)
        ratios.append(together / alone)
        print(f"round {number}: bare {alone:.2f} s, whole {together:.2f} s of CPU, ratio {ratios[-1]:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f} (bar: at most 1.50)")


def _read(bench: Workbench, sources: list[str]) -> list[Report]:
    found = read_all(sources, ReadOptions(layers=bench.layers), bench.knowledge.outlets)
    return [item for item in found if isinstance(item, Report) and item.language == "en"]


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    main()
