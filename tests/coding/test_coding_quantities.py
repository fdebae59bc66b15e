"""Counts, what they measure, and which event they belong to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from rashomon.coding.quantities import FoundQuantity, find_quantities, quantities_for
from rashomon.coding.times import find_times
from rashomon.knowledge.files import Layers
from rashomon.knowledge.quantitywords import QuantityExample, QuantityLexicon
from rashomon.knowledge.wordlists import NumberExample, TimeLexicon
from rashomon.model import Measure

LEXICON = QuantityLexicon.load(Layers())
TIMES = TimeLexicon.load(Layers(), LEXICON.numbers)
Parse = Callable[[str], Doc]
Row = tuple[str, int | None, int | None]


def rows(found: list[FoundQuantity]) -> list[Row]:
    return [(one.quantity.measure.value, one.quantity.minimum, one.quantity.maximum) for one in found]


def find(doc: Doc) -> list[FoundQuantity]:
    return find_quantities(doc, LEXICON, find_times(doc, TIMES))


@pytest.mark.parametrize("example", LEXICON.examples, ids=lambda example: example.text)
def test_the_examples_of_the_lexicon(parse: Parse, example: QuantityExample) -> None:
    assert rows(find(parse(example.text))) == [(measure.value, least, most) for measure, least, most in example.finds]


def test_the_lexicon_shows_every_measure_and_what_is_no_count() -> None:
    shown = {measure for example in LEXICON.examples for measure, _, _ in example.finds}
    assert shown == set(Measure)
    assert any(not example.finds for example in LEXICON.examples)


@pytest.mark.parametrize("example", LEXICON.numbers.examples, ids=lambda example: example.text)
def test_the_examples_of_numbers(example: NumberExample) -> None:
    value = LEXICON.numbers.value(example.text.replace("-", " ").split())
    given = None if value is None else (value.least, None if value.open_ended else value.least)
    assert given == example.finds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A car bomb exploded, killing five and wounding 12.", [("killed", 5, 5), ("wounded", 12, 12)]),
        ("Nearly 8,000 people fled the camp.", [("displaced", None, 8000)]),
        ("Approximately 45 soldiers died in the blast.", [("killed", 45, 45)]),
        ("Up to 80 fighters were killed.", [("killed", None, 80)]),
        ("The raid killed 10 to 15 militants.", [("killed", 10, 15)]),
        ("Hundreds of thousands have been killed.", [("killed", 200_000, None)]),
        ("More than half a million people were displaced.", [("displaced", 500_000, None)]),
        ("The bombing claimed the lives of seventeen people.", [("killed", 17, 17)]),
        ("Officials put the death toll at 45.", [("killed", 45, 45)]),
        ("Fighters kidnapped 30 farmers.", [("captured", 30, 30)]),
        ("The army destroyed two tanks and a truck.", [("vehicles", 2, 2), ("vehicles", 1, 1)]),
        ("Planes flew 25 raids.", [("strikes", 25, 25)]),
        ("The militia took four villages.", [("settlements", 4, 4)]),
        ("A woman was killed by a mortar.", [("killed", 1, 1)]),
        ("Dozens were killed or wounded.", [("killed", 24, None), ("wounded", 24, None)]),
    ],
)
def test_bounds_and_measures(parse: Parse, text: str, expected: list[Row]) -> None:
    assert rows(find(parse(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The loan is worth $200 million.",
        "About 40 percent of the town is gone.",
        "A 45-year-old man waited.",
        "The base lies 60 km from the capital.",
        "The siege lasted 30 days.",
        "Resolution 2254 was read out.",
        "The 4th Division moved north.",
        "The war broke out in 2011.",
        "A number of people came.",
    ],
)
def test_what_is_no_count(parse: Parse, text: str) -> None:
    assert find(parse(text)) == []


def test_a_count_says_what_is_counted_in_the_words_of_the_text(parse: Parse) -> None:
    (one,) = find(parse("At least 23 government soldiers were killed."))
    assert one.quantity.text == "At least 23 government soldiers"
    assert one.quantity.of == "government soldiers"


def test_a_toll_belongs_to_the_attack_that_caused_it(parse: Parse) -> None:
    doc = parse("Helicopters bombed the suburb, killing 12 people, while the army destroyed three tanks.")
    found = find(doc)
    bombed = next(t for t in doc if t.text == "bombed")
    destroyed = next(t for t in doc if t.text == "destroyed")
    both = [(bombed, "air_strike"), (destroyed, "destruction")]
    assert rows(quantities_for(bombed, found, LEXICON, "air_strike", both)) == [("killed", 12, 12)]
    assert rows(quantities_for(destroyed, found, LEXICON, "destruction", both)) == [("vehicles", 3, 3)]


def test_a_headline_s_number_gives_way_to_the_same_with_its_bound(parse: Parse) -> None:
    doc = parse("Air strikes kill 32 civilians, and killed at least 32 people, a monitor says")
    strikes = next(t for t in doc if t.text == "strikes")
    assert rows(quantities_for(strikes, find(doc), LEXICON, "air_strike")) == [("killed", 32, None)]


def test_every_measure_belongs_to_some_type() -> None:
    assert set(LEXICON.belongs) == set(Measure)
