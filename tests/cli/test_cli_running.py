"""`run`, `code` and `rebuild` as a user meets them: real files, real processes, and every kind of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("rashomon")
Program = Callable[..., subprocess.CompletedProcess[bytes]]

STRIKE = "Warplanes raided the town of Douma on Monday, killing at least six civilians, activists said."
ENTRY = "The Syrian army captured Palmyra from Islamic State on Monday, a military source told the agency."
ARABIC = "قصفت الطائرات الحربية مدينة دوما يوم الاثنين وقتلت ستة مدنيين على الأقل، بحسب ناشطين في المدينة. " * 3
FURNITURE = "Back to top\nShare on Facebook Tweet\n12\n"
GOOD = json.dumps({"id": "good-1", "outlet": "One", "published": "2018-04-10", "text": STRIKE})
MORE = json.dumps({"id": "good-2", "outlet": "Two", "published": "2018-04-10", "text": ENTRY})


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Runs the installed program in an empty folder, with nothing of the user's in its settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RASHOMON_")}
    given = {"RASHOMON_GAZETTEER": str(tmp_path / "gazetteer"), "RASHOMON_CODER": "rules", "COLUMNS": "80"}
    environment = kept | given

    def call(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [str(PROGRAM), *(str(argument) for argument in arguments)]
        made = subprocess.run(
            command, input=stdin, capture_output=True, cwd=tmp_path, env=environment, timeout=120, check=False
        )
        assert b"Traceback" not in made.stderr, made.stderr.decode()
        return made

    return call


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with two good reports among every kind of bad input."""
    folder = tmp_path / "sources"
    (folder / "deeper").mkdir(parents=True)
    (folder / "good.txt").write_text(f"{STRIKE}\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "huge.txt").write_bytes(b"The army shelled a town. " * 210_000)
    (folder / "lines.jsonl").write_text(f"{MORE}\n{{broken\n{MORE}\n", "utf-8")
    (folder / "bytes.txt").write_bytes(b"\x00\x01\x02\xff\xfe\xfd" * 50)
    (folder / "columns.csv").write_text("first,second\nA,B\n", "utf-8")
    (folder / "furniture.txt").write_text(FURNITURE, "utf-8")
    (folder / "arabic.txt").write_text(ARABIC, "utf-8")
    return folder


def test_every_bad_input_is_named_and_the_rest_is_whole(program: Program, sources: Path, tmp_path: Path) -> None:
    made = program("run", sources, "--store", "kept.sqlite", "--out", "shown")
    said = made.stderr.decode()
    assert made.returncode == 0, said
    for name in ("empty.txt", "huge.txt", "lines.jsonl:2", "bytes.txt", "columns.csv", "furniture.txt", "arabic.txt"):
        assert f"{name}" in said, said
    assert "not in English" in said
    assert "good.txt" not in said
    shown = made.stdout.decode()
    assert "reports" in shown
    assert "places not located" in shown
    assert "dates not known" in shown
    assert "Open shown/index.html" in shown
    written = sorted(path.name for path in (tmp_path / "shown").iterdir())
    assert written == ["claims.csv", "claims.jsonl", "events.csv", "events.geojson", "events.jsonl", "index.html"]
    claims = [json.loads(line) for line in (tmp_path / "shown" / "claims.jsonl").read_text("utf-8").splitlines()]
    assert {"air_strike", "capture"} <= {claim["type"] for claim in claims}
    # Again: nothing is coded, nothing is added, the exports are the same bytes.
    before = {path.name: path.read_bytes() for path in (tmp_path / "shown").iterdir()}
    again = program("run", sources, "--store", "kept.sqlite", "--out", "shown")
    assert again.returncode == 0
    assert "0 coded" in again.stdout.decode()
    assert {path.name: path.read_bytes() for path in (tmp_path / "shown").iterdir()} == before
    # Derived anew, the same comes out.
    rebuilt = program("rebuild", "--store", "kept.sqlite")
    assert rebuilt.returncode == 0, rebuilt.stderr.decode()
    exported = program("export", "events-jsonl", "--store", "kept.sqlite")
    assert exported.stdout == before["events.jsonl"]


def test_only_the_surer_claims_are_coded_if_asked_and_it_is_said(program: Program) -> None:
    story = (
        f"{STRIKE}\n\nThe stalls of the market were full at noon. People ran to the mill and to the old school.\n\n"
        "On Sunday the army shelled the orchards of Harasta with mortars, wounding two farmers."
    )
    text = json.dumps({"id": "story", "published": "2018-04-10", "text": story}).encode()
    every = [json.loads(line) for line in program("code", "-", stdin=text).stdout.splitlines()]
    known = sorted(claim["confidence"] for claim in every)
    assert len(known) > 1
    made = program("code", "-", "--min-confidence", known[-1], stdin=text)
    kept = [json.loads(line) for line in made.stdout.splitlines()]
    assert kept == [claim for claim in every if claim["confidence"] == known[-1]]
    assert f"{len(every) - len(kept)} of {len(every)} claims left out" in made.stderr.decode()


def test_claims_of_a_pipe_are_lines_whose_quotes_are_in_the_text(program: Program) -> None:
    made = program("code", "-", stdin=f"{GOOD}\n{MORE}\n".encode())
    assert made.returncode == 0, made.stderr.decode()
    claims = [json.loads(line) for line in made.stdout.splitlines()]
    texts = {"good-1": STRIKE, "good-2": ENTRY}
    assert {claim["report"] for claim in claims} == set(texts)
    for claim in claims:
        assert texts[claim["report"]][claim["start"] : claim["end"]] == claim["quote"]
        assert claim["trigger"] in claim["quote"]
    strike = next(claim for claim in claims if claim["type"] == "air_strike")
    assert strike["time"] == {"text": "on Monday", "start": "2018-04-09", "end": "2018-04-09"}
    events = program("link", "-", stdin=made.stdout)
    assert len(events.stdout.splitlines()) == len(claims)


def test_a_table_with_columns_of_its_own(program: Program, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(f'number,source,article\n7,One,"{STRIKE}"\n', "utf-8")
    made = program("code", "table.csv", "--columns", "id=number,outlet=source,text=article", "-o", "claims.jsonl")
    assert made.returncode == 0, made.stderr.decode()
    assert made.stdout == b""
    (claim, *_) = (json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines())
    assert claim["report"] == "7"


def test_nothing_usable_is_an_error(program: Program, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    for source in ("folder", "empty.txt", "nowhere"):
        made = program("run", source)
        assert made.returncode == 2, source
        assert "error: no usable report" in made.stderr.decode()
        assert source in made.stderr.decode()


def test_an_output_folder_that_cannot_be_written_is_found_out_first(program: Program, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STRIKE, "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    made = program("run", "good.txt", "--out", "file/out")
    assert made.returncode == 2
    assert "cannot be written" in made.stderr.decode()
    assert not (tmp_path / "rashomon.sqlite").exists()


def test_columns_and_coders_that_there_are_not(program: Program, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STRIKE, "utf-8")
    wrong = program("code", "good.txt", "--columns", "body")
    assert wrong.returncode == 2
    assert "body" in wrong.stderr.decode()
    unknown = program("code", "good.txt", "--coder", "oracle")
    assert unknown.returncode == 2
    assert "oracle" in unknown.stderr.decode()


def test_coding_and_scoring_in_one_go(program: Program, tmp_path: Path) -> None:
    hand = {"quote": STRIKE, "trigger": "raided", "type": "air_strike", "status": "occurred"}
    (tmp_path / "gold.json").write_text(json.dumps([{"report": "good-1", "claims": [hand]}]), "utf-8")
    (tmp_path / "reports.jsonl").write_text(GOOD, "utf-8")
    made = program("evaluate", "gold.json", "reports.jsonl", "--json")
    assert made.returncode == 0, made.stderr.decode()
    assert json.loads(made.stdout)["fields"]["claims found"]["recall"] == 1.0


def test_nothing_of_the_users_in_the_output_folder_is_touched(program: Program, tmp_path: Path) -> None:
    (tmp_path / "shown").mkdir()
    (tmp_path / "shown" / ".rashomon").write_text("mine", "utf-8")
    assert program("run", "nothing.txt", "--out", "shown").returncode == 2
    assert [path.name for path in (tmp_path / "shown").iterdir()] == [".rashomon"]
    assert (tmp_path / "shown" / ".rashomon").read_text("utf-8") == "mine"


def test_one_report_is_one_report(program: Program, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(FURNITURE, "utf-8")
    assert "1 report read, 0 of them already there" in program("run", "good.txt").stdout.decode()
