"""Who a statement is attributed to, in sentences written for these tests."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from rashomon.coding.sources import Attributions, attributions
from rashomon.knowledge.files import Layers
from rashomon.knowledge.speech import SpeechLexicon
from rashomon.model import Source, SourceKind

SPEECH = SpeechLexicon.load(Layers())
Parse = Callable[[str], Doc]

EXAMPLES = [
    example
    for entries in (dict.fromkeys(SPEECH.verbs.values()), SPEECH.nouns.values(), SPEECH.prepositions)
    for entry in entries
    for example in entry.examples
]


def read(parse: Parse, text: str) -> tuple[Doc, Attributions]:
    doc = parse(text)
    return doc, attributions(doc, SPEECH, None)


def at(doc: Doc, word: str, number: int = 0) -> int:
    return [token.i for token in doc if token.text == word][number]


def chain(parse: Parse, text: str, word: str, number: int = 0) -> tuple[Source, ...]:
    doc, found = read(parse, text)
    return found.of(at(doc, word, number))


def names(sources: tuple[Source, ...]) -> list[tuple[str, str]]:
    return [(source.mention.text, source.kind.value) for source in sources]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_lexicon(parse: Parse, example: str) -> None:
    speakers = re.findall(r"\[(.+?)\]", example)
    plain = re.sub(r"[\[\]]", "", example)
    place = plain.index("*")
    doc, found = read(parse, plain.replace("*", ""))
    token = next(token for token in doc if token.idx <= place < token.idx + len(token))
    said = [source.mention.text for source in found.of(token.i)]
    if speakers:
        assert said, "no speaker found"
        assert said[0] in speakers
    else:
        assert said == []


def test_speaker_before_and_after(parse: Parse) -> None:
    expected = [("A police source", "government")]
    assert names(chain(parse, "A police source said that two shells hit the school.", "hit")) == expected
    assert names(chain(parse, "Two shells hit the school, a police source said.", "hit"))[0][1] == "government"
    assert names(chain(parse, "Two shells hit the school, said a police source.", "hit"))[0][1] == "government"


def test_without_the_comma(parse: Parse) -> None:
    text = "At least nine people were killed when jets hit the market in Douma the Observatory said on Sunday."
    assert names(chain(parse, text, "hit")) == [("the Observatory", "monitor")]


def test_told_a_medium_gives_a_chain(parse: Parse) -> None:
    found = names(chain(parse, "An army officer told SANA that his men overran the hill.", "overran"))
    assert found == [("An army officer", "military"), ("SANA", "media")]


def test_told_somebody_who_is_no_medium(parse: Parse) -> None:
    found = names(chain(parse, "A military source told the governor that army units seized the hill.", "seized"))
    assert found == [("A military source", "military")]


def test_quoted_by(parse: Parse) -> None:
    found = names(chain(parse, "A doctor was quoted by Reuters as saying that shells hit the ward.", "hit"))
    assert found == [("A doctor", "rescue"), ("Reuters", "media")]


def test_citing(parse: Parse) -> None:
    found = names(chain(parse, "Shells hit the ward, Reuters reported, citing a doctor.", "hit"))
    assert found == [("a doctor", "rescue"), ("Reuters", "media")]


def test_own_voice_before_and_after_somebody_speaks(parse: Parse) -> None:
    text = "Rebels entered the town. A monitor said that jets raided the market. Troops blocked the road."
    doc, found = read(parse, text)
    assert found.of(at(doc, "entered")) == ()
    assert names(found.of(at(doc, "raided"))) == [("A monitor", "monitor")]
    assert found.of(at(doc, "blocked")) == ()


def test_he_added_is_the_speaker_before(parse: Parse) -> None:
    text = "Colonel Samir Tahan said that the unit took the hill. He added that gunmen burned the depot."
    (source,) = chain(parse, text, "burned")
    assert source.mention.text == "He"
    assert source.mention.antecedent == "Colonel Samir Tahan"
    assert source.kind is SourceKind.MILITARY


def test_the_source_is_the_source_before(parse: Parse) -> None:
    text = "A police source said that shells hit the square. The source added that gunmen burned the depot."
    (source,) = chain(parse, text, "burned")
    assert (source.mention.text, source.mention.antecedent, source.kind) == (
        "The source",
        "A police source",
        SourceKind.GOVERNMENT,
    )


def test_a_surname_is_the_person_named_in_full_elsewhere(parse: Parse) -> None:
    text = "Brigadier Nabil Sawan said that the unit took the hill. Later Sawan said that gunmen burned the depot."
    assert names(chain(parse, text, "burned"))[0][1] == "military"


def test_quotation_over_sentences(parse: Parse) -> None:
    for opening, closing in (("“", "”"), ('"', '"')):
        text = f"{opening}The shells fell at dawn. They destroyed two houses and a mosque,{closing} a witness said."
        doc, found = read(parse, text)
        assert names(found.of(at(doc, "fell"))) == [("a witness", "resident")]
        assert names(found.of(at(doc, "destroyed"))) == [("a witness", "resident")]


def test_two_speakers_in_one_sentence(parse: Parse) -> None:
    text = "A monitor said that jets raided the market, while the army said that gunmen shelled the bridge."
    doc, found = read(parse, text)
    assert names(found.of(at(doc, "raided"))) == [("A monitor", "monitor")]
    assert names(found.of(at(doc, "shelled")))[0] == ("the army", "military")


def test_accusation_is_the_speakers_own_act(parse: Parse) -> None:
    text = "The foreign ministry accused the rebels of shelling the bridge."
    doc, found = read(parse, text)
    assert found.of(at(doc, "accused")) == ()
    assert names(found.of(at(doc, "shelling"))) == [("The foreign ministry", "government")]
    assert names(found.speaker_of(at(doc, "accused"))) == [("The foreign ministry", "government")]


def test_the_doer_of_an_act_of_speech_is_not_its_source(parse: Parse) -> None:
    text = "The envoy said that shells hit the bridge, urging both sides to stop."
    doc, found = read(parse, text)
    assert names(found.of(at(doc, "hit"))) == [("The envoy", "government")]
    assert found.of_act(at(doc, "urging")) == ()


def test_another_ones_act_has_the_source_that_tells_of_it(parse: Parse) -> None:
    doc, found = read(parse, "Gunmen held a teacher after she refused to leave, according to a local activist.")
    assert names(found.of_act(at(doc, "refused"))) == [("a local activist", "activist")]


def test_verbs_of_speech_and_days_of_speech_are_marked(parse: Parse) -> None:
    doc, found = read(parse, "The army said on Monday that gunmen shelled the bridge on Sunday.")
    assert at(doc, "said") in found.speech_tokens
    assert at(doc, "shelled") not in found.speech_tokens
    assert found.is_speech_time(at(doc, "Monday"))
    assert not found.is_speech_time(at(doc, "Sunday"))


def test_who_denies_reports_is_the_source(parse: Parse) -> None:
    found = names(chain(parse, "A military source denied reports of shelling near the town.", "shelling"))
    assert found == [("A military source", "military")]


def test_reports_of_something_are_a_source(parse: Parse) -> None:
    found = names(chain(parse, "There were reports of clashes near the town.", "clashes"))
    assert found == [("reports", "media")]


def test_one_of_them(parse: Parse) -> None:
    text = "Two residents fled at dawn, they said. Shells hit the school, one of them said."
    (source,) = chain(parse, text, "hit")
    assert source.mention.text == "one of them"


def test_who_counted_the_first_counts_on(parse: Parse) -> None:
    text = "Ten men died, a monitor said. Another two were *wounded*."
    doc, found = read(parse, text.replace("*", ""))
    assert names(found.of(at(doc, "wounded"))) == [("a monitor", "monitor")]
    doc, found = read(parse, "Ten men died, a monitor said. The road was closed. Another two were wounded.")
    assert names(found.of(at(doc, "closed"))) == []
    assert names(found.of(at(doc, "wounded"))) == []


def test_an_unknown_source_is_not_the_one_named_before(parse: Parse) -> None:
    text = "A military source said that shells hit Azaz. A field source said that rockets struck Mari."
    assert names(chain(parse, text, "struck")) == [("A field source", "other")]


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Ten men died in clashes, state news agency Ornet said on Monday.", "died", "state news agency Ornet"),
        ("The road was shelled on Friday, Radio East reported.", "shelled", "Radio East"),
        ("The road was shelled, local state TV said.", "shelled", "local state TV"),
        ("The school was shelled a monitor said days after a blast killed six.", "shelled", "a monitor"),
    ],
)
def test_words_of_a_speaker(parse: Parse, text: str, word: str, said: str) -> None:
    assert chain(parse, text, word)[0].mention.text == said


def test_every_side_is_read_alike(parse: Parse) -> None:
    for who in ("The Syrian army", "The rebel faction", "The Kurdish militia", "The Russian military"):
        found = chain(parse, f"{who} said that its men seized the village.", "seized")
        assert [source.mention.text for source in found] == [who]


def test_spans_are_the_exact_words(parse: Parse) -> None:
    text = "  According to two aid groups, shells hit the camp. The White Helmets said jets raided the market."
    doc, found = read(parse, text)
    for sources in found.chains:
        for source in sources:
            assert source.mention.span is not None
            assert source.mention.span.of(text) == source.mention.text
    assert names(found.of(at(doc, "hit"))) == [("two aid groups", "ngo")]


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from(["said", "told", "that", '"', "“", "a source", "he", ".", "\n\n", "jets hit", "citing"]))
)
def test_any_words_are_read_without_error(parse: Parse, words: list[str]) -> None:
    doc, found = read(parse, " ".join(words))
    assert len(found.chains) == len(doc)
