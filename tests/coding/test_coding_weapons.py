"""The means of violence, where they act from, and which event they belong to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.weapons import find_weapons, weapons_for
from rashomon.knowledge.files import Layers
from rashomon.knowledge.weaponwords import Platform, WeaponExample, WeaponLexicon

LEXICON = WeaponLexicon.load(Layers())
Parse = Callable[[str], Doc]


def found(doc: Doc) -> list[tuple[str, Platform]]:
    return [(one.text(doc), one.platform) for one in find_weapons(doc, LEXICON)]


def means(doc: Doc, trigger: str, *rivals: str, struck: bool = False) -> list[str]:
    tokens = {token.text: token for token in doc}
    own = weapons_for(tokens[trigger], find_weapons(doc, LEXICON), [tokens[r] for r in rivals], struck=struck)
    return [one.text(doc) for one in own]


@pytest.mark.parametrize("example", LEXICON.examples, ids=lambda example: example.text)
def test_the_examples_of_the_lexicon(parse: Parse, example: WeaponExample) -> None:
    assert found(parse(example.text)) == example.finds


def test_the_lexicon_shows_every_platform_and_what_is_no_means() -> None:
    shown = {platform for example in LEXICON.examples for _, platform in example.finds}
    assert shown == set(Platform) == set(LEXICON.words.values())
    assert any(not example.finds for example in LEXICON.examples)


def test_names_with_hyphens_and_numbers(parse: Parse) -> None:
    assert found(parse("A Su-25 and two MiG-23s left the base.")) == [
        ("Su-25", Platform.AIR),
        ("MiG-23s", Platform.AIR),
    ]
    assert found(parse("A home-made rocket fell.")) == [("home-made rocket", Platform.GROUND)]
    assert found(parse("They fired surface-to-surface missiles.")) == [("surface-to-surface missiles", Platform.GROUND)]


def test_the_longest_words_win(parse: Parse) -> None:
    assert found(parse("Two air-to-surface missiles hit the port.")) == [("air-to-surface missiles", Platform.AIR)]
    assert found(parse("A booby-trapped car blew up.")) == [("booby-trapped car", Platform.PLANTED)]


def test_each_means_goes_to_its_own_event(parse: Parse) -> None:
    doc = parse("Warplanes bombed the town as militants shelled the village with mortars.")
    assert means(doc, "bombed", "shelled") == ["Warplanes"]
    assert means(doc, "shelled", "bombed") == ["mortars"]


def test_an_act_is_no_means_of_itself(parse: Parse) -> None:
    doc = parse("An airstrike destroyed the bakery.")
    assert means(doc, "airstrike") == []
    assert means(doc, "destroyed") == ["airstrike"]


def test_what_was_destroyed_is_no_means(parse: Parse) -> None:
    doc = parse("The army destroyed a tank with artillery.")
    assert means(doc, "destroyed", struck=True) == ["artillery"]


@pytest.mark.parametrize(
    "text",
    ["The army will shell Douma.", "The army threatened to bomb Douma.", "Army shells Douma.", "Rebels shelled Fuaa."],
)
def test_what_is_done_is_no_means(text: str, parse: Parse) -> None:
    assert found(parse(text)) == []
