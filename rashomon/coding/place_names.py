"""Which words of a parsed document are names of places: known ones, and unknown ones that the wording makes places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from rashomon.coding.place_context import NameContext, PlaceName
from rashomon.coding.place_text import PlaceText
from rashomon.knowledge.gazetteer import Familiarity, Gazetteer, GazetteerRow
from rashomon.knowledge.romanise import without_possessive_s

_LONGEST_LIST_GAP = 6  # tokens between two names of a list
_LONGEST_NAME = 8  # tokens; 'Ma'arrat al-Nu'man' is six
_ARTICLES = frozenset(
    {"al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ez", "ath", "er", "es", "bin", "abu", "um"}
)
_WORDS_TOO = frozenset({"an", "as", "at", "er", "bin", "abu", "um"})  # in small letters only before a hyphen
_MARKS = frozenset("-'’‘`ʿʾ")
_JOINTS = frozenset({",", "and", "or", "&", ";", "well", "as"})


def find_names(text: PlaceText, gazetteer: Gazetteer, bodies: Collection[int] = ()) -> list[PlaceName]:
    """All names of places in the document, in order, not overlapping."""
    finder = _Finder(text, gazetteer)
    names: list[PlaceName] = []
    for i in finder.candidates():
        if i in bodies or (names and i < names[-1].end):
            continue
        found = finder.at(i, after=names[-1] if names else None)
        if found is not None:
            names.append(found)
    return names


class _Finder:
    """Looks for names at one position after the other."""

    def __init__(self, text: PlaceText, gazetteer: Gazetteer) -> None:
        self._doc = text.doc
        self._between = text.between
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._context = NameContext(text, gazetteer.words)
        self._texts = text.texts
        self._lowers = text.lowers
        self._list_until = -1  # end of the last name of a list that a plural announced ('the villages of W, X')

    def candidates(self) -> list[int]:
        """The tokens at which a name may begin, by their first letter alone."""
        lowers = self._lowers
        return [
            i
            for i, text in enumerate(self._texts)
            if text[0].isupper() or lowers[i] in _ARTICLES or (text[0].isdigit() and not text.isdigit())
        ]

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
            if known is not None and not self._is_bare_first_element(i, end):
                if self._is_place(known, listed=listed, announced=announced):
                    return known
                return replace(known, implied=True) if self._is_implied(known) else None
        return self._unknown(i, listed=listed, announced=announced)

    def _text(self, start: int, end: int) -> str:
        return self._texts[start] if end == start + 1 else self._between(start, end)

    def _begins(self, i: int) -> bool:
        text, lower = self._texts[i], self._lowers[i]
        if (
            i > 1
            and self._texts[i - 1] in _MARKS
            and not self._doc[i - 1].whitespace_
            and not self._doc[i - 2].whitespace_
        ):
            return False  # inside a name or a compound
        if lower in self._words.directions and not self._starts_direction_name(i):
            return False
        if text[0].isupper() or text[0].isdigit():
            if lower in self._words.nouns:
                return False
            return lower in _ARTICLES or text.isupper() or not self._doc[i].is_stop
        following = self._texts[i + 1] if i + 1 < len(self._texts) else ""
        return following == "-" or (following[:1].isupper() and lower not in _WORDS_TOO)

    def _starts_direction_name(self, i: int) -> bool:
        return any(self._words.is_direction_name(self._doc[i : i + n].text) for n in (2, 3, 4))

    def _ends(self, i: int) -> Iterator[int]:
        """Where a name that begins at `i` may end, longest first."""
        ends = []
        for end in range(i + 1, min(i + _LONGEST_NAME, len(self._texts)) + 1):
            text, lower = self._texts[end - 1], self._lowers[end - 1]
            if self._is_name_token(text) or lower in self._words.nouns:  # 'Tabqa air base', 'Castello road'
                ends.append(end)
            elif text not in _MARKS and lower not in _ARTICLES and text != ".":
                break
        yield from reversed(ends)

    def _is_name_token(self, text: str) -> bool:
        return text[0].isupper() or text[0].isdigit()

    def _is_bare_first_element(self, start: int, end: int) -> bool:
        """'Tal' in 'Tal Shamiram', 'Bab' in 'Bab al-Faraj': the beginning of a name, never a name beside another."""
        if end != start + 1 or end >= len(self._texts) or not self._words.is_first_element(self._texts[start]):
            return False
        following, lower = self._texts[end], self._lowers[end]
        if lower in _ARTICLES and end + 1 < len(self._texts):
            return self._texts[end + 1] == "-" or self._texts[end + 1][0].isupper()
        return following[0].isupper() and lower not in self._words.nouns and not self._doc[end].is_stop

    def _known(self, start: int, end: int) -> PlaceName | None:
        text = self._text(start, end)
        familiarity = self._gazetteer.familiarity(text)
        name = text
        possessive = False
        if familiarity == Familiarity.UNKNOWN:
            bare = without_possessive_s(text)
            if bare is None or self._gazetteer.familiarity(bare) != Familiarity.WELL_KNOWN:
                return None
            name, possessive = bare, True
            familiarity = Familiarity.WELL_KNOWN
        if (
            end - start > 1
            and familiarity < Familiarity.IMPORTED
            and self._texts[end - 1][0].islower()
            and self._lowers[end - 1] in self._words.nouns
        ):
            return None
        possessive = possessive or (end < len(self._doc) and self._doc[end].tag_ == "POS")
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
        if name.familiarity < Familiarity.WELL_KNOWN and self._texts[name.end - 1].isupper():
            return False
        located = self._context.is_located(name)
        if self._texts[name.start].isupper() and len(name.name) > 4 and not located:
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
        end = self._run_end(i)
        if end == i:
            return None
        text = self._text(i, end)
        if text.lower() in self._words.adjectives or text.lower() in _ARTICLES:
            return None
        first = self._doc[i]
        if first.pos_ not in ("PROPN", "NOUN", "X", "NUM", "DET") or self._texts[i].isupper():
            return None
        name = PlaceName(i, end, text, Familiarity.UNKNOWN, ())
        context = self._context
        told = announced or context.has_kind_noun(name, strict=True) or context.is_taken(name)
        told = told or (self._is_marked(i) and (listed or context.is_located(name))) or context.is_inside(name)
        if not told or context.is_organisation(name) or context.is_person(name):
            return None
        return None if context.is_excepted(name) or context.is_office(name) else name

    def _run_end(self, i: int) -> int:
        """Where the capitalised run that begins at `i` ends; lists that have lost their commas come apart."""
        end = i
        while end < len(self._texts) and self._continues(i, end):
            if end > i and self._is_new_name(i, end):
                break
            end += 1
        while end > i and (self._texts[end - 1] in _MARKS or self._lowers[end - 1] in _ARTICLES):
            end -= 1
        return end

    def _is_new_name(self, start: int, at: int) -> bool:
        """Whether a token inside a run begins another name: 'al-Midan' in 'al-Faraj al-Midan', a known one anywhere."""
        if self._lowers[at - 1] in _ARTICLES or self._texts[at - 1] in _MARKS or not self._begins(at):
            return False
        if self._words.is_first_element(self._texts[at - 1]) and not self._ends_with_article(start, at - 1):
            return False
        if self._ends_with_article(start, at - 1):
            second = at + 2 if self._has_article(at) and self._texts[at + 1 : at + 2] == ["-"] else at
            return not self._words.is_second_element(self._texts[min(second, len(self._texts) - 1)])
        return self._known(at, at + 1) is not None

    def _ends_with_article(self, start: int, at: int) -> bool:
        """Whether the word at `at` follows an article with which the name begins ('al-Midan')."""
        before = at - 1 if at > start and self._texts[at - 1] not in _MARKS else at - 2
        return before == start and self._lowers[before] in _ARTICLES

    def _is_marked(self, i: int) -> bool:
        """Whether the first word alone makes an Arabic name likely."""
        text = self._texts[i]
        if self._words.is_personal_element(text):
            return False
        return self._has_article(i) or (text[0].isupper() and self._words.is_first_element(text))

    def _has_article(self, i: int) -> bool:
        return self._lowers[i] in _ARTICLES

    def _continues(self, start: int, at: int) -> bool:
        text, lower = self._texts[at], self._lowers[at]
        if text[0].isupper():
            if lower in self._words.nouns or lower in self._words.directions:
                return False
            token = self._doc[at]
            if token.is_stop and lower not in _ARTICLES:
                return False
            return at == start or not token.is_sent_start
        if at == start:
            return lower in _ARTICLES
        return text in _MARKS or lower in _ARTICLES

    def _is_list_gap(self, start: int, end: int) -> bool:
        """Whether only a comma, 'and' or 'or' (and a direction or kind word) stands between two names."""
        if end - start > _LONGEST_LIST_GAP:
            return False
        words = self._words
        texts = [
            lower
            for lower in self._lowers[start:end]
            if lower != "the" and lower not in words.directions and lower not in words.nouns
        ]
        return len(texts) <= 2 and all(text in _JOINTS for text in texts)


def _kinds(rows: tuple[GazetteerRow, ...]) -> tuple[str, ...]:
    known = [row for row in rows if row.well_known] or rows
    return tuple(dict.fromkeys(row.kind for row in known))
