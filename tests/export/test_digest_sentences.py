"""What the digest says of one event: every sentence is a report of speech, and nobody is given another's words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from digest_bench import claim, kit, lines, of_claims, reports_of, told
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_view import ALEPPO, ARMY, DOUMA, IDLIB, ONTOLOGY, REBELS, at, count, days, person, place

from rashomon.model import Claim, SourceKind, Status

THREE = reports_of("northern-courier", "harbour-wire", "capital-gazette")
SPEECH = re.compile(r"\b(says?|agree|tell|told|den(y|ies)|speaks?|writes?|said so)\b")
SPEAKERS = ("Northern Courier", "Harbour Wire", "Capital Gazette", "a village elder", "the village elder", "Ms Qamar")
TYPES = [kind.id for kind in ONTOLOGY]

AT = [place("Douma", DOUMA)]
ON = days("on Saturday", "2018-03-10")
ELDER = [{"text": "A village elder", "kind": "resident"}]


def word(of: str, kind: str = "air_strike", status: str = "occurred", **fields: Any) -> Claim:
    name = f"c-{of}-{kind}-{status}-{sorted(fields)}-{fields.get('name', '')}"
    fields.pop("name", None)
    return claim(name, of, f"Words of {of}.", "Words", kind, status, **fields)


def say(*claims: Claim) -> str:
    return told(of_claims(claims, THREE, DOUMA))


# --- every sentence has a speaker -----------------------------------------------------------------------------------

PARTIES = st.lists(st.sampled_from([person("x", *ARMY), person("x", *REBELS), person("a mill", "mill")]), max_size=3)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "actors": PARTIES,
        "targets": PARTIES,
        "places": st.lists(
            st.builds(place, st.just("x"), st.sampled_from([DOUMA, IDLIB]), st.sampled_from(["at", "from", "to"])),
            max_size=2,
        ),
        "time": st.sampled_from([ON, days("in May", "2016-05-01", "2016-05-31")]),
        "quantities": st.lists(
            st.builds(count, st.just("killed"), st.integers(0, 9), st.none(), st.just("men"), st.just("x")), max_size=2
        ),
        "source": st.sampled_from(
            [ELDER, [*ELDER, {"text": "Harbour Wire", "kind": "media"}], [{"text": "Ms Qamar", "kind": "other"}]]
        ),
    },
)


@pytest.mark.parametrize("kind", TYPES)
@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(list(Status)), FIELDS), min_size=1, max_size=4
    )
)
def test_no_sentence_is_without_a_speaker(kind: str, given: list[tuple[str, Status, dict[str, Any]]]) -> None:
    claims = [
        claim(f"c{n}", of, "So it was told.", "told", kind, status.value, **fields)
        for n, (of, status, fields) in enumerate(given)
    ]
    digest = of_claims(claims, THREE, DOUMA)
    for section in digest.sections:
        for line in (line for area in section.areas for group in area.groups for line in group.lines):
            for sentence in line.sentences:
                assert sentence[0] in "“" or sentence[0].isupper()
                assert sentence.endswith((".", ".”"))
                assert "{" not in sentence
                assert "  " not in sentence
                assert SPEECH.search(sentence), sentence
                assert any(name.casefold() in sentence.casefold() for name in SPEAKERS), sentence


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", TYPES)
def test_what_is_not_done_is_never_told_as_done(kind: str, status: Status) -> None:
    sentence = say(word("r1", kind, status, actors=[person("x", *ARMY)], targets=[person("x", *REBELS)], places=AT))
    marks = {"planned": "planned or announced", "possible": "there may be", "denied": "did not take place"}
    for name, mark in marks.items():
        assert (mark in sentence) is (status.value == name), sentence


# --- who says it ----------------------------------------------------------------------------------------------------


def test_an_outlet_a_cited_speaker_and_one_who_told_an_outlet() -> None:
    assert say(word("r1", places=AT)) == "Northern Courier says that there was an air strike in Douma."
    assert say(word("r1", source=ELDER, places=AT)).startswith("A village elder, cited by Northern Courier, says that")
    chain = [*ELDER, {"text": "Harbour Wire", "kind": "media"}]
    assert say(word("r1", source=chain, places=AT)).startswith(
        "A village elder told Harbour Wire, cited by Northern Courier, that there was an air strike in Douma."
    )


def test_independent_voices_agree_and_copies_only_say() -> None:
    assert "Harbour Wire and Northern Courier agree that" in say(word("r1", places=AT), word("r2", places=AT))
    monitor = [{"text": "The Syrian Observatory for Human Rights", "kind": "monitor"}]
    both = say(word("r1", source=monitor, places=AT), word("r2", source=monitor, places=AT))
    assert both.startswith(
        "The Syrian Observatory for Human Rights, cited by Harbour Wire and Northern Courier, says that there was"
    )


def test_whom_an_outlet_quotes_without_a_name_is_told_apart_and_is_no_second_voice() -> None:
    digest = of_claims([word("r1", places=AT), word("r1", source=ELDER, places=AT)], THREE, DOUMA)
    assert "A village elder (cited by Northern Courier) and Northern Courier say that there was" in told(digest)
    (line,) = lines(digest)
    assert line.origins == 1


def test_a_shorter_name_is_the_voice_of_the_whole_one() -> None:
    whole = word("r1", source=[{"text": "the Tamrin Relief Board", "kind": "ngo"}], places=AT)
    short = word("r1", "casualties", source=[{"text": "the Board", "kind": "ngo"}], places=AT)
    other = word("r2", source=[{"text": "Tamrin Relief Board", "kind": "ngo"}], places=AT)
    sentences = say(whole, short, other)
    assert sentences.startswith("The Tamrin Relief Board, cited by Harbour Wire and Northern Courier, says that")
    assert "The Tamrin Relief Board speaks of casualties." in sentences


@pytest.mark.parametrize("text", ["SOHR", "the Observatory", "The Syrian Observatory for Human Rights"])
def test_one_speaker_of_several_names_is_one_voice(text: str) -> None:
    source = [{"text": text, "kind": "monitor"}]
    assert "Syrian Observatory for Human Rights, cited by Northern Courier, says" in say(word("r1", source=source))


def test_an_outlet_that_others_quote_is_the_voice_of_its_own_report() -> None:
    quoted = word("r1", source=[{"text": "Harbour Wire", "kind": "media"}], places=AT)
    assert say(quoted, word("r2", places=AT)).startswith("Harbour Wire, cited by Northern Courier, says that")


@pytest.mark.parametrize("kind", list(SourceKind))
def test_a_speaker_of_whom_only_a_pronoun_is_given_is_called_by_kind(kind: SourceKind) -> None:
    sentence = say(word("r1", source=[{"text": "he", "kind": kind.value}], places=AT))
    assert kit().phrases.speakers.unnamed[kind] in sentence[0].lower() + sentence[1:]
    assert " he " not in sentence


def test_of_many_voices_some_are_named_and_the_rest_counted() -> None:
    reports = reports_of(*(f"paper-{n}" for n in range(7)))
    claims = [word(report.id, places=AT) for report in reports]
    assert "paper-0, paper-1, paper-2 and 4 others agree" in told(of_claims(claims, reports, DOUMA)).casefold()


# --- where accounts part --------------------------------------------------------------------------------------------


def test_a_disputed_culprit_stands_with_who_says_so() -> None:
    sentences = say(
        word("r1", actors=[person("x", *ARMY)], places=AT),
        word("r3", actors=[person("x", *REBELS)], places=AT),
    )
    assert sentences == (
        "Capital Gazette and Northern Courier agree that there was an air strike in Douma. Capital Gazette says that "
        "the Army of Islam did it; Northern Courier says that the Syrian Arab Army did it."
    )


def test_a_culprit_that_one_names_is_not_put_into_the_others_mouth() -> None:
    sentences = say(word("r1", actors=[person("x", *ARMY)], places=AT), word("r2", places=AT))
    first, second = sentences.split(". ", 1)
    assert "Army" not in first
    assert second == "Northern Courier says that the Syrian Arab Army did it."


def test_another_kind_of_attack_is_told_with_its_doer() -> None:
    sentences = say(word("r1", places=AT), word("r2", places=AT), word("r3", "shelling", actors=[person("x", *REBELS)]))
    assert "Capital Gazette speaks of shelling by the Army of Islam." in sentences


def test_other_places_and_other_days_are_told_by_voice() -> None:
    sentences = say(
        word("r1", places=AT, time=ON), word("r2", places=[place("x", ALEPPO)], time=days("x", "2018-03-11"))
    )
    assert "Harbour Wire says that it was in Aleppo; Northern Courier says that it was in Douma." in sentences
    assert "Harbour Wire says that it was on 11 March; Northern Courier says that it was on 10 March." in sentences


def test_who_gives_no_place_is_not_said_to_give_one() -> None:
    sentences = say(word("r1", places=AT, time=ON), word("r2"))
    assert "In what Harbour Wire says no place and no day was found." in sentences


def test_the_narrowest_of_one_voices_places_stands() -> None:
    wide = {**place("Rif Dimashq", DOUMA), "name": "Rif Dimashq", "precision": "governorate", "gazetteer_id": "g:rd"}
    assert say(word("r1", places=[wide, *AT])) == "Northern Courier says that there was an air strike in Douma."


def test_a_denial_stands_with_who_denies() -> None:
    army = [{"text": "The army", "kind": "military"}]
    sentences = say(word("r1", places=AT), word("r3", status="denied", source=army), word("r2", status="denied"))
    assert sentences.endswith(
        "The army, cited by Capital Gazette, denies it. Harbour Wire says that it did not take place."
    )


def test_what_all_deny_names_what_is_denied() -> None:
    army = [{"text": "The army", "kind": "military"}]
    denied = word("r3", status="denied", source=army, actors=[person("x", *ARMY)], places=AT, time=ON)
    assert say(denied) == (
        "The army, cited by Capital Gazette, denies an air strike by the Syrian Arab Army in Douma on 10 March."
    )


# --- numbers --------------------------------------------------------------------------------------------------------


def killed(of: str, low: int | None, high: int | None, what: str = "people", status: str = "occurred") -> Claim:
    return word(of, status=status, places=AT, quantities=[count("killed", low, high, what, "x")], name=f"{low}{high}")


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([(58, None)], "killed: at least 58."),
        ([(58, 58), (70, 70)], "killed: 58 to 70 (Harbour Wire 70, Northern Courier 58)."),
        ([(8, 12), (58, None)], "killed: at least 8 (Harbour Wire at least 58, Northern Courier 8 to 12)."),
        ([(None, 20), (6, 6)], "killed: at most 20 (Harbour Wire 6, Northern Courier at most 20)."),
        (
            [(None, 20), (6, None)],
            "killed: 6 to 20, both ends open (Harbour Wire at least 6, Northern Courier at most 20).",
        ),
        ([(0, 0)], "killed: none."),
        ([(2000, 2000), (2000, 2000)], "killed: 2,000."),
    ],
)
def test_figures_are_a_range_over_all_accounts(figures: list[tuple[int | None, int | None]], words: str) -> None:
    claims = [killed(report.id, *bounds) for report, bounds in zip(THREE, figures, strict=False)]
    assert words in say(*claims)


def test_a_figure_that_one_gives_names_him() -> None:
    assert "; killed: 9 (according to Harbour Wire)." in say(killed("r2", 9, 9), word("r1", places=AT))


def test_whom_it_counts_stands_where_all_count_the_same() -> None:
    assert "killed: 9 children." in say(killed("r1", 9, 9, "children"))
    assert "killed: 9 to 12 (" in say(killed("r1", 9, 9, "children"), killed("r2", 12, 12, "men"))


def test_what_is_only_feared_does_not_count() -> None:
    assert "killed: 5 (according to Northern Courier)" not in say(
        killed("r1", 5, 5), killed("r2", 90, 90, status="possible")
    )
    assert "; killed: 5." in say(killed("r1", 5, 5), killed("r2", 90, 90, status="possible"))


def test_a_toll_of_nobody_is_no_toll() -> None:
    none = word("r1", "casualties", places=AT, quantities=[count("killed", 0, 0, "", "no")])
    assert say(none).startswith("Northern Courier says that there were no casualties in Douma; killed: none.")


# --- loaded words ---------------------------------------------------------------------------------------------------

LOADED = sorted({" ".join(words) for entry in kit().labels.entries for words in entry.words})


@pytest.mark.parametrize("loaded", LOADED)
def test_a_loaded_word_is_never_in_our_voice(loaded: str) -> None:
    name = f"the {loaded} group"
    sentences = say(
        word(
            "r1",
            source=[{"text": f"a {loaded} speaker", "kind": "other"}],
            actors=[person(name, name)],
            targets=[person(loaded, loaded)],
            quantities=[count("killed", 6, 6, loaded, "x")],
            labels=[{"text": loaded}],
            places=[place("x", at(f"The {loaded} hill", precision=None, reason="not in the gazetteer"))],
        )
    )
    outside = re.sub(r"“[^”]*”", "", sentences)
    assert not re.search(rf"\b{re.escape(loaded)}\b", outside.casefold().replace("-", " ")), sentences
    assert "killed: 6" in outside


def test_words_of_a_report_stand_in_quotation_marks_with_whose_they_are() -> None:
    quote = "The council calls on the “gang” to leave " + "at once " * 40
    demand = claim("c", "r1", quote, "calls", "demand", actors=[person("The council", "council")])
    sentence = say(demand)
    assert sentence.startswith(
        "Northern Courier says that the council made a demand or an appeal, and writes: “The council"
    )
    assert sentence.count("“") == sentence.count("”") == 1
    assert sentence.endswith(" at once …”.")
    cited = say(claim("c", "r1", quote, "calls", "demand", source=ELDER))
    assert " Northern Courier writes: “The council calls on the ‘gang’ to leave" in cited


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("activists", "say"), ("a network of activists", "says"), ("activists at the Tamrin Council", "say"),
        ("police", "say"), ("a press officer", "says"), ("Ms Qamar", "says"), ("local sources", "say"),
        ("a source close to the rebels", "says"),
    ],
)  # fmt: skip
def test_the_verb_goes_with_the_speaker(name: str, verb: str) -> None:
    assert f" {verb} that there was an air strike" in say(
        word("r1", source=[{"text": name, "kind": "other"}], places=AT)
    )


def test_every_type_of_the_ontology_has_words_of_its_own() -> None:
    assert set(kit().phrases.types) == set(TYPES)
