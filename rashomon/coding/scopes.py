"""Which words a verb of speech governs: what follows it, what stands before its speaker, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.coding.quotations import Quotation
from rashomon.coding.speakers import phrase
from rashomon.coding.subjects import OBJECT
from rashomon.knowledge.speech import Frame, Needs, SpeechLexicon, SpeechVerb

ASIDE = frozenset({"after", "before", "while", "when", "since", "because", "although"})
NEAR = 14  # tokens between a quotation and the verb that introduces or follows it

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Scopes:
    """Finds scopes in one document."""

    doc: Doc
    speech: SpeechLexicon
    quotations: Sequence[Quotation]

    def of(self, token: Token, verb: SpeechVerb, subject: Token | None, start: int, end: int) -> Ranges:
        """The tokens that the verb governs: what follows it, or what stands before its subject, or nothing."""
        first, last = token.i, token.i + 1
        if subject is not None:
            begin, finish = phrase(subject, token)
            first, last = min(first, begin), max(last, finish)
        clause_right = self._clause(token, token.i + 1, end)
        clause_left = self._has_clause(start, first)
        quoted = self._quotation_beside(token)
        follows = ((token.i + 1, end),)
        if verb.beside:
            return follows if self._beside(token, verb, end) else ()
        if verb.frame is Frame.ACCUSE:
            return follows
        carries = any(c.dep_ in OBJECT and self._names_speech(c) for c in token.children)
        if verb.needs is Needs.NOUN or carries:
            return follows if carries else ()
        if verb.needs is Needs.QUOTATION and not quoted:
            return ()
        if clause_right and not (clause_left and self._closes(token, last, first, start, end)):
            return follows
        objects = [c for c in token.children if c.dep_ == "dobj" and c.i > token.i and c != subject]
        if clause_left and (verb.needs is Needs.NONE or not objects):
            return ((start, first), (last, end))
        if verb.needs is Needs.NONE and not clause_left:
            return self._before(start, end) or follows
        if verb.needs is Needs.REPORT and any(c.dep_ in OBJECT and c.i > token.i for c in token.children):
            return follows
        return ((start, end),) if quoted else ()

    def _names_speech(self, token: Token) -> bool:
        return token.lemma_ in self.speech.nouns or any(other.lemma_ in self.speech.nouns for other in token.conjuncts)

    def _beside(self, token: Token, verb: SpeechVerb, end: int) -> bool:
        return any(
            t.lower_ in verb.beside or t.lemma_ in verb.beside for t in self.doc[token.i + 1 : min(end, token.i + 8)]
        )

    def _closes(self, token: Token, last: int, first: int, start: int, end: int) -> bool:
        """Whether the verb closes what was said, though more follows ('..., a monitor said, a day after the deal')."""
        if any(child.dep_ == "ccomp" and child.i > token.i and not _is_aside(child) for child in token.children):
            return False
        if last < end and self.doc[last].lower_ == "that":
            return False
        return first - start > end - last

    def _before(self, start: int, end: int) -> Ranges:
        """A sentence that is nothing but 'he said' belongs to the quotation before it."""
        for quotation in self.quotations:
            if start - 2 <= quotation.end <= start + 2:
                return ((quotation.start, quotation.end), (start, end))
        return ()

    def _clause(self, token: Token, start: int, end: int) -> bool:
        """Whether a clause that the verb governs follows it."""
        if any(c.dep_ in {"ccomp", "xcomp"} and c.i > token.i and not _is_aside(c) for c in token.children):
            return True
        if any(inner.dep_ == "pcomp" for child in token.children if child.lower_ == "to" for inner in child.children):
            return True
        if start < end and self.doc[start].lower_ == "that":
            return True
        tail = [t for t in self.doc[start:end] if t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
        return any(
            self.speech.verb(t.lemma_, t.lower_) is None and t.dep_ not in {"relcl", "advcl"} and not _is_aside(t)
            for t in tail
        ) and not any(t.dep_ == "advcl" and t.i < token.i for t in token.children)

    def _has_clause(self, start: int, end: int) -> bool:
        return any(t.pos_ in {"VERB", "AUX"} and t.tag_ != "VBG" for t in self.doc[start:end]) or end - start > 4

    def _quotation_beside(self, token: Token) -> bool:
        return any(
            quotation.start - NEAR <= token.i < quotation.start or quotation.end <= token.i < quotation.end + NEAR
            for quotation in self.quotations
        )


def _is_aside(clause: Token) -> bool:
    """'..., a monitor said days after a blast killed six': when it was said, not what."""
    return any(child.lower_ in ASIDE for child in clause.children if child.dep_ in {"mark", "advmod", "prep"})
