"""What the rules coder makes of small reports: one claim for each event, with status, sides and evidence."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from itertools import combinations

import pytest
from coding_bench import Bench, report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.model import Claim, Furniture, FurnitureKind, Span


@pytest.fixture(scope="module")
def bench(nlp: Language, coder: RulesCoder, knowledge: Knowledge) -> Bench:
    return Bench.of(nlp, coder, knowledge)


def kinds(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    return [(claim.type, claim.status.value) for claim in claims]


def names(claim: Claim, field: str) -> list[str]:
    people = claim.actors if field == "actors" else claim.targets
    return [p.resolution.name if p.resolution is not None else p.mention.text for p in people]


def counts(claim: Claim) -> list[tuple[str, int | None, int | None]]:
    return [(q.measure.value, q.minimum, q.maximum) for q in claim.quantities]


def where(claim: Claim) -> list[tuple[str, str]]:
    return [(p.resolution.name if p.resolution is not None else p.mention.text, p.role.value) for p in claim.places]


def said_by(claim: Claim) -> list[tuple[str, str]]:
    return [(s.mention.text, s.kind.value) for s in claim.source]


# --- what is one claim, and of which type and status ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The SDF took control of Tabqa.", "capture", "occurred"),
        ("Raqqa is under the control of the SDF.", "control", "ongoing"),
        ("Rebels shot down a helicopter near Hama.", "destruction", "occurred"),
        ("The militants tortured prisoners in Adra.", "abuse", "occurred"),
        ("The army encircled the town of Beit Jinn.", "siege", "occurred"),
        ("The rebels set up a checkpoint near Jarablus.", "fortification", "occurred"),
        ("The Syrian army sent tanks to Daraa.", "mobilization", "occurred"),
        ("Army units advanced towards Harasta.", "offensive", "occurred"),
        ("Rebels retreated from Rastan.", "withdrawal", "occurred"),
        ("The group released 20 hostages.", "release", "occurred"),
        ("Police arrested 14 people in Damascus.", "detention", "occurred"),
        ("The United Nations delivered aid to Douma.", "aid", "occurred"),
        ("The two sides reached a ceasefire in Homs.", "ceasefire", "occurred"),
        ("Talks between Russia and Turkey were held in Sochi.", "talks", "occurred"),
        # planned is not done
        ("The army is preparing to retake Jisr al-Shughur.", "capture", "planned"),
        ("Rebel fighters plan to attack Hama.", "ground_attack", "planned"),
        ("The Syrian army will launch an offensive in Daraa.", "offensive", "planned"),
        ("The group intends to kidnap journalists.", "abduction", "planned"),
        ("The ministry ordered the army to attack Zabadani.", "ground_attack", "planned"),
        # it may be
        ("The Turkish army may attack Manbij.", "ground_attack", "possible"),
        ("Israeli missiles are expected to strike the airport.", "air_strike", "possible"),
        ("A suspected chemical attack hit Douma.", "chemical_attack", "possible"),
        # it was not so
        ("Hezbollah denied that its fighters had shelled Madaya.", "shelling", "denied"),
        ("The army did not enter Rastan.", "capture", "denied"),
        ("Turkish forces failed to capture Jinderes.", "capture", "denied"),
        ("There were no clashes in Quneitra on Friday.", "armed_clash", "denied"),
        # it goes on
        ("Russian warplanes are bombing Idlib.", "air_strike", "ongoing"),
        ("Fighting continued in Harasta between the Syrian army and Jaish al-Islam.", "armed_clash", "ongoing"),
        # doubt only about the doer is no doubt about the deed
        ("A suspected Russian air strike hit Saraqib.", "air_strike", "occurred"),
        # an attack that was driven off took place
        ("The army repelled an attack by Islamic State on Mayadin.", "ground_attack", "occurred"),
        # a refusal is an event, what was refused is none
        ("The SDF rejected the offer.", "rejection", "occurred"),
        # bare words, by who does it or what it is done with
        ("The army bombed Idlib.", "shelling", "occurred"),
        ("Russia bombed Idlib.", "air_strike", "occurred"),
        ("The bombardment of Idlib with rockets continued.", "shelling", "ongoing"),
        ("Syrian warplanes dropped chlorine on Saraqib.", "chemical_attack", "occurred"),
        ("A blast shook Azaz.", "bombing", "occurred"),
        ("Gunmen attacked a police station in Idlib.", "ground_attack", "occurred"),
    ],
)
def test_one_event_is_one_claim(bench: Bench, text: str, kind: str, status: str) -> None:
    assert kinds(bench.code(text)) == [(kind, status)]


@pytest.mark.parametrize(
    "text",
    [
        "The report was published in a turbulent year.",
        "Experts said that the dispute would remain difficult.",
        "The minister opened a bakery in Homs.",
        "Voters chose a new council on Monday.",
        "The rebel-held town lies north of Hama.",
        "The Turkish-backed group is based in Azaz.",
    ],
)
def test_what_is_no_event_is_no_claim(bench: Bench, text: str) -> None:
    assert bench.code(text) == []


def test_two_means_are_two_claims(bench: Bench) -> None:
    first, second = bench.code("Warplanes raided Douma 25 times, as helicopters dropped 45 barrel bombs on Harasta.")
    assert (first.type, second.type) == ("air_strike", "air_strike")
    assert (where(first), where(second)) == ([("Douma", "at")], [("Harasta", "at")])
    assert ("munitions", 45, 45) in counts(second)


def test_plan_and_deed_are_two_claims(bench: Bench) -> None:
    found = bench.code("The army captured Rastan. It will storm Douma.")
    assert kinds(found) == [("capture", "occurred"), ("ground_attack", "planned")]


def test_what_is_told_twice_is_one_claim(bench: Bench) -> None:
    text = "Army captures Rastan\n\nThe Syrian army captured Rastan on Tuesday."
    claim = bench.one(text)
    assert claim.quote == "The Syrian army captured Rastan on Tuesday."
    assert names(claim, "actors") == ["Syrian Arab Army"]


def test_what_only_the_headline_says_is_coded(bench: Bench) -> None:
    found = bench.code("Rebels shell Fuaa\n\nThe United Nations delivered aid to Douma.")
    assert [claim.type for claim in found] == ["shelling", "aid"]


# --- deaths and their cause -----------------------------------------------------------------------------------------


def test_deaths_belong_to_their_cause(bench: Bench) -> None:
    claim = bench.one("An air strike on a market in Saraqib killed six people on Tuesday.")
    assert (claim.type, counts(claim)) == ("air_strike", [("killed", 6, 6)])
    assert claim.time is not None
    assert claim.time.resolution is not None
    assert claim.time.resolution.start == dt.date(2018, 4, 17)


def test_killed_and_injured_are_two_counts_of_one_claim(bench: Bench) -> None:
    claim = bench.one("The shelling killed and injured dozens of civilians in Idlib.")
    assert (claim.type, counts(claim)) == ("shelling", [("killed", 24, None), ("wounded", 24, None)])


def test_a_toll_in_a_participle_belongs_to_the_blast(bench: Bench) -> None:
    claim = bench.one("A car bomb exploded in Azaz, killing nine people.")
    assert (claim.type, counts(claim)) == ("bombing", [("killed", 9, 9)])


def test_a_running_total_stands_apart(bench: Bench) -> None:
    text = "Shells killed two people in Jobar on Monday. The death toll of the war has risen to more than 350,000."
    totals = [claim for claim in bench.code(text) if counts(claim) == [("killed", 350000, None)]]
    assert [claim.type for claim in totals] == ["casualties"]


def test_no_casualties_is_a_count_of_none(bench: Bench) -> None:
    assert counts(bench.one("No casualties were reported.")) == [("killed", 0, 0)]


# --- who, whom, where -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("The YPG shelled the Turkish army in Afrin.", ["People's Protection Units"], ["Turkish Armed Forces"]),
        ("Tabqa was captured by the Syrian Democratic Forces.", ["Syrian Democratic Forces"], []),
        ("The Syrian army and Hezbollah captured Yabroud.", ["Syrian Arab Army", "Hezbollah"], []),
        ("The shelling of Douma by the Syrian army continued.", ["Syrian Arab Army"], []),
        ("The army was forced to withdraw from Morek.", ["Syrian Arab Army"], []),
        ("The ministry ordered the army to attack Zabadani.", ["Syrian Arab Army"], []),
        ("Rebels ambushed a convoy of the army near Salamiyah.", ["rebel fighters"], ["Syrian Arab Army"]),
        ("Jaish al-Islam and the Syrian army clashed in Jobar.", ["Jaysh al-Islam", "Syrian Arab Army"], []),
        ("Thousands of civilians fled from Afrin to Manbij.", [], ["civilians"]),
        ("The faction released 20 hostages.", ["rebel fighters"], ["hostages"]),
    ],
)
def test_sides(bench: Bench, text: str, actors: list[str], targets: list[str]) -> None:
    claim = bench.one(text)
    if actors != ["rebel fighters"]:  # a bare role may stand for whoever fits the report
        assert names(claim, "actors") == actors
    assert names(claim, "targets") == targets


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Thousands of civilians fled from Afrin to Manbij.", [("Afrin", "from"), ("Manbij", "to")]),
        ("Turkish troops withdrew from Azaz to Kilis.", [("Azaz", "from"), ("Kilis", "to")]),
        ("The Syrian army sent tanks to Daraa.", [("Daraa", "to")]),
        ("Rebels shelled the army in Aleppo.", [("Aleppo", "at")]),
    ],
)
def test_roles_of_places(bench: Bench, text: str, places: list[tuple[str, str]]) -> None:
    assert where(bench.one(text)) == places


def test_every_place_says_where_it_is_or_why_that_is_not_known(bench: Bench) -> None:
    for claim in bench.code("The army captured Rastan. Rebels attacked the village of Qwxyzabad."):
        assert claim.places
        for place in claim.places:
            assert place.resolution is not None
            assert place.resolution.lat is not None or place.resolution.reason


# --- who says so ----------------------------------------------------------------------------------------------------


def test_speech_is_a_source_and_chains_nest(bench: Bench) -> None:
    claim = bench.one("An army officer told SANA that his men overran the hill near Palmyra.")
    assert claim.type == "capture"
    assert said_by(claim) == [("An army officer", "military"), ("SANA", "media")]


def test_according_to(bench: Bench) -> None:
    claim = bench.one("According to activists, Russian jets bombed a hospital in Kafr Nabl.")
    assert said_by(claim) == [("activists", "activist")]
    assert names(claim, "targets") == ["hospital"]


def test_the_outlets_own_voice_has_no_source(bench: Bench) -> None:
    assert bench.one("The army captured Rastan.").source == ()


@pytest.mark.parametrize(("accuser", "accused"), [("Turkey", "the YPG"), ("Russia", "the rebels")])
def test_an_accusation_and_its_act(bench: Bench, accuser: str, accused: str) -> None:
    accusation, act = bench.code(f"{accuser} accused {accused} of shelling Azaz.")
    assert kinds([accusation, act]) == [("accusation", "occurred"), ("shelling", "occurred")]
    assert [p.mention.text for p in accusation.actors] == [accuser]
    assert accusation.source == ()
    assert [p.mention.text for p in act.actors] == [accused]
    assert [text for text, _ in said_by(act)] == [accuser]


# --- words kept, names neutral, all sides alike ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("The terrorists of Jabhat al-Nusra shelled Fuaa.", "terrorists", "Jabhat al-Nusra"),
        ("Regime forces shelled Saqba.", "Regime", None),
        ("The army liberated Palmyra.", "liberated", "Syrian Arab Army"),
    ],
)
def test_loaded_words_are_kept_and_stay_out_of_names(bench: Bench, text: str, label: str, name: str | None) -> None:
    claim = bench.one(text)
    assert [found.text for found in claim.labels] == [label]
    resolution = claim.labels[0].resolution
    assert resolution is not None
    assert name in (None, resolution.name)
    for given_name in [*names(claim, "actors"), *names(claim, "targets")]:
        assert label.lower() not in given_name.lower()


SIDES = ("the Syrian army", "Jaish al-Islam", "Hezbollah", "the YPG", "Islamic State", "the Turkish army")
FRAMES = (
    "{0} shelled {1} near Hama on Tuesday.",
    "{0} ambushed {1} near Hama.",
    "{1} was attacked by {0} near Hama.",
    "Clashes between {0} and {1} continued near Hama.",
    "{0} accused {1} of shelling Hama.",
    "{0} plans to attack {1} near Hama.",
)


def shape(claims: Sequence[Claim]) -> list[object]:
    return [
        (c.type, c.status, c.trigger, len(c.actors), len(c.targets), where(c), counts(c), c.weapons, c.labels)
        for c in claims
    ]


@pytest.mark.parametrize("frame", FRAMES)
def test_every_side_is_coded_alike(bench: Bench, frame: str) -> None:
    shapes: dict[str, list[tuple[str, str]]] = {}
    for one, other in combinations(SIDES, 2):
        for pair in ((one, other), (other, one)):
            text = frame.format(*pair)
            found = shape(bench.code(text[0].upper() + text[1:]))
            shapes.setdefault(repr(found), []).append(pair)
    assert len(shapes) == 1, shapes


# --- evidence -------------------------------------------------------------------------------------------------------

SENTENCES = (
    "The army captured Rastan on Tuesday.",
    "Rebels shelled Fuaa with rockets, a source said.",
    "“Jets bombed the market,” an activist said.",
    "A car bomb in Azaz killed nine people – two of them children.",
    "The SDF will storm Tabqa.",
    "Islamic State’s fighters attacked al-Bukamal.",
)
FURNITURE = ("Home | News | Video", "Share this 12", "☰ Menu 🔍", "Read more: army captures Homs", "© 2018 · شام", "")


def evidence_holds(text: str, claims: Sequence[Claim]) -> None:
    for claim in claims:
        assert claim.span.of(text) == claim.quote
        assert claim.trigger_span.of(text) == claim.trigger
        assert claim.quote.strip() == claim.quote != ""
        assert claim.trigger
        assert claim.span.start <= claim.trigger_span.start <= claim.trigger_span.end <= claim.span.end
        mentions = [p.mention for p in (*claim.actors, *claim.targets)]
        mentions += [p.mention for p in claim.places] + [s.mention for s in claim.source]
        mentions += [claim.time.mention] if claim.time is not None else []
        for mention in mentions:
            assert mention.span is not None
            assert mention.span.of(text) == mention.text
        for words in (*claim.weapons, *(label.text for label in claim.labels)):
            assert words in text


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(FURNITURE), st.sampled_from(SENTENCES)), min_size=1, max_size=4, unique=True),
    st.sampled_from(["\n", "\r\n", "\n\n", " \t\n"]),
)
def test_quotes_stand_at_their_offsets_whatever_surrounds_them(
    bench: Bench, pieces: list[tuple[str, str]], line_break: str
) -> None:
    text, furniture = "", []
    for aside, sentence in pieces:
        if aside:
            furniture.append(Furniture(Span(len(text), len(text) + len(aside)), FurnitureKind.NAVIGATION))
        text += aside + line_break + sentence + line_break
    claims = bench.code(text, furniture)
    assert claims
    evidence_holds(text, claims)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert not any(claim.span.overlaps(piece.span) for piece in furniture)


def test_furniture_inside_a_line_is_not_coded(bench: Bench) -> None:
    text = "Rebels shelled Fuaa. Army captures Homs Read more. The SDF will storm Tabqa."
    start = text.index("Army")
    claims = bench.code(text, [Furniture(Span(start, text.index(" The SDF")), FurnitureKind.RELATED)])
    assert kinds(claims) == [("shelling", "occurred"), ("ground_attack", "planned")]
    evidence_holds(text, claims)


def test_two_runs_give_the_same_claims(bench: Bench) -> None:
    text = "\n".join(SENTENCES)
    assert bench.code(text) == bench.code(text)


def test_ids_survive_a_new_version_of_the_coder(nlp: Language, knowledge: Knowledge) -> None:
    class Later(RulesCoder):
        version = "99"

    report = report_of("\n".join(SENTENCES))
    doc = nlp(report.text)
    old, new = (kind(knowledge, lambda _: doc).code(report) for kind in (RulesCoder, Later))
    assert [claim.id for claim in old] == [claim.id for claim in new]
    assert {claim.coder for claim in old} == {f"rules/{RulesCoder.version}"}
    assert {claim.coder for claim in new} == {"rules/99"}


# --- texts that are none --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "…", "12 34 56", "x" * 5000])
def test_nothing_said_is_nothing_claimed(bench: Bench, text: str) -> None:
    assert bench.code(text) == []


def test_only_furniture(bench: Bench) -> None:
    text = "Army captures Homs | Rebels shell Fuaa"
    assert bench.code(text, [Furniture(Span(0, len(text)), FurnitureKind.RELATED)]) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: "The shelling" + " of the army of the group" * 400,
        lambda: "The army captured " + ", ".join(f"Hamlet{n}" for n in range(800)),
        lambda: "The army" + " said that the rebels" * 400 + " shelled Douma",
        lambda: "(" * 500 + "the army shelled Douma" + ")" * 500,
        lambda: " and ".join(["the army shelled Douma"] * 200),
    ],
    ids=["nested", "list", "speech", "brackets", "conjunction"],
)
def test_endless_sentences_come_to_an_end(bench: Bench, make: Callable[[], str]) -> None:
    text = make()
    began = time.perf_counter()
    claims = bench.code(text)
    assert time.perf_counter() - began < 20
    evidence_holds(text, claims)


def test_damage_was_where_the_attack_was_in_all_its_places(bench: Bench) -> None:
    claims = bench.code("Jets bombed Azaz, Marea and Manbij on Monday. The strikes destroyed nine houses.")
    assert [p.resolution.name for p in claims[-1].places if p.resolution] == ["Azaz", "Marea", "Manbij"]


def test_a_place_that_the_next_sentence_names_is_the_events_own(bench: Bench) -> None:
    text = "Jets bombed Azaz on Monday. A mine exploded in a town in northern Syria. The town of Zunaytir was empty."
    claims = bench.code(text)
    assert [[p.mention.text for p in c.places] for c in claims] == [["Azaz"], ["The town of Zunaytir"]]


def test_an_attack_that_hits_in_the_passive_is_one_event(bench: Bench) -> None:
    claim = bench.one("A grain store near Homs was hit by an airstrike on Monday.")
    assert claim.type == "air_strike"
    assert [target.mention.text for target in claim.targets] == ["A grain store"]


def test_fighters_who_flee_withdraw_and_people_who_flee_are_displaced(bench: Bench) -> None:
    fighters = bench.one("Islamic State militants fled Palmyra on Monday.")
    people = bench.one("Hundreds of families fled Palmyra on Monday.")
    assert fighters.type == "withdrawal"
    assert set(names(fighters, "actors")) == {"Islamic State"}
    assert fighters.targets == ()
    assert people.type == "displacement"
    assert names(people, "targets") == ["civilians"]


def test_the_attack_is_of_the_kind_of_the_attack_that_was_told(bench: Bench) -> None:
    claims = bench.code(
        "A suicide bomber blew himself up near Aleppo on Monday. "
        "Residents said on Tuesday that the attack on the bus station in Homs was the worst of the year."
    )
    assert {claim.type for claim in claims} == {"bombing"}


def test_who_says_it_blames_and_not_whom_he_speaks_of(bench: Bench) -> None:
    claims = bench.code(
        "The Red Crescent said that warplanes had struck a clinic in Idlib, blaming the government for the raid."
    )
    blame = next(claim for claim in claims if claim.type == "accusation")
    assert names(blame, "actors") == ["Syrian Arab Red Crescent"]


def test_a_number_is_told_of_one_event(bench: Bench) -> None:
    claims = bench.code("Raids by the army and by Russian jets hit Idlib on Monday, killing nine men and wounding six.")
    assert [claim.type for claim in claims if claim.quantities] == ["air_strike"]


def test_pledged_loyalty_is_no_threat(bench: Bench) -> None:
    assert bench.one("The brigade pledged allegiance to Islamic State on Monday.").type == "endorsement"
    assert bench.one("The brigade pledged to avenge its commander on Monday.").type == "threat"


def test_a_halt_to_raids_is_no_raid(bench: Bench) -> None:
    assert bench.one("Residents spoke of a brief lull in the shelling of Homs.").type == "ceasefire"


def test_one_sentence_tells_of_one_blast_in_two_steps(bench: Bench) -> None:
    assert bench.one("A mine that gunmen had planted near Homs exploded on Monday.").type == "bombing"


def test_what_is_still_to_come_has_not_the_day_of_what_was_done_for_it(bench: Bench) -> None:
    claims = bench.code("The army launched an offensive on Sunday to capture the town of Harasta.")
    assert [claim.time is None for claim in claims if claim.status.value == "planned"] == [True]
    assert all(claim.time is not None for claim in claims if claim.status.value != "planned")


def test_those_who_are_reported_killed_have_killed_nobody(bench: Bench) -> None:
    claim = bench.one("Nine soldiers were reported killed in an ambush near Homs on Monday.")
    assert claim.actors == ()
    assert [target.mention.text for target in claim.targets] == ["Nine soldiers"]


def test_beds_are_not_captured(bench: Bench) -> None:
    assert "capture" not in {claim.type for claim in bench.code("All the beds were occupied by the wounded.")}


def test_whose_attempt_it_was_and_not_who_foiled_it(bench: Bench) -> None:
    claim = bench.one("The Syrian army foiled an attempt by Islamic State to storm the airport on Monday.")
    assert names(claim, "actors") == ["Islamic State"]
