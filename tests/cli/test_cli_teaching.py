"""`review` and `train`: what a person corrects becomes a coder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
TOWNS = ("Karmun", "Tamrin", "Dolab", "Sirwal", "Hazm", "Qarat", "Nahla", "Bustan")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.json"
    reports = [
        {"id": f"r{n}", "outlet": "Harbour Post", "published": "2016-03-02", "title": "", "text": text}
        for n, town in enumerate(TOWNS)
        for text in [f"Warplanes raided {town} on Monday. Farmers said that the harvest was good."]
    ]
    path.write_text(json.dumps(reports), encoding="utf-8")
    return path


def test_sheets_are_corrected_and_taught_and_the_coder_codes(
    run: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    monkeypatch.chdir(tmp_path)
    shown = run("review", source, "-o", "gold", "--most", "8").stdout
    assert "8 sheets in gold/to-check" in shown
    for sheet in sorted(Path("gold/to-check").iterdir()):
        sheet.rename(Path("gold/claims") / sheet.name)
    assert run("review", source, "-o", "gold").exit_code == 2

    taught = run("train", "gold", "--no-encoder", "-o", "ours")
    assert "from 8 reports with 8 claims, in ours" in " ".join(taught.stdout.split())
    claims = [json.loads(line) for line in run("code", source, "--coder", "ours").stdout.splitlines()]
    assert {claim["type"] for claim in claims} <= {"air_strike"}
    assert all(claim["coder"].startswith("learned/") for claim in claims)

    more = run("train", "gold", "--from", "ours", "-o", "more")
    assert "F1 before, on these reports: claims found" in " ".join(more.stdout.split())


def test_what_cannot_be_gone_on_from_is_told(run: Run, tmp_path: Path) -> None:
    refused = run("train", tmp_path, "--from", "rules", "-o", tmp_path / "ours")
    assert refused.exit_code == 2
    assert "has no model" in refused.stderr or "needs" in refused.stderr


def test_gold_with_a_class_that_is_none_is_told_with_its_report(run: Run, source: Path, tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    run("review", source, "-o", tmp_path / "gold")
    sheet = next((tmp_path / "gold" / "to-check").iterdir())
    sheet.rename(tmp_path / "gold" / "claims" / "one.json")
    broken = (tmp_path / "gold" / "claims" / "one.json").read_text(encoding="utf-8").replace("occurred", "ocurred")
    (tmp_path / "gold" / "claims" / "one.json").write_text(broken, encoding="utf-8")
    refused = run("train", tmp_path / "gold", "--no-encoder", "-o", tmp_path / "ours")
    assert refused.exit_code == 2
    assert "has the status 'ocurred'" in " ".join(refused.stderr.split())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / "gold" / "claims" / "one.json").write_text(broken.replace("ocurred", "occurred"), encoding="utf-8")
    assert run("train", tmp_path / "gold", "--no-encoder", "-o", tmp_path / "mine").exit_code == 2
    assert (tmp_path / "mine" / "README.md").read_text(encoding="utf-8") == "mine"
