"""Finds what attributes words to a speaker: verbs of speech, 'according to', 'reports of', citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from rashomon.coding.quotations import Quotation
from rashomon.coding.scopes import Ranges, Scopes
from rashomon.coding.speakers import Speaker, SpeakerFinder
from rashomon.coding.subjects import OBJECT, SUBJECT, agent_of, is_finite, noun_before, noun_from, subject_of
from rashomon.knowledge.speech import Frame, Needs, SpeechLexicon, SpeechVerb
from rashomon.model import Mention, Source, SourceKind, Span

VERBS = frozenset({"VERB", "AUX"})
NOBODY = frozenset({"you"})  # 'you can say'
NAMED = 7  # tokens of a name that the parse may take for something else


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or preposition that attributes the tokens of `ranges` to `speakers`, nearest first.

    Attributes:
        token: the verb, preposition or noun.
        speakers: who says it, and who passes it on.
        ranges: first and one past the last token of each stretch.
        verb: the lexicon's entry, for verbs.
    """

    token: int
    speakers: tuple[Speaker, ...]
    ranges: Ranges
    verb: SpeechVerb | None

    def covers(self, index: int) -> bool:
        """Whether the token at `index` is attributed by this cue."""
        return any(start <= index < end for start, end in self.ranges)

    @property
    def cites(self) -> bool:
        """Whether it passes on another speaker's words, so that its own chain comes first."""
        return self.verb is not None and self.verb.frame is Frame.QUOTE

    @property
    def size(self) -> int:
        """How many tokens it covers."""
        return sum(end - start for start, end in self.ranges)


@dataclass(slots=True)
class CueFinder:
    """One pass over one document, sentence by sentence.

    Attributes:
        doc, speech, quotations: what is read.
        bodies: for each token of a body's name, how that body speaks.
        times: tokens of days and hours that only say when somebody spoke; filled by `find`.
    """

    doc: Doc
    speech: SpeechLexicon
    quotations: Sequence[Quotation]
    bodies: Mapping[int, SourceKind] = field(default_factory=dict)
    times: set[int] = field(default_factory=set)
    finder: SpeakerFinder = field(init=False)
    scopes: Scopes = field(init=False)

    def __post_init__(self) -> None:
        self.finder = SpeakerFinder(self.doc, self.speech, self.bodies)
        self.scopes = Scopes(self.doc, self.speech, self.quotations)

    def find(self) -> list[Cue]:
        """All cues of the document, in order."""
        found: list[Cue] = []
        words = self._words_of_speech()
        at = 0
        for sentence in self.doc.sents:
            first = at
            while at < len(words) and words[at] < sentence.end:
                at += 1
            if at > first:
                found += self._of_sentence(words[first:at], sentence.start, sentence.end)
        return found

    def _words_of_speech(self) -> list[int]:
        """Every token that may be a cue, by its lemma or form alone: most sentences have none and cost nothing more."""
        words = {get_string_id(word) for word in self.speech.words}
        keys = self.doc.to_array(["LEMMA", "LOWER"]).tolist()
        return [index for index, (lemma, lower) in enumerate(keys) if lemma in words or lower in words]

    def _of_sentence(self, words: Sequence[int], start: int, end: int) -> list[Cue]:
        """The cues of one sentence, left to right, cut where the next speaker begins."""
        cues: list[Cue] = []
        for token in (self.doc[index] for index in words):
            length = self._preposition(token, end)
            cue = self._rumour(token, end)
            if length:
                cue = self._according(token, token.i + length, start, end)
            elif cue is None:
                verb = self._speech_verb(token, start, end)
                if verb is not None:
                    cue = self._verb_cue(token, verb, start, end, cues)
            if cue is not None:
                cues.append(cue)
        return self._cut(cues)

    def _rumour(self, token: Token, end: int) -> Cue | None:
        """'Reports of clashes', 'reports that troops left', 'it was reported that': said by nobody in particular."""
        follows = ((token.i + 1, end),)
        if token.lower_ in self.speech.rumour_nouns:
            inside = [child for child in token.children if child.i > token.i]
            clause = any(child.dep_ in {"acl", "ccomp"} and child.tag_ != "VBN" for child in inside)
            about = token.tag_ == "NNS" and any(
                child.dep_ == "prep" and child.lower_ in {"of", "about", "over"} for child in inside
            )
            answered = token.dep_ == "dobj" and self.speech.verb(token.head.lemma_, token.head.lower_) is not None
            if (clause or about) and not answered and not any(child.dep_ == "poss" for child in token.children):
                speakers = self.finder.speakers(token, inside[0])
                return Cue(token.i, speakers[:1], follows, None)
        if token.lemma_ in self.speech.rumour_verbs and token.tag_ == "VBN":
            subjects = [child for child in token.children if child.dep_ == "nsubjpass" and child.lower_ == "it"]
            if subjects and agent_of(token) is None:
                words = self.doc[subjects[0].i : token.i + 1]
                mention = Mention(words.text, Span(words.start_char, words.end_char))
                return Cue(token.i, (Speaker(Source(mention, SourceKind.MEDIA), token.i),), follows, None)
        return None

    def _preposition(self, token: Token, end: int) -> int:
        """How many tokens the preposition of speech that starts here has; 0 where none does."""
        for words in self.speech.prepositions_from(token.lower_):
            stop = token.i + len(words)
            if stop < end and [other.lower_ for other in self.doc[token.i : stop]] == list(words):
                return len(words)
        return 0

    def _according(self, token: Token, after: int, start: int, end: int) -> Cue | None:
        head = noun_from(self.doc[after], end) if after < end else None
        speakers = self.finder.speakers(head, None) if head is not None else ()
        if not any(self.finder.can_speak(speaker, lenient=True) for speaker in speakers):
            speakers = self.finder.named_from(after, min(after + NAMED, end))
        if not speakers:
            return None
        self.finder.remember(speakers)
        return Cue(token.i, speakers, ((start, end),), None)

    def _speech_verb(self, token: Token, start: int, end: int) -> SpeechVerb | None:
        """The lexicon's entry for a token; for one that is tagged a noun only where it closes the sentence."""
        verb = self.speech.verb(token.lemma_, token.lower_)
        if verb is None or token.pos_ in VERBS:
            return verb
        if token.pos_ not in {"NOUN", "PROPN"} or token.i < start + 4 or token.text[0].isupper():
            return None
        return verb if all(other.is_punct for other in self.doc[token.i + 1 : end]) else None

    def _verb_cue(self, token: Token, verb: SpeechVerb, start: int, end: int, before: list[Cue]) -> Cue | None:
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.children)
        passive = passive or (token.tag_ == "VBN" and not is_finite(token)) or self._is_told_of(token, verb, end)
        relay: tuple[Speaker, ...] = ()
        subject = self._closing_speaker(token, start, end) or self._subject(token, start)
        if verb.frame is Frame.QUOTE:
            return self._quote_cue(token, verb, passive, subject, start, end, before)
        if passive:
            subject = agent_of(token)
            if subject is None or (verb.frame is Frame.SAY and verb.needs not in {Needs.NONE, Needs.REPORT}):
                return None
        ranges = self.scopes.of(token, verb, subject, start, end)
        if not ranges:
            return None
        if (
            subject is not None
            and token.tag_ == "VBG"
            and not self.finder.can_speak(self.finder.speakers(subject, token)[0])
        ):
            subject = None
        inherited = self._inherited(token, before) if subject is None else ()
        if (subject is None and not inherited) or (subject is not None and subject.lower_ in NOBODY):
            return None
        speakers = inherited or (self.finder.speakers(subject, token) if subject is not None else ())
        states = any(child.dep_ == "ccomp" and child.i > token.i for child in token.children) and not verb.by_things
        if verb.needs is not Needs.NONE and not states and not any(map(self.finder.can_speak, speakers)):
            return None
        if verb.by and speakers[0].source.kind not in verb.by:
            return None
        self.finder.remember(speakers)
        if verb.frame is Frame.TELL or verb.lemma == "say":
            relay = self._hearer(token, end)
        self._mark_times(token, subject, end)
        if token.dep_ == "relcl" and subject is not None and subject.i != token.head.i and token.head.i < token.i:
            ranges = ((token.head.i, token.head.i + 1), *ranges)
        return Cue(token.i, (*speakers, *relay), ranges, verb)

    def _is_told_of(self, token: Token, verb: SpeechVerb, end: int) -> bool:
        """'Jets believed to be foreign': what is said is said of the noun before, whatever the parse makes of it."""
        if verb.of_itself or token.tag_ not in {"VBN", "VBD"} or token.i + 2 >= end:
            return False
        return self.doc[token.i + 1].lower_ == "to" and self.doc[token.i + 2].tag_ == "VB"

    def _quote_cue(
        self,
        token: Token,
        verb: SpeechVerb,
        passive: bool,
        subject: Token | None,
        start: int,
        end: int,
        before: list[Cue],
    ) -> Cue | None:
        """'The paper quoted a doctor as saying', 'a doctor was quoted by the paper', 'citing a doctor'."""
        agent = agent_of(token) if passive else None
        quoted = subject if passive else next((c for c in token.children if c.dep_ in OBJECT or c.dep_ == "pobj"), None)
        if quoted is None:
            quoted = noun_from(self.doc[token.i + 1], end) if token.i + 1 < end else None
        if quoted is None:
            return None
        by = agent if passive else (subject if token.tag_ != "VBG" else None)
        relay = self.finder.speakers(by, token) if by is not None else (before[-1].speakers if before else ())
        speakers = self.finder.speakers(quoted, token if quoted.i < token.i else None)
        if not any(map(self.finder.can_speak, speakers)):
            return None  # 'citing the death of three men'
        self.finder.remember(speakers)
        return Cue(token.i, (*speakers, *relay), ((start, end),), verb)

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
        noun = self._named_right_before(token, start) or noun_before(token, start)
        if noun is not None and self._tail_is_light(token.i + 1, end):
            return noun if self.finder.can_speak(self.finder.speakers(noun, token)[0]) else None
        return None

    def _subject(self, token: Token, start: int) -> Token | None:
        """The verb's subject; where that is no speaker ('20 people a monitor said'), who stands right before it."""
        subject = subject_of(token, start)
        if subject is None or self.finder.can_speak(self.finder.speakers(subject, token)[0]):
            return subject
        return self._named_right_before(token, start) or subject

    def _named_right_before(self, token: Token, start: int) -> Token | None:
        """The noun right before the verb where its own words tell a kind of speaker, whatever the parse makes of it."""
        noun = noun_before(token, start, climb=False)
        if noun is None:
            return None
        found = self.speech.kind_and_tier(self.finder.speakers(noun, token)[0].source.mention.text)
        return noun if found and found[1] in {"names", "roles"} else None

    def _tail_is_light(self, start: int, end: int) -> bool:
        """Whether nothing but a day, a hearer or a participle follows the verb."""
        for token in self.doc[start:end]:
            if token.tag_ == "VBG":
                return True
            if token.pos_ in {"VERB", "AUX"} or token.i - start > 8:
                return False
        return True

    def _inherited(self, token: Token, before: list[Cue]) -> tuple[Speaker, ...]:
        """'..., adding that': the speakers of the verb before it, or the subject of the verb it hangs on."""
        if before:
            return before[-1].speakers
        head = token.head
        while head.head.i != head.i and head.pos_ not in {"VERB", "AUX"}:
            head = head.head
        subject = subject_of(head, token.sent.start) if head.i != token.i else None
        return self.finder.speakers(subject, head) if subject is not None else ()

    def _hearer(self, token: Token, end: int) -> tuple[Speaker, ...]:
        """The medium that is told something, as the second link of the chain."""
        candidates = [c for c in token.children if c.dep_ in OBJECT and c.i > token.i]
        for prep in (c for c in token.children if c.dep_ in {"prep", "dative"} and c.lower_ == "to" and c.i > token.i):
            candidates += [c for c in prep.children if c.dep_ == "pobj"]
        if not candidates and token.lower_ == "told":
            noun = noun_from(self.doc[token.i + 1], end) if token.i + 1 < end else None
            candidates = [noun] if noun is not None else []
        for candidate in candidates:
            found = self.finder.speakers(candidate, token)
            plain = candidate.tag_ == "NNS" and not any(
                child.dep_ in {"compound", "amod"} for child in candidate.children
            )
            if found and found[0].source.kind is SourceKind.MEDIA and not plain:
                return found[:1]
        return ()

    def _cut(self, cues: list[Cue]) -> list[Cue]:
        """End what one speaker says where the next one of the sentence begins, unless one is inside the other."""
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
            cut.append(Cue(cue.token, cue.speakers, ranges, cue.verb))
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
