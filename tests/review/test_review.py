"""Sheets to correct: the least certain first, and what comes of them can be scored and learned from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon.errors import OutputError
from rashomon.evaluate import Names, evaluate, read_gold, read_texts
from rashomon.model import Claim, Report
from rashomon.pipeline.coding import code_reports
from rashomon.review import CLAIMS, REPORTS, TO_CHECK, least_sure_first, write
from rashomon.settings import Settings

TEXTS = (
    "Shells hit Aleppo on Monday. Warplanes raided Dolab, a doctor said.",
    "The harvest was good.",
    "Militants attacked a checkpoint near Hama on 3 May 2016.",
)

Coded = list[tuple[Report, list[Claim]]]


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Coded:
    source = tmp_path_factory.mktemp("review") / "in.json"
    reports = [
        {"id": f"r/{n}", "outlet": "Harbour Post", "published": "2016-05-04", "title": "", "text": text}
        for n, text in enumerate(TEXTS)
    ]
    source.write_text(json.dumps(reports), encoding="utf-8")
    return list(code_reports([str(source)], replace(Settings.load(None, {}), coder="rules")))


def sure(coded: Coded, *figures: float) -> Coded:
    """The same with these confidences, claim by claim."""
    left = iter(figures)
    return [(report, [replace(claim, confidence=next(left)) for claim in claims]) for report, claims in coded]


def test_the_least_certain_come_first(coded: Coded) -> None:
    sheets = least_sure_first(sure(coded, 0.9, 0.7, 0.2))
    assert [sheet.report.id for sheet in sheets] == ["r/2", "r/0", "r/1"]
    assert [claim.confidence for claim in sheets[1].claims] == [0.7, 0.9]
    assert [sheet.report.id for sheet in least_sure_first(sure(coded, 0.1, 0.1, 0.9), 1)] == ["r/0"]


def test_a_sheet_that_needs_no_correction_scores_as_right(coded: Coded, tmp_path: Path) -> None:
    write(least_sure_first(coded), tmp_path)
    files = sorted((tmp_path / TO_CHECK).iterdir())
    assert [file.name[:4] for file in files] == ["1-r-", "2-r-", "3-r-"]
    for file in files:
        file.rename(tmp_path / CLAIMS / file.name)
    names = Names.load()
    gold = read_gold(tmp_path / CLAIMS, names)
    found = evaluate(gold, read_texts(tmp_path / REPORTS), [claim for claims in gold.values() for claim in claims])
    assert found.scores["all facts"].f1 == 1.0
    assert found.scores["claims found"].gold == 3
    assert found.quotes_not_in_text == 0
    claim = json.loads((tmp_path / CLAIMS / files[0].name).read_text(encoding="utf-8"))[0]["claims"][0]
    assert set(claim["places"][0]) == {"text", "name", "role"}


def test_work_is_not_written_over(coded: Coded, tmp_path: Path) -> None:
    write(least_sure_first(coded), tmp_path)
    with pytest.raises(OutputError, match="already"):
        write(least_sure_first(coded), tmp_path)
