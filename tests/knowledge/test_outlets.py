from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets

NAMES_IN_INPUTS = [
    "ahram",
    "manar",
    "alalam",
    "alaraby",
    "dailysabah",
    "sana",
    "sputnik",
    "etilaf",
    "trt",
    "jordantimes",
    "reuters",
    "arabiya",
    "nna",
    "asharqalawsat",
    "tass",
    "islamic-invitation-turkey",
    "smart-news",
]


@pytest.fixture(scope="module")
def outlets() -> Outlets:
    return Outlets.load(Layers())


@pytest.mark.parametrize("name", NAMES_IN_INPUTS)
def test_short_names_of_common_inputs_are_ids(outlets: Outlets, name: str) -> None:
    assert outlets.resolve(name) == name


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("FNA", "fna"),
        ("Fars News Agency", "fna"),
        ("Al Masdar News", "almasdar"),
        ("AMN", "almasdar"),
        ("Tass", "tass"),
        ("SOHR", "sohr"),
        ("Agence France Presse", "afp"),
        ("Hurriyet Daily News", "hurriyet-daily-news"),
        ("SMART News", "smart-news"),
        ("al-arabiya", "arabiya"),
    ],
)
def test_found_by_alias_in_any_spelling(outlets: Outlets, name: str, outlet: str) -> None:
    found = outlets.find(name)
    assert found is not None
    assert found.id == outlet


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("https://www.sana.sy/en/?p=1", "sana"),
        ("english.ahram.org.eg/x", "ahram"),
        ("http://sub.reuters.com", "reuters"),
        ("https://nobody.example/", None),
        ("not an address", None),
        ("notsana.sy", None),
    ],
)
def test_found_by_address(outlets: Outlets, address: str, outlet: str | None) -> None:
    found = outlets.at(address)
    assert (found.id if found else None) == outlet


def test_unknown_is_nobody_and_a_new_name_is_kept(outlets: Outlets) -> None:
    assert outlets.resolve("unknown") is None
    assert outlets.resolve(None) is None
    assert outlets.resolve("", "https://tass.com/1") == "tass"
    assert outlets.resolve("The Village Voice of Nowhere") == "The Village Voice of Nowhere"


def test_every_outlet_says_whose_view_it_gives(outlets: Outlets) -> None:
    assert all(outlet.side for outlet in outlets)
    assert all(outlet.country is None or len(outlet.country) == 2 for outlet in outlets)
    examples = [outlet for outlet in outlets if outlet.example]
    assert len(examples) >= 4
    assert all(outlet.name.startswith("Example ") for outlet in examples)


def test_what_is_said_of_an_outlets_view_has_a_source(outlets: Outlets) -> None:
    real = [outlet for outlet in outlets if not outlet.example]
    assert len(real) >= 60
    assert [outlet.id for outlet in real if not outlet.side_source] == []
    assert [outlet.id for outlet in real if not outlet.languages] == []


@pytest.mark.parametrize("name", NAMES_IN_INPUTS)
def test_of_the_outlets_of_common_inputs_all_is_known(outlets: Outlets, name: str) -> None:
    outlet = outlets.by_id[name]
    assert outlet.country
    assert outlet.aliases


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("state news agency SANA", "sana"),
        ("وكالة الأناضول", "anadolu"),
        ("Hezbollah's al-Manar", "manar"),
        ("Kuwait News Agency", "kuna"),
        ("Амак", None),
    ],
)
def test_found_by_the_names_under_which_others_quote_it(outlets: Outlets, name: str, outlet: str | None) -> None:
    found = outlets.find(name)
    assert (found.id if found else None) == outlet


def test_a_sites_own_file_lies_over_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "outlets.yaml").write_text("outlets:\n- {id: sana, name: Renamed}\n- {id: mine, name: My Paper}\n")
    outlets = Outlets.load(Layers.over_built_in(tmp_path))
    assert outlets.by_id["sana"].name == "Renamed"
    assert outlets.resolve("my paper") == "mine"
    assert outlets.resolve("tass") == "tass"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("- a\n", "not a mapping"),
        ("outlets:\n- {name: X}\n", "needs `id` and `name`"),
        ("outlets:\n- {id: x, name: X, colour: red}\n", "colour"),
        ("outlets:\n- {id: x, name: SANA}\n", "two outlets"),
        ("outlets:\n- {id: x, name: X, day_order: ydm}\n", "ydm"),
        ("outlets:\n- {id: x, name: X, hosts: a}\n", "no list"),
        ("outlets:\n- {id: x, name: X, country: Syria}\n", "country 'Syria'"),
        ("outlets:\n- {id: x, name: X, languages: [english]}\n", "language 'english'"),
        ("outlets:\n- {id: x, name: X, languages: en}\n", "no list"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "outlets.yaml").write_text(content)
    with pytest.raises(KnowledgeError, match=r"outlets\.yaml.*" + says):
        Outlets.load(Layers.over_built_in(tmp_path))
