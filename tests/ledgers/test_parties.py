"""Who is a party: somebody with a name, and no mere role, however it is written."""

from __future__ import annotations

import pytest

from rashomon.ledgers import Who
from rashomon.model import ActorResolution, Mention, Participant


@pytest.mark.parametrize(
    ("words", "nameless", "somebody"),
    [
        ("Redshirts", False, True),
        ("Ann Bo", False, True),
        ("al-Zeit Sports Club", False, True),
        ("gunmen", True, True),
        ("The Gunmen", True, True),
        ("Fighters", True, True),
        ("doctors", True, True),
        ("Young men", True, True),
        ("buses", True, False),
        ("They", True, False),
        ("[name]", True, False),
    ],
)
@pytest.mark.parametrize("resolved", [True, False], ids=["resolved", "unresolved"])
def test_a_role_stays_one_with_a_capital(who: Who, words: str, nameless: bool, somebody: bool, resolved: bool) -> None:
    resolution = ActorResolution(None, words, "no name, or a thing") if resolved else None
    (party,) = who.parties([Participant(Mention(words), resolution)], None)
    assert (party.nameless, party.somebody) == (nameless, somebody)
