"""What the check of the actors file finds, and that the file that comes with the program is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.knowledge import actors_check
from rashomon.knowledge.check_sheets import open_sheets
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.knowledge.problem import Problem

WORDS = (BUILT_IN / "lexicon" / "actor_words.yaml").read_text(encoding="utf-8")
CODES = (BUILT_IN / "actor_codes.yaml").read_text(encoding="utf-8")


def problems(folder: Path, text: str) -> list[Problem]:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "actor_words.yaml").write_text(WORDS, encoding="utf-8")
    (folder / "actor_codes.yaml").write_text(CODES, encoding="utf-8")
    (folder / "actors.yaml").write_text(text, encoding="utf-8")
    sheets, _ = open_sheets(Layers((folder,)))
    return actors_check.check(sheets)


def row(actor: str, rest: str = "", kind: str = "armed_group") -> str:
    return f"- {{id: {actor}, name: Name of {actor}, arabic: س, kind: {kind}, side: opposition, country: SY{rest}}}\n"


def test_the_built_in_file_is_clean() -> None:
    sheets, _ = open_sheets(Layers())
    assert [str(problem) for problem in actors_check.check(sheets)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (row("hill") + row("hill"), "stands twice, first in line 2"),
        (row("hill") + row("dale").replace("Name of dale", "Name of hill"), "same name as hill"),
        (row("hill", ", aliases: [Ridge Men]") + row("dale", ", aliases: [the Ridge Men]"), "leads to hill too"),
        (row("hill", ", aliases: [Ridge Men, the ridge men]"), "one is enough"),
        (row("hill", ", successor: dale"), "points at dale"),
        (row("hill", ", successor: dale") + row("dale"), "no day on which it ended"),
        (
            row("hill", ", successor: dale, valid: {until: 2015-01-01}") + row("dale", ", valid: {until: 2014-01-01}"),
            "ended on 2014-01-01, before",
        ),
        (
            row("hill", ", successor: dale, valid: {until: 2012-01-01}") + row("dale", ", valid: {from: 2017-01-01}"),
            "long after",
        ),
        (row("hill", ", part_of: hill"), "is part of itself"),
        (row("hill", ", valid: {from: 2015-01-01, until: 2014-01-01}"), "before it begins"),
        (row("hill").replace("side: opposition", "side: [{side: a}, {side: b, from: 2014-01-01}]"), "overlap in time"),
        (row("hill").replace("side: opposition, ", ""), "without `side`"),
        (row("hill").replace("arabic: س, ", ""), "no Arabic name"),
        (row("hill", kind="military").replace(", country: SY", ""), "without `country`"),
        (row("hill").replace("country: SY", "country: Syria"), "alpha-2"),
        (row("hill", ", inter: 9"), "`inter` is 9"),
        (row("hill", ", sector: ABC"), "`sector` is ABC"),
        (row("hill", ", colour: red"), "unknown key: colour"),
        (row("hill", kind="dragon"), "dragon"),
        (row("hill", ", offices: [{office: wizard, of: hill}]", "person"), "'wizard' is not among"),
        (
            row("hill", ", offices: [{office: king, of: dale, until: 2015-01-01}]", "person")
            + row("moor", ", offices: [{office: king, of: dale, from: 2014-01-01}]", "person")
            + row("dale"),
            "on days on which hill does too",
        ),
    ],
)
def test_what_is_wrong_is_found_and_said_where(tmp_path: Path, text: str, found: str) -> None:
    said = problems(tmp_path, "actors:\n" + text)
    assert len(said) == 1, [str(problem) for problem in said]
    assert found in said[0].text
    assert said[0].file == str(tmp_path / "actors.yaml")
    assert said[0].where.startswith("line ")
    assert said[0].remedy


def test_actors_of_one_name_at_different_times_are_no_clash(tmp_path: Path) -> None:
    first = row("hill", ", aliases: [Ridge Men], valid: {until: 2014-12-31}")
    second = row("dale", ", aliases: [Ridge Men], valid: {from: 2015-01-01}")
    assert problems(tmp_path, "actors:\n" + first + second) == []


def test_a_file_of_another_form_is_said_to_be(tmp_path: Path) -> None:
    assert "no list of actors" in problems(tmp_path, "- x\n")[0].text


def test_an_unknown_table_is_found(tmp_path: Path) -> None:
    assert "unknown key 'actor'" in problems(tmp_path, "actor: []\n")[0].text


def test_a_side_that_no_layer_lists_is_told_with_its_line(tmp_path: Path) -> None:
    listed = "sides: [opposition, IS]\nactors:\n" + row("hill") + row("dale").replace("opposition", "oposition")
    found = [p for p in problems(tmp_path, listed) if "oposition" in p.text]
    assert [(p.where, p.text) for p in found] == [("line 4, dale", "unknown side 'oposition'")]
    assert found[0].remedy == "Use one of opposition, IS, or list it under `sides` in actors.yaml"


def test_a_rule_of_codes_that_asks_for_a_side_that_is_not_listed_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "sides: [opposition]\nactors:\n" + row("hill"))
    assert any("unknown side 'Kurdish-led'" in p.text and p.file.endswith("actor_codes.yaml") for p in found)


def test_one_word_may_mean_another_elsewhere(tmp_path: Path) -> None:
    text = "actors:\n" + row("hill", ", aliases: [ridge men]") + row("dale", ", aliases: [ridge men]")
    assert problems(tmp_path, text + "elsewhere:\n  IQ: {hill: dale}\n") == []
