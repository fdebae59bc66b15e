"""Where a mention of a place is: a row of the gazetteer, or the reason why none can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rashomon.knowledge.gazetteer import Gazetteer, GazetteerRow
from rashomon.knowledge.geometry import kilometres
from rashomon.knowledge.placewords import PlaceParts
from rashomon.knowledge.romanise import fold_key, without_possessive_s
from rashomon.model import Mention, PlacePrecision, PlaceResolution, Report
from rashomon.resolving.place_choice import (
    SETTLEMENTS,
    Context,
    contradicted,
    far_from_all,
    ranked,
    same_place,
    several,
    vouched,
)
from rashomon.resolving.place_phrases import AreaTold, PlacePhrases

_MARGIN = 1.0  # by so much the best row must be ahead of a row elsewhere
_REMEMBERED = 1 << 12  # mentions of which is kept what they tell about others
_BETWEEN_NEAR_KM = 25.0  # what lies between two places closer than that is near both
_WINDOW = 40  # characters around a mention that may tell its kind
_AREA = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
_NAMED_BY_KIND = frozenset({"airbase", "military base", "crossing", "camp", "dam", "river", "lake", "road"})
_WHOLES = frozenset({"city", "country", "governorate"})
_TOLD_BY_REFERENCE = frozenset({"governorate", "country", "airbase"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What one place tells about where the others are.

    Attributes:
        key: the fold key of its name.
        governorates: the one that it surely lies in, or none.
        country: the same; empty where that is not sure.
        near: where towns of its name are.
    """

    key: str
    governorates: frozenset[str]
    country: str
    near: tuple[tuple[float, float], ...]


class PlaceResolver:
    """Ties mentions of places to the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._phrases = PlacePhrases(gazetteer.words)
        self._told = lru_cache(maxsize=_REMEMBERED)(self._told_by)

    def resolve(self, place: Mention, others: Sequence[Mention], report: Report) -> PlaceResolution:
        """Where a mention is.

        Args:
            place: the words; of a reference back ('the town') the antecedent counts.
            others: the other places of the report, to tell places of one name apart.
            report: the report, for the words around the mention.
        """
        words = self._phrases.without_distance(place.antecedent or place.text)
        ends = self._phrases.ends_of(words)
        if ends is not None:
            return self._between(ends, words, place, others, report)
        name = self.name_of(words)
        words = self._part(words, known=True)
        parts = self._words.take_apart(words)
        rows = self._rows(words, parts) or self._named_whole(words)
        if not parts.name and not rows:
            return PlaceResolution(name=name, reason="no name of a place")
        kind = self._kind(place, parts, others, report)
        similar = False
        context = self._context(others, self._phrases.area_told(parts.name, place, report), fold_key(parts.name))
        if not rows:
            candidates = self._by_consonants(parts.name, kind, context)
            if len(candidates) > 1:
                return PlaceResolution(name=name, reason=several(candidates, "similar to"))
            rows, similar = candidates, bool(candidates)
        if not rows:
            return PlaceResolution(name=name, reason="not in the gazetteer")
        by_score = ranked(rows, kind, parts, context)
        reasons = [contradicted(scored.row, kind, context) for scored in by_score]
        by_score = [scored for scored, why_not in zip(by_score, reasons, strict=True) if not why_not]
        if not by_score:
            several_told = f"{several(rows, 'of this name')}; the text speaks of none of them"
            return PlaceResolution(name=name, reason=several_told if len(rows) > 1 else reasons[0])
        best = by_score[0]
        rivals = [s.row for s in by_score[1:] if best.score - s.score < _MARGIN and not same_place(best.row, s.row)]
        if rivals:
            return PlaceResolution(name=name, reason=several([best.row, *rivals], "of this name"))
        if why_not := far_from_all(best.row, context):
            return PlaceResolution(name=name, reason=why_not)
        return self._located(name, best.row, parts, place, report, similar=similar)

    def name_of(self, words: str) -> str:
        """The neutral name of a mention's words: the gazetteer's own name where it is well known, else as in the text.

        Direction words go, unless they belong to the name ('Eastern Ghouta').
        """
        words = self._part(words, known=False)
        parts = self._words.take_apart(words)
        if not parts.name:
            return words
        wanted = parts.full if self._words.is_direction_name(parts.full) else parts.name
        kind_noun = self._with_noun(words, wanted, parts)
        for candidate in dict.fromkeys((kind_noun, wanted)):
            rows = [row for row in self._gazetteer.find(candidate) if row.well_known]
            names = dict.fromkeys(row.name for row in rows)
            alike = [name for name in names if fold_key(name) == fold_key(candidate)]
            if len(names) == 1 or alike:
                return self._undirected((alike or list(names))[0], wanted)
        rows_bare = self._gazetteer.find(without_possessive_s(wanted) or wanted)
        if rows_bare and rows_bare[0].well_known:
            return self._undirected(rows_bare[0].name, wanted)
        return kind_noun

    def _part(self, words: str, *, known: bool) -> str:
        """Of words for a place in or near a city those for that place: 'the X district of Y', 'X near the city of Y'.

        Elsewhere Y may lie in X, and the words stay. So they do where X is not known, unless it is asked for by name.
        """
        named = self._phrases.part_of_whole(words)
        if named is None or not self._is(named[1], _WHOLES) or self._is(named[0], _WHOLES):
            return words
        parts = self._words.take_apart(named[0])
        return named[0] if self._gazetteer.find(parts.name) or (parts.kind and not known) else words

    def _is(self, words: str, kinds: frozenset[str]) -> bool:
        return any(row.kind in kinds for row in self._gazetteer.find(self._words.take_apart(words).name))

    def _undirected(self, row_name: str, wanted: str) -> str:
        """A row's name without direction words ('Eastern Qalamoun' is Qalamoun)."""
        if self._words.is_direction_name(row_name):
            return row_name
        return (
            self._words.take_apart(row_name).name if row_name.split()[0].lower() in self._words.directions else row_name
        )

    def _with_noun(self, words: str, name: str, parts: PlaceParts) -> str:
        """The name with a noun after it that belongs to the name ('Tabqa air base', 'Castello Road')."""
        if parts.kind in (None, *SETTLEMENTS, "governorate", "district", "region", "country", "mountain"):
            return name
        at = words.find(name)
        rest = words[at + len(name) :].split()
        taken = [
            word for word in rest[:3] if word.lower() in (*self._words.nouns, "air", "military", "border", "gas", "oil")
        ]
        return " ".join([name, *taken]) if taken else name

    def _rows(self, words: str, parts: PlaceParts) -> list[GazetteerRow]:
        """Rows of the name: first with a noun that belongs to it or its direction word, then without."""
        if not parts.name:
            return []
        named = f"{parts.name} {parts.kind}" if parts.kind in _NAMED_BY_KIND else parts.full
        with_noun = self._with_noun(words, parts.name, parts)
        first = () if with_noun == parts.name else (with_noun,)
        for name in dict.fromkeys((*first, named, parts.full, parts.name)):
            rows = self._gazetteer.find_possessive(name) if name else ()
            if rows:
                return list(rows)
        return []

    def _named_whole(self, words: str) -> list[GazetteerRow]:
        """Rows whose name has words in it that stand around other names ('the Turkish border')."""
        tokens = words.split()
        for start in range(len(tokens) - 1):
            rows = [row for row in self._gazetteer.find(" ".join(tokens[start:])) if row.well_known]
            if rows:
                return rows
        return []

    def _between(
        self, ends: tuple[str, str], words: str, place: Mention, others: Sequence[Mention], report: Report
    ) -> PlaceResolution:
        """A place between two others, or the road from one to the other: the middle, as close as they are near."""
        whole = [row for row in self._gazetteer.find(words.removeprefix("the ")) if row.well_known]
        if whole:
            return self._located(
                self.name_of(words), whole[0], self._words.take_apart(words), place, report, similar=False
            )
        named = [Mention(end) for end in ends]
        one, other = (self.resolve(end, [*others, named[1 - n]], report) for n, end in enumerate(named))
        if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
            reason = "; ".join(
                f"{end}: {found.reason}" for end, found in zip(ends, (one, other), strict=True) if found.reason
            )
            return PlaceResolution(name=self.name_of(words), reason=reason)
        apart = kilometres(one.lat, one.lon, other.lat, other.lon)
        return PlaceResolution(
            name=self.name_of(words),
            lat=round((one.lat + other.lat) / 2, 5),
            lon=round((one.lon + other.lon) / 2, 5),
            precision=PlacePrecision.NEAR if apart <= _BETWEEN_NEAR_KM else PlacePrecision.DISTRICT,
            adm1=one.adm1 if one.adm1 == other.adm1 else None,
            country=one.country if one.country == other.country else None,
        )

    def _kind(self, place: Mention, parts: PlaceParts, others: Sequence[Mention], report: Report) -> str | None:
        """The kind of place that the words tell, a reference's own first ('the province'), or other mentions of it."""
        own = self._words.take_apart(place.text).kind if place.antecedent is not None else None
        kind = (own if own in _TOLD_BY_REFERENCE else None) or parts.kind or self._kind_in_text(place, report)
        if kind is not None:
            return kind
        key = fold_key(parts.name)
        alike = [self._words.take_apart(other.text) for other in others if other.antecedent is None]
        kinds = {other.kind for other in alike if other.kind is not None and fold_key(other.name) == key}
        return "governorate" if "governorate" in kinds and not kinds & SETTLEMENTS else None

    def _kind_in_text(self, place: Mention, report: Report) -> str | None:
        """The kind that a plural further on tells: 'in Aleppo and Homs provinces'."""
        if (
            place.span is None
            or place.antecedent is not None
            or report.text[place.span.start : place.span.end] != place.text
        ):
            return None
        after = report.text[place.span.end : place.span.end + _WINDOW].split()
        for position, word in enumerate(after[:6]):
            bare = word.strip(".,;:").lower()
            if bare in self._words.nouns:
                return self._words.nouns[bare] if position and bare.endswith("s") and word[0].islower() else None
            if not (word[0].isupper() or bare in {"and", "or"} or word[:3].lower() == "al-"):
                return None
        return None

    def _context(self, others: Sequence[Mention], area: AreaTold, exclude: str) -> Context:
        governorates: set[str] = set()
        countries: set[str] = set()
        near: list[tuple[float, float]] = []
        for other in others:
            told = self._told(other.antecedent or other.text)
            if told is None or told.key == exclude:
                continue
            governorates |= told.governorates
            countries.add(told.country)
            near += told.near
        around, named = next(((told, n) for n in area.names if (told := self._told_named(n))), (None, ""))
        return Context(
            governorates=frozenset(governorates - {""}),
            countries=frozenset(countries - {""}),
            near=tuple(near),
            area=named,
            area_sure=area.sure,
            area_governorates=around.governorates - {""} if around is not None else frozenset(),
            area_near=around.near if around is not None else (),
            focus=self._words.focus,
        )

    def _told_by(self, words: str) -> _Told | None:
        """What a mention's words tell; nothing where they name no well-known place."""
        return self._told_named(self._words.take_apart(words).name)

    def _told_named(self, name: str) -> _Told | None:
        rows = [row for row in self._gazetteer.find_possessive(name) if row.well_known] if name else []
        if not rows:
            return None
        governorates = frozenset(row.adm1 for row in rows)
        countries = {row.country for row in rows}
        return _Told(
            key=fold_key(name),
            governorates=governorates if len(governorates) == 1 and rows[0].kind != "country" else frozenset(),
            country=rows[0].country if len(countries) == 1 else "",
            near=tuple(
                (row.lat, row.lon)
                for row in rows
                if row.lat is not None and row.lon is not None and row.kind in SETTLEMENTS | {"region"}
            ),
        )

    def _by_consonants(self, name: str, kind: str | None, context: Context) -> list[GazetteerRow]:
        """The rows that only sound alike, where enough vouches for them: likeness, kind and neighbourhood."""
        sure = [c for c in self._gazetteer.similar(name) if vouched(c, kind, context)]
        if not sure:
            return []
        best = sure[0].score
        rows = [c.row for c in sure if best - c.score < 0.03]
        first = rows[0]
        return [first, *(row for row in rows[1:] if not same_place(first, row))]

    def _located(
        self, name: str, row: GazetteerRow, parts: PlaceParts, place: Mention, report: Report, *, similar: bool
    ) -> PlaceResolution:
        precision = row.closeness
        own_area = fold_key(parts.full) != fold_key(parts.name) and fold_key(parts.full) in {
            fold_key(n) for n in row.names
        }
        if precision not in _AREA:
            if self._is_near(place, report) or parts.near or similar:
                precision = PlacePrecision.NEAR
            if (parts.directed and not own_area and not parts.near) or (parts.partial and parts.kind == "region"):
                precision = PlacePrecision.DISTRICT
        located = row.lat is not None and row.lon is not None
        return PlaceResolution(
            name=name,
            gazetteer_id=row.id,
            lat=row.lat,
            lon=row.lon,
            precision=precision if located else None,
            adm1=row.adm1 or None,
            country=row.country or None,
            reason="" if located else "known, but without coordinates",
        )

    def _is_near(self, place: Mention, report: Report) -> bool:
        """Whether the word before the mention is 'near', 'outside', 'around'."""
        if (
            place.span is None
            or place.antecedent is not None
            or report.text[place.span.start : place.span.end] != place.text
        ):
            return False
        before = report.text[max(0, place.span.start - _WINDOW) : place.span.start].lower().split()
        return bool(before) and before[-1] in self._words.near
