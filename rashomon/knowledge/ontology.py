"""The types of event, and their names in other people's forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers


class _TypeRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    family: str
    plover: str | None = None
    cameo: str | None = None
    acled: list[str] = []
    sides: str = "one"
    lost: bool = False
    movers: bool = False
    speech: bool = False
    is_: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event.

    Attributes:
        id: its name in claims and events.
        family: id of the family that readers see it under.
        meaning: one line for readers.
        plover, cameo, acled: its names in those forms; None or empty where they have none.
        two_sided: all sides are actors. holds_place: its object is a place and its targets are who lost it.
        movers: those who move are targets. speech: the speaker is the actor.
        order: its place in the ontology, which breaks ties.
    """

    id: str
    family: str
    meaning: str
    plover: str | None
    cameo: str | None
    acled: tuple[str, ...]
    two_sided: bool
    holds_place: bool
    movers: bool
    speech: bool
    order: int


class Ontology:
    """All types of event, in their order."""

    def __init__(self, types: list[EventType], families: dict[str, str], files: list[KnowledgeFile]) -> None:
        self._types = {kind.id: kind for kind in types}
        self.families = families
        self.files = files

    @classmethod
    def load(cls, layers: Layers) -> Ontology:
        """Reads ontology.yaml of every layer; a type of a later layer replaces the same type below it.

        Raises:
            KnowledgeError: a file is no ontology.
        """
        families: dict[str, str] = {}
        rows: dict[str, _TypeRow] = {}
        files = layers.files("ontology.yaml")
        for file in files:
            content = file.yaml()
            if not isinstance(content, dict):
                raise KnowledgeError("no mapping with `families` and `types`", where=file.path)
            families |= content.get("families") or {}
            for name, row in (content.get("types") or {}).items():
                try:
                    rows[name] = _TypeRow.model_validate({("is_" if k == "is" else k): v for k, v in row.items()})
                except (ValidationError, AttributeError) as error:
                    raise KnowledgeError(f"type {name}: {error}", where=file.path) from error
        types = [
            EventType(
                id=name,
                family=row.family,
                meaning=row.is_,
                plover=row.plover,
                cameo=row.cameo,
                acled=tuple(row.acled),
                two_sided=row.sides == "two",
                holds_place=row.lost,
                movers=row.movers,
                speech=row.speech,
                order=order,
            )
            for order, (name, row) in enumerate(rows.items())
        ]
        return cls(types, families, files)

    def __getitem__(self, name: str) -> EventType:
        return self._types[name]

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __iter__(self) -> Iterator[EventType]:
        return iter(self._types.values())

    def __len__(self) -> int:
        return len(self._types)
