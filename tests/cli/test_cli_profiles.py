"""`export` and `run` leave out what a profile says, wherever that is set, and say so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from rashomon.export import FORMATS

Run = Callable[..., Result]

TEXT = """Zunayr Barqash was killed on Monday when Russian warplanes bombed a hospital in Sarmin, a resident said.
The Syrian army shelled Douma on Monday.
"""
SECRETS = ("Zunayr", "Barqash", "Sarmin", "35.903", "35.904", "SY04699")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    row = {"id": "r1", "outlet": "northern-courier", "published": "2018-04-11", "title": "Sarmin hit", "text": TEXT}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path


def leaked(folder: Path) -> set[str]:
    files = [folder / form.file for form in FORMATS.values()] + [folder / "index.html"]
    text = "".join(file.read_text("utf-8") for file in files)
    return {secret for secret in SECRETS if secret in text}


def test_a_run_writes_what_the_profile_of_the_settings_shows(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("run", source)
    assert {"Barqash", "Sarmin", "SY04699"} <= leaked(tmp_path / "out")

    (tmp_path / "rashomon.toml").write_text('profile = "public"\nout = "told"\n', "utf-8")
    told = run("run", source)
    assert leaked(tmp_path / "told") == set()
    assert "profile public: left out of" in told.stderr
    assert "Profile public" in (tmp_path / "told" / "index.html").read_text("utf-8")

    monkeypatch.setenv("RASHOMON_PROFILE", "partner")
    run("run", source, "--out", tmp_path / "partner")
    assert leaked(tmp_path / "partner") >= {"Sarmin", "SY04699"}
    assert leaked(tmp_path / "partner").isdisjoint({"Zunayr", "Barqash"})

    internal = run("export", "claims-jsonl", "--profile", "internal")
    assert "Barqash" in internal.stdout
    assert "profile" not in internal.stderr
    public = run("export", "claims-jsonl", "--profile", "public")
    assert "Barqash" not in public.stdout
    assert all("withheld" not in row or row["withheld"] for row in map(json.loads, public.stdout.splitlines()))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_export_tells_on_standard_error_what_was_left_out(run: Run, store: Path, name: str) -> None:
    result = run("export", name, "--store", store, "--profile", "public")
    assert result.exit_code == 0
    assert result.stderr == "profile public: left out of 3 claims: nothing\n"


def test_a_profile_that_there_is_not_is_refused(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("export", "claims-csv", "--store", store, "--profile", "friends").exit_code == 2
    monkeypatch.setenv("RASHOMON_PROFILE", "friends")
    wrong = run("export", "claims-csv", "--store", store)
    assert wrong.exit_code == 2
    assert "RASHOMON_PROFILE" in wrong.stderr


def test_the_surer_claims_of_a_profile(run: Run, store: Path) -> None:
    result = run("export", "claims-csv", "--store", store, "--profile", "public", "--min-confidence", 0.9)
    assert result.stdout.splitlines()[0].rstrip("\r").endswith(",labels_name,withheld")
    assert "1 of 3 claims left out" in result.stderr
