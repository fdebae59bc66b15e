"""`rashomon knowledge check`: what it tells people and programs, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rashomon.cli.main import app


def check(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["knowledge", "check", str(folder), *options], env={"COLUMNS": "80"})


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RASHOMON_GAZETTEER", str(tmp_path / "none"))
    folder = tmp_path / "ours"
    (folder / "lexicon").mkdir(parents=True)
    (folder / "outlets.yaml").write_text("outlets:\n- {id: x, name: X}\n")
    return folder


def test_a_clean_folder_is_counted(ours: Path) -> None:
    result = check(ours, "--no-examples")
    assert result.exit_code == 0
    assert "No problems." in result.stdout
    words = result.stdout.split()
    for what in ("types", "actors", "outlets", "places", "weapons"):
        assert what in words


def test_a_problem_is_told_with_its_place_and_remedy(ours: Path) -> None:
    (ours / "outlets.yaml").write_text("outlets:\n- {id: x, name: X, country: Syria}\n")
    result = check(ours, "--no-examples")
    assert result.exit_code == 1
    assert "outlets.yaml: line 2, x" in result.stdout
    assert "country 'Syria'" in result.stdout
    assert "ISO 3166-1" in result.stdout
    assert "Nothing is loaded until the problems are mended." in result.stdout
    assert "1 problem." in result.stdout


def test_programs_get_the_same_as_json(ours: Path) -> None:
    told = json.loads(check(ours, "--no-examples", "--json").stdout)
    assert told["problems"] == []
    assert told["loaded"]["types of event"] == 36
    (ours / "outlets.yaml").write_text("outlets:\n- {name: X}\n")
    result = check(ours, "--no-examples", "--json")
    assert result.exit_code == 1
    [problem] = json.loads(result.stdout)["problems"]
    assert problem["file"] == str(ours / "outlets.yaml")
    assert set(problem) == {"file", "where", "text", "remedy"}


def test_an_example_that_fails_is_a_problem_with_its_line(ours: Path) -> None:
    (ours / "lexicon" / "weapons.yaml").write_text(
        "platforms:\n  air: [glider]\nexamples:\n- {text: A kite flew over the hill., finds: [[kite, air]]}\n"
    )
    result = check(ours, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)["problems"]
    [problem] = [problem for problem in told if "kite" in problem["text"]]
    assert (problem["file"], problem["where"]) == (str(ours / "lexicon" / "weapons.yaml"), "line 4")
    assert "it should give [('kite', 'air')], and gives []" in problem["text"]


def test_a_folder_that_is_not_there(ours: Path) -> None:
    result = check(ours / "nowhere")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr
