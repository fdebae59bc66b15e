from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.model import Report
from rashomon.reading import ReadOptions, Skipped, read, witnesses

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "reports"
OUTLETS = Outlets.load(Layers())


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    items = list(read(str(FOLDER), ReadOptions(), OUTLETS))
    assert [item for item in items if isinstance(item, Skipped)] == []
    return [item for item in items if isinstance(item, Report)]


def test_the_example_reports_come_from_invented_outlets_of_several_sides(reports: list[Report]) -> None:
    assert len(reports) >= 10
    outlets = {report.outlet for report in reports}
    assert len(outlets) >= 4
    assert all((outlet := OUTLETS.get(name)) is not None and outlet.example for name in outlets)


def test_all_examples_but_one_are_dated_and_all_but_one_are_english(reports: list[Report]) -> None:
    assert [Path(report.got_from).stem for report in reports if report.publication.day is None] == [
        "harbour-times-undated-aleppo"
    ]
    assert sorted(report.language or "" for report in reports) == ["ar"] + ["en"] * (len(reports) - 1)
    for report in reports:
        if report.publication.day and report.got_from.endswith(".txt"):
            assert str(report.publication.day) in report.got_from


def test_one_wire_story_stands_in_two_examples(reports: list[Report]) -> None:
    found = witnesses(reports)
    copies = [witness for witness in found.values() if witness.copies != witness.report]
    assert [(witness.outlet, found[witness.copies].outlet) for witness in copies] == [
        ("example-harbour-times", "example-wire")
    ]
