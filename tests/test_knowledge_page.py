"""The page on adding knowledge works as it stands: its files are written, its commands run, its output comes out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from rashomon.cli.main import app

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "knowledge.md").read_text("utf-8")
STEPS = PAGE.split("## Five minutes\n")[1].split("\n## ")[0]
FILE = re.compile(r"^`([\w./-]+)`[^`]*?\n```(?:yaml|tsv|toml|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
KINDS = {"group": "actors.yaml", "place": "ours.tsv", "verb": "ours.yaml", "outlet": "outlets.yaml"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which everything stands that the page says to write."""
    monkeypatch.chdir(tmp_path)
    for name, content in FILE.findall(STEPS):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def call(words: list[str], project: Path) -> Result:
    settings = {"COLUMNS": "92", "RASHOMON_GAZETTEER": str(project / "none"), "RASHOMON_WORKERS": "1"}
    return CliRunner().invoke(app, words, env=settings)


def steps() -> list[tuple[list[str], list[str]]]:
    """The page's commands, each with the lines of output that it shows."""
    found = []
    for command in re.split(r"^\$ ", "\n".join(CONSOLE.findall(STEPS)), flags=re.MULTILINE)[1:]:
        first, *lines = command.splitlines()
        found.append((shlex.split(first), [line for line in lines if line not in ("", "...")]))
    return found


def test_the_page_adds_one_of_each() -> None:
    names = [name for name, _ in FILE.findall(STEPS)]
    for what, name in KINDS.items():
        assert f"A {what}" in STEPS or f"An {what}" in STEPS
        assert any(path.endswith(name) for path in names)
    assert len(set(names)) == len(names) == 7


def test_what_the_page_says_comes_out(project: Path) -> None:
    done = []
    for words, lines in steps():
        if words[0] == "mkdir":
            assert all((project / folder).is_dir() for folder in words[2:])
            continue
        assert words[0] == "rashomon"
        result = call(words[1:], project)
        assert result.exit_code == 0, result.output
        said = {line.rstrip() for line in result.output.splitlines()}
        assert [line for line in lines if line.rstrip() not in said] == [], f"{words}: {result.output}"
        done.append(" ".join(words[1:3]))
    assert done == ["knowledge check", "run report.json", "report valley-1", "event e"]


def test_nothing_of_it_is_known_without_the_folder(project: Path) -> None:
    (project / "rashomon.toml").write_text("")
    assert call(["run", "report.json"], project).exit_code == 0
    shown = call(["report", "valley-1"], project).output
    for word in ("valley-post", "[mortarized]", "Hill Guard Brigade", "Tell Barqash", "“vermin”"):
        assert word not in shown


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("outlets.yaml", "side_source: [its own account]", "", "`side` without a source"),
        ("outlets.yaml", "The Valley Post", "SANA", "belongs to two outlets"),
        ("lexicon/events/ours.yaml", "type: shelling", "type: mortars", "no type of event 'mortars'"),
        ("lexicon/labels.yaml", "gloss: people of another side", "gloss: ''", "no neutral gloss"),
        ("lexicon/labels.yaml", "[vermin] left", "vermin [left]", "fails"),
    ],
)
def test_a_slip_on_the_way_is_told(project: Path, name: str, old: str, new: str, says: str) -> None:
    path = project / "our-knowledge" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    examples = [] if says == "fails" else ["--no-examples"]
    result = call(["knowledge", "check", *examples], project)
    assert result.exit_code == 1
    assert says in result.output
    assert f"{name}: line " in result.output


def test_the_other_samples_of_the_page_have_the_form_of_their_files() -> None:
    from rashomon.knowledge.ontology import OntologyRow

    blocks = re.findall(
        r"^```yaml\n(.*?)^```", PAGE.split("## Entries come with examples")[1], re.MULTILINE | re.DOTALL
    )
    samples = [yaml.safe_load(block) for block in blocks]
    [types] = [sample for sample in samples if "types" in sample]
    assert OntologyRow.model_validate(types).types
    assert [sample["verbs"][0]["lemma"] for sample in samples if "verbs" in sample] == ["disclose"]
