"""Which mentions of events are claims of their own."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.signs import Curve, Signs
from rashomon.model import Publication, Report

STORY = (
    "Raid on Karmun leaves nine dead.\n\n"
    "Warplanes raided the market of Karmun on Tuesday, killing nine civilians, a local doctor said.\n\n"
    "The raid came at noon, when the stalls were full. People ran to the mill and to the old school.\n\n"
    "On Monday the army shelled the orchards of Tamrin with mortars, wounding two farmers."
)


def report_of(text: str) -> Report:
    day = Publication(dt.date(2017, 5, 10))
    return Report("r1", None, None, None, text, "0" * 64, "en", len(text.split()), day)


def coded(text: str, coder: RulesCoder, nlp: Language) -> list[tuple[str, str]]:
    return [(claim.type, claim.trigger) for claim in coder.code_parsed(report_of(text), nlp(text))]


def test_headline_lead_and_what_takes_it_up_are_one_claim(coder: RulesCoder, nlp: Language) -> None:
    assert coded(STORY, coder, nlp) == [("air_strike", "raided"), ("shelling", "shelled")]


def test_a_flash_says_nothing_in_passing(coder: RulesCoder, nlp: Language) -> None:
    assert coded("Clashes erupted in Tamrin.", coder, nlp) == [("armed_clash", "Clashes")]


def test_every_mention_has_signs_and_none_of_them_names_anybody(coder: RulesCoder, nlp: Language) -> None:
    other = STORY.replace("the army", "the SDF").replace("Karmun", "Rasmun").replace("doctor", "officer")
    shown, others = ([signs for _, signs in coder.mentions(report_of(text), nlp(text))] for text in (STORY, other))
    assert all(shown)
    assert shown == others


def write(folder: Path, text: str) -> Layers:
    file = folder / "lexicon" / "signs.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return Layers.over_built_in(folder)


def test_a_site_weighs_signs_otherwise(tmp_path: Path) -> None:
    built_in = Signs.load(Layers())
    own = Signs.load(write(tmp_path, "threshold: 3\nsigns:\n  definite: -40\n"))
    assert (own.threshold, own.base) == (3, built_in.base)
    assert own.points(["definite"]) == built_in.base - 40
    assert own.points(["count"]) == built_in.points(["count"])
    assert own.points(["no such sign"]) == built_in.base


def test_a_learned_file_replaces_the_built_in_one(tmp_path: Path) -> None:
    own = Signs.load(write(tmp_path, "threshold: 3\nbase: 1\nsigns:\n  definite: -4\n"))
    assert (own.base, own.by_name) == (1, {"definite": -4})


def test_a_loaded_word_weighs_what_its_neutral_one_does(coder: RulesCoder, nlp: Language) -> None:
    text = STORY.replace("shelled the orchards of Tamrin with mortars", "WORD the town of Tamrin")
    shown = [
        coder.mentions(report_of(t), nlp(t)) for t in (text.replace("WORD", w) for w in ("liberated", "recaptured"))
    ]
    assert [signs for _, signs in shown[0]] == [signs for _, signs in shown[1]]


def test_a_claim_of_a_story_says_how_sure_it_is(coder: RulesCoder, nlp: Language) -> None:
    report = report_of(STORY)
    signs, shown = Signs.load(Layers()), coder.mentions(report, nlp(STORY))
    expected = {claim.trigger: signs.confidence(signs.points(names)) for claim, names in shown}
    claims = coder.code_parsed(report, nlp(STORY))
    assert {claim.trigger: claim.confidence for claim in claims} == {c.trigger: expected[c.trigger] for c in claims}
    assert all(claim.confidence is not None and 0 < claim.confidence < 1 for claim in claims)


def test_of_a_flash_nobody_knows_how_sure_it_is(coder: RulesCoder, nlp: Language) -> None:
    text = "Clashes erupted in Tamrin."
    (claim,) = coder.code_parsed(report_of(text), nlp(text))
    assert claim.confidence == Signs.load(Layers()).flash_confidence


CURVES = st.builds(Curve, slope=st.floats(0, 5), intercept=st.floats(-50, 50))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(CURVES, st.integers(-500, 500), st.integers(-500, 500))
def test_more_points_are_never_less_sure(curve: Curve, one: int, other: int) -> None:
    low, high = curve.at(min(one, other)), curve.at(max(one, other))
    assert 0 <= low <= high <= 1
    assert round(low, 3) == low


def test_the_built_in_curve_tells_sure_from_unsure() -> None:
    signs = Signs.load(Layers())
    assert signs.curve is not None
    sure = [signs.confidence(points) for points in range(signs.threshold, 40)]
    assert sure == sorted(sure, key=lambda value: value or 0)
    assert (sure[0] or 1) < 0.5 < 0.9 < (sure[-1] or 0)


def test_a_site_with_points_of_its_own_needs_a_curve_of_its_own(tmp_path: Path) -> None:
    for number, (text, found) in enumerate(
        [
            ("threshold: 3\nbase: 1\n", None),
            ("threshold: 3\nbase: 1\ncurve: {slope: 0.1, intercept: 0}\n", 0.731),
            ("threshold: 3\nsigns:\n  definite: -40\n", Signs.load(Layers()).confidence(10)),
        ]
    ):
        assert Signs.load(write(tmp_path / str(number), text)).confidence(10) == found


def test_a_site_that_knows_how_sure_its_flashes_are_says_so(tmp_path: Path) -> None:
    text = "threshold: 3\nbase: 1\ncurve: {slope: 0.1, intercept: 0, flash: 0.8}\n"
    assert Signs.load(write(tmp_path, text)).flash_confidence == 0.8


@pytest.mark.parametrize(
    "text",
    [
        "threshold: high\n",
        "sings: {}\n",
        "- definite\n",
        "curve: {slope: -0.1, intercept: 0}\n",
        "curve: {slope: 0.1}\n",
        "curve: {slope: 0.1, intercept: 0, flash: 2}\n",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(KnowledgeError, match=r"signs\.yaml"):
        Signs.load(write(tmp_path, text))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "weigh_signs.py"
    spec = importlib.util.spec_from_file_location("weigh_signs", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["weigh_signs"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_points_are_learned_from_what_people_coded(script: ModuleType) -> None:
    mentions = [script.Mention("r", {}, ("told", "count" if n % 2 else "definite"), n % 2 == 1) for n in range(40)]
    _, points = script.learn(mentions, 2.0)
    assert points["count"] > 10
    assert points["definite"] < -10
    assert "told" not in points  # it is a sign of all, and tells nothing


def test_the_curve_says_how_often_so_many_points_are_right(script: ModuleType) -> None:
    points = [at for at in (-10, 0, 10, 20) for _ in range(100)]
    right = [n % 100 < share for share in (20, 40, 60, 80) for n in range(100)]
    curve = script.fit_curve(points, right)
    assert [round(curve.at(at), 1) for at in (-10, 0, 10, 20)] == [0.2, 0.4, 0.6, 0.8]
    upside_down = script.fit_curve(points, [not one for one in right])
    assert upside_down.slope == 0


def test_points_of_a_part_are_taught_by_the_others(script: ModuleType) -> None:
    mentions = [
        script.Mention(f"r{n % 8}", {}, ("told", "count" if n % 3 else "definite"), n % 3 > 0) for n in range(96)
    ]
    worth = script.out_of_fold(mentions, [f"r{n}" for n in range(8)], 2.0)
    assert min(w for w, m in zip(worth, mentions, strict=True) if m.is_claim) > max(
        w for w, m in zip(worth, mentions, strict=True) if not m.is_claim
    )
