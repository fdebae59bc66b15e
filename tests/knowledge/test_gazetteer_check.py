"""What is told about tables of places, and that the built-in ones are in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer_check import check
from rashomon.knowledge.gazetteer_row import COLUMNS
from rashomon.knowledge.problem import Problem


def place(id_: str, name: str, lat: str = "35.1", lon: str = "36.7", kind: str = "village", **more: str) -> str:
    values = dict.fromkeys(COLUMNS, "") | {"id": id_, "name": name, "lat": lat, "lon": lon, "kind": kind}
    values |= {"source": "hand", "licence": "own work", "country": "SY", "adm1": "Hama"} | more
    return "\t".join(values[column] for column in COLUMNS)


def problems(tmp_path: Path, *rows: str) -> list[Problem]:
    folder = tmp_path / "site" / "gazetteer"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ours.tsv").write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return check(Layers.over_built_in(tmp_path / "site"))


def test_the_built_in_tables_are_in_order() -> None:
    assert check(Layers()) == []


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (place("X1", "Barqash", kind="hamlet"), "unknown kind 'hamlet'"),
        (place("X1", "Barqash", source=""), "no source"),
        (place("X1", "Barqash", licence=""), "no licence"),
        (place("X1", "Barqash", lat="36.7", lon="35.1"), "Barqash at 36.7, 35.1 lies outside of SY"),
        (place("X1", "Barqash", lat="north"), "no coordinates: 'north', '36.7'"),
    ],
)
def test_a_row_is_told_with_its_line_and_a_remedy(tmp_path: Path, row: str, text: str) -> None:
    (problem,) = problems(tmp_path, place("X0", "Zunaytir", lat="35.6"), row)
    assert problem.file == str(tmp_path / "site" / "gazetteer" / "ours.tsv")
    assert problem.where.startswith("line 3")
    assert problem.text == text
    assert problem.remedy


def test_one_place_twice(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, place("X1", "Barqash"), place("X2", "al-Barqash", lat="35.11"))
    assert f"less than 2 km from Barqash (X1, line 2 of {tmp_path / 'site' / 'gazetteer' / 'ours.tsv'})" in problem.text
    assert problems(tmp_path, place("X1", "Barqash"), place("X2", "Barqash", lat="35.4")) == [], "namesakes may be"
    assert problems(tmp_path, place("X1", "Barqash"), place("X2", "Barqash", kind="dam")) == []


def test_a_name_that_is_another_place_in_the_same_governorate(tmp_path: Path) -> None:
    other = place("X2", "Zunaytir", lat="35.6", names="Zunaytir|Barqash")
    (problem,) = problems(tmp_path, place("X1", "Barqash"), other)
    assert problem.where == "line 3, X2"
    assert "the main one of Barqash (X1" in problem.text
    elsewhere = place("X2", "Zunaytir", lat="35.6", names="Zunaytir|Barqash", adm1="Homs")
    assert problems(tmp_path, place("X1", "Barqash"), elsewhere) == []


def test_a_site_may_correct_a_built_in_row(tmp_path: Path) -> None:
    assert problems(tmp_path, place("SY01272", "Aleppo", "36.2", "37.15", "city", adm1="Aleppo")) == []


def test_what_is_no_table_and_boxes_of_another_form(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "gazetteer"
    folder.mkdir(parents=True)
    (folder / "ours.tsv").write_text("a\tb\n", encoding="utf-8")
    (problem,) = check(Layers.over_built_in(tmp_path / "site"))
    assert problem.text == "no column name, lat, lon"
    (folder / "boxes.yaml").write_text("SY: [1, 2]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="south, west, north, east"):
        check(Layers.over_built_in(tmp_path / "site"))
