"""Who speaks independently: nearest named speakers under any name, and else the outlet whose text it first was."""

from __future__ import annotations

import datetime as dt

import pytest
from hearing_bench import DAY, Bench, told
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model import Claim, SourceKind, Voice

WIRE = "Two shells fell on the old mill near the river on Monday and wounded seven people who were waiting for bread"
REWRITTEN = (
    "Two shells fell on the old mill near the river and wounded seven people who were waiting for flour on Monday"
)
OTHERWISE = (
    "On Monday the old mill near the river was hit; seven people in front of it who wanted to buy bread were hurt"
)


@pytest.fixture
def bench() -> Bench:
    return Bench.fresh()


def names(voices: tuple[Voice, ...]) -> list[str]:
    return sorted(voice.name for voice in voices)


def test_a_speaker_under_all_names_is_one_voice_with_all_its_carriers(bench: Bench) -> None:
    bench.report("r1", "bugle")
    bench.report("r2", "clarion")
    hearing = bench.hear(
        told("r1", by="the Lantern Watch for Rights"),
        told("r2", by="LWR"),
        told("r3", by="Lantern Watch director Ada Voss", kind="monitor"),
        told("r4", by="she", antecedent="Voss"),
    )
    (voice,) = hearing.voices
    assert (voice.id, voice.name, voice.kind) == ("actor:lantern", "Lantern Watch for Rights", SourceKind.MONITOR)
    assert voice.outlets == ("bugle", "clarion", "paper r3", "paper r4")
    assert voice.sides == ("Close to the north", "Close to the south", "", "")
    assert voice.names == ("LWR", "Lantern Watch director Ada Voss", "she", "the Lantern Watch for Rights")


@pytest.mark.parametrize(
    ("first", "second", "voices"),
    [
        ("Quarry Council for Peace", "QCP", 1),  # in no file: the acronym of a name that is spelt out
        ("Quarry Council for Peace", "the Quarry Council", 2),  # another report may mean another council
        ("a source at Hill Police Command", "Hill Police Command", 1),
        ("opponents of Ada Voss", "Lantern Watch", 2),
        ("Britain-based monitor", "Lantern Watch", 2),
    ],
)
def test_names_that_are_in_no_file(bench: Bench, first: str, second: str, voices: int) -> None:
    assert len(bench.hear(told("r1", by=first), told("r2", by=second)).voices) == voices


def test_a_short_name_is_the_long_one_of_the_same_report(bench: Bench) -> None:
    hearing = bench.hear(
        told("r1", by="Quarry Council for Peace", name="a"),
        told("r1", by="the Council", name="b"),
        told("r2", name="c"),
    )
    assert names(hearing.voices) == ["Quarry Council for Peace", "paper r2"]


@pytest.mark.parametrize("source", ["a military source", "activists", "a Britain-based monitor", "residents"])
def test_an_unnamed_source_is_the_outlets_word(bench: Bench, source: str) -> None:
    bench.report("r1", "bugle")
    hearing = bench.hear(told("r1", by=source, kind="activist", name="a"), told("r1", name="b"))
    assert names(hearing.voices) == ["The Bugle"]
    assert hearing.voices[0].kind is None


def test_an_outlet_is_one_voice_in_all_its_reports_and_where_it_is_quoted(bench: Bench) -> None:
    bench.report("r1", "bugle")
    bench.report("r2", "bugle", DAY + dt.timedelta(days=1))
    bench.report("r3", "clarion")
    hearing = bench.hear(told("r1"), told("r2"), told("r3", by="Bugle newspaper", kind="media"))
    (voice,) = hearing.voices
    assert (voice.id, voice.outlets, voice.side) == ("outlet:bugle", ("bugle", "clarion"), "Close to the north")


def test_copies_are_the_voice_of_who_had_the_text_first(bench: Bench) -> None:
    bench.report("r1", "clarion")
    bench.report("r2", "herald", copies="r1")
    bench.report("r3", "herald")
    hearing = bench.hear(told("r1"), told("r2"), told("r3"))
    assert {voice.name: voice.reports for voice in hearing.voices} == {
        "Clarion": ("r1", "r2"),
        "Harbour Herald": ("r3",),
    }


def test_a_statement_in_nearly_the_same_words_is_one_witness(bench: Bench) -> None:
    bench.report("r1", "clarion", DAY + dt.timedelta(days=1))
    bench.report("r2", "bugle")
    assert names(bench.hear(told("r1", quote=WIRE), told("r2", quote=REWRITTEN)).voices) == ["The Bugle"]
    assert len(bench.hear(told("r1", quote=WIRE), told("r2", quote=OTHERWISE)).voices) == 2


def test_words_that_another_report_gives_a_speaker_for_are_that_speakers(bench: Bench) -> None:
    hearing = bench.hear(told("r1", quote=WIRE, by="Lantern Watch"), told("r2", quote=REWRITTEN))
    assert names(hearing.voices) == ["Lantern Watch for Rights"]


def test_words_for_which_two_speakers_are_given_stay_with_the_outlet(bench: Bench) -> None:
    bench.report("r3", "bugle")
    hearing = bench.hear(
        told("r1", quote=WIRE, by="Lantern Watch"),
        told("r2", quote=WIRE, by="Quarry Council", kind="ngo"),
        told("r3", quote=REWRITTEN),
    )
    assert names(hearing.voices) == ["Lantern Watch for Rights", "Quarry Council", "The Bugle"]


def test_a_report_of_unknown_outlet_is_a_voice_by_its_id(bench: Bench) -> None:
    voices = Bench(bench.rules, bench.ways, bench.ontology, {}).hear(told("r9")).voices
    assert names(voices) == ["paper r9"]


CLAIMS = [
    told("r1", by="LWR", killed=3),
    told("r2", by="Lantern Watch", killed=9),
    told("r3", quote=WIRE, label=("terrorists", "Southern League"), killed=(20, None)),
    told("r4", quote=REWRITTEN, status="denied", actor="norland-army"),
    told("r5", "shelling", actor="southern-league", killed=9),
    told("r6", by="Quarry Council for Peace", actor="norland-army", label=("martyrs", "Southern League")),
    told("r6", by="QCP", killed=4, quote="the toll rose to 4"),
]


@settings(max_examples=50, deadline=None)
@given(st.permutations(CLAIMS))
def test_the_order_of_claims_does_not_matter(shuffled: list[Claim]) -> None:
    assert Bench.fresh().hear(*shuffled) == Bench.fresh().hear(*CLAIMS)
