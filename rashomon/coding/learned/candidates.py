"""Every word of a report that may name an event, with what the rules say of it: what the model chooses from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from rashomon.coding.drafts import Draft
from rashomon.coding.learned.hiding import Hidden, hidden_in
from rashomon.coding.learned.meanings import Meanings
from rashomon.coding.learned.mentions import Mentions
from rashomon.coding.learned.words import Words
from rashomon.coding.merging import is_definite
from rashomon.coding.rules import Findings, Proposal, Proposals
from rashomon.coding.triggers import Trigger, trigger_at
from rashomon.knowledge import Knowledge
from rashomon.knowledge.lexicon import Entry, Lexicon, PartOfSpeech
from rashomon.model import Report

NO_ENTRY = -1  # order of a word that stands in no lexicon
_PARTS: Mapping[str, PartOfSpeech] = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}

Vocabulary = Mapping[tuple[PartOfSpeech, str], str]
"""Words that people took for triggers, by part of speech and lemma, each with the type that it mostly had."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the rules give to an event; arguments are numbers of `Mentions`."""

    kind: str
    status: str
    speaker: int | None
    actors: tuple[int, ...]
    targets: tuple[int, ...]
    spots: tuple[int, ...]
    own_places: bool
    time: int | None
    counts: tuple[int, ...]
    weapons: int
    fullness: int


@dataclass(frozen=True, slots=True)
class Group:
    """What the rules take for one event.

    Attributes:
        number: its place among the report's.
        main: head token of its fullest statement. heads: those of all its triggers, in order.
    """

    number: int
    main: int
    heads: tuple[int, ...]
    given: Given
    draft: Draft


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may name an event.

    Attributes:
        head: its main token. start, end: its tokens.
        given: what the rules hang on it alone; group: the event that they make it part of.
        added: whether no lexicon knows it here. covered: whether it stands in another trigger's words.
        host: head token of the event that takes it up as a part, or None.
        definite: whether it takes up an event already spoken of.
        lemma: its lemma; of a loaded word its entry's first word, since whose word it is decides nothing.
        speaker, speaker_of_act: whose words it stands in, as a statement and as an act of speech.
        actor_heads, target_heads, modifiers: tokens of those who take part by grammar.
    """

    trigger: Trigger
    head: int
    start: int
    end: int
    given: Given
    draft: Draft
    group: Group | None
    added: bool
    covered: bool
    host: int | None
    definite: bool
    lemma: str
    speaker: int | None
    speaker_of_act: int | None
    actor_heads: frozenset[int]
    target_heads: frozenset[int]
    modifiers: frozenset[int]

    @property
    def is_main(self) -> bool:
        """Whether the rules take it for the fullest statement of its event."""
        return self.group is not None and self.group.main == self.head

    @property
    def told(self) -> Given:
        """What the rules give to its whole event, or to it alone where they make it part of none."""
        return self.group.given if self.group is not None else self.given

    @property
    def kind(self) -> str:
        """Its type by the rules: that of the whole event where it is the event's main statement."""
        return self.told.kind if self.is_main else self.given.kind

    @property
    def carrier(self) -> int | None:
        """The verb that carries it, or None."""
        return self.trigger.carrier.i if self.trigger.carrier is not None else None


@dataclass(frozen=True, slots=True)
class Case:
    """One report as the model looks at it.

    Attributes:
        candidates: in the order of the text.
        known: those of the lexicon. known_heads: their head tokens. heads_in: the same by sentence.
        speakers_in: for each sentence the chains of speakers that words of it have.
        names: tokens of names and roles.
        speech_types: the types that are acts of speech. loaded: words that outlets of one side use.
    """

    report: Report
    words: Words
    findings: Findings
    mentions: Mentions
    candidates: list[Candidate]
    groups: list[Group]
    known: list[Candidate]
    known_heads: frozenset[int]
    heads_in: Mapping[int, list[int]]
    speakers_in: list[list[int]]
    names: Mapping[int, Hidden]
    speech_types: frozenset[str]
    loaded: frozenset[str]

    @classmethod
    def of(cls, report: Report, proposals: Proposals, knowledge: Knowledge, meanings: Meanings) -> Case:
        """Puts together what the rules propose.

        Args:
            report: the report.
            proposals: what the rules propose for it.
            knowledge: actors, types, loaded words.
            meanings: says what mentions mean.
        """
        found = proposals.findings
        words = Words.of(found.doc)
        mentions = Mentions(report, found, knowledge, meanings)
        speakers_in = [
            sorted({n for i in range(start, end) if (n := mentions.speaker(found.spoken.of(i))) is not None})
            for start, end in words.sentences
        ]
        given = [_given(proposal.draft, mentions) for proposal in proposals.single]
        spoken = [_spoken(proposal, found, mentions) for proposal in proposals.single]
        groups = [
            Group(n, draft.trigger.head.i, tuple(sorted(set(draft.heads))), _given(draft, mentions), draft)
            for n, draft in enumerate(proposals.merged)
        ]
        group_of: dict[int, Group] = {}
        for group in groups:
            for head in group.heads:
                group_of.setdefault(head, group)
        covered = {i for t in found.triggers for i in range(t.start, t.end)}
        candidates = [
            _candidate(proposal, what, who, group_of.get(proposal.trigger.head.i), covered, knowledge)
            for proposal, what, who in zip(proposals.single, given, spoken, strict=True)
        ]
        candidates.sort(key=lambda candidate: candidate.head)
        known = [candidate for candidate in candidates if not candidate.added]
        heads_in: defaultdict[int, list[int]] = defaultdict(list)
        for candidate in known:
            heads_in[words.sentence_of[candidate.head]].append(candidate.head)
        return cls(
            report=report,
            words=words,
            findings=found,
            mentions=mentions,
            candidates=candidates,
            groups=groups,
            known=known,
            known_heads=frozenset(candidate.head for candidate in known),
            heads_in=heads_in,
            speakers_in=speakers_in,
            names=hidden_in(found.doc, knowledge.actors),
            speech_types=speech_types(knowledge),
            loaded=frozenset(knowledge.labels.single),
        )

    def sentence(self, token: int) -> int:
        """The number of a token's sentence."""
        return self.words.sentence_of[token]


def speech_types(knowledge: Knowledge) -> frozenset[str]:
    """The types that are acts of speech: the speaker is the doer."""
    return frozenset(kind.id for kind in knowledge.ontology if kind.speech)


def word_of(token: Token) -> tuple[PartOfSpeech | None, str]:
    """How a word stands in a vocabulary: its part of speech, None where it names no events, and its lemma."""
    return _PARTS.get(token.pos_), token.lemma_.lower()


class AddedTriggers:
    """Finds words that no lexicon knows as events but that people took for triggers before.

    Args:
        vocabulary: those words.
        knowledge: the lexicon gives each the manners of other words of its type; words of types that are none any more
            are left alone.
    """

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge) -> None:
        lexicon, types = knowledge.lexicon, {kind.id for kind in knowledge.ontology}
        self._entries = {
            (part, lemma): _stand_in(kind, part, lemma, lexicon)
            for (part, lemma), kind in vocabulary.items()
            if kind in types
        }
        self._lexicon = lexicon

    def __call__(self, found: Findings) -> list[Trigger]:
        """The words of a document, in order, that are not triggers already."""
        heads = {trigger.head.i for trigger in found.triggers}
        made = []
        for token in found.doc:
            part, lemma = word_of(token)
            entry = self._entries.get((part, lemma)) if part is not None else None
            if entry is not None and token.i not in heads:
                made.append(trigger_at(token, entry, self._lexicon))
        return made


def _stand_in(kind: str, part: PartOfSpeech, lemma: str, lexicon: Lexicon) -> Entry:
    """An entry for a word: without conditions, in the frame that words of this type and part of speech mostly have."""
    typed = [entry for entry in lexicon.entries if entry.type == kind]
    alike = [e for e in typed if not e.light and any(words[0] == part for words in e.words)] or typed
    model = alike[0] if alike else lexicon.entries[0]
    frames = Counter(entry.frame for entry in alike)
    return replace(
        model,
        type=kind,
        words=((part, (lemma,)),),
        frame=max(sorted(frames), key=lambda frame: frames[frame], default="done"),
        light=False,
        means=False,
        objects=frozenset(),
        object_phrases=(),
        subjects=frozenset(),
        status=None,
        whom=(),
        order=NO_ENTRY,
        examples=(),
        counter_examples=(),
    )


def _given(draft: Draft, mentions: Mentions) -> Given:
    return Given(
        kind=draft.kind,
        status=draft.status.value,
        speaker=mentions.speaker(draft.source),
        actors=tuple(mentions.party(m) for m in draft.actors),
        targets=tuple(mentions.party(m) for m in draft.targets),
        spots=_present(mentions.spot(p) for p in draft.places),
        own_places=draft.own_places,
        time=mentions.time(draft.time),
        counts=_present(mentions.count(q) for q in draft.quantities),
        weapons=len(draft.weapons),
        fullness=draft.fullness,
    )


def _present(numbers: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(n for n in numbers if n is not None)


def _spoken(proposal: Proposal, found: Findings, mentions: Mentions) -> tuple[int | None, int | None]:
    head = proposal.trigger.head.i
    return mentions.speaker(found.spoken.of(head)), mentions.speaker(found.spoken.of_act(head))


def _candidate(
    proposal: Proposal,
    given: Given,
    spoken: tuple[int | None, int | None],
    group: Group | None,
    covered: set[int],
    knowledge: Knowledge,
) -> Candidate:
    trigger = proposal.trigger
    lemma = trigger.head.lemma_.lower()
    return Candidate(
        trigger=trigger,
        head=trigger.head.i,
        start=trigger.start,
        end=trigger.end,
        given=given,
        draft=proposal.draft,
        group=group,
        added=proposal.added,
        covered=trigger.head.i in covered,
        host=proposal.host.head.i if proposal.host is not None else None,
        definite=is_definite(proposal.draft),
        lemma=trigger.entry.words[0][1][0] if lemma in knowledge.labels.single else lemma,
        speaker=spoken[0],
        speaker_of_act=spoken[1],
        actor_heads=frozenset(token.i for token in proposal.roles.actors),
        target_heads=frozenset(token.i for token in proposal.roles.targets),
        modifiers=frozenset(token.i for token in proposal.roles.modifiers),
    )
