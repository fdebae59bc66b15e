"""Finds who says what in a parsed report: reported speech, 'according to', quotations, and who 'he added' is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.coding.quotations import Quotation, find_quotations
from rashomon.coding.speakers import RELATIVE, Speaker, SpeakerFinder, phrase, sources_of
from rashomon.knowledge.speech import Frame, Needs, SpeechLexicon, SpeechVerb
from rashomon.model import Mention, Source, SourceKind, Span

SUBJECT = frozenset({"nsubj", "nsubjpass"})
OBJECT = frozenset({"dobj", "obj", "iobj", "dative", "oprd"})
SELF = frozenset({"we", "i", "it", "he", "she", "they"})
NEAR = 14  # tokens between a quotation and the verb that introduces or follows it


@dataclass(frozen=True, slots=True)
class Attributions:
    """Who each word of a report is attributed to.

    Attributes:
        chains: for each token the speakers, nearest first; empty in the outlet's own voice.
        speech_tokens: tokens that are verbs of speech; they are no events.
        speech_times: tokens of days and hours that only say when somebody spoke.
        acts: chains of tokens whose chain is another one where the token names an act of speech.
        speakers: for each verb of speech its own speakers.
    """

    chains: tuple[tuple[Source, ...], ...]
    speech_tokens: frozenset[int]
    speech_times: frozenset[int]
    acts: Mapping[int, tuple[Source, ...]]
    speakers: tuple[tuple[int, tuple[Source, ...]], ...]

    def of(self, token_index: int) -> tuple[Source, ...]:
        """The speakers that the statement at this token is attributed to, nearest first.

        A verb of speech is not attributed to its own subject, only to who reports it.
        """
        return self.chains[token_index]

    def of_act(self, token_index: int) -> tuple[Source, ...]:
        """The same for a token that names an act of speech (demand, threat, offer, rejection, accusation, endorsement).

        Whoever performs the act is its doer: a speaker who says it of himself is left out.
        """
        return self.acts.get(token_index, self.chains[token_index])

    def speaker_of(self, token_index: int) -> tuple[Source, ...]:
        """The speakers whose own verb of speech this token is; empty for any other token."""
        return next((sources for index, sources in self.speakers if index == token_index), ())

    def is_speech_time(self, token_index: int) -> bool:
        """Whether this token is a day or an hour that only says when somebody spoke."""
        return token_index in self.speech_times


@dataclass(frozen=True, slots=True)
class _Cue:
    """A verb or preposition that attributes the tokens `start` to `end` (without `hole`) to `speakers`."""

    token: int
    speakers: tuple[Speaker, ...]
    ranges: tuple[tuple[int, int], ...]
    verb: SpeechVerb | None

    def covers(self, index: int) -> bool:
        return any(start <= index < end for start, end in self.ranges)

    @property
    def cites(self) -> bool:
        """Whether it passes on another speaker's words, so that its own chain comes first."""
        return self.verb is not None and self.verb.frame is Frame.QUOTE

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.ranges)


def attributions(doc: Doc, speech: SpeechLexicon, outlet: str | None) -> Attributions:
    """Find every attribution in a parsed report.

    Args:
        doc: the parsed report.
        speech: the lexicon of speech.
        outlet: the report's outlet, or None.

    Returns:
        For each token whom it is attributed to.
    """
    return _Reader(doc, speech).read()


class _Reader:
    """One pass over one document."""

    def __init__(self, doc: Doc, speech: SpeechLexicon) -> None:
        self.doc = doc
        self.speech = speech
        self.finder = SpeakerFinder(doc, speech)
        self.quotations = find_quotations(doc)
        self.cues: list[_Cue] = []
        self.times: set[int] = set()

    def read(self) -> Attributions:
        for sentence in self.doc.sents:
            self._read_sentence(sentence.start, sentence.end)
        spread = [cue for quotation in self.quotations for cue in self._spread(quotation)]
        cues = [*self.cues, *spread]
        own = {cue.token for cue in cues}
        chains = tuple(self._chain(index, cues, act=False) for index in range(len(self.doc)))
        acts = [(token.i, self._chain(token.i, cues, act=True)) for token in self.doc if chains[token.i]]
        return Attributions(
            chains=chains,
            speech_tokens=frozenset(cue.token for cue in self.cues if cue.verb and cue.verb.frame is not Frame.ACCUSE),
            speech_times=frozenset(self.times - own),
            acts={index: chain for index, chain in acts if chain != chains[index]},
            speakers=tuple((cue.token, sources_of(cue.speakers)) for cue in self.cues if cue.verb),
        )

    # --- one sentence ---------------------------------------------------------------------------------------------

    def _read_sentence(self, start: int, end: int) -> None:
        """Find the cues of one sentence, left to right, and cut them where the next speaker begins."""
        cues: list[_Cue] = []
        for index in range(start, end):
            token = self.doc[index]
            words = self._preposition(index, end)
            cue = self._rumour(token, end)
            if words:
                cue = self._according(token, index + words, start, end)
            elif cue is None:
                verb = self._speech_verb(token)
                if verb is not None:
                    cue = self._verb_cue(token, verb, start, end, cues)
            if cue is not None:
                cues.append(cue)
        self.cues.extend(self._cut(cues))

    def _rumour(self, token: Token, end: int) -> _Cue | None:
        """'Reports of clashes', 'reports that troops left', 'it was reported that': said by nobody in particular."""
        follows = ((token.i + 1, end),)
        if token.lower_ in self.speech.rumour_nouns:
            inside = [child for child in token.children if child.i > token.i]
            clause = any(child.dep_ in {"acl", "ccomp"} and child.tag_ != "VBN" for child in inside)
            about = token.tag_ == "NNS" and any(child.dep_ == "prep" and child.lower_ in {"of", "about", "over"} for child in inside)
            if (clause or about) and not any(child.dep_ == "poss" for child in token.children):
                speakers = self.finder.speakers(token, inside[0])
                return _Cue(token.i, speakers[:1], follows, None)
        if token.lemma_ in self.speech.rumour_verbs and token.tag_ == "VBN":
            subjects = [child for child in token.children if child.dep_ == "nsubjpass" and child.lower_ == "it"]
            if subjects and self._agent(token) is None:
                words = self.doc[subjects[0].i : token.i + 1]
                mention = Mention(words.text, Span(words.start_char, words.end_char))
                return _Cue(token.i, (Speaker(Source(mention, SourceKind.MEDIA), token.i),), follows, None)
        return None

    def _preposition(self, index: int, end: int) -> int:
        """How many tokens the preposition of speech that starts here has; 0 where none does."""
        for preposition in self.speech.prepositions:
            stop = index + len(preposition.words)
            if stop < end and all(self.doc[index + n].lower_ == word for n, word in enumerate(preposition.words)):
                return len(preposition.words)
        return 0

    def _according(self, token: Token, after: int, start: int, end: int) -> _Cue | None:
        head = self._noun_from(after, end)
        if head is None:
            return None
        speakers = self.finder.speakers(head, None)
        if not any(self.finder.can_speak(speaker, lenient=True) for speaker in speakers):
            return None
        self.finder.remember(speakers)
        return _Cue(token.i, speakers, ((start, end),), None)

    def _noun_from(self, index: int, end: int) -> Token | None:
        """The head of the noun phrase that starts at `index`."""
        for chunk in self.doc[index:end].noun_chunks:
            if chunk.start <= index + 1:
                return chunk.root
            break
        token = self.doc[index] if index < end else None
        return token if token is not None and token.pos_ in {"NOUN", "PROPN", "PRON"} else None

    def _speech_verb(self, token: Token) -> SpeechVerb | None:
        if token.pos_ == "NOUN":
            return self._noun_as_verb(token)
        if token.pos_ not in {"VERB", "AUX", "PROPN"} or (token.pos_ == "PROPN" and token.i != token.sent.end - 2):
            return None
        return self.speech.verb(token.lemma_, token.lower_)

    def _noun_as_verb(self, token: Token) -> SpeechVerb | None:
        """'... reports say', '... a channel reports.': a verb at the end of a sentence that the tagger took for a noun."""
        last = token.i + 1 >= token.sent.end or all(other.is_punct for other in self.doc[token.i + 1 : token.sent.end])
        return self.speech.verb(token.lemma_, token.lower_) if last and token.i > token.sent.start + 3 else None

    def _verb_cue(self, token: Token, verb: SpeechVerb, start: int, end: int, before: list[_Cue]) -> _Cue | None:
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.children)
        passive = passive or (token.tag_ == "VBN" and not self._has_own(token))
        relay: tuple[Speaker, ...] = ()
        closing = self._closing_speaker(token, start, end)
        subject = closing or self._subject(token, start)
        if verb.frame is Frame.QUOTE:
            return self._quote_cue(token, verb, passive, subject, start, end, before)
        if passive:
            subject = self._agent(token)
            if subject is None:
                return None
        ranges = self._ranges(token, verb, subject, start, end)
        if not ranges:
            return None
        if subject is not None and token.tag_ == "VBG" and not self.finder.can_speak(self.finder.speakers(subject, token)[0]):
            subject = None
        inherited = self._inherited(token, before) if subject is None else ()
        if subject is None and not inherited:
            return None
        speakers = inherited or (self.finder.speakers(subject, token) if subject is not None else ())
        if verb.needs is not Needs.NONE and not any(self.finder.can_speak(speaker) for speaker in speakers):
            return None
        if verb.by and speakers[0].source.kind not in verb.by:
            return None
        self.finder.remember(speakers)
        if verb.frame is Frame.TELL or verb.lemma == "say":
            relay = self._hearer(token, end)
        self._mark_times(token, subject, end)
        if token.dep_ == "relcl" and subject is not None and subject.i != token.head.i and token.head.i < token.i:
            ranges = ((token.head.i, token.head.i + 1), *ranges)
        return _Cue(token.i, (*speakers, *relay), ranges, verb)

    def _quote_cue(
        self,
        token: Token,
        verb: SpeechVerb,
        passive: bool,
        subject: Token | None,
        start: int,
        end: int,
        before: list[_Cue],
    ) -> _Cue | None:
        """'The paper quoted a doctor as saying', 'a doctor was quoted by the paper', 'citing a doctor'."""
        agent = self._agent(token) if passive else None
        quoted = subject if passive else next((c for c in token.children if c.dep_ in OBJECT or c.dep_ == "pobj"), None)
        if quoted is None:
            quoted = self._noun_from(token.i + 1, end)
        if quoted is None:
            return None
        by = agent if passive else (subject if token.tag_ != "VBG" else None)
        relay = self.finder.speakers(by, token) if by is not None else (before[-1].speakers if before else ())
        speakers = self.finder.speakers(quoted, token if quoted.i < token.i else None)
        self.finder.remember(speakers)
        return _Cue(token.i, (*speakers, *relay), ((start, end),), verb)

    def _subject(self, token: Token, start: int) -> Token | None:
        """The token that heads the subject of a verb, its own or that of the verb it is joined to."""
        subjects = [child for child in token.children if child.dep_ in SUBJECT]
        if subjects:
            child = min(subjects, key=lambda subject: (abs(subject.i - token.i), subject.i))
            if child.lower_ in RELATIVE and token.dep_ == "relcl":
                return token.head
            return child if child.pos_ != "DET" else None
        if token.dep_ == "conj" and token.head.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG":
            return self._subject(token.head, start)
        if token.dep_ in {"relcl", "acl"} and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i < token.i:
            return token.head
        if token.tag_ in {"VBG", "VB"}:
            return None
        return self._noun_before(token, start)

    def _closing_speaker(self, token: Token, start: int, end: int) -> Token | None:
        """Who speaks where the verb closes the sentence: '... a monitor said on Monday.', '..., added the monitor.'."""
        own = [child for child in token.children if child.dep_ in SUBJECT and child.i < token.i]
        if any(self.finder.can_speak(self.finder.speakers(child, token)[0]) for child in own):
            return None
        after = [] if token.lower_ == "told" else [child for child in token.children if child.i > token.i]
        for child in after:
            if child.dep_ not in {"dobj", "nsubj"} or child.left_edge.i != token.i + 1:
                continue
            closes = all(other.is_punct for other in self.doc[child.right_edge.i + 1 : end])
            found = self.speech.kind_and_tier(self.doc[child.left_edge.i : child.right_edge.i + 1].text)
            if closes and found and (found[1] in {"names", "roles"} or child.dep_ == "nsubj"):
                return child
        noun = self._noun_before(token, start)
        if noun is not None and self._tail_is_light(token.i + 1, end) and self.finder.can_speak(self.finder.speakers(noun, token)[0]):
            return noun
        return None

    def _tail_is_light(self, start: int, end: int) -> bool:
        """Whether nothing but a day, a hearer or a participle follows the verb."""
        for token in self.doc[start:end]:
            if token.tag_ == "VBG":
                return True
            if token.pos_ in {"VERB", "AUX"} or token.i - start > 8:
                return False
        return True

    def _noun_before(self, token: Token, start: int) -> Token | None:
        """Where the parse gives no subject: the noun that ends right before the verb."""
        index = token.i - 1
        while index >= start and self.doc[index].pos_ in {"AUX", "ADV", "PUNCT"}:
            index -= 1
        if index >= start and self.doc[index].pos_ in {"NOUN", "PROPN", "PRON"}:
            return _top(self.doc[index])
        return None

    def _has_own(self, token: Token) -> bool:
        """Whether a participle has an auxiliary ('has said') or a subject before it (a past tense taken for a participle)."""
        return any(
            child.dep_ == "aux" or (child.dep_ in SUBJECT and child.i < token.i) for child in token.children
        ) or token.dep_ == "conj"

    def _agent(self, token: Token) -> Token | None:
        for child in token.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                return next((c for c in child.children if c.dep_ == "pobj"), None)
        return None

    def _inherited(self, token: Token, before: list[_Cue]) -> tuple[Speaker, ...]:
        """'..., adding that': the speakers of the verb before it, or the subject of the verb it hangs on."""
        if before:
            return before[-1].speakers
        head = token.head
        while head.head.i != head.i and head.pos_ not in {"VERB", "AUX"}:
            head = head.head
        subject = self._subject(head, token.sent.start) if head.i != token.i else None
        return self.finder.speakers(subject, head) if subject is not None else ()

    def _hearer(self, token: Token, end: int) -> tuple[Speaker, ...]:
        """The medium that is told something, as the second link of the chain."""
        candidates = [c for c in token.children if c.dep_ in OBJECT and c.i > token.i]
        for prep in (c for c in token.children if c.dep_ in {"prep", "dative"} and c.lower_ == "to" and c.i > token.i):
            candidates += [c for c in prep.children if c.dep_ == "pobj"]
        if not candidates and token.lower_ == "told":
            noun = self._noun_from(token.i + 1, end)
            candidates = [noun] if noun is not None else []
        for candidate in candidates:
            found = self.finder.speakers(candidate, token)
            plain = candidate.tag_ == "NNS" and not any(
                child.dep_ in {"compound", "amod"} for child in candidate.children
            )
            if found and found[0].source.kind is SourceKind.MEDIA and not plain:
                return found[:1]
        return ()

    # --- scope ----------------------------------------------------------------------------------------------------

    def _ranges(
        self, token: Token, verb: SpeechVerb, subject: Token | None, start: int, end: int
    ) -> tuple[tuple[int, int], ...]:
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
        if clause_left and (
            verb.needs is Needs.NONE or not any(c.dep_ == "dobj" and c.i > token.i for c in token.children)
        ):
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
        """Whether the verb closes what was said, though more follows it ('..., a monitor said, a day after they agreed')."""
        if any(child.dep_ == "ccomp" and child.i > token.i for child in token.children):
            return False
        if last < end and self.doc[last].lower_ == "that":
            return False
        return first - start > end - last

    def _before(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """A sentence that is nothing but 'he said' belongs to the quotation before it."""
        for quotation in self.quotations:
            if start - 2 <= quotation.end <= start + 2:
                return ((quotation.start, quotation.end), (start, end))
        return ()

    def _clause(self, token: Token, start: int, end: int) -> bool:
        """Whether a clause that the verb governs follows it."""
        if any(child.dep_ in {"ccomp", "xcomp"} and child.i > token.i for child in token.children):
            return True
        if any(inner.dep_ == "pcomp" for child in token.children if child.lower_ == "to" for inner in child.children):
            return True
        if start < end and self.doc[start].lower_ == "that":
            return True
        tail = [t for t in self.doc[start:end] if t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
        return any(self._speech_verb(t) is None and t.dep_ not in {"relcl", "advcl"} for t in tail) and not any(
            t.dep_ == "advcl" and t.i < token.i for t in token.children
        )

    def _has_clause(self, start: int, end: int) -> bool:
        return any(t.pos_ in {"VERB", "AUX"} and t.tag_ != "VBG" for t in self.doc[start:end]) or end - start > 4

    def _quotation_beside(self, token: Token) -> bool:
        return any(
            quotation.start - NEAR <= token.i < quotation.start or quotation.end <= token.i < quotation.end + NEAR
            for quotation in self.quotations
        )

    def _cut(self, cues: list[_Cue]) -> list[_Cue]:
        """End what one speaker says where another speaker of the same sentence begins, unless one is inside the other."""
        cut = []
        for number, cue in enumerate(cues):
            ranges = cue.ranges
            for other in cues[number + 1 :]:
                if other.verb is None or cue.verb is None or not other.speakers:
                    continue
                head = min(other.token, self.doc[other.speakers[0].head].left_edge.i)
                inside = self.doc[cue.token].is_ancestor(self.doc[other.token])
                joined = (
                    self.doc[other.token].dep_ in {"conj", "advcl", "parataxis"}
                    and self.doc[other.token].head.i == cue.token
                )
                if cue.token < head and (not inside or joined) and other.covers(other.token + 1):
                    ranges = tuple((start, min(end, head)) for start, end in ranges if start < head)
            cut.append(_Cue(cue.token, cue.speakers, ranges, cue.verb))
        return cut

    def _mark_times(self, token: Token, subject: Token | None, end: int) -> None:
        """Days and hours right beside the verb say when somebody spoke."""
        index = token.i + 1
        while index < min(end, token.i + 6):
            other = self.doc[index]
            if other.lower_ in self.speech.speech_times:
                self.times.add(index)
            elif other.pos_ not in {"ADP", "DET", "PROPN", "ADV", "ADJ"}:
                break
            index += 1
        if subject is not None and subject.i < token.i:
            self.times.update(
                i for i in range(subject.i + 1, token.i) if self.doc[i].lower_ in self.speech.speech_times
            )

    # --- quotations -----------------------------------------------------------------------------------------------

    def _spread(self, quotation: Quotation) -> Iterable[_Cue]:
        """The speaker beside a quotation speaks all of it, over sentences and paragraphs."""
        after = [c for c in self.cues if c.verb and quotation.end <= c.token < quotation.end + NEAR]
        before = [c for c in self.cues if c.verb and quotation.start - NEAR <= c.token < quotation.start]
        same = [c for c in after if self.doc[c.token].sent.start <= quotation.end] or before[-1:] or after[:1]
        if same:
            yield _Cue(same[0].token, same[0].speakers, ((quotation.start, quotation.end),), same[0].verb)

    # --- chains ---------------------------------------------------------------------------------------------------

    def _is_own_act(self, token: Token, cue: _Cue) -> bool:
        """Whether the speaker of `cue` is the doer of this act of speech ('he said ..., urging them to leave')."""
        verb = token
        while verb.head.i != verb.i and verb.pos_ not in {"VERB", "AUX"}:
            verb = verb.head
        subjects = [child for child in verb.children if child.dep_ in SUBJECT]
        if not subjects or any(child.lower_ in {"must", "should"} for child in verb.children if child.dep_ == "aux"):
            return True
        heads = {speaker.head for speaker in cue.speakers}
        return all(subject.lower_ in SELF or subject.i in heads for subject in subjects)

    def _chain(self, index: int, cues: list[_Cue], *, act: bool) -> tuple[Source, ...]:
        covering = sorted((c for c in cues if c.token != index and c.covers(index)), key=lambda c: (not c.cites, c.size, -c.token))
        if act and covering and self._is_own_act(self.doc[index], covering[0]):
            covering = covering[1:]
        chain: list[Source] = []
        for cue in covering:
            for source in sources_of(cue.speakers):
                if source not in chain and not any(_same(source, other) for other in chain):
                    chain.append(source)
        return tuple(chain)


def _top(token: Token) -> Token:
    """The noun that `token` belongs to: 'sources' for 'ground' in 'monitors and sources on the ground'."""
    while token.dep_ == "pobj" and token.head.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head.head
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token


def _same(one: Source, other: Source) -> bool:
    """Whether two sources are one speaker, called by a name and by a pronoun."""
    names = {one.mention.text, one.mention.antecedent} & {other.mention.text, other.mention.antecedent}
    return bool(names - {None})
