"""What an event says of its claims, whom it counts, and how it keeps its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from rashomon.knowledge.ontology import Ontology
from rashomon.linking import Rules, in_words, link
from rashomon.linking.accounts import count_origins
from rashomon.linking.identity import identify
from rashomon.model import Claim, Event, Measure, Quantity, Witness

MakeClaim = Callable[..., Claim]


def values(event: Event, field: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(account.value, account.claims) for account in event.accounts if account.field == field]


def test_every_account_stands_with_the_claims_that_give_it(
    claim: MakeClaim, ontology: Ontology, witnesses: dict[str, Witness]
) -> None:
    a = claim(report="r1", actors=("Army",), killed=(40, None), name="a")
    b = claim(report="r2", actors=("Rebels",), killed=3, name="b")
    c = claim(report="r3", actors=("Army",), status="denied", name="c")
    (event,) = link([a, b, c], witnesses, (), ontology)
    assert values(event, "actors") == [("Army", ("a", "c")), ("Rebels", ("b",))]
    assert values(event, "quantities") == [("killed 3 (people)", ("b",)), ("killed at least 40 (people)", ("a",))]
    assert values(event, "status") == [("occurred", ("a", "b")), ("denied", ("c",))]
    assert values(event, "time") == [("2018-04-07", ("a", "b", "c"))]
    assert (event.start, event.end) == (dt.date(2018, 4, 7), dt.date(2018, 4, 7))
    assert event.place is not None
    assert event.place.gazetteer_id == "g1"


def test_the_type_is_what_most_say_and_the_place_is_the_most_exact(
    claim: MakeClaim, ontology: Ontology, witnesses: dict[str, Witness]
) -> None:
    claims = [
        claim("air_strike", report="r1", actors=("Army",), killed=6),
        claim("casualties", report="r2", actors=("Army",), killed=6),
        claim("casualties", report="r3", actors=("Army",), killed=6, place="Rif Dimashq"),
    ]
    (event,) = link(claims, witnesses, (), ontology)
    assert event.type == "casualties"
    assert event.place is not None
    assert event.place.name == "Douma"


def test_copies_of_one_text_are_one_origin(claim: MakeClaim, ontology: Ontology, witnesses: dict[str, Witness]) -> None:
    (event,) = link([claim(report=f"r{n}") for n in range(1, 5)], witnesses, (), ontology)
    assert (event.reports, event.outlets, event.origins) == (4, 4, 3)


@pytest.mark.parametrize(
    ("sources", "origins"),
    [
        ([("SOHR", "monitor")] * 3, 1),
        ([("SOHR", "monitor"), ("Syrian Observatory for Human Rights", "monitor"), ("the SOHR", "monitor")], 1),
        ([("activists", "activist")] * 3, 3),
        ([("a military source", "military")] * 3, 3),
        ([("the Russian military", "military"), ("Russian military", "military"), None], 2),
        ([("Outlet-R2", "media"), None, None], 2),
    ],
)
def test_origins_are_named_sources_and_else_texts(
    claim: MakeClaim,
    witnesses: dict[str, Witness],
    rules: Rules,
    sources: list[tuple[str, str] | None],
    origins: int,
) -> None:
    claims = [claim(report=f"r{n}", source=source) for n, source in enumerate(sources, start=1)]
    assert count_origins(claims, witnesses, rules) == origins


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (6, 6, "killed 6"),
        (10, 15, "killed 10 to 15"),
        (25, None, "killed at least 25"),
        (None, 80, "killed at most 80"),
    ],
)
def test_counts_in_words(low: int | None, high: int | None, words: str) -> None:
    assert in_words(Quantity(Measure.KILLED, "", low, high, "")) == words


# --- names that last ------------------------------------------------------------------------------------------------


@pytest.fixture
def former(claim: MakeClaim, ontology: Ontology, witnesses: dict[str, Witness]) -> Event:
    (event,) = link([claim(report="r1", name="a"), claim(report="r2", name="b")], witnesses, (), ontology)
    return event


def test_an_event_keeps_its_id_when_claims_join_it(
    claim: MakeClaim, ontology: Ontology, witnesses: dict[str, Witness], former: Event
) -> None:
    claims = [claim(report="r1", name="a"), claim(report="r2", name="b"), claim(report="r3", name="c")]
    (event,) = link(claims, witnesses, (), ontology, [former])
    assert event.id == former.id
    (fresh,) = link(claims, witnesses, (), ontology)
    assert fresh.id != former.id


def test_merged_events_leave_their_ids_as_aliases(former: Event) -> None:
    other = replace(former, id="e-other", claims=("c",), aliases=("e-older",))
    (identity,) = identify([["a", "b", "c"]], [other, former])
    assert (identity.id, identity.aliases) == (former.id, ("e-older", "e-other"))


def test_a_split_event_goes_on_where_most_of_its_claims_are(former: Event) -> None:
    whole = replace(former, claims=("a", "b", "c"))
    rest, most = identify([["c"], ["a", "b"]], [whole])
    assert most.id == former.id
    assert rest.id != former.id
    halves = identify([["a"], ["b"]], [former])
    assert former.id not in {identity.id for identity in halves}


def test_no_two_events_share_an_id(former: Event) -> None:
    """The event of a and b has moved on to other claims under its id; a and b come together again."""
    moved = replace(former, claims=("x", "y", "z"))
    first, second = identify([["a", "b"], ["x", "y", "z"]], [moved])
    assert second.id == former.id
    assert first.id != former.id
