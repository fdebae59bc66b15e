"""Features of a candidate and a mention together: how far they are apart, and how the grammar joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.rows import Features, clipped
from rashomon.coding.learned.words import Way, Words

_SPELT = frozenset(
    {"ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "PART", "PRON", "PUNCT", "SCONJ", "SYM", "X", "EOL", "SPACE"}
)
_PHRASE = frozenset({"conj", "appos", "compound", "nmod", "poss", "amod"})
_PHRASE_STEPS = 4
_UNJOINED = 30.0  # cost of a way that there is not
_FAR_COST = 20.0
_FAR_TOKENS, _FAR_SENTENCES = 80, 10
_LONG_WAY = 5  # dependencies
_SHOWN = 3
FIELDS_OF_TRIGGER = (
    "type", "noun", "frame", "carried", "status", "light", "beside", "sentences", "lemma",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: its tokens (end exclusive) and its head, which may lie outside of them."""

    start: int
    end: int
    head: int

    @property
    def inner_head(self) -> int:
        """Its head, or its first token where the head lies outside."""
        return self.head if self.start <= self.head < self.end else self.start


@dataclass(frozen=True, slots=True)
class Relations:
    """How candidates and mentions of one report stand to each other; what several rows need is worked out once."""

    case: Case
    _grammar: dict[Place, Features] = field(default_factory=dict)
    _costs: dict[int, list[tuple[float, int]]] = field(default_factory=dict)

    def __call__(self, candidate: Candidate, place: Place) -> Features:
        """How a mention stands to a candidate."""
        case, head = self.case, candidate.head
        off, gap = case.sentence(place.start) - case.sentence(head), _gap(candidate, place, case)
        row: Features = {
            "sentences_off": clipped(off, -_FAR_SENTENCES, _FAR_SENTENCES),
            "sentences_apart": min(_FAR_SENTENCES, abs(off)),
            "same_sentence": off == 0,
            "gap": clipped(gap, -_FAR_TOKENS, _FAR_TOKENS),
            "tokens_apart": min(_FAR_TOKENS, abs(gap)),
            "before": place.end <= head,
        }
        row.update(self._of_mention(place))
        if off:
            row["way"] = "other"
            return row
        way = case.words.way(head, place.inner_head)
        if way is not None:
            row.update(_along(way, abs(gap)))
            row["triggers_on_way"] = sum(at in case.known_heads for at in way.between[1:-1] if at != head)
            row["trigger_in_mention"] = place.start <= head < place.end
        row.update(_governed(candidate, place.inner_head, case.words))
        row.update(self._among_rivals(head, place, float(row.get("way_cost", _UNJOINED))))
        return row

    def _of_mention(self, place: Place) -> Features:
        row = self._grammar.get(place)
        if row is None:
            row = self._grammar[place] = _grammar_of(place, self.case.words)
        return row

    def _among_rivals(self, head: int, place: Place, cost: float) -> Features:
        """Whether another candidate of the sentence is nearer."""
        case, inner = self.case, place.inner_head
        rivals = case.heads_in.get(case.sentence(head), ())
        costs = self._costs.get(inner)
        if costs is None:
            costs = self._costs[inner] = [(cost_between(rival, inner, case), rival) for rival in rivals]
        low, high = min(head, place.start), max(head, place.start)
        near, own = abs(case.words.apart(head, inner)), cost_between(head, inner, case)
        return {
            "triggers_between": sum(low < rival < high for rival in rivals),
            "rank_by_tokens": sum((abs(case.words.apart(rival, inner)), rival) < (near, head) for rival in rivals),
            "rank_by_way": sum(rival < (own, head) for rival in costs),
            "cost_over_best": cost - min([own, *(other for other, _ in costs)]),
        }


def _gap(candidate: Candidate, place: Place, case: Case) -> int:
    """How many words a mention stands behind a candidate, less than 0 where it stands before it."""
    if place.start > candidate.head:
        return case.words.apart(candidate.head, place.start)
    return case.words.apart(candidate.head, place.end - 1) if place.end <= candidate.head else 0


def _grammar_of(place: Place, words: Words) -> Features:
    inner = place.inner_head
    over = words.heads[inner]
    return {
        "mention_dependency": words.deps[inner],
        "mention_part": words.parts[inner],
        "mention_tag": words.tags[inner],
        "mention_head_dependency": words.deps[over],
        "mention_head_part": words.parts[over],
        "mention_preposition": _preposition(inner, words),
        "mention_word_before": words.beside(place.start - 1, _SPELT, "^"),
        "mention_word_after": words.beside(place.end, _SPELT, "$"),
    }


def _preposition(at: int, words: Words) -> str:
    """The preposition that a mention stands under, past the phrase that it is a part of."""
    for _ in range(_PHRASE_STEPS):
        over = words.heads[at]
        if words.parts[over] in ("ADP", "SCONJ"):
            return words.lowers[over]
        if words.deps[at] not in _PHRASE or over == at:
            break
        at = over
    return ""


def _along(way: Way, apart: int) -> Features:
    up, down = "<".join(way.up[-_SHOWN:]), ">".join(reversed(way.down[-_SHOWN:]))
    return {
        "way_up": len(way.up),
        "way_down": len(way.down),
        "way_cost": min(_FAR_COST, way.cost(apart)),
        "way": f"{up}|{down}" if len(way.up) + len(way.down) <= _LONG_WAY else "long",
        "last_up": way.up[-1] if way.up else "",
        "first_up": way.up[0] if way.up else "",
        "last_down": way.down[-1] if way.down else "",
        "first_down": way.down[0] if way.down else "",
    }


def _governed(candidate: Candidate, inner: int, words: Words) -> Features:
    over = words.heads[inner]
    governors = (over, words.heads[over])
    return {
        "same_clause": words.clause_of(candidate.head) == words.clause_of(inner),
        "hangs_on_trigger": candidate.head in governors,
        "hangs_on_carrier": candidate.carrier is not None and candidate.carrier in governors,
    }


def cost_between(start: int, end: int, case: Case) -> float:
    """The cost of the way between two tokens, a high one where the parse does not join them."""
    way = case.words.way(start, end)
    return way.cost(abs(case.words.apart(start, end))) if way is not None else _UNJOINED


def of_trigger(candidate: Candidate, trigger: Features) -> Features:
    """What a row of an argument takes over from the candidate's own row."""
    row = {name: trigger[name] for name in FIELDS_OF_TRIGGER}
    row["trigger_tag"] = trigger["tag"]
    row["trigger_dependency"] = trigger["dependency"]
    row["passive"] = trigger["has_passive_auxiliary"]
    row["trigger_sentence"] = min(float(trigger["sentence"]), _FAR_SENTENCES)
    return row


def nearest_first(places: Sequence[tuple[int, Place]], candidate: Candidate, case: Case) -> list[tuple[int, Place]]:
    """Numbered mentions by nearness: those of the sentence by the parse, then the others by sentences."""
    own = case.sentence(candidate.head)

    def nearness(numbered: tuple[int, Place]) -> tuple[int, float, int]:
        place = numbered[1]
        off = case.sentence(place.start) - own
        if off == 0:
            return 0, cost_between(candidate.head, place.inner_head, case), place.start
        return 1, abs(off) + (0.5 if off > 0 else 0), place.start

    return sorted(places, key=nearness)
