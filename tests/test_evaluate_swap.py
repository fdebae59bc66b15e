"""Every side is coded alike: names that change places change the names in claims, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from rashomon.coding.rules import RulesCoder
from rashomon.errors import KnowledgeError
from rashomon.evaluate import SwapScore, measure_swaps
from rashomon.evaluate.exchange import Swap, SwapTable
from rashomon.knowledge import Knowledge
from rashomon.model import Claim, Furniture, FurnitureKind, Publication, Report, Span, Status
from rashomon.parsing import Parser
from rashomon.reading import ReadOptions, read
from rashomon.resolving import Resolver

HAND_CODED = Path(__file__).parents[2] / "shared" / "gold" / "dev" / "reports.json"
OWN = (
    "Turkish forces shelled three villages near Jarablus on Monday, killing six people. The Turkish army said that its "
    "artillery had hit YPG positions. Two FSA fighters were wounded in clashes with ISIS.",
    "ISIS captured the hills above Palmyra overnight, a monitoring group said. The Syrian army sent troops to the town."
    " Syrian warplanes carried out nine raids on Tuesday.",
    "Russian officials met Turkish officials in Geneva on Friday. Moscow called on the Free Syrian Army to stop its "
    "advance. Hezbollah denied that it had lost the village of Madaya.",
    "Israeli jets struck a depot west of Homs, and Israeli troops were moved to the border. Iraqi forces destroyed "
    "four vehicles of the Islamic State near Mosul. Erdogan condemned the attack.",
    "American warplanes bombed a bridge in Raqqa. The PKK released two soldiers. Nusra withdrew from the camp.",
)


def _report(text: str, **other: object) -> Report:
    day = Publication(dt.date(2016, 6, 10))
    return replace(Report("r", "reuters", None, None, text, "", "en", len(text.split()), day), **other)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def table() -> SwapTable:
    return SwapTable.load()


@pytest.fixture
def swap(table: SwapTable, knowledge: Knowledge) -> Swap:
    return Swap(table, [("Syrian government", "Turkey"), ("opposition", "IS")], knowledge.actors)


Code = Callable[[Report, Doc], list[Claim]]
Measure = Callable[..., SwapScore]


@pytest.fixture(scope="module")
def code(coder: RulesCoder, knowledge: Knowledge) -> Code:
    resolver = Resolver(knowledge)
    return lambda report, doc: resolver.resolve(coder.code_parsed(report, doc), report)


@pytest.fixture(scope="module")
def measure(nlp: Language, knowledge: Knowledge, code: Code) -> Measure:
    def run(reports: Iterable[Report], code: Code = code) -> SwapScore:
        return measure_swaps(reports, Parser(nlp).parse, code, knowledge.actors)

    return run


# --- what is exchanged ----------------------------------------------------------------------------------------------


def test_every_pair_of_sides_changes_places_once(table: SwapTable) -> None:
    pairs = [frozenset(pair) for turn in table.rounds() for pair in turn]
    allied = sum(len(allies) * (len(allies) - 1) // 2 for allies in table.allies)
    assert len(pairs) == len(set(pairs)) == len(table.sides) * (len(table.sides) - 1) // 2 - allied
    for turn in table.rounds():
        sides = [side for pair in turn for side in pair]
        assert len(sides) == len(set(sides))
        assert set(sides) <= set(table.sides)


def test_the_table_names_actors_of_one_kind_and_outlets_that_there_are(table: SwapTable, knowledge: Knowledge) -> None:
    for series in table.series:
        actors = [knowledge.actors.get(party.actor) for party in series.actors]
        assert len({actor.kind for actor in actors}) == 1, series.name
        assert len({knowledge.actors.strikes_from_the_air(actor) for actor in actors}) == 1, series.name
        assert {party.side for party in series.actors} <= set(table.sides)
        for party in series.actors:
            for word in party.words:
                assert party.actor in {
                    found.owner.actor for found in knowledge.actors.names_in(knowledge.actors.fold(word))
                }
    assert all(knowledge.outlets.get(outlet) is not None for outlet in table.outlets)


@pytest.mark.parametrize(
    ("text", "exchanged"),
    [
        ("The Syrian army and Turkish troops met.", "The Turkish army and Syrian troops met."),
        ("Turkish officials said so.", "Turkish officials said so."),
        ("the Free Syrian Army, or FSA", "the Islamic State, or ISIS"),
        ("ISIS fighters; ISIS-held towns", "FSA fighters; ISIS-held towns"),
        ("SYRIAN ARMY ADVANCES", "TURKISH ARMY ADVANCES"),
        ("The YPG and Syrian villagers stayed.", "The YPG and Syrian villagers stayed."),
        ("the free army in turkey", "the free army in turkey"),
        ("the Free Syrian Army 7th Division", "the Free Syrian Army 7th Division"),
    ],
)
def test_names_change_places_and_all_else_stays(swap: Swap, text: str, exchanged: str) -> None:
    assert swap.text(text).text == exchanged


def test_offsets_lead_to_the_same_words_and_furniture_is_spared(swap: Swap) -> None:
    text = "Read more: FSA news\nThe FSA shelled Jairud, the Syrian army said."
    report = _report(text, title="FSA shells Jairud", furniture=(Furniture(Span(0, 19), FurnitureKind.RELATED),))
    swapped, exchanged = swap.report(report)
    assert swapped.text == "Read more: FSA news\nThe ISIS shelled Jairud, the Turkish army said."
    assert swapped.title == "ISIS shells Jairud"
    at = text.index("Jairud")
    assert exchanged.span(Span(at, at + 6)).of(swapped.text) == "Jairud"
    assert exchanged.span(report.furniture[0].span) == swapped.furniture[0].span == Span(0, 19)


def test_a_table_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "swaps.yaml"
    path.write_text("sides: [one, two]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        SwapTable.load(path)


# --- what changes ---------------------------------------------------------------------------------------------------


def test_own_reports_are_coded_alike_for_every_side(measure: Measure) -> None:
    score = measure([_report(text, id=f"r{n}") for n, text in enumerate(OWN)])
    assert score.actors.compared > 80
    assert score.outlets.compared > 50
    assert score.changes == ()


def test_a_rule_that_takes_sides_is_found_out(measure: Measure, code: Code) -> None:
    def takes_sides(report: Report, doc: Doc) -> list[Claim]:
        claims = code(report, doc)
        if "ISIS" in report.text:
            claims = [replace(claim, status=Status.POSSIBLE) for claim in claims]
        return claims if report.outlet != "sana" else claims[1:]

    score = measure([_report(OWN[0])], takes_sides)
    assert score.actors.changed > 0
    assert score.outlets.changed == 1
    assert {change.field for change in score.changes if change.measure == "actors"} == {"status"}
    assert {change.exchanged for change in score.changes if change.measure == "outlets"} == {"reuters - sana"}


def test_the_figures_come_as_json(measure: Measure) -> None:
    score = measure([_report(OWN[4])])
    assert set(score.to_json()) == {"actors", "outlets", "changes"}


@pytest.mark.skipif(not HAND_CODED.is_file(), reason="there are no hand-coded reports beside the project")
def test_hand_coded_reports_are_coded_alike_for_every_side(measure: Measure, knowledge: Knowledge) -> None:
    found = read(str(HAND_CODED), ReadOptions(), knowledge.outlets)
    score = measure([item for item in found if isinstance(item, Report)])
    assert score.actors.share <= 0.01
    assert score.outlets.changed == 0


def test_half_a_percentage_point_of_confidence_is_no_change(measure: Measure, code: Code) -> None:
    def surer(by: float) -> Code:
        def sure(report: Report, doc: Doc) -> list[Claim]:
            return [replace(claim, confidence=0.5 + by * (report.text != OWN[0])) for claim in code(report, doc)]

        return sure

    assert measure([_report(OWN[0])], surer(0.005)).actors.changed == 0
    changed = measure([_report(OWN[0])], surer(0.006))
    assert {change.field for change in changed.changes} == {"confidence"}
