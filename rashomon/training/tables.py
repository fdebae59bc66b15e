"""From rows of features to tables: which columns a head has, and how often words were claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from rashomon.coding.learned.heads import Columns, LinearColumn, Rates
from rashomon.coding.learned.rows import Features, Value

RATED = ("type_and_lemma", "lemma", "head_lemma")
NO_COLUMN = frozenset({*RATED, "mention_lemma"})
"""Words of which there are too many; what heads a mention would besides say who it is."""

_OFTEN = 15  # rows: words on fewer are not told apart
_GROUPS = 8  # of reports: a report's own claims say nothing of its rates
_PRIOR = 6  # claims' worth of the usual rate
_LEAST_SEEN, _MOST_SEEN = 3, 50


def columns_of(rows: Sequence[Features], but: Collection[str] = NO_COLUMN) -> Columns:
    """The columns for these rows, in the order of their names."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    numbers: set[str] = set()
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str):
                counted[name][value] += 1
            else:
                numbers.add(name)
    words: dict[str, dict[Value | None, int]] = {
        name: {word: n for n, word in enumerate(sorted(w for w in counted[name] if counted[name][w] >= _OFTEN))}
        for name in sorted(counted)
        if name not in but
    }
    return Columns(tuple(sorted(numbers - set(counted))), words)


def rates_of(rows: Sequence[Features], answers: Sequence[bool]) -> tuple[Rates, ...]:
    """How often each word was a claim; a word seen seldom is drawn to the usual rate."""
    usual = sum(answers) / max(1, len(answers))
    return tuple(_rates(name, usual, rows, answers) for name in RATED)


def _rates(name: str, usual: float, rows: Sequence[Features], answers: Sequence[bool]) -> Rates:
    right, number = Counter[str](), Counter[str]()
    for row, answer in zip(rows, answers, strict=True):
        right[str(row[name])] += answer
        number[str(row[name])] += 1
    seen = {
        word: (round((right[word] + _PRIOR * usual) / (number[word] + _PRIOR), 6), float(min(number[word], _MOST_SEEN)))
        for word in sorted(number)
        if number[word] >= _LEAST_SEEN
    }
    return Rates(name, usual, seen)


def rated(rows: Sequence[Features], rates: Sequence[Rates]) -> list[Features]:
    """Copies of rows with the rates of their words."""
    made = [dict(row) for row in rows]
    for row in made:
        for rate in rates:
            rate.add_to(row)
    return made


def rated_by_others(rows: Sequence[Features], answers: Sequence[bool], reports: Sequence[int]) -> list[Features]:
    """Copies of rows with rates that other reports taught: a row's own answer must not show in it."""
    made: list[Features] = [{}] * len(rows)
    for group in range(_GROUPS):
        own = [n for n, report in enumerate(reports) if report % _GROUPS == group]
        others = [n for n, report in enumerate(reports) if report % _GROUPS != group]
        rates = rates_of([rows[n] for n in others], [answers[n] for n in others])
        for n, row in zip(own, rated([rows[n] for n in own], rates), strict=True):
            made[n] = row
    return made


def status_columns(rows: Sequence[Features], statuses: Sequence[str]) -> tuple[LinearColumn, ...]:
    """What the head of status looks at."""
    made = [LinearColumn("status", status) for status in statuses]
    made += [LinearColumn("noun"), LinearColumn("sentence", 0), LinearColumn("added")]
    for name in ("tag", "auxiliary", "type"):
        counted = Counter(str(row[name]) for row in rows if name in row)
        made += [LinearColumn(name, word) for word in sorted(counted) if counted[word] >= _OFTEN]
    return tuple(made)
