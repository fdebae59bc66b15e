"""Hand-coded reports as a model learns from them: every candidate beside the hand-coded claim that it stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc

from rashomon.coding.drafts import Draft, freeze
from rashomon.coding.learned.candidates import AddedTriggers, Candidate, Case, Vocabulary, word_of
from rashomon.coding.learned.coder import Rows
from rashomon.coding.learned.party import nearest_of_each
from rashomon.coding.learned.rows import ArgumentRow
from rashomon.coding.rules import RulesCoder
from rashomon.errors import InputError
from rashomon.evaluate import Fact, Names, ScoredClaim, agree, align, read_gold, read_texts
from rashomon.knowledge import Knowledge
from rashomon.knowledge.lexicon import PartOfSpeech
from rashomon.model import Report
from rashomon.parsing import Parser
from rashomon.reading import ReadOptions, read_all
from rashomon.resolving import Resolver
from rashomon.resolving.actors import civil
from rashomon.wire import claim_to_json

CLAIMS, REPORTS = "claims", "reports.json"
_ENOUGH = 2  # reports that a word must be a trigger in
_SHARE = 0.08  # of the places where no lexicon sees a word those where it must be a trigger: others cost time only

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""

Judged = list[tuple[ArgumentRow, bool]]
"""Rows of arguments, and whether the hand-coded claim has each."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Hand-coded reports.

    Attributes:
        reports: by id. texts: the text that each was coded from. claims: by report.
    """

    reports: Mapping[str, Report]
    texts: Mapping[str, str]
    claims: Mapping[str, Sequence[ScoredClaim]]

    @classmethod
    def read(cls, folders: Sequence[Path], knowledge: Knowledge, options: ReadOptions) -> Gold:
        """Reads folders, each with hand-coded claims in `claims` and their reports in `reports.json`.

        Raises:
            InputError: a folder is not in that form, or nothing in it can be learned from.
        """
        names = Names.load()
        reports: dict[str, Report] = {}
        texts: dict[str, str] = {}
        claims: dict[str, list[ScoredClaim]] = {}
        for folder in folders:
            texts |= read_texts(folder / REPORTS)
            claims |= read_gold(folder / CLAIMS, names)
            read = read_all([str(folder / REPORTS)], options, knowledge.outlets)
            reports |= {item.id: item for item in read if isinstance(item, Report)}
        known = {report: claims[report] for report in sorted(claims) if report in reports and report in texts}
        if not any(known.values()):
            raise InputError("no hand-coded claim of a report to learn from", where=folders[0])
        return cls(reports, texts, known)


@dataclass(frozen=True, slots=True)
class Example:
    """One report with its candidates.

    Attributes:
        hands: for each candidate the hand-coded claim that it stands for, or None.
    """

    rows: Rows
    hands: list[ScoredClaim | None]
    _names: Names
    _knowledge: Knowledge
    _judged: dict[int, dict[str, Judged]] = field(default_factory=dict)

    def arguments(self, number: int) -> dict[str, Judged]:
        """What may be arguments of a candidate, by head; made once. Of what is no claim nothing is right."""
        if number not in self._judged:
            self._judged[number] = self._judge(number)
        return self._judged[number]

    def _judge(self, number: int) -> dict[str, Judged]:
        hand, mentions = self.hands[number], self.rows.case.mentions
        made = self.rows.arguments(self.rows.case.candidates[number], self.rows.triggers[number])
        has = _Has(hand.facts if hand is not None else ())
        kind = hand.type if hand is not None else ""

        def target(row: ArgumentRow) -> str:
            return civil(mentions.parties[row.members[0]].meaning, kind, self._knowledge.actors).name

        nearest = nearest_of_each(made.parties, self.rows.case.candidates[number], self.rows.case)
        actor, place = self._names.actor, self._names.place
        spots, parties = mentions.spots, mentions.parties
        return {
            "actor": [
                (r, r.at in nearest and has("actors", actor(parties[r.members[0]].meaning.name))) for r in made.parties
            ],
            "target": [(r, r.at in nearest and has("targets", actor(target(r)))) for r in made.parties],
            "place": [(r, has("places", place(spots[r.members[0]].meaning.name))) for r in made.spots],
            "time": [(r, r.key is not None and has("time", r.key)) for r in made.times],
            "quantity": [(r, has("quantities", r.key)) for r in made.counts],
            "source": [(r, has("source", r.key)) for r in made.sources],
        }


@dataclass(frozen=True, slots=True)
class _Has:
    facts: Sequence[Fact]

    def __call__(self, name: str, value: Hashable) -> bool:
        return any(agree(fact, Fact(name, value)) for fact in self.facts if fact.field == name)


def examples(gold: Gold, knowledge: Knowledge, parser: Parser, watch: Watch) -> tuple[list[Example], Vocabulary]:
    """Each report with its candidates, and the words that the lexicon lacks and people took for triggers."""
    wanted = [gold.reports[report] for report in gold.claims]
    parsed = []
    for report, doc in parser.parse(wanted):
        parsed.append((report, doc))
        watch("parsing", len(parsed), len(wanted))
    words = vocabulary(gold, parsed)
    resolver, names = Resolver(knowledge), Names.load()
    rules = RulesCoder(knowledge, lambda report: next(doc for _, doc in parser.parse([report])))

    def candidates(words: Vocabulary, doing: str) -> Iterator[tuple[Case, list[ScoredClaim | None]]]:
        added = AddedTriggers(words, knowledge.lexicon)
        for done, (report, doc) in enumerate(parsed):
            watch(doing, done, len(parsed))
            case = Case.of(report, rules.propose(report, doc, added), knowledge, resolver)
            yield case, _aligned(case, gold, resolver, names)
        watch(doing, len(parsed), len(parsed))

    words = _not_too_seldom(words, candidates(words, "counting words"))
    made = [Example(Rows.of(case, (), None), hands, names, knowledge) for case, hands in candidates(words, "proposing")]
    return made, words


def _not_too_seldom(words: Vocabulary, cases: Iterable[tuple[Case, list[ScoredClaim | None]]]) -> Vocabulary:
    """Those words that are claims often enough where the lexicon does not see them."""
    said: Counter[tuple[PartOfSpeech | None, str]] = Counter()
    right: Counter[tuple[PartOfSpeech | None, str]] = Counter()
    for case, hands in cases:
        for candidate, hand in zip(case.candidates, hands, strict=True):
            if candidate.added:
                word = word_of(candidate.trigger.head)
                said[word] += 1
                right[word] += hand is not None
    return {word: kind for word, kind in words.items() if right[word] >= max(1, _SHARE * said[word])}


def vocabulary(gold: Gold, parsed: Sequence[tuple[Report, Doc]]) -> Vocabulary:
    """The words that are triggers in several reports, each with the type that it mostly has."""
    kinds: defaultdict[tuple[PartOfSpeech, str], Counter[str]] = defaultdict(Counter)
    seen: defaultdict[tuple[PartOfSpeech, str], set[str]] = defaultdict(set)
    for report, doc in parsed:
        for part, lemma, kind in _triggers(gold.claims[report.id], gold.texts[report.id], doc):
            kinds[part, lemma][kind] += 1
            seen[part, lemma].add(report.id)
    return {
        word: max(sorted(counted), key=lambda kind: counted[kind])
        for word, counted in sorted(kinds.items())
        if len(seen[word]) >= _ENOUGH
    }


def _triggers(claims: Sequence[ScoredClaim], text: str, doc: Doc) -> Iterator[tuple[PartOfSpeech, str, str]]:
    for claim in claims:
        where = claim.stands_at(text)
        if where is None or where[1][0] == where[1][1]:
            continue
        words = doc.char_span(*where[1], alignment_mode="expand")
        part, lemma = word_of(words.root) if words is not None else (None, "")
        if part is not None:
            yield part, lemma, claim.type


def _aligned(case: Case, gold: Gold, resolver: Resolver, names: Names) -> list[ScoredClaim | None]:
    """For each candidate its hand-coded claim. Of equals the rules' main statements come first."""
    report = case.report
    order = sorted(range(len(case.candidates)), key=lambda n: (not case.candidates[n].is_main, n))
    ties: dict[str, int] = {}
    claims = []
    for n in order:
        candidate = case.candidates[n]
        draft = replace(_told(candidate), trigger=candidate.trigger, kind=candidate.kind)
        claims.append(freeze(draft, report.id, case.findings.doc, report.text, "", ties))
    scored = [
        ScoredClaim.from_json(report.id, claim_to_json(claim), names, "") for claim in resolver.resolve(claims, report)
    ]
    hand = gold.claims[report.id]
    found: list[ScoredClaim | None] = [None] * len(order)
    for i, j in align(hand, scored, gold.texts[report.id]):
        found[order[j]] = hand[i]
    return found


def _told(candidate: Candidate) -> Draft:
    return candidate.group.draft if candidate.is_main and candidate.group is not None else candidate.draft
