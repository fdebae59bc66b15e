"""One entry of data/actors.yaml as it is written there: actors with their sides, names and dated offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile

KINDS = frozenset(
    [
        "government",
        "military",
        "armed_group",
        "coalition",
        "political",
        "monitor",
        "ngo",
        "rescue",
        "un",
        "media",
        "person",
        "people",
        "object",
    ]
)
_ARMED = frozenset({"armed_group", "military", "coalition"})
_KEYS = frozenset(
    [
        "id",
        "name",
        "arabic",
        "kind",
        "generic",
        "side",
        "country",
        "part_of",
        "valid",
        "successor",
        "aliases",
        "arms",
        "may_be",
        "offices",
        "inter",
        "sector",
    ]
)


@dataclass(frozen=True, slots=True)
class Tenure:
    """Whose side an actor is on, and from when until when (both included; None where open)."""

    side: str
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether it holds on that day; an unknown day contradicts nothing."""
        return day is None or ((self.start is None or self.start <= day) and (self.end is None or day <= self.end))

    def overlaps(self, other: Tenure) -> bool:
        """Whether there is a day on which both hold."""
        before = self.end is not None and other.start is not None and self.end < other.start
        after = other.end is not None and self.start is not None and other.end < self.start
        return not before and not after


@dataclass(frozen=True, slots=True)
class Office:
    """What a person is or was: 'foreign-minister' of an actor, from when until when.

    Attributes:
        office: a key of `offices` in lexicon/actor_words.yaml.
        of: the id of the state or body.
        held: when.
    """

    office: str
    of: str
    held: Tenure


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of data/actors.yaml; see the head of that file for what the attributes mean."""

    id: str
    name: str
    kind: str
    generic: bool = False
    sides: tuple[Tenure, ...] = ()
    country: str | None = None
    part_of: str | None = None
    valid: Tenure = field(default_factory=lambda: Tenure(""))
    successor: str | None = None
    aliases: tuple[str, ...] = ()
    arms: tuple[tuple[str, str], ...] = ()
    arabic: str = ""
    may_be: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    inter: int | None = None
    sector: str | None = None

    def side(self, day: dt.date | None = None) -> str | None:
        """The side that it is on that day, or None where the file names none."""
        return next((tenure.side for tenure in self.sides if tenure.holds(day)), None)

    @property
    def armed(self) -> bool:
        """Whether it fights."""
        return self.kind in _ARMED


@dataclass(frozen=True, slots=True)
class Owner:
    """What a name in a phrase leads to: the actor itself, or one of its arms where the phrase's head noun says so."""

    actor: str
    arms: tuple[tuple[str, str], ...] = ()

    def arm(self, classes: Iterable[str]) -> str:
        """The actor that a head noun of one of the classes means, the first that is listed."""
        listed = dict(self.arms)
        return next((listed[name] for name in classes if name in listed), self.actor)


def entries(file: KnowledgeFile) -> Mapping[str, Any]:
    """The top-level keys of an actors file.

    Raises:
        KnowledgeError: it has none.
    """
    content = file.yaml()
    if not isinstance(content, dict):
        raise KnowledgeError("no list of actors", where=file.path, remedy="Start it with `actors:`")
    return content


def actor(entry: Any, path: Path) -> Actor:  # noqa: ANN401 - as it comes from YAML
    """One entry of `actors`.

    Raises:
        KnowledgeError: it is not of its form; the message names the file, the entry and what to mend.
    """
    if not isinstance(entry, dict) or not {"id", "name", "kind"} <= entry.keys():
        raise KnowledgeError(f"an actor without id, name or kind: {entry}", where=path, remedy="Add what is missing")
    unknown = sorted(str(key) for key in entry.keys() - _KEYS)
    if unknown:
        raise KnowledgeError(
            f"actor {entry['id']} has an unknown key: {', '.join(unknown)}",
            where=path,
            remedy="Mend its spelling; the head of the built-in actors.yaml says which there are",
        )
    if entry["kind"] not in KINDS:
        raise KnowledgeError(
            f"actor {entry['id']} is of no known kind: {entry['kind']}",
            where=path,
            remedy=f"One of: {', '.join(sorted(KINDS))}",
        )
    sides = entry.get("side")
    if isinstance(sides, str):
        sides = [{"side": sides}]
    return Actor(
        id=str(entry["id"]),
        name=str(entry["name"]),
        kind=str(entry["kind"]),
        generic=bool(entry.get("generic", False)),
        sides=tuple(_tenure(side, path, str(side["side"])) for side in sides or []),
        country=entry.get("country"),
        part_of=entry.get("part_of"),
        valid=_tenure(entry.get("valid") or {}, path),
        successor=entry.get("successor"),
        aliases=tuple(str(alias) for alias in entry.get("aliases") or []),
        arms=pairs(entry.get("arms")),
        arabic=str(entry.get("arabic") or ""),
        may_be=tuple(str(other) for other in entry.get("may_be") or []),
        offices=tuple(_office(office, str(entry["id"]), path) for office in entry.get("offices") or []),
        inter=entry.get("inter"),
        sector=entry.get("sector"),
    )


def pairs(arms: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """The arms of an entry."""
    return tuple((str(name), str(target)) for name, target in (arms or {}).items())


def pointed_at(one: Actor) -> list[str]:
    """The ids that an actor points at: what it is part of, became, has, may be, holds office in."""
    single = [target for target in (one.part_of, one.successor) if target is not None]
    return [*single, *(target for _, target in one.arms), *one.may_be, *(office.of for office in one.offices)]


def _office(entry: Any, owner: str, path: Path) -> Office:  # noqa: ANN401 - as it comes from YAML
    if not isinstance(entry, dict) or not {"office", "of"} <= entry.keys():
        raise KnowledgeError(
            f"actor {owner} has an office without `office` or `of`: {entry}", where=path, remedy="Add what is missing"
        )
    return Office(str(entry["office"]), str(entry["of"]), _tenure(entry, path))


def _tenure(entry: Mapping[str, Any], path: Path, side: str = "") -> Tenure:
    return Tenure(side, _day(entry.get("from"), path), _day(entry.get("until"), path))


def _day(value: Any, path: Path) -> dt.date | None:  # noqa: ANN401 - as it comes from YAML
    if value is None or isinstance(value, dt.date):
        return value
    raise KnowledgeError(f"not a day: {value}", where=path, remedy="Write it as 2016-07-28")
