"""Finds who says what in a parsed report: reported speech, 'according to', quotations, and who 'he added' is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.coding.cues import Cue, CueFinder
from rashomon.coding.quotations import Quotation, find_quotations
from rashomon.coding.scopes import NEAR
from rashomon.coding.speakers import sources_of
from rashomon.coding.subjects import SUBJECT, verb_over
from rashomon.knowledge.speech import Frame, SpeechLexicon
from rashomon.model import Source, SourceKind

SELF = frozenset({"we", "i", "it", "he", "she", "they"})
MODALS = frozenset({"must", "should"})


@dataclass(frozen=True, slots=True)
class Attributions:
    """Who each word of a report is attributed to.

    Attributes:
        doc: the parsed report.
        chains: for each token the speakers, nearest first; empty in the outlet's own voice.
        covering: for each token the cues that cover it, the innermost first.
        speech_tokens: tokens that are verbs of speech; they are no events.
        speech_times: tokens of days and hours that only say when somebody spoke.
        speakers: for each verb of speech its own speakers.
    """

    doc: Doc
    chains: tuple[tuple[Source, ...], ...]
    covering: Sequence[Sequence[Cue]]
    speech_tokens: frozenset[int]
    speech_times: frozenset[int]
    speakers: Mapping[int, tuple[Source, ...]]

    def of(self, token_index: int) -> tuple[Source, ...]:
        """The speakers that the statement at this token is attributed to, nearest first.

        A verb of speech is not attributed to its own subject, only to who reports it.
        """
        return self.chains[token_index]

    def of_act(self, token_index: int) -> tuple[Source, ...]:
        """The same for a token that names an act of speech (demand, threat, offer, rejection, accusation, endorsement).

        Whoever performs the act is its doer: a speaker who says it of himself is left out.
        """
        cues = self.covering[token_index]
        if cues and _is_own_act(self.doc[token_index], cues[0]):
            return _chain(cues[1:])
        return self.chains[token_index]

    def speaker_of(self, token_index: int) -> tuple[Source, ...]:
        """The speakers whose own verb of speech this token is; empty for any other token."""
        return self.speakers.get(token_index, ())

    def is_speech_time(self, token_index: int) -> bool:
        """Whether this token is a day or an hour that only says when somebody spoke."""
        return token_index in self.speech_times


def attributions(
    doc: Doc, speech: SpeechLexicon, outlet: str | None, bodies: Mapping[int, SourceKind] | None = None
) -> Attributions:
    """Find every attribution in a parsed report.

    Args:
        doc: the parsed report.
        speech: the lexicon of speech.
        outlet: the report's outlet, or None. An outlet that quotes its own reporter is a source like any other.
        bodies: for each token of a body's name, how that body speaks.

    Returns:
        For each token whom it is attributed to.
    """
    quotations = find_quotations(doc)
    finder = CueFinder(doc, speech, quotations, bodies or {})
    found = finder.find()
    spread = [cue for quotation in quotations for cue in _spread(quotation, found, doc)]
    cues = [*found, *spread, *_counted_on(found, doc, speech)]
    covering = _covering(cues, len(doc))
    return Attributions(
        doc=doc,
        chains=tuple(_chains(covering)),
        covering=covering,
        speech_tokens=frozenset(cue.token for cue in found if cue.verb and cue.verb.frame is not Frame.ACCUSE),
        speech_times=frozenset(finder.times - {cue.token for cue in found}),
        speakers={cue.token: sources_of(cue.speakers) for cue in found if cue.verb},
    )


def _spread(quotation: Quotation, cues: Sequence[Cue], doc: Doc) -> Iterable[Cue]:
    """The speaker beside a quotation speaks all of it, over sentences and paragraphs."""
    after = [c for c in cues if c.verb and quotation.end <= c.token < quotation.end + NEAR]
    before = [c for c in cues if c.verb and quotation.start - NEAR <= c.token < quotation.start]
    beside = [c for c in after if doc[c.token].sent.start <= quotation.end] or before[-1:] or after[:1]
    if beside:
        yield Cue(beside[0].token, beside[0].speakers, ((quotation.start, quotation.end),), beside[0].verb)


def _counted_on(cues: Sequence[Cue], doc: Doc, speech: SpeechLexicon) -> Iterator[Cue]:
    """'Another two were hurt', 'some of them died': who counted the first ones in the sentence before counts on."""
    spoken: list[Cue] = []  # the cues of the sentence before
    number = 0
    for sentence in doc.sents:
        own = []
        while number < len(cues) and cues[number].token < sentence.end:
            own.append(cues[number])
            number += 1
        if not own and spoken and _counts_on(doc, sentence.start, sentence.end, speech):
            yield Cue(spoken[-1].token, spoken[-1].speakers, ((sentence.start, sentence.end),), spoken[-1].verb)
        spoken = own


def _counts_on(doc: Doc, start: int, end: int, speech: SpeechLexicon) -> bool:
    while start < end and (doc[start].is_space or doc[start].is_punct):
        start += 1
    if start + 2 >= end:
        return False
    first, then, third = doc[start], doc[start + 1], doc[start + 2]
    if first.lower_ in speech.counting_on:
        return True
    if first.pos_ != "NUM" and first.lower_ not in speech.counting:
        return False
    return then.pos_ == "AUX" or (then.lower_ == "of" and third.lower_ in {"them", "those"})


def _covering(cues: Iterable[Cue], length: int) -> list[list[Cue]]:
    """For each token the cues that cover it, the innermost first."""
    covering: list[list[Cue]] = [[] for _ in range(length)]
    for cue in dict.fromkeys(sorted(cues, key=lambda c: (not c.cites, c.size, -c.token))):
        covered = {index for start, end in cue.ranges for index in range(start, end)}
        for index in covered - {cue.token}:
            covering[index].append(cue)
    return covering


def _chains(covering: Iterable[Sequence[Cue]]) -> Iterator[tuple[Source, ...]]:
    """The chain of each token; neighbours mostly stand under the same cues, and have the same one."""
    before: Sequence[Cue] = []
    chain: tuple[Source, ...] = ()
    for cues in covering:
        if cues != before:
            before, chain = cues, _chain(cues)
        yield chain


def _chain(cues: Iterable[Cue]) -> tuple[Source, ...]:
    """The speakers of nested cues, each once."""
    chain: list[Source] = []
    for cue in cues:
        for source in sources_of(cue.speakers):
            if not any(_same(source, other) for other in chain):
                chain.append(source)
    return tuple(chain)


def _is_own_act(token: Token, cue: Cue) -> bool:
    """Whether the speaker of `cue` is the doer of this act of speech ('he said ..., urging them to leave')."""
    verb = verb_over(token)
    subjects = [child for child in verb.children if child.dep_ in SUBJECT]
    if not subjects and token.pos_ == "NOUN":
        return False
    if not subjects or any(child.lower_ in MODALS for child in verb.children if child.dep_ == "aux"):
        return True
    heads = {speaker.head for speaker in cue.speakers}
    own = SELF if cue.verb is not None else frozenset[str]()  # 'she refused, according to a friend'
    return all(subject.lower_ in own or subject.i in heads for subject in subjects)


def _same(one: Source, other: Source) -> bool:
    """Whether two sources are one speaker, called by a name and by a pronoun."""
    names = {one.mention.text, one.mention.antecedent} & {other.mention.text, other.mention.antecedent}
    return bool(names - {None})
