"""Weapons: the words of a text for the means of violence, and which of them belong to an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.coding.distance import cost, path
from rashomon.knowledge.weaponwords import Platform, WeaponLexicon
from rashomon.model import Span


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Words for a means.

    Attributes:
        start_token, end_token: its tokens, end exclusive.
        head: its main token.
        text_span: its characters.
        platform: where it acts from.
        act: whether it is an event itself ('air strike').
    """

    start_token: int
    end_token: int
    head: int
    text_span: Span
    platform: Platform
    act: bool = False

    def text(self, doc: Doc) -> str:
        """The exact words."""
        return self.text_span.of(doc.text)


def find_weapons(doc: Doc, lexicon: WeaponLexicon) -> list[FoundWords]:
    """All words for means in `doc`, in order, not overlapping; the longest match at each place.

    Args:
        doc: a parsed report.
        lexicon: the words for means.
    """
    found: list[FoundWords] = []
    words = [token.lower_ for token in doc]
    for end in range(1, len(doc) + 1):
        if words[end - 1] not in lexicon.lasts and words[end - 1].removesuffix("s") not in lexicon.lasts:
            continue
        match = _longest(words, end, lexicon)
        if match is None or _is_deed(doc, end - 1) or (end < len(doc) and words[end] in lexicon.not_before):
            continue
        start, platform = match
        sentence = doc[start].sent.start
        while (longer := _with_adjective(words, start, lexicon)) is not None and longer >= sentence:
            start = longer
        while found and found[-1].end_token > start:
            if found[-1].start_token < start:
                start = found[-1].start_token
            found.pop()
        first, last = doc[start], doc[end - 1]
        span = Span(first.idx, last.idx + len(last))
        act = _is_act(words[match[0] : end], lexicon)
        found.append(FoundWords(start, end, end - 1, span, platform, act))
    return found


def _longest(words: list[str], end: int, lexicon: WeaponLexicon) -> tuple[int, Platform] | None:
    """The longest entry that ends before `end`: its start and platform; the last word may be in the plural."""
    for length in range(min(lexicon.longest, end), 0, -1):
        stretch = tuple(words[end - length : end])
        singular = (*stretch[:-1], stretch[-1].removesuffix("s"))
        platform = lexicon.by_length.get(stretch) or lexicon.by_length.get(singular)
        if platform is not None:
            return end - length, platform
    return None


def _with_adjective(words: list[str], start: int, lexicon: WeaponLexicon) -> int | None:
    """Where the words begin with an adjective of the lexicon before them ('home-made' is three words), or None."""
    for length in (1, 3, 5):
        if start >= length and "".join(words[start - length : start]) in lexicon.before:
            return start - length
    return None


def _is_deed(doc: Doc, at: int) -> bool:
    """Whether the word is what is done rather than what it is done with: 'will shell', 'to bomb', 'Army shells X'."""
    token = doc[at]
    if token.pos_ == "VERB" and token.tag_ in {"VB", "VBP", "VBZ", "VBD"}:
        return True
    before = doc[at - 1] if at > token.sent.start else None
    after = doc[at + 1] if at + 1 < len(doc) else None
    if before is None or after is None:
        return False
    if before.tag_ == "MD":
        return True
    headline = token.lower_ in _DEEDS and before.dep_ == "compound" and before.lower_ not in _MAKES_A_WEAPON
    return headline and after.pos_ == "PROPN" and after.i < token.sent.end


_DEEDS = frozenset({"shells", "bombs", "rockets", "mines"})  # in a headline before a name: the verb
_MAKES_A_WEAPON = frozenset({"artillery", "mortar", "tank", "rocket", "barrel", "cluster", "gas"})


def _is_act(words: list[str], lexicon: WeaponLexicon) -> bool:
    joined = " ".join(words).replace(" - ", "-")
    return joined in lexicon.acts or joined.removesuffix("s") in lexicon.acts


_TOO_FAR = 5.0
_OBJECT = frozenset({"dobj", "nsubjpass"})


def weapons_for(
    trigger: Token, found: Sequence[FoundWords], rivals: Sequence[Token] = (), *, struck: bool = False
) -> list[FoundWords]:
    """The means of the event at `trigger`, from its sentence: those nearer to it than to another event.

    Args:
        trigger: the event's main word. A means that is (part of) the trigger itself belongs to it.
        found: all words for means of the document.
        rivals: main words of other violent events in the sentence.
        struck: whether the trigger's object is what was hit, and so no means: true for destruction and seizure.
    """
    sentence = trigger.sent
    start, end = sentence.start, sentence.end
    rivals = [rival for rival in rivals if start <= rival.i < end and rival.i != trigger.i]
    own = []
    for one in found:
        if not start <= one.start_token < end:
            continue
        if one.act and one.start_token <= trigger.i < one.end_token:
            continue
        if struck and _is_object(trigger, one):
            continue
        far = _far(trigger, one)
        if far < _TOO_FAR and all(far <= _far(rival, one) for rival in rivals):
            own.append(one)
    return own


def _is_object(trigger: Token, one: FoundWords) -> bool:
    token = trigger.doc[one.head]
    while token.dep_ in {"conj", "compound", "appos", "pobj", "prep"} and token.head.i != token.i:
        token = token.head
    return token.dep_ in _OBJECT and token.head.i == trigger.i


def _far(trigger: Token, one: FoundWords) -> float:
    if one.start_token <= trigger.i < one.end_token:
        return 0.0
    up, down = path(trigger, trigger.doc[one.head])
    return cost(up, down, abs(trigger.i - one.head))
