"""Which mentions of events are claims of their own."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.signs import Signs
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


@pytest.mark.parametrize("text", ["threshold: high\n", "sings: {}\n", "- definite\n"])
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
