"""Rows of features: what the trees look at, by name.

A value is a number, a truth or a word; what is not in a row is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Value = float | bool | str
Features = dict[str, Value]
"""Features by name. No feature says who somebody is or which outlet tells it."""


@dataclass(slots=True)
class ArgumentRow:
    """Something that may be an argument of one candidate.

    Attributes:
        at: the number of the mention that would be quoted.
        members: the numbers of all its mentions that were looked at.
        key: what it means: two rows of one key would be one argument.
    """

    at: int | None
    members: tuple[int, ...]
    key: object
    features: Features = field(default_factory=dict)


def clipped(value: float, least: float, most: float) -> float:
    """The value, held between two bounds."""
    return max(least, min(most, value))
