"""Where a mention of a place is: a row of the gazetteer, or the reason why none can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rashomon.knowledge.gazetteer import Candidate, Gazetteer, GazetteerRow
from rashomon.knowledge.placewords import PlaceParts
from rashomon.knowledge.romanise import fold_key, without_possessive_s
from rashomon.model import Mention, PlacePrecision, PlaceResolution, Report
from rashomon.resolving.geometry import kilometres

_MARGIN = 1.0  # by so much the best row must be ahead of a row elsewhere
_SAME_PLACE_KM = 6.0  # rows closer than that are one place twice
_SURE_SKELETON = 0.93  # a name known only by its consonants needs that, or a neighbour that vouches for it
_REMEMBERED = 1 << 12  # mentions of which is kept what they tell about others
_WINDOW = 40  # characters around a mention that may tell its kind
_AREA = (PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY)
_SETTLED = ("city", "town", "village", "neighbourhood", "locality", "camp")
_SETTLEMENTS = frozenset(_SETTLED)
_NAMED_BY_KIND = frozenset({"airbase", "military base", "crossing", "camp", "dam", "river", "lake", "road"})
_TOLD_BY_REFERENCE = frozenset({"governorate", "country", "airbase"})
_AREAS = frozenset({"governorate", "district", "subdistrict", "region", "country"})
# Which kinds of rows a kind word in the text may mean, the usual one first.
_FITS = {
    "governorate": ("governorate",),
    "district": ("neighbourhood", "district", "subdistrict", "region", "town", "city"),
    "city": ("city", "town", "village"),
    "town": ("town", "city", "village", "locality"),
    "village": ("village", "town", "locality"),
    "neighbourhood": ("neighbourhood", "town", "village", "city", "region"),
    "region": ("region", "mountain", "governorate", "district", "subdistrict", *_SETTLED),
    "mountain": ("mountain", "locality", "village", "region"),
    "airbase": ("airbase", "airport", "military base"),
    "military base": ("military base", "airbase", "facility"),
    "camp": ("camp", "military base", "town"),
    "crossing": ("crossing", "town", "village"),
    "country": ("country",),
}
# How likely a bare name is meant as a row of that kind: a city before the governorate of the same name.
_USUAL = {
    "country": 2.5,
    "city": 2.2,
    "town": 1.8,
    "neighbourhood": 1.4,
    "governorate": 1.6,
    "region": 1.5,
    "airbase": 1.3,
    "village": 1.2,
    "mountain": 1.0,
    "district": 0.7,
    "subdistrict": 0.5,
    "locality": 0.6,
}


@dataclass(frozen=True, slots=True)
class _Context:
    """What a report tells about where its places are."""

    governorates: frozenset[str]
    countries: frozenset[str]
    near: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    row: GazetteerRow
    score: float


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
        self._told = lru_cache(maxsize=_REMEMBERED)(self._told_by)

    def resolve(self, place: Mention, others: Sequence[Mention], report: Report) -> PlaceResolution:
        """Where a mention is.

        Args:
            place: the words; of a reference back ('the town') the antecedent counts.
            others: the other places of the report, to tell places of one name apart.
            report: the report, for the words around the mention.
        """
        words = place.antecedent or place.text
        parts = self._words.take_apart(words)
        name = self.name_of(words)
        if not parts.name:
            return PlaceResolution(name=name, reason="no name of a place")
        kind = self._kind(place, parts, others, report)
        rows = self._rows(words, parts)
        similar = False
        context = self._context(others, exclude=fold_key(parts.name))
        if not rows:
            candidates = self._by_consonants(parts.name, kind, context)
            if len(candidates) > 1:
                return PlaceResolution(name=name, reason=_several(candidates, "similar to"))
            rows, similar = candidates, bool(candidates)
        if not rows:
            return PlaceResolution(name=name, reason="not in the gazetteer")
        ranked = _ranked(rows, kind, parts, context)
        best = ranked[0]
        if why_not := _contradicted(best.row, kind, context):
            return PlaceResolution(name=name, reason=why_not)
        rivals = [s.row for s in ranked[1:] if best.score - s.score < _MARGIN and not _same_place(best.row, s.row)]
        if rivals:
            return PlaceResolution(name=name, reason=_several([best.row, *rivals], "of this name"))
        return self._located(name, best.row, parts, place, report, similar=similar)

    def name_of(self, words: str) -> str:
        """The neutral name of a mention's words: the gazetteer's own name where it is well known, else as in the text.

        Direction words go, unless they belong to the name ('Eastern Ghouta').
        """
        parts = self._words.take_apart(words)
        if not parts.name:
            return words
        wanted = parts.full if self._words.is_direction_name(parts.full) else parts.name
        kind_noun = self._with_noun(words, wanted, parts)
        for candidate in dict.fromkeys((kind_noun, wanted)):
            rows = [row for row in self._gazetteer.find(candidate) if row.well_known]
            if rows:
                return self._undirected(rows[0].name, wanted)
        rows_bare = self._gazetteer.find(without_possessive_s(wanted) or wanted)
        if rows_bare and rows_bare[0].well_known:
            return self._undirected(rows_bare[0].name, wanted)
        return kind_noun

    def _undirected(self, row_name: str, wanted: str) -> str:
        """A row's name without direction words ('Eastern Qalamoun' is Qalamoun)."""
        if self._words.is_direction_name(row_name):
            return row_name
        return (
            self._words.take_apart(row_name).name if row_name.split()[0].lower() in self._words.directions else row_name
        )

    def _with_noun(self, words: str, name: str, parts: PlaceParts) -> str:
        """The name with a noun after it that belongs to the name ('Tabqa air base', 'Castello Road')."""
        if parts.kind in (None, *_SETTLEMENTS, "governorate", "district", "region", "country", "mountain"):
            return name
        at = words.find(name)
        rest = words[at + len(name) :].split()
        taken = [
            word for word in rest[:3] if word.lower() in (*self._words.nouns, "air", "military", "border", "gas", "oil")
        ]
        return " ".join([name, *taken]) if taken else name

    def _rows(self, words: str, parts: PlaceParts) -> list[GazetteerRow]:
        """Rows of the name: first with a noun that belongs to it or its direction word, then without."""
        named = f"{parts.name} {parts.kind}" if parts.kind in _NAMED_BY_KIND else parts.full
        for name in dict.fromkeys((self._with_noun(words, parts.name, parts), named, parts.full, parts.name)):
            rows = self._gazetteer.find_possessive(name)
            if rows:
                return list(rows)
        return []

    def _kind(self, place: Mention, parts: PlaceParts, others: Sequence[Mention], report: Report) -> str | None:
        """The kind of place that the words tell, a reference's own first ('the province'), or other mentions of it."""
        own = self._words.take_apart(place.text).kind if place.antecedent is not None else None
        kind = (own if own in _TOLD_BY_REFERENCE else None) or parts.kind or self._kind_in_text(place, report)
        if kind is not None:
            return kind
        key = fold_key(parts.name)
        alike = [self._words.take_apart(other.text) for other in others if other.antecedent is None]
        kinds = {other.kind for other in alike if other.kind is not None and fold_key(other.name) == key}
        return "governorate" if "governorate" in kinds and not kinds & _SETTLEMENTS else None

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

    def _context(self, others: Sequence[Mention], exclude: str) -> _Context:
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
        return _Context(frozenset(governorates - {""}), frozenset(countries - {""}), tuple(near))

    def _told_by(self, words: str) -> _Told | None:
        """What a mention's words tell; nothing where they name no well-known place."""
        name = self._words.take_apart(words).name
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
                if row.lat is not None and row.lon is not None and row.kind in _SETTLEMENTS
            ),
        )

    def _by_consonants(self, name: str, kind: str | None, context: _Context) -> list[GazetteerRow]:
        """The rows that only sound alike, where enough vouches for them: likeness, kind and neighbourhood."""
        sure = [c for c in self._gazetteer.similar(name) if _vouched(c, kind, context)]
        if not sure:
            return []
        best = sure[0].score
        rows = [c.row for c in sure if best - c.score < 0.03]
        first = rows[0]
        return [first, *(row for row in rows[1:] if not _same_place(first, row))]

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


def _ranked(rows: Sequence[GazetteerRow], kind: str | None, parts: PlaceParts, context: _Context) -> list[_Scored]:
    scored = [_Scored(row, _score(row, kind, parts, context)) for row in rows]
    return sorted(scored, key=lambda s: (-s.score, s.row.id))


def _score(row: GazetteerRow, kind: str | None, parts: PlaceParts, context: _Context) -> float:
    """How much speaks for a row: its kind, its governorate and neighbours in the text, how well it is known."""
    score = _USUAL.get(row.kind, 1.0)
    fits = _FITS.get(kind or "", (kind,) if kind else ())
    if fits:
        score += max(0.5, 3.0 - 0.5 * fits.index(row.kind)) if row.kind in fits else 0.0
    if row.well_known:
        score += 2.5
    if row.country == "SY" or not context.countries:
        score += 0.3
    if row.country in context.countries:
        score += 0.7
    if row.adm1 and row.adm1 in context.governorates:
        score += 1.5 / len(context.governorates) + 0.5
    if row.lat is not None and row.lon is not None and context.near and row.kind not in _AREAS:
        nearest = min(kilometres(row.lat, row.lon, lat, lon) for lat, lon in context.near)
        score += 1.0 if nearest < 30 else 0.5 if nearest < 70 else 0.0
    if fold_key(row.name) == fold_key(parts.name):
        score += 0.3
    return score


def _contradicted(row: GazetteerRow, kind: str | None, context: _Context) -> str:
    """Why the best row of a less trusted table is not it: another kind of place, or a country nobody speaks of."""
    if row.well_known:
        return ""
    if context.countries and row.country not in context.countries:
        return f"of this name only {row.name} ({row.kind}, {row.country}), and the report speaks of other countries"
    if kind in _FITS and row.kind not in _FITS[kind]:
        return f"of this name only {row.name} ({row.kind}, {row.adm1 or row.country}), and the text speaks of a {kind}"
    return ""


def _vouched(candidate: Candidate, kind: str | None, context: _Context) -> bool:
    """Whether a row that has only a name's consonants may be it."""
    row = candidate.row
    if kind and row.kind not in _FITS.get(kind, (kind,)):
        return False
    in_context = row.adm1 in context.governorates if context.governorates else row.country == "SY"
    return in_context and (candidate.score >= _SURE_SKELETON or row.well_known)


def _same_place(one: GazetteerRow, other: GazetteerRow) -> bool:
    """Whether two rows are one place twice: very close, or the area that is called after its main town."""
    if one.country == other.country and one.adm1 == other.adm1 and (one.kind in _AREAS) != (other.kind in _AREAS):
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    if one.adm1 == other.adm1 and one.kind in _AREAS and other.kind in _AREAS:
        return True
    return kilometres(one.lat, one.lon, other.lat, other.lon) < _SAME_PLACE_KM


def _several(rows: Sequence[GazetteerRow], how: str) -> str:
    numbers = {2: "two", 3: "three", 4: "four", 5: "five"}
    count = len(rows)
    shown = ", ".join(f"{row.name} ({row.kind}, {row.adm1 or row.country})" for row in rows[:4])
    return f"{numbers.get(count, str(count))} places {how} name: {shown}".replace(
        "of this name name", "of this name"
    ) + (", ..." if count > 4 else "")
