"""How often a report's main place lies in the governorate that people gave it, over a CSV such as FA-KES.

    .venv/bin/python benchmarks/governorates.py FA-KES-Dataset.csv [--list]

The column `location` of FA-KES names governorates in the crowd's spelling; each is looked up in the gazetteer. The
capital and the countryside around it are one there ('damascus').
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.outlets import Outlets
from rashomon.model import Report
from rashomon.reading import ReadOptions, read
from rashomon.resolving.main_place import main_place

COLUMNS = {
    "id": "unit_id",
    "title": "article_title",
    "text": "article_content",
    "outlet": "source",
    "published": "date",
}
LOCATION = "location"
ONE = {"Rural Damascus": "Damascus"}


def governorate_of(name: str, gazetteer: Gazetteer) -> str:
    """The gazetteer's spelling of a governorate of Syria."""
    found = [row.adm1 for row in gazetteer.find(name) if row.kind == "governorate" and row.country == "SY"]
    return ONE.get(found[0], found[0]) if found else f"unknown: {name}"


def main() -> None:
    """Prints the share of reports that agree, and with --list those that do not."""
    path = Path(sys.argv[1])
    gazetteer = Gazetteer.load(Layers())
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        given = {row[COLUMNS["id"]]: row[LOCATION] for row in csv.DictReader(file)}
    reports = [
        r for r in read(str(path), ReadOptions(columns=COLUMNS), Outlets.load(Layers())) if isinstance(r, Report)
    ]
    started = time.perf_counter()
    agree = silent = 0
    for report in reports:
        hand = governorate_of(given[report.id.partition("~")[0]], gazetteer)
        place = main_place(report, gazetteer)
        found = ONE.get(place.adm1, place.adm1) if place is not None else ""
        agree += found == hand
        silent += not found
        if found != hand and "--list" in sys.argv:
            print(f"{report.id}\t{hand}\t{found or '-'}\t{report.title}")
    seconds = time.perf_counter() - started
    print(
        f"{agree} of {len(reports)} reports agree ({agree / len(reports):.4f}); {silent} name no place; {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
