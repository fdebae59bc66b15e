"""Features of a candidate: what speaks for its being a claim of the report, and for its status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.rows import Features

_STEPS = 7  # tokens of the way up that are looked at, the word itself included
_CLAUSES = ("relcl", "advcl", "acl", "pcomp", "ccomp", "prep", "xcomp", "conj", "parataxis", "nsubj")
_CHILDREN = {
    "has_auxiliary": ("aux",), "has_passive_auxiliary": ("auxpass",), "has_subject": ("nsubj", "nsubjpass"),
    "has_object": ("dobj",), "has_negation": ("neg",), "has_determiner": ("det",), "has_possessor": ("poss",),
    "has_adjective": ("amod",), "has_particle": ("prt",), "has_adverbial_clause": ("advcl",), "has_mark": ("mark",),
    "has_number": ("nummod",),
}  # fmt: skip
_SPELT = frozenset({"DET", "ADP", "PART", "CCONJ", "AUX", "PUNCT", "SCONJ", "PRON"})
_NO_NEIGHBOUR = 99  # tokens
_NO_REPEAT = 50  # sentences
_MOST_SENTENCES = 30


@dataclass(frozen=True, slots=True)
class _Told:
    """What a candidate says that another may say too."""

    candidate: Candidate
    sentence: int
    kind: str
    spots: frozenset[str]
    targets: frozenset[str]
    counts: frozenset[tuple[str, int | None]]

    @classmethod
    def of(cls, candidate: Candidate, case: Case) -> _Told:
        given, mentions = candidate.given, case.mentions
        counts = (mentions.counts[i].quantity for i in given.counts)
        return cls(
            candidate,
            case.sentence(candidate.head),
            candidate.kind,
            frozenset(mentions.spots[i].key for i in given.spots),
            frozenset(mentions.parties[i].key for i in given.targets),
            frozenset((count.measure.value, count.minimum) for count in counts),
        )


def trigger_rows(case: Case) -> list[Features]:
    """One row for each candidate, in their order."""
    told = [_Told.of(candidate, case) for candidate in case.candidates]
    known = [one for one in told if not one.candidate.added]
    return [_row(one, known, case) for one in told]


def _row(one: _Told, known: Sequence[_Told], case: Case) -> Features:
    row: Features = {}
    row.update(_word(one, case))
    row.update(_rules_say(one.candidate))
    row.update(_position(one, case))
    row.update(_grammar(one.candidate, case))
    row.update(_neighbours(one, case))
    row.update(_repetition(one, known))
    return row


def _word(one: _Told, case: Case) -> Features:
    candidate, words, entry = one.candidate, case.words, one.candidate.trigger.entry
    head = candidate.head
    over = words.heads[head]
    part = words.parts[head]
    governor = _governing_verb(candidate, case)
    return {
        "type": one.kind,
        "entry_type": entry.type,
        "entry": _entry(candidate),
        "tag": words.tags[head],
        "dependency": words.deps[head],
        "part": part,
        "head_dependency": words.deps[over],
        "head_part": words.parts[over],
        "carried": candidate.trigger.carried,
        "frame": entry.frame,
        "light": entry.light,
        "means": entry.means,
        "constrained": entry.constrained,
        "noun": candidate.trigger.is_noun,
        "definite": candidate.definite,
        "status": candidate.given.status,
        "preposition": words.lowers[over] if words.parts[over] in ("ADP", "SCONJ") else "",
        "words": words.length(candidate.start, candidate.end),
        "added": candidate.added,
        "added_status": candidate.given.status if candidate.added else "",
        "covered": candidate.covered,
        "speech_verb": head in case.findings.spoken.speech_tokens,
        "lemma": candidate.lemma,
        "type_and_lemma": f"{'+' if candidate.added else ''}{one.kind}|{candidate.lemma}|{part[:1]}",
        "head_lemma": "" if _says_who(over, case) else words.lemmas[over],
        "governor_tag": words.tags[governor] if governor is not None else "",
        "governor_speaks": governor in case.findings.spoken.speech_tokens,
        "governor_is_trigger": governor in case.known_heads,
    }


def _entry(candidate: Candidate) -> str:
    """What a candidate's entry is called, wherever it stands in the lexicon's files; the same for all added words."""
    entry = candidate.trigger.entry
    words = "+".join(f"{part}:{lemmas[0]}" for part, lemmas in entry.words)
    return f"{entry.type}:" if candidate.added else f"{entry.type}:{words}:{entry.frame}"


def _says_who(at: int, case: Case) -> bool:
    """Whether a word names somebody, or says on which side one is: no feature may hang on that."""
    words = case.words
    return words.parts[at] == "PROPN" or at in case.names or words.lemmas[at] in case.loaded


def _governing_verb(candidate: Candidate, case: Case) -> int | None:
    above = case.words.above(candidate.head)[1:_STEPS]
    return next((at for at in above if case.words.parts[at] in ("VERB", "AUX")), None)


def _rules_say(candidate: Candidate) -> Iterator[tuple[str, float | bool | str]]:
    """What the rules hang on it, and how they merge it."""
    given, group = candidate.given, candidate.group
    yield "hosted", candidate.host is not None
    yield "is_main", candidate.is_main
    yield "no_group", group is None
    yield "fullness", given.fullness
    yield "actors", len(given.actors)
    yield "targets", len(given.targets)
    yield "places", len(given.spots)
    yield "own_place", given.own_places
    yield "time", given.time is not None
    yield "counts", len(given.counts)
    yield "weapons", given.weapons
    yield "source", given.speaker is not None
    yield "stands_in_speech", candidate.speaker is not None


def _position(one: _Told, case: Case) -> Features:
    start, end = case.words.sentences[one.sentence]
    sentences, head = len(case.words.sentences), one.candidate.head
    before, length = case.words.apart(start, head), case.words.length(start, end)
    return {
        "sentence": min(one.sentence, _MOST_SENTENCES),
        "sentence_share": one.sentence / max(1, sentences),
        "sentences": sentences,
        "sentences_to_come": min(sentences - one.sentence, _MOST_SENTENCES),
        "sentence_length": length,
        "place_in_sentence": before,
        "share_of_sentence": before / max(1, length),
        "depth": len(case.words.above(head)),
    }


def _grammar(candidate: Candidate, case: Case) -> Iterator[tuple[str, float | bool | str]]:
    words, head = case.words, candidate.head
    above = words.above(head)[:_STEPS]
    labels = {words.deps[at] for at in above[:-1]}
    for clause in _CLAUSES:
        yield f"under_{clause}", clause in labels
    children = words.children[head]
    below = {words.deps[child] for child in children}
    for name, wanted in _CHILDREN.items():
        yield name, any(label in below for label in wanted)
    yield "prepositions", sum(words.deps[child] in ("prep", "agent") for child in children)
    auxiliaries = [words.lowers[child] for child in children if words.deps[child] in ("aux", "auxpass")]
    yield "auxiliary", auxiliaries[0] if auxiliaries else ""
    yield "triggers_above", sum(at in case.known_heads for at in above[1:])
    yield "triggers_below", sum(child in case.known_heads for child in children)
    yield "word_before", words.beside(head - 1, _SPELT, "^")
    yield "word_after", words.beside(head + 1, _SPELT, "$")


def _neighbours(one: _Told, case: Case) -> Features:
    head = one.candidate.head
    beside = sorted({*case.heads_in.get(one.sentence, ()), head})
    at = beside.index(head)
    added = sum(other.added and case.sentence(other.head) == one.sentence for other in case.candidates)
    return {
        "triggers": len(case.known),
        "triggers_a_sentence": len(case.known) / len(case.words.sentences),
        "added_beside": added,
        "beside": len(beside),
        "rank_beside": at,
        "gap_before": case.words.apart(beside[at - 1], head) if at else _NO_NEIGHBOUR,
        "gap_after": case.words.apart(head, beside[at + 1]) if at + 1 < len(beside) else _NO_NEIGHBOUR,
    }


def _repetition(one: _Told, known: Sequence[_Told]) -> Features:
    """What else the report tells of this type, before and after."""
    head = one.candidate.head
    alike = [other for other in known if other.kind == one.kind and other is not one]
    before = [other for other in alike if other.candidate.head < head]
    after = [other for other in alike if other.candidate.head > head]
    row: Features = {}
    row.update(_alike("before", one, before))
    row.update(_alike("after", one, after))
    row.update(_any("before", one, (other for other in known if other.candidate.head < head)))
    row.update(_any("after", one, (other for other in known if other.candidate.head > head)))
    new = one.candidate.given.own_places and one.spots and not any(other.spots & one.spots for other in before)
    row["new_place"] = bool(new)
    return row


def _alike(side: str, one: _Told, others: Sequence[_Told]) -> Features:
    lemma = one.candidate.lemma
    same_lemma = [other.candidate.lemma == lemma for other in others]
    same_spot = [bool(other.spots & one.spots) for other in others]
    fullest = max((other.candidate.given.fullness for other in others), default=-1)
    return {
        f"{side}_alike": len(others),
        f"{side}_same_lemma": sum(same_lemma),
        f"{side}_same_place": sum(same_spot),
        f"{side}_same_target": sum(bool(other.targets & one.targets) for other in others),
        f"{side}_same_count": sum(bool(other.counts & one.counts) for other in others),
        f"{side}_fuller_by": fullest - one.candidate.given.fullness,
        f"{side}_in_sentence": sum(other.sentence == one.sentence for other in others),
        f"{side}_sentences_off": min((abs(other.sentence - one.sentence) for other in others), default=_NO_REPEAT),
    }


def _any(side: str, one: _Told, others: Iterable[_Told]) -> Features:
    """The same over all types: its word."""
    return {f"{side}_any_same_lemma": sum(other.candidate.lemma == one.candidate.lemma for other in others)}
