"""Coded claims laid against hand-coded ones: precision, recall and F1 of each field, and the errors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.errors import InputError
from rashomon.evaluate.certainty import Certainty
from rashomon.evaluate.facts import Days, Fact, ScoredClaim

FIELDS = ("type", "status", "source", "actors", "targets", "places", "time", "quantities")
_SIMILAR = 0.75  # share of words that two spellings of one actor have in common
_SHORT = 10  # days: shorter stretches are compared by their ends, longer ones by what they share


def _same_days(a: Days, b: Days) -> bool:
    """Ends within a day of each other for short stretches; long ones share at least half of both."""
    (first_a, last_a), (first_b, last_b) = a, b
    if (last_a - first_a).days < _SHORT and (last_b - first_b).days < _SHORT:
        return abs((first_a - first_b).days) <= 1 and abs((last_a - last_b).days) <= 1
    shared = (min(last_a, last_b) - max(first_a, first_b)).days + 1
    return shared * 2 > (last_a - first_a).days and shared * 2 > (last_b - first_b).days


def agree(a: Fact, b: Fact) -> bool:
    """Whether two facts count as the same: days may be a little off, actors' names a little different."""
    if a.field != b.field:
        return False
    if a.field == "time":
        return _same_days(a.value, b.value)  # type: ignore[arg-type]
    if a.value != b.value and a.field in ("actors", "targets"):
        words_a, words_b = set(str(a.value).split()), set(str(b.value).split())
        return bool(words_a and words_b) and len(words_a & words_b) / len(words_a | words_b) >= _SIMILAR
    return a.value == b.value


def _compare(hand: ScoredClaim, coded: ScoredClaim) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Facts of `hand` that `coded` has, those that it lacks, and those of `coded` that are left over."""
    left, right, lacking = list(coded.facts), [], []
    for fact in hand.facts:
        match = next((other for other in left if agree(fact, other)), None)
        if match is None:
            lacking.append(fact)
        else:
            left.remove(match)
            right.append(fact)
    return right, lacking, left


def _shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def align(hand: Sequence[ScoredClaim], coded: Sequence[ScoredClaim], text: str) -> list[tuple[int, int]]:
    """Pairs of a hand-coded and a coded claim, best first, each used once; among equals the earlier ones first."""
    pairs = []
    places = [claim.stands_at(text) for claim in coded]
    for i, claim in enumerate(hand):
        here = claim.stands_at(text)
        for j, other in enumerate(coded):
            there = places[j]
            if not here or not there or not _shared(here[0], there[0]):
                continue
            trigger, kind = _shared(here[1], there[1]) > 0, claim.type == other.type
            if trigger or kind:
                pairs.append((2 * trigger + 2 * kind + 0.1 * len(_compare(claim, other)[0]), -i, -j))
    chosen: list[tuple[int, int]] = []
    used_hand: set[int] = set()
    used_coded: set[int] = set()
    for _, minus_i, minus_j in sorted(pairs, reverse=True):
        if -minus_i not in used_hand and -minus_j not in used_coded:
            used_hand.add(-minus_i)
            used_coded.add(-minus_j)
            chosen.append((-minus_i, -minus_j))
    return chosen


# --- scores ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one row, rounded to four places, with how many were wanted and made."""

    precision: float
    recall: float
    f1: float
    gold: int
    coded: int

    @classmethod
    def of(cls, right: int, coded: int, gold: int) -> Score:
        """The scores where `right` of `coded` are among the `gold` ones; 0 where there is nothing to divide by."""
        precision, recall = right / coded if coded else 0.0, right / gold if gold else 0.0
        both = precision + recall
        f1 = round(2 * precision * recall / both, 4) if both else 0.0
        return cls(round(precision, 4), round(recall, 4), f1, gold, coded)


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair that was aligned: the facts that the coded claim lacks and those that it has too many."""

    hand: ScoredClaim
    coded: ScoredClaim
    lacking: tuple[Fact, ...]
    extra: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out: one score for each row ('claims found', 'claims typed', each field, 'all facts'), and the errors.

    Attributes:
        scores: by row, in the order in which they are shown.
        quotes_not_in_text: coded claims whose quote is not in their report.
        missed: hand-coded claims that no coded one was aligned with. invented: the other way round.
        wrong: aligned pairs that differ.
        judged: every coded claim, and whether it is aligned with a hand-coded one of its type.
        certainty: what the coder's own figures are worth; None where no claim has one.
    """

    scores: Mapping[str, Score]
    quotes_not_in_text: int
    missed: tuple[ScoredClaim, ...]
    invented: tuple[ScoredClaim, ...]
    wrong: tuple[Difference, ...]
    judged: tuple[tuple[ScoredClaim, bool], ...] = ()
    certainty: Certainty | None = None


def evaluate(
    gold: Mapping[str, Sequence[ScoredClaim]], texts: Mapping[str, str], coded: Iterable[ScoredClaim]
) -> Evaluation:
    """Scores `coded` against `gold`; coded claims of reports that are not in `gold` are left out.

    Args:
        gold: hand-coded claims by report.
        texts: by report, the text that both were coded from.
        coded: coded claims of any reports.

    Raises:
        InputError: there is no text for a report of `gold`.
    """
    by_report: dict[str, list[ScoredClaim]] = defaultdict(list)
    for claim in coded:
        by_report[claim.report].append(claim)
    wanted, made, right = Counter[str](), Counter[str](), Counter[str]()
    count = Counter[str]()
    missed: list[ScoredClaim] = []
    invented: list[ScoredClaim] = []
    wrong: list[Difference] = []
    judged: list[tuple[ScoredClaim, bool]] = []
    for report, hand in gold.items():
        if report not in texts:
            raise InputError(
                f"no text for report {report}", remedy="Give the reports that the hand coding was made from"
            )
        machine = by_report.get(report, [])
        pairs = align(hand, machine, texts[report])
        count.update(gold=len(hand), coded=len(machine), found=len(pairs))
        typed = {j for i, j in pairs if hand[i].type == machine[j].type}
        judged += [(claim, j in typed) for j, claim in enumerate(machine)]
        count["typed"] += len(typed)
        count["lost"] += sum(claim.stands_at(texts[report]) is None for claim in machine)
        wanted.update(fact.field for claim in hand for fact in claim.facts)
        made.update(fact.field for claim in machine for fact in claim.facts)
        for i, j in pairs:
            same, lacking, extra = _compare(hand[i], machine[j])
            right.update(fact.field for fact in same)
            if lacking or extra:
                wrong.append(Difference(hand[i], machine[j], tuple(lacking), tuple(extra)))
        aligned_hand, aligned_coded = {i for i, _ in pairs}, {j for _, j in pairs}
        missed += [claim for i, claim in enumerate(hand) if i not in aligned_hand]
        invented += [claim for j, claim in enumerate(machine) if j not in aligned_coded]
    scores = {
        "claims found": Score.of(count["found"], count["coded"], count["gold"]),
        "claims typed": Score.of(count["typed"], count["coded"], count["gold"]),
        **{name: Score.of(right[name], made[name], wanted[name]) for name in FIELDS},
        "all facts": Score.of(right.total(), made.total(), wanted.total()),
    }
    certainty = Certainty.of((claim.confidence, right) for claim, right in judged)
    return Evaluation(scores, count["lost"], tuple(missed), tuple(invented), tuple(wrong), tuple(judged), certainty)
