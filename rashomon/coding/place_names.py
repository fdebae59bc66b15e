"""Which words of a parsed document are names of places: known ones, and unknown ones that the wording makes places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.knowledge.gazetteer import Familiarity, Gazetteer, GazetteerRow
from rashomon.knowledge.placewords import PlaceWords
from rashomon.knowledge.romanise import without_possessive_s

_LONGEST_NAME = 8  # tokens; 'Ma'arrat al-Nu'man' is six
_LONGEST_FRAME = 8  # tokens between a name and the preposition or noun that makes it a place
_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ez", "ath", "er", "es", "bin", "abu", "um"})
_WORDS_TOO = frozenset({"an", "as", "at", "er", "bin", "abu", "um"})  # in small letters only before a hyphen
_MARKS = frozenset("-'’‘`ʿʾ")
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACE_LABELS = frozenset(
    {"DATE", "TIME", "NORP", "EVENT", "LAW", "LANGUAGE", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "WORK_OF_ART"}
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name: tokens `start` to `end` (exclusive), and what is known of it.

    Attributes:
        name: the words, a lost "'s" taken off. familiarity: how well the gazetteer knows it. kinds: of the rows that
            it may be, the most trusted first.
        possessive: whether it ends in "s" that is a possessive with or without its apostrophe.
    """

    start: int
    end: int
    name: str
    familiarity: Familiarity
    kinds: tuple[str, ...]
    possessive: bool = False


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
        self._context = _Context(doc, gazetteer.words)
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
                return known if self._is_place(known, listed=listed, announced=announced) else None
        return self._unknown(i, listed=listed, announced=announced)

    def _begins(self, i: int) -> bool:
        token = self._doc[i]
        if i and self._doc[i - 1].text in _MARKS and not self._doc[i - 1].whitespace_ and not self._doc[i - 2].whitespace_:
            return False  # inside a name or a compound
        if token.lower_ in self._words.directions and not self._starts_direction_name(i):
            return False
        if token.text[0].isupper() or (token.text[0].isdigit() and not token.is_digit):
            return token.lower_ not in self._words.nouns and (not token.is_stop or token.lower_ in _ARTICLES or token.is_upper)
        following = self._doc[i + 1] if i + 1 < len(self._doc) else None
        if token.lower_ not in _ARTICLES or following is None:
            return False
        return following.text == "-" or (following.text[0].isupper() and token.lower_ not in _WORDS_TOO)

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
        if last.lower_ in self._words.nouns and last.text[0].islower() and end - start > 1 and familiarity < Familiarity.IMPORTED:
            return None
        rows = self._gazetteer.find(name)
        return PlaceName(start, end, name, familiarity, _kinds(rows), possessive)

    def _is_place(self, name: PlaceName, *, listed: bool, announced: bool) -> bool:
        if announced:
            return True
        if self._context.is_organisation(name) or self._context.is_person(name):
            return False
        country = name.kinds[0] == "country"
        if self._context.is_government(name, country=country):
            return False
        label = self._doc[name.start].ent_type_
        if name.familiarity < Familiarity.WELL_KNOWN and (label in _NO_PLACE_LABELS or self._doc[name.end - 1].is_upper):
            return False
        located = self._context.is_located(name)
        if self._doc[name.start].is_upper and len(name.name) > 4 and not located:
            return False  # a dateline: 'BEIRUT'
        if located or (listed and (label in _PLACE_LABELS or self._has_article(name.start) or name.familiarity == Familiarity.WELL_KNOWN)):
            return True
        if name.end == name.start + 1 and self._doc[name.start].pos_ not in ("PROPN", "NOUN"):
            return False
        if name.familiarity == Familiarity.WELL_KNOWN:
            return not country or self._context.is_country_place(name)
        if self._doc[name.start].ent_type_ == "PERSON":
            return False
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
        article = self._has_article(i)
        if first.ent_type_ in _NO_PLACE_LABELS or first.pos_ not in ("PROPN", "NOUN", "X", "NUM", "DET") or first.is_upper:
            return None
        if self._context.is_organisation(name) or self._context.is_person(name):
            return None
        if announced or self._context.has_kind_noun(name, strict=True):
            return name
        if first.ent_type_ in ("PERSON", "ORG", "PRODUCT") and not article:
            return None
        if not (article or first.ent_type_ in _PLACE_LABELS):
            return None
        return name if listed or self._context.is_located(name) else None

    def _has_article(self, i: int) -> bool:
        return self._doc[i].lower_ in _ARTICLES

    def _continues(self, start: int, at: int) -> bool:
        token = self._doc[at]
        if token.is_space:
            return False
        if token.lower_ in self._words.nouns or token.lower_ in self._words.directions or token.is_stop and token.lower_ not in _ARTICLES:
            return False
        if token.text[0].isupper() or (at == start and token.lower_ in _ARTICLES):
            return at == start or not token.is_sent_start
        return at > start and (token.text in _MARKS or token.lower_ in _ARTICLES)

    def _is_list_gap(self, start: int, end: int) -> bool:
        """Whether only a comma, 'and' or 'or' (and a direction or kind word) stands between two names."""
        gap = [t for t in self._doc[start:end] if t.lower_ not in self._words.directions and t.lower_ != "the"]
        texts = [t.lower_ for t in gap if t.lower_ not in self._words.nouns]
        return len(texts) <= 2 and all(text in {",", "and", "or", "&", ";", "well", "as"} for text in texts)


class _Context:
    """What the words around a name say about it."""

    def __init__(self, doc: Doc, words: PlaceWords) -> None:
        self._doc = doc
        self._words = words

    def is_organisation(self, name: PlaceName) -> bool:
        """'Aleppo Media Center', 'Turkey-backed', 'Islamic State of Iraq', 'Jaysh al-Islam'."""
        doc, words = self._doc, self._words
        bare = name.name.lower().removesuffix("s")
        if bare in words.no_places or name.name.lower() in words.no_places:
            return True
        after = doc[name.end] if name.end < len(doc) else None
        if after is not None and after.text == "-" and name.end + 1 < len(doc):
            return doc[name.end + 1].lower_ in words.suffixes
        country = bool(name.kinds) and name.kinds[0] == "country"
        if after is not None and after.tag_ == "POS" and name.end + 1 < len(doc):
            after = doc[name.end + 1]
        if after is not None and after.lower_ in words.organisation_after and (country or after.text[0].isupper()):
            return True
        if after is not None and after.lower_ in words.bodies:
            return True
        before = doc[name.start - 1] if name.start else None
        if before is None:
            return False
        if before.lower_ in words.organisation_before and before.text[0].isupper():
            return True
        i = name.start - 1
        while i > max(0, name.start - 5) and (doc[i].lower_ in {"the", "and", "in", "of", "&"} or doc[i].text[0].isupper()):
            if doc[i].lower_ in {"of", "in"} and doc[i - 1].text[0].isupper() and doc[i - 1].lower_ in words.organisation_before:
                return True
            i -= 1
        return False

    def is_person(self, name: PlaceName) -> bool:
        """A title before it, or the name is only part of what the model takes for a person."""
        doc = self._doc
        if self.has_kind_noun(name, strict=True):
            return False
        before = doc[name.start - 1] if name.start else None
        if before is not None and before.lower_ in self._words.titles and before.text[0].isupper():
            return True
        if doc[name.start].ent_type_ != "PERSON":
            return False
        larger = any(
            0 <= i < len(doc) and doc[i].ent_type_ == "PERSON" and doc[i].text[0].isupper() and doc[i].lower_ not in self._words.nouns
            for i in (name.start - 1, name.end)
        )
        return larger and name.familiarity != Familiarity.WELL_KNOWN or larger and not self.is_located(name) and len(name.name) < 6

    def is_government(self, name: PlaceName, *, country: bool) -> bool:
        """'Damascus has offered', 'accused Turkey of', 'talks with Moscow'."""
        head = self._doc[name.start : name.end].root
        top = head
        while top.dep_ in ("conj", "appos") and top.head.pos_ == "PROPN":
            top = top.head
        verb = top.head
        capital = "city" in name.kinds or "governorate" in name.kinds
        if top.dep_ == "nsubj" and verb.lemma_ in self._words.state_verbs:
            return country or capital
        if top.dep_ == "agent" or (top.dep_ == "pobj" and verb.lower_ in self._words.partners):
            return country or (capital and verb.lower_ in ("with", "by"))
        return country and top.dep_ in ("dobj", "dative", "nsubj") and verb.lemma_ in self._words.state_verbs

    def is_country_place(self, name: PlaceName) -> bool:
        """Whether a country without a preposition is where something is: 'Syria's war', 'fled Syria', 'Syria: ...'."""
        root = self._doc[name.start : name.end].root
        if name.possessive:
            return True
        if root.dep_ == "dobj":
            return root.head.lemma_ in self._words.locative_verbs
        return root.dep_ in ("compound", "nmod", "npadvmod") and root.head.ent_type_ in _PLACE_LABELS

    def is_object(self, name: PlaceName) -> bool:
        """The object of a verb that takes places ('retook X'), or its passive subject."""
        root = self._doc[name.start : name.end].root
        return root.dep_ in ("dobj", "nsubjpass") and root.head.lemma_ in self._words.locative_verbs

    def is_located(self, name: PlaceName) -> bool:
        """A locative preposition or a noun for a kind of place governs it."""
        if self.has_kind_noun(name):
            return True
        i = name.start - 1
        steps = 0
        while i >= 0 and steps < _LONGEST_FRAME:
            token = self._doc[i]
            lower = token.lower_
            if lower in self._words.locative:
                return True
            frame = (
                lower in self._words.directions
                or lower in self._words.nouns
                or lower in self._words.part_nouns
                or lower == "of"
                or token.pos_ in ("DET", "ADJ", "NUM")
                or (token.pos_ in ("VERB", "ADV", "NOUN") and token.dep_ in ("amod", "advmod", "npadvmod", "compound"))
                or token.text == "-"
            )
            if not frame:
                return False
            i -= 1
            steps += 1
        return False

    def is_announced(self, name: PlaceName) -> bool:
        """A plural before it announces a list: 'the villages of W, X and Y', 'towns like W'."""
        doc, words = self._doc, self._words
        i = name.start - 2
        of = i >= 0 and doc[i + 1].lower_ in ("of", "like", "including")
        return of and doc[i].lower_ in words.nouns and doc[i].lower_.endswith("s")

    def has_kind_noun(self, name: PlaceName, *, strict: bool = False) -> bool:
        """'the town of X', 'X village', 'the villages of W, X'; `strict` asks for more where X is not known."""
        doc, words = self._doc, self._words
        after = doc[name.end] if name.end < len(doc) else None
        if after is not None and after.lower_ in words.nouns and after.pos_ in ("NOUN", "PROPN"):
            return not strict or words.nouns[after.lower_] not in ("city", "country", "facility", "military base")
        i = name.start - 1
        if i >= 0 and doc[i].lower_ in words.directions:
            i -= 1
        if i >= 1 and doc[i].lower_ in ("of", "like"):
            return doc[i - 1].lower_ in words.nouns or doc[i - 1].lower_ in words.part_nouns
        return not strict and i >= 0 and doc[i].lower_ in words.nouns and doc[i].pos_ in ("NOUN", "PROPN") and doc[i].text[0].islower()


def _kinds(rows: tuple[GazetteerRow, ...]) -> tuple[str, ...]:
    known = [row for row in rows if row.well_known] or rows
    return tuple(dict.fromkeys(row.kind for row in known))
