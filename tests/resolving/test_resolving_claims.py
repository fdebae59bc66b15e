"""A report's claims with everything in them tied to the world, or saying why not."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest

from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.model import ActorResolution, Claim, Participant, Publication, Report
from rashomon.resolving import Resolver

TEXT = (
    "The terrorists of Jabhat al-Nusra shelled Fuaa on Tuesday. "
    "Rebels attacked the village of Qwxyzabad. The army may storm Rastan on Sunday."
)


def report_of(day: dt.date | None) -> Report:
    return Report(
        id="r1",
        outlet=None,
        address=None,
        title=None,
        text=TEXT,
        hash=hashlib.sha256(TEXT.encode()).hexdigest(),
        language="en",
        words=len(TEXT.split()),
        publication=Publication(day),
    )


@pytest.fixture(scope="module")
def resolver(knowledge: Knowledge) -> Resolver:
    return Resolver(knowledge)


@pytest.fixture(scope="module")
def coded(coder: RulesCoder) -> list[Claim]:
    return coder.code(report_of(dt.date(2018, 4, 20)))


def test_nothing_is_left_without_an_answer_or_a_reason(resolver: Resolver, coded: list[Claim]) -> None:
    for claim in resolver.resolve(coded, report_of(dt.date(2018, 4, 20))):
        for who in (*claim.actors, *claim.targets):
            assert who.resolution is not None
            assert who.resolution.id or who.resolution.reason
        for place in claim.places:
            assert place.resolution is not None
            assert place.resolution.lat is not None or place.resolution.reason
        if claim.time is not None:
            assert claim.time.resolution is not None
            assert claim.time.resolution.start or claim.time.resolution.reason


def test_words_and_evidence_stay_as_they_were(resolver: Resolver, coded: list[Claim]) -> None:
    resolved = resolver.resolve(coded, report_of(dt.date(2018, 4, 20)))
    for before, after in zip(coded, resolved, strict=True):
        assert (before.id, before.quote, before.trigger) == (after.id, after.quote, after.trigger)
        assert [p.mention for p in before.actors] == [p.mention for p in after.actors]
        assert [p.mention for p in before.places] == [p.mention for p in after.places]


def test_a_label_stands_for_the_neutral_name(resolver: Resolver, coded: list[Claim]) -> None:
    first = resolver.resolve(coded, report_of(dt.date(2018, 4, 20)))[0]
    assert [label.text for label in first.labels] == ["terrorists"]
    assert first.labels[0].resolution is not None
    assert first.labels[0].resolution.name == "Jabhat al-Nusra"


def test_a_day_that_was_and_a_day_to_come(resolver: Resolver, coded: list[Claim]) -> None:
    days = {
        claim.status.value: claim.time.resolution.start
        for claim in resolver.resolve(coded, report_of(dt.date(2018, 4, 20)))
        if claim.time is not None and claim.time.resolution is not None
    }
    assert days == {"occurred": dt.date(2018, 4, 17), "possible": dt.date(2018, 4, 22)}


def test_without_a_day_of_publication_weekdays_say_so(resolver: Resolver, coded: list[Claim]) -> None:
    times = [claim.time for claim in resolver.resolve(coded, report_of(None)) if claim.time is not None]
    assert times
    for time in times:
        assert time.resolution is not None
        assert time.resolution.start is None
        assert time.resolution.reason


def test_what_is_resolved_already_is_let_be(resolver: Resolver, coded: list[Claim]) -> None:
    by_hand = ActorResolution("x", "Somebody Else")
    corrected = replace(coded[0], actors=(Participant(coded[0].actors[0].mention, by_hand),))
    assert resolver.resolve([corrected], report_of(None))[0].actors[0].resolution == by_hand


def test_resolving_twice_changes_nothing(resolver: Resolver, coded: list[Claim]) -> None:
    report = report_of(dt.date(2018, 4, 20))
    once = resolver.resolve(coded, report)
    assert resolver.resolve(once, report) == once
