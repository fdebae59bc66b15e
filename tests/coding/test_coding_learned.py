"""The coder in which the rules propose and a model decides, with a model made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from coding_bench import report_of
from learned_bench import config, write_model
from spacy.language import Language
from spacy.tokens import Doc

from rashomon.coding.learned import LearnedCoder, Model
from rashomon.coding.learned.candidates import AddedTriggers, Case
from rashomon.coding.learned.coder import REVISION, Rows
from rashomon.coding.learned.encoder import shown
from rashomon.coding.learned.hiding import Hidden, hidden_in
from rashomon.coding.learned.model import FORMAT
from rashomon.coding.learned.words import Words
from rashomon.coding.rules import RulesCoder
from rashomon.errors import InputError, SettingsError
from rashomon.knowledge import Knowledge
from rashomon.model import Claim
from rashomon.pipeline.coders import coder_of
from rashomon.resolving import Resolver
from rashomon.training.readers import STAND_INS

TWO = (
    "Warplanes raided the market of Karmun on Tuesday, killing nine civilians, a local doctor said. "
    "The army shelled the orchards of Tamrin with mortars, and Hezbollah fighters withdrew from the mill."
)


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory, coder: RulesCoder, knowledge: Knowledge) -> LearnedCoder:
    model = Model.load(write_model(tmp_path_factory.mktemp("model")))
    return LearnedCoder(knowledge, coder._parse, model, Resolver(knowledge))


def what(claim: Claim) -> tuple[object, ...]:
    return claim.type, claim.trigger, claim.source, claim.actors, claim.targets, claim.time, claim.quantities


def test_a_model_that_follows_the_rules_gives_their_claims(learned: LearnedCoder, coder: RulesCoder) -> None:
    report = report_of(TWO)
    made, ruled = learned.code(report), coder.code(report)
    assert [what(claim) for claim in made] == [what(claim) for claim in ruled]
    assert [claim.weapons for claim in made] == [claim.weapons for claim in ruled]
    assert {claim.coder for claim in made} == {f"learned/{learned.version}"}


def test_every_word_of_a_claim_is_in_the_text(learned: LearnedCoder) -> None:
    report = report_of(TWO)
    for claim in learned.code(report):
        assert claim.span.of(TWO) == claim.quote
        assert claim.trigger_span.of(TWO) == claim.trigger
        parties = [participant.mention for participant in (*claim.actors, *claim.targets)]
        for mention in (*parties, *(place.mention for place in claim.places)):
            assert mention.span is not None
            assert mention.span.of(TWO) == mention.text


def test_the_same_report_gives_the_same_claims(learned: LearnedCoder) -> None:
    report = report_of(TWO)
    assert learned.code(report) == learned.code(report)


def test_a_report_without_events_has_no_claims(learned: LearnedCoder) -> None:
    assert learned.code(report_of("The mill stands by the river.")) == []
    assert learned.code(report_of("")) == []


def test_claims_say_how_sure_the_model_is(learned: LearnedCoder, nlp: Language) -> None:
    report = report_of(TWO)
    claims = learned.code_parsed(report, nlp(TWO))
    assert claims
    assert {claim.confidence for claim in claims} == {0.982}


def proposals(text: str, learned: LearnedCoder, nlp: Language, knowledge: Knowledge) -> Case:
    report = report_of(text)
    made = learned._rules.propose(report, nlp(text), learned._added)
    return Case.of(report, made, knowledge, Resolver(knowledge))


def test_words_that_people_took_for_triggers_are_candidates(
    learned: LearnedCoder, nlp: Language, knowledge: Knowledge
) -> None:
    case = proposals("The thunder of guns over Karmun killed two farmers.", learned, nlp, knowledge)
    added = [candidate for candidate in case.candidates if candidate.added]
    assert [(one.trigger.head.text, one.kind, one.group) for one in added] == [("thunder", "shelling", None)]
    assert [candidate.head for candidate in case.candidates] == sorted(c.head for c in case.candidates)


def test_what_the_rules_merge_is_still_proposed(coder: RulesCoder, nlp: Language) -> None:
    text = "Warplanes raided Karmun, killing nine civilians."
    report = report_of(text)
    before = coder.code(report)
    made = coder.propose(report, nlp(text))
    assert [one.trigger.head.text for one in made.single] == ["raided", "killing"]
    assert [one.host.head.text if one.host else None for one in made.single] == [None, "raided"]
    assert [draft.trigger.head.text for draft in made.merged] == ["raided"]
    assert made.single[0].draft.heads != made.merged[0].heads
    assert coder.code(report) == before


def test_rows_are_the_same_whoever_it_is(learned: LearnedCoder, nlp: Language, knowledge: Knowledge) -> None:
    rows = []
    for name in ("Ahrar al-Sham", "Hezbollah"):  # one word and several: all that counts words counts a name once
        case = proposals(f"{name} shelled the orchards of Tamrin.", learned, nlp, knowledge)
        made = Rows.of(case, learned._model.rates, None)
        arguments = made.arguments(case.candidates[0], made.triggers[0])
        rows.append([row.features for row in arguments.parties if row.features["rules_actor"]])
        assert len(rows[-1]) == 1
    assert rows[0] == rows[1]


def test_a_name_is_one_word_however_long_it_is(nlp: Language) -> None:
    far = []
    for name in ("Free Syrian Army", "YPG", "Popular Protection Units"):
        doc = nlp(f"The {name} shelled the orchards of Tamrin.")
        words = Words.of(doc)
        assert words.length(1, 1 + len(name.split())) == 1
        at = words.texts.index("orchards")
        far.append((words.apart(0, at), words.apart(at, 0), words.length(0, len(doc))))
        assert words.token_at(doc[at].idx) == words.token_at(doc[at].idx + 3) == at
    assert far == [(4, -4, 8)] * 3


def test_a_mention_inside_another_of_the_same_actor_is_left_out(
    learned: LearnedCoder, nlp: Language, knowledge: Knowledge
) -> None:
    case = proposals("Al-Nusra shelled the orchards of Tamrin and al-Nusra left.", learned, nlp, knowledge)
    made = Rows.of(case, learned._model.rates, None)
    rows = made.arguments(case.candidates[0], made.triggers[0]).parties
    mentions = [case.mentions.parties[row.at].mention for row in rows if row.at is not None]
    tokens = [at for mention in mentions for at in range(mention.start_token, mention.end_token)]
    assert len(tokens) == len(set(tokens))


def test_the_encoder_reads_no_names(parse: Callable[[str], Doc]) -> None:
    words = Words.of(parse("Fighters of Jaysh Karmun met the mayor."))
    stand_ins: Mapping[str, str] = {"armed": "fighters"}
    assert " ".join(filter(None, shown(words, dict.fromkeys((2, 3), Hidden(3, "armed")), stand_ins))) == (
        "Fighters of fighters met the mayor ."
    )
    assert shown(words, {2: Hidden(2, "people")}, stand_ins)[2] == "Jaysh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syrian Aerospace Forces hit it", "Russian Aerospace Forces hit it"),
        ("an attack of ISs fighters", "an attack of the SDF's fighters"),
        ("Israeli warplanes struck", "Russian warplanes struck"),
        ("Russian Foreign Minister Sergei Lavrov said", "Turkish Foreign Minister Mevlut Cavusoglu said"),
        ("MOSCOW (Wire) - Troops left", "ANKARA (Wire) - Troops left"),
        ("held by al Nusra and others", "held by IS and others"),
        ("the YPG militia left", "Hezbollah left"),
    ],
)
def test_names_are_hidden_the_same_way_whoever_they_are(
    one: str, other: str, parse: Callable[[str], Doc], knowledge: Knowledge
) -> None:
    def read(text: str) -> list[str]:
        words = Words.of(doc := parse(text))
        seen = shown(words, hidden_in(doc, knowledge.actors), STAND_INS)
        return [word for word in seen if word not in ("", "the", "'s")]

    assert read(one) == read(other)


def test_a_vocabulary_behaves_as_its_types_do(knowledge: Knowledge) -> None:
    added = AddedTriggers({("verb", "thunder"): "shelling"}, knowledge)
    (entry,) = added._entries.values()
    assert (entry.type, entry.words, entry.light) == ("shelling", (("verb", ("thunder",)),), False)


# --- the folder ------------------------------------------------------------------------------------------------------


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no model here"):
        Model.load(tmp_path)


def test_a_model_of_another_version(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="another version"):
        Model.load(write_model(tmp_path, format=FORMAT + 1))


def test_a_config_that_is_broken(tmp_path: Path) -> None:
    folder = write_model(tmp_path, thresholds={"claim": 0.5})
    with pytest.raises(InputError, match=r"config\.json: `thresholds\."):
        Model.load(folder)
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"config\.json"):
        Model.load(folder)


def test_heads_that_are_missing_or_broken(tmp_path: Path) -> None:
    folder = write_model(tmp_path)
    (folder / "heads.npz").write_bytes(b"no arrays")
    with pytest.raises(InputError, match="not the heads that the model was trained with"):
        Model.load(folder)
    (folder / "heads.npz").unlink()
    with pytest.raises(InputError, match="heads of the model are missing"):
        Model.load(folder)


def test_heads_that_do_not_fit(tmp_path: Path) -> None:
    columns = {name: row for name, row in config()["columns"].items() if name != "actor"}
    with pytest.raises(InputError, match=r"do not fit config\.json"):
        Model.load(write_model(tmp_path, columns=columns))


def test_an_encoder_that_is_missing_or_another(tmp_path: Path) -> None:
    row = {
        "hashes": {"encoder.onnx": "0", "tokenizer.json": "0"}, "stand_ins": {}, "together": 240, "at_most": 500,
        "of_word": 12, "source_kinds": ["outlet"], "prior_of_added": 0,
    }  # fmt: skip
    folder = write_model(tmp_path, encoder=row)
    with pytest.raises(InputError, match=r"tokenizer\.json: a file of the model cannot be read"):
        Model.load(folder)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="not the file that the model was trained with"):
        Model.load(folder)


def test_calibration_bends_probabilities_but_keeps_their_order(tmp_path: Path) -> None:
    model = Model.load(write_model(tmp_path, calibration={"slope": 0.5, "offset": -0.2}))
    bent = [model.calibrated(chance, 1.0) for chance in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert bent == sorted(bent)
    assert bent[2] < 0.5


def test_a_coder_is_named_or_a_folder(tmp_path: Path, coder: RulesCoder, knowledge: Knowledge) -> None:
    made = coder_of(str(write_model(tmp_path)), knowledge, coder._parse, Resolver(knowledge))
    assert (made.name, made.version) == ("learned", f"by-hand.{RulesCoder.version}.{REVISION}")
    with pytest.raises(SettingsError, match="no coder is called 'oracle'"):
        coder_of("oracle", knowledge, coder._parse, Resolver(knowledge))
