"""Finding places by name, and importing tables of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import KnowledgeError, OutputError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Familiarity, Gazetteer, import_table
from rashomon.knowledge.gazetteer_row import COLUMNS
from rashomon.knowledge.gazetteer_table import read_table
from rashomon.knowledge.romanise import FOLDING, fold_key, skeleton_of_key
from rashomon.model import PlacePrecision

HEADER = "\t".join(COLUMNS)


def row(id_: str, name: str, lat: str = "35.1", lon: str = "36.7", kind: str = "village", **more: str) -> str:
    values = dict.fromkeys(COLUMNS, "") | {"id": id_, "name": name, "lat": lat, "lon": lon, "kind": kind} | more
    return "\t".join(values[column] for column in COLUMNS)


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own() -> Gazetteer:
    return Gazetteer.load(Layers())


@pytest.mark.parametrize(
    ("name", "kind", "adm1"),
    [
        ("Deir Ezzor", "city", "Deir-ez-Zor"),
        ("Hassakeh", "governorate", "Al-Hasakeh"),
        ("Jiroud", "town", "Rural Damascus"),
        ("al-Rahiba", "town", "Rural Damascus"),
        ("Tadmur", "town", "Homs"),
        ("Kuweires", "airbase", "Aleppo"),
        ("T4", "airbase", "Homs"),
        ("Jabal al-Akrad", "mountain", "Lattakia"),
        ("Eastern Ghouta", "region", "Rural Damascus"),
    ],
)
def test_well_known_places_are_found_in_any_spelling(own: Gazetteer, name: str, kind: str, adm1: str) -> None:
    assert (kind, adm1) in {(found.kind, found.adm1) for found in own.find(name)}
    assert own.familiarity(name) == Familiarity.WELL_KNOWN


def test_the_built_in_table_is_whole(own: Gazetteer) -> None:
    assert own.left_out == ()
    in_syria_and_iraq = [row for row in own.own_rows() if row.country in ("SY", "IQ")]
    assert len(in_syria_and_iraq) >= 900
    assert all(credit.source != "not given" and credit.licence != "not given" for credit in own.credits())


def test_all_governorates_are_there(own: Gazetteer) -> None:
    names = ["Aleppo", "Damascus", "Homs", "Hama", "Idlib", "Latakia", "Tartus"]
    names += ["Raqqa", "Hasaka", "Daraa", "Suwayda", "Quneitra"]
    for name in [*names, "Deir ez-Zor", "Rif Dimashq"]:
        assert any(found.kind == "governorate" for found in own.find(name)), name


def test_a_place_that_nobody_located_has_no_coordinates(own: Gazetteer) -> None:
    (jammo,) = own.find("Jammo")
    assert jammo.lat is None
    assert jammo.lon is None


def test_large_cities_of_the_world_are_known_and_english_words_are_not(own: Gazetteer) -> None:
    assert own.find("Melbourne")[0].country == "AU"
    assert own.familiarity("Melbourne") == Familiarity.WORLD
    assert own.find("Reading") == ()


def test_a_lost_apostrophe_finds_the_place(own: Gazetteer) -> None:
    assert own.find_possessive("Aleppos")[0].name == "Aleppo"


def test_candidates_by_consonants_are_scored(own: Gazetteer) -> None:
    candidates = own.similar("Qalamon")
    assert candidates
    assert candidates[0].row.name.endswith("Qalamoun")
    assert 0.86 <= candidates[0].score <= 1
    assert own.similar("Aa") == ()


def test_an_area_is_no_point(own: Gazetteer) -> None:
    assert {found.closeness for found in own.find("Qalamoun")} == {PlacePrecision.DISTRICT}
    assert {found.closeness for found in own.find("Aleppo")} == {PlacePrecision.GOVERNORATE, PlacePrecision.SETTLEMENT}
    assert own.find("Syria")[0].closeness == PlacePrecision.COUNTRY
    assert own.find("Shayrat airbase")[0].closeness == PlacePrecision.POINT


def test_a_site_lays_its_own_places_over_the_built_in_ones(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "gazetteer"
    folder.mkdir(parents=True)
    table(folder / "ours.tsv", row("X1", "Barqash"), row("SY01272", "Aleppo", "1.0", "2.0", "city"))
    site = Gazetteer.load(Layers.over_built_in(tmp_path / "site"))
    assert site.find("Barqash")[0].well_known
    assert [found.lat for found in site.find("Aleppo") if found.kind == "city"] == [1.0]


def test_an_imported_table_is_found_and_counts_as_less_known(tmp_path: Path) -> None:
    source = table(
        tmp_path / "mine.tsv", row("X1", "Barqash", names="Barqash|برقش"), row("X2", "Aleppo", adm1="Elsewhere")
    )
    summary = import_table(source, tmp_path / "imported")
    assert (summary.rows, summary.added, summary.already, summary.left_out) == (2, 2, 0, ())
    known = Gazetteer.load(Layers(), tmp_path / "imported")
    assert known.familiarity("Barkash") == Familiarity.IMPORTED
    assert not known.find("Barqash")[0].well_known
    assert known.find("Aleppo")[0].well_known, "own rows come first"
    assert known.find("Aleppo")[-1].adm1 == "Elsewhere"


def test_importing_twice_adds_nothing_twice(tmp_path: Path) -> None:
    source = table(tmp_path / "mine.tsv", row("X1", "Barqash"), row("X2", "Zunaytir"))
    import_table(source, tmp_path / "imported")
    before = (tmp_path / "imported" / "mine.tsv").read_bytes()
    summary = import_table(source, tmp_path / "imported")
    assert (summary.added, summary.already) == (0, 2)
    assert (tmp_path / "imported" / "mine.tsv").read_bytes() == before
    table(tmp_path / "other.tsv", row("X1", "Barqash"), row("X3", "Lihan"))
    summary = import_table(tmp_path / "other.tsv", tmp_path / "imported")
    assert (summary.added, summary.already) == (1, 1)
    assert len(Gazetteer.load(Layers(), tmp_path / "imported").find("Barqash")) == 1


def test_bad_rows_are_named_by_line_and_left_out(tmp_path: Path) -> None:
    source = table(
        tmp_path / "mine.tsv",
        row("X1", "Barqash"),
        row("", "Nameless"),
        row("X3", "Off", lat="95"),
        row("X4", "Words", lon="east"),
        "X5\ttoo few columns",
        row("X1", "Twice"),
        row("X7", "Nowhere", "", ""),
    )
    summary = import_table(source, tmp_path / "imported")
    assert summary.rows == 2
    assert [(bad.line, bad.reason) for bad in summary.left_out] == [
        (3, "no id"),
        (4, "not on the globe: 95, 36.7"),
        (5, "no coordinates: '35.1', 'east'"),
        (6, "2 columns instead of 14"),
        (7, "the id X1 stands in line 2 too"),
    ]


def test_credits_are_kept_and_counted(tmp_path: Path) -> None:
    source = table(
        tmp_path / "mine.tsv",
        row("X1", "A1", source="OCHA", licence="CC BY-IGO"),
        row("X2", "A2", source="OCHA", licence="CC BY-IGO"),
        row("X3", "A3"),
    )
    summary = import_table(source, tmp_path / "imported")
    assert [(c.source, c.licence, c.rows) for c in summary.credits] == [
        ("OCHA", "CC BY-IGO", 2),
        ("not given", "not given", 1),
    ]
    known = Gazetteer.load(Layers(), tmp_path / "imported")
    assert any(c.source == "OCHA" and c.rows == 2 for c in known.credits())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,name,lat\n1,a,2\n", "no column lon"),
        ((HEADER + "\nX1\tCaf\xe9").encode("latin-1"), "not UTF-8"),
        ((HEADER + "\n").encode(), "no usable row"),
        (b"", "no column"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(tmp_path: Path, content: bytes, message: str) -> None:
    source = tmp_path / "mine.tsv"
    source.write_bytes(content)
    with pytest.raises(KnowledgeError, match=message) as caught:
        import_table(source, tmp_path / "imported")
    assert str(source) in str(caught.value)
    assert caught.value.remedy
    assert not (tmp_path / "imported").exists()


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        import_table(tmp_path / "missing.tsv", tmp_path)


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    source = table(tmp_path / "mine.tsv", row("X1", "Barqash"))
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        import_table(source, tmp_path / "taken" / "imported")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.tsv", "taken"]


def test_columns_may_come_in_another_order_and_optional_ones_may_miss(tmp_path: Path) -> None:
    source = tmp_path / "mine.tsv"
    source.write_text("name\tkind\tlon\tlat\tid\nBarqash\ttown\t36.7\t35.1\tX1\n", encoding="utf-8")
    import_table(source, tmp_path / "imported")
    (found,) = Gazetteer.load(Layers(), tmp_path / "imported").find("Barqash")
    assert (found.lat, found.lon, found.kind) == (35.1, 36.7, "town")


def test_the_fingerprint_follows_the_tables(tmp_path: Path) -> None:
    one = Gazetteer.load(Layers()).fingerprint
    table(tmp_path / "mine.tsv", row("X1", "Barqash"))
    assert Gazetteer.load(Layers(), tmp_path).fingerprint != one
    assert Gazetteer.load(Layers()).fingerprint == one


@given(st.lists(st.text(alphabet="aé\t\n\r|12.- ", max_size=30), max_size=6))
@settings(derandomize=True, deadline=None)
def test_no_row_breaks_the_reader(lines: list[str]) -> None:
    read = read_table(Path("t.tsv"), "\n".join([HEADER, *lines]).encode())
    assert all(line.count("\t") == len(COLUMNS) for line in read.rows)


def test_another_table_with_the_same_ids_or_the_same_name_loses_nothing(tmp_path: Path) -> None:
    imported = tmp_path / "imported"
    import_table(table(tmp_path / "mine.tsv", row("1", "Barqash"), row("2", "Zunaytir")), imported)
    other = table(tmp_path / "other.tsv", row("1", "Lihan"), row("2", "Qusayr Maha", "33.9"))
    assert import_table(other, imported).added == 2
    (tmp_path / "elsewhere").mkdir()
    namesake = table(tmp_path / "elsewhere" / "mine.tsv", row("1", "Tell Hanish", "34.2"))
    summary = import_table(namesake, imported)
    assert (summary.added, summary.already, summary.replaced) == (1, 0, 0)
    known = Gazetteer.load(Layers(), imported)
    for name in ("Barqash", "Zunaytir", "Lihan", "Qusayr Maha", "Tell Hanish"):
        assert known.find(name), name


def test_a_row_that_changed_is_replaced_and_counted(tmp_path: Path) -> None:
    import_table(table(tmp_path / "mine.tsv", row("1", "Barqash"), row("2", "Zunaytir")), tmp_path / "imported")
    again = table(tmp_path / "mine.tsv", row("1", "Barqash", names="Birqash"), row("2", "Zunaytir"))
    summary = import_table(again, tmp_path / "imported")
    assert (summary.added, summary.already, summary.replaced) == (0, 2, 1)
    assert Gazetteer.load(Layers(), tmp_path / "imported").find("Birqash")


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("t.tsv", "name\tlat\tlon\nBarqash\t35.1\t36.7\n"),
        ("t.csv", "name,lat,lon\nBarqash,35.1,36.7\n"),
        ("t.csv", "Name;Latitude;Longitude\r\nBarqash;35.1;36.7\r\n"),
        ("t.csv", '\ufeffname,names,lat,lon\n"Barqash","Barqash, Upper|برقش",35.1,36.7\n'),
    ],
)
def test_a_name_and_coordinates_are_enough(tmp_path: Path, file: str, content: str) -> None:
    (tmp_path / file).write_text(content, encoding="utf-8", newline="")
    summary = import_table(tmp_path / file, tmp_path / "imported")
    assert (summary.rows, summary.written.name) == (1, "t.tsv")
    (found,) = Gazetteer.load(Layers(), tmp_path / "imported").find("Barqash")
    assert (found.lat, found.lon, found.kind) == (35.1, 36.7, "locality")
    assert import_table(tmp_path / file, tmp_path / "imported").already == 1


def test_bad_rows_of_a_short_table_are_named_by_line(tmp_path: Path) -> None:
    rows = 'name,lat,lon\n"Barq\nash",35.1,36.7\n,35,36\nZunaytir,north,36\nLihan,35.1,36.7\nLihan,35.1,36.7\n'
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    summary = import_table(tmp_path / "t.csv", tmp_path / "imported")
    assert summary.rows == 2
    assert [(bad.line, bad.reason) for bad in summary.left_out] == [
        (4, "no name"),
        (5, "no coordinates: 'north', '36'"),
        (7, "the same name and coordinates stand in line 6 too"),
    ]


def test_a_lesser_known_table_of_a_site_counts_as_such(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "gazetteer"
    folder.mkdir(parents=True)
    table(folder / "lesser.tsv", row("X1", "Barqash"))
    site = Gazetteer.load(Layers.over_built_in(tmp_path / "site"))
    assert site.familiarity("Barqash") == Familiarity.IMPORTED


def test_the_index_of_a_large_table_is_kept_and_never_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    names = [f"Barqash {chr(97 + i % 26)}{chr(97 + i // 26)}m" for i in range(250)]
    source = table(tmp_path / "large.tsv", *(row(f"X{i}", name) for i, name in enumerate(names)))
    import_table(source, tmp_path / "imported")
    (kept,) = (tmp_path / "cache").rglob("large-*.sqlite")
    assert Gazetteer.load(Layers(), tmp_path / "imported").find(names[7])[0].id == "X7"
    kept.write_bytes(b"damaged")
    assert Gazetteer.load(Layers(), tmp_path / "imported").find(names[7])[0].id == "X7"
    file = tmp_path / "imported" / "large.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace(names[7], "Zunaytir"), encoding="utf-8")
    changed = Gazetteer.load(Layers(), tmp_path / "imported")
    assert changed.find(names[7]) == ()
    assert changed.find("Zunaytir")[0].id == "X7"


def test_without_a_cache_folder_all_is_found_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    assert Gazetteer.load(Layers()).find("Kobani")


def test_folding_and_the_number_of_its_form_change_together() -> None:
    names = ["Deir ez-Zor", "al-Qamishli", "Kafr Nabudah", "Ma‘arrat an-Nu‘man", "Şafīr", "Sheikh Maqsoud", "Ain Issa"]
    folded = [(fold_key(name), skeleton_of_key(fold_key(name))) for name in names]
    digest = hashlib.sha256(repr(folded).encode()).hexdigest()[:8]
    assert (FOLDING, digest) == (1, "15422cbc"), "raise FOLDING in romanise.py, then correct the digest here"
