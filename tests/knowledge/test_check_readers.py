"""The check of files that other rooms read: each is tried by its reader, and every type that it names is looked up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rashomon.cli.knowledge import readers
from rashomon.cli.main import app
from rashomon.knowledge.check_readers import failures, unknown_types
from rashomon.knowledge.check_sheets import open_sheets
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.problem import Problem


def told(folder: Path) -> list[dict[str, str]]:
    """The problems of a folder, as a program gets them."""
    result = CliRunner().invoke(app, ["knowledge", "check", str(folder), "--no-examples", "--json"])
    assert result.exit_code in (0, 1), result.stderr
    problems: list[dict[str, str]] = json.loads(result.stdout)["problems"]
    assert (result.exit_code == 1) == bool(problems)
    return problems


def found(folder: Path) -> list[Problem]:
    """What the readers and the types say of a folder, without all other checks."""
    sheets, _ = open_sheets(Layers((folder,)))
    refused = failures(sheets, Layers.over_built_in(folder), readers())
    types = frozenset(kind.id for kind in Ontology.load(Layers()))
    return [*(problem for _, some in refused for problem in some), *unknown_types(sheets, types)]


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RASHOMON_GAZETTEER", str(tmp_path / "none"))
    (tmp_path / "ours" / "profiles").mkdir(parents=True)
    return tmp_path / "ours"


def changed(name: str, old: str, new: str) -> tuple[str, int]:
    """A built-in file with one thing changed, and the line that it stands in."""
    text = (BUILT_IN / name).read_text("utf-8")
    assert text.count(old) == 1
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("linking.yaml", "area_km: 60", "area_km: far", "places > area_km: Input should be a valid number"),
        ("linking.yaml", "  attack: [air_strike,", "  attack: [air_strik,", "attack: no type of event 'air_strik'"),
        ("linking.yaml", "own_act: [offer,", "own_act: [ofer,", "own_act: no type of event 'ofer'"),
        ("linking.yaml", "lasting: [armed_clash,", "lasting: [armed_clsh,", "lasting: no type of event 'armed_clsh'"),
        ("accounts.yaml", "share: 0.5", "share: 5", "rewritten > share: Input should be less than or equal to 1"),
        ("accounts.yaml", "- [capture, handover]", "- [capture, handovers]", "no type of event 'handovers'"),
        ("ledgers.yaml", "follow_days: 120", "follow_days: soon", "operations > follow_days: Input should be"),
        ("ledgers.yaml", "holds: [control,", "holds: [contol,", "control > holds: no type of event 'contol'"),
        ("ledgers.yaml", "begun: [mobilization,", "begun: [mobilisation,", "no type of event 'mobilisation'"),
        ("digest.yaml", "days_back: 30", "days_back: -1", "days_back: Input should be greater than or equal to 0"),
        ("profiles/profiles.yaml", "  public: [names, places]", "  public: [coordinates]", "profiles > public"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_of_ones_own_is_named_with_its_line(
    ours: Path, name: str, old: str, new: str, says: str
) -> None:
    text, line = changed(name, old, new)
    (ours / name).write_text(text, "utf-8")
    (problem,) = found(ours)
    assert (problem.file, problem.where) == (str(ours / name), f"line {line}")
    assert says in problem.text
    assert problem.remedy


@pytest.mark.parametrize(
    ("name", "text", "where", "says"),
    [
        ("linking.yaml", "kinds: [\n", "line 2", "not YAML"),
        ("linking.yaml", "", "the whole file", "valid dictionary"),
        ("digest.yaml", "types:\n  shelling: {noun: 'fire on {plaice}'}\n", "line 2", "no such field: plaice"),
        ("digest.yaml", "types:\n  shelling: {noun: 'fire on {place'}\n", "line 1", "expected '}'"),
        ("digest.yaml", "types:\n  vote: {noun: a vote}\n", "line 2", "types: no type of event 'vote'"),
        ("digest.yaml", "sentences:\n  says: {one: it is so, many: '{who}'}\n", "line 2", "does not say {who}"),
        ("profiles/profiles.yaml", "days: 3\nfacilities:\n- {words: [x], wit: []}\n", "line 3", "facilities > 0 > wit"),
        ("profiles/profiles.yaml", "movements:\n- {types: [vote], statuses: [planned]}\n", "line 2", "'vote'"),
        ("profiles/ordinary.yaml", "words: [a]\n", "line 1", "words: Input should be a valid dictionary"),
        ("languages.yaml", "english: [the]\n", "line 1", "a part is missing: 'scripts'"),
        ("datelines.yaml", "months: []\n", "line 1", "a part is missing"),
        ("furniture.yaml", "patterns:\n- {id: x}\n", "line 1", "a pattern is broken"),
        ("parsing.yaml", "read_as: [a]\n", "line 1", "`read_as` is no mapping"),
    ],
)  # fmt: skip
def test_every_kind_of_problem_has_its_place(ours: Path, name: str, text: str, where: str, says: str) -> None:
    (ours / name).write_text(text, "utf-8")
    (problem,) = found(ours)
    assert (problem.file, problem.where) == (str(ours / name), where)
    assert says in problem.text


def test_all_problems_of_all_files_are_told(ours: Path) -> None:
    for name, old, new in (
        ("linking.yaml", "letters: 6", "letter: 6"),
        ("accounts.yaml", "around_days: 60", "around_days: 0"),
        ("ledgers.yaml", "same_days: ", "same_day: "),
    ):
        (ours / name).write_text(changed(name, old, new)[0], "utf-8")
    (ours / "digest.yaml").write_text("types: [\n")
    (ours / "actors.yaml").write_text("actors: [\n")
    names = [(Path(problem["file"]).name, problem["text"].partition(":")[0]) for problem in told(ours)]
    assert names == [
        ("accounts.yaml", "silence > around_days"),
        ("actors.yaml", "not YAML"),
        ("digest.yaml", "not YAML"),
        ("ledgers.yaml", "operations > same_days"),
        ("ledgers.yaml", "operations > same_day"),
        ("linking.yaml", "words > letter"),
        ("linking.yaml", "words > letters"),
    ]


def test_good_files_of_ones_own_have_no_problems(ours: Path) -> None:
    (ours / "ontology.yaml").write_text("types:\n  vote: {family: politics, is: a vote}\n")
    (ours / "linking.yaml").write_text(
        changed("linking.yaml", "own_act: [offer,", "own_act: [vote, offer,")[0], "utf-8"
    )
    (ours / "digest.yaml").write_text("types:\n  vote: {noun: a vote}\n")
    (ours / "profiles" / "profiles.yaml").write_text("facilities:\n- {words: [x], with: [y]}\ndays: 3\n")
    assert told(ours) == []
