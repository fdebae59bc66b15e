"""Turns the noun that heads a speaker's words into a `Source`: exact words, kind, and whom 'he' or 'the source' is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from rashomon.knowledge.speech import SpeechLexicon
from rashomon.model import Mention, Source, SourceKind, Span

LEFT = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "punct", "advmod", "case"})
RIGHT = frozenset({"prep", "appos", "nmod", "acl", "nummod", "flat", "case", "compound"})
QUOTES = frozenset('"“”„«»')
RELATIVE = frozenset({"who", "which", "that", "whom"})
JOINING = frozenset({"at", "of", "for", "from", "with", "in"})
LONGEST = 18  # tokens of one speaker's words


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source, and the token that heads its words."""

    source: Source
    head: int


@dataclass(slots=True)
class SpeakerFinder:
    """Builds sources for one document, in reading order: each new one may refer back to those before it.

    Attributes:
        doc, speech: what is read.
        bodies: for each token of a body's name, how that body speaks.
        known: the speakers so far.
    """

    doc: Doc
    speech: SpeechLexicon
    bodies: Mapping[int, SourceKind] = field(default_factory=dict)
    known: list[Speaker] = field(default_factory=list)
    _words: dict[tuple[int, int | None], Mention] = field(default_factory=dict)

    def speakers(self, head: Token, verb: Token | None) -> tuple[Speaker, ...]:
        """The speaker headed by `head`, then those joined to it by 'and'; `verb` bounds their words."""
        heads = [head, *(token for token in head.conjuncts if token.i > head.i and _nominal(token))]
        if verb is not None and verb.i > head.i:
            heads = [token for token in heads if token.i < verb.i]
        return tuple(self._speaker(token, verb) for token in heads)

    def named_from(self, start: int, end: int) -> tuple[Speaker, ...]:
        """The speaker whose name starts at a token, whatever the parse makes of its words ('Save the Children')."""
        for stop in range(start + 2, end + 1):
            found = self.speech.kind_and_tier(self.doc[start:stop].text)
            if found and found[1] == "names":
                span = self.doc[start:stop]
                mention = Mention(span.text, Span(span.start_char, span.end_char))
                return (Speaker(Source(mention, found[0]), start),)
        return ()

    def remember(self, speakers: Sequence[Speaker]) -> None:
        """Let later pronouns and 'the source' refer back to these."""
        self.known.extend(speakers)

    def can_speak(self, speaker: Speaker, *, lenient: bool = False) -> bool:
        """Whether the words name somebody who speaks: a kind, a name or a pronoun, not 'the blast'.

        With `lenient`, any word among them that tells a kind will do.
        """
        head = self.doc[speaker.head]
        if head.pos_ in {"PROPN", "PRON"} or self.may_refer(head) or _one_of(head):
            return True
        words = speaker.source.mention.text if lenient else head.text
        return self.speech.kind_of(words) is not None or self.speech.kind_of(head.lemma_) is not None

    def may_refer(self, head: Token) -> bool:
        """Whether the noun may stand for a speaker named before ('the group')."""
        return head.lower_ in self.speech.speakers or head.lemma_.casefold() in self.speech.speakers

    def _speaker(self, head: Token, verb: Token | None) -> Speaker:
        words = self._words_of(head, verb)
        kind, antecedent = self._kind(head, words.text)
        return Speaker(Source(Mention(words.text, words.span, antecedent), kind), head.i)

    def _words_of(self, head: Token, verb: Token | None) -> Mention:
        """The speaker's words, found once: unlike their kind they do not hang on who spoke before."""
        key = (head.i, verb.i if verb is not None else None)
        if key not in self._words:
            start, end = self._cut(head, verb, *phrase(head, verb))
            while start < head.i and self.doc[start].lower_ in self.speech.speech_times:
                start += 1  # 'on Wednesday the agency' without its comma
            found = self.speech.kind_and_tier(self.doc[start:end].text)
            if found is None or found[1] == "last":
                end = self._joined(end, verb)
            span = self.doc[start:end]
            self._words[key] = Mention(span.text, Span(span.start_char, span.end_char))
        return self._words[key]

    def _cut(self, head: Token, verb: Token | None, start: int, end: int) -> tuple[int, int]:
        """Where commas are missing, words before the speaker run into it: keep what names the speaker.

        'in a joint operation security sources said', 'a lack of understanding in Damascus the foreign ministry said'.
        """
        words = self.doc[start:end]
        if verb is None:
            return start, self._run_on(start, end)
        if verb.i != end or end - start < 3:
            return start, end
        if head.pos_ == "NOUN" and head.i == end - 1 and words[0].pos_ not in {"DET", "NUM"}:
            return self._shortest(start, end), end
        if end - start > 5 and self.speech.kind_of(head.text) is None:
            chunks = [chunk for chunk in words.noun_chunks if chunk.end == end and chunk.start > head.i]
            if (
                chunks
                and self.speech.kind_of(self.doc[start : head.i + 1].text) is None
                and self.speech.kind_of(chunks[-1].text)
            ):
                return chunks[-1].start, end
        return start, end

    def _run_on(self, start: int, end: int) -> int:
        """Where the name after 'according to' ends and more words run on ('according to Radio East clashes began')."""
        if end >= len(self.doc) or self.doc[end].pos_ not in {"VERB", "AUX", "ADP", "ADV"}:
            return end
        for index in range(start + 1, end):
            found = self.speech.kind_and_tier(self.doc[start:index].text)
            rest = self.doc[index:end]
            if found is None or found[1] not in {"names", "roles"} or rest[0].pos_ in {"ADP", "PUNCT", "PART", "CCONJ"}:
                continue
            if not any(self.speech.kind_of(token.text) is found[0] or self.may_refer(token) for token in rest):
                return index
        return end

    def _shortest(self, start: int, end: int) -> int:
        """Where the shortest ending of the words that names a kind of speaker starts.

        The adjectives and names before it belong to it, and so do words that name a kind themselves ('state TV').
        """
        for index in range(end - 1, start, -1):
            found = self.speech.kind_and_tier(self.doc[index:end].text)
            if found and found[1] != "last":
                while index > start and self._belongs(self.doc[index - 1]):
                    index -= 1
                return index
        return start

    def _belongs(self, token: Token) -> bool:
        return token.pos_ in {"ADJ", "PROPN"} or self.speech.kind_of(token.text) is not None

    def _joined(self, end: int, verb: Token | None) -> int:
        """Takes in 'at the police command' where the parse has hung it on the verb instead of on 'a source'."""
        if end + 1 >= len(self.doc) or self.doc[end].lower_ not in JOINING or (verb is not None and verb.i == end):
            return end
        chunk = next((c for c in self.doc[end + 1 : end + 12].noun_chunks), None)
        if chunk is None or chunk.start != end + 1 or (verb is not None and end < verb.i < chunk.end):
            return end
        found = self.speech.kind_and_tier(chunk.text)
        return chunk.end if found and found[1] != "last" else end

    def _kind(self, head: Token, words: str) -> tuple[SourceKind, str | None]:
        """The kind of a speaker, and whom its words refer back to where they do not say it themselves."""
        found = self.speech.kind_and_tier(words)
        if head.pos_ == "PRON" or head.lower_ in RELATIVE or (_one_of(head) and found is None):
            return self._of_pronoun(head)
        if found and found[1] == "names":
            return found[0], None
        if head.i in self.bodies:
            return self.bodies[head.i], None
        if found and found[1] != "last" and not (_definite(head) and _bare(head)):
            return found[0], None
        may_refer = self.may_refer(head)
        back = head.pos_ == "PROPN" or _definite(head) or (_bare(head) and not _indefinite(head))
        earlier = self._same_words(head) if back and (may_refer or head.pos_ == "PROPN" or found) else None
        if earlier is None and head.pos_ == "PROPN":
            named = self._named_elsewhere(head)
            if named is not None and (found is None or found[1] == "last"):
                return named
        unknown = found is None or found[0] is SourceKind.OTHER
        if earlier is None and may_refer and _definite(head) and unknown and head.pos_ != "PROPN":
            earlier = self.known[-1] if self.known else None
        if earlier is not None and (found is None or found[1] == "last" or earlier.source.kind is not SourceKind.OTHER):
            return earlier.source.kind, earlier.source.mention.antecedent or earlier.source.mention.text
        if found:
            return found[0], None
        described = self._described(head)
        if described:
            return described, None
        if head.pos_ == "PROPN" and self.known and self.known[-1].source.kind is not SourceKind.MEDIA:
            return self.known[-1].source.kind, None
        return SourceKind.OTHER, None

    def _of_pronoun(self, head: Token) -> tuple[SourceKind, str | None]:
        """The last speaker: a person for 'he' and 'she' where there is one among the last three."""
        recent = [s for s in self.known if s.head < head.i and s.source.kind is not SourceKind.OTHER]
        recent = recent or [s for s in self.known if s.head < head.i]
        if not recent:
            return SourceKind.OTHER, None
        chosen = recent[-1]
        if head.lower_ in {"he", "she"}:
            people = [s for s in recent[-4:] if s.source.kind is not SourceKind.MEDIA]
            persons = [s for s in people if self._is_person(self.doc[s.head])]
            chosen = (persons or people or [chosen])[-1]
        return chosen.source.kind, chosen.source.mention.antecedent or chosen.source.mention.text

    def _is_person(self, head: Token) -> bool:
        """A name without an article, or 'a spokesman', 'the director'."""
        if head.pos_ == "PROPN":
            return not any(c.lower_ == "the" for c in head.children) and not self._is_body(head)
        return head.pos_ == "PRON" or head.lower_ in self.speech.persons

    def _is_body(self, head: Token) -> bool:
        found = self.speech.kind_and_tier(head.text)
        return found is not None and found[1] == "last"

    def _same_words(self, head: Token) -> Speaker | None:
        """The last speaker before whose words hold the same head noun or name ('the source': 'a police source')."""
        for speaker in reversed(self.known):
            if speaker.head >= head.i:
                continue
            words = speaker.source.mention.text.casefold().split()
            if head.lower_ in words or head.lemma_.casefold() in words:
                return speaker
        return None

    def _named_elsewhere(self, head: Token) -> tuple[SourceKind, str] | None:
        """What the words around the same name say elsewhere in the report ('Colonel Tamim of the guard': 'Tamim')."""
        others = [token for token in self.doc if token.lower == head.lower and token.i != head.i]
        for token in sorted(others, key=lambda other: (other.i > head.i, abs(other.i - head.i))):
            start, end = phrase(token, None)
            words = self.doc[start:end].text
            found = self.speech.kind_and_tier(words) or self._beside(token)
            if found and found[1] != "last":
                return found[0], words
        return None

    def _beside(self, token: Token) -> tuple[SourceKind, str] | None:
        """The kind by an appositive before or after the name."""
        if token.dep_ == "appos":
            start, end = phrase(token.head, None)
            return self.speech.kind_and_tier(self.doc[start:end].text)
        return None

    def _described(self, head: Token) -> SourceKind | None:
        """The kind by a relative clause or an appositive that belongs to the speaker but not to the speaker's words."""
        for child in head.children:
            if child.dep_ in {"relcl", "appos", "acl"} and child.i > head.i:
                kind = self.speech.kind_of(self.doc[child.left_edge.i : child.right_edge.i + 1].text)
                if kind:
                    return kind
        return self.speech.kind_of(self.doc[head.head.i].text) if head.dep_ in {"compound", "appos"} else None


def phrase(head: Token, verb: Token | None) -> tuple[int, int]:
    """First and one past the last token of the noun phrase of `head`, without relative clauses, cut at `verb`."""
    start = head.i
    for child in sorted((c for c in head.children if c.i < head.i), key=lambda c: -c.i):
        if child.dep_ not in LEFT or child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    start = _with_named_body(head, _after_inner_determiner(head, start))
    end = head.i + 1
    for child in sorted((c for c in head.children if c.i > head.i), key=lambda c: c.i):
        edge = child.right_edge.i + 1
        blocked = verb is not None and child.left_edge.i <= verb.i < edge
        if child.dep_ not in RIGHT or child.left_edge.i > end + 1 or blocked or _is_time(child):
            break
        end = max(end, edge)
    if verb is not None and head.i < verb.i < end:
        end = verb.i
    stop = next((t.i for t in head.doc[head.i + 1 : end] if t.text in QUOTES or t.lower_ == "that"), end)
    end = max(head.i + 1, stop)
    while (
        end > head.i + 1
        and (head.doc[end - 1].is_punct or head.doc[end - 1].is_space)
        and head.doc[end - 1].text not in ")]"
    ):
        end -= 1
    while start < head.i and (head.doc[start].is_punct or head.doc[start].pos_ in {"SPACE", "ADV"}):
        start += 1
    if end < len(head.doc) and head.doc[end].text == ")" and any(token.text == "(" for token in head.doc[head.i : end]):
        end += 1
    return (start, end) if end - start <= LONGEST else (max(start, head.i - 6), min(end, head.i + 9))


def _after_inner_determiner(head: Token, start: int) -> int:
    """Where commas are missing, 'on Friday the ministry' runs together: the phrase starts at its last article."""
    for index in range(head.i - 1, start, -1):
        token = head.doc[index]
        if token.tag_ == "DT" and token.head.i == head.i:
            return index
    return start


def _with_named_body(head: Token, start: int) -> int:
    """'Observatory for Human Rights', where the parse takes only 'Human Rights' for the subject."""
    doc = head.doc
    if start < 2 or doc[start].pos_ != "PROPN" or doc[start - 1].lower_ not in {"for", "of"}:
        return start
    body = doc[start - 2]
    if body.pos_ != "PROPN":
        return start
    lefts = [body.i]
    lefts += [child.i for child in body.children if child.i < body.i and child.dep_ in {"det", "amod", "compound"}]
    return min(lefts)


def _is_time(token: Token) -> bool:
    """'On Monday' after a speaker says when he spoke."""
    return token.dep_ == "prep" and token.lower_ == "on" and any(child.pos_ == "PROPN" for child in token.children)


def _one_of(head: Token) -> bool:
    """'One of them', 'two of the men'."""
    return head.pos_ == "NUM" and any(child.lower_ == "of" for child in head.children)


def _nominal(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "PRON"}


def _definite(head: Token) -> bool:
    return any(c.lower_ in {"the", "this", "that", "these", "those", "same", "its", "his"} for c in head.children)


def _indefinite(head: Token) -> bool:
    return any(c.lower_ in {"a", "an", "another", "one", "some"} for c in head.children)


def _bare(head: Token) -> bool:
    """Nothing but an article and 'same' before the noun, and nothing after it."""
    plain = {"det", "punct", "predet"}
    return all(c.dep_ in plain or c.lower_ == "same" or c.dep_ in {"relcl", "cc", "conj"} for c in head.children)


def sources_of(speakers: Sequence[Speaker]) -> tuple[Source, ...]:
    """The sources alone."""
    return tuple(speaker.source for speaker in speakers)
