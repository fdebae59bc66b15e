"""Which codes of other data sets an actor has by its kind and side: ACLED's `inter`, PLOVER's sector."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actors_entries import KINDS, Actor
from rashomon.knowledge.files import KnowledgeFile, Layers

_KEYS = frozenset({"kinds", "sides", "generic", "abroad", "code"})


@dataclass(frozen=True, slots=True)
class CodeRule:
    """The code of all actors that fit; what is None or empty is not asked for.

    Attributes:
        code: the code.
        kinds: the actor is of one of these kinds.
        sides: it is on one of these sides that day.
        generic: whether it is a role rather than somebody in particular.
        abroad: whether the event is in another country than the actor's own.
    """

    code: str
    kinds: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    generic: bool | None = None
    abroad: bool | None = None

    def fits(self, actor: Actor, where: str | None, day: dt.date | None) -> bool:
        """Whether the rule speaks of this actor."""
        abroad = where is not None and actor.country is not None and where != actor.country
        return (
            (not self.kinds or actor.kind in self.kinds)
            and (not self.sides or actor.side(day) in self.sides)
            and (self.generic is None or actor.generic == self.generic)
            and (self.abroad is None or abroad == self.abroad)
        )


@dataclass(frozen=True, slots=True)
class ActorCodes:
    """The rules of data/actor_codes.yaml, each list read from the top; what an actor's own entry says goes before.

    Attributes:
        inters, sectors: the rules.
        known_inters, known_sectors: every code that there is.
    """

    FILE: ClassVar[str] = "actor_codes.yaml"

    inters: tuple[CodeRule, ...]
    sectors: tuple[CodeRule, ...]
    known_inters: tuple[str, ...]
    known_sectors: tuple[str, ...]

    @classmethod
    def load(cls, layers: Layers) -> ActorCodes:
        """Reads the rules of every layer; those of a later file are asked before those of an earlier one.

        Raises:
            KnowledgeError: the file is missing or not of its form.
        """
        return cls.of(layers.files(cls.FILE))

    @classmethod
    def of(cls, files: Sequence[KnowledgeFile]) -> ActorCodes:
        """The rules of these files, lowest layer first.

        Raises:
            KnowledgeError: there is none, or one is not of its form.
        """
        if not files:
            raise KnowledgeError("no rules for the codes of actors", where=cls.FILE, remedy="Install the package anew")
        found: dict[str, list[CodeRule]] = {"inter": [], "sector": []}
        known: dict[str, list[str]] = {"inter": [], "sector": []}
        for file in files:
            content = file.yaml()
            if not isinstance(content, dict) or not all(isinstance(content.get(name) or {}, dict) for name in found):
                raise KnowledgeError("no rules", where=file.path, remedy="Take the built-in file as an example")
            for name in found:
                part = content.get(name) or {}
                known[name] += [str(code) for code in part.get("codes") or {}]
                found[name] = [_rule(rule, file.path) for rule in part.get("rules") or []] + found[name]
        for name, rules in found.items():
            for rule in rules:
                if rule.code not in known[name]:
                    raise KnowledgeError(
                        f"a rule for {name} gives the code {rule.code}, which is not one of `codes`",
                        where=files[-1].path,
                        remedy="Mend the rule, or add the code",
                    )
        return cls(tuple(found["inter"]), tuple(found["sector"]), tuple(known["inter"]), tuple(known["sector"]))

    def inter(self, actor: Actor, where: str | None, day: dt.date | None) -> int:
        """ACLED's code; 0 where no rule fits."""
        return actor.inter if actor.inter is not None else int(_first(self.inters, actor, where, day) or 0)

    def sector(self, actor: Actor, day: dt.date | None) -> str:
        """PLOVER's code; UNK where no rule fits."""
        return actor.sector if actor.sector is not None else _first(self.sectors, actor, None, day) or "UNK"


def _first(rules: Sequence[CodeRule], actor: Actor, where: str | None, day: dt.date | None) -> str | None:
    return next((rule.code for rule in rules if rule.fits(actor, where, day)), None)


def _rule(entry: Any, path: Path) -> CodeRule:  # noqa: ANN401 - as it comes from YAML
    if not isinstance(entry, dict) or "code" not in entry or entry.keys() - _KEYS:
        raise KnowledgeError(f"not a rule: {entry}", where=path, remedy=f"Its keys are {', '.join(sorted(_KEYS))}")
    kinds = frozenset(entry.get("kinds") or ())
    if kinds - KINDS:
        raise KnowledgeError(
            f"a rule for no known kind: {', '.join(sorted(kinds - KINDS))}",
            where=path,
            remedy=f"One of: {', '.join(sorted(KINDS))}",
        )
    return CodeRule(
        str(entry["code"]), kinds, frozenset(entry.get("sides") or ()), entry.get("generic"), entry.get("abroad")
    )
