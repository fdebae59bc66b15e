"""Which words a profile takes for names, which movements it takes to be still to come, and what it leaves as it is."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from sample_view import VIEW as SAMPLE
from sample_view import claim, days, person, place, report
from secret_view import CLAIMS, DOUMA, KNOWN, MOREK, SARMIN, VIEW, gathered

from rashomon.errors import KnowledgeError
from rashomon.export import FORMATS, MemoryView, ProfiledView, Surer, SurerView, export, profile_of, profiled
from rashomon.export.page import render_page
from rashomon.export.page.words import segments
from rashomon.export.profiles.names import NameFinder
from rashomon.export.profiles.rules import Rules
from rashomon.export.profiles.words import without
from rashomon.knowledge.files import BUILT_IN, Layers
from rashomon.model import Claim, Event, Profile, Status, Withheld
from rashomon.wire import claim_from_json, claim_to_json

FINDER = NameFinder(KNOWN)


def shown(text: str) -> str:
    return without(text, FINDER.find(text).cuts)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zunayr Barqash, a teacher, was shot in Douma.", "[name], a teacher, was shot in Douma."),
        ("The father, Abu-Zunayr al-Barqashi, said so.", "The father, [name], said so."),
        ("Zunayr’s house was hit.", "[name]’s house was hit."),
        ("Hope Barqash was shot.", "[name] was shot."),
        ("A girl called Hope was shot.", "A girl called [name] was shot."),
        ("RESIDENT ZUNAYR BARQASH SHOT IN DOUMA MARKET", "RESIDENT [name] SHOT IN DOUMA MARKET"),
        ("said Hamid barqash and hamid barqash", "said [name] and [name]"),
        ("Said Hamdan said so.", "[name] said so."),
        ("Mr. Homs met Colonel Hope.", "Mr. [name] met Colonel [name]."),
        ("His son Jan died in Jan 2017.", "His son [name] died in Jan 2017."),
        ("Zunayr Sultan, an activist, said so.", "[name], an activist, said so."),
        ("Salma lives in Salma.", "[name] lives in Salma."),
        ("Call +963 944 555 777 or zb@mail.example.", "Call [contact] or [contact]."),
        ("قتل زنير في دوما", "[words]"),
    ],
)  # fmt: skip
def test_names_of_private_persons_are_left_out(text: str, left: str) -> None:
    assert shown(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "President Bashar al-Assad met Sergei Lavrov in Moscow on Monday, 3 July.",
        "The Syrian Observatory for Human Rights said the Syrian Arab Army took eastern Aleppo.",
        "Turkish jets struck the Syrian Democratic Forces near Manbij in August 2016, Reuters reported.",
        "Meanwhile, fighters of Ahrar al-Sham withdrew from Khan Shaykhun.",
        "The Military Council denied it; the Foreign Ministry in Damascus said nothing.",
    ],
)
def test_what_is_publicly_known_stays(text: str) -> None:
    assert shown(text) == text


def test_a_relative_of_the_president_is_no_president() -> None:
    assert shown("Bashar al-Assad knew Zunayr al-Assad.") == "Bashar al-Assad knew [name]."


# --- movements that are still to come ---------------------------------------------------------------------------------


def moved(status: str, day: str | None = None, kind: str = "evacuation", ident: str = "c1", of: str = "r1") -> Claim:
    time = days("then", day) if day else None
    quote = "Families move from Sarmin to Morek."
    places = [place("Sarmin", SARMIN, "from"), place("Morek", MOREK, "to")]
    return claim(ident, of, quote, "move", kind, status, places=places, time=time)


def is_told(claims: list[Claim], events: list[Event], last: str = "2018-03-12", alone: bool = False) -> bool:
    """Whether the public is told the places of the first of `claims`; two reports are of the last day, or one alone."""
    late = [report(name, "courier", last, "The last day") for name in ("r8", "r9")[alone:]]
    reports = (report("r1", "courier", "2018-03-12", "A day"), *late)
    view = ProfiledView(MemoryView(reports, tuple(claims), tuple(events)), Profile.PUBLIC, KNOWN)
    return "Sarmin" in view.claim(claims[0]).quote


@pytest.mark.parametrize("status", ["planned", "possible"])
def test_a_route_that_is_still_planned_is_not_told(status: str) -> None:
    assert not is_told([moved(status)], [])
    assert not is_told([moved(status, "2018-03-14")], [])


@pytest.mark.parametrize("status", ["occurred", "ongoing", "denied"])
def test_a_route_is_told_once_its_event_says_that_it_was_taken_or_given_up(status: str) -> None:
    both = [moved("planned"), moved(status, ident="c2", of="r2")]
    assert is_told(both, [gathered("e1", "evacuation", both)])
    assert not is_told(both, [])  # nothing says that they are one


def test_a_deal_on_a_route_does_not_say_that_it_was_taken() -> None:
    both = [moved("planned"), moved("occurred", kind="agreement", ident="c2", of="r2")]
    assert not is_told(both, [gathered("e1", "evacuation", both)])


def test_a_planned_day_that_is_long_past_in_the_store_is_told_and_no_clock_is_asked() -> None:
    assert not is_told([moved("planned", "2018-03-14")], [], last="2018-04-13")
    assert is_told([moved("planned", "2018-03-14")], [], last="2018-04-14")
    assert not is_told([moved("planned")], [], last="2019-04-14")  # nobody knows for when it was planned


def test_one_report_with_a_wrong_date_makes_no_plan_a_thing_of_the_past() -> None:
    assert not is_told([moved("planned", "2018-03-14")], [], last="2031-04-14", alone=True)


def test_fighters_on_the_move_are_not_told_until_their_report_is_old() -> None:
    now = moved("ongoing", kind="mobilization")
    assert not is_told([now], [])
    assert not is_told([now], [], last="2018-04-11")
    assert is_told([now], [], last="2018-04-12")
    assert is_told([moved("occurred", kind="mobilization")], [])


def test_a_camp_of_soldiers_is_no_shelter() -> None:
    made = claim("c1", "r1", "Jets struck a training camp in Sarmin.", "struck", "air_strike",
                 places=[place("Sarmin", SARMIN)])  # fmt: skip
    assert is_told([made], [])
    shelter = claim("c1", "r1", "Jets struck a refugee camp in Sarmin.", "struck", "air_strike",
                    places=[place("Sarmin", SARMIN)])  # fmt: skip
    assert not is_told([shelter], [])


# --- the view ---------------------------------------------------------------------------------------------------------


def test_internal_is_the_view_itself_and_reads_no_knowledge(tmp_path: Path) -> None:
    nowhere = Layers((tmp_path,))
    assert profiled(SAMPLE, Profile.INTERNAL, nowhere) is SAMPLE
    with pytest.raises(KnowledgeError):
        profiled(SAMPLE, Profile.PUBLIC, nowhere)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_internal_bytes_are_those_without_a_profile(form: str) -> None:
    plain, internal = io.BytesIO(), io.BytesIO()
    export(form, VIEW, plain)
    export(form, ProfiledView(VIEW, Profile.INTERNAL, KNOWN), internal)
    assert plain.getvalue() == internal.getvalue()


def test_offsets_are_those_of_the_report_and_come_back_from_a_file() -> None:
    view = ProfiledView(VIEW, Profile.PUBLIC, KNOWN)
    for before, after in zip(VIEW.claims(), view.claims(), strict=True):
        assert (after.span, after.trigger_span) == (before.span, before.trigger_span)
        again = claim_from_json(claim_to_json(after))
        assert (again.span, again.trigger_span.start) == (before.span, before.trigger_span.start)
        assert (again.quote, again.places, again.withheld) == (after.quote, after.places, after.withheld)
        marked = [segment.text for segment in segments(after) if segment.trigger]
        assert marked in ([after.trigger], [])
        assert marked or after.trigger.startswith("[") or after.trigger not in after.quote


def test_an_event_without_its_claims_tells_nothing_that_cannot_be_checked() -> None:
    alone = gathered("e1", "shelling", [CLAIMS[3]])
    view = ProfiledView(MemoryView((), (), (alone,)), Profile.PUBLIC, KNOWN)
    event = view.event(alone)
    assert (event.place, event.accounts, event.withheld) == (None, (), (Withheld.CLAIMS,))


def test_a_claim_that_is_not_of_the_view_is_judged_by_itself() -> None:
    view = ProfiledView(MemoryView(), Profile.PUBLIC, KNOWN)
    made = claim("x", "rx", "Zunayr Barqash left a hospital in Sarmin.", "left", "displacement",
                 places=[place("Sarmin", SARMIN)], targets=[person("Zunayr Barqash")])  # fmt: skip
    after = view.claim(made)
    assert after.quote == "[name] left a hospital in [place]."
    assert after.withheld == (Withheld.NAME, Withheld.PLACE)


def test_a_view_of_the_surer_claims_tells_for_whom_it_is() -> None:
    view = ProfiledView(VIEW, Profile.PARTNER, KNOWN)
    assert profile_of(SurerView(view, Surer(0.5))) is Profile.PARTNER
    assert profile_of(SurerView(VIEW, Surer(0.5))) is Profile.INTERNAL


def test_a_governorate_stands_for_the_place_with_its_own_centre_and_no_point() -> None:
    view = ProfiledView(VIEW, Profile.PUBLIC, KNOWN)
    after = next(made for made in view.claims() if made.id == "c4")
    where = after.places[0].resolution
    assert where is not None
    assert (where.name, where.adm1, where.country, where.precision) == ("Idlib", "Idleb", "SY", "governorate")
    assert where.gazetteer_id is not None and where.gazetteer_id != SARMIN.gazetteer_id
    kept = next(made for made in view.claims() if made.id == "c11")
    assert kept.places[0].resolution == DOUMA


def test_a_report_keeps_its_day_and_loses_what_could_name_somebody() -> None:
    view = ProfiledView(VIEW, Profile.PUBLIC, KNOWN)
    first = next(iter(view.reports()))
    assert first.publication.day == dt.date(2018, 3, 12)
    assert (first.text, first.address, first.publication.quote, first.publication.note) == ("", None, None, "")
    assert first.title == "[name], 34, was buried in Douma"
    assert Withheld.TEXT in first.withheld


def test_ids_stay_unless_a_name_stands_in_them() -> None:
    view = ProfiledView(VIEW, Profile.PUBLIC, KNOWN)
    assert [made.id for made in view.claims()] == [made.id for made in VIEW.claims()]
    assert [made.id for made in view.reports()][1:] == ["r2", "r3", "r4", "r5", "r6"]
    of = {made.report for made in view.claims() if made.id in ("c1", "c2", "c3")}
    assert of == {next(iter(view.reports())).id}  # under the new id they still belong together


def test_the_page_says_for_whom_it_is() -> None:
    from sample_view import ONTOLOGY, OUTLETS, witnesses

    internal = render_page(SAMPLE, ONTOLOGY, OUTLETS, witnesses()).decode()
    assert "Profile internal" in internal
    public = render_page(ProfiledView(SAMPLE, Profile.PUBLIC, KNOWN), ONTOLOGY, OUTLETS, witnesses()).decode()
    assert "Profile public" in public
    assert "Left out here" in public
    assert "Left out here" not in internal


def test_the_summary_counts_what_was_left_out() -> None:
    said = ProfiledView(VIEW, Profile.PUBLIC, KNOWN).summary()
    assert said.startswith("profile public: left out of 11 claims: name of a private person: ")


# --- the rules --------------------------------------------------------------------------------------------------------


def test_a_site_adds_words_and_a_wrong_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    file = tmp_path / "profiles" / "profiles.yaml"
    file.write_text("facilities:\n- words: [soup kitchen]\nnames: {kept: [Barqash]}\n", "utf-8")
    rules = Rules.load(Layers((BUILT_IN, tmp_path)))
    assert any(facility.find("a Soup Kitchen there") for facility in rules.facilities)
    assert any(facility.find("a hospital there") for facility in rules.facilities)
    assert "barqash" in rules.names.kept and "god" in rules.names.kept
    for wrong in ("profiles: {public: [coordinates]}", "profiles: {friends: []}", "daze: 3"):
        file.write_text(wrong, "utf-8")
        with pytest.raises(KnowledgeError, match=r"profiles\.yaml"):
            Rules.load(Layers((BUILT_IN, tmp_path)))


def test_the_rules_speak_of_types_that_there_are() -> None:
    from sample_view import ONTOLOGY

    assert [kind for kind in KNOWN.rules.movements if kind not in ONTOLOGY] == []
    assert Status.PLANNED in KNOWN.rules.movements["evacuation"]
    assert Status.ONGOING in KNOWN.rules.movements["mobilization"]


def test_whoever_is_named_in_full_once_is_not_told_by_surname_either() -> None:
    """The surname alone could be a town."""
    full = claim("c1", "r1", "Zunayr Jirud was pulled from the rubble.", "pulled", "casualties")
    later = claim("c2", "r1", "Hundreds buried Jirud on Thursday.", "buried", "protest")
    other = claim("c3", "r2", "Jets struck Jirud on Thursday.", "struck", "air_strike")
    view = ProfiledView(MemoryView((), (full, later, other)), Profile.PUBLIC, KNOWN)
    assert [made.quote for made in view.claims()] == [
        "[name] was pulled from the rubble.",
        "Hundreds buried [name] on Thursday.",
        "Jets struck Jirud on Thursday.",
    ]
