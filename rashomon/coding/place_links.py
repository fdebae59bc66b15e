"""How place mentions hang together: roles, references back, and which one only tells where another lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from rashomon.coding.place_mention import PlaceMention
from rashomon.coding.place_text import PlaceText
from rashomon.knowledge.placewords import PlaceWords
from rashomon.model import PlaceRole, Span

_LONGEST_GAP = 9  # tokens between a place and the place that it lies in
_COUNTRY = "country"
_CITY = 4  # the rank of a city: what is more exact lies in one
_EXACT_WORDS = frozenset({"area", "town", "village", "there", "region"})
_DISTRICTS = frozenset({"districts", "neighborhoods", "neighbourhoods"})
_INSIDE_NOUN = frozenset({"amod", "nmod", "punct", "npadvmod", "advmod", "compound"})
_BEFORE_NOUN = frozenset({"det", "amod", "nmod", "nummod", "poss", "npadvmod"})
_NO_GROUND = frozenset({"country", "airport", "airbase", "facility", "road", "river", "dam"})
_LOOSE_WORDS = frozenset({"area", "region", "there", "district", "city", "town"})


def role_of(token: Token, words: PlaceWords) -> PlaceRole:
    """The role by the nearest preposition above the token, or by a verb of leaving or entering."""
    for _ in range(4):
        governor = token.head
        if governor.i == token.i:
            return PlaceRole.AT
        if token.pos_ == "ADP" or token.dep_ == "prep":
            if token.lower_ in words.from_:
                return PlaceRole.FROM
            if token.lower_ in words.to:
                return PlaceRole.TO
            if token.lower_ == "for" and governor.lemma_ in words.leaving:
                return PlaceRole.TO
            if token.lower_ != "of":
                return PlaceRole.AT
        if token.dep_ == "dobj" and governor.lemma_ in words.leaving:
            return PlaceRole.FROM
        if token.dep_ == "dobj" and governor.lemma_ in words.reaching:
            return PlaceRole.TO
        if governor.pos_ in ("VERB", "AUX"):
            return PlaceRole.AT
        token = governor
    return PlaceRole.AT


def with_references(text: PlaceText, found: Sequence[PlaceMention], words: PlaceWords) -> list[PlaceMention]:
    """The mentions with the references back among them: 'the town', 'the area', 'there'."""
    taken = {i for mention in found if not mention.adjective for i in range(mention.start_token, mention.end_token)}
    named = [mention for mention in with_containers(text, found, words) if mention.antecedent is None]
    result = list(found)
    doc = text.doc
    for i, lower in enumerate(text.lowers):
        fits = words.generic.get(lower)
        if fits is None or i in taken:
            continue
        token = doc[i]
        start = _reference_start(token, words)
        if start is None:
            continue
        if token.lower_ in _DISTRICTS and _names_ground(named, token):
            continue
        earlier = [mention for mention in named if mention.start_token < start]
        capital = _capital_of_country(doc, start, token.i, words)
        back = None if capital else _antecedent(earlier, fits, token.lower_)
        if back is None and not capital:
            continue
        result.append(
            PlaceMention(
                start_token=start,
                end_token=token.i + 1,
                head=token.i,
                role=role_of(token, words),
                text_span=Span(doc[start].idx, token.idx + len(token.text)),
                antecedent=capital if back is None else back.antecedent or back.text_span.of(text.raw),
                kind="city" if back is None else back.kind,
                name=capital if back is None else back.name,
                name_start=start,
            )
        )
    result.sort(key=lambda mention: (mention.start_token, mention.end_token))
    return result


def _names_ground(named: Sequence[PlaceMention], token: Token) -> bool:
    """Whether the token's sentence names a place: then its districts are that place's, or beside the point."""
    sentence = token.sent
    return any(sentence.start <= m.head < sentence.end and m.kind != _COUNTRY and not m.adjective for m in named)


def _phrase_start(token: Token) -> int:
    """The first of the words that stand before a noun and belong to it."""
    i = token.i
    doc = token.doc
    while i > 0 and (doc[i - 1].dep_ in _BEFORE_NOUN or doc[i - 1].text == "-") and not doc[i].is_sent_start:
        i -= 1
    return i


def _capital_of_country(doc: Doc, start: int, end: int, words: PlaceWords) -> str:
    """The city that 'the Syrian capital' is; '' for other words."""
    if doc[end].lower_ != "capital":
        return ""
    countries = [words.adjectives[token.lower_] for token in doc[start:end] if token.lower_ in words.adjectives]
    return words.capitals.get(countries[0], "") if countries else ""


def _reference_start(token: Token, words: PlaceWords) -> int | None:
    """Where a reference back begins ('the', 'the besieged'), or None where the words are none."""
    if token.lower_ == "there":
        return token.i if token.dep_ != "expl" and token.pos_ != "PRON" else None
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and after.lower_ == "of" and not is_frame_noun(token, words):
        return None
    if after is not None and after.lower_ == "of":
        return None
    if token.dep_ == "compound" and token.lower_ != "citys":
        return None
    if token.lower_ in _DISTRICTS:
        return _phrase_start(token)
    i = token.i - 1
    while i >= 0 and i > token.i - 5 and token.doc[i].dep_ in _INSIDE_NOUN:
        i -= 1
    if i >= 0 and token.doc[i].lower_ in ("the", "this", "that", "his", "their", "its"):
        return i
    return None


def _antecedent(earlier: Sequence[PlaceMention], fits: Sequence[str], word: str) -> PlaceMention | None:
    """The mention that a word refers back to.

    The last one of a fitting kind; one that only says where another lies comes after one that is itself spoken of,
    except for words for whole cities and wider. Where none fits, loosely used words take the last place of any kind.
    """
    fitting = [m for m in earlier if m.kind in fits and not m.adjective]
    if word in _EXACT_WORDS:
        fitting = [m for m in fitting if m.container_of is None] or fitting
    if fitting:
        return fitting[-1]
    if word not in _LOOSE_WORDS:
        return None
    return next((m for m in reversed(earlier) if m.kind not in _NO_GROUND and not m.adjective), None)


def with_containers(text: PlaceText, found: Sequence[PlaceMention], words: PlaceWords) -> list[PlaceMention]:
    """Marks mentions that only say where their neighbour lies."""
    result = list(found)
    doc = text.doc
    sentence_of = text.sentences
    for i, (one, other) in enumerate(pairwise(found)):
        if not _may_link(sentence_of, one, other):
            continue
        gap = [token for token in doc[one.end_token : other.name_start] if not token.is_space]
        if (other.rank > _CITY and _is_part_of(doc, one, gap, words)) or (
            one.rank < other.rank and _owns(doc, one, gap, words)
        ):
            result[i] = replace(result[i], container_of=i + 1)
    real = [i for i, mention in enumerate(found) if not mention.adjective]
    for i, j in pairwise(real):
        one, other = found[i], found[j]
        if result[i].container_of == j or sentence_of[one.head] != sentence_of[other.head]:
            continue
        if one.antecedent is not None and not (one.adjective or _lies_in(doc, one, other)):
            continue
        owners = {t for k in range(i + 1, j) for t in range(found[k].start_token, found[k].end_token)}
        gap = _without_brackets(
            t for t in doc[one.end_token : other.name_start] if t.i not in owners and not t.is_space
        )
        if _is_wider(doc, one, other, gap, words):
            result[j] = replace(result[j], container_of=i)
    return result


def _may_link(sentence_of: Sequence[int], one: PlaceMention, other: PlaceMention) -> bool:
    """Whether one of two neighbours may contain the other: in one sentence, the first one no reference back."""
    return (one.antecedent is None or one.adjective) and sentence_of[one.head] == sentence_of[other.head]


def _is_wider(doc: Doc, one: PlaceMention, other: PlaceMention, gap: Sequence[Token], words: PlaceWords) -> bool:
    """Whether the second place only says where the first one lies."""
    if not gap or gap[0].text == ",":
        wider = _is_appended(one, other, doc, words)
    else:
        wider = other.rank < one.rank or (other.rank == one.rank > 1 and gap[0].lower_ == "in")
        wider = wider or (other.rank == _CITY and _is_part_of(doc, one, gap, words))
    return (wider or _says_beside(gap, words)) and _locates(gap, words)


def _lies_in(doc: Doc, one: PlaceMention, other: PlaceMention) -> bool:
    """'The town in X district'."""
    return other.rank < _CITY and doc[one.end_token].lower_ == "in"


def _without_brackets(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without what stands in brackets among them."""
    depth = 0
    kept = []
    for token in tokens:
        depth += token.text == "("
        if depth == 0:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept


def _is_appended(one: PlaceMention, other: PlaceMention, doc: Doc, words: PlaceWords) -> bool:
    """Whether a place after a bare comma is where the first one lies: 'X, Y province', 'X city, Y', 'X quarter, Y'."""
    last = doc[other.end_token - 1].lower_
    if last in words.nouns and last.endswith("s"):
        return False  # 'X, Y provinces'
    if other.rank <= 1:
        return other.rank < one.rank
    beside = [token.lower_ for token in doc[one.start_token : one.end_token] if token.lower_ in words.nouns]
    told = bool(beside) and not any(word.endswith("s") for word in beside)
    return other.kind == "city" and other.start_token == other.name_start and (told or one.kind == "neighbourhood")


def _locates(gap: Sequence[Token], words: PlaceWords) -> bool:
    """'X in the Northern Province of Y', 'X, Y', 'X 30 km north of Y', or nothing where commas were lost."""
    if len(gap) > _LONGEST_GAP:
        return False
    texts = [token.lower_ for token in gap]
    if texts in ([], [","], ["("]):
        return True
    if not all(_is_frame(token, words) or token.lower_ in words.locators for token in gap):
        return False
    if texts[0] in words.to or texts[0] in words.from_:
        return any(text in words.directions for text in texts)  # 'X to the north of Y', but not 'from X to Y'
    return "and" not in texts and (texts[0] in words.locators or gap[0].pos_ == "NUM" or _says_beside(gap, words))


def _says_beside(gap: Sequence[Token], words: PlaceWords) -> bool:
    """Whether the words between two places put the first one beside the second: 'near', 'north of', '5 km from'."""
    return any(token.lower_ in words.near or token.lower_ in words.directions for token in gap)


def _is_part_of(doc: Doc, one: PlaceMention, gap: Sequence[Token], words: PlaceWords) -> bool:
    """'The Aleppo district of X', 'the X district of Aleppo': which one lies in the other, their kinds tell."""
    noun = doc[one.end_token - 1]
    named = noun.i > one.name_start and noun.lower_ in words.nouns and not noun.lower_.endswith("s")
    return named and [token.lower_ for token in gap] == ["of"]


def _owns(doc: Doc, one: PlaceMention, gap: Sequence[Token], words: PlaceWords) -> bool:
    """'Syria's northern city of X', 'Syrias X', 'the Aleppo town of X'."""
    if len(gap) > _LONGEST_GAP:
        return False
    lost = doc[one.end_token - 1].text[-1:] == "s" and not one.name.endswith("s")
    mark = bool(gap) and (gap[0].tag_ == "POS" or _has_lost_apostrophe(gap[0], words))
    if not (lost or mark or one.kind == "governorate" or one.antecedent is not None or one.kind == _COUNTRY):
        return False
    return all(_is_frame(t, words) or t.lower_ == "of" or _has_lost_apostrophe(t, words) for t in gap)


def _has_lost_apostrophe(token: Token, words: PlaceWords) -> bool:
    """'Citys' for 'city's'."""
    return token.lower_.endswith("s") and token.lower_[:-1] in words.nouns and token.lower_ not in words.nouns


def _is_frame(token: Token, words: PlaceWords) -> bool:
    return (
        token.tag_ == "POS"
        or token.pos_ in ("ADJ", "DET", "NUM")
        or token.dep_ in ("amod", "nmod", "npadvmod")
        or token.lower_ in words.nouns
        or token.lower_ in words.part_nouns
        or token.lower_ in words.directions
        or token.text == "-"
    )


def is_frame_noun(token: Token, words: PlaceWords) -> bool:
    """Whether a word may stand before 'of' and a name: a kind of place, a part of one, a direction."""
    return token.lower_ in words.nouns or token.lower_ in words.part_nouns or token.lower_ in words.directions
