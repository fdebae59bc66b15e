"""The file of what accounts are compared by."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.linking import AccountRules


def test_a_sites_file_counts_whole(tmp_path: Path) -> None:
    text = (BUILT_IN / "accounts.yaml").read_text("utf-8")
    (tmp_path / "accounts.yaml").write_text(text.replace("around_days: 60", "around_days: 7"), encoding="utf-8")
    assert AccountRules.load(Layers.over_built_in(tmp_path)).by.silence.around_days == 7


def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "accounts.yaml").write_text("rewritten: {run: 3, share: 5, least: 12}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"accounts\.yaml: rewritten\.share"):
        AccountRules.load(Layers.over_built_in(tmp_path))


def test_the_built_in_file_names_only_types_that_there_are() -> None:
    by, ontology = AccountRules.load(Layers()).by, Ontology.load(Layers())
    lists = [by.toll.running, by.day.lasting, *by.culprit.deeds, *by.happened.one_deed, *by.called.types]
    assert {name for types in lists for name in types if name not in ontology} == set()
