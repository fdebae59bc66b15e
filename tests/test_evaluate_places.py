"""How pins are judged against where places are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rashomon.errors import InputError
from rashomon.evaluate.places import PlaceScores, Verdict, judge_places, read_gold_places, read_places
from rashomon.knowledge import Knowledge
from rashomon.model import Publication, Report
from rashomon.resolving.places import PlaceResolver

Scorer = Callable[..., PlaceScores]

TEXT = "Shells hit Saraqib and Barqash. Two people died in the town. Mortars hit al-Midan."
PLACES = {
    "Saraqib": {"lat": 35.86, "lon": 36.80, "kind": "settlement", "radius_km": 5},
    "Barqash": {"lat": 35.0, "lon": 36.0, "kind": "settlement", "radius_km": 5},
    "al-Midan@r1": {"lat": 36.2, "lon": 37.16, "kind": "neighbourhood", "radius_km": 3},
}


@pytest.fixture
def score(tmp_path: Path, knowledge: Knowledge) -> Scorer:
    def scored(*named: dict[str, str], places: object = PLACES) -> PlaceScores:
        (tmp_path / "places.json").write_text(json.dumps(places), encoding="utf-8")
        gold = [{"report": "r1", "claims": [{"quote": TEXT, "places": list(named)}]}]
        (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
        reports = {"r1": Report("r1", None, None, None, TEXT, "", "en", 9, Publication())}
        gazetteer = knowledge.gazetteer
        resolver = PlaceResolver(gazetteer)
        named_places = read_gold_places(tmp_path / "gold.json", reports)
        return judge_places(named_places, reports, read_places(tmp_path / "places.json"), resolver, gazetteer)

    return scored


def test_right_unlocated_and_what_no_layer_has(score: Scorer) -> None:
    scores = score({"text": "Saraqib", "name": "Saraqib"}, {"text": "Barqash", "name": "Barqash"})
    assert [place.verdict for place in scores.judged] == [Verdict.RIGHT, Verdict.NOT_LOCATED]
    assert [place.in_a_layer for place in scores.judged] == [True, False]
    assert (scores.in_a_layer, scores.right, scores.wrong) == (1, 1.0, 0.0)


def test_a_pin_elsewhere_is_wrong(score: Scorer) -> None:
    elsewhere = {"Saraqib": {"lat": 32.6, "lon": 36.1, "radius_km": 5}}
    assert score({"text": "Saraqib", "name": "Saraqib"}, places=elsewhere).wrong == 1.0
    assert score({"text": "Saraqib", "name": "Saraqib"}, places={"Saraqib": None}).wrong == 1.0


def test_a_reference_is_resolved_by_its_name_and_a_wording_counts_once(score: Scorer) -> None:
    town = {"text": "the town", "name": "Saraqib"}
    (judged,) = score(town, town).judged
    assert judged.verdict == Verdict.RIGHT


def test_names_that_the_file_does_not_have_are_told(score: Scorer) -> None:
    scores = score({"text": "al-Midan", "name": "al-Midan"}, {"text": "Mars", "name": "Mars"})
    assert len(scores.judged) == 1
    assert scores.unknown == ("Mars",)
    assert scores.to_json()["not_right"][0]["reason"].startswith("two places of this name")


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places.json").write_text('{"Saraqib": {"lat": "north"}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"Saraqib.*lat"):
        read_places(tmp_path / "places.json")
