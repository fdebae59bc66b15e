"""Who held an office, what became of whom, and the codes that actors have in other data sets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actor_phrases import read
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers

ACTORS = Actors.load(Layers())


def test_every_actor_has_an_arabic_name() -> None:
    missing = [actor.id for actor in ACTORS if not any("\u0600" <= letter <= "\u06ff" for letter in actor.arabic)]
    assert missing == []


@pytest.mark.parametrize(
    ("phrase", "day", "name"),
    [
        ("the US president", dt.date(2016, 6, 1), "Barack Obama"),
        ("the US president", dt.date(2017, 6, 1), "Donald Trump"),
        ("the American secretary of state", dt.date(2014, 6, 1), "John Kerry"),
        ("Britain's foreign secretary", dt.date(2015, 6, 1), "Philip Hammond"),
        ("the prime minister of Turkey", dt.date(2013, 6, 1), "Recep Tayyip Erdogan"),
        ("the Turkish president", dt.date(2016, 6, 1), "Recep Tayyip Erdogan"),
        ("the Russian foreign minister", dt.date(2016, 6, 1), "Sergei Lavrov"),
        ("UN special envoy for Syria", dt.date(2013, 6, 1), "Lakhdar Brahimi"),
        ("the leader of Hezbollah", dt.date(2016, 6, 1), "Hassan Nasrallah"),
        ("Iraqi Prime Minister", dt.date(2015, 6, 1), "Haider al-Abadi"),
    ],
)
def test_an_office_means_who_held_it_that_day(phrase: str, day: dt.date, name: str) -> None:
    assert read(phrase, ACTORS, day).name == name


def test_an_office_that_had_one_holder_needs_no_day() -> None:
    assert read("the Syrian foreign minister", ACTORS, dt.date(2016, 1, 1)).name == "Walid al-Moallem"
    assert read("the Russian foreign minister", ACTORS).name == "Sergei Lavrov"
    assert read("the US president", ACTORS).actor != "barack-obama"


@pytest.mark.parametrize(
    "phrase", ["a Hezbollah leader", "Hezbollah leaders", "the former US president", "heads of Hezbollah"]
)
def test_not_everybody_is_the_holder_of_the_office(phrase: str) -> None:
    read_as = read(phrase, ACTORS, dt.date(2016, 6, 1)).actor
    assert read_as not in {"hassan-nasrallah", "barack-obama"}


def test_a_full_name_goes_before_the_office() -> None:
    assert read("Russian Foreign Minister Igor Zaki", ACTORS, dt.date(2016, 1, 1)).name == "Igor Zaki"
    assert read("Khaled al-Golani", ACTORS, dt.date(2016, 1, 1)).name == "Khaled al-Golani"
    assert read("Hani Zaki the commander of the brigade", ACTORS).name == "Hani Zaki"


@pytest.mark.parametrize(
    ("first", "day", "then"),
    [
        ("jabhat-al-nusra", dt.date(2015, 1, 1), "jabhat-al-nusra"),
        ("jabhat-al-nusra", dt.date(2016, 12, 1), "jabhat-fatah-al-sham"),
        ("jabhat-al-nusra", dt.date(2018, 1, 1), "hayat-tahrir-al-sham"),
        ("islamic-state-of-iraq", dt.date(2015, 1, 1), "islamic-state"),
        ("al-qaeda-in-iraq", dt.date(2015, 1, 1), "islamic-state"),
        ("high-negotiations-committee", dt.date(2018, 1, 1), "syrian-negotiation-commission"),
    ],
)
def test_what_became_of_a_group_by_a_day(first: str, day: dt.date, then: str) -> None:
    assert ACTORS.on(ACTORS.get(first), day).id == then


def test_one_name_leads_to_whoever_bore_it_that_day() -> None:
    assert read("a former Syrian branch of al-Qaeda", ACTORS, dt.date(2016, 9, 1)).actor == "jabhat-fatah-al-sham"
    assert read("a former Syrian branch of al-Qaeda", ACTORS, dt.date(2017, 9, 1)).actor == "hayat-tahrir-al-sham"


def test_a_side_changes_with_time() -> None:
    army = ACTORS.get("jaysh-al-thuwar")
    assert army.side(dt.date(2015, 6, 1)) == "opposition"
    assert army.side(dt.date(2016, 6, 1)) == "Kurdish-led"


@pytest.mark.parametrize(
    ("actor", "where", "inter", "sector"),
    [
        ("syrian-arab-army", "SY", 1, "MIL"),
        ("russian-aerospace-forces", "SY", 8, "MIL"),
        ("russian-aerospace-forces", "RU", 1, "MIL"),
        ("turkish-armed-forces", "SY", 8, "MIL"),
        ("ahrar-al-sham", "SY", 2, "REB"),
        ("islamic-state", "IQ", 2, "REB"),
        ("peoples-protection-units", "SY", 2, "REB"),
        ("national-defence-forces", "SY", 3, "PRM"),
        ("badr-organisation", "IQ", 3, "PRM"),
        ("unidentified-attackers", "SY", 3, "UAF"),
        ("arab-tribes", "SY", 4, "SOC"),
        ("civilians", "SY", 7, "CVL"),
        ("syrian-civil-defence", "SY", 7, "MED"),
        ("syrian-interim-government", "SY", 7, "GOV"),
        ("united-states-led-coalition", "SY", 8, "MIL"),
        ("iraqi-federal-police", "IQ", 1, "COP"),
        ("united-states-congress", "US", 7, "LEG"),
        ("sergei-lavrov", "RU", 1, "GOV"),
        ("suheil-al-hassan", "SY", 1, "MIL"),
        ("zahran-alloush", "SY", 2, "REB"),
    ],
)
def test_codes_of_other_data_sets(actor: str, where: str, inter: int, sector: str) -> None:
    assert ACTORS.inter(ACTORS.get(actor), where) == inter
    assert ACTORS.sector(ACTORS.get(actor)) == sector


def test_every_actor_has_codes() -> None:
    for actor in ACTORS:
        assert 1 <= ACTORS.inter(actor) <= 8, actor.id
        assert ACTORS.sector(actor) != "UNK", actor.id


def test_a_site_changes_the_codes(tmp_path: Path) -> None:
    (tmp_path / "actor_codes.yaml").write_text(
        "sector:\n  rules:\n  - {code: CRM, kinds: [armed_group], sides: [Syrian government side]}\n", encoding="utf-8"
    )
    (tmp_path / "actors.yaml").write_text(
        "actors:\n- {id: hill-guard, name: Hill Guard, kind: armed_group, side: Syrian government side, inter: 4}\n",
        encoding="utf-8",
    )
    actors = Actors.load(Layers.over_built_in(tmp_path))
    assert actors.sector(actors.get("hill-guard")) == "CRM"
    assert actors.inter(actors.get("hill-guard")) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inter:\n  rules:\n  - {code: 12}\n", "12"),
        ("inter:\n  rules:\n  - {kinds: [dragon], code: 1}\n", "dragon"),
        ("inter:\n  rules:\n  - {kind: [military], code: 1}\n", "not a rule"),
        ("- x\n", "no rules"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "actor_codes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        Actors.load(Layers.over_built_in(tmp_path))
    assert "actor_codes.yaml" in str(caught.value)
