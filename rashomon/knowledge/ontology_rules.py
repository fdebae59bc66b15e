"""Rules of ontology.yaml: what an event is called in another form, where that depends on more than its type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from rashomon.model import Status

NONE = "none"  # a rule's answer where the other form has no name for it


class Party(StrEnum):
    """Sorts of party, as ACLED tells them apart, and those who fight for the state besides."""

    STATE = "state"
    STATE_ALLIES = "allies of the state"
    REBELS = "rebels"
    MILITIA = "militia"
    COMMUNAL_MILITIA = "communal militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules can ask about a claim or an event.

    Attributes:
        actors: what sorts of party do it.
        targets: to what sorts of party it is done.
        words: its trigger and its weapons, in any case.
        status: how it stands.
        killed: whether somebody died in it.
    """

    actors: frozenset[Party] = frozenset()
    targets: frozenset[Party] = frozenset()
    words: tuple[str, ...] = ()
    status: Status = Status.OCCURRED
    killed: bool = False


class _When(BaseModel):
    model_config = ConfigDict(extra="forbid")
    actors: list[Party] = Field([], min_length=1)
    targets: list[Party] = Field([], min_length=1)
    words: list[str] = Field([], min_length=1)
    status: list[Status] = Field([], min_length=1)
    killed: bool | None = None


class RuleRow(BaseModel):
    """A rule as it stands in the file."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    when: _When | None = None
    is_: str = Field(alias="is", min_length=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what an event is called where all conditions hold.

    Attributes:
        name: what it is called then.
        actors, targets, statuses: any one of these; empty where anything will do.
        words: any one of these; None where anything will do.
        killed: whether somebody died; None where that does not matter.
    """

    name: str
    actors: frozenset[Party] = frozenset()
    targets: frozenset[Party] = frozenset()
    words: re.Pattern[str] | None = None
    statuses: frozenset[Status] = frozenset()
    killed: bool | None = None

    @property
    def always(self) -> bool:
        """Whether it holds whatever the facts."""
        return not (self.actors or self.targets or self.words or self.statuses) and self.killed is None

    def holds(self, facts: Facts) -> bool:
        """Whether all its conditions hold."""
        return (
            (not self.actors or bool(self.actors & facts.actors))
            and (not self.targets or bool(self.targets & facts.targets))
            and (self.words is None or any(self.words.search(words) for words in facts.words))
            and (not self.statuses or facts.status in self.statuses)
            and (self.killed is None or self.killed == facts.killed)
        )


def rules_of(rows: Sequence[RuleRow]) -> tuple[Rule, ...]:
    """The rules of these rows, ready to be asked."""
    return tuple(_rule(row) for row in rows)


def decide(rules: Sequence[Rule], facts: Facts) -> str | None:
    """What the first rule that holds says; None where none does, or where it says that there is no name."""
    name = next((rule.name for rule in rules if rule.holds(facts)), NONE)
    return None if name == NONE else name


def faults(rules: Sequence[Rule]) -> Iterator[str]:
    """What is wrong with the order of rules, in words: rules that are never reached, no rule for the rest."""
    ends = next((number for number, rule in enumerate(rules) if rule.always), None)
    if ends is None and rules:
        yield "no rule for what none of the conditions fits: the last one needs to stand without `when`"
    if ends is not None and ends + 1 < len(rules):
        yield f"rule {ends + 2} is never reached: the one before it has no `when`"


def _rule(row: RuleRow) -> Rule:
    when = row.when or _When.model_construct()
    return Rule(
        name=row.is_,
        actors=frozenset(when.actors),
        targets=frozenset(when.targets),
        words=_any_of(when.words) if when.words else None,
        statuses=frozenset(when.status),
        killed=when.killed,
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Whole words in any case; a star at the end stands for any ending."""
    bodies = [re.escape(word.removesuffix("*")).replace(r"\ ", r"[\s-]+") + ("" if word.endswith("*") else r"\b")
              for word in words]  # fmt: skip
    return re.compile(rf"\b(?:{'|'.join(bodies)})", re.IGNORECASE)


def as_rules(value: Any) -> Any:  # noqa: ANN401 - as it comes from YAML; checked by RuleRow
    """A name alone stands for a rule without conditions."""
    if isinstance(value, str):
        return [{"is": value}]
    return value
