"""What holds for every ledger: areas, days, the order of input, knowledge in a file, displacement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon import ledgers
from rashomon.errors import KnowledgeError
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.ledgers import Asked, Rules, Telling, Told, Who, area_of, displacement
from rashomon.ledgers.figures import Range
from rashomon.model import Measure, PlacePrecision, PlaceResolution

MakeTelling = Callable[..., Telling]
MakeTold = Callable[..., Told]


def place(name: str, lat: float, lon: float, adm1: str = "Rural Damascus") -> PlaceResolution:
    return PlaceResolution(name, None, lat, lon, PlacePrecision.SETTLEMENT, adm1, "SY")


@pytest.mark.parametrize("spelling", ["Eastern Qalamoun", "East Qalamoun", "eastern al-Qalamun"])
def test_a_region_covers_what_lies_around_its_centre(knowledge: Knowledge, spelling: str) -> None:
    area = area_of(spelling, knowledge.gazetteer, Rules.load(Layers()).areas)
    assert area.covers(place("Near", 33.81, 36.74))
    assert not area.covers(place("Far", 33.5, 36.3))
    whole = PlaceResolution("Qalamoun", "x", 34.0, 36.6, PlacePrecision.DISTRICT, "Rural Damascus", "SY")
    west = PlaceResolution("Western Qalamoun", "y", 33.95, 36.45, PlacePrecision.DISTRICT, "Rural Damascus", "SY")
    assert area.covers(whole)
    assert not area.covers(west)


def test_a_name_of_a_governorate_covers_all_that_lies_in_it(knowledge: Knowledge) -> None:
    area = area_of("Idleb", knowledge.gazetteer, Rules.load(Layers()).areas)
    assert area.covers(place("Somewhere", 36.0, 36.5, "Idleb"))
    assert not area.covers(place("Elsewhere", 36.0, 37.0, "Aleppo"))
    assert not area.covers(PlaceResolution("Syria", "t6", 35.0, 38.5, PlacePrecision.COUNTRY, None, "SY"))


def test_a_kind_of_place_chooses_between_namesakes(knowledge: Knowledge) -> None:
    city = area_of("Aleppo city", knowledge.gazetteer, Rules.load(Layers()).areas)
    assert not city.covers(place("Village", 36.6, 37.8, "Aleppo"))
    assert city.covers(place("Quarter", 36.21, 37.15, "Aleppo"))


def test_a_name_in_no_gazetteer_is_compared_by_its_spelling(knowledge: Knowledge) -> None:
    area = area_of("Umm Qazzuba", knowledge.gazetteer, Rules.load(Layers()).areas)
    assert area.covers(PlaceResolution("Um Kazuba", reason="not in the gazetteer"))
    assert "not in the gazetteer" in area.reads


def test_people_who_move_are_counted_by_whom(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    count = (Measure.DISPLACED, 200, None, "families", "hundreds")
    event = told(
        telling("displacement", place="Alma", role="from", to="Bela", targets=["Alma families"], counts=[count]),
        telling("displacement", "denied", place="Alma", role="from", outlet="state", counts=[count]),
    )
    (row,) = displacement([event], Asked(), who).rows
    assert (row.origin, row.destination, row.told) == (("Alma",), ("Bela",), Range(200, None))
    assert [(count.by, count.status.value) for count in row.counts] == [
        ("Northern Wire", "occurred"),
        ("State Voice", "denied"),
    ]


def test_refugees_of_a_whole_country_are_a_total(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    count = (Measure.PEOPLE, 2_000_000, None, "refugees", "millions")
    ledger = displacement([told(telling("displacement", "ongoing", place="Syria", counts=[count]))], Asked(), who)
    assert ledger.rows == ()
    assert [row.why for row in ledger.given] == ["it is about a whole country"]


def test_days_that_nobody_knows_are_not_asked_for(telling: MakeTelling, told: MakeTold, who: Who) -> None:
    undated = told(telling("displacement", days=None, said=None))
    assert len(displacement([undated], Asked(), who).rows) == 1
    assert displacement([undated], Asked(first=dt.date(2018, 1, 1)), who).rows == ()


@pytest.fixture
def every(telling: MakeTelling, told: MakeTold) -> list[Told]:
    """Events of all kinds, many of them alike."""
    events = []
    for number in range(3):
        when = f"2018-04-0{number + 1}"
        events += [
            told(telling(killed=number, actors=["Redshirts"], days=when), telling(killed=(9, None), outlet="free")),
            told(telling("casualties", killed=900, place="Syria", days=None)),
            told(telling("control", "ongoing", actors=["Redshirts", "Blueshirts"][: number + 1], days=when)),
            told(telling("capture", "planned", actors=["Redshirts"], days=None, said=when)),
            told(telling("capture", actors=["Redshirts"], place=["Alma", "Quarter", "Bela"][number], days=when)),
            told(telling("talks", actors=["Redshirts", "Blueshirts"], report=f"deal{number}", days=when)),
            told(telling("rejection", place=None, actors=["Blueshirts"], report=f"deal{number}", days=None)),
            told(telling("evacuation", "planned", report=f"deal{number}", targets=["Blueshirts"], days=when)),
        ]
    return events


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_events_does_not_matter(every: list[Told], who: Who, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(every))
    asked = Asked()
    assert ledgers.casualties(shuffled, asked, who, by="day") == ledgers.casualties(every, asked, who, by="day")
    assert ledgers.control(shuffled, asked, who) == ledgers.control(every, asked, who)
    assert ledgers.operations(shuffled, asked, who) == ledgers.operations(every, asked, who)
    assert ledgers.deals(shuffled, asked, who) == ledgers.deals(every, asked, who)
    assert ledgers.displacement(shuffled, asked, who) == ledgers.displacement(every, asked, who)


def test_a_site_has_rules_of_its_own(tmp_path: Path) -> None:
    text = (BUILT_IN / "ledgers.yaml").read_text("utf-8")
    (tmp_path / "ledgers.yaml").write_text(text.replace("follow_days: 120", "follow_days: 7"))
    assert Rules.load(Layers.over_built_in(tmp_path)).operations.follow_days == 7
    (tmp_path / "ledgers.yaml").write_text(text.replace("follow_days: 120", "follow_days: soon"))
    with pytest.raises(KnowledgeError, match=r"operations\.follow_days"):
        Rules.load(Layers.over_built_in(tmp_path))
