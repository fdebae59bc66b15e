"""What reading is told and what it hands back besides reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rashomon.errors import SettingsError
from rashomon.knowledge.files import Layers

FIELDS = ("id", "outlet", "published", "title", "text", "address")
MAX_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    Attributes:
        columns: for a CSV (and JSON with other keys): which column holds which of `FIELDS`; what is not named is looked
            up under its usual names.
        day_order: order of day and month in dates in figures that come with the input: 'dmy', 'mdy', or None to tell
            it from the whole column and from the outlet.
        max_characters: a report with more is refused: parsing time and memory grow with it.
        layers: the folders of knowledge that hold datelines.yaml, furniture.yaml and languages.yaml.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    day_order: str | None = None
    max_characters: int = MAX_CHARACTERS
    layers: Layers = field(default_factory=Layers)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the input that was not read, or was read with something to tell about it.

    Attributes:
        where: the file, '-' for the standard input.
        line: the line in it, counted from 1, where there is one.
        reason: what is wrong, in words.
        remedy: what the user can do.
        kept: True where the report was read all the same and this is only a note.
    """

    where: str
    line: int | None
    reason: str
    remedy: str = ""
    kept: bool = False

    def __str__(self) -> str:
        place = self.where + (f":{self.line}" if self.line is not None else "")
        return f"{place}: {self.reason}" + (f". {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class RawReport:
    """A report as the input gives it, before anything is found out about it."""

    text: str
    where: str
    line: int | None = None
    id: str | None = None
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    address: str | None = None
    day_order: str | None = None


def parse_columns(mapping: str) -> dict[str, str]:
    """'text=article_content,outlet=source' as a mapping of fields to columns.

    Raises:
        SettingsError: it has another form, or names a field that reports do not have.
    """
    columns = {}
    for part in filter(None, (part.strip() for part in mapping.split(","))):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or name not in FIELDS:
            raise SettingsError(
                f"'{part}' in the mapping of columns is not understood",
                remedy=f"Write field=column, with a field of {', '.join(FIELDS)}",
            )
        columns[name] = column
    return columns
