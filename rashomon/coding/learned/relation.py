"""Features of a candidate and a mention together: how far they are apart, and how the grammar joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.rows import Features, clipped

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


def _gap(candidate: Candidate, place: Place, case: Case) -> int:
    """How many words a mention stands behind a candidate, less than 0 where it stands before it."""
    if place.start > candidate.head:
        return case.words.apart(candidate.head, place.start)
    return case.words.apart(candidate.head, place.end - 1) if place.end <= candidate.head else 0


def of_trigger(candidate: Candidate, trigger: Features) -> Features:
    """What a row of an argument takes over from the candidate's own row."""
    row = {name: trigger[name] for name in FIELDS_OF_TRIGGER}
    row["trigger_tag"] = trigger["tag"]
    row["trigger_dependency"] = trigger["dependency"]
    row["passive"] = trigger["has_passive_auxiliary"]
    row["trigger_sentence"] = min(float(trigger["sentence"]), _FAR_SENTENCES)
    return row


def related(candidate: Candidate, place: Place, case: Case) -> Features:
    """How a mention stands to a candidate."""
    words, head, start = case.words, candidate.head, place.start
    sentence, own = case.sentence(start), case.sentence(head)
    inner = place.inner_head
    over = words.heads[inner]
    gap = _gap(candidate, place, case)
    row: Features = {
        "sentences_off": clipped(sentence - own, -_FAR_SENTENCES, _FAR_SENTENCES),
        "sentences_apart": min(_FAR_SENTENCES, abs(sentence - own)),
        "same_sentence": sentence == own,
        "gap": clipped(gap, -_FAR_TOKENS, _FAR_TOKENS),
        "tokens_apart": min(_FAR_TOKENS, abs(gap)),
        "before": place.end <= head,
        "mention_dependency": words.deps[inner],
        "mention_part": words.parts[inner],
        "mention_tag": words.tags[inner],
        "mention_head_dependency": words.deps[over],
        "mention_head_part": words.parts[over],
        "mention_preposition": _preposition(inner, case),
        "mention_word_before": words.beside(start - 1, _SPELT, "^"),
        "mention_word_after": words.beside(place.end, _SPELT, "$"),
    }
    if sentence != own:
        row["way"] = "other"
        return row
    row.update(_in_sentence(candidate, place, gap, case))
    return row


def _preposition(at: int, case: Case) -> str:
    """The preposition that a mention stands under, past the phrase that it is a part of."""
    words = case.words
    for _ in range(_PHRASE_STEPS):
        over = words.heads[at]
        if words.parts[over] in ("ADP", "SCONJ"):
            return words.lowers[over]
        if words.deps[at] not in _PHRASE or over == at:
            break
        at = over
    return ""


def _in_sentence(candidate: Candidate, place: Place, gap: int, case: Case) -> Features:
    words, head, inner = case.words, candidate.head, place.inner_head
    row: Features = {}
    way = words.way(head, inner)
    if way is not None:
        short = len(way.up) + len(way.down) <= _LONG_WAY
        row["way_up"], row["way_down"] = len(way.up), len(way.down)
        row["way_cost"] = min(_FAR_COST, way.cost(abs(gap)))
        up, down = "<".join(way.up[-_SHOWN:]), ">".join(reversed(way.down[-_SHOWN:]))
        row["way"] = f"{up}|{down}" if short else "long"
        row["last_up"], row["first_up"] = (way.up[-1], way.up[0]) if way.up else ("", "")
        row["last_down"], row["first_down"] = (way.down[-1], way.down[0]) if way.down else ("", "")
        row["triggers_on_way"] = sum(at in case.known_heads for at in way.between[1:-1] if at != head)
        row["trigger_in_mention"] = place.start <= head < place.end
    over = words.heads[inner]
    governors = (over, words.heads[over])
    row["same_clause"] = words.clause_of(head) == words.clause_of(inner)
    row["hangs_on_trigger"] = head in governors
    row["hangs_on_carrier"] = candidate.carrier is not None and candidate.carrier in governors
    rivals = sorted({*case.heads_in.get(case.sentence(head), ()), head})
    low, high = min(head, place.start), max(head, place.start)
    row["triggers_between"] = sum(low < rival < high for rival in rivals)
    near = sorted((abs(words.apart(rival, inner)), rival) for rival in rivals)
    row["rank_by_tokens"] = [rival for _, rival in near].index(head)
    costs = sorted((cost_between(rival, inner, case), rival) for rival in rivals)
    row["rank_by_way"] = [rival for _, rival in costs].index(head)
    cost = row.get("way_cost", _UNJOINED)
    row["cost_over_best"] = float(cost) - costs[0][0]
    return row


def cost_between(start: int, end: int, case: Case) -> float:
    """The cost of the way between two tokens, a high one where the parse does not join them."""
    way = case.words.way(start, end)
    return way.cost(abs(case.words.apart(start, end))) if way is not None else _UNJOINED


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
