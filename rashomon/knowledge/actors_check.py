"""Checks actors.yaml: each entry, what entries say of each other, and names that lead to two actors on one day."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actor_names import fold
from rashomon.knowledge.actor_words import ActorWords
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.actors_codes import ActorCodes
from rashomon.knowledge.actors_entries import Actor, Owner, Tenure, actor, pairs, pointed_at
from rashomon.knowledge.actors_index import NameIndex
from rashomon.knowledge.check_sheets import Sheet
from rashomon.knowledge.problem import Problem

_TABLES = ("sides", "actors", "owners", "elsewhere", "patterns", "seats")
_COUNTRY = re.compile(r"[A-Z]{2}")
_STATE = frozenset({"government", "military"})
_GAP = 366  # days that may lie between the end of an actor and the beginning of its successor

type _Follow = Callable[[Actor], str | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An actor, and where it stands."""

    actor: Actor
    sheet: Sheet
    path: tuple[str, int]

    def problem(self, text: str, remedy: str) -> Problem:
        return self.sheet.problem(self.path, text, remedy, entry=self.actor.id)


def check(sheets: Sequence[Sheet]) -> list[Problem]:
    """What is wrong with the actors of all layers.

    Args:
        sheets: the files of knowledge that can be read; those of other names are not looked at.
    """
    problems: list[Problem] = []
    known: dict[str, _Entry] = {}
    for sheet in (sheet for sheet in sheets if sheet.name == Actors.FILE):
        if not isinstance(sheet.content, dict):
            problems.append(sheet.problem((), "no list of actors", "Start it with `actors:`"))
            continue
        problems += [
            sheet.problem((key,), f"unknown key {key!r}", f"Use {', '.join(_TABLES)}")
            for key in sheet.content
            if key not in _TABLES
        ]
        problems += _read(sheet, known)
    actors = {actor_id: entry.actor for actor_id, entry in known.items()}
    words = _words(sheets)
    codes = _codes(sheets)
    sides = _sides(sheets)
    problems += _rules(sheets, sides)
    for entry in known.values():
        problems += _on_known_sides(entry, sides)
        problems += _single(entry, words, codes)
        problems += _relations(entry, actors)
    problems += _same_names(known)
    if words is not None:
        problems += _offices_twice(known)
        problems += _clashes(known, words, sheets)
    return problems


def _read(sheet: Sheet, known: dict[str, _Entry]) -> Iterator[Problem]:
    """Enters the actors of one file among those that are known; tells of those that cannot be."""
    seen: dict[str, int] = {}
    for number, row in enumerate(sheet.rows("actors")):
        path = ("actors", number)
        try:
            one = actor(row, sheet.file.path)
        except KnowledgeError as error:
            yield sheet.problem(path, error.what, error.remedy)
            continue
        if one.id in seen:
            text = f"the id stands twice, first in line {seen[one.id]}: only the second counts"
            yield sheet.problem(path, text, "Put both together, or give one another id", entry=one.id)
        seen[one.id] = sheet.line(path) or 0
        known[one.id] = _Entry(one, sheet, path)


# --- one entry ------------------------------------------------------------------------------------------------------


def _single(entry: _Entry, words: ActorWords | None, codes: ActorCodes | None) -> Iterator[Problem]:
    one = entry.actor
    if not one.arabic:
        yield entry.problem("no Arabic name", "Add `arabic:`")
    if one.country is not None and _COUNTRY.fullmatch(str(one.country)) is None:
        yield entry.problem(f"the country {one.country!r} is no ISO 3166-1 alpha-2 code", "Write it as SY")
    if one.kind in _STATE and not one.generic and one.country is None:
        yield entry.problem("a body of a state without `country`", "Add it, as SY")
    if one.kind == "armed_group" and not one.generic and not one.sides:
        yield entry.problem(
            "an armed group without `side`", "Add whose side it is on; a list with dates where it changed"
        )
    if one.offices and one.kind != "person":
        yield entry.problem("offices of somebody who is no person", "Give them to the person")
    if codes is not None:
        if one.inter is not None and str(one.inter) not in codes.known_inters:
            yield entry.problem(f"`inter` is {one.inter}", f"One of {', '.join(codes.known_inters)}")
        if one.sector is not None and one.sector not in codes.known_sectors:
            yield entry.problem(f"`sector` is {one.sector}", f"One of {', '.join(codes.known_sectors)}")
    for what, tenure in [
        ("`valid`", one.valid),
        *((f"the side {side.side!r}", side) for side in one.sides),
        *((f"the office {office.office!r}", office.held) for office in one.offices),
    ]:
        if tenure.start is not None and tenure.end is not None and tenure.end < tenure.start:
            yield entry.problem(
                f"{what} ends on {tenure.end} before it begins on {tenure.start}", "Mend one of the days"
            )
    for first, second in itertools.combinations(one.sides, 2):
        if first.overlaps(second):
            text = f"the sides {first.side!r} and {second.side!r} overlap in time"
            yield entry.problem(text, "End one on the day before the other begins")
    if words is not None:
        yield from _words_of(entry, words)


def _words_of(entry: _Entry, words: ActorWords) -> Iterator[Problem]:
    one = entry.actor
    for office in one.offices:
        if office.office not in words.offices:
            text = f"the office {office.office!r} is not among `offices` in {ActorWords.FILE}"
            yield entry.problem(text, "Add it there with the words for it, or mend the name")
    # Other spellings of romanised Arabic may stand in the file: people look for them.
    seen: dict[tuple[str, ...], str] = {}
    for text in (one.name, *one.aliases):
        exact = text.startswith("=") or text.isupper()
        key = (str(exact), *(word.folded for word in fold(text.removeprefix("="), {})))
        if len(key) == 1:
            yield entry.problem(f"nothing is left of the alias {text!r} without articles and signs", "Take it out")
        elif key in seen and text != seen[key] and one.kind != "people":
            yield entry.problem(
                f"the alias {text!r} is read like {seen[key]!r}: one is enough", "Take the second one out"
            )
        seen.setdefault(key, text)


# --- sides ----------------------------------------------------------------------------------------------------------


def _sides(sheets: Sequence[Sheet]) -> list[str]:
    """Every side that a layer lists; none where none lists any: then there is nothing to hold them against."""
    return [str(side) for sheet in sheets if sheet.name == Actors.FILE for side in sheet.rows("sides")]


def _on_known_sides(entry: _Entry, sides: Sequence[str]) -> Iterator[Problem]:
    for tenure in entry.actor.sides:
        if sides and tenure.side not in sides:
            yield entry.problem(f"unknown side {tenure.side!r}", _one_of_sides(sides))


def _rules(sheets: Sequence[Sheet], sides: Sequence[str]) -> Iterator[Problem]:
    """A rule of codes that asks for a side of another name fits nobody, in silence."""
    for sheet in sheets if sides else ():
        tables = sheet.content if sheet.name == ActorCodes.FILE and isinstance(sheet.content, dict) else {}
        for table, content in tables.items():
            for number, rule in enumerate(content.get("rules") or [] if isinstance(content, dict) else []):
                for side in rule.get("sides") or [] if isinstance(rule, dict) else []:
                    if side not in sides:
                        yield sheet.problem((table, "rules", number), f"unknown side {side!r}", _one_of_sides(sides))


def _one_of_sides(sides: Sequence[str]) -> str:
    return f"Use one of {', '.join(sides)}, or list it under `sides` in {Actors.FILE}"


# --- what entries say of each other ---------------------------------------------------------------------------------


def _relations(entry: _Entry, actors: Mapping[str, Actor]) -> Iterator[Problem]:
    one = entry.actor
    for target in pointed_at(one):
        if target not in actors:
            yield entry.problem(f"points at {target}, which is not there", "Add it, or mend the id")
    for name, follow in (("part of", _part_of), ("succeeded by", _successor)):
        if _in_a_circle(one, actors, follow):
            yield entry.problem(f"is {name} itself in the end", "Take one of the links out")
    later = actors.get(one.successor or "")
    if later is None:
        return
    if one.valid.end is None:
        yield entry.problem(f"has the successor {later.id}, but no day on which it ended", "Add `valid: {until: ...}`")
    elif later.valid.end is not None and later.valid.end < one.valid.end:
        text = f"its successor {later.id} ended on {later.valid.end}, before it did on {one.valid.end}"
        yield entry.problem(text, "Mend one of the days, or the successor")
    elif later.valid.start is not None and (later.valid.start - one.valid.end).days > 1 + _GAP:
        text = f"its successor {later.id} begins on {later.valid.start}, long after it ended on {one.valid.end}"
        yield entry.problem(text, "Mend one of the days, or the successor")


def _part_of(one: Actor) -> str | None:
    return one.part_of


def _successor(one: Actor) -> str | None:
    return one.successor


def _in_a_circle(one: Actor, actors: Mapping[str, Actor], follow: _Follow) -> bool:
    seen: set[str] = set()
    current: Actor | None = one
    while current is not None and current.id not in seen:
        seen.add(current.id)
        current = actors.get(follow(current) or "")
    return current is not None and current.id == one.id


def _same_names(known: Mapping[str, _Entry]) -> Iterator[Problem]:
    """Two actors of one neutral name cannot be told apart by anybody."""
    named: dict[str, _Entry] = {}
    for entry in known.values():
        name = entry.actor.name.casefold()
        if name in named:
            text = f"has the same name as {named[name].actor.id}: {entry.actor.name!r}"
            yield entry.problem(text, "Give one a fuller name, or put both together")
        named.setdefault(name, entry)


def _offices_twice(known: Mapping[str, _Entry]) -> Iterator[Problem]:
    """Two persons who held one office on one day."""
    held: dict[tuple[str, str], list[tuple[_Entry, Tenure]]] = {}
    for entry in known.values():
        for office in entry.actor.offices:
            key = (office.office, office.of)
            for other, tenure in held.get(key, ()):
                if tenure.overlaps(office.held):
                    text = f"holds the office {office.office} of {office.of} on days on which {other.actor.id} does too"
                    yield entry.problem(text, "End one on the day before the other begins")
            held.setdefault(key, []).append((entry, office.held))


def _clashes(known: Mapping[str, _Entry], words: ActorWords, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Names that lead to two actors who are both there on one day: only the first is ever found."""
    actors = {actor_id: entry.actor for actor_id, entry in known.items()}
    owners = [owner for owner in _owners(sheets) if owner[1].actor in actors]
    index = NameIndex(actors, owners, words.spellings, words.vocabulary, {})
    one_role = _same_role(sheets)
    for key, names in index.items():
        for first, second in itertools.combinations(names, 2):
            one, other = actors[first.owner.actor], actors[second.owner.actor]
            alike = first.capitals == second.capitals and first.written == second.written
            same = one.id == other.id or one.name.casefold() == other.name.casefold()  # told of already
            same = same or (one.id, other.id) in one_role
            if not same and alike and one.valid.overlaps(other.valid):
                text = f"the name {' '.join(key)!r} leads to {one.id} too, and both are there at one time"
                yield known[other.id].problem(text, "Take it from one of them, or write it out more fully")


def _same_role(sheets: Sequence[Sheet]) -> frozenset[tuple[str, str]]:
    """Actors of whom `elsewhere` puts one in the place of the other: the same word may mean both, by country."""
    files = (sheet.content for sheet in sheets if sheet.name == Actors.FILE)
    tables = [content.get("elsewhere") for content in files if isinstance(content, dict)]
    return frozenset(
        (str(role), str(there))
        for table in tables
        for roles in (table.values() if isinstance(table, dict) else ())
        for role, there in (roles.items() if isinstance(roles, dict) else ())
    )


def _owners(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Owner]]:
    for sheet in sheets:
        for row in sheet.rows("owners") if sheet.name == Actors.FILE else ():
            if isinstance(row, dict) and {"words", "actor"} <= row.keys():
                for word in row["words"]:
                    yield str(word), Owner(str(row["actor"]), pairs(row.get("arms")))


def _words(sheets: Sequence[Sheet]) -> ActorWords | None:
    """The word lists, or None where they have no form: other checks tell of that."""
    try:
        return ActorWords.of([sheet.file for sheet in sheets if sheet.name == ActorWords.FILE])
    except (KnowledgeError, AttributeError, TypeError):
        return None


def _codes(sheets: Sequence[Sheet]) -> ActorCodes | None:
    try:
        return ActorCodes.of([sheet.file for sheet in sheets if sheet.name == ActorCodes.FILE])
    except KnowledgeError:
        return None
