"""`ledger` and `replay` on a store made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


def test_casualties_stand_under_each_rule(run: Run, store: Path) -> None:
    shown = run("ledger", "casualties", "--store", store).stdout
    words = " ".join(shown.split())
    assert "range 6-20 in 1 event" in words
    assert "lowest 6 in 1 event" in words
    assert "acled 6 in 1 event" in words
    assert "origins); denied by" in words
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_casualties_as_json_have_their_claims(run: Run, store: Path) -> None:
    shown = json.loads(run("ledger", "casualties", "--store", store, "--rule", "lowest", "--json").stdout)
    (row,) = shown["rows"]
    assert row["told"] == {"minimum": 6, "maximum": 20}
    assert {one["claim"] for one in row["claims"]} == {"claim-north-1", "claim-south-1"}
    assert row["claims"][0]["quote"]
    assert [total["rule"] for total in shown["totals"]] == ["lowest"]
    assert shown["asked"]["place"] is None


@pytest.mark.parametrize(("place", "rows"), [("Jayrud", 1), ("Rif Dimashq", 1), ("Idlib", 0)])
def test_a_place_is_found_in_any_spelling_and_by_its_governorate(run: Run, store: Path, place: str, rows: int) -> None:
    shown = json.loads(run("ledger", "casualties", "--store", store, "--place", place, "--json").stdout)
    assert len(shown["rows"]) == rows


@pytest.mark.parametrize("name", ["casualties", "control", "operations", "deals", "displacement"])
def test_every_ledger_is_shown_and_written(run: Run, store: Path, tmp_path: Path, name: str) -> None:
    shown = run("ledger", name, "--store", store, "--quotes")
    assert shown.exit_code == 0
    assert shown.stdout.startswith(name)
    assert "\x1b" not in shown.stdout
    run("ledger", name, "--store", store, "--quotes", "-o", tmp_path / "ledger.txt")
    assert (tmp_path / "ledger.txt").read_text("utf-8") == shown.stdout


def test_a_map_of_control_is_geojson(run: Run, store: Path) -> None:
    shown = json.loads(run("ledger", "control", "--on", "2018-04-10", "--geojson", "--store", store).stdout)
    assert shown["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ledger", "weather"), "no such ledger: weather"),
        (("ledger", "deals", "--rule", "lowest"), "--rule is for the ledger of casualties"),
        (("ledger", "casualties", "--rule", "median"), "Choose one of: range, lowest, acled"),
        (("ledger", "casualties", "--from", "yesterday"), "--from yesterday is no day"),
        (("ledger", "casualties", "--from", "2018-04-10", "--to", "2018-04-01"), "is after"),
        (("ledger", "casualties", "--by", "moon"), "place, day, victims, culprit"),
        (("replay", "--as-of", "2018-04-09", "--by", "day"), "Name it with --ledger"),
    ],
)
def test_what_cannot_be_asked_is_told(run: Run, store: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments, "--store", store)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_before_the_first_report_nothing_is_known(run: Run, store: Path) -> None:
    before = run("replay", "--as-of", "2018-04-08", "--store", store).stdout
    assert "As known on 2018-04-08: 0 reports, 0 claims, 0 events." in " ".join(before.split())
    after = run("replay", "--as-of", "2018-04-09", "--store", store).stdout
    assert "As known on 2018-04-09: 3 reports, 3 claims, 1 event." in " ".join(after.split())
    ledger = json.loads(
        run("replay", "--as-of", "2018-04-08", "--ledger", "casualties", "--json", "--store", store).stdout
    )
    assert ledger["rows"] == []
    assert ledger["asked"]["as_of"] == "2018-04-08"
