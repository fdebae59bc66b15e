"""Features of where it may be: one row for each place near a candidate, mostly told of, or that the rules chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.coding.learned.candidates import Candidate, Case
from rashomon.coding.learned.mentions import Spot
from rashomon.coding.learned.relation import Place, Relations, nearest_first, of_trigger
from rashomon.coding.learned.rows import ArgumentRow, Features
from rashomon.coding.learned.uses import Uses, users, users_of_key

_BACK, _AHEAD = 4, 1  # sentences
_MAIN = 2  # places that a report is mostly about
_NO_WAY = 30.0


@dataclass(frozen=True, slots=True)
class SpotRows:
    """Makes the rows of one report.

    Attributes:
        named: how often each place is named. main: those named most. in_title: those of the first sentence.
    """

    case: Case
    uses: Uses
    relations: Relations
    named: Counter[str]
    main: frozenset[str]
    in_title: frozenset[str]

    @classmethod
    def of(cls, case: Case, uses: Uses, relations: Relations) -> SpotRows:
        """Goes once through the places of the report."""
        named: Counter[str] = Counter()
        for spot in case.mentions.spots:
            named[spot.key] += not spot.mention.adjective
        title = (spot.key for spot in case.mentions.spots if case.sentence(spot.mention.start_token) == 0)
        return cls(
            case, uses, relations, named, frozenset(key for key, _ in named.most_common(_MAIN)), frozenset(title)
        )

    def __call__(self, candidate: Candidate, trigger: Features) -> list[ArgumentRow]:
        """One row for each place, the nearest first; for the arguments see `PartyRows`."""
        rows = [self._row(candidate, trigger, key, members) for key, members in self._near(candidate).items()]
        rows.sort(key=lambda row: (row.features["sentences_apart"], row.features["tokens_apart"]))
        _compare([row.features for row in rows])
        return rows

    def _near(self, candidate: Candidate) -> dict[str, list[int]]:
        chosen = {*candidate.given.spots, *candidate.told.spots}
        near: dict[str, list[int]] = {}
        for number, spot in enumerate(self.case.mentions.spots):
            if self._in_reach(candidate, spot) or number in chosen or spot.key in self.main:
                near.setdefault(spot.key, []).append(number)
        return near

    def _in_reach(self, candidate: Candidate, spot: Spot) -> bool:
        return -_BACK <= self.case.sentence(spot.mention.start_token) - self.case.sentence(candidate.head) <= _AHEAD

    def _row(self, candidate: Candidate, trigger: Features, key: str, members: Sequence[int]) -> ArgumentRow:
        spots, given = self.case.mentions.spots, candidate.given
        places = nearest_first([(n, _place(spots[n])) for n in members], candidate, self.case)
        at, place = min(places, key=lambda one: (one[0] not in given.spots, spots[one[0]].mention.adjective))
        row = ArgumentRow(at, tuple(members), key, of_trigger(candidate, trigger))
        row.features.update(self.relations(candidate, place))
        row.features.update(self._itself(spots[at], members, candidate))
        row.features.update(self._rules_say(candidate, trigger, spots[at], members))
        return row

    def _itself(self, spot: Spot, members: Sequence[int], candidate: Candidate) -> Features:
        mention, spots = spot.mention, self.case.mentions.spots
        return {
            "place_kind": mention.kind,
            "exactness": mention.rank,
            "role": mention.role.value,
            "adjective": mention.adjective,
            "contains": mention.container_of is not None,
            "refers_back": mention.antecedent is not None,
            "located": spot.located,
            "precision": spot.precision,
            "mention_words": self.case.words.length(mention.start_token, mention.end_token),
            "mentions_near": sum(self._in_reach(candidate, spots[n]) for n in members),
            "mentions": self.named[spot.key],
            "main_place": spot.key in self.main,
            "in_title": spot.key in self.in_title,
            "only_adjectives": all(spots[n].mention.adjective for n in members),
            "ever_contains": any(spots[n].mention.container_of is not None for n in members),
        }

    def _rules_say(self, candidate: Candidate, trigger: Features, spot: Spot, members: Sequence[int]) -> Features:
        case, given, told, head = self.case, candidate.given, candidate.told, candidate.head
        own = case.sentence(head)
        others = users(self.uses.spots, members, head)
        return {
            "rules_place": sum(n in given.spots for n in members),
            "group_place": sum(n in told.spots for n in members),
            "rules_places": len(given.spots),
            "group_places": len(told.spots),
            "own_place": given.own_places,
            "group_own_place": told.own_places,
            "place_of_others_in_sentence": sum(case.sentence(other) == own for other in others),
            "place_of_others_alike": len(users_of_key(self.uses.spot_keys, str(trigger["type"]), spot.key, head)),
            "takes_part": any(_overlap(case, n, spot) for n in (*given.actors, *given.targets)),
        }


def _place(spot: Spot) -> Place:
    return Place(spot.mention.start_token, spot.mention.end_token, spot.mention.head)


def _overlap(case: Case, party: int, spot: Spot) -> bool:
    mention = case.mentions.parties[party].mention
    return mention.start_token < spot.mention.end_token and spot.mention.start_token < mention.end_token


def _compare(rows: Sequence[Features]) -> None:
    """Adds to each row how it stands among the others."""
    here = [row for row in rows if row["same_sentence"] and not row["adjective"]]
    exact_here = max((float(row["exactness"]) for row in here), default=-1.0)
    exact = max((float(row["exactness"]) for row in rows), default=-1.0)
    for row in rows:
        own = float(row["exactness"])
        row.update(
            in_sentence=len(here),
            exacter_in_sentence=exact_here - own,
            exacter=exact - own,
        )
    for rank, row in enumerate(sorted(here, key=lambda row: float(row.get("way_cost", _NO_WAY)))):
        row["rank_by_cost"] = rank
