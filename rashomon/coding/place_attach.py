"""Which of a document's places belong to the event that a trigger names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from rashomon.coding.place_exact import exact_place
from rashomon.coding.places import PlaceMention
from rashomon.knowledge.placewords import PlaceWords
from rashomon.model import PlaceRole

_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj"})
_MOST_CLAUSES_UP = 3
_MOST_SENTENCES_BACK = 2
_FURTHER = 30  # tokens that a country, or a place said aside, counts as further off
_JOINTS = frozenset({",", "and", "or", "&", "the", ";", "as", "well"})
_COUNTRY = "country"
_CITY = 4
_YEAR = re.compile(r"(19|20)\d\d")


def place_for(
    trigger: Token,
    mentions: Sequence[PlaceMention],
    triggers: Iterable[Token] = (),
    *,
    words: PlaceWords | None = None,
    kind: str = "",
) -> list[PlaceMention]:
    """The places of the event at a trigger, in the order of the text.

    Nearest first: what hangs on the trigger itself, then what hangs on the verbs above it, then what stands nearest in
    the sentence, then what the sentences before were about. Places that only contain another one are left out.

    Args:
        trigger: the (first or main) token that names the event.
        mentions: all of the document's mentions (`find_places`).
        triggers: tokens of other events: a place that hangs on one of them is not taken over.
        words: the place words (`gazetteer.words`): how far a type of claim reaches for its place, and which sentences
            speak of the war as a whole.
        kind: the claim's type; '' for one that may reach as far as any.
    """
    reach = "report" if words is None else words.reach.get(kind, "report")
    if reach == "none":
        return []
    others = {token.i for token in triggers} - {trigger.i}
    sentence = trigger.sent
    here = [m for m in mentions if sentence.start <= m.head < sentence.end and m.container_of is None]
    real = [m for m in here if not m.adjective]
    found = _hanging_on(trigger, real, others)
    if reach in ("sentence", "report"):
        found = found or _on_verbs_above(trigger, real, others) or _nearest(trigger, real)
    if reach == "report":
        found = found or _from_before(sentence, mentions, words)
    if found and found[0].head >= sentence.start:
        exact = None if words is None or reach != "report" else exact_place(trigger, found, mentions, words)
        if exact is not None:
            sentence = trigger.doc[exact.head].sent
            real = [m for m in mentions if sentence.start <= m.head < sentence.end and not m.adjective]
            real = [m for m in real if m.container_of is None]
            found = [exact]
        found = _with_lists(found, real, sentence, words)
    if words is not None and kind not in words.movement:
        found = [m for m in found if m.role is not PlaceRole.FROM] or found
    return _most_exact(found, real, sentence, words)


def _hanging_on(governor: Token, mentions: Sequence[PlaceMention], others: set[int]) -> list[PlaceMention]:
    """The mentions below a token, not through another clause and not through another event.

    Where the doers stand ('rebels in X shelled Y') only counts if nothing else is told.
    """
    found = [m for m in mentions if _hangs(governor.doc[m.head], governor, others)]
    doers = [child for child in governor.children if child.dep_ == "nsubj"]
    elsewhere = [m for m in found if not any(d.is_ancestor(governor.doc[m.head]) for d in doers)]
    return elsewhere or found


def _hangs(token: Token, governor: Token, others: set[int]) -> bool:
    while token.i != governor.i:
        if token.i in others or token.dep_ in _CLAUSES or token.dep_ == "ROOT":
            return False
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            return False
        token = token.head
    return True


def _on_verbs_above(trigger: Token, mentions: Sequence[PlaceMention], others: set[int]) -> list[PlaceMention]:
    token = trigger
    for _ in range(_MOST_CLAUSES_UP):
        while token.dep_ != "ROOT" and token.head.pos_ not in ("VERB", "AUX", "NOUN"):
            token = token.head
        if token.dep_ == "ROOT":
            return []
        token = token.head
        found = _hanging_on(token, mentions, others)
        if found:
            return found
    return []


def _nearest(trigger: Token, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mention nearest to the trigger.

    One behind it is nearer than one before it; a country, and a place that only says where somebody stands
    ('terrorists positioned in X'), are further off.
    """

    def distance(mention: PlaceMention) -> tuple[int, int]:
        gap = mention.head - trigger.i
        off = 2 * gap if gap > 0 else -3 * gap
        off += _FURTHER if mention.kind == _COUNTRY else 0
        off += _FURTHER if _is_aside(trigger.doc[mention.head], trigger) else 0
        return (off, mention.start_token)

    return [min(mentions, key=distance)] if mentions else []


def _is_aside(place: Token, trigger: Token) -> bool:
    """Whether a place stands in a clause about a noun, and the trigger does not."""
    token = place
    while token.dep_ != "ROOT":
        if token.dep_ in ("acl", "relcl"):
            return not (token.i == trigger.i or token.is_ancestor(trigger))
        token = token.head
    return False


def _from_before(sentence: Span, mentions: Sequence[PlaceMention], words: PlaceWords | None) -> list[PlaceMention]:
    """What a sentence without a place is about.

    The country, where it speaks of the war as a whole; else the last place named shortly before.
    """
    if words is not None and speaks_of_the_war(sentence, words):
        return _main_country(mentions, sentence)
    before = [m for m in mentions if m.head < sentence.start and not m.adjective and m.container_of is None]
    # Where somebody went to is not where the next thing happened.
    exact = [m for m in before if m.kind != _COUNTRY and m.role is not PlaceRole.TO]
    if not exact:
        return before[-1:]
    last = exact[-1]
    starts = sum(bool(token.is_sent_start) for token in sentence.doc[last.head + 1 : sentence.start + 1])
    return [last] if starts <= _MOST_SENTENCES_BACK else []


def speaks_of_the_war(sentence: Span, words: PlaceWords) -> bool:
    """Whether a sentence is about the war as a whole ('since the conflict began', 'in 2011')."""
    return any(token.lower_ in words.background or _YEAR.fullmatch(token.text) for token in sentence)


def _main_country(mentions: Sequence[PlaceMention], sentence: Span) -> list[PlaceMention]:
    """The country that the report names most often, by its first mention; else one only implied ('Syria's war')."""
    countries = [m for m in mentions if m.kind == _COUNTRY and not m.adjective]
    if not countries:
        countries = [m for m in mentions if m.kind == _COUNTRY]
        countries = [m for m in countries if sentence.start <= m.head < sentence.end] or countries
    if not countries:
        return []
    counts = Counter(m.name for m in countries)
    most = max(counts.values())
    return [next(m for m in countries if counts[m.name] == most)]


def _with_lists(
    found: Sequence[PlaceMention], mentions: Sequence[PlaceMention], sentence: Span, words: PlaceWords | None
) -> list[PlaceMention]:
    """The found mentions with the rest of the lists that they stand in ('Tadif, al-Bab and Azaz')."""
    chosen = {(m.start_token, m.end_token) for m in found}
    result = list(found)
    for group in _lists(mentions, sentence, words):
        if any((m.start_token, m.end_token) in chosen for m in group):
            result += [m for m in group if (m.start_token, m.end_token) not in chosen]
    return result


def _lists(mentions: Sequence[PlaceMention], sentence: Span, words: PlaceWords | None) -> list[list[PlaceMention]]:
    """Runs of mentions with nothing but commas and 'and' between them, or nothing where commas were lost.

    After 'and' a preposition and words that frame a name may follow ('in X and in parts of Y').
    """
    groups: list[list[PlaceMention]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        if last is not None and last.end_token >= sentence.start and _joins(last, mention, sentence.doc, words):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _joins(one: PlaceMention, other: PlaceMention, doc: Doc, words: PlaceWords | None) -> bool:
    gap = [token.lower_ for token in doc[one.end_token : other.start_token]]
    if all(text in _JOINTS for text in gap):
        return True
    if words is None or one.role is not other.role or not any(text in ("and", "well") for text in gap):
        return False
    return all(text in _JOINTS or text in words.at or text == "of" or text in words.frames for text in gap)


def _most_exact(
    found: Sequence[PlaceMention], mentions: Sequence[PlaceMention], sentence: Span, words: PlaceWords | None
) -> list[PlaceMention]:
    """Each place once, without the wider ones where something smaller is named for the same role.

    What stands in one list with a smaller place is no container of it.
    """
    together = _lists([m for m in mentions if m in found], sentence, words)
    result: dict[str, PlaceMention] = {}
    for mention in found:
        group = next((g for g in together if mention in g), [mention])
        apart = [m for m in found if m not in group and m.role == mention.role]
        narrower = [m.rank for m in apart if m.rank > mention.rank]
        if mention.rank <= 1 and any(rank > 1 or mention.rank == 0 for rank in narrower):
            continue
        if mention.rank == _CITY and narrower:
            continue
        result.setdefault(mention.name, mention)
    return sorted(result.values(), key=lambda m: m.start_token)
