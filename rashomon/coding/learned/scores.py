"""What the encoder says of one report, as features of candidates and of their arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.encoder import Encoder, ReadStretch
from rashomon.coding.learned.layers import Classifier, Pairs
from rashomon.coding.learned.mentions import Mentions
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.speaker import OUTLET
from rashomon.coding.learned.trees import Floats

_UNREAD = -12.0  # logarithm of the probability of a type at a word that the encoder does not see
_NO_PAIR = -9.0  # score of a mention that stands in another stretch
_LEAST = 1e-6  # keeps logarithms finite
_AROUND = 4  # tokens
_BACK = 7  # tokens before a mention that stand in for it where none of its own is seen
_OTHER = "other"

PARTIES, SPOTS, TIMES, COUNTS = "parties", "spots", "times", "counts"
ROLES_OF: Mapping[str, slice] = {PARTIES: slice(0, 2), SPOTS: slice(2, 3), TIMES: slice(3, 4), COUNTS: slice(4, 5)}
"""Which of `ROLES` mentions of each sort may fill."""

Stand = tuple[int, int, int | None]
"""Where a mention stands: its first token, one past its last, and its head; without one its last token is taken."""


def places_of(mentions: Mentions) -> dict[str, list[Stand]]:
    """Where each mention stands, by sort and number."""
    return {
        PARTIES: [(p.mention.start_token, p.mention.end_token, p.mention.head) for p in mentions.parties],
        SPOTS: [(s.mention.start_token, s.mention.end_token, s.mention.head) for s in mentions.spots],
        TIMES: [(t.mention.start_token, t.mention.end_token, None) for t in mentions.times],
        COUNTS: [(q.start_token, q.end_token, q.head) for q in mentions.counts],
    }


def seen_token(place: Stand, tokens: Sequence[int], at: Mapping[int, int]) -> int | None:
    """The token that stands for a mention in a stretch: its head, else another of it or shortly before; or None.

    Args:
        place: where the mention stands.
        tokens: those of the stretch.
        at: the row of each of them.
    """
    start, end, head = place
    if not tokens[0] <= start <= tokens[-1]:
        return None
    if head is None or not start <= head < end:
        head = next((token for token in range(end - 1, start - 1, -1) if token in at), None)
        if head is None:
            return None
    tries = (head, *range(start, end), *range(start - 1, start - 1 - _BACK, -1))
    return next((token for token in tries if token in at), None)


@dataclass(frozen=True, slots=True)
class Reader:
    """An encoder with what stands on it.

    Attributes:
        types, statuses, source_kinds: the classes, in the order of the classifiers; before the types stands 'none'.
    """

    encoder: Encoder
    type_layer: Classifier
    status_layer: Classifier
    source_layer: Classifier
    pairs: Pairs
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    source_kinds: tuple[str, ...]

    @classmethod
    def of(
        cls,
        encoder: Encoder,
        arrays: Mapping[str, npt.NDArray[Any]],
        types: Sequence[str],
        statuses: Sequence[str],
        source_kinds: Sequence[str],
    ) -> Reader:
        """An encoder with the layers that these arrays hold; for the classes see above.

        Raises:
            KeyError: an array is missing.
        """
        return cls(
            encoder=encoder,
            type_layer=Classifier.of(arrays, "type"),
            status_layer=Classifier.of(arrays, "status_of_word"),
            source_layer=Classifier.of(arrays, "source_of_word"),
            pairs=Pairs.of(arrays),
            types=tuple(types),
            statuses=tuple(statuses),
            source_kinds=tuple(source_kinds),
        )

    def read(self, case: Case) -> Scores:
        """What it says of a report."""
        stretches = self.encoder.read(case.words, case.names)
        logs = np.full((len(case.words), len(self.types) + 1), _UNREAD, dtype=np.float32)
        logs[:, 0] = 0.0
        where: dict[int, ReadStretch] = {}
        for stretch in stretches:
            logs[list(stretch.tokens)] = self.type_layer.log_probabilities(stretch.states)
            where.update(dict.fromkeys(stretch.tokens, stretch))
        chances = np.exp(logs)
        unread = [at for at in range(len(logs)) if at not in where]
        chances[unread, 1:] = 0.0
        events: Floats = chances[:, 1:].sum(axis=1)  # not one less 'none', of which rounding would leave nothing
        heads = [candidate.head for candidate in case.candidates if candidate.head in where]
        return Scores(
            reader=self,
            case=case,
            logs=logs,
            chances=chances,
            events=events,
            sentences=np.array(case.words.sentence_of),
            where=where,
            statuses=_at_heads(self.status_layer, self.statuses, heads, where),
            sources=_at_heads(self.source_layer, self.source_kinds, heads, where),
            places=places_of(case.mentions),
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """What a reader says of one report.

    Attributes:
        logs, chances: for each token the probability of each type, as its logarithm and itself; first 'none'.
        events: for each token the probability that it names an event.
        sentences: the number of each token's sentence.
        where: the stretch that each token is seen in.
        statuses, sources: for each candidate that is seen the probability of each class, as its logarithm.
        places: where each mention stands, by sort and number.
    """

    reader: Reader
    case: Case
    logs: Floats
    chances: Floats
    events: Floats
    sentences: np.ndarray[tuple[int], np.dtype[np.intp]]
    where: Mapping[int, ReadStretch]
    statuses: Mapping[int, Mapping[str, float]]
    sources: Mapping[int, Mapping[str, float]]
    places: Mapping[str, Sequence[Stand]]
    _mentions: dict[tuple[int, int], Floats] = field(default_factory=dict)

    def add_to_trigger(self, candidate: Candidate, row: Features) -> None:
        """Adds to a candidate's row what the encoder says of its words and of those around."""
        head, column = candidate.head, self._column(candidate.kind)
        if column is None:  # a type of the site's own, which the encoder never saw
            return
        logs, events, chances = self.logs[head], self.events, self.chances[:, column]
        top = int(logs[1:].argmax()) + 1
        own = slice(candidate.start, candidate.end)
        row["encoder_none"], row["encoder_type"], row["encoder_top"] = map(float, (logs[0], logs[column], logs[top]))
        row["encoder_agrees"] = top == column
        row["encoder_event"] = float(np.log(events[head] + _LEAST))
        row["encoder_words_event"] = float(events[own].max())
        row["encoder_words_type"] = float(chances[own].max())
        row.update(self._around(head, events))
        row["encoder_type_before"] = float(chances[: candidate.start].max(initial=0))
        row["encoder_type_after"] = float(chances[candidate.end :].max(initial=0))
        row["encoder_type_sum"] = float(chances.sum())
        row["encoder_type_rank"] = int((chances > chances[head]).sum())
        row["encoder_event_rank"] = int((events > events[head]).sum()) / max(1, len(self.case.words.sentences))
        if head in self.where:
            row.update({f"encoder_{status}": chance for status, chance in self.statuses[head].items()})
            row["encoder_outlet"] = self.sources[head][OUTLET]

    def _around(self, head: int, events: Floats) -> Features:
        inside = np.flatnonzero(self.sentences == self.sentences[head])
        others = inside[inside != head]
        near = np.concatenate([events[max(0, head - _AROUND) : head], events[head + 1 : head + _AROUND + 1]])
        return {
            "encoder_sentence_sum": float(events[inside].sum()),
            "encoder_sentence_max": float(events[others].max(initial=0)),
            "encoder_near": float(near.max(initial=0)),
        }

    def kind_of_added(self, candidate: Candidate, prior: float) -> str:
        """The likeliest type of a word that stands in no lexicon.

        Args:
            candidate: the word.
            prior: what speaks for the type that the word had among those learned from, as a logarithm of odds.
        """
        logs = self.logs[candidate.head, 1:].copy()
        column = self._column(candidate.kind)
        if column is None:
            return candidate.kind
        logs[column - 1] += prior
        return self.reader.types[int(logs.argmax())]

    def add_to_sources(self, candidate: Candidate, trigger: Features, rows: Sequence[ArgumentRow]) -> None:
        """Adds to the rows of speakers how likely each kind is to say it."""
        chances = self.sources.get(candidate.head, {})
        top = max(chances, key=lambda kind: chances[kind], default=None)
        for row in rows:
            row.features["encoder_event"] = float(np.log(self.events[candidate.head] + _LEAST))
            if top is not None:
                row.features["encoder_source"] = chances.get(str(row.key), chances[_OTHER])
                row.features["encoder_outlet"] = chances[OUTLET]
                row.features["encoder_top_source"] = chances[top]
                row.features["encoder_agrees"] = top == row.key

    def add_to_arguments(
        self,
        candidate: Candidate,
        trigger: Features,
        rows: Sequence[ArgumentRow],
        sort: str,
    ) -> None:
        """Adds to rows of arguments how well they go with the candidate.

        Args:
            candidate: what they may be arguments of.
            trigger: its own row.
            rows: the rows.
            sort: of the mentions that they are rows of.
        """
        places, roles = self.places[sort], ROLES_OF[sort]
        wanted = sorted({number for row in rows for number in row.members})
        pairs = self._pairs(candidate.head, {number: places[number] for number in wanted}, roles)
        for row in rows:
            row.features["encoder_event"] = float(np.log(self.events[candidate.head] + _LEAST))
            found = [pairs[number] for number in row.members if number in pairs]
            for role in range(roles.stop - roles.start):
                if row.at in pairs:
                    row.features[f"pair_{role}"] = float(pairs[row.at][role])
                if found:
                    row.features[f"best_pair_{role}"] = float(max(scores[role] for scores in found))
        for role in range(roles.stop - roles.start):
            _rank(rows, role)

    def _pairs(self, head: int, places: Mapping[int, Stand], roles: slice) -> dict[int, Floats]:
        stretch = self.where.get(head)
        if stretch is None:
            return {}
        seen = {number: seen_token(place, stretch.tokens, stretch.at) for number, place in places.items()}
        rows = {number: stretch.at[token] for number, token in seen.items() if token is not None}
        if not rows:
            return {}
        mentions = self._of_mentions([stretch.tokens[row] for row in rows.values()], stretch, roles)
        at = stretch.at[head]
        scores = self.reader.pairs.scores(stretch.states[at], mentions, [row - at for row in rows.values()], roles)
        return dict(zip(rows, scores, strict=True))

    def _of_mentions(self, tokens: Sequence[int], stretch: ReadStretch, roles: slice) -> Floats:
        """What stands for tokens as mentions; made once, since most of them are near several triggers."""
        new = [token for token in dict.fromkeys(tokens) if (roles.start, token) not in self._mentions]
        if new:
            made = self.reader.pairs.of_mentions(stretch.states[[stretch.at[token] for token in new]], roles)
            self._mentions.update(zip([(roles.start, token) for token in new], made, strict=True))
        return np.stack([self._mentions[roles.start, token] for token in tokens])

    def _column(self, kind: str) -> int | None:
        return self.reader.types.index(kind) + 1 if kind in self.reader.types else None


def _at_heads(
    layer: Classifier, classes: Sequence[str], heads: Sequence[int], where: Mapping[int, ReadStretch]
) -> dict[int, dict[str, float]]:
    """For each of these tokens the logarithm of the probability of each class."""
    if not heads:
        return {}
    states = np.stack([where[head].states[where[head].at[head]] for head in heads])
    found = layer.log_probabilities(states).tolist()
    return {head: dict(zip(classes, row, strict=True)) for head, row in zip(heads, found, strict=True)}


def _rank(rows: Sequence[ArgumentRow], role: int) -> None:
    """Adds to each row its rank by score, and by how much it is before the next, or behind the first."""
    values = [float(row.features.get(f"best_pair_{role}", _NO_PAIR)) for row in rows]
    ordered = sorted(values, reverse=True)
    second = ordered[1] if len(ordered) > 1 else _NO_PAIR
    for row, value in zip(rows, values, strict=True):
        row.features[f"pair_rank_{role}"] = ordered.index(value)
        row.features[f"pair_margin_{role}"] = value - (ordered[0] if value < ordered[0] else second)
