"""What the words around a name say about it: a place, a person, an organisation, or a government."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from rashomon.knowledge.gazetteer import Familiarity
from rashomon.knowledge.placewords import PlaceWords

_HEADLINE = 6  # tokens before a name of which one with small letters tells a sentence from a headline
_LONG_WORD = 4  # letters of a word that headlines write with a capital letter
_LONGEST_FRAME = 8  # tokens between a name and the preposition or noun that makes it a place


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name: tokens `start` to `end` (exclusive), and what is known of it.

    Attributes:
        name: the words, a lost "'s" taken off. familiarity: how well the gazetteer knows it. kinds: of the rows that
            it may be, the most trusted first.
        possessive: whether it ends in "s" that is a possessive with or without its apostrophe.
        implied: a country that is named as a government or before a noun ('Syria accused', 'US air strikes').
    """

    start: int
    end: int
    name: str
    familiarity: Familiarity
    kinds: tuple[str, ...]
    possessive: bool = False
    implied: bool = False


class NameContext:
    """What the words around a name say about it."""

    def __init__(self, doc: Doc, words: PlaceWords) -> None:
        self._doc = doc
        self._words = words
        self._excepts = any(token.lower_ in words.first_excepting for token in doc)

    def is_organisation(self, name: PlaceName) -> bool:
        """'Aleppo Media Center', 'Turkey-backed', 'Islamic State of Iraq', 'Jaysh al-Islam'."""
        doc, words = self._doc, self._words
        bare = name.name.lower().removeprefix("al").strip(" -").removesuffix("s")
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
        while i > max(0, name.start - 5) and (
            doc[i].lower_ in {"the", "and", "in", "of", "&"} or doc[i].text[0].isupper()
        ):
            if (
                (doc[i].lower_ == "of" or (country and doc[i].lower_ == "in" and doc[i - 1].lower_ == "state"))
                and doc[i - 1].text[0].isupper()
                and doc[i - 1].lower_ in words.organisation_before
            ):
                return True
            i -= 1
        return False

    def is_office(self, name: PlaceName) -> bool:
        """'The governor of X': whose office it is, not where something happens."""
        of = name.start - 1
        while of > 0 and (self._doc[of].lower_ in self._words.directions or self._doc[of].lower_ == "the"):
            of -= 1
        return of > 0 and self._doc[of].lower_ == "of" and self._doc[of - 1].lower_ in self._words.offices

    def is_excepted(self, name: PlaceName) -> bool:
        """'All of it except X', 'with the exception of the towns X and Y', 'apart from X': where it is not."""
        if not self._excepts:
            return False
        doc = self._doc
        at = name.start
        sentence = doc[name.start].sent.start
        while at > sentence:
            before = " ".join(token.lower_ for token in doc[max(sentence, at - 2) : at])
            if before in self._words.excepting or before.split(" ")[-1] in self._words.excepting:
                return True
            token = doc[at - 1]
            listed = token.lower_ in {"the", "of", "for", "and", ","} or token.pos_ in ("PROPN", "ADJ")
            if not (listed or token.lower_ in self._words.nouns or token.lower_ in self._words.directions):
                return False
            at -= 1
        return False

    def is_person(self, name: PlaceName) -> bool:
        """Whether a title stands before it."""
        doc = self._doc
        if self.has_kind_noun(name, strict=True):
            return False
        before = doc[name.start - 1] if name.start else None
        return before is not None and before.lower_ in self._words.titles and before.text[0].isupper()

    def is_government(self, name: PlaceName, *, country: bool) -> bool:
        """'Damascus has offered', 'accused Turkey of', 'talks with Moscow'."""
        head = head_of(self._doc, name.start, name.end)
        top = head
        while top.dep_ in ("conj", "appos") and top.head.pos_ == "PROPN":
            top = top.head
        verb = top.head
        capital = "city" in name.kinds or "governorate" in name.kinds
        if country and head.dep_ in ("compound", "nmod", "amod") and name.end <= head.head.i:
            owner = head.head
            return (
                owner.lower_ not in self._words.nouns
                and owner.lower_ not in self._words.part_nouns
                and owner.pos_ == "NOUN"
            )
        if top.dep_ == "nsubj" and verb.lemma_ in self._words.state_verbs:
            return country or capital
        if top.dep_ == "agent" or (top.dep_ == "pobj" and verb.lower_ in self._words.partners):
            return country or (capital and verb.lower_ in ("with", "by"))
        return country and top.dep_ in ("dobj", "dative", "nsubj") and verb.lemma_ in self._words.state_verbs

    def is_country_place(self, name: PlaceName) -> bool:
        """Whether a country without a preposition is where something is: 'Syria's war', 'fled Syria', 'Syria: ...'."""
        root = head_of(self._doc, name.start, name.end)
        if name.possessive:
            return True
        if root.dep_ == "dobj":
            return root.head.lemma_ in self._words.locative_verbs
        return root.dep_ == "nsubjpass"

    def is_object(self, name: PlaceName) -> bool:
        """The object of a verb that takes places ('retook X'), or its passive subject."""
        root = head_of(self._doc, name.start, name.end)
        return root.dep_ in ("dobj", "nsubjpass") and root.head.lemma_ in self._words.locative_verbs

    def is_taken(self, name: PlaceName) -> bool:
        """The object of a verb for taking places ('recaptured X'), with nothing before it that makes it a person."""
        root = head_of(self._doc, name.start, name.end)
        if root.dep_ not in ("dobj", "nsubjpass") or root.head.lemma_ not in self._words.taking_verbs:
            return False
        return root.pos_ == "PROPN"

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

    def is_inside(self, name: PlaceName) -> bool:
        """Right after 'in', 'into', 'near' a capital letter makes a place, unless all words of a headline have one."""
        doc, words = self._doc, self._words
        before = doc[name.start - 1] if name.start else None
        first = doc[name.start]
        if before is None or not before.text[0].islower():
            return False
        held = before.lower_ in ("of", "over") and before.i > 0 and doc[before.i - 1].lower_ in words.holding
        if not (held or before.lower_ in words.enclosing) or first.tag_ not in ("NNP", "NNPS"):
            return False
        if any(t.lower_ in words.no_names or t.lower_ in words.organisation_before for t in doc[name.start : name.end]):
            return False
        nearby = doc[max(0, name.start - _HEADLINE) : name.start - 1]
        return any(token.text[0].islower() and len(token) >= _LONG_WORD for token in nearby)

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
        if after is not None and after.lower_ in words.modifiers and name.end + 1 < len(doc):
            after = doc[name.end + 1]
        if after is not None and after.lower_ in words.nouns and after.pos_ in ("NOUN", "PROPN"):
            return not strict or words.nouns[after.lower_] not in ("city", "country", "facility", "military base")
        i = name.start - 1
        if i >= 0 and doc[i].lower_ in words.directions:
            i -= 1
        if i >= 1 and doc[i].lower_ in ("of", "like"):
            return doc[i - 1].lower_ in words.nouns or doc[i - 1].lower_ in words.part_nouns
        return (
            not strict
            and i >= 0
            and doc[i].lower_ in words.nouns
            and doc[i].pos_ in ("NOUN", "PROPN")
            and doc[i].text[0].islower()
        )


def head_of(doc: Doc, start: int, end: int) -> Token:
    """The token of a stretch that the others hang on."""
    token = doc[end - 1]
    while start <= token.head.i < end and token.head.i != token.i:
        token = token.head
    return token
