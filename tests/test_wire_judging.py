"""Judgements as JSON: nothing is lost on the way out and in, and a bad line says what is wrong with it."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import InputError
from rashomon.model import Judgement, JudgementKind
from rashomon.wire import check_name, dump_line, judgement_from_json, judgement_id, judgement_to_json, read_judgements

WORDS = st.text("abc é", min_size=1, max_size=8).filter(str.strip)
PAIRED = st.sampled_from((JudgementKind.SAME, JudgementKind.DIFFERENT))
ALONE = st.sampled_from((JudgementKind.REJECT, JudgementKind.WITHDRAW))
MADE = st.sampled_from(("", "2024-01-01T12:00:00Z"))
VALUES = st.sampled_from(('"air_strike"', "null", "[]", '[{"text":"Homs"}]'))
JUDGEMENTS = st.one_of(
    st.builds(Judgement, st.just("j1"), PAIRED, st.just("c1"), other=st.just("c2"), by=WORDS, made=MADE),
    st.builds(Judgement, st.just("j1"), ALONE, WORDS, by=WORDS, made=MADE),
    st.builds(
        Judgement, st.just("j1"), st.just(JudgementKind.CORRECT), WORDS, field=WORDS, value=VALUES, by=WORDS, made=MADE
    ),
)


@settings(derandomize=True, deadline=None)
@given(JUDGEMENTS)
def test_out_and_in_again_is_the_same(judgement: Judgement) -> None:
    line = dump_line(judgement_to_json(judgement))
    (read,) = read_judgements([line, b"\n"], "a.jsonl")
    assert read.judgement == judgement


def test_a_value_stands_in_the_form_of_the_codebook() -> None:
    row = judgement_to_json(Judgement("j1", JudgementKind.CORRECT, "c1", field="type", value='"talks"', by="ana"))
    assert row == {
        "id": "j1", "kind": "correct", "subject": "c1", "field": "type", "value": "talks", "by": "ana", "made": "",
    }  # fmt: skip


def test_id_maker_and_time_may_be_missing() -> None:
    assert judgement_from_json({"kind": "reject", "subject": "c1"}) == Judgement("", JudgementKind.REJECT, "c1")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"kind": "reject"}, "subject: Field required"),
        ({"kind": "delete", "subject": "c1"}, "kind: "),
        ({"kind": "same", "subject": "c1"}, "`same` is about two claims: `other` is missing"),
        ({"kind": "reject", "subject": "c1", "other": "c2"}, "`reject` is about one alone, without `other`"),
        ({"kind": "same", "subject": "c1", "other": "c1"}, "one and the same"),
        ({"kind": "correct", "subject": "c1", "field": "type"}, "`field` and `value`"),
        ({"kind": "reject", "subject": "c1", "value": 1}, "`field` and `value`"),
        ({"kind": "reject", "subject": "c1", "claim": "c2"}, "claim: "),
        ({"kind": "reject", "subject": "c1", "made": "yesterday"}, "made: a moment is written as"),
        ({"kind": "reject", "subject": "c1", "made": "2024-13-01T12:00:00Z"}, "made: there is no such day or time"),
        ({"kind": "reject", "subject": "c1", "made": "2023-02-29T12:00:00Z"}, "made: there is no such day or time"),
        ({"kind": "reject", "subject": "c1", "made": "2024-01-01T25:00:00Z"}, "made: there is no such day or time"),
        ({"kind": "reject", "subject": "c1", "made": "٢٠٢٤-01-01T12:00:00Z"}, "made: a moment is written as"),
        ({"kind": "reject", "subject": "c1", "by": "ana\x1b[31m"}, "by: a name has no control characters"),
        ({"kind": "reject", "subject": "c1", "by": "ana\nben"}, "by: a name has no control characters"),
        ({"kind": "reject", "subject": "c1", "by": "ana\u202eben"}, "by: a name has no control characters"),
        (["reject", "c1"], "not a judgement"),
    ],
)
def test_what_is_no_judgement_says_why(row: object, message: str) -> None:
    with pytest.raises(InputError) as error:
        judgement_from_json(row, "a.jsonl", 3)
    assert str(error.value).startswith("a.jsonl:3: not a judgement: ")
    assert message in str(error.value)


def test_bad_lines_do_not_stop_the_rest() -> None:
    lines = [b"{", b"", orjson.dumps({"kind": "reject", "subject": "c1"})]
    bad, good = read_judgements(lines, "a.jsonl")
    assert "a.jsonl:1: not JSON" in str(bad.error)
    assert good.number == 3
    assert good.judgement is not None


def test_a_list_as_it_was_written_is_read_too() -> None:
    row = {"kind": "reject", "subject": "c1", "standing": "holds"}
    text = orjson.dumps([row, {"kind": "reject"}], option=orjson.OPT_INDENT_2)
    good, bad = read_judgements(text.split(b"\n"), "a.json")
    assert good.judgement == Judgement("", JudgementKind.REJECT, "c1")
    assert str(bad.error).startswith("a.json:2: not a judgement")
    (broken,) = read_judgements(text.split(b"\n")[:3], "a.json")
    assert str(broken.error).startswith("a.json: not JSON")


def test_an_id_is_made_of_all_that_is_said() -> None:
    one = Judgement("", JudgementKind.REJECT, "c1", by="ana", made="2024-01-01T12:00:00Z")
    same = Judgement("other", JudgementKind.REJECT, "c1", by="ana", made="2024-01-01T12:00:00Z")
    ben = Judgement("", JudgementKind.REJECT, "c1", by="ben", made="2024-01-01T12:00:00Z")
    assert judgement_id(one) == judgement_id(same)
    assert len({judgement_id(one), judgement_id(one, 1), judgement_id(ben)}) == 3


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no control characters"):
        check_name("ana\udcff")
