"""The coder: rules propose events with their arguments, a trained model decides which of them the report claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Doc

from rashomon.coding.drafts import Draft, freeze
from rashomon.coding.learned.amount import CountRows
from rashomon.coding.learned.candidates import AddedTriggers, Candidate, Case
from rashomon.coding.learned.deciding import Decision, Scored, likeliest, likely_once, take_sides
from rashomon.coding.learned.heads import Rates
from rashomon.coding.learned.meanings import Meanings
from rashomon.coding.learned.model import Model
from rashomon.coding.learned.moment import TimeRows
from rashomon.coding.learned.party import PartyRows
from rashomon.coding.learned.relation import Relations
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.scores import COUNTS, PARTIES, SPOTS, TIMES, Reader, Scores
from rashomon.coding.learned.speaker import SourceRows
from rashomon.coding.learned.spot import SpotRows
from rashomon.coding.learned.trigger import trigger_rows
from rashomon.coding.learned.uses import Uses
from rashomon.coding.rules import RulesCoder, labels_of
from rashomon.coding.times import TimeMention
from rashomon.knowledge import Knowledge
from rashomon.model import Claim, Report, Status

_DIGITS = 3  # of confidence
REVISION = "1"
"""Raise it whenever the same model may code the same report otherwise, the rules' version aside."""


@dataclass(frozen=True, slots=True)
class ArgumentRows:
    """All that may be arguments of one candidate."""

    parties: list[ArgumentRow]
    spots: list[ArgumentRow]
    times: list[ArgumentRow]
    counts: list[ArgumentRow]
    sources: list[ArgumentRow]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of features of one report.

    Attributes:
        triggers: one for each candidate.
        scores: what the encoder says, or None without one.
    """

    case: Case
    triggers: list[Features]
    scores: Scores | None
    _parties: PartyRows
    _spots: SpotRows
    _times: TimeRows
    _counts: CountRows
    _sources: SourceRows

    @classmethod
    def of(cls, case: Case, rates: Sequence[Rates], reader: Reader | None) -> Rows:
        """The rows of candidates at once; those of arguments when they are asked for.

        Args:
            case: the report.
            rates: how often words were claims; no row of an argument looks at that.
            reader: the encoder with what stands on it, or None without one.
        """
        scores = reader.read(case) if reader is not None else None
        triggers = trigger_rows(case)
        for candidate, row in zip(case.candidates, triggers, strict=True):
            for rate in rates:
                rate.add_to(row)
            if scores is not None:
                scores.add_to_trigger(candidate, row)
        uses, relations = Uses.of(case), Relations(case)
        return cls(
            case,
            triggers,
            scores,
            PartyRows.of(case, uses, relations),
            SpotRows.of(case, uses, relations),
            TimeRows(case, uses, relations),
            CountRows(case, uses, relations),
            SourceRows.of(case),
        )

    def arguments(self, candidate: Candidate, trigger: Features) -> ArgumentRows:
        """All that may be arguments of a candidate; `trigger` is its own row."""
        made = ArgumentRows(
            self._parties(candidate, trigger),
            self._spots(candidate, trigger),
            self._times(candidate, trigger),
            self._counts(candidate, trigger),
            self._sources(candidate, trigger),
        )
        if self.scores is not None:
            self._score(self.scores, candidate, trigger, made)
        return made

    def kind(self, candidate: Candidate, prior: float) -> str:
        """The type of a candidate: the rules'; of a word that the rules do not know the encoder's.

        Args:
            candidate: what is asked about.
            prior: what speaks for the type that such a word had before, as a logarithm of odds.
        """
        if candidate.added and self.scores is not None:
            return self.scores.kind_of_added(candidate, prior)
        return candidate.kind

    def _score(self, scores: Scores, candidate: Candidate, trigger: Features, made: ArgumentRows) -> None:
        scores.add_to_arguments(candidate, trigger, made.parties, PARTIES)
        scores.add_to_arguments(candidate, trigger, made.spots, SPOTS)
        scores.add_to_arguments(candidate, trigger, made.times, TIMES)
        scores.add_to_arguments(candidate, trigger, made.counts, COUNTS)
        scores.add_to_sources(candidate, trigger, made.sources)


class LearnedCoder:
    """Finds claims with a trained model.

    Args:
        knowledge: lexicons, actors, gazetteer.
        parse: parses one report into a document whose offsets count characters of the report's text.
        model: what was learned.
        meanings: says which mentions are one actor, one place, the same days.
    """

    name = "learned"

    def __init__(self, knowledge: Knowledge, parse: Callable[[Report], Doc], model: Model, meanings: Meanings) -> None:
        self.version = f"{model.version}.{RulesCoder.version}.{REVISION}"
        self._knowledge = knowledge
        self._parse = parse
        self._model = model
        self._meanings = meanings
        self._rules = RulesCoder(knowledge, parse)
        self._added = AddedTriggers(model.vocabulary, knowledge)

    def code(self, report: Report) -> list[Claim]:
        """The report's claims in the order of the text; mentions are words with offsets, nothing is resolved."""
        return self.code_parsed(report, self._parse(report))

    def code_parsed(self, report: Report, doc: Doc) -> list[Claim]:
        """The same for a report that is parsed already; each claim says how sure the model is of it."""
        case = Case.of(report, self._rules.propose(report, doc, self._added), self._knowledge, self._meanings)
        rows = Rows.of(case, self._model.rates, self._model.reader)
        chances = self._model.heads["claim"].probabilities(rows.triggers)
        chosen = [n for n, chance in enumerate(chances) if chance >= self._model.thresholds.claim]
        statuses = self._model.status.best([rows.triggers[n] for n in chosen])
        arguments = [rows.arguments(case.candidates[n], rows.triggers[n]) for n in chosen]
        kinds = [rows.kind(case.candidates[n], self._model.prior_of_added) for n in chosen]
        decisions = self._decide(kinds, [chances[n] for n in chosen], arguments)
        ties: dict[str, int] = {}
        made = []
        typed = self._model.heads["typed"].probabilities([rows.triggers[n] for n in chosen])
        for n, kind, status, decision, sure in zip(chosen, kinds, statuses, decisions, typed, strict=True):
            candidate = case.candidates[n]
            draft = _draft(candidate, kind, Status(status), decision, case)
            draft.confidence = round(self._model.calibrated(chances[n], sure), _DIGITS)
            made.append(freeze(draft, report.id, doc, report.text, f"{self.name}/{self.version}", ties))
        return sorted(made, key=lambda claim: claim.trigger_span)

    def _decide(
        self, kinds: Sequence[str], chances: Sequence[float], arguments: Sequence[ArgumentRows]
    ) -> list[Decision]:
        """What each claim gives. A head is asked once for all rows of a report: that is quicker."""
        actors, targets = self._scored(("actor", "target"), [rows.parties for rows in arguments], chances)
        (spots,) = self._scored(("place",), [rows.spots for rows in arguments], chances)
        (times,) = self._scored(("time",), [rows.times for rows in arguments], chances)
        (counts,) = self._scored(("quantity",), [rows.counts for rows in arguments], chances)
        (sources,) = self._scored(("source",), [rows.sources for rows in arguments], chances)
        least = self._model.thresholds
        made = []
        for n, kind in enumerate(kinds):
            doers, others = take_sides(actors[n], targets[n], least.actor, least.target)
            made.append(
                Decision(
                    actors=tuple(doers),
                    targets=() if self._knowledge.ontology[kind].two_sided else tuple(others),
                    spots=tuple(likely_once(spots[n], least.place)),
                    time=likeliest(times[n], least.time),
                    counts=tuple(likely_once(counts[n], least.quantity)),
                    speaker=likeliest(sources[n]),
                )
            )
        return made

    def _scored(
        self, names: Sequence[str], rows: Sequence[list[ArgumentRow]], chances: Sequence[float]
    ) -> list[list[Scored]]:
        """For each head the rows of each claim, with the probability that it is one and that they belong to it."""
        columns = self._model.heads[names[0]].columns
        features = [row.features for some in rows for row in some]
        table = columns.table(features)
        made: list[list[Scored]] = []
        for head in (self._model.heads[name] for name in names):
            left = iter(head.of_table(table) if head.columns == columns else head.probabilities(features))
            made.append(
                [[(row, chance * next(left)) for row in some] for some, chance in zip(rows, chances, strict=True)]
            )
        return made


def _draft(candidate: Candidate, kind: str, status: Status, decision: Decision, case: Case) -> Draft:
    """What is frozen into a claim; weapons stay those that the rules found for the event."""
    mentions = case.mentions
    group = candidate.group if candidate.is_main else None
    told = group.draft if group is not None else candidate.draft
    draft = replace(
        told.copy(),
        trigger=candidate.trigger,
        kind=kind,
        status=status,
        start=candidate.draft.start,
        end=candidate.draft.end,
        source=mentions.speakers[decision.speaker] if decision.speaker is not None else (),
        actors=_in_order([mentions.parties[n].mention for n in decision.actors]),
        targets=_in_order([mentions.parties[n].mention for n in decision.targets]),
        places=_in_order([mentions.spots[n].mention for n in decision.spots]),
        time=_time(candidate, decision, case),
        quantities=[mentions.counts[n] for n in decision.counts],
    )
    draft.labels = labels_of(draft, case.findings)
    return draft


def _time(candidate: Candidate, decision: Decision, case: Case) -> TimeMention | None:
    """The time that was chosen; without one that of the rules if it means no days, so that the report's words stay."""
    times = case.mentions.times
    if decision.time is not None:
        return times[decision.time].mention
    given = candidate.told.time
    return times[given].mention if given is not None and not times[given].means_days else None


class _Stands(Protocol):
    @property
    def start_token(self) -> int: ...


def _in_order[Found: _Stands](mentions: list[Found]) -> list[Found]:
    """Mentions in the order of the text."""
    return sorted(mentions, key=lambda mention: mention.start_token)
