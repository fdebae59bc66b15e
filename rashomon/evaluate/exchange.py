"""Actors of one side exchanged for actors of the same kind on another, in the text of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import BUILT_IN
from rashomon.knowledge.wordlists import alternation
from rashomon.model import Furniture, Report, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_BEFORE = 60  # characters before a name in which it is looked for what says that it is a place


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Party(_Strict):
    """One actor of a series: its side, its words by their shape, and the words that mean it before a member."""

    side: str
    actor: str
    also: list[str] = []
    forms: dict[str, list[str]] = {}
    modifier: list[str] = []

    @property
    def words(self) -> set[str]:
        """Every form, whatever its shape."""
        return {word for forms in self.forms.values() for word in forms}


class _Series(_Strict):
    name: str
    members: list[str] = []
    actors: list[Party]


class Grounds(_Strict):
    """Where a state's name is that of its ground, which stays; see the head of data/evaluation/swaps.yaml."""

    shapes: list[str] = []
    after: list[str] = []
    between: list[str] = []
    before: list[str] = []

    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
        """What then stands before the name, and what behind it; None where nothing is listed."""
        if not (self.after and self.before):
            return None
        between = f"(?:{alternation({*self.between})}\\s+)" if self.between else ""
        before = re.compile(rf"(?<!\w){alternation({*self.after})}\s+{between}{{0,2}}$", re.IGNORECASE)
        return before, re.compile(rf"s?\s+{alternation({*self.before})}(?!\w)", re.IGNORECASE)


class SwapTable(_Strict):
    """Who is exchanged for whom; see the head of data/evaluation/swaps.yaml."""

    sides: list[str]
    allies: list[list[str]] = []
    possessive: list[str] = []
    grounds: Grounds = Grounds()
    series: list[_Series]
    outlets: list[str]

    @classmethod
    def load(cls, path: Path = BUILT_IN / "evaluation" / "swaps.yaml") -> SwapTable:
        """Reads the table.

        Raises:
            KnowledgeError: it is not in the form it should be.
        """
        try:
            return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except ValidationError as error:
            raise KnowledgeError(str(error.errors()[0]["msg"]), where=path, remedy="Mend this file") from error

    def rounds(self) -> Iterator[list[tuple[str, str]]]:
        """Rounds of disjoint pairs of sides, which together hold every pair but allies once, as in a tournament."""
        first, *others = self.sides
        for turn in range(len(others)):
            ring = others[turn:] + others[:turn]
            pairs = [(first, ring[0]), *((ring[k], ring[-k]) for k in range(1, len(self.sides) // 2))]
            yield [pair for pair in pairs if not any({*pair} <= {*allies} for allies in self.allies)]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text that was exchanged.

    Attributes:
        old: where it stood.
        new: where the new words stand.
        pair: the sides that changed places.
        actor: the id of whom the old words name.
    """

    old: Span
    new: Span
    pair: tuple[str, str]
    actor: str


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A text after an exchange, with the edits in order."""

    text: str
    edits: tuple[Edit, ...]

    def span(self, old: Span) -> Span:
        """Where a stretch of the old text stands in the new one."""
        return Span(self._moved(old.start, end=False), self._moved(old.end, end=True))

    def within(self, old: Span) -> list[Edit]:
        """The edits in a stretch of the old text."""
        return [edit for edit in self.edits if edit.old.overlaps(old)]

    def _moved(self, at: int, *, end: bool) -> int:
        shift = 0
        for edit in self.edits:
            if edit.old.start < at < edit.old.end:
                return edit.new.end if end else edit.new.start
            if edit.old.end > at:
                break
            shift = edit.new.end - edit.old.end
        return at + shift


@dataclass(frozen=True, slots=True)
class _Form:
    """What words become; the last `stays` characters of them stay ('army' of 'Syrian army')."""

    new: str
    pair: tuple[str, str]
    actor: str
    ground: bool = False
    stays: int = 0


class Swap:
    """One round of exchanges, ready to be applied to texts and to names.

    Args:
        table: who is exchanged for whom.
        pairs: sides that change places.
        actors: to know the parts of each actor, which change places with it.
    """

    def __init__(self, table: SwapTable, pairs: Sequence[tuple[str, str]], actors: Actors) -> None:
        self.pairs = tuple(pairs)
        self._actors = actors
        self._new: dict[str, _Form] = {}
        self._families: dict[str, set[str]] = {}
        self._ids: set[tuple[str, str]] = set()
        self._names: set[tuple[str, str]] = set()
        self._grounds = table.grounds.patterns()
        for pair, one, other, members in _opposites(table, pairs):
            self._enter(one, other, pair, members, table)
            self._families[one.actor] = _family(one, actors)
            self._ids |= {
                (a, b)
                for a in self._families[one.actor]
                for b in _family(other, actors)
                if actors.get(a).kind == actors.get(b).kind
            }
            self._names |= {(_bare(a), _bare(b)) for a in one.words for b in other.words}
        known = {word for series in table.series for party in series.actors for word in party.words}
        self._pattern = _pattern({*self._new, *known})

    def _enter(self, one: Party, other: Party, pair: tuple[str, str], members: Iterable[str], table: SwapTable) -> None:
        for shape, words in one.forms.items():
            if shape in other.forms:
                new, ground = other.forms[shape][0], shape in table.grounds.shapes
                for word in words:
                    self._new.setdefault(word, _Form(new, pair, one.actor, ground))
                    if shape in table.possessive:
                        self._new.setdefault(f"{word}s", _Form(f"{new}s", pair, one.actor, ground))
        if other.modifier:
            for word in one.modifier:
                for member in members:
                    self._new.setdefault(
                        f"{word} {member}", _Form(other.modifier[0], pair, one.actor, stays=len(member))
                    )

    def text(self, text: str, spared: Sequence[Span] = ()) -> Exchanged:
        """A text with the words of each actor exchanged for those of the other; capitals are kept.

        Args:
            text: any text.
            spared: stretches that stay as they are.
        """
        folded = {_key(word): new for word, new in self._new.items()}
        whole = _names(text, self._actors)
        pieces: list[str] = []
        edits: list[Edit] = []
        done = length = 0
        for match in self._pattern.finditer(text):
            found = self._new.get(match[0]) or folded.get(_key(match[0]))
            if match[0][0].islower() and found is not None and found.new[0].isupper():
                continue  # 'turkey' is not written as a name, and not read as one
            if found is None or any(stretch.overlaps(Span(*match.span())) for stretch in spared):
                continue
            if found.ground and self._is_ground(text, *match.span()):
                continue
            if self._is_part(Span(*match.span()), whole, found.actor):
                continue
            old = match[0][: len(match[0]) - found.stays].rstrip()
            new = _capitals(found.new, old, text[: match.start()])
            length += match.start() - done
            pieces += [text[done : match.start()], new]
            span = Span(match.start(), match.start() + len(old))
            edits.append(Edit(span, Span(length, length + len(new)), found.pair, found.actor))
            length += len(new)
            done = span.end
        return Exchanged("".join([*pieces, text[done:]]), tuple(edits))

    def _is_part(self, words: Span, names: Mapping[Span, str], actor: str) -> bool:
        """Whether they only help to name somebody else: 'Free Syrian Army 7th Division', 'Iranian militias'."""
        return any(
            name.start <= words.start and words.end <= name.end and name.end - name.start > words.end - words.start
            for name, owner in names.items()
            if owner not in self._families[actor]
        )

    def _is_ground(self, text: str, start: int, end: int) -> bool:
        if self._grounds is None:
            return False
        before, behind = self._grounds
        return before.search(text[max(0, start - _BEFORE) : start]) is not None or behind.match(text, end) is not None

    def report(self, report: Report) -> tuple[Report, Exchanged]:
        """A report with its article and title exchanged; furniture stays."""
        swapped = self.text(report.text, [piece.span for piece in report.furniture])
        furniture = tuple(Furniture(swapped.span(piece.span), piece.kind) for piece in report.furniture)
        title = self.text(report.title).text if report.title else report.title
        return replace(report, text=swapped.text, title=title, furniture=furniture), swapped

    def same_actor(self, old: str, new: str) -> bool:
        """Whether the actor of the id `new` is who `old` became."""
        return (old, new) in self._ids

    def ends_in_name(self, words: str, actor: str | None) -> bool:
        """Whether words that lead to a person end in a name of his ('Minister Lavrov'), not in an office."""
        if actor is None or self._actors.get(actor).kind != "person":
            return False
        person, titles = self._actors.get(actor), self._actors.words.titles
        own = {word.folded for name in (person.name, *person.aliases) for word in self._actors.fold(name)}
        return any(word.folded in own - titles for word in self._actors.fold(words)[-1:])

    def moves(self, actor: str, edits: Iterable[Edit]) -> bool:
        """Whether one of the edits is of words for this actor, or for what it is a part of."""
        return any(actor in self._families[edit.actor] for edit in edits)

    def same_words(self, old: str, new: str) -> bool:
        """Whether `new` is what `old` became, articles and capitals aside."""
        return (_bare(old), _bare(new)) in self._names or _bare(self.text(old).text) == _bare(new)


def _names(text: str, actors: Actors) -> dict[Span, str]:
    """Each name of an actor in a text, with the actor's id."""
    tokens = list(_TOKEN.finditer(text))
    gaps = [one.end() < other.start() for one, other in pairwise(tokens)]
    words, numbers = actors.words_of([token[0] for token in tokens], [*gaps, False][: len(tokens)])
    return {
        Span(tokens[numbers[name.start]].start(), tokens[numbers[name.end - 1]].end()): name.owner.actor
        for name in actors.names_in(words)
    }


def _opposites(
    table: SwapTable, pairs: Iterable[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Party, Party, list[str]]]:
    for series in table.series:
        by_side = {party.side: party for party in series.actors}
        for pair in pairs:
            one, other = (by_side.get(side) for side in pair)
            if one is not None and other is not None:
                yield pair, one, other, series.members
                yield pair, other, one, series.members


def _family(party: Party, actors: Actors) -> set[str]:
    """The ids that its words may lead to: its own, those of its arms that are of its own side, and its officials."""
    whole = actors.get(party.actor)
    sides = {tenure.side for tenure in whole.sides}
    arms = {arm for _, arm in whole.arms if sides & {tenure.side for tenure in actors.get(arm).sides}}
    officials = {
        actor.id
        for actor in actors
        if whole.kind == "government" and actor.kind == "person" and actor.country == whole.country
    }
    return {party.actor, *party.also, *arms, *officials}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longest first; short names in capitals only as they are written."""
    exact = {word for word in words if word[:-1].isupper()}
    loose = {word for word in words if word not in exact}
    either = "|".join(part for part in (f"(?i:{alternation(loose)})", alternation(exact)) if part)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def _key(words: str) -> str:
    return words if words[:-1].isupper() and len(words) < 6 else " ".join(words.casefold().split())


def _bare(words: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(words.casefold().split()))


def _capitals(new: str, old: str, before: str) -> str:
    """`new` written as `old` was: all in capitals, or with one at the start of a sentence."""
    if old.isupper() and len(old) > 4:
        return new.upper()
    starts = not before.strip() or before.rstrip()[-1] in ".!?:" or before.endswith("\n")
    return new[0].upper() + new[1:] if starts and old[0].isupper() else new
