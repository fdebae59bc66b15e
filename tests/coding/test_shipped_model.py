"""The model that comes with the package: it is whole, it says how sure it is, and says the same every time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rashomon.coding.learned.coder import REVISION
from rashomon.coding.learned.model import read_config
from rashomon.coding.rules import RulesCoder
from rashomon.pipeline.coders import SHIPPED
from rashomon.pipeline.coding import code
from rashomon.pipeline.workbench import BATCH
from rashomon.settings import Settings
from rashomon.wire import claim_to_json, dump_line

pytestmark = pytest.mark.usefixtures("one_model")

MOST_BYTES = 45_000_000
TEXT = """Warplanes raided the town of Saraqib in Idlib province on Monday, killing five civilians, the Syrian \
Observatory for Human Rights said. The strikes came a day after rebels seized two villages near Abu al-Duhur. \
The army plans to retake the villages, a military source said. A rebel commander denied that his men had withdrawn. \
Residents fled towards the Turkish border, and the United Nations called for a ceasefire."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def coded(report: Path, workers: int = 1) -> bytes:
    settings = Settings(gazetteer=report.parent / "none", workers=workers, coder="learned")
    return b"".join(dump_line(claim_to_json(claim)) for claim in code([str(report)], settings))


def test_it_is_whole_and_small() -> None:
    config = read_config(SHIPPED)
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= MOST_BYTES
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert f"learned/{config.version}" in card
    for heading in ("What it is worth", "Where it fails", "licence"):
        assert heading in card


def test_every_claim_has_words_of_the_text_and_says_how_sure_it_is(report: Path) -> None:
    claims = list(code([str(report)], Settings(gazetteer=report.parent / "none", coder="learned")))
    version = read_config(SHIPPED).version
    assert {claim.coder for claim in claims} == {f"learned/{version}.{RulesCoder.version}.{REVISION}"}
    assert "air_strike" in {claim.type for claim in claims}
    for claim in claims:
        assert TEXT[claim.span.start : claim.span.end] == claim.quote
        assert TEXT[claim.trigger_span.start : claim.trigger_span.end] == claim.trigger
        assert claim.confidence is not None
        assert 0 < claim.confidence < 1
    (strike,) = [claim for claim in claims if claim.type == "air_strike"]
    assert [source.mention.text for source in strike.source] == ["the Syrian Observatory for Human Rights"]
    assert [(quantity.measure.value, quantity.minimum) for quantity in strike.quantities] == [("killed", 5)]


def test_it_says_the_same_every_time_and_in_several_processes(report: Path, tmp_path: Path) -> None:
    assert coded(report) == coded(report)
    sentences = TEXT.split(". ")
    many = [
        {
            "id": f"r{n}",
            "outlet": "Harbour Post",
            "published": "2016-05-04",
            "title": "",
            "text": sentences[n % 5] + ".",
        }
        for n in range(BATCH + 6)
    ]
    path = tmp_path / "many.json"
    path.write_text(json.dumps(many), encoding="utf-8")
    once = coded(path)
    assert once
    assert coded(path, workers=2) == once
