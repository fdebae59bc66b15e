"""What a digest holds, ready to be set in any form: plain values, no report's object in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rashomon.model import Profile


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One voice behind a line, with where its word stands.

    Attributes:
        name: who says so.
        told: to whom, where the reports say so; else empty.
        own: whether it is an outlet that speaks for itself.
        carried: each outlet that carries its word, with the numbers of its reports in `Digest.basis`; its own reports,
            and those of whom it spoke to, stand under an empty name.
    """

    name: str
    told: str
    own: bool
    carried: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the digest.

    Attributes:
        event: the event's id. short: as much of it as `rashomon event` needs.
        type, status: what it is, and what is mainly said of it (words of the codebook).
        sentences: who says what, the main sentence first.
        first: the sentence on when it was first reported, where that was before; else empty.
        sources: every voice behind it in the days of the digest.
        origins, outlets, reports: how many independent voices, outlets and reports of these days stand behind it.
        differing: what voices contradict each other about, in words; a total that a later one replaced is not among it.
    """

    event: str
    short: str
    type: str
    status: str
    sentences: tuple[str, ...]
    first: str
    sources: tuple[SourceNote, ...]
    origins: int
    outlets: int
    reports: int
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one sort in an area; the title is empty for the first sort."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A governorate, a country, or what is not known."""

    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What is said to have happened, to be planned, or not to have happened."""

    title: str
    anchor: str
    empty: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """A report that lines rest on; `copy_of` is the number of another one that carries the same text."""

    number: int
    report: str
    outlet: str
    title: str
    published: dt.date
    address: str
    copy_of: int | None = None

    @property
    def link(self) -> str:
        """The address where it is safe to follow, else nothing."""
        return self.address if self.address.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class OutletNote:
    """An outlet of the digest: whose view it is known to give (empty where not known), and how many of its reports."""

    name: str
    side: str
    reports: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of each.

    Attributes:
        reports: published in these days. outlets: that they are from. sides: outlets of which it is known whose view
            they give.
        events: that they speak of. corroborated: with two or more origins. contested: whose accounts exclude one
            another.
        silent: reports of these days with nothing in the digest. undated: reports of the store without a day of
            publication, which are in no digest.
    """

    reports: int
    outlets: int
    sides: int
    events: int
    corroborated: int
    contested: int
    silent: int
    undated: int


@dataclass(frozen=True, slots=True)
class Digest:
    """All of it; `first` and `last` are the days covered, both included, `area` what it was narrowed to or empty.

    `profile` says for whom it is.
    """

    first: dt.date
    last: dt.date
    area: str
    figures: Figures
    outlets: tuple[OutletNote, ...]
    sections: tuple[Section, ...]
    basis: tuple[Basis, ...]
    profile: Profile = Profile.INTERNAL
