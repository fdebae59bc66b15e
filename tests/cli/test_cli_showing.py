"""`report`, `event` and `export` on a store made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


def event_id(run: Run, store: Path) -> str:
    first = json.loads(run("export", "events-jsonl", "--store", store).stdout.splitlines()[0])
    return str(first["id"])


def test_a_report_in_a_pipe_has_brackets_numbers_and_a_list(run: Run, store: Path) -> None:
    shown = run("report", "north-1", "--store", store).stdout
    assert "⟨Menu | Weather⟩" in shown
    assert "Warplanes [raided][1] Jairud on Monday" in shown
    assert "[1] air_strike occurred: Syrian Arab Air Force → people; Jairud; 2018-04-09;" in shown
    assert "says SOHR" in " ".join(shown.split())
    assert "“terrorists” for rebel fighters" in " ".join(shown.split())
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_a_text_does_not_steer_the_terminal(run: Run, store: Path) -> None:
    for verb, name in (("report", "south-1"), ("event", event_id(run, store))):
        shown = run(verb, name, "--store", store).stdout
        assert "twenty" in shown
        assert "\x1b" not in shown


def test_an_event_lays_the_accounts_side_by_side(run: Run, store: Path) -> None:
    shown = run("event", event_id(run, store), "--store", store).stdout
    words = " ".join(shown.split())
    assert "air_strike · Jairud, Rif Dimashq (settlement 33.807, 36.740) · 2018-04-09" in words
    assert "3 claims in 3 reports: 3 outlets, 3 origins" in words
    for outlet in ("north", "south", "east"):
        assert outlet in shown
    assert "killed 6" in words
    assert "killed 20" in words
    assert "denied" in words
    assert "“The army denied that it had raided Jairud.”" in words
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_whose_view_an_outlet_gives_is_told_with_who_says_so(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "outlets.yaml").write_text(
        "outlets:\n- {id: north, name: North, side: Close to the north, side_source: ['https://www.a.example/b']}\n"
    )
    (tmp_path / "rashomon.toml").write_text('knowledge = "ours"\n')
    event = event_id(run, store)
    shown = run("--settings", tmp_path / "rashomon.toml", "event", event, "--store", store).stdout
    words = " ".join(shown.split())
    assert "outlet its view North Close to the north (according to a.example)" in words


def test_an_event_says_who_its_origins_are_and_what_they_dispute(run: Run, store: Path) -> None:
    shown = run("event", event_id(run, store), "--store", store).stdout
    words = " ".join(shown.split())
    assert "Syrian Observatory for Human Rights (monitor) north" in words
    assert "south itself" in words
    assert "toll (killed, people): 6 (Syrian Observatory for Human Rights) – 20 (south)" in words
    assert "whether it happened (air strike): occurred (Syrian Observatory for Human Rights, south)" in words
    assert "rebel fighters: “terrorists” in north, citing Syrian Observatory for Human Rights" in words
    assert "Silent" not in words


def test_the_beginning_of_an_id_is_enough_where_only_one_begins_so(run: Run, store: Path) -> None:
    assert "Warplanes" in run("report", "nor", "--store", store).stdout
    whole = event_id(run, store)
    assert whole in run("event", whole[:5], "--store", store).stdout


def test_no_such_id_and_none_at_all(run: Run, store: Path) -> None:
    missing = run("report", "west", "--store", store)
    assert missing.exit_code == 2
    assert "no report has an id that begins with west" in missing.stderr
    empty = run("report", "", "--store", store)
    assert empty.exit_code == 2
    assert "an empty id. Give the id of a report, or its beginning" in empty.stderr
    assert "Traceback" not in missing.output + empty.output


def test_json_instead_of_what_people_read(run: Run, store: Path) -> None:
    report = json.loads(run("report", "north-1", "--store", store, "--json").stdout)
    assert report["publication"]["day"] == "2018-04-09"
    assert report["claims"][0]["trigger"] == "raided"
    event = json.loads(run("event", event_id(run, store), "--store", store, "--json").stdout)
    assert {account["value"] for account in event["accounts"]["status"]} == {"occurred", "denied"}
    assert [voice["id"] for voice in event["voices"]] == ["outlet:sohr", "name:east", "name:south"]
    assert [given["voices"] for given in event["values"]["status"]] == [["outlet:sohr", "name:south"], ["name:east"]]
    assert [each["kind"] for each in event["contradictions"]] == ["toll", "happened"]
    assert event["labels"][0]["words"][0]["outlets"] == ["north"]
    assert (event["replaced"], event["silence"]) == ([], {"not_known": "", "outlets": []})


@pytest.mark.parametrize("name", ["claims-csv", "events-csv", "claims-jsonl", "events-jsonl", "geojson"])
def test_an_export_gives_the_same_bytes_to_a_pipe_and_a_file(run: Run, store: Path, tmp_path: Path, name: str) -> None:
    piped = run("export", name, "--store", store)
    written = run("export", name, "--store", store, "-o", tmp_path / "made")
    assert piped.exit_code == written.exit_code == 0
    assert (tmp_path / "made").read_bytes() == piped.stdout_bytes
    assert written.stdout == ""
    assert "made" in written.stderr


@pytest.mark.parametrize("name", ["claims-csv", "claims-jsonl"])
def test_claims_that_are_not_sure_enough_are_left_out_and_counted(run: Run, store: Path, name: str) -> None:
    whole = run("export", name, "--store", store)
    assert whole.stderr == ""
    least = run("export", name, "--store", store, "--min-confidence", "0.55")
    assert least.stdout == whole.stdout
    assert "0 of 3 claims left out: their confidence is below 0.55; 1 without one stay" in least.stderr
    surer = run("export", name, "--store", store, "--min-confidence", 0.9)
    assert "1 of 3 claims left out" in surer.stderr
    assert "claim-south-1" in whole.stdout
    assert "claim-south-1" not in surer.stdout
    assert all(kept in surer.stdout for kept in ("claim-north-1", "claim-east-1"))


def test_events_are_of_all_claims_and_the_way_round_is_told(run: Run, store: Path) -> None:
    result = run("export", "geojson", "--store", store, "--min-confidence", 0.9)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "rashomon link -" in result.stderr


@pytest.mark.parametrize("value", ["1.5", "-0.1", "sure"])
def test_a_confidence_is_a_number_from_nought_to_one(run: Run, store: Path, value: str) -> None:
    result = run("export", "claims-csv", "--store", store, "--min-confidence", value)
    assert result.exit_code == 2
    assert "--min-confidence" in result.stderr


def test_an_unknown_format_names_the_known_ones(run: Run, store: Path) -> None:
    result = run("export", "excel", "--store", store)
    assert result.exit_code == 2
    assert "claims-csv, events-csv" in result.stderr


def test_a_store_that_is_not_there_is_said_so_and_not_made(run: Run, tmp_path: Path) -> None:
    result = run("export", "claims-csv")
    assert result.exit_code == 2
    assert "rashomon.sqlite" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("export", "claims-csv", "--store", store, "-o", tmp_path / "file" / "claims.csv")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_claims_of_another_coder_are_not_passed_over_in_silence(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_CODER", "learned")
    shown = run("report", "north-1", "--store", store)
    assert "no claims of learned for this report, but of rules/1" in " ".join(shown.stderr.split())
    assert "killed 20" in " ".join(run("event", event_id(run, store), "--store", store).stdout.split())
