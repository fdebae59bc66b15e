"""Two claims side by side: for each field in a word how they stand to one another, for points and for readers."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from rashomon.linking.facts import KM_PER_DEGREE, PERIOD, ClaimFacts, Days, Figure, People, PlaceFact
from rashomon.linking.rules import Rules
from rashomon.model import PlacePrecision

_WIDTH = {precision: width for width, precision in enumerate(PlacePrecision)}
_NIGHT = 2  # days: what happens overnight has two
_FEW, _WEEK, _WEEKS = 3, 7, 14  # days
_FAR_APART = 4  # claims of a report
_LATER = 60  # days between the first days of two periods

ELSEWHERE, APART, NEXT_DAY, IN_A_PERIOD, LONG, YES = "elsewhere", " apart", "next day", "day in a period", "long", "yes"
WITHIN, BOTH, NEAR, OTHER_NAME, SAME_OF_OTHERS = "within", "2", "near", "other name", "same of others"
_TWO = 2
MISSING, ONE_MISSING, SAME, PART, OTHER, DIFFERENT = "missing", "one missing", "same", "part", "other", "different"


class Said(NamedTuple):
    """How two claims stand to one another, field by field; the words are those of data/linking.yaml.

    Attributes:
        kind: 'same' type, or 'mixed' types of one kind. types: the type, or both with a plus.
        places, days, actors, targets, figures: how these agree.
        together: days and places, seen together.
        objects: whether the names of those struck share a word ('aid convoy', 'aid trucks').
        status: both, in the order of the alphabet, with a plus.
        voice: whether one speaker says both.
        act: the actors, for types that are somebody's own act and for the others.
        narrow, wide: how many of the two have an exact place, and only a whole country.
        background: the type where both have only a whole country.
        recurring: how many of the two tell of something that happens again and again.
        apart: within a report, how many claims stand between them.
        told_apart: within a report, whether type, status and speaker are the same, so that something else must differ.
    """

    kind: str
    types: str
    status: str
    voice: str
    told_apart: str
    apart: str
    places: str
    days: str
    together: str
    narrow: str
    wide: str
    background: str
    actors: str
    act: str
    targets: str
    objects: str
    figures: str
    recurring: str


class Comparison(NamedTuple):
    """How two claims stand to one another.

    Attributes:
        within: whether they are of one report.
        said: field by field, in words.
        words: share of words that both sentences have, 0 to 1. quote: the same of all that is quoted.
    """

    within: bool
    said: Said
    words: float
    quote: float


class Comparing:
    """Compares claims of one set with each other; no two places, people or figures twice.

    Args:
        facts: the claims.
        rules: what counts as one place, and which types are somebody's own act.
    """

    def __init__(self, facts: Sequence[ClaimFacts], rules: Rules) -> None:
        self._facts, self._rules = facts, rules
        self._places = _Told([claim.places for claim in facts], lambda a, b: _places(a, b, rules))
        self._actors = _Told([claim.actors for claim in facts], _people)
        self._targets = _Told([claim.targets for claim in facts], _people)
        self._figures = _Told([claim.figures for claim in facts], lambda a, b: _figures(a, b, rules))
        self._wide = [int(_is_wide(claim)) for claim in facts]
        self._narrow = [int(_is_narrow(claim)) for claim in facts]

    def places(self, i: int, j: int) -> str:
        """How the pair of places of two claims stands that agrees best."""
        return self._places.of(i, j)

    def compare(self, i: int, j: int) -> Comparison:
        """How two claims, by number, stand to one another; the same both ways."""
        a, b = self._facts[i], self._facts[j]
        within, same = a.report == b.report, a.type == b.type
        types = a.type if same else "+".join(sorted((a.type, b.type)))
        places, days, actors = self._places.of(i, j), compare_days(a, b), self._actors.of(i, j)
        wide = self._wide[i] + self._wide[j]
        said = Said(
            kind=SAME if same else "mixed",
            types=types,
            status=a.status.value if a.status is b.status else "+".join(sorted((a.status.value, b.status.value))),
            voice=SAME if a.voice == b.voice else DIFFERENT if a.voice and b.voice else ONE_MISSING,
            told_apart=YES if within and same and a.status is b.status and a.voice == b.voice else "no",
            apart=str(min(_FAR_APART, abs(a.order - b.order))) if within else "no",
            places=places,
            days=days,
            together=f"{days}, place {places.split(' ', 1)[0]}",
            narrow=str(self._narrow[i] + self._narrow[j]),
            wide=str(wide),
            background=(types if same else "mixed") if wide == _TWO else "no",
            actors=actors,
            act=f"{'own' if a.type in self._rules.points.own_act else 'no'} act, actors {actors}" if same else "mixed",
            targets=self._targets.of(i, j),
            objects=_shared(a.objects, b.objects),
            figures=self._figures.of(i, j),
            recurring=str(a.recurring + b.recurring),
        )
        quote = _containment(a.every, b.every) if within else _likeness(a.every, b.every)
        return Comparison(within, said, _likeness(a.words, b.words), quote)


class _Told[T: Hashable]:
    """How two of a claim's values stand, asked once for any two of them."""

    def __init__(self, values: Iterable[T], compare: Callable[[T, T], str]) -> None:
        numbers: dict[T, int] = {}
        self._number = [numbers.setdefault(value, len(numbers)) for value in values]
        self._values = list(numbers)
        self._compare = compare
        self._known: dict[int, str] = {}

    def of(self, i: int, j: int) -> str:
        a, b = self._number[i], self._number[j]
        key = a * len(self._values) + b if a <= b else b * len(self._values) + a
        word = self._known.get(key)
        if word is None:
            word = self._known[key] = self._compare(self._values[a], self._values[b])
        return word


# --- places ---------------------------------------------------------------------------------------------------------


def _places(a: tuple[PlaceFact, ...], b: tuple[PlaceFact, ...], rules: Rules) -> str:
    if not a or not b:
        return ONE_MISSING if a or b else MISSING
    return closest_places(a, b, rules)[2]


def closest_places(a: Sequence[PlaceFact], b: Sequence[PlaceFact], rules: Rules) -> tuple[PlaceFact, PlaceFact, str]:
    """The two places, one of each, that agree best, with the word for how they do; there must be one of each."""
    pairs = [(_two_places(x, y, rules), x, y) for x in a for y in b]
    (_, _, word), x, y = min(pairs, key=lambda pair: pair[0])
    return x, y, word


def _two_places(a: PlaceFact, b: PlaceFact, rules: Rules) -> tuple[int, int, str]:
    """How two places stand to one another, after two numbers: the lower they are, the better and closer they agree."""
    points = rules.points.places
    located = a.lat is not None and b.lat is not None
    apart = distance_km(a, b) if located else None
    wider = _wider(a, b)
    width = _WIDTH[wider] if wider is not None else len(_WIDTH)
    if (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id) or (
        a.key == b.key and (apart is None or apart <= points.near_km or a.is_area or b.is_area)
    ):
        return 0, width, f"{SAME} {wider or 'unknown'}"
    for inner, outer in ((a, b), (b, a)):
        if lies_in(inner, outer, rules):
            return 2, width, f"{WITHIN} {outer.precision or 'unknown'}"
    if apart is None:
        return 4, width, OTHER_NAME
    if apart <= points.near_km:
        return 1, width, NEAR
    if apart <= points.not_far_km:
        return 3, width, "not far"
    if (a.is_area or b.is_area) and apart <= points.area_km:
        return 3, width, "area not far"
    return 5, width, ELSEWHERE


def _wider(a: PlaceFact, b: PlaceFact) -> PlacePrecision | None:
    if a.precision is None or b.precision is None:
        return a.precision or b.precision
    return a.precision if _WIDTH[a.precision] >= _WIDTH[b.precision] else b.precision


def lies_in(inner: PlaceFact, outer: PlaceFact, rules: Rules) -> bool:
    """Whether the outer one is a country, governorate, district or unlocated name of one that holds the inner one."""
    if outer.precision is PlacePrecision.COUNTRY:
        return outer.country is not None and inner.country == outer.country
    if outer.precision is PlacePrecision.GOVERNORATE:
        return inner.adm1 is not None and inner.adm1 in (outer.adm1, outer.key)
    if outer.precision is PlacePrecision.DISTRICT and inner.lat is not None and outer.lat is not None:
        return not inner.is_area and distance_km(inner, outer) <= rules.points.places.district_km
    return outer.precision is None and inner.adm1 is not None and inner.adm1 == outer.key


def distance_km(a: PlaceFact, b: PlaceFact) -> float:
    """Kilometres between two located places; on the short distances that count here the earth is flat."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(a.lat - b.lat, east) * KM_PER_DEGREE


def _is_wide(claim: ClaimFacts) -> bool:
    return bool(claim.places) and all(place.precision is PlacePrecision.COUNTRY for place in claim.places)


def _is_narrow(claim: ClaimFacts) -> bool:
    return any(not place.is_area for place in claim.places)


# --- days -----------------------------------------------------------------------------------------------------------


def compare_days(a: ClaimFacts, b: ClaimFacts) -> str:
    """How the days of two claims stand, or where they give none those of their publication."""
    if a.days is not None and b.days is not None:
        return _two_stretches(a.days, b.days)
    if a.days is not None:
        return _one_known(a.days, a, b)
    if b.days is not None:
        return _one_known(b.days, b, a)
    if a.copies == b.copies:
        return "unknown, one report"
    if a.published is None or b.published is None:
        return "unknown, no publication"
    return "unknown, " + _gap(abs((a.published - b.published).days))


def _two_stretches(a: Days, b: Days) -> str:
    lengths = sorted((_length(a), _length(b)))
    if a == b:
        return "same day" if lengths[1] <= _NIGHT else "same days" if lengths[1] <= PERIOD else "same period"
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    if shared <= 0:
        return NEXT_DAY if shared == 0 else _gap(1 - shared) + APART
    if lengths[1] > PERIOD:
        if lengths[0] <= PERIOD:
            return IN_A_PERIOD
        return "like periods" if abs((a[0] - b[0]).days) <= _LATER else "periods"
    return "mostly shared" if 2 * shared >= sum(lengths) - shared else "partly shared"


def _length(days: Days) -> int:
    return (days[1] - days[0]).days + 1


def _gap(days: int) -> str:
    steps = ((1, "one day"), (_FEW, "few days"), (_WEEK, "a week"), (_WEEKS, "two weeks"))
    return next((word for most, word in steps if days <= most), LONG)


def _one_known(days: Days, dated: ClaimFacts, undated: ClaimFacts) -> str:
    """Days between the known days of one claim and the publication of the other, which gives none."""
    gap = ""
    if undated.published is not None:
        gap = _gap(max(0, (undated.published - days[1]).days, (days[0] - undated.published).days))
    if _length(days) > PERIOD:
        return f"one known, {LONG if gap == LONG else 'a period'}"
    if gap:
        return f"one known, {gap}"
    return "one known, one report" if dated.copies == undated.copies else "one known, no publication"


# --- people, figures, words -----------------------------------------------------------------------------------------


def _people(a: People, b: People) -> str:
    if not a or not b:
        return ONE_MISSING if a or b else MISSING
    if a.names & b.names:
        return SAME
    if a.part_of(b):
        return PART
    return OTHER if a.exclude(b) else DIFFERENT


def _shared(a: frozenset[str], b: frozenset[str]) -> str:
    return MISSING if not a or not b else SAME if a & b else OTHER


def _figures(a: tuple[Figure, ...], b: tuple[Figure, ...], rules: Rules) -> str:
    """The two figures that agree best; tolls that differ are what sides dispute."""
    found = closest_figures(a, b, rules)
    if found is not None:
        return found[2]
    if a and b:
        return "other measure"
    return ONE_MISSING if a or b else MISSING


def far_apart(a: Sequence[Figure], b: Sequence[Figure], times: float) -> bool:
    """Whether every two figures of one measure are so many times apart; 'at least 12' is a dozen, not a thousand."""
    told = [(_amount(x), _amount(y)) for x in a for y in b if x.measure == y.measure]
    known = [(max(1, x), max(1, y)) for x, y in told if x is not None and y is not None]
    return bool(known) and all(max(pair) > times * min(pair) for pair in known)


def _amount(figure: Figure) -> int | None:
    return figure.low if figure.low is not None else figure.high


def closest_figures(a: Sequence[Figure], b: Sequence[Figure], rules: Rules) -> tuple[Figure, Figure, str] | None:
    """The two figures of one measure, one of each, that agree best, with the word for how they do."""
    pairs = [(_two_figures(x, y, rules), x, y) for x in a for y in b if x.measure == y.measure]
    if not pairs:
        return None
    (_, word), x, y = min(pairs, key=lambda pair: pair[0])
    return x, y, word


def _two_figures(a: Figure, b: Figure, rules: Rules) -> tuple[int, str]:
    if (a.low, a.high) == (b.low, b.high):
        return (0, SAME) if a.of == b.of else (1, SAME_OF_OTHERS)
    low = max(a.low or 0, b.low or 0)
    high = min(math.inf if a.high is None else a.high, math.inf if b.high is None else b.high)
    if low <= high:
        return 2, "fits"
    return (3, NEAR) if low <= high * rules.points.near_ratio else (4, OTHER)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Words that both have, by the geometric mean of how many each has."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def _containment(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
