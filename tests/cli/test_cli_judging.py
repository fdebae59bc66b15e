"""`judge` and `link --regressions` on a store made by hand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from rashomon import knowledge as known
from rashomon.knowledge import Knowledge

Run = Callable[..., Result]

EAST, NORTH, SOUTH = "claim-east-1", "claim-north-1", "claim-south-1"


@pytest.fixture(autouse=True)
def loaded_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "load", lambda *_: knowledge)
    monkeypatch.setenv("LOGNAME", "ana")


@pytest.fixture
def ours(store: Path, tmp_path: Path) -> Path:
    """A store that a test may write: three claims in one event."""
    return Path(shutil.copy(store, tmp_path / "ours.sqlite"))


def events(run: Run, store: Path) -> list[list[str]]:
    lines = run("export", "events-jsonl", "--store", store).stdout.splitlines()
    return sorted(sorted(json.loads(line)["claims"]) for line in lines)


def event_of(run: Run, store: Path, claim: str) -> str:
    rows = map(json.loads, run("export", "events-jsonl", "--store", store).stdout.splitlines())
    return next(str(row["id"]) for row in rows if claim in row["claims"])


def judgements(run: Run, store: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("judge", "list", "--store", store, "--json").stdout)
    return rows


def test_a_claim_is_not_about_an_event_and_the_way_back(run: Run, ours: Path) -> None:
    event = event_of(run, ours, EAST)
    result = run("judge", "different", EAST, event[:5], "--store", ours)
    assert result.exit_code == 0
    assert events(run, ours) == [[EAST], [NORTH, SOUTH]]
    assert f", by ana: claims {EAST} and {NORTH} are about two events." in result.stdout
    assert f"Event {event} is two now: " in result.stdout
    undo = next(line for line in result.stderr.splitlines() if line.startswith("To undo it: rashomon "))
    back = run(*undo.removeprefix("To undo it: rashomon ").split())
    assert "are one now: " + event in back.stdout
    assert events(run, ours) == [[EAST, NORTH, SOUTH]]
    stand = [row["standing"] for row in judgements(run, ours)]
    assert stand == ["withdrawn", "withdrawn", "holds", "holds"]


def test_two_events_are_one_with_all_their_claims(run: Run, ours: Path) -> None:
    run("judge", "different", EAST, event_of(run, ours, EAST), "--store", ours)
    one, other = event_of(run, ours, EAST), event_of(run, ours, NORTH)
    found = json.loads(run("judge", "same", one, other, "--json", "--store", ours).stdout)
    (hub,) = {row["subject"] for row in found["judgements"]}
    assert sorted((hub, *(row["other"] for row in found["judgements"]))) == [EAST, NORTH, SOUTH]
    assert (events(run, ours), found["cannot_hold"]) == ([[EAST, NORTH, SOUTH]], [])


def test_two_events_that_a_decision_keeps_apart_are_told(run: Run, ours: Path) -> None:
    run("judge", "different", NORTH, SOUTH, "--store", ours)
    first = event_of(run, ours, EAST)  # east is tied to both, not north to south
    (second,) = {event_of(run, ours, claim) for claim in (NORTH, SOUTH)} - {first}
    result = run("judge", "same", first, second, "--store", ours)
    assert len(events(run, ours)) == 2
    assert f"cannot hold, because claims {NORTH} and {SOUTH} are about two events (j" in result.stdout


def test_about_one_pair_the_last_word_counts(run: Run, ours: Path) -> None:
    run("judge", "different", EAST, event_of(run, ours, EAST), "--store", ours)
    result = run("judge", "same", EAST, SOUTH, "--by", "ben", "--store", ours)
    # north and south are put together by linking alone, and north is kept apart from east
    assert events(run, ours) == [[EAST, SOUTH], [NORTH]]
    assert "are put together anew: " in result.stdout
    shown = run("judge", "list", "--store", ours).stdout
    assert "ben" in shown
    assert "overruled" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_a_claim_is_rejected_and_comes_back(run: Run, ours: Path) -> None:
    event = event_of(run, ours, EAST)
    result = run("judge", "reject", "claim-e", "--store", ours)
    assert f"Claim {EAST} is in no event now." in result.stdout
    assert f"Event {event} has 2 claims now, 3 before." in result.stdout
    assert events(run, ours) == [[NORTH, SOUTH]]
    (kept,) = judgements(run, ours)
    back = run("judge", "withdraw", kept["id"][:4], "--store", ours)
    assert f"Claim {EAST} is in event {event} now." in back.stdout
    assert events(run, ours) == [[EAST, NORTH, SOUTH]]
    again = run("judge", "withdraw", kept["id"], "--store", ours)
    assert (again.exit_code, "was withdrawn before" in again.stderr) == (2, True)


def test_a_field_is_corrected(run: Run, ours: Path) -> None:
    result = run("judge", "correct", SOUTH, "type", "shelling", "--store", ours)
    assert "Its type is now: shelling." in result.stdout
    where = '[{"text": "Jairud", "role": "to"}]'
    assert "Its places are now: Jairud." in run("judge", "correct", SOUTH, "places", where, "--store", ours).stdout
    lines = run("export", "claims-jsonl", "--store", ours).stdout.splitlines()
    claims = {row["id"]: row for row in map(json.loads, lines)}
    assert (claims[SOUTH]["type"], claims[SOUTH]["places"][0]["role"]) == ("shelling", "to")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("correct", SOUTH, "colour", "red"), "'colour' cannot be corrected. Fields are quote, trigger, type"),
        (("correct", SOUTH, "type", "birthday"), "'birthday' is no type of event"),
        (("correct", SOUTH, "status", "perhaps"), "status: "),
        (("correct", SOUTH, "places", "Jairud"), "the value of places is not JSON"),
        (("reject", "claim-"), "3 claims have ids that begin with claim-"),
        (("reject", "nothing"), "no claim has an id that begins with nothing"),
        (("same", SOUTH, "x"), "no claim or event has an id that begins with x"),
        (("same", SOUTH, ""), "an empty id. Give the id of a claim or event, or its beginning"),
        (("same", SOUTH, SOUTH), "one and the same"),
        (("withdraw", "j1"), "no judgement has an id that begins with j1"),
    ],
)
def test_what_would_come_to_nothing_is_refused(run: Run, ours: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("judge", *arguments, "--store", ours)
    assert result.exit_code == 2
    assert message in result.stderr
    assert judgements(run, ours) == []


def test_nothing_is_linked_where_that_is_not_wanted(run: Run, ours: Path) -> None:
    result = run("judge", "reject", EAST, "--no-link", "--store", ours)
    assert "`rashomon rebuild`, or the next judgement, links them again" in result.stdout
    assert [EAST, NORTH, SOUTH] in events(run, ours)
    run("rebuild", "--store", ours)
    assert events(run, ours) == [[NORTH, SOUTH]]


def test_for_programs(run: Run, ours: Path) -> None:
    event = event_of(run, ours, EAST)
    found = json.loads(run("judge", "reject", EAST, "--by", "ben", "--json", "--store", ours).stdout)
    assert [(row["kind"], row["subject"], row["by"]) for row in found["judgements"]] == [("reject", EAST, "ben")]
    assert found["claims"] == {EAST: None}
    assert found["changes"] == [{"before": [event], "after": [event]}]
    assert (found["linked"], found["other_events_changed"], found["cannot_hold"]) == (True, 0, [])


def test_a_file_of_judgements(run: Run, ours: Path, store: Path, tmp_path: Path) -> None:
    made = {"by": "cleo", "made": "2024-01-01T12:00:00Z"}
    rows = [
        {"kind": "different", "subject": EAST, "other": NORTH} | made,
        {"kind": "different", "subject": EAST} | made,
        {"kind": "reject", "subject": "claim-of-nobody"} | made,
        {"id": "mine", "kind": "correct", "subject": SOUTH, "field": "type", "value": "birthday"},
        {"id": "mine", "kind": "correct", "subject": SOUTH, "field": "status", "value": "ongoing"} | made,
    ]
    path = tmp_path / "decided.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = run("judge", "import", path, "--store", ours)
    assert result.exit_code == 0
    for number, message in ((2, "`other` is missing"), (3, "claim-of-nobody"), (4, "no type of event")):
        assert any(f"{path}:{number}: " in line and message in line for line in result.stderr.splitlines())
    kept = judgements(run, ours)
    assert [(row["kind"], row["by"]) for row in kept] == [("different", "cleo"), ("correct", "cleo")]
    assert kept[1]["value"] == "ongoing"
    again = run("judge", "import", path, "--store", ours).stdout
    assert "2 judgements kept before." in again
    assert "Nothing new" in again
    assert judgements(run, ours) == kept
    other = Path(shutil.copy(store, tmp_path / "other.sqlite"))
    listed = run("judge", "list", "--json", "--store", ours).stdout
    run("judge", "import", "-", "--store", other, stdin=listed)
    assert judgements(run, other) == kept


def test_what_a_file_decides_is_undone_though_it_withdraws_some_of_it(run: Run, ours: Path) -> None:
    rows = (
        {"id": "j1", "kind": "reject", "subject": EAST},
        {"id": "j2", "kind": "reject", "subject": NORTH},
        {"id": "j3", "kind": "withdraw", "subject": "j1"},
    )
    result = run("judge", "import", "-", "--store", ours, stdin="\n".join(map(json.dumps, rows)))
    assert events(run, ours) == [[EAST, SOUTH]]
    undo = next(line for line in result.stderr.splitlines() if line.startswith("To undo it: rashomon "))
    back = run(*undo.removeprefix("To undo it: rashomon ").split())
    assert back.exit_code == 0, back.stderr
    assert events(run, ours) == [[EAST, NORTH, SOUTH]]
    none = ({"id": "j4", "kind": "reject", "subject": EAST}, {"id": "j5", "kind": "withdraw", "subject": "j4"})
    result = run("judge", "import", "-", "--store", ours, stdin="\n".join(map(json.dumps, none)))
    assert "To undo it" not in result.stderr


def test_a_name_that_would_steer_the_terminal_is_refused(run: Run, ours: Path) -> None:
    result = run("judge", "reject", EAST, "--by", "ana\x1b[31m", "--store", ours)
    assert (result.exit_code, judgements(run, ours)) == (2, [])
    assert "a name has no control characters and no line breaks. Give --by NAME" in result.stderr


def test_a_file_without_judgements(run: Run, ours: Path) -> None:
    result = run("judge", "import", "-", "--store", ours, stdin="{}\n")
    assert result.exit_code == 2
    assert "standard input: no judgements" in result.stderr


def test_a_store_without_judgements_says_so(run: Run, ours: Path) -> None:
    assert "Nobody has decided anything" in run("judge", "list", "--store", ours).stderr
    result = run("link", "--regressions", "--store", ours)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nobody has said" in result.stderr


# --- link --regressions ---------------------------------------------------------------------------------------------


def decide(run: Run, store: Path, *rows: tuple[str, str, str]) -> None:
    lines = [json.dumps({"kind": kind, "subject": one, "other": other}) for kind, one, other in rows]
    run("judge", "import", "-", "--store", store, "--no-link", stdin="\n".join(lines))


def test_decisions_are_held_against_linking_by_itself(run: Run, ours: Path) -> None:
    decide(run, ours, ("same", NORTH, SOUTH), ("different", EAST, SOUTH))
    result = run("link", "--regressions", "--store", ours)
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "one event as decided ana" in words
    assert "two events otherwise ana" in words
    assert "1 of 2 come out as people decided." in words
    assert "“Warplanes raided Jairud on Monday" in words
    assert "\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert run("link", "--regressions", "--strict", "--store", ours).exit_code == 1
    found = json.loads(run("link", "--regressions", "--json", "--store", ours).stdout)
    assert (found["tested"], found["as_decided"], found["cannot_hold"]) == (2, 1, 0)
    assert [case["as_decided"] for case in found["cases"]] == [True, False]


def test_decisions_that_cannot_all_hold(run: Run, ours: Path) -> None:
    decide(run, ours, ("same", EAST, NORTH), ("same", NORTH, SOUTH), ("different", EAST, SOUTH))
    result = run("link", "--regressions", "--store", ours)
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert "cannot hold, because claims claim-east-1 and claim-south-1 are about two events (j" in words
    told = run("judge", "correct", EAST, "status", "denied", "--store", ours).stdout
    assert "cannot hold, because" in told


def test_a_decision_on_a_claim_that_was_rejected_is_not_tested(run: Run, ours: Path) -> None:
    decide(run, ours, ("same", NORTH, SOUTH))
    run("judge", "reject", NORTH, "--store", ours, "--no-link")
    result = run("link", "--regressions", "--strict", "--store", ours)
    assert result.exit_code == 0
    assert "claim is gone" in result.stdout
    assert "0 of 0 come out as people decided. 1 decision not tested" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no claims. Give CLAIMS.jsonl, or --regressions"),
        (("a.jsonl", "--regressions"), "CLAIMS.jsonl does not go with --regressions"),
        (("--regressions", "-o", "b.jsonl"), "-o does not go with --regressions"),
        (("a.jsonl", "--strict"), "--strict goes only with --regressions"),
        (("a.jsonl", "--store", "s.sqlite"), "--store goes only with --regressions"),
    ],
)
def test_claims_come_from_a_file_or_a_store(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run("link", *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True)
