"""Scores against hand-made gold, with the expected figures written down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import InputError
from rashomon.evaluate import (
    Certainty,
    Evaluation,
    Fact,
    Names,
    Score,
    ScoredClaim,
    evaluate,
    read_coded,
    read_gold,
    read_texts,
    to_json,
)

TEXT = "Warplanes raided Jairud on Monday, killing six people. The army entered Harasta. Talks went on in Homs."
NAMES = Names.load()


def raid(**other: Any) -> dict[str, Any]:
    return {
        "quote": "Warplanes raided Jairud on Monday, killing six people.",
        "start": 0,
        "trigger": "raided",
        "type": "air_strike",
        "status": "occurred",
        "source": [],
        "actors": [{"text": "Warplanes", "name": "Syrian Arab Air Force"}],
        "targets": [],
        "places": [{"text": "Jairud", "name": "Jairud", "role": "at"}],
        "time": {"text": "on Monday", "start": "2018-04-09", "end": "2018-04-09"},
        "quantities": [{"measure": "killed", "of": "people", "min": 6, "max": 6, "text": "six people"}],
    } | other


def entry(**other: Any) -> dict[str, Any]:
    return {
        "quote": "The army entered Harasta.",
        "trigger": "entered",
        "type": "capture",
        "status": "occurred",
        "source": [],
        "actors": [{"text": "The army", "name": "Syrian Arab Army"}],
        "places": [{"text": "Harasta", "name": "Harasta", "role": "at"}],
        "time": None,
    } | other


def talks(**other: Any) -> dict[str, Any]:
    return {"quote": "Talks went on in Homs.", "trigger": "Talks", "type": "talks", "status": "ongoing"} | other


def score(gold: list[dict[str, Any]], coded: list[dict[str, Any]]) -> Evaluation:
    hand = {"r": [ScoredClaim.from_json("r", form, NAMES, "gold") for form in gold]}
    return evaluate(hand, {"r": TEXT}, [ScoredClaim.from_json("r", form, NAMES, "coded") for form in coded])


# --- figures --------------------------------------------------------------------------------------------------------


def test_what_is_the_same_scores_one_throughout() -> None:
    result = score([raid(), entry()], [entry(), raid()])
    assert result.scores["all facts"] == Score(1.0, 1.0, 1.0, 12, 12)
    assert result.scores["claims found"] == Score(1.0, 1.0, 1.0, 2, 2)
    assert not (result.missed or result.invented or result.wrong)


def test_missed_invented_and_wrong_are_counted_and_listed() -> None:
    wrong_toll = raid(quantities=[{"measure": "killed", "of": "people", "min": 6, "max": None, "text": "six people"}])
    result = score([raid(), entry()], [wrong_toll, talks()])
    # The raid has 7 facts, 6 of them right; the entry's 5 are missed; the talks' 3 are invented.
    assert result.scores["claims found"] == Score(0.5, 0.5, 0.5, 2, 2)
    assert result.scores["all facts"] == Score(0.6, 0.5, 0.5455, 12, 10)
    assert result.scores["quantities"] == Score(0.0, 0.0, 0.0, 1, 1)
    assert result.scores["actors"] == Score(1.0, 0.5, 0.6667, 2, 1)
    assert result.scores["targets"] == Score(0.0, 0.0, 0.0, 0, 0)
    assert [claim.trigger for claim in result.missed] == ["entered"]
    assert [claim.trigger for claim in result.invented] == ["Talks"]
    (difference,) = result.wrong
    assert [str(fact) for fact in difference.lacking] == ["killed 6 to 6"]
    assert [str(fact) for fact in difference.extra] == ["killed 6 to ?"]


def test_another_type_with_the_same_trigger_is_found_but_not_typed() -> None:
    result = score([raid()], [raid(type="shelling")])
    assert result.scores["claims found"].f1 == 1.0
    assert result.scores["claims typed"].f1 == 0.0


def test_each_coded_claim_is_used_once_and_the_better_one_first() -> None:
    result = score([raid()], [raid(actors=[], time=None), raid()])
    assert [len(claim.facts) for claim in result.invented] == [5]
    assert result.wrong == ()


def test_a_quote_that_is_not_in_the_text_finds_nothing() -> None:
    result = score([raid()], [raid(quote="Jets raided a town.")])
    assert result.quotes_not_in_text == 1
    assert result.scores["claims found"].f1 == 0.0


def test_other_text_than_the_quote_at_its_offset_is_looked_for_elsewhere() -> None:
    assert score([raid()], [raid(start=40)]).scores["all facts"].f1 == 1.0


def test_confidence_is_laid_against_what_was_right() -> None:
    sure = score([raid(), entry()], [raid(confidence=0.9), entry(confidence=0.8, type="control"), talks()]).certainty
    assert sure is not None
    # |0.9 - 1| and |0.8 - 0|, each of one claim; the talks say nothing of how sure they are.
    assert (sure.claims, sure.error) == (2, 0.45)
    assert (sure.surer, sure.surer_from, sure.surer_right) == (1, 0.9, 1.0)
    assert score([raid()], [raid()]).certainty is None


def test_bins_are_of_equal_width_and_the_last_holds_one() -> None:
    sure = Certainty.of([(0.0, False), (0.09, True), (0.1, False), (1.0, True), (0.95, True), (None, False)])
    assert sure is not None
    assert [(one.start, one.claims, one.right) for one in sure.bins] == [(0.0, 2, 0.5), (0.1, 1, 0.0), (0.9, 2, 1.0)]
    assert sure.error == pytest.approx((2 * (0.5 - 0.045) + 0.1 + 2 * 0.025) / 5)


def test_the_surer_half_does_not_part_equals() -> None:
    sure = Certainty.of([(0.7, True), (0.6, True), (0.6, False), (0.6, False), (0.2, False)])
    assert sure is not None
    assert (sure.surer, sure.surer_from, sure.surer_right) == (4, 0.6, 0.5)


@settings(derandomize=True, max_examples=100)
@given(st.lists(st.tuples(st.none() | st.floats(0, 1), st.booleans())))
def test_certainty_of_anything_lies_between_nothing_and_all(judged: list[tuple[float | None, bool]]) -> None:
    sure = Certainty.of(judged)
    given_one = [confidence for confidence, _ in judged if confidence is not None]
    assert (sure is None) == (not given_one)
    if sure is not None:
        assert 0 <= sure.error <= 1
        assert sure.claims == len(given_one) == sum(one.claims for one in sure.bins)
        assert sure.surer * 2 >= sure.claims
        assert sure == Certainty.of(reversed(judged))


@pytest.mark.parametrize("confidence", [-0.1, 1.5, "high"])
def test_a_confidence_that_is_none_is_refused(confidence: object) -> None:
    with pytest.raises(InputError, match="confidence"):
        score([raid()], [raid(confidence=confidence)])


def test_nothing_coded_scores_nothing() -> None:
    result = score([raid()], [])
    assert result.scores["all facts"] == Score(0.0, 0.0, 0.0, 7, 0)


# --- what counts as the same ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", [{"name": "Jiroud"}]),
        ("places", [{"name": "the town of Jayrud"}]),
        ("actors", [{"name": "Syrian Air Force"}]),
        ("time", {"start": "2018-04-10", "end": "2018-04-10"}),
        ("time", {"start": "2018-04-09"}),
    ],
)
def test_spellings_aliases_and_a_day_to_either_side_agree(field: str, value: object) -> None:
    assert score([raid()], [raid(**{field: value})]).scores[field].f1 == 1.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", [{"name": "Homs"}]),
        ("actors", [{"name": "Russian Aerospace Forces"}]),
        ("time", {"start": "2018-04-11", "end": "2018-04-11"}),
        ("source", [{"kind": "monitor"}]),
        ("status", "planned"),
    ],
)
def test_what_differs_does_not_agree(field: str, value: object) -> None:
    assert score([raid()], [raid(**{field: value})]).scores[field].f1 == 0.0


@pytest.mark.parametrize(("end", "f1"), [("2018-02-10", 1.0), ("2018-01-16", 1.0), ("2018-01-15", 0.0)])
def test_long_stretches_agree_where_half_of_both_is_shared(end: str, f1: float) -> None:
    whole = raid(time={"start": "2018-01-01", "end": "2018-01-31"})
    assert score([whole], [raid(time={"start": "2018-01-01", "end": end})]).scores["time"].f1 == f1


@settings(derandomize=True, deadline=None)
@given(name=st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert NAMES.fold(NAMES.fold(name)) == NAMES.fold(name)


# --- files ----------------------------------------------------------------------------------------------------------


def test_gold_from_a_folder_reports_as_lines_and_claims_as_lines(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps([{"report": "r", "claims": [raid()]}]), encoding="utf-8")
    (folder / "two.json").write_text(json.dumps([{"report": "s", "claims": [entry()]}]), encoding="utf-8")
    reports = tmp_path / "reports.jsonl"
    reports.write_text("\n".join(json.dumps({"id": name, "text": TEXT}) for name in "rs"), encoding="utf-8")
    claims = tmp_path / "claims.jsonl"
    coded = [raid(report="r"), talks(report="elsewhere")]
    claims.write_text("\n\n".join(map(json.dumps, coded)) + "\n", encoding="utf-8")
    result = evaluate(read_gold(folder, NAMES), read_texts(reports), read_coded(claims, NAMES))
    assert result.scores["claims found"] == Score(1.0, 0.5, 0.6667, 2, 1)
    assert json.loads(json.dumps(to_json(result)))["missed"][0]["trigger"] == "entered"


def test_a_headline_is_text_too(tmp_path: Path) -> None:
    reports = tmp_path / "reports.json"
    reports.write_text(json.dumps([{"id": "r", "text": "A.", "title": "Army enters Homs"}]), encoding="utf-8")
    assert "Army enters Homs" in read_texts(reports)["r"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not JSON"),
        ("{}", "not a JSON list of"),
        ('[{"report": "r", "claims": [{"type": "talks"}]}]', "report r .*status"),
        ('[{"report": "r", "claims": [{"type": "talks", "status": "x", "time": {"start": "Monday"}}]}]', "Monday"),
    ],
)
def test_gold_that_is_none_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_gold(path, NAMES)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(talks(report="r")) + "\n{oops\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"claims\.jsonl:2: is not JSON"):
        read_coded(path, NAMES)


def test_gold_without_its_text_is_an_error() -> None:
    with pytest.raises(InputError, match="no text for report r"):
        evaluate({"r": []}, {}, [])


def test_facts_read_as_words() -> None:
    assert str(Fact("quantities", ("killed", None, 80))) == "killed ? to 80"
    assert [str(f) for f in ScoredClaim.from_json("r", raid(), NAMES, "").facts if f.field == "time"] == [
        "2018-04-09 to 2018-04-09"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([{"report": {"id": "a"}, "claims": []}], r"entry 1: report: Input should be a valid string"),
        ([{"report": "a", "claims": []}, {"report": "b", "claims": None}], r"entry 2: claims: "),
        ([{"report": "a", "claims": "many"}], r"entry 1: claims: "),
        ([{"report": "a", "claims": [7]}], r"a claim of report a is not in the codebook's form"),
        ([["a", []]], r"entry 1: "),
        ({"report": "a"}, r"is not a JSON list"),
        ([{"report": "a", "claims": []}, {"report": "a", "claims": []}], r"report a is hand-coded a second time"),
    ],
)
def test_gold_of_another_form_names_file_and_entry(tmp_path: Path, content: Any, message: str) -> None:
    file = tmp_path / "gold.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=rf"gold\.json: .*{message}"):
        read_gold(file, NAMES)


def test_a_report_in_two_gold_files_is_refused(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(json.dumps([{"report": "a", "claims": [raid()]}]), encoding="utf-8")
    with pytest.raises(InputError, match=r"two\.json: report a is hand-coded a second time; it stands in .*one\.json"):
        read_gold(tmp_path, NAMES)


@pytest.mark.parametrize(
    "change",
    [
        {"quantities": [{"measure": "killed", "min": [1]}]},
        {"start": "0"},
        {"quote": 5},
        {"time": {"start": 7}},
        {"time": {"start": "2018-04-31"}},
        {"actors": "Army"},
        {"source": [None]},
        {"trigger": {"text": "x"}},
        {"type": None},
    ],
)
def test_a_hand_coded_claim_of_another_form_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    file = tmp_path / "gold.json"
    file.write_text(json.dumps([{"report": "a", "claims": [raid(**change)]}]), encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.json: a claim of report a"):
        read_gold(file, NAMES)
