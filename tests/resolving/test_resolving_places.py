"""Where mentions are, and why some are nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Gazetteer, import_table
from rashomon.knowledge.gazetteer_row import COLUMNS
from rashomon.knowledge.geometry import kilometres
from rashomon.model import Mention, PlacePrecision, PlaceResolution, Publication, Report, Span
from rashomon.resolving.places import PlaceResolver


def report(text: str) -> Report:
    return Report("r", None, None, None, text, "", "en", len(text.split()), Publication())


def mention(words: str, text: str = "", antecedent: str | None = None) -> Mention:
    at = text.find(words)
    return Mention(words, Span(at, at + len(words)) if at >= 0 else None, antecedent)


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return PlaceResolver(Gazetteer.load(Layers()))


def resolve(
    resolver: PlaceResolver, words: str, *others: str, text: str = "", antecedent: str | None = None
) -> PlaceResolution:
    return resolver.resolve(mention(words, text, antecedent), [mention(o, text) for o in others], report(text))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Eastern Qalamoun", "Qalamoun"),
        ("western Aleppo", "Aleppo"),
        ("South of Hasaka city", "Hasaka"),
        ("the outskirts of Deir Ezzor", "Deir ez-Zor"),
        ("Eastern Ghouta", "Eastern Ghouta"),
        ("Western Sahara", "Western Sahara"),
        ("the town of al-Rahibe", "Ruhaybah"),
        ("Tadmur", "Palmyra"),
        ("the Northern Province of Aleppo", "Aleppo"),
        ("the town of Barqash", "Barqash"),
        ("Aleppos", "Aleppo"),
        ("the Syrian city of Homs", "Homs"),
    ],
)
def test_names_are_neutral_and_drop_directions(resolver: PlaceResolver, words: str, name: str) -> None:
    assert resolve(resolver, words).name == name


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("Palmyra", PlacePrecision.SETTLEMENT),
        ("near Palmyra", PlacePrecision.NEAR),
        ("South of Hasaka city", PlacePrecision.NEAR),
        ("western Homs", PlacePrecision.DISTRICT),
        ("Qalamoun", PlacePrecision.DISTRICT),
        ("Idlib province", PlacePrecision.GOVERNORATE),
        ("Syria", PlacePrecision.COUNTRY),
        ("T4 airbase", PlacePrecision.POINT),
    ],
)
def test_how_close_an_answer_is(resolver: PlaceResolver, words: str, precision: PlacePrecision) -> None:
    found = resolve(resolver, words)
    assert found.precision == precision
    assert found.lat is not None
    assert not found.reason


def test_a_city_and_its_governorate_are_told_apart_by_the_words(resolver: PlaceResolver) -> None:
    city = resolve(resolver, "Aleppo")
    province = resolve(resolver, "Aleppo province")
    assert city.gazetteer_id != province.gazetteer_id
    text = "They want to clear Aleppo and Homs provinces of mines."
    assert resolve(resolver, "Aleppo", "Homs", text=text).precision == PlacePrecision.GOVERNORATE
    assert resolve(resolver, "the province", text="", antecedent="Idlib").precision == PlacePrecision.GOVERNORATE


def test_one_name_for_two_quarters_is_decided_by_the_neighbours(resolver: PlaceResolver) -> None:
    assert resolve(resolver, "al-Midan", "Bustan al-Qasr", "Aleppo").adm1 == "Aleppo"
    assert resolve(resolver, "al-Midan", "Jobar", "Damascus").adm1 == "Damascus"
    undecided = resolve(resolver, "al-Midan")
    assert undecided.lat is None
    assert undecided.reason.startswith("two places of this name: ")


def test_reasons_say_why_not(resolver: PlaceResolver) -> None:
    assert resolve(resolver, "Barqash").reason == "not in the gazetteer"
    assert resolve(resolver, "the town").reason == "no name of a place"
    unknown = resolve(resolver, "Jammo")
    assert (unknown.name, unknown.lat, unknown.precision) == ("Jammo", None, None)
    assert unknown.adm1 == "Al-Hasakeh"
    assert unknown.reason == "known, but without coordinates"


def test_a_reference_back_is_where_its_antecedent_is(resolver: PlaceResolver) -> None:
    there = resolve(resolver, "there", antecedent="the town of Saraqib")
    assert there.gazetteer_id == resolve(resolver, "Saraqib").gazetteer_id


def test_near_may_stand_before_the_mention(resolver: PlaceResolver) -> None:
    assert resolve(resolver, "Palmyra", text="A convoy was hit near Palmyra.").precision == PlacePrecision.NEAR


def imported(tmp_path: Path, *rows: dict[str, str]) -> PlaceResolver:
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join((dict.fromkeys(COLUMNS, "") | row)[column] for column in COLUMNS) for row in rows]
    (tmp_path / "t.tsv").write_text("\n".join(lines), encoding="utf-8")
    import_table(tmp_path / "t.tsv", tmp_path / "imported")
    return PlaceResolver(Gazetteer.load(Layers(), tmp_path / "imported"))


def village(id_: str, name: str, lat: str, lon: str, adm1: str, country: str = "SY") -> dict[str, str]:
    return {"id": id_, "name": name, "lat": lat, "lon": lon, "kind": "village", "adm1": adm1, "country": country}


def test_three_villages_of_one_name(tmp_path: Path) -> None:
    rows = [
        village("A", "Barqash", "36.3", "37.1", "Aleppo"),
        village("B", "Barqash", "34.8", "36.6", "Homs"),
        village("C", "Barqash", "32.7", "36.1", "Dar'a"),
    ]
    resolver = imported(tmp_path, *rows)
    assert resolve(resolver, "Barqash", "Talbiseh", "Rastan").gazetteer_id == "B"
    undecided = resolve(resolver, "Barqash village")
    assert undecided.gazetteer_id is None
    assert undecided.reason.startswith("three places of this name: ")
    assert undecided.name == "Barqash"


def test_a_village_abroad_is_not_taken_for_one_here(tmp_path: Path) -> None:
    resolver = imported(tmp_path, village("A", "Barqash", "31.5", "35.1", "West Bank", "PS"))
    found = resolve(resolver, "Barqash", "Aleppo", "Manbij")
    assert found.lat is None
    assert "the report speaks of other countries" in found.reason


def test_consonants_alone_need_a_neighbour(tmp_path: Path) -> None:
    resolver = imported(tmp_path, village("A", "Zunaytar", "36.3", "37.1", "Aleppo"))
    assert resolve(resolver, "Zunaytir", "Azaz").gazetteer_id == "A"
    assert resolve(resolver, "Zunaytir", "Azaz").precision == PlacePrecision.NEAR
    assert resolve(resolver, "Zunaytir", "Nawa", "Daraa").reason == "not in the gazetteer"


def test_distances() -> None:
    assert kilometres(36.2, 37.15, 36.2, 37.15) == 0
    assert 290 < kilometres(33.51, 36.28, 36.2, 37.15) < 315


@pytest.mark.parametrize(
    "words", ["between Saraqib and Ariha", "the Saraqib-Ariha road", "the road between Saraqib and Ariha"]
)
def test_between_two_places_is_the_middle(resolver: PlaceResolver, words: str) -> None:
    found = resolve(resolver, words)
    assert found.lat is not None
    assert found.lon is not None
    for end in ("Saraqib", "Ariha"):
        at = resolve(resolver, end)
        assert at.lat is not None
        assert at.lon is not None
        assert kilometres(found.lat, found.lon, at.lat, at.lon) < 12
    assert (found.precision, found.adm1, found.gazetteer_id) == (PlacePrecision.NEAR, "Idleb", None)


def test_a_long_road_is_an_area_and_one_with_a_row_is_that_row(resolver: PlaceResolver) -> None:
    assert resolve(resolver, "the Hama-Raqqa road").precision == PlacePrecision.DISTRICT
    assert resolve(resolver, "the Aleppo-Damascus highway").gazetteer_id == resolve(resolver, "M5").gazetteer_id
    unknown = resolve(resolver, "between Saraqib and Barqash")
    assert unknown.lat is None
    assert unknown.reason == "Barqash: not in the gazetteer"


def test_a_distance_before_a_place_and_names_with_words_for_surroundings(resolver: PlaceResolver) -> None:
    assert resolve(resolver, "10 km east of Palmyra").precision == PlacePrecision.NEAR
    assert resolve(resolver, "northern Hama countryside").precision == PlacePrecision.DISTRICT
    assert resolve(resolver, "the Turkish border").precision == PlacePrecision.DISTRICT


@pytest.mark.parametrize(
    ("words", "name", "lat", "lon"),
    [
        ("al-Zahraa neighbourhood of Homs", "Zahraa", 34.729, 36.742),
        ("the Midan quarter of Aleppo", "al-Midan", 36.220, 37.166),
        ("Khan al-Assal near the city of Aleppo", "Khan al-Assal", 36.165, 37.029),
        ("the Damascus suburb of Harasta", "Harasta", 33.564, 36.371),
        ("Zunaytir village near the city of Homs", "Zunaytir", 34.730, 36.720),
    ],
)
def test_a_place_is_told_from_the_city_that_it_is_in_or_near(
    resolver: PlaceResolver, words: str, name: str, lat: float, lon: float
) -> None:
    found = resolve(resolver, words)
    assert found.name == name
    assert found.lat is not None
    assert found.lon is not None
    assert kilometres(found.lat, found.lon, lat, lon) < 1


@pytest.mark.parametrize(
    ("words", "text", "adm1"),
    [
        ("al-Qusour", "Shells hit al-Qusour in the east of Deir Ezzor city.", "Deir-ez-Zor"),
        ("al-Midan", "Shells hit al-Midan and al-Jamiliyah neighbourhoods in Aleppo city.", "Aleppo"),
        ("al-Midan", "Shells hit al-Midan, a quarter of old houses. In Aleppo it rained.", "Damascus"),
        ("Ruhaybah", "They drove to Ruhaybah in rural Damascus.", "Rural Damascus"),
        ("Jobar", "They drove to Jobar in Ghouta.", "Damascus"),
        ("Darayya", "They drove to Darayya and the al-Waer neighbourhood of Homs.", "Rural Damascus"),
    ],
)
def test_the_words_after_a_name_say_where_it_is(resolver: PlaceResolver, words: str, text: str, adm1: str) -> None:
    assert resolve(resolver, words, "Damascus", text=text).adm1 == adm1


def test_a_namesake_elsewhere_than_the_text_says_is_not_taken(resolver: PlaceResolver) -> None:
    found = resolve(resolver, "al-Kallaseh", text="A parking lot burnt in al-Kallaseh in Damascus.")
    assert found.lat is None
    assert found.reason == "of this name only al-Kallaseh (neighbourhood, Aleppo), and the text puts it in Damascus"


def test_a_lesser_known_place_far_from_all_others_is_not_taken(tmp_path: Path) -> None:
    resolver = imported(tmp_path, village("A", "Zunaytir", "36.4", "41.5", "Al-Hasakeh"))
    assert resolve(resolver, "Zunaytir", "Qamishli").gazetteer_id == "A"
    assert resolve(resolver, "Zunaytir", "Daraa", "Nawa").reason == (
        "of this name only Zunaytir (village, Al-Hasakeh), far from the other places of the report"
    )


def test_words_without_a_name_are_no_place(resolver: PlaceResolver) -> None:
    assert resolve(resolver, "the nearby airport").reason == "no name of a place"
