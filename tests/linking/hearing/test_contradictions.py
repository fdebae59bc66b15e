"""What voices contradict each other about, kind by kind; and what looks like it and is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hearing_bench import DAY, HILLS, LAKES, MERE, TARN, UPPER_TARN, Bench, told

from rashomon.model import Claim, Contradiction, ContradictionKind, Hearing, PlaceResolution

NEXT = DAY + dt.timedelta(days=1)
LATER = DAY + dt.timedelta(days=40)
Count = int | tuple[int | None, int | None]


@pytest.fixture
def bench() -> Bench:
    return Bench.fresh()


def lines(hearing: Hearing) -> list[str]:
    """Each contradiction as 'kind about: value (voices) - value (voices)'."""
    names = {voice.id: voice.name for voice in hearing.voices}

    def line(each: Contradiction) -> str:
        values = [f"{given.value} ({', '.join(names[voice] for voice in given.voices)})" for given in each.values]
        return f"{each.kind.value} {each.about}: {' - '.join(values)}"

    return list(map(line, hearing.contradictions))


def kinds(hearing: Hearing) -> set[ContradictionKind]:
    return {each.kind for each in hearing.contradictions}


# --- tolls ----------------------------------------------------------------------------------------------------------


def test_a_toll_with_the_voices_that_give_each_figure(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", killed=(58, None)),
        told("r2", killed=(58, None)),
        told("r3", killed=12),
        told("r4", killed=(40, None)),
    )
    # At least 40 can be 58: it excludes 12 alone.
    assert lines(hearing) == [
        "toll killed, people: 12 (paper r3) - at least 40 (paper r4) - at least 58 (paper r1, paper r2)"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (((58, None), "people"), (70, "people")),  # ranges that meet
        ((5, "children"), (12, "people")),  # a part and the whole
        ((5, "children"), (3, "women")),  # two parts
        ((5, "northern soldiers"), (9, "southern soldiers")),
        ((5, "windmills"), (9, "people")),  # a word of no group is a group of its own
    ],
)
def test_figures_that_can_both_be_right(bench: Bench, one: tuple[Count, str], other: tuple[Count, str]) -> None:
    claims = [told(f"r{n}", killed=number, of=of) for n, (number, of) in enumerate((one, other))]
    assert lines(bench.hear(*claims)) == []


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ((5, "gunmen"), (9, "terrorists"), "killed, fighters"),
        ((20, "civilians"), (12, "people"), "killed, people and civilians"),  # a part is never more than the whole
        ((5, "dead"), (9, ""), "killed, people"),
        ((5, "windmills"), (9, "windmills"), "killed, windmills"),
    ],
)
def test_figures_of_comparable_groups(bench: Bench, one: tuple[int, str], other: tuple[int, str], about: str) -> None:
    hearing = bench.hear(*(told(f"r{n}", killed=number, of=of) for n, (number, of) in enumerate((one, other))))
    assert [(each.kind, each.about) for each in hearing.contradictions] == [(ContradictionKind.TOLL, about)]


def test_only_what_is_said_to_have_happened_is_held_against_anything(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", killed=5, status="possible"), told("r2", killed=9), told("r3", killed=1, status="planned")
    )
    assert lines(hearing) == []


def test_one_voice_is_not_held_against_itself(bench: Bench) -> None:
    """It counts several things, or a part: the largest figure of a day stands."""
    hearing = bench.hear(told("r1", killed=5, name="a"), told("r1", killed=9, name="b"), told("r2", killed=9))
    assert (lines(hearing), hearing.replaced) == ([], ())


# --- totals that are replaced ---------------------------------------------------------------------------------------


def replaced(bench: Bench, *claims: tuple[Claim, dt.date | None]) -> tuple[list[str], list[str]]:
    for claim, day in claims:
        bench.report(claim.report, day=day)
    hearing = bench.hear(*(claim for claim, _ in claims))
    return lines(hearing), [f"{each.earlier.value} > {each.later.value}" for each in hearing.replaced]


def test_a_higher_figure_of_the_same_voice_on_a_later_day_is_an_update(bench: Bench) -> None:
    found = replaced(bench, (told("r1", by="LWR", killed=40), DAY), (told("r2", by="Lantern Watch", killed=47), NEXT))
    assert found == ([], ["40 > 47"])


def test_a_figure_that_rises_replaces_anybodys_earlier_one(bench: Bench) -> None:
    later = told("r2", killed=47, quote="The toll of the raid rose to 47 on Sunday")
    assert replaced(bench, (told("r1", killed=40), DAY), (later, NEXT)) == ([], ["40 > 47"])


@pytest.mark.parametrize(
    ("quote", "killed", "day"),
    [
        ("The raid killed 47", 47, NEXT),  # nothing says that it rose
        ("The toll of the raid rose to 47 on Sunday", 47, DAY),  # on the same day
        ("The toll of the raid rose to 47 on Sunday", 47, None),  # on a day that nobody knows
        ("The toll of the raid rose to 30 on Sunday", 30, NEXT),  # a lower one
        ("Smoke rose over the town and its long main street near the river when the raid killed 47", 47, NEXT),
    ],
)
def test_another_voice_needs_a_later_day_a_higher_figure_and_words_that_say_so(
    bench: Bench, quote: str, killed: int, day: dt.date | None
) -> None:
    found, updates = replaced(bench, (told("r1", killed=40), DAY), (told("r2", killed=killed, quote=quote), day))
    assert (len(found), updates) == (1, [])


def test_what_was_replaced_contradicts_nobody(bench: Bench) -> None:
    found = replaced(
        bench,
        (told("r1", by="LWR", killed=40), DAY),
        (told("r2", by="LWR", killed=47), NEXT),
        (told("r3", killed=47), NEXT),
    )
    assert found == ([], ["40 > 47"])


def test_running_totals_of_two_days_can_both_be_right(bench: Bench) -> None:
    since = DAY - dt.timedelta(days=400)
    found = replaced(
        bench,
        (told("r1", "casualties", killed=400, day=(since, DAY)), DAY),
        (told("r2", "casualties", killed=900, day=(since, LATER)), LATER),
        (told("r3", "casualties", killed=950, day=(since, LATER)), LATER),
    )
    assert found == (["toll killed, people: 900 (paper r2) - 950 (paper r3)"], [])


# --- culprits -------------------------------------------------------------------------------------------------------


def test_doers_of_different_sides_exclude_each_other(bench: Bench) -> None:
    hearing = bench.hear(told("r1", actor="norland-army"), told("r2", "shelling", actor="southern-league"))
    assert lines(hearing)[0] == (
        "culprit air_strike, shelling: Army of Norland (paper r1) - Southern League (paper r2)"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("r1", actor="norland-army"), told("r2", actor="norland")),  # part of one another
        (told("r1", actor="norland-army"), told("r2", actor="friends")),  # of one side
        (told("r1", actor="norland-army"), told("r2", actor="rebel-fighters")),  # a mere role
        (told("r1", actor="norland-army"), told("r2", actor=("southern-league", "norland"))),  # one of them agrees
        (told("r1", "armed_clash", actor="norland-army"), told("r2", "armed_clash", actor="southern-league")),
        (told("r1", "demand", actor="norland-army"), told("r2", "demand", actor="southern-league")),
        (told("r1", "capture", actor="norland-army"), told("r2", "withdrawal", actor="southern-league")),
        (  # two that fight
            told("r1", "ground_attack", actor="norland-army", target="southern-league"),
            told("r2", "ground_attack", actor="southern-league"),
        ),
        (told("r1", actor="norland-army", status="denied"), told("r2", actor="southern-league")),
    ],
)
def test_doers_who_do_not(bench: Bench, one: Claim, other: Claim) -> None:
    assert ContradictionKind.CULPRIT not in kinds(bench.hear(one, other))


# --- place and day --------------------------------------------------------------------------------------------------


def test_places_that_lie_apart(bench: Bench) -> None:
    hearing = bench.hear(told("r1", at=TARN), told("r2", at=UPPER_TARN), told("r3", at=MERE), told("r4", at=LAKES))
    assert lines(hearing) == [
        "place at: Lake Province (paper r4) - Mere (paper r3) - Tarn (paper r1) - Upper Tarn (paper r2)"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TARN, UPPER_TARN),  # 3 km
        (TARN, HILLS),  # within
        (TARN, PlaceResolution("Nowhere", reason="not in the gazetteer")),
    ],
)
def test_places_that_do_not(bench: Bench, one: PlaceResolution, other: PlaceResolution) -> None:
    assert lines(bench.hear(told("r1", at=one), told("r2", at=other))) == []


def test_where_from_is_not_held_against_where_to(bench: Bench) -> None:
    claims = [told("r1", "evacuation", at=TARN, role="from"), told("r2", "evacuation", at=MERE, role="to")]
    assert lines(bench.hear(*claims)) == []


def test_days_that_exclude_each_other(bench: Bench) -> None:
    hearing = bench.hear(told("r1", day=DAY), told("r2", day=NEXT), told("r3", day=DAY))
    assert lines(hearing) == ["day : 2018-04-07 (paper r1, paper r3) - 2018-04-08 (paper r2)"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("r1", day=(DAY, NEXT)), told("r2", day=NEXT)),
        (told("r1", "armed_clash", day=DAY), told("r2", "armed_clash", day=NEXT)),  # what lasts
        (told("r1", day=DAY), told("r2", day=NEXT, status="ongoing")),
        (told("r1", day=DAY), told("r2", day=NEXT, status="planned")),
    ],
)
def test_days_that_do_not(bench: Bench, one: Claim, other: Claim) -> None:
    assert lines(bench.hear(one, other)) == []


# --- whether it happened --------------------------------------------------------------------------------------------


def test_a_denial_and_what_it_denies(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", "shelling", status="denied", actor="norland"),
        told("r2", "air_strike", actor="norland-army"),
        told("r3", "shelling", status="ongoing"),
        told("r4", "shelling", status="planned"),
    )
    assert "happened air_strike, shelling: occurred (paper r2) - ongoing (paper r3) - denied (paper r1)" in lines(
        hearing
    )


@pytest.mark.parametrize(
    "claim",
    [
        told("r2", "bombing"),  # another deed
        told("r2", "shelling", status="planned", actor="norland"),
        told("r2", "shelling", actor="friends"),  # of others
        told("r2", "shelling", actor="norland", at=MERE),
        told("r2", "shelling", actor="norland", day=LATER),
    ],
)
def test_a_denial_of_something_else(bench: Bench, claim: Claim) -> None:
    denial = told("r1", "shelling", status="denied", actor="norland", at=TARN, day=DAY)
    assert ContradictionKind.HAPPENED not in kinds(bench.hear(denial, claim))


# --- what it is called ----------------------------------------------------------------------------------------------


def test_a_deed_of_two_types(bench: Bench) -> None:
    hearing = bench.hear(told("r1", "air_strike"), told("r2", "shelling"), told("r3", "casualties"))
    assert lines(hearing) == ["called type: air_strike (paper r1) - shelling (paper r2)"]


def test_two_types_of_two_doers_are_a_question_of_who(bench: Bench) -> None:
    hearing = bench.hear(told("r1", "air_strike", actor="norland"), told("r2", "shelling", actor="southern-league"))
    assert kinds(hearing) == {ContradictionKind.CULPRIT}


def test_a_deed_in_words_that_praise_and_that_blame(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", "capture", trigger="liberated"), told("r2", "capture", trigger="occupied"), told("r3", "capture")
    )
    assert lines(hearing) == ["called the deed: “liberated” (paper r1) - “occupied” (paper r2)"]


def test_one_actor_praised_here_and_blamed_there(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", label=("martyrs", "Southern League")),
        told("r2", label=("Terrorists", "Southern League")),
        told("r3", label=("regime", "Norland")),
    )
    assert lines(hearing) == ["called Southern League: “martyrs” (paper r1) - “Terrorists” (paper r2)"]


def test_two_words_that_blame_are_no_contradiction(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", label=("gangs", "Southern League")), told("r2", label=("terrorists", "Southern League"))
    )
    assert lines(hearing) == []


def test_loaded_words_are_those_of_the_outlet_that_prints_them(bench: Bench) -> None:
    """Two papers cite one monitor, each in its own words."""
    hearing = bench.hear(
        told("r1", by="LWR", label=("martyrs", "Southern League")),
        told("r2", by="LWR", label=("terrorists", "Southern League"), actor="southern-league"),
        told("r3", actor="southern-league"),
    )
    assert [given.outlets for given in hearing.contradictions[0].values] == [("paper r1",), ("paper r2",)]
    (naming,) = (each for each in hearing.namings if each.whom == "Southern League")
    assert [(word.value, word.outlets, word.voices) for word in naming.words] == [
        ("martyrs", ("paper r1",), ("actor:lantern",)),
        ("terrorists", ("paper r2",), ("actor:lantern",)),
    ]


# --- fields ---------------------------------------------------------------------------------------------------------


def test_each_value_of_each_field_with_the_voices_that_give_it(bench: Bench) -> None:
    hearing = bench.hear(told("r1", by="LWR", killed=5), told("r2", by="LWR", killed=5), told("r3", status="denied"))
    fields = {each.field: [(given.value, given.voices) for given in each.values] for each in hearing.fields}
    assert fields["quantities"] == [("killed 5 (people)", ("actor:lantern",))]
    assert fields["status"] == [("denied", ("name:paper r3",)), ("occurred", ("actor:lantern",))]
