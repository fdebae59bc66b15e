"""Finds what must be left out of a text: names of persons who are not publicly known, and of places told too closely.

A name is not looked for by a list of names. It is what remains: words with capitals that no actor, place, outlet, day,
people, office or ordinary word explains. So what nobody thought of is left out, not let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rashomon.export.profiles.desk import (
    EXPLAINING,
    NOTHING_KNOWN,
    WORDS_OF_A_NAME,
    Context,
    Desk,
    Kind,
    covered,
    one_name,
    runs,
    stretches,
    with_particles,
)
from rashomon.export.profiles.known import Known
from rashomon.export.profiles.words import Cut, Token, joined, tokens_of
from rashomon.knowledge.romanise import fold_key
from rashomon.model import Withheld

_CONTACT = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+"
    r"|(?:\+|(?<!\d)00)\d[\d\s()./-]{6,}\d|(?<![\d,.])\d{9,}(?![\d,])",
)
_POSITION = re.compile(r"-?\d{1,3}[.,]\d{3,}(?!\d*,\d)|\d{1,3}\s*°[\d\s.,'’′″\"NSEWnsew]*|\b\d{2}[A-Z]{3}\s?\d{4,}\b")
_LONGEST_PLACE = 5
_LONGEST_KEY = 6
_LONGEST_OUTLET = 6
_SHORT = 60  # characters of a text that is worth remembering
_REMEMBERED = 1 << 13
_GLUED = 4  # letters from which a name is looked for within longer words


@dataclass(frozen=True, slots=True)
class Found:
    """What to leave out of a text, in order, of what kinds it is, and the words of private names, in small letters."""

    cuts: tuple[Cut, ...]
    kinds: frozenset[Withheld]
    private: frozenset[str]

    @classmethod
    def of(cls, cuts: Iterable[Cut], private: Iterable[str], text: str) -> Found:
        """What these cuts, which may overlap, come to in `text`."""
        found = list(cuts)
        return cls(joined(found, text), frozenset(cut.kind for cut in found), frozenset(private))


@dataclass(frozen=True)
class NameFinder:
    """Finds names; it says nothing of what they are of but 'nobody who is publicly known'."""

    known: Known

    def find(self, text: str, context: Context = NOTHING_KNOWN, guarded: Iterable[tuple[int, int]] = ()) -> Found:
        """What must be left out of `text`.

        Args:
            text: words of a report.
            context: what is known around them.
            guarded: stretches whose ordinary words stay, whatever stands beside them: the words of an event.
        """
        spans = tuple(guarded)
        if len(text) <= _SHORT:
            return self._remembered(text, context, spans)
        return self._find(text, context, spans)

    @cached_property
    def _remembered(self) -> Callable[[str, Context, tuple[tuple[int, int], ...]], Found]:
        """`_find`, for the few words of a mention: a report says them over and over."""
        return lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, text: str, context: Context, guarded: tuple[tuple[int, int], ...]) -> Found:
        tokens = tokens_of(text, self.known.titles)
        desk = Desk(text, tokens, context, guarded=covered(tokens, guarded))
        desk.cuts += [Cut(*match.span(), Withheld.CONTACT) for match in _CONTACT.finditer(text)]
        self._explain(desk)
        self._caseless(desk)
        for run in runs(desk, self.known.rules.names.within):
            self._names_in(desk, run)
        self._small(desk)
        self._known_private(desk)
        if context.coarse or context.secrets:
            self._places(desk)
        return Found.of(desk.cuts, desk.private, text)

    def places_in(self, text: str, context: Context = NOTHING_KNOWN) -> frozenset[str]:
        """The folded names of places in `text` that are closer than a governorate."""
        desk = Desk(text, tokens_of(text, self.known.titles), context)
        self._explain(desk)
        spans = [(first, end) for first, end in self._place_spans(desk) if desk.kinds.get(end - 1) is Kind.PLACE]
        names = (text[desk.tokens[first].start : desk.tokens[end - 1].end] for first, end in spans)
        return frozenset(fold_key(name) for name in names if not self.known.is_wide(name))

    # --- what explains a word -----------------------------------------------------------------------------------------

    def _explain(self, desk: Desk) -> None:
        tokens = desk.tokens
        for first, end in self.known.actor_words(tokens, desk.text):
            words = [n for n in range(first, end) if tokens[n].word]
            kind = Kind.ACTOR_PHRASE if len(words) > 1 else Kind.ACTOR
            desk.kinds.update((n, kind) for n in words)
        for first, end in self._outlet_spans(desk):
            words = [n for n in range(first, end) if tokens[n].word]
            kind = Kind.ACTOR_PHRASE if len(words) > 1 else Kind.ACTOR
            desk.kinds.update((n, kind) for n in words if n not in desk.kinds)
        for first, end in self._place_spans(desk):
            desk.kinds.update((n, Kind.PLACE) for n in range(first, end) if tokens[n].word)
        for n, token in enumerate(tokens):
            if n not in desk.kinds and token.capital:
                desk.kinds[n] = Kind.NAME if self._is_no_month(tokens, n) else self._kind(token)

    def _is_no_month(self, tokens: Sequence[Token], n: int) -> bool:
        """Whether a word that is a first name and a month stands where no month does: 'his son Jan'."""
        if not (tokens[n].small in self.known.months and self.known.is_given(tokens[n])):
            return False
        beside = [*tokens[max(0, n - 1) : n], *tokens[n + 1 : n + 2]]
        before = tokens[n - 1].small if n else ""
        return before not in self.known.rules.names.months_after and not any(t.text.isdigit() for t in beside)

    def _kind(self, token: Token) -> Kind:
        known, small = self.known, token.small
        if small in known.rules.names.functions:
            return Kind.FUNCTION
        if known.is_kept(token):
            return Kind.KEPT
        if small in known.bodies:
            return Kind.BODY
        if small in known.titles:
            return Kind.TITLE
        return Kind.ORDINARY if known.is_ordinary(token) else Kind.NAME

    def _outlet_spans(self, desk: Desk) -> Iterator[tuple[int, int]]:
        """Names of outlets: 'Reuters', 'the Syrian Observer'."""
        tokens = desk.tokens
        for first, token in enumerate(tokens):
            if not token.capital or not self.known.begins_outlet(token.text):
                continue
            for end in range(min(len(tokens), first + _LONGEST_OUTLET), first, -1):
                if self.known.is_outlet(desk.text[token.start : tokens[end - 1].end]):
                    yield first, end
                    break

    def _place_spans(self, desk: Desk) -> Iterator[tuple[int, int]]:
        """From the left, the longest first; they do not overlap."""
        at = 0
        while at < len(desk.tokens):
            end = self._place_at(desk, at)
            if end is not None:
                yield at, end
            at = end or at + 1

    def _place_at(self, desk: Desk, first: int) -> int | None:
        tokens = desk.tokens
        if not (tokens[first].capital and tokens[first].word) or desk.kinds.get(first) is Kind.ACTOR_PHRASE:
            return None
        for end in range(min(len(tokens), first + _LONGEST_PLACE * 2), first, -1):
            inside = tokens[first:end]
            if not (inside[-1].capital and inside[-1].word) or not one_name(inside, self.known.rules.names.within):
                continue
            if sum(token.capital for token in inside) <= _LONGEST_PLACE and self._is_place(desk, first, end):
                return end
        return None

    def _is_place(self, desk: Desk, first: int, end: int) -> bool:
        tokens = desk.tokens
        inside = tokens[first:end]
        name = desk.text[inside[0].start : inside[-1].end]
        if any(token.small in desk.context.private for token in inside):
            return False
        if len(inside) == 1 and (inside[0].small in self.known.rules.names.functions or self.known.is_kept(inside[0])):
            return False
        if fold_key(name) not in desk.context.places and not self.known.is_place(name):
            return False
        if sum(token.capital for token in inside) > 1:
            return True
        before = next((token for token in reversed(tokens[:first]) if token.word), None)
        if before is not None and before.small in self.known.rules.names.honorifics:
            return False
        if not self.known.is_given(inside[-1]):
            return True
        after = tokens[end] if end < len(tokens) else None
        nouns = self.known.gazetteer.words.nouns
        beside = {token.small for token in (before, after) if token is not None}
        return bool(beside & nouns.keys()) or (before is not None and before.small in self.known.rules.names.evidence)

    # --- names --------------------------------------------------------------------------------------------------------

    def _caseless(self, desk: Desk) -> None:
        desk.cuts += [Cut(token.start, token.end, Withheld.SCRIPT) for token in desk.tokens if token.caseless]

    def _names_in(self, desk: Desk, run: Sequence[int]) -> None:
        """Leaves out the unexplained words of a run of capitals, with those beside them that may be of the name."""
        out = {n for n in run if self._is_private(desk, n)}
        body = any(desk.kinds[n] is Kind.BODY for n in run)
        for place, n in enumerate(run):
            if n in out and desk.kinds[n] is Kind.NAME:
                out |= set(self._neighbours(desk, run[:place][::-1], after=False, body=body))
                out |= set(self._neighbours(desk, run[place + 1 :], after=True, body=body))
        out |= self._ordinary(desk, run, out)
        desk.private |= {desk.tokens[n].small for n in out if desk.kinds[n] is Kind.NAME}
        desk.private |= {desk.tokens[n].small for n in out if self.known.is_given(desk.tokens[n])}
        desk.private |= {desk.tokens[n].small for n in out if self._is_surname(desk, n)}
        desk.private -= self.known.rules.names.within
        for first, last in stretches(run, out):
            start = with_particles(desk.tokens, first, self.known.rules.names.within)
            desk.cuts.append(Cut(start, desk.tokens[last].end, Withheld.NAME))

    def _is_surname(self, desk: Desk, n: int) -> bool:
        """Whether the name of a place that stands in a person's is that of no place that the report tells of."""
        name = desk.tokens[n].text
        told = fold_key(name) in desk.context.places or self.known.is_wide(name)
        return desk.kinds[n] is Kind.PLACE and not told

    def _is_private(self, desk: Desk, n: int) -> bool:
        if desk.kinds[n] is Kind.NAME:
            return True
        return desk.tokens[n].small in desk.context.private and desk.kinds[n] not in (
            Kind.ACTOR_PHRASE,
            Kind.FUNCTION,
            Kind.TITLE,
            Kind.BODY,
        )

    def _neighbours(self, desk: Desk, beside: Sequence[int], *, after: bool, body: bool) -> Iterator[int]:
        """Words next to an unexplained one that may be of the same name: 'Hope' before it, 'Homs' behind it."""
        for n in beside:
            token = desk.tokens[n]
            given = self.known.is_given(token)
            titled = after and desk.kinds[n] is Kind.TITLE  # a title stands before a name; behind it, it is one
            if n in desk.guarded or not (given or titled or desk.kinds[n] in WORDS_OF_A_NAME):
                return
            if desk.kinds[n] is Kind.ORDINARY and after and body and not given:
                return
            if desk.kinds[n] is Kind.ACTOR and token.small in self.known.states:
                return
            yield n

    def _ordinary(self, desk: Desk, run: Sequence[int], out: set[int]) -> set[int]:
        """Ordinary words with a capital that nothing explains: a name may be one ('a girl called Hope')."""
        explained = any(desk.kinds[n] in EXPLAINING and n not in out for n in run)
        before = desk.tokens[run[0] - 1].small if run[0] else ""
        if (explained or before in self.known.rules.names.determiners) and not desk.context.strict:
            return set()
        return {
            n
            for n in run
            if desk.kinds[n] is Kind.ORDINARY
            and n not in desk.guarded
            and (desk.context.strict or not desk.tokens[n].starts)
        }

    def _small(self, desk: Desk) -> None:
        """First names in small letters, what stands behind 'Abu', and the word behind either."""
        names = self.known.rules.names
        name = False  # whether the word before is one of a name
        for n, token in enumerate(desk.tokens):
            if not token.word or token.caseless:
                name = name and token.text in "-."
                continue
            if token.small in names.honorifics:
                name = True
                continue
            ordinary = self.known.is_ordinary(token) or token.small in names.functions | self.known.titles
            explained = n in desk.kinds and desk.kinds[n] is not Kind.NAME
            kunya = token.small in names.kunyas
            if explained or ordinary:
                name = False
                continue
            given = token.small in names.given
            unexplained = (name or desk.context.small) and token.small not in names.within
            if not token.capital and (given or unexplained):
                desk.cuts.append(Cut(token.start, token.end, Withheld.NAME))
                desk.private.add(token.small)
                name = True
                continue
            if kunya and not token.capital and self._names_next(desk, n):
                desk.cuts.append(Cut(token.start, token.end, Withheld.NAME))
            name = given or (kunya and self._names_next(desk, n)) or (name and token.small in names.within)

    def _names_next(self, desk: Desk, n: int) -> bool:
        """Whether the word behind a kunya ('Abu') is no place of that name, and no ordinary word."""
        following = next((token for token in desk.tokens[n + 1 : n + 4] if token.word), None)
        return following is not None and not (self.known.is_ordinary(following) and not following.capital)

    def _known_private(self, desk: Desk) -> None:
        """Words of names that were found elsewhere in the report, in any case, glued to others or not."""
        if not desk.context.private:
            return
        glued = sorted(word for word in desk.context.private if len(word) >= _GLUED)
        for n, token in enumerate(desk.tokens):
            if not token.word or desk.kinds.get(n) in (Kind.ACTOR_PHRASE, Kind.PLACE, Kind.FUNCTION):
                continue
            small = token.small
            exact = small in desk.context.private and (token.capital or not self.known.is_ordinary(token))
            within = any(word in small for word in glued) and not self._is_common(desk, n)
            if exact or within:
                desk.cuts.append(Cut(token.start, token.end, Withheld.NAME))

    def _is_common(self, desk: Desk, n: int) -> bool:
        token = desk.tokens[n]
        return self.known.is_ordinary(token) or desk.kinds.get(n, Kind.NAME) is not Kind.NAME

    # --- places -------------------------------------------------------------------------------------------------------

    def _places(self, desk: Desk) -> None:
        """Names of places that must not be told; in coarse texts all that are closer than a governorate."""
        tokens = desk.tokens
        desk.cuts += [Cut(*match.span(), Withheld.PLACE) for match in _POSITION.finditer(desk.text)]
        for first in range(len(tokens)):
            end = self._secret_at(desk, first)
            if end is not None:
                start = with_particles(tokens, first, self.known.rules.names.within)
                desk.cuts.append(Cut(start, tokens[end - 1].end, Withheld.PLACE))
        if not desk.context.coarse:
            return
        for first, end in self._place_spans(desk):
            if not self.known.is_wide(desk.text[tokens[first].start : tokens[end - 1].end]):
                start = with_particles(tokens, first, self.known.rules.names.within)
                desk.cuts.append(Cut(start, tokens[end - 1].end, Withheld.PLACE))
        desk.cuts += self._beside_facilities(desk)
        desk.cuts += [
            Cut(token.start, token.end, Withheld.PLACE)
            for token in tokens
            if token.word and any(char.isdigit() for char in token.text) and token.capital
        ]

    def _secret_at(self, desk: Desk, first: int) -> int | None:
        """Where a secret name that begins at `first` ends; within a word that is glued together, behind that word."""
        tokens, secrets = desk.tokens, desk.context.secrets
        if not secrets or not tokens[first].word:
            return None
        key = fold_key(tokens[first].text)
        particle = tokens[first].small in self.known.rules.names.within
        if not particle and not any(one[:2] == key[:2] or (len(one) > _GLUED and one in key) for one in secrets):
            return None
        for end in range(min(len(tokens), first + _LONGEST_KEY), first, -1):
            name = desk.text[tokens[first].start : tokens[end - 1].end]
            if tokens[end - 1].text.isalnum() and "\n" not in name and self._is_secret(name, secrets):
                return end
        if self.known.is_ordinary(tokens[first]):
            return None
        return first + 1 if any(len(secret) > _GLUED and secret in key for secret in secrets) else None

    def _is_secret(self, name: str, secrets: frozenset[str]) -> bool:
        if name.islower() and name in self.known.rules.ordinary:
            return False
        return fold_key(name) in secrets or (name[-1:] == "s" and fold_key(name[:-1]) in secrets)

    def _beside_facilities(self, desk: Desk) -> Iterator[Cut]:
        """The capitals beside a word for a hospital or a camp: they are its name, whosever name that is."""
        spans = [span for facility in self.known.rules.facilities for span in facility.find(desk.text)]
        named_runs = runs(desk, self.known.rules.names.within)
        for start, end in spans:
            for run in named_runs:
                named = [n for n in run if not self._describes(desk, n)]
                if not named:
                    continue
                tokens = [desk.tokens[n] for n in named]
                gap = desk.text[tokens[-1].end : start] if tokens[0].start < start else desk.text[end : tokens[0].start]
                if tokens[0].start < start and tokens[-1].end > end:
                    gap = ""
                if gap.strip(" -\"“”'‘’").casefold() in {"", "of", "of the", "called", "named", "in", "at", "'s", "’s"}:
                    yield from (Cut(token.start, token.end, Withheld.PLACE) for token in tokens)

    def _describes(self, desk: Desk, n: int) -> bool:
        """'A Russian hospital', 'The hospital', 'Field Hospital': words that name none."""
        token = desk.tokens[n]
        return (
            token.small in self.known.states
            or desk.kinds[n] in (Kind.FUNCTION, Kind.BODY)
            or (desk.kinds[n] is Kind.ORDINARY and token.starts)
            or any(facility.word.fullmatch(token.text) for facility in self.known.rules.facilities)
        )
