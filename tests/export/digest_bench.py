"""What the tests of the digest share: its knowledge, and the digest of a few claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sample_view import OUTLETS, VIEW, claim, event, report, witnesses

from rashomon.export import MemoryView
from rashomon.export.digest import Asked, Digest, Kit, make_digest
from rashomon.export.digest.content import Line
from rashomon.knowledge.files import Layers
from rashomon.model import Claim, PlaceResolution, Report

DAY = dt.date(2018, 3, 12)
WHOLE = Asked(days=15)  # all of the sample that has a day


@cache
def kit() -> Kit:
    """The built-in knowledge, with the outlets of the sample."""
    built_in = Kit.load(Layers())
    return replace(built_in, ways=replace(built_in.ways, outlets=OUTLETS))


def of_sample(asked: Asked = WHOLE) -> Digest:
    return make_digest(VIEW, witnesses(), kit(), asked)


def reports_of(*outlets: str) -> tuple[Report, ...]:
    """One report of each outlet, 'r1' and so on, all of one day."""
    return tuple(
        report(f"r{number}", outlet, DAY.isoformat(), f"What {outlet} has", f"https://{outlet}.example/{number}")
        for number, outlet in enumerate(outlets, start=1)
    )


def of_claims(claims: Sequence[Claim], reports: Sequence[Report], where: PlaceResolution | None = None) -> Digest:
    """The digest of one event with these claims."""
    view = MemoryView(tuple(reports), tuple(claims), (event("e-one", claims[0].type, [c.id for c in claims], where),))
    return make_digest(view, witnesses(reports), kit())


def lines(digest: Digest) -> list[Line]:
    return [line for s in digest.sections for a in s.areas for g in a.groups for line in g.lines]


def told(digest: Digest) -> str:
    """All sentences of a digest, in their order."""
    return " ".join(text for line in lines(digest) for text in (*line.sentences, line.first) if text)


__all__ = ["DAY", "Asked", "claim", "kit", "lines", "of_claims", "of_sample", "reports_of", "told"]
