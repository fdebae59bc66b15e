"""The documents hold what they promise: their links lead somewhere, their commands are those of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rashomon.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
TOURS = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "CONTRIBUTING.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PROGRAM = ".venv/bin/rashomon"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands(document: Path) -> list[list[str]]:
    """Every command of a document's console blocks, in words; those joined by a pipe one by one."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", document.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found += [shlex.split(part, comments=True) for part in line[2:].split(" | ")]
    return found


COMMANDS = [(name(tour), command) for tour in TOURS for command in commands(tour)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    text = FENCE.sub("", document.read_text("utf-8"))
    for target in LINK.findall(text):
        if "://" in target or target.startswith(("#", "mailto:")):
            continue
        assert (document.parent / target.split("#")[0]).exists(), f"{name(document)}: {target}"


def test_every_document_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    reached = {(ROOT / "docs" / target).resolve() for target in LINK.findall(index)}
    documents = set((ROOT / "docs").rglob("*.md")) - {ROOT / "docs" / "index.md"}
    assert sorted(map(name, documents - reached)) == []


def test_the_tours_have_commands() -> None:
    assert {tour for tour, _ in COMMANDS} == {name(tour) for tour in TOURS}


@pytest.mark.parametrize(("tour", "command"), COMMANDS, ids=[" ".join(command) for _, command in COMMANDS])
def test_commands_are_those_of_the_program(tour: str, command: list[str]) -> None:
    if command[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert command[1] in targets, tour
        return
    assert command[0] == PROGRAM, tour
    words = command[1:]
    verb = words[:2] if words[0] in {"gazetteer", "knowledge"} else words[:1]
    shown = CliRunner().invoke(app, [*verb, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, f"{tour}: no verb {' '.join(verb)}"
    options = {word for word in words if word.startswith("-") and len(word) > 1}
    assert options <= set(re.findall(r"(?<!\S)--?[a-z-]+", shown.output)), tour


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_files_that_documents_name_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    for path in re.findall(r"`((?:rashomon|examples|tests|docs)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), f"{name(document)}: {path}"


def shown(readme: str) -> list[tuple[list[str], list[str]]]:
    """The README's commands of the program with the lines of output that it shows for them."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.MULTILINE | re.DOTALL):
        command, *lines = block.splitlines()
        if lines and not any(line.startswith("$ ") for line in lines):
            found.append((shlex.split(command[2:]), [line for line in lines if line.strip() and line != "..."]))
    return found


def test_the_tour_shows_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    store = str(tmp_path / "demo.sqlite")
    run = ["run", "examples/reports", "--store", store, "--out", str(tmp_path / "out")]
    for command, lines in shown((ROOT / "README.md").read_text("utf-8")):
        words = run if command[0] == "make" else [store if word.endswith(".sqlite") else word for word in command[1:]]
        settings = {"COLUMNS": "92", "RASHOMON_GAZETTEER": str(tmp_path / "none"), "RASHOMON_WORKERS": "1"}
        result = CliRunner().invoke(app, words, env=settings)
        output = result.output.replace(str(tmp_path) + "/", "")
        if command[0] == "make":  # how many claims there are changes with every word that is learnt
            output, lines = re.sub(r"\d+", "0", output), [re.sub(r"\d+", "0", line) for line in lines]
        said = {line.replace(" ", "") for line in output.splitlines()}
        missing = [line for line in lines if line.replace(" ", "") not in said]
        assert missing == [], f"README shows other output for {' '.join(command)}; run it and put in what it says now"


def test_the_picture_is_whole_and_loads_nothing() -> None:
    from xml.etree import ElementTree

    picture = ElementTree.fromstring((ROOT / "docs" / "picture.svg").read_text("utf-8"))
    assert picture.find("{http://www.w3.org/2000/svg}title") is not None
    for element in picture.iter():
        assert not any("href" in attribute for attribute in element.attrib)
