"""Hand-coded reports as a model learns from them: every candidate beside the hand-coded claim that it stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc, Token

from rashomon.coding.drafts import Draft, freeze
from rashomon.coding.learned.candidates import AddedTriggers, Candidate, Case, Vocabulary, word_of
from rashomon.coding.learned.coder import Rows
from rashomon.coding.learned.party import nearest_of_each
from rashomon.coding.learned.rows import ArgumentRow
from rashomon.coding.learned.scores import COUNTS, PARTIES, SPOTS, TIMES, Reader
from rashomon.coding.learned.speaker import OUTLET
from rashomon.coding.rules import RulesCoder
from rashomon.errors import InputError
from rashomon.evaluate import Fact, Names, ScoredClaim, agree, align, read_gold, read_texts
from rashomon.knowledge import Knowledge
from rashomon.knowledge.lexicon import PartOfSpeech
from rashomon.model import Report, SourceKind, Status
from rashomon.parsing import Parser
from rashomon.reading import ReadOptions, read_all
from rashomon.resolving import Resolver
from rashomon.resolving.actors import civil
from rashomon.wire import claim_to_json

CLAIMS, REPORTS = "claims", "reports.json"
_ENOUGH = 3  # reports that a word must be a trigger in: two beside the one that is being judged
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
        left_out: what cannot be learned from, in words.
    """

    reports: Mapping[str, Report]
    texts: Mapping[str, str]
    claims: Mapping[str, Sequence[ScoredClaim]]
    left_out: tuple[str, ...] = ()

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
        left_out: list[str] = []
        for folder in folders:
            hands = read_gold(folder / CLAIMS, names)
            for report in hands.keys() & claims.keys():
                raise InputError(
                    f"report {report} is hand-coded in another of the folders too",
                    where=folder,
                    remedy="Keep one of them",
                )
            for hand in hands.values():
                _check(hand, knowledge, folder)
            claims |= hands
            texts |= read_texts(folder / REPORTS)
            for item in read_all([str(folder / REPORTS)], options, knowledge.outlets):
                if isinstance(item, Report):
                    reports[item.id] = item
                else:
                    left_out.append(str(item))
        known = {report: claims[report] for report in sorted(claims) if report in reports and report in texts}
        if not any(known.values()):
            raise InputError("no hand-coded claim of a report to learn from", where=folders[0])
        left_out += [f"{REPORTS} has no text of the hand-coded report {name}" for name in sorted(claims.keys() - known)]
        return cls(reports, texts, known, tuple(left_out))


def _check(claims: Sequence[ScoredClaim], knowledge: Knowledge, folder: Path) -> None:
    """That claims keep to the codebook's classes.

    Raises:
        InputError: one does not; the message names the report.
    """
    classes = {
        "type": {kind.id for kind in knowledge.ontology},
        "status": {status.value for status in Status},
        "source": {OUTLET, *(kind.value for kind in SourceKind)},
    }
    for claim in claims:
        for name, known in classes.items():
            value = claim.value(name)
            if value not in known:
                raise InputError(
                    f"a claim of report {claim.report} has the {name} {value!r}, which is not in the codebook",
                    where=folder / CLAIMS,
                    remedy=f"It is one of {', '.join(sorted(known))}",
                )


@dataclass(frozen=True, slots=True)
class Example:
    """One report with its candidates.

    Attributes:
        hands: for each candidate the hand-coded claim that it stands for, or None.
        triggers: every hand-coded claim with the token that it stands on; those whose words were not found are left
            out.
    """

    rows: Rows
    hands: list[ScoredClaim | None]
    triggers: list[tuple[int, ScoredClaim]]
    _names: Names
    _knowledge: Knowledge
    _judged: dict[int, dict[str, Judged]] = field(default_factory=dict)

    def read_by(self, reader: Reader) -> Example:
        """The same report with what an encoder says of it."""
        return Example(Rows.of(self.rows.case, (), reader), self.hands, self.triggers, self._names, self._knowledge)

    def arguments(self, number: int) -> dict[str, Judged]:
        """What may be arguments of a candidate, by head; made once. Of what is no claim nothing is right."""
        if number not in self._judged:
            self._judged[number] = self._judge(number)
        return self._judged[number]

    def right(self, hand: ScoredClaim, sort: str, number: int) -> tuple[bool, ...]:
        """Whether a mention is an argument of a hand-coded claim, for each role that one of its sort may fill.

        Args:
            hand: the claim.
            sort: of the mention; see `scores.ROLES_OF`.
            number: of the mention.
        """
        has, mentions = _Has(hand.facts), self.rows.case.mentions
        if sort == PARTIES:
            meaning = mentions.parties[number].meaning
            target = civil(meaning, hand.type, self._knowledge.actors)
            actor = self._names.actor
            return has("actors", actor(meaning.name)), has("targets", actor(target.name))
        if sort == SPOTS:
            return (has("places", self._names.place(mentions.spots[number].meaning.name)),)
        if sort == TIMES:
            days = mentions.times[number].days(str(hand.value("status")))
            return (days is not None and has("time", days),)
        quantity = mentions.counts[number].quantity
        return (has("quantities", (quantity.measure.value, quantity.minimum, quantity.maximum)),)

    def _judge(self, number: int) -> dict[str, Judged]:
        hand = self.hands[number]
        made = self.rows.arguments(self.rows.case.candidates[number], self.rows.triggers[number])

        def judged(rows: Sequence[ArgumentRow], sort: str, role: int = 0) -> Judged:
            return [(row, hand is not None and self.right(hand, sort, row.members[0])[role]) for row in rows]

        nearest = nearest_of_each(made.parties, self.rows.case.candidates[number], self.rows.case)

        def parties(role: int) -> Judged:
            return [(row, row.at in nearest and right) for row, right in judged(made.parties, PARTIES, role)]

        return {
            "actor": parties(0),
            "target": parties(1),
            "place": judged(made.spots, SPOTS),
            "time": [
                (r, hand is not None and r.key is not None and _Has(hand.facts)("time", r.key)) for r in made.times
            ],
            "quantity": judged(made.counts, COUNTS),
            "source": [(r, hand is not None and hand.value("source") == r.key) for r in made.sources],
        }


@dataclass(frozen=True, slots=True)
class _Has:
    facts: Sequence[Fact]

    def __call__(self, name: str, value: Hashable) -> bool:
        return any(agree(fact, Fact(name, value)) for fact in self.facts if fact.field == name)


def examples(
    gold: Gold, knowledge: Knowledge, parser: Parser, known: Vocabulary | None, watch: Watch
) -> tuple[list[Example], Vocabulary]:
    """Each report with its candidates, and the words that the lexicon lacks and people took for triggers.

    Args:
        gold: the reports.
        knowledge: all knowledge.
        parser: parses them.
        known: those words where a model is gone on from; else they are gathered from the reports.
        watch: is told how far it is.
    """
    wanted = [gold.reports[report] for report in gold.claims]
    parsed = []
    for report, doc in parser.parse(wanted):
        parsed.append((report, doc))
        watch("parsing", len(parsed), len(wanted))
    words = vocabulary(gold, parsed) if known is None else known
    resolver, names = Resolver(knowledge), Names.load()
    rules = RulesCoder(knowledge, lambda report: next(doc for _, doc in parser.parse([report])))

    def candidates(words: Vocabulary, doing: str) -> Iterator[tuple[Case, list[ScoredClaim | None]]]:
        added = AddedTriggers(words, knowledge)
        for done, (report, doc) in enumerate(parsed):
            watch(doing, done, len(parsed))
            case = Case.of(report, rules.propose(report, doc, added), knowledge, resolver)
            yield case, _aligned(case, gold, resolver, names)
        watch(doing, len(parsed), len(parsed))

    if known is None:
        words = _not_too_seldom(words, candidates(words, "counting words"))
    made = []
    for (case, hands), (report, doc) in zip(candidates(words, "proposing"), parsed, strict=True):
        heads = [(token.i, claim) for token, claim in triggers(gold.claims[report.id], gold.texts[report.id], doc)]
        made.append(Example(Rows.of(case, (), None), hands, heads, names, knowledge))
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
        for token, claim in triggers(gold.claims[report.id], gold.texts[report.id], doc):
            part, lemma = word_of(token)
            if part is not None:
                kinds[part, lemma][claim.type] += 1
                seen[part, lemma].add(report.id)
    return {
        word: max(sorted(counted), key=lambda kind: counted[kind])
        for word, counted in sorted(kinds.items())
        if len(seen[word]) >= _ENOUGH
    }


def triggers(claims: Sequence[ScoredClaim], text: str, doc: Doc) -> Iterator[tuple[Token, ScoredClaim]]:
    """Each hand-coded claim with the token that heads its trigger; those whose words are not in the text are left out.

    Args:
        claims: of one report.
        text: that they were coded from.
        doc: the same, parsed.
    """
    for claim in claims:
        where = claim.stands_at(text)
        if where is None or where[1][0] == where[1][1]:
            continue
        words = doc.char_span(*where[1], alignment_mode="expand")
        if words is not None:
            yield words.root, claim


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
