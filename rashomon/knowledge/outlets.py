"""The outlets that reports come from: their names, hosts and sides, as data/outlets.yaml describes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers

FILE = "outlets.yaml"
DAY_ORDERS = ("dmy", "mdy", "ymd")
KINDS = ("newspaper", "agency", "broadcaster", "website", "monitor", "political body", "blog")
_LISTS = ("aliases", "side_source", "languages", "hosts", "marks")
_FIELDS = frozenset({"id", "name", "country", "side", "owner", "kind", "day_order", "example", *_LISTS})
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes reports. Nothing here changes how a report is coded; it is shown beside what the outlet says.

    Attributes:
        id: short name, as in `Report.outlet`.
        name: the full name.
        aliases: other names, as inputs and other outlets write them.
        country: ISO 3166-1 alpha-2 of where it is published, or None.
        side: whose view it is known to give, in neutral words; empty where that is not known.
        side_source: what that rests on: addresses or titles.
        owner: who owns or pays for it, or None where that is not known.
        kind: one of `KINDS`.
        languages: ISO 639-1 codes of the languages that it publishes in.
        hosts: hosts of its addresses, without 'www.'.
        marks: words by which a page of it names itself ('SMART' in the line 'Rif Dimashq - SMART').
        day_order: how it writes dates in figures: one of `DAY_ORDERS`, or None.
        example: whether it was invented for the example reports.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    side: str = ""
    owner: str | None = None
    kind: str = "website"
    hosts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    day_order: str | None = None
    example: bool = False
    side_source: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def fold(name: str) -> str:
    """`name` without case, accents, punctuation and spaces, so that 'Al-Masdar News' finds 'al masdar news'."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(char for char in decomposed if not unicodedata.combining(char)))


@dataclass(frozen=True, slots=True)
class Outlets:
    """All known outlets, to be looked up by id, name, alias or address."""

    by_id: dict[str, Outlet]
    unknown: frozenset[str] = frozenset()
    _by_name: dict[str, str] = field(default_factory=dict)
    _by_host: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, layers: Layers) -> Outlets:
        """Reads outlets.yaml of every layer; a later layer's outlet replaces the one of the same id.

        Raises:
            KnowledgeError: a file is broken, or two outlets claim one name or host.
        """
        by_id: dict[str, Outlet] = {}
        unknown: set[str] = set()
        for file in layers.files(FILE):
            content = content_of(file)
            unknown |= {fold(str(word)) for word in content.get("unknown") or ()}
            for row, example in rows_of(content):
                _refuse(row, file)
                by_id[str(row["id"])] = outlet_of(row, example=example)
        return cls.of(by_id.values(), unknown)

    @classmethod
    def of(cls, outlets: Iterable[Outlet], unknown: Iterable[str] = ()) -> Outlets:
        """The given outlets, ready to be looked up; `unknown` are folded words that stand for no outlet at all.

        Raises:
            KnowledgeError: two outlets claim one name or host.
        """
        by_id = {outlet.id: outlet for outlet in outlets}
        for clash in clashes(by_id.values()):
            raise KnowledgeError(str(clash), where=FILE, remedy="Take it from one of them")
        names = {
            fold(name): outlet.id for outlet in by_id.values() for name in (outlet.id, outlet.name, *outlet.aliases)
        }
        hosts = {host.lower(): outlet.id for outlet in by_id.values() for host in outlet.hosts}
        return cls(by_id, frozenset(unknown), names, hosts)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self.by_id.values())

    def get(self, outlet_id: str | None) -> Outlet | None:
        """The outlet with this id, or None."""
        return None if outlet_id is None else self.by_id.get(outlet_id)

    def find(self, name: str) -> Outlet | None:
        """The outlet that goes by `name` (id, full name or alias, in any case and punctuation), or None."""
        return self.get(self._by_name.get(fold(name)))

    def at(self, address: str) -> Outlet | None:
        """The outlet whose host, or a parent of it, `address` (a URL or a bare host) is on, or None."""
        host = (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")
        while host:
            if host in self._by_host:
                return self.get(self._by_host[host])
            _, _, host = host.partition(".")
        return None

    def resolve(self, given: str | None, address: str | None = None) -> str | None:
        """What to keep as a report's outlet: the id where it is known, else the name as given, else None.

        Words such as 'unknown' count as not given; then the address decides.
        """
        name = (given or "").strip()
        if name and fold(name) not in self.unknown:
            known = self.find(name) or (self.at(name) if "." in name and " " not in name else None)
            return known.id if known else name
        known = self.at(address) if address else None
        return known.id if known else None


@dataclass(frozen=True, slots=True)
class Clash:
    """A name or a host that two outlets claim; as text, a sentence."""

    what: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.what} belongs to two outlets, {self.first} and {self.second}"


def clashes(outlets: Iterable[Outlet]) -> Iterator[Clash]:
    """Names and hosts that two outlets claim."""
    names: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for outlet in outlets:
        claims = [(names, fold(name), f"the name {name!r}") for name in (outlet.id, outlet.name, *outlet.aliases)]
        claims += [(hosts, host.lower(), f"the host {host!r}") for host in outlet.hosts]
        for table, key, what in claims:
            if table.setdefault(key, outlet.id) != outlet.id:
                yield Clash(what, table[key], outlet.id)


def content_of(file: KnowledgeFile) -> dict[str, Any]:
    """The file as a mapping.

    Raises:
        KnowledgeError: it is none.
    """
    content = file.yaml()
    if not isinstance(content, dict):
        raise KnowledgeError("not a mapping", where=file.path, remedy="Write `outlets:` with a list under it")
    return content


def rows_of(content: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
    """Each row of a file, and whether it was invented for the examples."""
    yield from ((row, False) for row in content.get("outlets") or ())
    yield from ((row, True) for row in content.get("examples") or ())


def faults(row: object) -> Iterator[tuple[str, str]]:
    """What is wrong with the form of a row: what, and the remedy."""
    if not isinstance(row, dict) or not row.get("id") or not row.get("name"):
        yield f"an outlet needs `id` and `name`: {row!r}", "Give it both"
        return
    if extra := sorted(set(map(str, row)) - _FIELDS):
        yield f"unknown fields: {', '.join(extra)}", f"The fields are {', '.join(sorted(_FIELDS))}"
    order, kind, country = row.get("day_order"), row.get("kind", "website"), row.get("country")
    if order is not None and order not in DAY_ORDERS:
        yield f"day_order {order!r}", f"Use {', '.join(DAY_ORDERS)}"
    if kind not in KINDS:
        yield f"kind {kind!r}", f"Use {', '.join(KINDS)}"
    if country is not None and not _COUNTRY.fullmatch(str(country)):
        yield f"country {country!r}", "Use the two capitals of ISO 3166-1 ('NO' in quotes)"
    for name in _LISTS:
        if not isinstance(row.get(name) or [], list):
            yield f"{name} is no list", f"Write {name}: [one, two]"
    for language in _listed(row, "languages"):
        if not _LANGUAGE.fullmatch(str(language)):
            yield f"language {language!r}", "Use codes of ISO 639-1, as in [ar, en] ('no' in quotes)"


def _refuse(row: object, file: KnowledgeFile) -> None:
    """Raises a KnowledgeError that names the first fault of a row, if it has one."""
    for what, remedy in faults(row):
        known = f"outlet {row['id']!r}: " if isinstance(row, dict) and row.get("id") else ""
        raise KnowledgeError(known + what, where=file.path, remedy=remedy)


def outlet_of(row: dict[str, Any], *, example: bool) -> Outlet:
    """The outlet of a row that has no faults."""
    return Outlet(
        id=str(row["id"]),
        name=str(row["name"]),
        aliases=_words(row, "aliases"),
        country=_text(row.get("country")),
        side=" ".join(str(row.get("side") or "").split()),
        owner=_text(row.get("owner")),
        kind=str(row.get("kind", "website")),
        hosts=_words(row, "hosts"),
        marks=_words(row, "marks"),
        day_order=row.get("day_order"),
        example=example or bool(row.get("example")),
        side_source=_words(row, "side_source"),
        languages=_words(row, "languages"),
    )


def _text(value: object) -> str | None:
    return None if value is None else " ".join(str(value).split())


def _listed(row: dict[str, Any], name: str) -> list[Any]:
    value = row.get(name) or []
    return value if isinstance(value, list) else []


def _words(row: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(word) for word in _listed(row, name))
