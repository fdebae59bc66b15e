"""Checks tables of places: what a person should mend in them, told by file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import KnowledgeFile, Layers
from rashomon.knowledge.gazetteer_index import keys_of
from rashomon.knowledge.gazetteer_row import PRECISION_OF_KIND, GazetteerRow, Line
from rashomon.knowledge.gazetteer_table import BadRow, Table, read_table
from rashomon.knowledge.problem import Problem
from rashomon.knowledge.romanise import fold_key

BOXES_FILE = "gazetteer/boxes.yaml"
TABLES = "gazetteer/*.tsv"
SAME_WITHIN_KM = 2.0
"""Two rows of one name and kind that are closer than that are taken for one place twice."""

_KM_OF_DEGREE = 111.2

type Boxes = Mapping[str, tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with the line of the file that it stands in."""

    file: str
    line: int
    row: GazetteerRow
    keys: tuple[str, ...]

    def problem(self, text: str, remedy: str) -> Problem:
        return Problem(self.file, f"line {self.line}, {self.row.id}", text, remedy)

    @property
    def told(self) -> str:
        """The row for a message about another one."""
        return f"{self.row.name} ({self.row.id}, line {self.line} of {self.file})"


def check(layers: Layers) -> list[Problem]:
    """What is wrong with the tables of places of all layers.

    Finds rows that cannot be read, unknown kinds, missing sources and licences, coordinates outside of the row's
    country, one place that stands there twice, and a main name that is another place's name in the same governorate.

    Args:
        layers: the folders, the built-in one first. A site's row of an id takes the place of the built-in one.

    Returns:
        The problems, by file and line.

    Raises:
        KnowledgeError: boxes.yaml has another form.
    """
    boxes = read_boxes(layers.files(BOXES_FILE))
    problems: list[Problem] = []
    places: dict[str, _Placed] = {}
    for file in layers.files(TABLES):
        name = str(file.path)
        try:
            table = read_table(file.path, file.data)
        except KnowledgeError as error:
            problems.append(Problem(name, f"line {error.line or 1}", error.what, error.remedy))
            continue
        problems += [_unreadable(name, bad) for bad in table.bad]
        for placed in _placed(name, table):
            places[placed.row.id] = placed
    rows = list(places.values())
    for placed in rows:
        problems += _of_one(placed, boxes)
    problems += _of_two(rows)
    return sorted(set(problems))


def read_boxes(files: Sequence[KnowledgeFile]) -> Boxes:
    """South, west, north and east of countries, in degrees; a later file's box takes the place of an earlier one's.

    Raises:
        KnowledgeError: a file has another form.
    """
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for file in files:
        given = file.yaml() or {}
        try:
            for country, sides in given.items():
                south, west, north, east = map(float, sides)
                boxes[str(country)] = south, west, north, east
        except (AttributeError, TypeError, ValueError) as error:
            raise KnowledgeError(
                "a box that is not south, west, north, east", where=file.path, remedy="See the built-in file"
            ) from error
    return boxes


def _unreadable(file: str, bad: BadRow) -> Problem:
    return Problem(file, f"line {bad.line}", bad.reason, "Correct the row, or take it out")


def _placed(file: str, table: Table) -> Iterator[_Placed]:
    line: Line
    for number, line in zip(table.lines, table.rows, strict=True):
        yield _Placed(file, number, GazetteerRow.of_line(line, well_known=True), tuple(keys_of(line)))


def _of_one(placed: _Placed, boxes: Boxes) -> Iterator[Problem]:
    row = placed.row
    if row.kind not in PRECISION_OF_KIND:
        yield placed.problem(f"unknown kind {row.kind!r}", f"Kinds are {', '.join(sorted(PRECISION_OF_KIND))}")
    for column, value in (("source", row.source), ("licence", row.licence)):
        if not value:
            yield placed.problem(f"no {column}", "Say whom the place is owed to, or 'hand' and 'own work'")
    if row.lat is None or row.lon is None or row.country not in boxes:
        return
    south, west, north, east = boxes[row.country]
    if not (south <= row.lat <= north and west <= row.lon <= east):
        yield placed.problem(
            f"{row.name} at {row.lat}, {row.lon} lies outside of {row.country}",
            "Correct the coordinates or the country",
        )


def _of_two(rows: Sequence[_Placed]) -> Iterator[Problem]:
    by_key: defaultdict[str, list[_Placed]] = defaultdict(list)
    for placed in rows:
        for key in placed.keys:
            by_key[key].append(placed)
    for key, alike in by_key.items():
        for number, one in enumerate(alike):
            for other in alike[number + 1 :]:
                if one.row.kind == other.row.kind and one.row.country == other.row.country:
                    yield from _of_pair(key, one, other)


def _of_pair(key: str, one: _Placed, other: _Placed) -> Iterator[Problem]:
    """What is wrong with two places of one kind that share a name."""
    if _near(one.row, other.row):
        yield other.problem(
            f"{other.row.name} is less than {SAME_WITHIN_KM:g} km from {one.told}, and of one name and kind",
            "Take one of them out, or give them names of their own",
        )
    elif one.row.adm1 == other.row.adm1 and (key == fold_key(one.row.name)) != (key == fold_key(other.row.name)):
        named, aliased = (one, other) if key == fold_key(one.row.name) else (other, one)
        yield aliased.problem(
            f"{aliased.row.name} has a name that is the main one of {named.told} in the same governorate",
            "Take the name out where it is the other place's",
        )


def _near(one: GazetteerRow, other: GazetteerRow) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    north = (one.lat - other.lat) * _KM_OF_DEGREE
    east = (one.lon - other.lon) * _KM_OF_DEGREE * cos(radians(one.lat))
    return north * north + east * east < SAME_WITHIN_KM * SAME_WITHIN_KM
