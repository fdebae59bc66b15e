"""How the reading of time words is measured against hand-coded days."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rashomon.errors import InputError
from rashomon.evaluate import DaysScore, measure_days
from rashomon.knowledge import Knowledge
from rashomon.knowledge.outlets import Outlets
from rashomon.model import Report
from rashomon.reading import ReadOptions, read

TEXT = "Two people were killed on Tuesday and four recently. Talks are to be held on Friday, the ministry said."
HAND_CODED = Path(__file__).parents[2] / "shared" / "gold" / "dev"


def _claim(words: str, start: str, end: str, status: str = "occurred") -> dict[str, Any]:
    return {"quote": TEXT, "status": status, "time": {"text": words, "start": start, "end": end}}


def _score(tmp_path: Path, knowledge: Knowledge, *claims: dict[str, Any]) -> DaysScore:
    gold, reports = tmp_path / "gold.json", tmp_path / "reports.json"
    gold.write_text(json.dumps([{"report": "r", "claims": list(claims)}]), encoding="utf-8")
    reports.write_text(json.dumps([{"id": "r", "text": TEXT, "published": "2017-04-06"}]), encoding="utf-8")
    return measure_days(gold, _read(reports, knowledge.outlets), knowledge.times)


def _read(path: Path, outlets: Outlets) -> list[Report]:
    return [item for item in read(str(path), ReadOptions(), outlets) if isinstance(item, Report)]


def test_days_are_right_where_both_ends_are(tmp_path: Path, knowledge: Knowledge) -> None:
    score = _score(
        tmp_path,
        knowledge,
        _claim("on Tuesday", "2017-04-04", "2017-04-04"),
        _claim("on Friday", "2017-04-07", "2017-04-07", "planned"),
        _claim("in April", "2017-04-01", "2017-04-29"),
        _claim("recently", "2017-04-05", "2017-04-06"),
        {"quote": TEXT, "status": "occurred", "time": None},
    )
    assert (score.right, len(score.readings), score.share) == (2, 4, 0.5)
    assert [reading.text for reading in score.wrong] == ["in April", "recently"]
    assert score.to_json()["wrong"][1]["reason"] == "names no days"


def test_the_day_of_publication_wrongly_given_is_counted(tmp_path: Path, knowledge: Knowledge) -> None:
    score = _score(tmp_path, knowledge, _claim("today", "2017-04-05", "2017-04-05"))
    assert score.wrong_publication == 1


def test_days_without_their_report_or_of_another_form_are_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match=r"report r: claim 0\.time\.start"):
        _score(tmp_path, knowledge, _claim("on Tuesday", "soon", "2017-04-04"))
    _score(tmp_path, knowledge, _claim("on Tuesday", "2017-04-04", "2017-04-04"))
    with pytest.raises(InputError, match="not among the reports"):
        measure_days(tmp_path / "gold.json", [], knowledge.times)


@pytest.mark.skipif(not HAND_CODED.is_dir(), reason="there are no hand-coded reports beside the project")
def test_most_hand_coded_expressions_are_read_as_people_do(knowledge: Knowledge) -> None:
    reports = _read(HAND_CODED / "reports.json", knowledge.outlets)
    score = measure_days(HAND_CODED / "claims", reports, knowledge.times)
    assert score.share >= 0.85
    assert score.wrong_publication == 0
