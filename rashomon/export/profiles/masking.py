"""Reports, claims and events -> the same without what a profile leaves out; each says what that was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rashomon.export.profiles.desk import Context
from rashomon.export.profiles.known import Known
from rashomon.export.profiles.names import Found, NameFinder
from rashomon.export.profiles.places import is_close
from rashomon.export.profiles.words import Cut, joined, without
from rashomon.knowledge.romanise import fold_key
from rashomon.model import (
    ActorResolution,
    Claim,
    DaysResolution,
    Label,
    Mention,
    Participant,
    Place,
    PlaceResolution,
    Publication,
    Report,
    Source,
    Withheld,
)

PLACE_SIGN = "[place]"
_COARSE = "the profile tells no more than the governorate"
_FOLLOWABLE = re.compile(r"(https?://[^/?#@\s]+)[^\s]*")
_PATH_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class _Desk:
    """One claim on its way out."""

    claim: Claim
    context: Context
    cuts: tuple[Cut, ...]
    withheld: set[Withheld]


@dataclass(frozen=True, slots=True)
class Masker:
    """Takes names and close places out."""

    known: Known
    finder: NameFinder

    # --- words --------------------------------------------------------------------------------------------------------

    def text(self, text: str, context: Context, withheld: set[Withheld]) -> str:
        """`text` without what must be left out of it; `withheld` is told."""
        if not text:
            return text
        found = self.finder.find(text, context)
        withheld |= found.kinds
        return without(text, found.cuts)

    def quote(self, claim: Claim, context: Context) -> Found:
        """What must be left out of a claim's quote."""
        at = claim.trigger_span.start - claim.span.start
        if at < 0 or claim.quote[at : at + len(claim.trigger)] != claim.trigger:
            at = claim.quote.find(claim.trigger)
        guarded = [(at, at + len(claim.trigger))] if at >= 0 else []
        context = replace(context, small=claim.quote == claim.quote.lower())
        found = self.finder.find(claim.quote, context, guarded)
        cuts = list(found.cuts)
        kinds = set(found.kinds)
        private = set(found.private)
        for source in claim.source:
            strict = self._of(source, context)
            where = _within(source.mention, claim) if strict.strict else None
            if where is not None:
                inner = self.finder.find(source.mention.text, strict)
                cuts += [Cut(cut.start + where, cut.end + where, cut.kind) for cut in inner.cuts]
                private |= inner.private
                kinds |= inner.kinds
        for place in claim.places:
            where = _within(place.mention, claim)
            if where is not None and self._is_told_less(place, context):
                cuts.append(Cut(where, where + len(place.mention.text), Withheld.PLACE))
                kinds.add(Withheld.PLACE)
        return Found(joined(cuts, claim.quote), frozenset(kinds), frozenset(private))

    def _of(self, source: Source, context: Context) -> Context:
        """Where a person speaks, not even an ordinary word with a capital is kept."""
        return replace(context, strict=True) if source.kind in self.known.rules.names.speakers else context

    # --- claims -------------------------------------------------------------------------------------------------------

    def private(self, claim: Claim, context: Context) -> frozenset[str]:
        """The words of private names in a claim."""
        words = set(self.quote(claim, context).private)
        for source in claim.source:
            words |= self.finder.find(source.mention.text, self._of(source, context)).private
        texts = [text for text in _texts(claim) if text]
        return frozenset(words.union(*(self.finder.find(text, context).private for text in texts)))

    def claim(self, claim: Claim, context: Context) -> Claim:
        """The claim without what must be left out; spans are still offsets into the report as it came."""
        found = self.quote(claim, context)
        desk = _Desk(claim, context, found.cuts, set(found.kinds))

        def text(words: str) -> str:
            return self.text(words, context, desk.withheld)

        trigger = self._mention(Mention(claim.trigger, claim.trigger_span), desk).text
        made = replace(
            claim,
            quote=without(claim.quote, found.cuts),
            trigger=trigger,
            coder=text(claim.coder),
            source=tuple(self._source(source, desk) for source in claim.source),
            actors=tuple(self._participant(person, desk) for person in claim.actors),
            targets=tuple(self._participant(person, desk) for person in claim.targets),
            places=tuple(self._place(place, desk) for place in claim.places),
            time=replace(
                claim.time,
                mention=self._mention(claim.time.mention, desk),
                resolution=self._days(claim.time.resolution, desk),
            )
            if claim.time is not None
            else None,
            quantities=tuple(replace(q, of=text(q.of), text=text(q.text)) for q in claim.quantities),
            weapons=tuple(text(weapon) for weapon in claim.weapons),
            labels=tuple(self._label(label, desk) for label in claim.labels),
        )
        return replace(made, withheld=in_order((*claim.withheld, *desk.withheld)))

    def _mention(self, mention: Mention, desk: _Desk, context: Context | None = None) -> Mention:
        """A mention in the quote loses what the quote loses; one elsewhere is read by itself."""
        context = context or desk.context
        antecedent = mention.antecedent
        if antecedent is not None:
            antecedent = self.text(antecedent, context, desk.withheld)
        where = _within(mention, desk.claim)
        if where is None:
            return replace(mention, text=self.text(mention.text, context, desk.withheld), antecedent=antecedent)
        words = without(desk.claim.quote, desk.cuts, where, where + len(mention.text))
        return replace(mention, text=words, antecedent=antecedent)

    def _source(self, source: Source, desk: _Desk) -> Source:
        return replace(source, mention=self._mention(source.mention, desk, self._of(source, desk.context)))

    def _participant(self, person: Participant, desk: _Desk) -> Participant:
        mention = self._mention(person.mention, desk)
        resolution = self._actor(person.resolution, person.mention, mention, desk)
        return Participant(mention, resolution)

    def _actor(
        self, resolution: ActorResolution | None, before: Mention, after: Mention, desk: _Desk
    ) -> ActorResolution | None:
        if resolution is None:
            return None
        if self.known.is_actor(resolution.id):
            secret = self._without_secrets(resolution.name, desk)
            if secret == resolution.name:
                return replace(resolution, reason=self.text(resolution.reason, desk.context, desk.withheld))
            return ActorResolution(None, secret, Withheld.PLACE.value)
        same = resolution.name == before.text
        name = after.text if same else self.text(resolution.name, desk.context, desk.withheld)
        reason = self.text(resolution.reason, desk.context, desk.withheld)
        return ActorResolution(None, name, reason)

    def _without_secrets(self, name: str, desk: _Desk) -> str:
        """An actor's name without the name of a place that must not be told."""
        if not desk.context.secrets:
            return name
        cuts = [cut for cut in self.finder.find(name, desk.context).cuts if cut.kind is Withheld.PLACE]
        desk.withheld |= {cut.kind for cut in cuts}  # whatever else it finds is publicly known by this name
        return without(name, cuts)

    def _label(self, label: Label, desk: _Desk) -> Label:
        stands_for = self._mention(label.stands_for, desk) if label.stands_for is not None else None
        before = label.stands_for or Mention(label.text)
        resolution = self._actor(label.resolution, before, stands_for or before, desk)
        return Label(self.text(label.text, desk.context, desk.withheld), stands_for, resolution)

    def _days(self, days: DaysResolution | None, desk: _Desk) -> DaysResolution | None:
        return replace(days, reason=self.text(days.reason, desk.context, desk.withheld)) if days is not None else None

    # --- places -------------------------------------------------------------------------------------------------------

    def _is_told_less(self, place: Place, context: Context) -> bool:
        """Whether a place must be coarsened: any close one of a sensitive claim, and a secret one of any other."""
        if not is_close(place):
            return False
        if context.coarse:
            return True
        keys = self.known.keys_of(place.resolution, place.mention.text, place.mention.antecedent)
        return bool(keys & context.secrets)

    def _place(self, place: Place, desk: _Desk) -> Place:
        where = place.resolution
        if self._is_told_less(place, desk.context):
            desk.withheld.add(Withheld.PLACE)
            coarse = self.known.governorate_of(where) or PlaceResolution(PLACE_SIGN, reason=_COARSE)
            if where is not None and where.country is not None and coarse.country is None:
                coarse = replace(coarse, country=where.country)
            span = place.mention.span
            return Place(Mention(PLACE_SIGN, span), place.role, coarse)
        mention = self._mention(place.mention, desk)
        if where is None:
            return replace(place, mention=mention)
        reason = self.text(where.reason, desk.context, desk.withheld) if where.reason else ""
        if where.lat is not None or where.gazetteer_id is not None:
            return Place(mention, place.role, replace(where, reason=reason))
        # A name that nobody could locate may be a person's.
        name = self.text(where.name, desk.context, desk.withheld)
        return Place(mention, place.role, replace(where, name=name, reason=reason))

    # --- reports ------------------------------------------------------------------------------------------------------

    def report(self, report: Report, context: Context) -> Report:
        """The report without its text, and without what must be left out of its head."""
        withheld: set[Withheld] = set()
        outlet = report.outlet
        if outlet is not None and self.known.outlets.get(outlet) is None:
            outlet = self.text(outlet, context, withheld)
        address = self._address(report.address)
        if address != report.address:
            withheld.add(Withheld.ADDRESS)
        if report.text:
            withheld.add(Withheld.TEXT)
        title = self.text(report.title, context, withheld) if report.title is not None else None
        when = report.publication
        return replace(
            report,
            outlet=outlet,
            address=address,
            title=title,
            text="",
            publication=Publication(when.day, when.evidence, earliest=when.earliest, latest=when.latest),
            furniture=(),
            got_from="",
            withheld=in_order((*report.withheld, *withheld)),
        )

    def _address(self, address: str | None) -> str | None:
        """An address as far as no word in it can be a name: of a known outlet's, its site at least."""
        if address is None:
            return None
        match = _FOLLOWABLE.fullmatch(address)
        if match is None or self.known.outlets.at(address) is None:
            return None
        words = _PATH_WORD.findall(address[match.end(1) :])
        if all(word.casefold() in self.known.rules.names.paths for word in words):
            return address
        return match[1] + "/"


def in_order(kinds: Iterable[Withheld]) -> tuple[Withheld, ...]:
    """Each kind once, in the order of the model."""
    found = set(kinds)
    return tuple(kind for kind in Withheld if kind in found)


def names_of_places(claims: Sequence[Claim], known: Known) -> frozenset[str]:
    """The folded names that claims have places for: located ones, and others that are called a town or the like.

    A name that nobody located may be that of a person, where nothing beside it says what kind of place it is.
    """
    keys: set[str] = set()
    for claim in claims:
        for place in claim.places:
            where = place.resolution
            parts = known.gazetteer.words.take_apart(place.mention.text)
            located = where is not None and where.lat is not None
            if located or (parts.kind is not None and not _has_given(parts.name, known)):
                keys |= {fold_key(parts.name), fold_key(parts.full)}
                keys |= {fold_key(where.name)} if located and where is not None else set()
    keys.discard("")
    return frozenset(keys)


def _has_given(name: str, known: Known) -> bool:
    return any(fold_key(word) in known.rules.given_keys for word in re.split(r"[\s-]+", name))


def _texts(claim: Claim) -> list[str | None]:
    people = (*claim.actors, *claim.targets)
    labels = [label.stands_for for label in claim.labels if label.stands_for is not None]
    mentions = [person.mention for person in people] + [source.mention for source in claim.source] + labels
    return [text for mention in mentions for text in (mention.text, mention.antecedent)]


def _within(mention: Mention, claim: Claim) -> int | None:
    """Where a mention stands in the quote, or None where it stands elsewhere."""
    if mention.span is not None:
        at = mention.span.start - claim.span.start
        inside = at >= 0 and claim.quote[at : at + len(mention.text)] == mention.text
        return at if inside and mention.text else None
    at = claim.quote.find(mention.text) if mention.text else -1
    return at if at >= 0 else None
