"""Exports as a user gets them: golden files, and what must hold for any content."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_view import CLAIMS, DOUMA, EVENTS, REPORTS, VIEW, claim, count, event

from rashomon.errors import NotFoundError
from rashomon.export import FORMATS, MemoryView, Surer, SurerView, export
from rashomon.export.cells import joined, text
from rashomon.export.figures import Range, spread
from rashomon.model import Claim, Measure
from rashomon.wire import claim_from_json

GOLDEN = Path(__file__).parent / "golden"


def written(name: str, view: MemoryView = VIEW) -> bytes:
    stream = io.BytesIO()
    export(name, view, stream)
    return stream.getvalue()


def table(name: str, view: MemoryView = VIEW) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(written(name, view).decode("utf-8-sig"), newline=""))
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_format_is_as_the_golden_file(name: str) -> None:
    # To renew a golden file after a wanted change: write what `written` gives to it, and read the difference.
    assert written(name) == (GOLDEN / FORMATS[name].file).read_bytes()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_format_can_be_written_when_there_is_nothing(name: str) -> None:
    assert written(name, MemoryView()) is not None


def test_an_unknown_format_names_those_that_there_are() -> None:
    with pytest.raises(NotFoundError, match="claims-csv, events-csv"):
        export("shapefile", VIEW, io.BytesIO())


def test_excel_and_strict_readers_can_open_the_table() -> None:
    content = written("claims-csv")
    assert content.startswith(b"\xef\xbb\xbfid,")
    assert all(line.endswith(b"\r") for line in content.split(b"\n")[:-1])
    assert len(table("claims-csv")) == len(CLAIMS)


def test_no_cell_from_a_report_is_run_as_a_formula() -> None:
    row = table("claims-csv")["c10"]
    assert row["quote"].startswith("'=cmd")
    assert row["actors"] == "'@unknown"
    assert row["weapons"] == "'-shells, rockets"


@given(st.lists(st.text()), st.text())
@settings(derandomize=True, deadline=None, max_examples=200)
def test_any_text_survives_and_none_starts_a_formula(values: list[str], value: str) -> None:
    for cell in (joined(values), text(value)):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text(value).removeprefix("'") == value.removeprefix("'")
    assert joined(values) == "" or joined(values).count("; ") >= len(values) - 1


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_a_quote_of_any_kind_comes_back_from_the_table(quote: str) -> None:
    view = MemoryView(REPORTS, (replace(claim("x", "r1", "It rained.", "rained", "talks"), quote=quote),))
    assert table("claims-csv", view)["x"]["quote"].removeprefix("'") == quote.removeprefix("'")


def test_only_point_like_places_have_coordinates() -> None:
    for rows in (table("claims-csv"), table("events-csv")):
        for row in rows.values():
            point_like = row["geo_precision"] in {"point", "settlement", "near"}
            assert bool(row["latitude"]) == bool(row["longitude"]) == point_like
    events = table("events-csv")
    assert events["e-idlib"]["geo_precision"] == "governorate"
    assert events["e-idlib"]["place_reason"] == "known only as a governorate"
    assert events["e-qalamoun"]["latitude"] == ""
    assert events["e-left"]["place_reason"] == "Tell Ghazal: three places of this name: in Aleppo, Raqqa, Homs"
    assert events["e-left"]["days_reason"] == "'قبل أيام': the day of publication is not known"
    assert events["e-qalamoun"]["days_reason"] == "no account says when"


def test_geojson_has_longitude_first_and_no_point_for_an_area() -> None:
    features = {f["id"]: f for f in json.loads(written("geojson"))["features"]}
    assert set(features) == {e.id for e in EVENTS}
    assert features["e-market"]["geometry"] == {"type": "Point", "coordinates": [36.4028, 33.5711]}
    assert features["e-ambush"]["properties"]["geo_precision"] == "near"
    for unplaced in ("e-idlib", "e-qalamoun", "e-left"):
        assert features[unplaced]["geometry"] is None
        assert features[unplaced]["properties"]["place_reason"]


def test_figures_are_a_range_over_all_accounts() -> None:
    row = table("events-csv")["e-market"]
    assert (row["killed_min"], row["killed_max"]) == ("9", "")  # one account sets no upper bound
    assert (row["wounded_min"], row["wounded_max"]) == ("40", "40")
    assert (row["reports"], row["outlets"], row["origins"]) == ("4", "4", "3")
    assert row["status"] == "occurred; denied"
    assert table("events-csv")["e-aleppo"]["killed_max"] == "0"


def toll(low: int | None, high: int | None, status: str = "occurred") -> Claim:
    return claim("x", "r1", "x", "x", "casualties", status, quantities=[count("killed", low, high, "", "")])


def test_what_is_planned_possible_or_denied_counts_for_nothing() -> None:
    assert spread([toll(5, 5), toll(90, 90, "possible"), toll(0, 0, "denied")], Measure.KILLED) == Range(5, 5)
    assert spread([toll(9, 9, "planned")], Measure.KILLED) is None
    assert spread([toll(None, 8000), toll(7, 7)], Measure.KILLED) == Range(None, 8000)


def test_a_part_is_not_added_to_the_whole() -> None:
    both = [count("killed", 16, 16, "civilians", ""), count("killed", 5, 5, "children", "")]
    assert spread([claim("x", "r1", "x", "x", "casualties", quantities=both)], Measure.KILLED) == Range(16, 16)


def test_lines_can_be_read_back_whole() -> None:
    lines = written("claims-jsonl").splitlines()
    assert [claim_from_json(json.loads(line)) for line in lines] == list(CLAIMS)


def test_a_claim_without_its_report_and_an_event_without_its_claims_are_still_written() -> None:
    view = MemoryView((), (claim("x", "gone", "x", "x", "talks"),), (event("e", "talks", ["nobody"], DOUMA),))
    assert table("claims-csv", view)["x"]["outlet"] == ""
    assert table("events-csv", view)["e"]["place"] == "Douma"


def test_how_sure_a_coder_is_stands_in_the_table_where_it_says_so() -> None:
    rows = table("claims-csv")
    assert (rows["c4"]["confidence"], rows["c7"]["confidence"], rows["c1"]["confidence"]) == ("0.931", "0.5", "")


def test_claims_that_are_not_sure_enough_are_left_out_and_counted() -> None:
    surer = Surer(0.6)
    stream = io.BytesIO()
    export("claims-jsonl", SurerView(VIEW, surer), stream)
    kept = [json.loads(line)["id"] for line in stream.getvalue().splitlines()]
    assert kept == [claim.id for claim in CLAIMS if claim.id != "c7"]
    assert (surer.seen, surer.left_out, surer.unknown) == (len(CLAIMS), 1, len(CLAIMS) - 2)
    unknown = len(CLAIMS) - 2
    assert str(surer) == (
        f"1 of {len(CLAIMS)} claims left out: their confidence is below 0.6; {unknown} without one stay"
    )
