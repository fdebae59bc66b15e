"""Coded claims against hand-coded ones: precision, recall and F1, and what was missed, invented or wrong.

A coded claim is laid against at most one hand-coded claim of the same report: they share text, and either their
triggers overlap or their types are the same. Each claim then falls apart into facts: its type, status and nearest
kind of source; every actor, target and place; its days; every quantity. A fact is right where the claim on the other
side has it too. The headline figure is the F1 over all facts of all claims.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from rashomon.errors import InputError
from rashomon.knowledge.files import BUILT_IN

FIELDS = ("type", "status", "source", "actors", "targets", "places", "time", "quantities")
_OWN_VOICE = "outlet"
_SIMILAR = 0.75  # share of words that two spellings of one actor have in common
_SHORT = 10  # days: shorter stretches are compared by their ends, longer ones by what they share

Days = tuple[dt.date, dt.date]


# --- names ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """Which spellings are one name, for the purpose of scoring only.

    Attributes:
        articles: words that count for nothing in any name.
        place_words: words that besides count for nothing in the name of a place ('city', 'eastern').
        groups: folded name -> the folded main name of its group.
    """

    articles: frozenset[str]
    place_words: frozenset[str]
    groups: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path = BUILT_IN / "evaluation") -> Names:
        """Reads aliases.json and folding.json in `folder`."""
        words = json.loads((folder / "folding.json").read_text(encoding="utf-8"))
        bare = cls(frozenset(words["articles"]), frozenset(words["place_words"]))
        aliases: dict[str, list[str]] = json.loads((folder / "aliases.json").read_text(encoding="utf-8"))
        groups = {bare.fold(name): bare.fold(main) for main, others in aliases.items() for name in [main, *others]}
        return cls(bare.articles, bare.place_words, groups)

    def fold(self, name: str) -> str:
        """`name` without case, accents, apostrophes, punctuation and articles."""
        decomposed = unicodedata.normalize("NFKD", name)
        text = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
        text = re.sub(r"['’‘`ʿʾ]s\b", "", text)
        text = re.sub(r"['’‘`ʿʾ]", "", text)
        return " ".join(word for word in re.sub(r"\W+", " ", text).split() if word not in self.articles)

    def actor(self, name: str) -> str:
        """The key under which all names of one actor meet."""
        folded = self.fold(name)
        return self.groups.get(folded, folded)

    def place(self, name: str) -> str:
        """The consonants of a place's name, so that spellings of romanised Arabic meet."""
        folded = self.fold(name)
        return " ".join(_consonants(word) for word in folded.split() if word not in self.place_words) or folded


_ALIKE = str.maketrans({"q": "k", "g": "j", "z": "s", "o": "u", "e": "i", "w": "u", "y": "i"})


def _consonants(word: str) -> str:
    word = re.sub(r"ou|oo|uu", "u", word.translate(_ALIKE)).replace("kh", "h")
    if len(word) > 1:
        word = re.sub(r"[aiu]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", word)


# --- claims, as the scores see them ---------------------------------------------------------------------------------


def _none_as_list(value: object) -> object:
    return [] if value is None else value


def _none_as_empty(value: object) -> object:
    return "" if value is None else value


_Text = Annotated[str, BeforeValidator(_none_as_empty)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Speaker(_Form):
    kind: str


class _Named(_Form):
    name: _Text


class _Time(_Form):
    start: str | None = None
    end: str | None = None


class _Quantity(_Form):
    measure: str
    min: int | float | None = None
    max: int | float | None = None


class _ClaimForm(_Form):
    quote: _Text = ""
    start: int | None = None
    trigger: _Text = ""
    type: str
    status: str
    source: Annotated[list[_Speaker], BeforeValidator(_none_as_list)] = []
    actors: Annotated[list[_Named], BeforeValidator(_none_as_list)] = []
    targets: Annotated[list[_Named], BeforeValidator(_none_as_list)] = []
    places: Annotated[list[_Named], BeforeValidator(_none_as_list)] = []
    time: _Time | None = None
    quantities: Annotated[list[_Quantity], BeforeValidator(_none_as_list)] = []


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a claim says: a field and its value, folded so that spellings of one name are equal."""

    field: str
    value: Hashable

    def __str__(self) -> str:
        if not isinstance(self.value, tuple):
            return str(self.value)
        if self.field == "time":
            return " to ".join(day.isoformat() for day in self.value)
        measure, low, high = self.value
        return f"{measure} {'?' if low is None else low} to {'?' if high is None else high}"


@dataclass(frozen=True, slots=True)
class ScoredClaim:
    """A claim as the scores see it: where it stands, and its facts."""

    report: str
    quote: str
    start: int | None
    trigger: str
    type: str
    facts: tuple[Fact, ...]

    @classmethod
    def from_json(cls, report: str, form: Any, names: Names, where: str, line: int | None = None) -> ScoredClaim:  # noqa: ANN401 - JSON is checked here
        """A claim from its codebook fields.

        Raises:
            InputError: a field is missing or of the wrong form.
        """
        try:
            claim = _ClaimForm.model_validate(form)
            days = _days(claim.time)
        except ValidationError as error:
            first = error.errors()[0]
            path = ".".join(str(part) for part in first["loc"]) or "claim"
            raise InputError(
                f"a claim of report {report} is not in the codebook's form: {path}: {first['msg']}",
                where=where,
                line=line,
            ) from error
        except ValueError as error:
            remedy = "Write days as 2017-04-04"
            raise InputError(f"a claim of report {report}: {error}", where=where, line=line, remedy=remedy) from error
        facts = [Fact("type", claim.type), Fact("status", claim.status)]
        facts.append(Fact("source", claim.source[0].kind if claim.source else _OWN_VOICE))
        facts += _distinct("actors", (names.actor(x.name) for x in claim.actors))
        facts += _distinct("targets", (names.actor(x.name) for x in claim.targets))
        facts += _distinct("places", (names.place(x.name) for x in claim.places))
        facts += [Fact("time", days)] if days else []
        facts += [Fact("quantities", (q.measure, q.min, q.max)) for q in claim.quantities]
        return cls(report, claim.quote, claim.start, claim.trigger, claim.type, tuple(facts))

    def stands_at(self, text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Characters of quote and trigger in `text`, or None where the quote is not there."""
        at = self.start
        if at is None or text[at : at + len(self.quote)] != self.quote:
            at = text.find(self.quote)
        if at < 0:
            return None
        whole = (at, at + len(self.quote))
        inside = self.quote.find(self.trigger)
        if inside < 0:
            return whole, (at, at)
        return whole, (at + inside, at + inside + len(self.trigger))


def _distinct(field_name: str, values: Iterable[str]) -> list[Fact]:
    return [Fact(field_name, value) for value in dict.fromkeys(values)]


def _days(time: _Time | None) -> Days | None:
    if time is None or not time.start:
        return None
    return dt.date.fromisoformat(time.start[:10]), dt.date.fromisoformat((time.end or time.start)[:10])


# --- agreement ------------------------------------------------------------------------------------------------------


def _same_days(a: Days, b: Days) -> bool:
    """Ends within a day of each other for short stretches; long ones share at least half of both."""
    (first_a, last_a), (first_b, last_b) = a, b
    if (last_a - first_a).days < _SHORT and (last_b - first_b).days < _SHORT:
        return abs((first_a - first_b).days) <= 1 and abs((last_a - last_b).days) <= 1
    shared = (min(last_a, last_b) - max(first_a, first_b)).days + 1
    return shared * 2 > (last_a - first_a).days and shared * 2 > (last_b - first_b).days


def _agree(a: Fact, b: Fact) -> bool:
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
        match = next((other for other in left if _agree(fact, other)), None)
        if match is None:
            lacking.append(fact)
        else:
            left.remove(match)
            right.append(fact)
    return right, lacking, left


def _shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _align(hand: Sequence[ScoredClaim], coded: Sequence[ScoredClaim], text: str) -> list[tuple[int, int]]:
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
    """

    scores: Mapping[str, Score]
    quotes_not_in_text: int
    missed: tuple[ScoredClaim, ...]
    invented: tuple[ScoredClaim, ...]
    wrong: tuple[Difference, ...]


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
    for report, hand in gold.items():
        if report not in texts:
            raise InputError(
                f"no text for report {report}", remedy="Give the reports that the hand coding was made from"
            )
        machine = by_report.get(report, [])
        pairs = _align(hand, machine, texts[report])
        count.update(gold=len(hand), coded=len(machine), found=len(pairs))
        count["typed"] += sum(hand[i].type == machine[j].type for i, j in pairs)
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
    return Evaluation(scores, count["lost"], tuple(missed), tuple(invented), tuple(wrong))


# --- files ----------------------------------------------------------------------------------------------------------


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path, remedy="Check the path") from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", where=path, remedy="Save it as UTF-8") from error


def _json(text: str, where: Path, line: int | None = None) -> Any:  # noqa: ANN401 - checked by whoever asks
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=where, line=line) from error


def read_gold(path: Path, names: Names) -> dict[str, list[ScoredClaim]]:
    """Hand-coded claims by report, from a JSON list of `{report, claims}` or a folder of such files.

    Raises:
        InputError: nothing is there, or it is not in that form.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise InputError("no JSON file in this folder", where=path, remedy="Give the folder with the hand-coded claims")
    gold: dict[str, list[ScoredClaim]] = {}
    for file in files:
        entries = _json(_read(file), file)
        if not isinstance(entries, list) or not all(
            isinstance(e, dict) and {"report", "claims"} <= e.keys() for e in entries
        ):
            raise InputError("is not a JSON list of {report, claims}", where=file, remedy="See docs/evaluation.md")
        for entry in entries:
            report = entry["report"]
            gold[report] = [ScoredClaim.from_json(report, form, names, str(file)) for form in entry["claims"]]
    return gold


def _records(path: Path) -> list[tuple[int | None, Any]]:
    """The objects of a JSON list or of JSON lines, with their line where they have one."""
    text = _read(path)
    if text.lstrip().startswith("["):
        return [(None, item) for item in _json(text, path)]
    return [(n, _json(line, path, n)) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def read_texts(path: Path) -> dict[str, str]:
    """By report, its text with the title after it, from a JSON list or JSON lines of `{id, text, title}`.

    Raises:
        InputError: it cannot be read or is not in that form.
    """
    texts = {}
    for line, item in _records(path):
        if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not isinstance(item.get("text"), str):
            raise InputError(
                "a report without `id` or `text`", where=path, line=line, remedy="Each needs both, as text"
            )
        texts[item["id"]] = item["text"] + "\n" + (item.get("title") or "")
    return texts


def read_coded(path: Path, names: Names) -> list[ScoredClaim]:
    """Coded claims from JSON lines in the codebook's fields, each with its `report`.

    Raises:
        InputError: it cannot be read or is not in that form.
    """
    claims = []
    for line, item in _records(path):
        if not isinstance(item, dict) or not isinstance(item.get("report"), str):
            raise InputError(
                "a claim without `report`", where=path, line=line, remedy="Each needs the id of its report"
            )
        claims.append(ScoredClaim.from_json(item["report"], item, names, str(path), line))
    return claims


# --- JSON -----------------------------------------------------------------------------------------------------------


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The scores by row, and every error with its report, quote and the facts that differ."""
    return {
        "fields": {name: asdict(score) for name, score in evaluation.scores.items()},
        "quotes_not_in_text": evaluation.quotes_not_in_text,
        "missed": [_claim_to_json(claim) for claim in evaluation.missed],
        "invented": [_claim_to_json(claim) for claim in evaluation.invented],
        "wrong": [
            {
                "hand": _claim_to_json(pair.hand),
                "coded": _claim_to_json(pair.coded),
                "lacking": [{"field": fact.field, "value": str(fact)} for fact in pair.lacking],
                "extra": [{"field": fact.field, "value": str(fact)} for fact in pair.extra],
            }
            for pair in evaluation.wrong
        ],
    }


def _claim_to_json(claim: ScoredClaim) -> dict[str, Any]:
    return {"report": claim.report, "type": claim.type, "trigger": claim.trigger, "quote": claim.quote}
