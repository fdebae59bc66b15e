"""`rashomon digest` on a store made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


def test_it_is_markdown_on_standard_output(run: Run, store: Path) -> None:
    result = run("digest", "--store", store)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("# What was reported on 9 April 2018\n")
    assert "north and south agree" not in result.stdout
    assert "killed: 6 to 20" in result.stdout
    assert "east says that it did not take place." in result.stdout.replace("East", "east")
    assert "terrorists" not in result.stdout.replace("“", "")


def test_its_event_can_be_shown(run: Run, store: Path) -> None:
    short = run("digest", "--store", store).stdout.split("event `")[1].split("`")[0]
    assert "Jairud" in run("event", short, "--store", store).stdout


@pytest.mark.parametrize(
    ("name", "arguments", "start"),
    [
        ("a.html", (), b"<!doctype html>"),
        ("a.pdf", (), b"%PDF-"),
        ("a.md", (), b"# What"),
        ("a.txt", (), b"# What"),
        ("a.out", ("--format", "pdf"), b"%PDF-"),
        ("a.out", ("--json",), b"{"),
    ],
)
def test_the_form_is_asked_for_or_told_by_the_name(
    run: Run, store: Path, tmp_path: Path, name: str, arguments: tuple[str, ...], start: bytes
) -> None:
    result = run("digest", "--store", store, "-o", tmp_path / name, *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)
    assert "2018-04-09: 1 event in 3 reports, 0 without a day left out" in result.stderr


def test_a_file_and_a_pipe_get_the_same_bytes(run: Run, store: Path, tmp_path: Path) -> None:
    for form in ("md", "html"):
        piped = run("digest", "--store", store, "--format", form)
        run("digest", "--store", store, "--format", form, "-o", tmp_path / "made")
        assert (tmp_path / "made").read_bytes() == piped.stdout_bytes


def test_data_for_programs(run: Run, store: Path) -> None:
    content = json.loads(run("digest", "--store", store, "--json", "--hours", 48).stdout)
    assert (content["first"], content["last"]) == ("2018-04-08", "2018-04-09")
    assert content["figures"]["events"] == 1


def test_hours_are_whole_days_and_that_is_said(run: Run, store: Path) -> None:
    result = run("digest", "--store", store, "--json", "--hours", 25)
    assert json.loads(result.stdout)["first"] == "2018-04-08"
    assert "25 hours are 2 days here" in result.stderr


def test_a_day_and_an_area(run: Run, store: Path) -> None:
    assert "killed: 6 to 20" in run("digest", "--store", store, "--area", "Jayroud").stdout
    empty = run("digest", "--store", store, "--date", "2018-04-08")
    assert empty.exit_code == 0
    assert "no report of the store was published from 2018-04-08 to 2018-04-08" in empty.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "yesterday"), "--date yesterday is no day. Write it as in 2018-04-09"),
        (("--area", "Qwertzuiop"), "no place called Qwertzuiop is known"),
        (("--format", "pdf"), "a PDF is not written to standard output. Say where with -o FILE.pdf"),
        (("--format", "md", "--json"), "--json and --format exclude each other"),
        (("--hours", "0"), "--hours"),
        (("--format", "docx"), "--format"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, store: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("digest", "--store", store, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())
