"""Features of who says it: one row for each kind of speaker near a candidate, and one for the outlet's own voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.relation import of_trigger
from rashomon.coding.learned.rows import ArgumentRow, Features, clipped
from rashomon.model import Source

OUTLET = "outlet"
_STATE = frozenset({"government", "military", "armed_group", "opposition"})
_REACH = 2  # sentences
_NOWHERE = 99
_FAR, _UNKNOWN = 100, 999  # words


@dataclass(frozen=True, slots=True)
class SourceRows:
    """Makes the rows of one report.

    Attributes:
        spoken: how many chains begin with each kind. shares: the share of candidates that the rules give to it.
    """

    case: Case
    spoken: Mapping[str, int]
    shares: Mapping[str, float]

    @classmethod
    def of(cls, case: Case) -> SourceRows:
        """Goes once through the speakers of the report."""
        speakers = case.mentions.speakers
        kinds = Counter(_kind(speakers, candidate.given.speaker) for candidate in case.known)
        shares = {kind: number / max(1, len(case.known)) for kind, number in kinds.items()}
        return cls(case, Counter(chain[0].kind.value for chain in speakers), shares)

    def __call__(self, candidate: Candidate, trigger: Features) -> list[ArgumentRow]:
        """One row for each kind of speaker; `at` is the chain that would be taken, None for the outlet itself."""
        nearest = self._nearest(candidate)
        return [
            self._row(candidate, trigger, kind, number, distance, len(nearest))
            for kind, (number, distance) in nearest.items()
        ]

    def _nearest(self, candidate: Candidate) -> dict[str, tuple[int | None, int]]:
        """Of each kind the nearest chain of speakers, those that the rules see first."""
        found: dict[str, tuple[int | None, int]] = {OUTLET: (None, _NOWHERE)}

        def put(number: int, distance: int) -> None:
            kind = _kind(self.case.mentions.speakers, number)
            if kind not in found or distance < found[kind][1]:
                found[kind] = (number, distance)

        for number in _picks(candidate).values():
            if number is not None:
                put(number, -1)
        own = self.case.sentence(candidate.head)
        for off in range(-_REACH, _REACH + 1):
            for number in self._in_sentence(own + off):
                put(number, abs(off))
        return found

    def _in_sentence(self, sentence: int) -> Sequence[int]:
        return self.case.speakers_in[sentence] if 0 <= sentence < len(self.case.speakers_in) else ()

    def _row(
        self, candidate: Candidate, trigger: Features, kind: str, number: int | None, distance: int, rivals: int
    ) -> ArgumentRow:
        case, speakers = self.case, self.case.mentions.speakers
        chain = speakers[candidate.given.speaker] if candidate.given.speaker is not None else ()
        features = of_trigger(candidate, trigger)
        features.update(
            none=number is None,
            distance=distance,
            rivals=rivals,
            spoken=self.spoken.get(kind, 0),
            share=self.shares.get(kind, 0),
            act_of_speech=str(trigger["type"]) in case.speech_types,
            governor_speaks=trigger["governor_speaks"],
            share_of_sentence=trigger["share_of_sentence"],
            sentence=trigger["sentence"],
            under_ccomp=trigger["under_ccomp"],
            under_advcl=trigger["under_advcl"],
            under_relcl=trigger["under_relcl"],
            speaker_kind="state" if kind in _STATE else kind,
            depth=len(chain),
            in_chain=any(source.kind.value == kind for source in chain),
        )
        for name, pick in _picks(candidate).items():
            features[name] = _kind(speakers, pick) == kind
        own = case.sentence(candidate.head)
        for off in range(-_REACH, _REACH + 1):
            here = any(_kind(speakers, other) == kind for other in self._in_sentence(own + off))
            features[f"in_sentence_{off:+d}" if off else "in_sentence"] = here
        if number is not None:
            features.update(self._words(candidate, speakers[number][0]))
        return ArgumentRow(number, (), kind, features)

    def _words(self, candidate: Candidate, source: Source) -> Features:
        span, words = source.mention.span, self.case.words
        start, end = (words.token_at(span.start), words.token_at(span.end - 1)) if span else (0, 0)
        return {
            "speaker_off": clipped(words.apart(candidate.start, start), -_FAR, _FAR) if span else _UNKNOWN,
            "speaker_words": words.length(start, end + 1) if span else 0,
            "speaker_refers_back": source.mention.antecedent is not None,
        }


def _picks(candidate: Candidate) -> dict[str, int | None]:
    """The chains that the rules see for it, each by its way of looking."""
    return {
        "rules_source": candidate.given.speaker,
        "group_source": candidate.told.speaker,
        "source_of_words": candidate.speaker,
        "source_of_act": candidate.speaker_of_act,
    }


def _kind(speakers: Sequence[tuple[Source, ...]], number: int | None) -> str:
    return speakers[number][0].kind.value if number is not None else OUTLET
