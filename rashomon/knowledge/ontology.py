"""The types of event and how a claim's event stands, with their names in other people's forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.knowledge.ontology_rules import Facts, Party, Rule, RuleRow, as_rules, decide, rules_of
from rashomon.model import Status

__all__ = ["EventType", "Facts", "Forms", "Ontology", "Party", "PloverName", "StatusMeaning"]

FILE = "ontology.yaml"
_Rules = Annotated[list[RuleRow], BeforeValidator(as_rules)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _PloverRow(_Row):
    event: str
    mode: _Rules = []
    contexts: list[str] = []


class TypeRow(_Row):
    """A type as it stands in the file."""

    family: str
    is_: str = Field("", alias="is")
    sides: Literal["one", "two"] = "one"
    lost: bool = False
    movers: bool = False
    speech: bool = False
    cameo: str | None = None
    plover: _PloverRow | None = None
    acled: _Rules = []


class StatusRow(_Row):
    """A status as it stands in the file."""

    is_: str = Field(alias="is")
    plover: str | None = None


class FormsRow(_Row):
    """What other forms know, as it stands in the file."""

    plover: dict[str, list[str]] = {}
    plover_contexts: list[str] = []
    plover_auxiliary: list[str] = []
    acled: dict[str, list[str]] = {}
    cameo: list[str] = []


class OntologyRow(_Row):
    """The whole file."""

    families: dict[str, str] = {}
    statuses: dict[Status, StatusRow] = {}
    types: dict[str, TypeRow] = {}
    forms: FormsRow = FormsRow()


@dataclass(frozen=True, slots=True)
class PloverName:
    """What PLOVER calls an event: its event, the mode where it has one, and the contexts."""

    event: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event.

    Attributes:
        id: its name in claims and events.
        family: id of the family that readers see it under.
        meaning: one line for readers.
        plover: PLOVER's event for it, or None. plover_mode, plover_contexts: what belongs to it.
        cameo: CAMEO's root, or None.
        acled: the rules for ACLED's sub-event; empty where ACLED has no such event.
        two_sided: all sides are actors. holds_place: its object is a place and its targets are who lost it.
        movers: those who move are targets. speech: the speaker is the actor.
        order: its place in the ontology, which breaks ties.
    """

    id: str
    family: str
    meaning: str
    plover: str | None
    plover_mode: tuple[Rule, ...]
    plover_contexts: tuple[str, ...]
    cameo: str | None
    acled: tuple[Rule, ...]
    two_sided: bool
    holds_place: bool
    movers: bool
    speech: bool
    order: int


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """What a status means, and PLOVER's auxiliary mode for it (None where it needs none)."""

    id: Status
    meaning: str
    plover: str | None = None


@dataclass(frozen=True, slots=True)
class Forms:
    """What other people's forms know: PLOVER's events with their modes, ACLED's event types with their sub-events."""

    plover: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plover_contexts: tuple[str, ...] = ()
    plover_auxiliary: tuple[str, ...] = ()
    acled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cameo: tuple[str, ...] = ()

    def acled_event(self, sub_event: str) -> str | None:
        """ACLED's event type that a sub-event belongs to ('Battles' for 'Armed clash'), or None."""
        return next((event for event, subs in self.acled.items() if sub_event in subs), None)


class Ontology:
    """All types of event, in their order, and all statuses."""

    def __init__(
        self,
        types: list[EventType],
        families: dict[str, str],
        files: list[KnowledgeFile],
        statuses: Mapping[Status, StatusMeaning],
        forms: Forms,
    ) -> None:
        self._types = {kind.id: kind for kind in types}
        self.families = families
        self.files = files
        self.statuses = statuses
        self.forms = forms

    @classmethod
    def load(cls, layers: Layers) -> Ontology:
        """Reads ontology.yaml of every layer; a type or status of a later layer replaces the same one below it.

        Raises:
            KnowledgeError: a file is no ontology.
        """
        families: dict[str, str] = {}
        rows: dict[str, TypeRow] = {}
        statuses: dict[Status, StatusMeaning] = {}
        forms = FormsRow()
        files = layers.files(FILE)
        for file in files:
            content = read(file)
            families |= content.families
            rows |= content.types
            for status, row in content.statuses.items():
                statuses[status] = StatusMeaning(status, row.is_, row.plover)
            forms = together(forms, content.forms)
        types = [_event_type(name, row, order) for order, (name, row) in enumerate(rows.items())]
        return cls(types, families, files, statuses, _forms(forms))

    def acled(self, name: str, facts: Facts) -> str | None:
        """ACLED's sub-event for an event of a type.

        Args:
            name: the type's id.
            facts: what the type's rules may ask.

        Returns:
            One of `forms.acled`; None where ACLED has no such event ('control', running totals).

        Raises:
            KeyError: the ontology has no such type.
        """
        return decide(self._types[name].acled, facts)

    def plover(self, name: str, facts: Facts) -> PloverName | None:
        """PLOVER's event, mode and contexts for an event of a type, or None where PLOVER has no such event.

        Raises:
            KeyError: the ontology has no such type.
        """
        kind = self._types[name]
        if kind.plover is None:
            return None
        return PloverName(kind.plover, decide(kind.plover_mode, facts), kind.plover_contexts)

    def __getitem__(self, name: str) -> EventType:
        return self._types[name]

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __iter__(self) -> Iterator[EventType]:
        return iter(self._types.values())

    def __len__(self) -> int:
        return len(self._types)


def read(file: KnowledgeFile) -> OntologyRow:
    """One file of the ontology, checked for its form.

    Raises:
        KnowledgeError: it has another one; the message names the entry.
    """
    content: Any = file.yaml()
    if not isinstance(content, dict):
        raise KnowledgeError("no mapping with `families` and `types`", where=file.path, remedy="Start it with `types:`")
    try:
        return OntologyRow.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " > ".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{where}: {first['msg']}", where=file.path, remedy="Mend this entry") from error


def _event_type(name: str, row: TypeRow, order: int) -> EventType:
    plover = row.plover
    return EventType(
        id=name,
        family=row.family,
        meaning=row.is_,
        plover=plover.event if plover else None,
        plover_mode=rules_of(plover.mode) if plover else (),
        plover_contexts=tuple(plover.contexts) if plover else (),
        cameo=row.cameo,
        acled=rules_of(row.acled),
        two_sided=row.sides == "two",
        holds_place=row.lost,
        movers=row.movers,
        speech=row.speech,
        order=order,
    )


def together(below: FormsRow, above: FormsRow) -> FormsRow:
    """Both layers: names of the upper one are added."""
    return FormsRow(
        plover=below.plover | above.plover,
        plover_contexts=below.plover_contexts + above.plover_contexts,
        plover_auxiliary=below.plover_auxiliary + above.plover_auxiliary,
        acled=below.acled | above.acled,
        cameo=below.cameo + above.cameo,
    )


def _forms(row: FormsRow) -> Forms:
    return Forms(
        plover={event: tuple(modes) for event, modes in row.plover.items()},
        plover_contexts=tuple(row.plover_contexts),
        plover_auxiliary=tuple(row.plover_auxiliary),
        acled={event: tuple(subs) for event, subs in row.acled.items()},
        cameo=tuple(row.cameo),
    )
