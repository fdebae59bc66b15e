"""How many: figures of several voices that exclude each other, and totals that a later one replaced."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rashomon.knowledge.romanise import fold_words
from rashomon.linking.account_rules import Tolls
from rashomon.linking.facts import amount, days_of
from rashomon.linking.rewriting import Groups
from rashomon.linking.stands import Court, Said
from rashomon.model import Contradiction, ContradictionKind, Measure, PlacePrecision, Quantity, Replaced

ALL = "people"  # what a reader calls the group of which every other is a part


@dataclass(frozen=True, slots=True)
class _Figure:
    """The largest figure that one voice gives of one group in the reports of one day.

    Attributes:
        measure, group: what is counted. more: words that tell more closely whom ('rebel').
        low, high: its bounds; None where that end is open.
        as_of: of a running total, the day until which it counts.
        rising: whether its words say that a figure rose.
        is_part: whether its group is known to be a part of all people.
    """

    measure: str
    group: str
    more: frozenset[str]
    low: int | None
    high: int | None
    as_of: dt.date | None
    rising: bool
    is_part: bool
    said: Said

    @property
    def words(self) -> str:
        """As a reader reads it."""
        return amount(self.low, self.high)

    @property
    def rank(self) -> tuple[int, int, str]:
        """By size, then claim."""
        return (self.low or 0, self.high if self.high is not None else 1 << 62, self.said.claim.id)

    @property
    def size(self) -> int:
        """The figure as one number, for which of two is the larger."""
        return self.high if self.high is not None else self.low or 0


def tolls(court: Court) -> tuple[list[Contradiction], list[Replaced]]:
    """Contradictions between tolls, and totals that were replaced and contradict nothing."""
    figures = _figures(court)
    replaced = [pair for one, other in combinations(figures, 2) if (pair := _update(one, other)) is not None]
    outdated = {id(earlier) for earlier, _, _ in replaced}
    standing = [figure for figure in figures if id(figure) not in outdated]
    return _contradictions(court, standing), _replaced(court, replaced)


def measure_of(contradiction: Contradiction) -> Measure:
    """What a contradiction between tolls counts: its `about` begins with that."""
    return Measure(contradiction.about.partition(",")[0])


def _figures(court: Court) -> list[_Figure]:
    """Of each voice, day and group the largest figure: a part never exceeds the whole."""
    rules = court.ways.by.toll
    largest: dict[tuple[object, ...], _Figure] = {}
    for said in court.said:
        if not said.asserts:
            continue
        for quantity in said.claim.quantities:
            if quantity.measure not in rules.measures or (quantity.minimum is None and quantity.maximum is None):
                continue
            figure = _figure(said, quantity, rules)
            key = (said.voice, said.published, figure.as_of, figure.measure, figure.group, figure.more)
            before = largest.get(key)
            if before is None or (figure.size, figure.low or 0) > (before.size, before.low or 0):
                largest[key] = figure
    return sorted(largest.values(), key=lambda f: (f.measure, f.group, sorted(f.more), f.rank))


def _figure(said: Said, quantity: Quantity, rules: Tolls) -> _Figure:
    group, more = _group(quantity.of, rules)
    return _Figure(
        quantity.measure.value,
        group,
        more,
        quantity.minimum,
        quantity.maximum,
        _as_of(said, rules),
        _rises(said.claim.quote, quantity.text, rules),
        group in rules.groups,
        said,
    )


def _as_of(said: Said, rules: Tolls) -> dt.date | None:
    """The day until which a running total counts; None where it is none, or where that day is not known."""
    days = days_of(said.claim)
    places = [place.resolution for place in said.claim.places]
    countrywide = bool(places) and all(p is not None and p.precision is PlacePrecision.COUNTRY for p in places)
    long = days is not None and (days[1] - days[0]).days >= rules.running_days
    if not (long or countrywide or said.claim.type in rules.running):
        return None
    return days[1] if days is not None else said.published


def _group(of: str, rules: Tolls) -> tuple[str, frozenset[str]]:
    """Whom a figure counts, and what else its words tell of them."""
    words = _plain(of)
    if not words:
        return ALL, frozenset()
    more = frozenset(" ".join(fold_words(word)) for word in words[:-1] if word not in rules.plain) - {""}
    group = next((name for name, last in sorted(rules.groups.items()) if words[-1] in last), None)
    if group is None and words[-1] in rules.all:
        return ALL, more
    return group or words[-1], more


def _rises(quote: str, figure: str, rules: Tolls) -> bool:
    """Whether words near the figure say that it rose; where the figure is not found, any words of the quote."""
    words, wanted = _plain(quote), _plain(figure)
    size = len(wanted)
    at = next((n for n in range(len(words)) if size and words[n : n + size] == wanted), None)
    near = words if at is None else words[max(0, at - rules.near) : at + size + rules.near]
    text = f" {' '.join(near)} "
    return any(f" {rise} " in text for rise in rules.rises)


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


# --- two figures ----------------------------------------------------------------------------------------------------


def _exclude(one: _Figure, other: _Figure) -> bool:
    """Whether they count the same and no number lies in both."""
    if one.measure != other.measure:
        return False
    if one.group != other.group:
        part, whole = (other, one) if one.group == ALL else (one, other)
        larger = part.low is not None and whole.high is not None and part.low > whole.high
        return whole.group == ALL and part.is_part and not whole.more and larger
    if not _same_people(one, other):
        return False
    first, second = sorted((one, other), key=lambda figure: figure.rank)
    return first.high is not None and second.low is not None and first.high < second.low


def _same_people(one: _Figure, other: _Figure) -> bool:
    """Whether their words can mean the same: 'rebel fighters' are fighters, and no fighters of an army."""
    return not one.more or not other.more or bool(one.more & other.more)


def _update(one: _Figure, other: _Figure) -> tuple[_Figure, _Figure, str] | None:
    """The earlier figure, the later one and what tells that it replaces it; None where nothing does."""
    if one.group != other.group or not _exclude(one, other):
        return None
    if one.said.published is None or other.said.published is None or one.said.published == other.said.published:
        return None
    earlier, later = sorted((one, other), key=lambda figure: figure.said.published or dt.date.min)
    if later.size <= earlier.size:
        return None
    if one.said.voice == other.said.voice:
        return earlier, later, f"the same voice, {later.said.published} instead of {earlier.said.published}"
    if later.rising:
        return earlier, later, f"a later report ({later.said.published}) says that the figure rose"
    return None


# --- what is listed -------------------------------------------------------------------------------------------------


def _contradictions(court: Court, figures: Sequence[_Figure]) -> list[Contradiction]:
    """Figures of two voices that exclude each other, as long as no figure of the one agrees with one of the other."""
    pairs = list(combinations(range(len(figures)), 2))
    at_one = {_between(figures[n], figures[m]) for n, m in pairs if _agree(figures[n], figures[m])}
    groups = Groups(map(str, range(len(figures))))
    odd: set[int] = set()
    for n, m in pairs:
        one, other = figures[n], figures[m]
        if _between(one, other) not in at_one and _at_odds(one, other):
            odd |= {n, m}
            groups.join(str(n), str(m))
    together: dict[str, list[_Figure]] = defaultdict(list)
    for n in sorted(odd):
        together[groups.of(str(n))].append(figures[n])
    return sorted(
        (_contradiction(court, each) for each in together.values()), key=lambda c: (c.about, c.values[0].value)
    )


def _between(one: _Figure, other: _Figure) -> tuple[str, frozenset[str], frozenset[str]]:
    """What two figures count, and whose they are."""
    return one.measure, frozenset({one.group, other.group}), frozenset({one.said.voice, other.said.voice})


def _agree(one: _Figure, other: _Figure) -> bool:
    return (
        one.measure == other.measure
        and one.group == other.group
        and _same_people(one, other)
        and not _exclude(one, other)
    )


def _at_odds(one: _Figure, other: _Figure) -> bool:
    """Of two voices, and not of two days that a running total can hold for."""
    if one.said.voice == other.said.voice or not _exclude(one, other):
        return False
    return one.as_of is None or other.as_of is None or one.as_of == other.as_of


def _contradiction(court: Court, figures: Sequence[_Figure]) -> Contradiction:
    groups = sorted({figure.group for figure in figures}, key=lambda group: (group != ALL, group))
    values: dict[str, list[_Figure]] = defaultdict(list)
    for figure in figures:
        values[figure.words + (f" {figure.group}" if len(groups) > 1 else "")].append(figure)
    ordered = sorted(values.items(), key=lambda item: min(figure.rank for figure in item[1]))
    about = f"{figures[0].measure}, {' and '.join(groups)}"
    given = tuple(court.given(words, (figure.said for figure in of)) for words, of in ordered)
    return Contradiction(ContradictionKind.TOLL, about, given)


def _replaced(court: Court, pairs: Sequence[tuple[_Figure, _Figure, str]]) -> list[Replaced]:
    """Each outdated figure once, with the first that replaced it."""

    def soonest(pair: tuple[_Figure, _Figure, str]) -> tuple[dt.date, tuple[int, int, str]]:
        return pair[1].said.published or dt.date.max, pair[1].rank

    first: dict[tuple[str, str, str], tuple[_Figure, _Figure, str]] = {}
    for earlier, later, why in sorted(pairs, key=soonest):
        first.setdefault((earlier.said.claim.id, _about(earlier), earlier.words), (earlier, later, why))
    found = [
        Replaced(
            _about(earlier), court.given(earlier.words, [earlier.said]), court.given(later.words, [later.said]), why
        )
        for earlier, later, why in first.values()
    ]
    return sorted(found, key=lambda r: (r.about, r.earlier.claims, r.later.claims))


def _about(figure: _Figure) -> str:
    return ", ".join(_words_of(figure))


def _words_of(figure: _Figure) -> Iterator[str]:
    yield figure.measure
    yield " ".join([*sorted(figure.more), figure.group])
