"""Place mentions in a parsed document: their exact words, their role, what they refer back to, what they lie in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from rashomon.coding.place_names import PlaceName, find_names
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.placewords import PlaceWords
from rashomon.model import Mention, PlaceRole, Span

_LONGEST_GAP = 9  # tokens between a place and the place that it lies in
_COUNTRY = "country"
# From the widest to the most exact; what is not named here is a settlement or a spot.
_RANKS = {"country": 0, "desert": 1, "sea": 1, "governorate": 1, "region": 2, "mountain": 2, "river": 2, "district": 3, "city": 4}
_MOST_EXACT = 5


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that stand for a place.

    Attributes:
        start_token, end_token: the tokens of `text_span`, end exclusive. head: the syntactic head of the name.
        role: at, from or to, by the preposition or verb that governs it.
        text_span: the exact words, direction and kind words included ('South of Hasaka city').
        antecedent: for a reference back ('the town', 'there'), the words that it refers to.
        kind: what kind of place ('city', 'governorate', 'country', ...), '' where nothing tells.
        name: the place's own words, without what stands around them (the antecedent's for a reference back).
        container_of: index of the mention that this one only locates ('Aleppo' in 'Khan Touman in Aleppo province').
        adjective: it is only implied by an adjective or a possessive ('Syrian', "Syria's war").
        name_start: the first token of the name itself.
    """

    start_token: int
    end_token: int
    head: int
    role: PlaceRole
    text_span: Span
    antecedent: str | None
    kind: str
    name: str
    container_of: int | None = None
    adjective: bool = False
    name_start: int = 0

    def mention(self, doc: Doc) -> Mention:
        """The words as they go into a claim."""
        return Mention(self.text_span.of(doc.text), self.text_span, self.antecedent)

    @property
    def rank(self) -> int:
        """0 for a country to 5 for a spot: the greater the more exact."""
        return _RANKS.get(self.kind, _MOST_EXACT)


def find_places(doc: Doc, gazetteer: Gazetteer) -> list[PlaceMention]:
    """All place mentions of a document, in the order of the text.

    Args:
        doc: the parsed report.
        gazetteer: known places, and the words around names.
    """
    words = gazetteer.words
    names = find_names(doc, gazetteer)
    taken = {i for name in names for i in range(name.start, name.end)}
    found = [_named(doc, name, words, names[k - 1].end if k else 0) for k, name in enumerate(names)]
    found += _adjectives(doc, words, taken)
    found.sort(key=lambda mention: mention.start_token)
    found = _with_references(doc, found, words)
    return _with_containers(doc, found, words)


def _named(doc: Doc, name: PlaceName, words: PlaceWords, floor: int) -> PlaceMention:
    """The mention around a name: with the kind, direction and part words that belong to it."""
    head = _head(doc, name.start, name.end)
    start = _extend_left(doc, name.start, words, floor)
    end = _extend_right(doc, name.end, words)
    parts = words.take_apart(doc[start:end].text)
    beside = _kind_beside(doc, name, start, end, words)
    kind = beside or (name.kinds[-1] if "city" in name.kinds else name.kinds[0] if name.kinds else parts.kind or "")
    return PlaceMention(
        start_token=start,
        end_token=end,
        head=head.i,
        role=_role(_top(doc, start, head), words),
        text_span=Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)),
        antecedent=None,
        kind=kind,
        name=name.name,
        adjective=name.possessive and not _is_possessed_place(doc, end, words),
        name_start=name.start,
    )


def _head(doc: Doc, start: int, end: int) -> Token:
    return doc[start:end].root


def _kind_beside(doc: Doc, name: PlaceName, start: int, end: int, words: PlaceWords) -> str:
    """The kind that a noun right after the name, or before 'of' and the name, tells; a shared plural counts too."""
    for token in doc[name.end : end]:
        if token.lower_ in words.nouns:
            return words.nouns[token.lower_]
    for i in range(name.start - 1, start - 1, -1):
        if doc[i].lower_ in words.nouns and doc[i].lower_ not in words.around:
            return words.nouns[doc[i].lower_]
    # 'Aleppo and Homs provinces': the plural belongs to all of the list
    for token in doc[name.end : name.end + 8]:
        if token.lower_ in words.nouns and token.lower_.endswith("s") and token.text[0].islower():
            return words.nouns[token.lower_] if token.i > name.end else ""
        if not (token.text[0].isupper() or token.text in {",", "and", "-", "al"}):
            return ""
    return ""


def _extend_left(doc: Doc, start: int, words: PlaceWords, floor: int) -> int:
    """Where the mention begins: at 'the outskirts of', 'South of', 'western', 'the town of', 'areas around'."""
    first = start
    i = start - 1
    while i >= floor:
        lower = doc[i].lower_
        if lower in words.directions and doc[i].text != ".":
            first = i
        elif lower in ("of", "from") and i > floor and _frames(doc[i - 1], words):
            first = i - 1
            i -= 1
        elif lower in words.near and i >= floor and (first == start or doc[first].lower_ in words.directions or i > floor):
            first = i
        elif lower in words.nouns and doc[i].pos_ in ("NOUN", "PROPN") and first == i + 1 and lower not in words.around:
            first = i
        elif lower == "the" and first == i + 1:
            if first != start:
                first = i
            break
        elif doc[i].dep_ == "amod" and first < start and i > floor and doc[i - 1].lower_ in ("the", *words.directions):
            first = i
        else:
            break
        i -= 1
    while doc[first].is_space:
        first += 1
    return first


def _frames(token: Token, words: PlaceWords) -> bool:
    return token.lower_ in words.nouns or token.lower_ in words.part_nouns or token.lower_ in words.directions


def _extend_right(doc: Doc, end: int, words: PlaceWords) -> int:
    """Where the mention ends: after 'city', 'province', 'Eastern countryside', 'air base'."""
    i = end
    last = end
    while i < min(end + 3, len(doc)):
        lower = doc[i].lower_
        if lower in words.nouns or lower in words.around:
            last = i + 1
        elif lower not in words.directions and not (lower in ("air", "border", "military", "rural", "residential")):
            break
        i += 1
    return last


def _is_possessed_place(doc: Doc, end: int, words: PlaceWords) -> bool:
    """Whether what a possessive owns is a part of the place ("Aleppo's eastern districts")."""
    for token in doc[end : end + 4]:
        if token.lower_ in words.nouns or token.lower_ in words.part_nouns or token.lower_ in words.directions:
            return True
        if token.tag_ != "POS" and token.pos_ != "ADJ":
            return False
    return False


def _top(doc: Doc, start: int, head: Token) -> Token:
    """The token that stands for the whole mention in the sentence: 'outskirts' in 'the outskirts of Hama'."""
    token = head
    while token.head.i != token.i and (
        token.head.i >= start or token.dep_ in ("conj", "appos", "compound", "nmod", "poss") and token.head.pos_ in ("PROPN", "NOUN")
    ):
        token = token.head
    return token


def _role(token: Token, words: PlaceWords) -> PlaceRole:
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


def _adjectives(doc: Doc, words: PlaceWords, taken: set[int]) -> list[PlaceMention]:
    """'Iraqi territory' as a place; 'Syrian' before anything else as a place only implied."""
    found = []
    for token in doc:
        country = words.adjectives.get(token.lower_)
        if country is None or token.i in taken or not token.text[0].isupper():
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        real = after is not None and after.lower_ in words.territory
        if after is not None and after.text == "-":
            continue
        end = token.i + 2 if real else token.i + 1
        head = doc[end - 1]
        found.append(
            PlaceMention(
                start_token=token.i,
                end_token=end,
                head=head.i,
                role=_role(head, words) if real else PlaceRole.AT,
                text_span=Span(token.idx, head.idx + len(head.text)),
                antecedent=country,
                kind=_COUNTRY,
                name=country,
                adjective=not real,
                name_start=token.i,
            )
        )
    return found


def _with_references(doc: Doc, found: Sequence[PlaceMention], words: PlaceWords) -> list[PlaceMention]:
    """The mentions with the references back among them: 'the town', 'the area', 'there'."""
    taken = {i for mention in found if not mention.adjective for i in range(mention.start_token, mention.end_token)}
    result = list(found)
    for token in doc:
        fits = words.generic.get(token.lower_)
        if fits is None or token.i in taken:
            continue
        start = _reference_start(token, words)
        if start is None:
            continue
        earlier = [mention for mention in found if mention.start_token < start and mention.antecedent is None]
        back = _antecedent(earlier, fits, wide=token.lower_ in ("area", "region", "there", "district", "city", "town"))
        if token.lower_ == _COUNTRY and back is None:
            back = next((m for m in reversed(found) if m.kind == _COUNTRY and m.start_token < start), None)
        if back is None:
            continue
        result.append(
            PlaceMention(
                start_token=start,
                end_token=token.i + 1,
                head=token.i,
                role=_role(token, words),
                text_span=Span(doc[start].idx, token.idx + len(token.text)),
                antecedent=back.antecedent or back.text_span.of(doc.text),
                kind=back.kind,
                name=back.name,
                name_start=start,
            )
        )
    result.sort(key=lambda mention: (mention.start_token, mention.end_token))
    return result


def _reference_start(token: Token, words: PlaceWords) -> int | None:
    """Where a reference back begins ('the', 'the besieged'), or None where the words are none."""
    if token.lower_ == "there":
        return token.i if token.dep_ != "expl" and token.pos_ != "PRON" else None
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and after.lower_ == "of" and not _frames(token, words):
        return None
    if after is not None and after.lower_ == "of":
        return None
    if token.dep_ == "compound":
        return None
    i = token.i - 1
    while i >= 0 and i > token.i - 5 and token.doc[i].dep_ in ("amod", "nmod", "punct", "npadvmod", "advmod", "compound"):
        if token.doc[i].ent_type_ in ("GPE", "LOC", "NORP"):
            return None
        i -= 1
    if i >= 0 and token.doc[i].lower_ in ("the", "this", "that", "his", "their", "its"):
        return i
    return None


def _antecedent(earlier: Sequence[PlaceMention], fits: Sequence[str], *, wide: bool) -> PlaceMention | None:
    """The last mention of a fitting kind, its container passed over; where none fits, the last of unknown kind."""
    for mention in reversed(earlier):
        if mention.kind in fits and not mention.adjective:
            return mention
    if not wide:
        return None
    return next((m for m in reversed(earlier) if m.kind != _COUNTRY and not m.adjective), None)


def _with_containers(doc: Doc, found: Sequence[PlaceMention], words: PlaceWords) -> list[PlaceMention]:
    """Marks mentions that only say where their neighbour lies."""
    result = list(found)
    for i, (one, other) in enumerate(zip(found, found[1:], strict=False)):
        if one.antecedent is not None or doc[one.head].sent != doc[other.head].sent:
            continue
        gap = [token for token in doc[one.end_token : other.name_start] if not token.is_space]
        if (other.rank < one.rank or _says_beside(gap, words)) and _locates(gap, words):
            result[i + 1] = replace(result[i + 1], container_of=i)
        elif one.rank < other.rank and _owns(doc, one, gap, words):
            result[i] = replace(result[i], container_of=i + 1)
    return result


def _locates(gap: Sequence[Token], words: PlaceWords) -> bool:
    """'X in the Northern Province of Y', 'X, Y', 'X 30 km north of Y', or nothing where commas were lost."""
    if len(gap) > _LONGEST_GAP:
        return False
    texts = [token.lower_ for token in gap]
    if texts in ([], [","], ["("]):
        return True
    if not all(_is_frame(token, words) or token.lower_ in words.locators for token in gap):
        return False
    return "and" not in texts and (texts[0] in words.locators or _says_beside(gap, words))


def _says_beside(gap: Sequence[Token], words: PlaceWords) -> bool:
    """Whether the words between two places put the first one beside the second: 'near', 'north of', '5 km from'."""
    return any(token.lower_ in words.near or token.lower_ in words.directions for token in gap)


def _owns(doc: Doc, one: PlaceMention, gap: Sequence[Token], words: PlaceWords) -> bool:
    """'Syria's northern city of X', 'Syrias X', 'the Aleppo town of X'."""
    if len(gap) > _LONGEST_GAP:
        return False
    lost = doc[one.end_token - 1].text[-1:] == "s" and not one.name.endswith("s")
    mark = bool(gap) and gap[0].tag_ == "POS"
    if not (lost or mark or one.kind == "governorate" or one.antecedent is not None or one.kind == _COUNTRY):
        return False
    return all(_is_frame(token, words) or token.lower_ == "of" for token in gap)


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
