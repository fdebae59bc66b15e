"""What people decided holds when all is rebuilt, when another coder codes, and when more reports come."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from spacy.language import Language

from rashomon import export, knowledge, parsing
from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import Layers
from rashomon.model import Claim, Event, Judgement, JudgementKind
from rashomon.pipeline import running
from rashomon.pipeline.progress import RunSummary
from rashomon.pipeline.replaying import as_of
from rashomon.settings import Settings
from rashomon.store import ClaimFilter, Store

REPORTS = {
    "north": "Government forces shelled the town of Douma on Monday, killing six civilians, residents said. "
    "Rebel fighters withdrew from Dumayr on Sunday.",
    "capital": "The Syrian Army captured Dumayr on Sunday. A military source said that troops shelled terrorist "
    "positions in Douma on Monday. The army is preparing to storm Jayrud.",
    "agency": "Negotiators reached an agreement in Jayrud on Tuesday after two days of talks. Hundreds of fighters "
    "will be evacuated to Idlib with their families, and the police will enter the town.",
}
LATER = {
    "valley": "Government forces shelled the town of Douma on Monday, and six civilians were killed. Rebel fighters "
    "withdrew from Dumayr on Sunday, and the army is preparing to storm Jayrud after two days of talks.",
    "coast": "Army troops shelled Douma on Monday, killing six civilians. The Syrian Army captured Dumayr on Sunday.",
}


# --- a store that a person has looked at ------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def loaded_once(nlp: Language, knowledge_of_all: Knowledge) -> Iterator[None]:
    """The model and the knowledge are loaded once and serve every run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "load_model", lambda *_: nlp)
        patch.setattr(knowledge, "load", lambda *_: knowledge_of_all)
        yield


@pytest.fixture(scope="module")
def knowledge_of_all() -> Knowledge:
    return knowledge.load(Layers())


@dataclass(frozen=True)
class Place:
    """A store that the rules have coded, and what can be done with it."""

    settings: Settings
    source: str
    later: str

    def rebuild(self) -> RunSummary:
        with Store.open(self.settings.store) as store, store.writing() as writer:
            writer.drop_derived()
        return running.rebuild(self.settings)

    def code_with(self, coder: str) -> RunSummary:
        return running.run([self.source], replace(self.settings, coder=coder))

    def read_more(self) -> RunSummary:
        return running.run([self.later], self.settings)

    def decide(self, *judgements: Judgement) -> None:
        with Store.open(self.settings.store) as store, store.writing() as writer:
            for judgement in judgements:
                writer.add_judgement(judgement)
        running.rebuild(self.settings)

    def claim(self, report: str, trigger: str, coder: str = "rules") -> str:
        """The id of a coder's claim on these words, whether people let it stand or not."""
        with Store.open(self.settings.store) as store:
            found = store.view.claims(ClaimFilter(reports=[report], coder=coder, as_coded=True))
            (one,) = [claim.id for claim in found if claim.trigger == trigger]
        return one

    def events(self) -> list[tuple[Event, list[Claim]]]:
        """Every event with its claims, as a reader sees them."""
        with Store.open(self.settings.store) as store:
            claims = {claim.id: claim for claim in store.view.claims()}
            return [(event, [claims[one] for one in event.claims]) for event in store.view.events()]

    def event_of(self, report: str, trigger: str) -> Event:
        (found,) = [
            event
            for event, claims in self.events()
            if any((claim.report, claim.trigger) == (report, trigger) for claim in claims)
        ]
        return found

    def exported(self) -> str:
        """All that is written for others."""
        written = io.BytesIO()
        with Store.open(self.settings.store) as store:
            for name in export.FORMATS:
                export.export(name, store.view, written)
        return written.getvalue().decode()


def write(path: Path, reports: dict[str, str], day: str) -> str:
    lines = [{"id": name, "outlet": f"The {name}", "published": day, "text": text} for name, text in reports.items()]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def coded(loaded_once: None, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("judged")
    settings = Settings(store=folder / "s.sqlite", out=folder, gazetteer=folder / "none", coder="rules")
    place = Place(
        settings,
        write(folder / "reports.jsonl", REPORTS, "2018-04-18"),
        write(folder / "later.jsonl", LATER, "2018-04-19"),
    )
    running.run([place.source], settings)
    return place


@pytest.fixture
def place(coded: Place, tmp_path: Path) -> Place:
    store = tmp_path / "s.sqlite"
    assert isinstance(coded.settings.store, Path)
    shutil.copy(coded.settings.store, store)
    return replace(coded, settings=replace(coded.settings, store=store))


WAYS = {
    "rebuilt": Place.rebuild,
    "coded by another coder": lambda place: place.code_with("learned"),
    "with more reports": Place.read_more,
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
Way = Callable[[Place], RunSummary]


def pair(kind: JudgementKind, one: str, other: str) -> Judgement:
    return Judgement("j1", kind, one, other=other, by="ana", made="2024-01-01T00:00:00Z")


def correction(number: int, claim: str, field: str, value: object) -> Judgement:
    return Judgement(f"j{number}", JudgementKind.CORRECT, claim, field=field, value=json.dumps(value), by="ana")


def rejection(claim: str) -> Judgement:
    return Judgement("j1", JudgementKind.REJECT, claim, by="ana")


# --- each kind of judgement, each way ---------------------------------------------------------------------------------


@every_way
def test_what_a_person_merged_stays_one_event(place: Place, way: Way) -> None:
    storm, withdrew = ("capital", "storm"), ("north", "withdrew")
    assert place.event_of(*storm) != place.event_of(*withdrew)
    place.decide(pair(JudgementKind.SAME, place.claim(*storm), place.claim(*withdrew)))
    assert way(place).notes == ()
    assert place.event_of(*storm) == place.event_of(*withdrew)


@every_way
def test_what_a_person_split_stays_two_events(place: Place, way: Way) -> None:
    north, capital = ("north", "shelled"), ("capital", "shelled")
    assert place.event_of(*north) == place.event_of(*capital)
    place.decide(pair(JudgementKind.DIFFERENT, place.claim(*north), place.claim(*capital)))
    assert way(place).notes == ()
    assert place.event_of(*north) != place.event_of(*capital)


@every_way
def test_a_field_that_a_person_corrected_shows_in_the_claim_its_event_and_the_files(place: Place, way: Way) -> None:
    toll = {"measure": "killed", "of": "civilians", "min": 17, "max": 17, "text": "seventeen"}
    shelled = place.claim("north", "shelled")
    place.decide(correction(1, shelled, "quantities", [toll]), correction(2, shelled, "type", "bombing"))
    assert way(place).notes == ()
    event = place.event_of("north", "shelled")
    (claim,) = [c for e, claims in place.events() if e == event for c in claims if c.report == "north"]
    assert [(quantity.minimum, quantity.text) for quantity in claim.quantities] == [(17, "seventeen")]
    assert claim.type == "bombing"
    said = {(account.field, account.value) for account in event.accounts if claim.id in account.claims}
    assert {("quantities", "killed 17 (civilians)"), ("type", "bombing")} <= said
    assert not any("killed 6" in account.value for account in event.accounts if claim.id in account.claims)
    assert "seventeen" in place.exported()


@every_way
def test_a_claim_that_a_person_rejected_is_in_no_event_and_no_file(place: Place, way: Way) -> None:
    words = "Rebel fighters withdrew from Dumayr on Sunday."
    assert words in place.exported()
    place.decide(rejection(place.claim("north", "withdrew")))
    assert way(place).notes == ()
    assert not any(
        (claim.report, claim.trigger) == ("north", "withdrew") for _, claims in place.events() for claim in claims
    )
    assert words not in place.exported()
    assert place.event_of("capital", "captured")


# --- another coder ----------------------------------------------------------------------------------------------------


def test_what_was_decided_of_another_coders_claim_holds_for_the_rules_too(place: Place) -> None:
    place.code_with("learned")
    theirs = place.claim("north", "withdrew", "learned")
    assert theirs != place.claim("north", "withdrew")
    place.decide(rejection(theirs))
    summary = place.rebuild()
    assert summary.notes == ()
    assert "Rebel fighters withdrew from Dumayr" not in place.exported()


def test_what_binds_no_claim_of_another_coder_is_told_and_comes_back(place: Place) -> None:
    agreement = place.claim("agency", "reached an agreement")
    place.decide(rejection(agreement))
    (note,) = place.code_with("learned").notes
    for word in ("j1", "reject", "ana", "'reached an agreement'", "(agreement)", "report agency"):
        assert word in note.reason
    assert "withdraw" in note.remedy
    assert place.code_with("rules").notes == ()
    assert not any(claim.id == agreement for _, claims in place.events() for claim in claims)


def test_a_judgement_that_was_withdrawn_is_told_of_nobody(place: Place) -> None:
    withdrawal = Judgement("j2", JudgementKind.WITHDRAW, "j1", by="ana")
    place.decide(rejection(place.claim("agency", "reached an agreement")), withdrawal)
    assert place.code_with("learned").notes == ()


def test_what_a_newer_version_of_the_coder_does_not_find_any_more_is_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.decide(rejection(place.claim("agency", "talks")))
    code_parsed = RulesCoder.code_parsed

    def without_talks(*given: object) -> list[Claim]:
        return [claim for claim in code_parsed(*given) if claim.trigger != "talks"]  # type: ignore[arg-type]

    monkeypatch.setattr(RulesCoder, "code_parsed", without_talks)
    monkeypatch.setattr(RulesCoder, "version", "99")
    (note,) = place.code_with("rules").notes
    assert "'talks'" in note.reason


def test_what_was_known_on_a_day_is_linked_as_people_decided(place: Place) -> None:
    north, capital = place.claim("north", "shelled"), place.claim("capital", "shelled")
    place.decide(pair(JudgementKind.DIFFERENT, north, capital))
    place.code_with("learned")
    with Store.open(place.settings.store) as store:
        known = as_of(store.view, dt.date(2018, 4, 18), Layers(), "learned")
    shelled = {claim.id for claim in known.claims() if claim.trigger == "shelled"}
    assert len(shelled) == 2
    assert all(len(shelled & set(event.claims)) < 2 for event in known.events())
