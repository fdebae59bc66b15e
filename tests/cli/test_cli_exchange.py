"""`link`, `evaluate`, `gazetteer import`, and what the program does with usage and settings."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import rashomon
from rashomon.knowledge.files import BUILT_IN

Run = Callable[..., Result]
PROGRAM = Path(sys.executable).with_name("rashomon")


def raid(name: str, report: str, **other: Any) -> dict[str, Any]:
    return {
        "id": name,
        "report": report,
        "quote": "Warplanes raided Jairud.",
        "trigger": "raided",
        "type": "air_strike",
        "status": "occurred",
        "places": [{"text": "Jairud", "name": "Jairud", "role": "at"}],
        "time": {"text": "Monday", "start": "2018-04-09", "end": "2018-04-09"},
    } | other


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


# --- link -----------------------------------------------------------------------------------------------------------


def test_claims_coded_by_hand_become_events(run: Run, tmp_path: Path) -> None:
    spelt = [{"text": "Jiroud", "name": "Jiroud", "role": "at"}]
    claims = tmp_path / "claims.jsonl"
    claims.write_text(lines(raid("a", "r1"), raid("b", "r2", places=spelt), raid("c", "r3", type="talks")), "utf-8")
    result = run("link", claims)
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["claims"] for event in events] == [["a", "b"], ["c"]]
    assert events[0]["days"] == {"start": "2018-04-09", "end": "2018-04-09"}
    assert events[0]["accounts"]["places"] == [
        {"value": "Jairud", "claims": ["a"]},
        {"value": "Jiroud", "claims": ["b"]},
    ]
    assert result.stderr == ""


def test_with_the_reports_outlets_and_origins_are_counted(run: Run, tmp_path: Path) -> None:
    told = [{"id": f"r{n}", "outlet": f"Paper {n}", "published": "2018-04-10", "text": f"Text {n}."} for n in (1, 2)]
    (tmp_path / "reports.json").write_text(json.dumps(told), "utf-8")
    claims = lines(raid("a", "r1"), raid("b", "r2"))
    bare, known = (run("link", "-", *more, stdin=claims) for more in ((), ("--reports", tmp_path / "reports.json")))
    counts = [{name: json.loads(result.stdout)[name] for name in ("outlets", "origins")} for result in (bare, known)]
    assert counts == [{"outlets": 0, "origins": 0}, {"outlets": 2, "origins": 2}]


def test_a_site_says_who_speaks_for_a_body(run: Run, tmp_path: Path) -> None:
    """Words of its own accounts.yaml make one voice of a body and its herald."""
    told = [{"id": f"r{n}", "outlet": f"Paper {n}", "published": "2018-04-10", "text": f"Text {n}."} for n in (1, 2)]
    (tmp_path / "reports.json").write_text(json.dumps(told), "utf-8")
    speakers = ("Northern Police Command", "herald of Northern Police Command")
    claims = lines(
        *(
            raid(f"c{n}", f"r{n}", source=[{"text": name, "kind": "government"}])
            for n, name in enumerate(speakers, start=1)
        )
    )
    (tmp_path / "ours").mkdir()
    built_in = (BUILT_IN / "accounts.yaml").read_text("utf-8")
    ours = built_in.replace("speaks_for: [", "speaks_for: [herald, ")
    (tmp_path / "ours" / "accounts.yaml").write_text(ours, "utf-8")
    (tmp_path / "mine.toml").write_text('knowledge = "ours"\n', "utf-8")
    link = ("link", "-", "--reports", tmp_path / "reports.json")
    origins = [
        json.loads(run(*given, *link, stdin=claims).stdout)["origins"]
        for given in ((), ("--settings", tmp_path / "mine.toml"))
    ]
    assert origins == [2, 1]


def test_a_name_that_the_gazetteer_knows_says_where_a_claim_by_hand_is(run: Run) -> None:
    aleppo = [{"text": "the city of Aleppo", "name": "Aleppo", "role": "at"}]
    event = json.loads(run("link", "-", stdin=lines(raid("a", "r1", places=aleppo))).stdout)
    assert event["place"]["name"] == "Aleppo"
    assert round(event["place"]["lat"]) == 36


def test_link_reads_standard_input_and_writes_a_file(run: Run, tmp_path: Path) -> None:
    result = run("link", "-", "-o", tmp_path / "deep" / "events.jsonl", stdin=lines(raid("a", "r1")))
    assert result.stdout == ""
    assert json.loads((tmp_path / "deep" / "events.jsonl").read_text("utf-8"))["claims"] == ["a"]
    assert "1 claims, 1 events" in result.stderr


def test_events_keep_their_ids_from_the_last_time(run: Run, tmp_path: Path) -> None:
    first = run("link", "-", stdin=lines(raid("a", "r1"), raid("b", "r2"))).stdout
    (tmp_path / "events.jsonl").write_text(first, "utf-8")
    more = lines(raid("a", "r1"), raid("b", "r2"), raid("c", "r3"))
    again = run("link", "-", "--previous", tmp_path / "events.jsonl", stdin=more).stdout
    assert json.loads(again)["id"] == json.loads(first)["id"]
    assert json.loads(run("link", "-", stdin=more).stdout)["id"] != json.loads(first)["id"]


def test_a_broken_line_among_good_ones_is_a_warning(run: Run) -> None:
    broken = lines(raid("a", "r1")) + '{"id": "b", \n' + lines({"report": "r"}, raid("a", "r1"), raid("d", "r4"))
    result = run("link", "-", stdin=broken)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["claims"] == ["a", "d"]
    assert "warning: standard input:2: not JSON" in result.stderr
    assert "warning: standard input:3: not a claim: quote" in result.stderr
    assert "two claims have the id a" in result.stderr


def test_a_type_of_nobody_is_said_so_once(run: Run) -> None:
    result = run("link", "-", stdin=lines(raid("a", "r1", type="picnic"), raid("b", "r2", type="picnic")))
    assert result.stderr.count("picnic") == 1
    assert json.loads(result.stdout)["claims"] == ["a", "b"]


def test_no_claims_at_all_is_an_error(run: Run) -> None:
    for content in ("", "\n\n", "not json\n"):
        result = run("link", "-", stdin=content)
        assert result.exit_code == 2
        assert "error: standard input: no claims" in result.stderr
    missing = run("link", "nowhere.jsonl")
    assert missing.exit_code == 2
    assert "nowhere.jsonl: cannot be read" in missing.stderr


# --- evaluate -------------------------------------------------------------------------------------------------------


def gold_files(folder: Path) -> tuple[Path, Path, Path]:
    gold, reports, claims = folder / "gold.json", folder / "reports.json", folder / "claims.jsonl"
    gold.write_text(json.dumps([{"report": "r1", "claims": [raid("a", "r1")]}]), "utf-8")
    reports.write_text(json.dumps([{"id": "r1", "text": "Warplanes raided Jairud. Talks began."}]), "utf-8")
    talks = raid("b", "r1", quote="Talks began.", trigger="began", type="talks")
    claims.write_text(lines(raid("a", "r1", status="planned"), talks), "utf-8")
    return gold, reports, claims


def test_scores_of_claims_at_hand_with_what_was_wrong(run: Run, tmp_path: Path) -> None:
    gold, reports, claims = gold_files(tmp_path)
    shown = run("evaluate", gold, reports, "--claims", claims).stdout
    assert "Missed" not in shown
    assert "Invented: 1" in shown
    assert "Wrong: 1" in shown
    table = {" ".join(line.split()[:2]): line.split() for line in shown.splitlines()}
    assert table["claims found"][2:] == ["0.5000", "1.0000", "0.6667", "1", "2"]
    assert table["all facts"][2:] == ["0.4000", "0.8000", "0.5333", "5", "10"]
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "Invented" not in run("evaluate", gold, reports, "--claims", claims, "--no-listing").stdout


def test_scores_as_json(run: Run, tmp_path: Path) -> None:
    gold, reports, claims = gold_files(tmp_path)
    made = json.loads(run("evaluate", gold, reports, "--claims", claims, "--json").stdout)
    assert made["fields"]["all facts"]["f1"] == 0.5333
    assert made["quotes_not_in_text"] == 0
    assert made["wrong"][0]["lacking"] == [{"field": "status", "value": "occurred"}]


def test_what_the_confidence_of_claims_is_worth(run: Run, tmp_path: Path) -> None:
    gold, reports, claims = gold_files(tmp_path)
    assert "calibration" not in run("evaluate", gold, reports, "--claims", claims).stdout
    talks = raid("b", "r1", quote="Talks began.", trigger="began", type="talks", confidence=0.35)
    claims.write_text(lines(raid("a", "r1", confidence=0.95), talks), "utf-8")
    shown = run("evaluate", gold, reports, "--claims", claims).stdout
    assert "expected calibration error (ECE, 10 bins of equal width): 0.2000" in shown
    assert "precision of claims typed in the surer half: 1.0000 (1 from 0.950 up)" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    made = json.loads(run("evaluate", gold, reports, "--claims", claims, "--json").stdout)["confidence"]
    assert (made["claims"], made["error"], made["surer_right"]) == (2, 0.2, 1.0)
    assert [one["start"] for one in made["bins"]] == [0.3, 0.9]


def test_gold_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", tmp_path / "none.json", tmp_path / "none.json")
    assert result.exit_code == 2
    assert "none.json: cannot be read" in result.stderr


@pytest.mark.parametrize("measures", [("--days", "--swap"), ("--places", "places.json", "--claims", "claims.jsonl")])
def test_measures_that_do_not_go_together(run: Run, tmp_path: Path, measures: tuple[str, ...]) -> None:
    gold, reports, _ = gold_files(tmp_path)
    result = run("evaluate", gold, reports, *measures)
    assert result.exit_code == 2
    given = " and ".join(word for word in measures if word.startswith("--"))
    assert f"{given} do not go together" in result.stderr


def test_a_share_of_nothing_is_none(run: Run, tmp_path: Path) -> None:
    gold, reports, _ = gold_files(tmp_path)
    places = tmp_path / "places.json"
    places.write_text("{}", "utf-8")
    shown = run("evaluate", gold, reports, "--places", places)
    assert "located right: none" in shown.stdout, shown.output


# --- gazetteer ------------------------------------------------------------------------------------------------------

TABLE = "id\tname\tnames\tlat\tlon\tkind\nX1\tJairud\tJairud|Jiroud\t33.8\t36.7\ttown\nX2\tNowhere\t\tnorth\t1\ttown\n"


def test_a_table_of_places_is_imported_once(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    table.write_text(TABLE, "utf-8")
    first = run("gazetteer", "import", table)
    assert first.exit_code == 0, first.output
    assert "1 place: 1 new" in first.stdout
    assert "places.tsv:3" in first.stderr
    assert "0 new, 1 already there" in run("gazetteer", "import", table).stdout
    assert json.loads(run("gazetteer", "import", table, "--json").stdout)["already"] == 1


def test_a_kind_and_a_country_that_there_are_not_are_told_by_line(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,lat,lon,kind,country\nTell Barqash,33.4,35.9,castle,SYR\n", "utf-8")
    result = run("gazetteer", "import", table)
    told = " ".join(result.stderr.split())
    assert "unknown kind 'castle'" in told
    assert "the country 'SYR' is no ISO 3166-1 alpha-2 code" in told
    assert told.count("places.csv:2") == 2
    assert "1 place: 1 new" in result.stdout


def test_a_table_that_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "places.tsv").write_text("what,is,this\n", "utf-8")
    result = run("gazetteer", "import", tmp_path / "places.tsv")
    assert result.exit_code == 2
    assert "places.tsv:1: no column" in result.stderr


# --- the program ----------------------------------------------------------------------------------------------------


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.strip() == f"rashomon {rashomon.__version__}"
    shown = run("--help").stdout
    for verb in ("run", "code", "link", "export", "evaluate", "report", "event", "rebuild", "gazetteer"):
        assert verb in shown
        assert run(verb, "--help").exit_code == 0


def test_wrong_usage_is_two(run: Run) -> None:
    assert run("fly").exit_code == 2
    assert run("link").exit_code == 2


def test_settings_of_the_folder_and_of_an_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rashomon.toml").write_text("colour = 'red'\n", "utf-8")
    broken = run("export", "claims-csv")
    assert broken.exit_code == 2
    assert "colour" in broken.stderr
    (tmp_path / "mine.toml").write_text("store = 'mine.sqlite'\n", "utf-8")
    assert "mine.sqlite" in run("--settings", tmp_path / "mine.toml", "export", "claims-csv").stderr


def test_help_comes_at_once_without_the_language_model() -> None:
    loaded = (
        "import sys, rashomon.cli.main; print([m for m in ('spacy', 'sqlalchemy', 'pydantic') if m in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([PROGRAM, "--help"], capture_output=True, check=True)
        best = min(best, time.perf_counter() - started)
    assert best < 2  # half a second on a machine that has nothing else to do


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text(lines(*(raid(f"c{n}", f"r{n}", type=f"t{n}") for n in range(3000))), "utf-8")
    command = f"'{PROGRAM}' link '{claims}' 2>'{tmp_path}/err' | head -n 1"
    made = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(made.stdout)["claims"]
    assert "Traceback" not in (tmp_path / "err").read_text("utf-8")
    assert "BrokenPipe" not in (tmp_path / "err").read_text("utf-8")
