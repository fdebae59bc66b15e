"""Ties a claim's actors, places and days to things outside the text; what cannot be tied says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rashomon.knowledge import Knowledge
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
    Status,
    Time,
)
from rashomon.resolving.actors import ActorResolver, civil
from rashomon.resolving.days import resolve_days
from rashomon.resolving.places import PlaceResolver

__all__ = ["Resolver"]


class Resolver:
    """Resolves the claims of reports against one body of knowledge.

    Args:
        knowledge: actors, gazetteer, the words that say when.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._actors = ActorResolver(knowledge.actors)
        self._places = PlaceResolver(knowledge.gazetteer)

    def resolve(self, claims: Sequence[Claim], report: Report) -> list[Claim]:
        """The claims of one report, their words kept, each mention joined by its resolution.

        Args:
            claims: all claims of `report`: its other places help to tell apart places of one name.
            report: the report that they were coded from.
        """
        named = {place.mention: None for claim in claims for place in claim.places}
        placed = [
            replace(claim, places=tuple(self._place(p, report, list(named)) for p in claim.places)) for claim in claims
        ]
        about = _main_country(claim.places for claim in placed)
        return [self._one(claim, report, about) for claim in placed]

    def by_names(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims that came with neutral names (coded by hand, or elsewhere), tied to actors and places by these.

        Names stay as they are; an actor of that name lends its id, a place where it is. Other places that the claims of
        its report name tell places of one name apart. What is resolved already, or cannot be, is left alone.

        Args:
            claims: claims of any reports, whose texts are not at hand.
        """
        by_report: dict[str, list[Claim]] = {}
        for claim in claims:
            by_report.setdefault(claim.report, []).append(claim)
        found = {}
        for told in by_report.values():
            text = "\n".join(dict.fromkeys(claim.quote for claim in told))
            report = Report(told[0].report, None, None, None, text, "", None, 0, Publication())
            named = {place.mention.text: Mention(place.mention.text) for claim in told for place in claim.places}
            for claim in told:
                found[id(claim)] = replace(
                    claim,
                    actors=tuple(self._known(participant) for participant in claim.actors),
                    targets=tuple(self._known(participant) for participant in claim.targets),
                    places=tuple(self._at(place, named, report) for place in claim.places),
                )
        return [found[id(claim)] for claim in claims]

    def _known(self, participant: Participant) -> Participant:
        named = participant.resolution
        if named is None or named.id is not None:
            return participant
        actor = self._knowledge.actors.named(named.name)
        return replace(participant, resolution=ActorResolution(actor.id, named.name)) if actor else participant

    def _at(self, place: Place, named: Mapping[str, Mention], report: Report) -> Place:
        told = place.resolution
        if told is not None and (told.gazetteer_id is not None or told.lat is not None):
            return place
        others = [mention for words, mention in named.items() if words != place.mention.text]
        found = self._places.resolve(Mention(place.mention.text), others, report)
        if told is not None and found.gazetteer_id is None:
            found = self._places.resolve(Mention(told.name), others, report)
        if told is not None:
            found = replace(found, name=told.name)
        return replace(place, resolution=found)

    def actor(self, mention: Mention, report: Report, country: str | None) -> ActorResolution:
        """Who a mention stands for, in a report that is mostly about `country`."""
        return self._actors.resolve(mention, report, country)

    def place(self, mention: Mention, others: Sequence[Mention], report: Report) -> PlaceResolution:
        """Where a mention is; `others` are the other places of the report."""
        return self._places.resolve(mention, others, report)

    def days(self, mention: Mention, status: Status, report: Report, quote: str) -> DaysResolution:
        """Which days an expression means in a claim of that status and quote."""
        return resolve_days(mention, status, report.publication, self._knowledge.times, quote)

    def _one(self, claim: Claim, report: Report, country: str | None) -> Claim:
        return replace(
            claim,
            actors=tuple(self._participant(p, report, country) for p in claim.actors),
            targets=tuple(self._struck(p, report, country, claim.type) for p in claim.targets),
            time=self._time(claim, report),
            labels=tuple(self._label(label, report, country) for label in claim.labels),
        )

    def _participant(self, participant: Participant, report: Report, country: str | None) -> Participant:
        if participant.resolution is not None:
            return participant
        resolution = self._actors.resolve(participant.mention, report, country)
        return replace(participant, resolution=resolution)

    def _struck(self, participant: Participant, report: Report, country: str | None, kind: str) -> Participant:
        """The same for a target: people who are besieged or shelled, and of whom no more is said, are civilians."""
        found = self._participant(participant, report, country)
        if participant.resolution is not None or found.resolution is None:
            return found
        return replace(found, resolution=civil(found.resolution, kind, self._knowledge.actors))

    def _place(self, place: Place, report: Report, named: Sequence[Mention]) -> Place:
        if place.resolution is not None:
            return place
        others = [mention for mention in named if mention != place.mention]
        return replace(place, resolution=self._places.resolve(place.mention, others, report))

    def _time(self, claim: Claim, report: Report) -> Time | None:
        time = claim.time
        if time is None or time.resolution is not None:
            return time
        return replace(
            time,
            resolution=resolve_days(time.mention, claim.status, report.publication, self._knowledge.times, claim.quote),
        )

    def _label(self, label: Label, report: Report, country: str | None) -> Label:
        if label.resolution is not None or label.stands_for is None:
            return label
        return replace(label, resolution=self._actors.resolve(label.stands_for, report, country))


def _main_country(places: Iterable[Sequence[Place]]) -> str | None:
    """The country in which more than half of the claims have a place, of those that have one in a country at all."""
    located = [{place.resolution.country for place in some if place.resolution} - {None} for some in places]
    located = [countries for countries in located if countries]
    counts = Counter(sorted(str(country) for countries in located for country in countries))
    country, number = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    return country if 2 * number > len(located) else None
