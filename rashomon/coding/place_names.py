"""Which words of a parsed document are names of places: known ones, and unknown ones that the wording makes places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from rashomon.coding.place_context import NameContext, PlaceName
from rashomon.knowledge.gazetteer import Familiarity, Gazetteer, GazetteerRow
from rashomon.knowledge.romanise import without_possessive_s

_LONGEST_LIST_GAP = 6  # tokens between two names of a list
_LONGEST_NAME = 8  # tokens; 'Ma'arrat al-Nu'man' is six
_ARTICLES = frozenset(
    {"al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ez", "ath", "er", "es", "bin", "abu", "um"}
)
_WORDS_TOO = frozenset({"an", "as", "at", "er", "bin", "abu", "um"})  # in small letters only before a hyphen
_MARKS = frozenset("-'’‘`ʿʾ")


def find_names(doc: Doc, gazetteer: Gazetteer) -> list[PlaceName]:
    """All names of places in the document, in order, not overlapping."""
    finder = _Finder(doc, gazetteer)
    names: list[PlaceName] = []
    i = 0
    while i < len(doc):
        found = finder.at(i, after=names[-1] if names else None)
        if found is None:
            i += 1
            continue
        names.append(found)
        i = max(found.end, i + 1)
    return names


class _Finder:
    """Looks for names at one position after the other."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self._doc = doc
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._context = NameContext(doc, gazetteer.words)
        self._list_until = -1  # end of the last name of a list that a plural announced ('the villages of W, X')

    def at(self, i: int, after: PlaceName | None) -> PlaceName | None:
        """The name that begins at token `i`, or None; `after` is the name found last."""
        if not self._begins(i):
            return None
        listed = after is not None and self._is_list_gap(after.end, i)
        announced = listed and after is not None and after.end == self._list_until
        found = self._name_at(i, listed=listed, announced=announced)
        if found is not None and (announced or self._context.is_announced(found)):
            self._list_until = found.end
        return found

    def _name_at(self, i: int, *, listed: bool, announced: bool) -> PlaceName | None:
        for end in self._ends(i):
            known = self._known(i, end)
            if known is not None:
                if self._is_place(known, listed=listed, announced=announced):
                    return known
                return replace(known, implied=True) if self._is_implied(known) else None
        return self._unknown(i, listed=listed, announced=announced)

    def _begins(self, i: int) -> bool:
        token = self._doc[i]
        first, lower = token.text[0], token.lower_
        if not (first.isupper() or first.isdigit() or lower in _ARTICLES):
            return False
        if (
            i
            and self._doc[i - 1].text in _MARKS
            and not self._doc[i - 1].whitespace_
            and not self._doc[i - 2].whitespace_
        ):
            return False  # inside a name or a compound
        if lower in self._words.directions and not self._starts_direction_name(i):
            return False
        if first.isupper() or (first.isdigit() and not token.is_digit):
            return lower not in self._words.nouns and (not token.is_stop or lower in _ARTICLES or token.is_upper)
        following = self._doc[i + 1] if i + 1 < len(self._doc) else None
        if lower not in _ARTICLES or following is None:
            return False
        return following.text == "-" or (following.text[0].isupper() and lower not in _WORDS_TOO)

    def _starts_direction_name(self, i: int) -> bool:
        return any(self._words.is_direction_name(self._doc[i : i + n].text) for n in (2, 3, 4))

    def _ends(self, i: int) -> Iterator[int]:
        """Where a name that begins at `i` may end, longest first."""
        ends = []
        for end in range(i + 1, min(i + _LONGEST_NAME, len(self._doc)) + 1):
            token = self._doc[end - 1]
            if token.is_space or (token.is_punct and token.text not in _MARKS and token.text != "."):
                break
            if self._is_name_token(token):
                ends.append(end)
            elif token.text not in _MARKS and token.lower_ not in _ARTICLES and token.lower_ not in self._words.nouns:
                break
            elif token.lower_ in self._words.nouns:
                ends.append(end)  # 'Tabqa air base', 'Castello road'
        yield from reversed(ends)

    def _is_name_token(self, token: Token) -> bool:
        return token.text[0].isupper() or token.text[0].isdigit()

    def _known(self, start: int, end: int) -> PlaceName | None:
        text = self._doc[start:end].text
        familiarity = self._gazetteer.familiarity(text)
        name = text
        possessive = end < len(self._doc) and self._doc[end].tag_ == "POS"
        if familiarity == Familiarity.UNKNOWN:
            bare = without_possessive_s(text)
            if bare is None or self._gazetteer.familiarity(bare) != Familiarity.WELL_KNOWN:
                return None
            name, possessive = bare, True
            familiarity = Familiarity.WELL_KNOWN
        last = self._doc[end - 1]
        if (
            last.lower_ in self._words.nouns
            and last.text[0].islower()
            and end - start > 1
            and familiarity < Familiarity.IMPORTED
        ):
            return None
        rows = self._gazetteer.find(name)
        return PlaceName(start, end, name, familiarity, _kinds(rows), possessive)

    def _is_implied(self, name: PlaceName) -> bool:
        country = bool(name.kinds) and name.kinds[0] == "country"
        return country and not self._context.is_organisation(name) and not self._context.is_person(name)

    def _is_place(self, name: PlaceName, *, listed: bool, announced: bool) -> bool:
        if self._context.is_excepted(name) or self._context.is_office(name):
            return False
        if announced:
            return True
        if self._context.is_organisation(name) or self._context.is_person(name):
            return False
        country = name.kinds[0] == "country"
        if self._context.is_government(name, country=country):
            return False
        if name.familiarity < Familiarity.WELL_KNOWN and self._doc[name.end - 1].is_upper:
            return False
        located = self._context.is_located(name)
        if self._doc[name.start].is_upper and len(name.name) > 4 and not located:
            return False  # a dateline: 'BEIRUT'
        if located or (listed and (self._has_article(name.start) or name.familiarity == Familiarity.WELL_KNOWN)):
            return True
        if name.end == name.start + 1 and self._doc[name.start].pos_ not in ("PROPN", "NOUN"):
            return False
        if name.familiarity == Familiarity.WELL_KNOWN:
            return not country or self._context.is_country_place(name)
        return self._context.is_object(name)

    def _unknown(self, i: int, *, listed: bool, announced: bool) -> PlaceName | None:
        """A capitalised run that the words around it make a place."""
        end = i
        while end < len(self._doc) and self._continues(i, end):
            end += 1
        while end > i and (self._doc[end - 1].text in _MARKS or self._doc[end - 1].lower_ in _ARTICLES):
            end -= 1
        text = self._doc[i:end].text.lower()
        if end == i or text in self._words.adjectives or text in _ARTICLES:
            return None
        for cut in range(i + 1, end):
            if self._begins(cut) and self._known(cut, cut + 1) is not None:
                end = cut  # 'al-Khraba Aleppo': the known name stands for itself
                break
        name = PlaceName(i, end, self._doc[i:end].text, Familiarity.UNKNOWN, ())
        first = self._doc[i]
        if first.pos_ not in ("PROPN", "NOUN", "X", "NUM", "DET") or first.is_upper:
            return None
        if self._context.is_organisation(name) or self._context.is_person(name):
            return None
        if self._context.is_excepted(name) or self._context.is_office(name):
            return None
        if announced or self._context.has_kind_noun(name, strict=True) or self._context.is_taken(name):
            return name
        if not self._has_article(i):
            return None
        return name if listed or self._context.is_located(name) else None

    def _has_article(self, i: int) -> bool:
        return self._doc[i].lower_ in _ARTICLES

    def _continues(self, start: int, at: int) -> bool:
        token = self._doc[at]
        if token.is_space:
            return False
        if (
            token.lower_ in self._words.nouns
            or token.lower_ in self._words.directions
            or (token.is_stop and token.lower_ not in _ARTICLES)
        ):
            return False
        if token.text[0].isupper() or (at == start and token.lower_ in _ARTICLES):
            return at == start or not token.is_sent_start
        return at > start and (token.text in _MARKS or token.lower_ in _ARTICLES)

    def _is_list_gap(self, start: int, end: int) -> bool:
        """Whether only a comma, 'and' or 'or' (and a direction or kind word) stands between two names."""
        if end - start > _LONGEST_LIST_GAP:
            return False
        gap = [t for t in self._doc[start:end] if t.lower_ not in self._words.directions and t.lower_ != "the"]
        texts = [t.lower_ for t in gap if t.lower_ not in self._words.nouns]
        return len(texts) <= 2 and all(text in {",", "and", "or", "&", ";", "well", "as"} for text in texts)


def _kinds(rows: tuple[GazetteerRow, ...]) -> tuple[str, ...]:
    known = [row for row in rows if row.well_known] or rows
    return tuple(dict.fromkeys(row.kind for row in known))
