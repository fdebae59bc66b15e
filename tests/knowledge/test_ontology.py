"""The ontology: what types and statuses mean, and what they are called in PLOVER, CAMEO and ACLED."""

from __future__ import annotations

import pytest

from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Facts, Ontology, Party, PloverName
from rashomon.model import Status

ONTOLOGY = Ontology.load(Layers())
NO_EVENT_IN_ACLED = {"control", "casualties", "displacement"}


def done_by(*actors: Party, to: tuple[Party, ...] = (), words: tuple[str, ...] = ()) -> Facts:
    return Facts(actors=frozenset(actors), targets=frozenset(to), words=words)


def test_every_status_has_a_meaning() -> None:
    assert set(ONTOLOGY.statuses) == set(Status)
    assert all(status.meaning for status in ONTOLOGY.statuses.values())
    assert {status.id.value: status.plover for status in ONTOLOGY.statuses.values() if status.plover} == {
        "planned": "future", "possible": "hypothetical", "denied": "negation"
    }  # fmt: skip


def test_every_type_has_its_name_in_the_other_forms() -> None:
    nothing = Facts()
    assert {kind.id for kind in ONTOLOGY if ONTOLOGY.acled(kind.id, nothing) is None} == NO_EVENT_IN_ACLED
    assert {kind.id for kind in ONTOLOGY if ONTOLOGY.plover(kind.id, nothing) is None} == NO_EVENT_IN_ACLED
    assert {kind.id for kind in ONTOLOGY if kind.cameo is None} == NO_EVENT_IN_ACLED


def test_a_type_that_there_is_not_is_no_guess() -> None:
    with pytest.raises(KeyError):
        ONTOLOGY.acled("earthquake", Facts())


@pytest.mark.parametrize(
    ("taker", "name"),
    [
        (Party.STATE, "Government regains territory"),
        (Party.STATE_ALLIES, "Government regains territory"),
        (Party.REBELS, "Non-state actor overtakes territory"),
        (Party.MILITIA, "Non-state actor overtakes territory"),
        (Party.EXTERNAL, "Non-state actor overtakes territory"),
    ],
)
def test_who_took_the_territory(taker: Party, name: str) -> None:
    assert ONTOLOGY.acled("capture", done_by(taker)) == name


def test_territory_that_the_state_lost_to_whomever() -> None:
    assert ONTOLOGY.acled("capture", done_by(to=(Party.STATE,))) == "Non-state actor overtakes territory"
    assert ONTOLOGY.acled("capture", Facts()) == "Armed clash"


@pytest.mark.parametrize("status", [Status.DENIED, Status.PLANNED, Status.POSSIBLE])
def test_territory_that_did_not_change_hands_was_fought_over(status: Status) -> None:
    assert ONTOLOGY.acled("capture", Facts(frozenset({Party.STATE}), status=status)) == "Armed clash"


@pytest.mark.parametrize(
    ("kind", "facts", "name"),
    [
        ("bombing", done_by(words=("exploded", "suicide car bomb")), "Suicide bomb"),
        ("bombing", done_by(words=("blew himself up",)), "Suicide bomb"),
        ("bombing", done_by(words=("blast", "car bomb")), "Remote explosive/landmine/IED"),
        ("bombing", done_by(words=("exploded", "Grenades")), "Grenade"),
        ("abuse", done_by(words=("raped",)), "Sexual violence"),
        ("abuse", done_by(words=("tortured",)), "Attack"),
        ("protest", done_by(words=("marched",)), "Peaceful protest"),
        ("protest", done_by(words=("riot",)), "Violent demonstration"),
        ("protest", done_by(words=("dispersed",)), "Protest with intervention"),
        ("protest", Facts(words=("demonstration",), killed=True), "Excessive force against protesters"),
        ("protest", done_by(Party.RIOTERS), "Violent demonstration"),
        ("ground_attack", done_by(Party.STATE, to=(Party.REBELS,)), "Armed clash"),
        ("ground_attack", done_by(Party.REBELS, to=(Party.CIVILIANS,)), "Attack"),
        ("killing", done_by(words=("lynched",)), "Mob violence"),
        ("killing", done_by(Party.STATE, to=(Party.CIVILIANS,)), "Attack"),
        ("destruction", done_by(words=("shot down",)), "Disrupted weapons use"),
        ("destruction", done_by(words=("burnt",)), "Looting/property destruction"),
        ("seizure", done_by(words=("looted",)), "Looting/property destruction"),
        ("seizure", done_by(words=("seized",)), "Disrupted weapons use"),
        ("air_strike", Facts(), "Air/drone strike"),
        ("handover", Facts(), "Non-violent transfer of territory"),
    ],
)
def test_what_acled_calls_it(kind: str, facts: Facts, name: str) -> None:
    assert ONTOLOGY.acled(kind, facts) == name


def test_a_word_is_found_whole_and_in_any_case() -> None:
    assert ONTOLOGY.acled("bombing", done_by(words=("SUICIDE attack",))) == "Suicide bomb"
    assert ONTOLOGY.acled("killing", done_by(words=("mobile unit",))) == "Attack"


@pytest.mark.parametrize(
    ("kind", "facts", "name"),
    [
        ("air_strike", done_by(words=("drone",)), PloverName("ASSAULT", "drone", ("military",))),
        ("air_strike", done_by(words=("warplanes",)), PloverName("ASSAULT", "aerial", ("military",))),
        ("chemical_attack", Facts(), PloverName("ASSAULT", "unconventional", ("military", "cbrn"))),
        ("ground_attack", done_by(words=("assault", "machine guns")), PloverName("ASSAULT", "firearms", ("military",))),
        ("armed_clash", Facts(), PloverName("ASSAULT", None, ("military",))),
        ("detention", Facts(), PloverName("COERCE", "arrest")),
        ("demand", Facts(), PloverName("REQUEST")),
        ("control", Facts(), None),
    ],
)
def test_what_plover_calls_it(kind: str, facts: Facts, name: PloverName | None) -> None:
    assert ONTOLOGY.plover(kind, facts) == name


def test_every_sub_event_belongs_to_an_event_type_of_acled() -> None:
    names = {rule.name for kind in ONTOLOGY for rule in kind.acled}
    assert {ONTOLOGY.forms.acled_event(name) for name in names} <= set(ONTOLOGY.forms.acled)
    assert ONTOLOGY.forms.acled_event("Armed clash") == "Battles"
    assert ONTOLOGY.forms.acled_event("Earthquake") is None


def test_sides_change_no_rule() -> None:
    """Who does it is asked by sort of party alone: no rule knows a name."""
    for one, other in [(Party.REBELS, Party.MILITIA), (Party.MILITIA, Party.EXTERNAL)]:
        for kind in ONTOLOGY:
            assert ONTOLOGY.acled(kind.id, done_by(one)) == ONTOLOGY.acled(kind.id, done_by(other))
