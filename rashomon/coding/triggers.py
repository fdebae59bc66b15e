"""Finds the words that name events: entries of the lexicon in a parsed document."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from rashomon.coding.grammar import conjuncts, counted, is_misread, is_passive, phrase_lemmas, subjects
from rashomon.knowledge.lexicon import Entry, Lexicon, PartOfSpeech

# Of these a participle behind a noun only says which one is meant: 'areas held by the army', 'rebels deployed there'.
_STATES = frozenset({"control", "armed_clash", "siege", "mobilization"})
# What these ask for or refuse is not coded besides them.
_ASKED = frozenset({"demand", "rejection"})
_NEAR = 5  # tokens between a verb and the object that joins the trigger


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event.

    Attributes:
        head: the token whose grammar says who and whom.
        start, end: token range of the words (end exclusive).
        entry: the lexicon's entry.
        carrier: the verb that carries an event noun ('launched' in 'launched an offensive'), or None.
        carried: what the event is to its carrier: 'do', 'undergo', 'happen'; empty without one.
        objects: object heads that made a constrained verb fit.
    """

    head: Token
    start: int
    end: int
    entry: Entry
    carrier: Token | None = None
    carried: str = ""
    objects: tuple[Token, ...] = ()

    @property
    def is_noun(self) -> bool:
        """Whether a noun names the event."""
        return self.head.pos_ in ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    entry: Entry
    words: int
    objects: tuple[Token, ...]

    def rank(self) -> tuple[int, int, int]:
        return (self.words, int(self.entry.constrained), -self.entry.order)


@dataclass(frozen=True, slots=True)
class _Classes:
    """Says of which class of nouns a word is: by the lexicon, and of names by whom they name."""

    lexicon: Lexicon
    actors: Container[int]

    def is_a(self, head: Token, name: str) -> bool:
        if self.lexicon.is_a(head.lemma_.lower(), name) or self.lexicon.is_a(head.lower_, name):
            return True
        if head.pos_ != "PROPN" or name not in ("place", "people"):
            return False
        if head.i in self.actors:
            return name == "people"
        # A name that is nobody's is a place, unless it is counted as people are.
        return name == "place" and not any(c.dep_ == "nummod" for c in head.children)


def find_triggers(
    doc: Doc, lexicon: Lexicon, skip: frozenset[int] = frozenset(), actors: Container[int] = frozenset()
) -> list[Trigger]:
    """All triggers of a document, in the order of the text.

    Args:
        doc: the parsed report.
        lexicon: the words that name events.
        skip: tokens that are not to be read as events (verbs of speech).
        actors: tokens that name somebody.
    """
    found = []
    taken: set[int] = set()
    matches: list[tuple[Token, _Match]] = []
    classes = _Classes(lexicon, actors)
    for at in _may_name_events(doc, lexicon):
        token = doc[at]
        if at in skip:
            continue
        best = max(_matches(token, classes), key=_Match.rank, default=None)
        if best is not None:
            matches.append((token, best))
    # Longer words first, so that 'car bomb attack' is one event and not two.
    for token, match in sorted(matches, key=lambda m: (-m[1].words, m[0].i)):
        core = {i for i in range(match.start, match.end) if _is_core(doc[i], token, match)}
        if core & taken:
            continue
        taken |= core
        carrier, carried = _carrier(token, lexicon)
        found.append(Trigger(token, match.start, match.end, match.entry, carrier, carried, match.objects))
    found = [t for t in found if not _is_attribute(t, lexicon)]
    return sorted(_without_carriers(found), key=lambda t: (t.head.i, t.start))


def trigger_at(token: Token, entry: Entry, lexicon: Lexicon) -> Trigger:
    """The trigger that one token is, whatever the lexicon says of its word.

    Args:
        token: the word.
        entry: how it is to behave.
        lexicon: the words that carry events.
    """
    carrier, carried = _carrier(token, lexicon)
    return Trigger(token, token.i, token.i + 1, entry, carrier, carried)


def _may_name_events(doc: Doc, lexicon: Lexicon) -> list[int]:
    """The tokens that may: the word or its lemma begins an entry, or it may be an adjective in '-ed'."""
    pairs, strings = [*map(tuple, doc.to_array(["LOWER", "LEMMA"]).tolist())], doc.vocab.strings
    naming = {pair for pair in {*pairs} if _may_name_an_event(strings[pair[0]], strings[pair[1]], lexicon)}
    return [at for at, pair in enumerate(pairs) if pair in naming]


def _may_name_an_event(word: str, lemma: str, lexicon: Lexicon) -> bool:
    return word in lexicon.anchors or lemma.lower() in lexicon.anchors or word.endswith("ed")


def _is_core(token: Token, head: Token, match: _Match) -> bool:
    """The words of the entry itself; a verb's object may still name an event of its own."""
    return token.i == head.i or match.words > 1 or token in match.objects


def _matches(token: Token, classes: _Classes) -> Iterator[_Match]:
    for part in _parts(token):
        for word in _base_forms(token, part):
            for words, entry in classes.lexicon.candidates(part, word):
                span = _verb_words(token, words) if part == "verb" else _noun_words(token, words)
                if span is None:
                    continue
                fitted = _fit(token, span, entry, part, classes, len(words))
                if fitted is not None:
                    yield fitted


def _base_forms(token: Token, part: PartOfSpeech) -> list[str]:
    """The word's lemma, itself, and for a verb that was taken for an adjective ('advanced') its likely bases."""
    forms = [token.lemma_.lower(), token.lower_]
    if part == "verb" and token.pos_ == "ADJ":
        forms += [token.lower_[:-1], token.lower_[:-2]]
    return list(dict.fromkeys(forms))


def _parts(token: Token) -> tuple[PartOfSpeech, ...]:
    if token.tag_ == "VBG" and token.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass", "compound", "conj", "ROOT"):
        return ("noun", "verb", "adjective")
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        return ("verb", "adjective") if token.tag_ in ("VBG", "VBN") else ("verb",)
    if token.pos_ in ("NOUN", "PROPN"):
        return ("noun",)
    if token.pos_ == "ADJ":
        return ("adjective", "verb") if token.lower_.endswith("ed") else ("adjective", "noun")
    return ()


def _noun_words(token: Token, words: tuple[str, ...]) -> tuple[int, int] | None:
    """The range of a noun whose earlier words stand right before it."""
    if len(words) == 1:
        return token.i, token.i + 1
    doc, start = token.doc, token.i - len(words) + 1
    if start < 0:
        return None
    for at, word in enumerate(words[:-1], start=start):
        other = doc[at]
        if word != other.lower_ and word != other.lemma_.lower():
            return None
    return (start, token.i + 1) if start >= token.sent.start else None


def _verb_words(token: Token, words: tuple[str, ...]) -> tuple[int, int] | None:
    """The range of a verb whose further words follow it closely or hang on it."""
    end = token.i + 1
    for word in words[1:]:
        following = [
            t
            for t in token.doc[token.i + 1 : min(token.i + 1 + _NEAR, token.sent.end)]
            if word in (t.lower_, t.lemma_.lower())
            and (t.i == end or t.head.i == token.i or t.head.head.i == token.i or t.dep_ == "prt")
        ]
        if not following:
            return None
        end = following[0].i + 1 if following[0].i + 1 - end <= 1 else end
    return token.i, end


def _fit(
    token: Token, span: tuple[int, int], entry: Entry, part: PartOfSpeech, classes: _Classes, words: int
) -> _Match | None:
    """The match, with the object that it demands, or None where the demand is not met."""
    start, end = span
    objects: tuple[Token, ...] = ()
    if entry.objects or entry.object_phrases:
        fitting = list(_fitting(_possible_objects(token, part), entry.objects, classes))
        phrase_end = _phrase_after(token, entry.object_phrases)
        if not fitting and phrase_end is None:
            return None
        objects = tuple(fitting)
        lexical = [t for t in fitting if phrase_lemmas(t) & entry.objects]
        if lexical and 0 <= lexical[0].i - end < _NEAR:
            end, words = lexical[0].i + 1, words + 1
            objects = tuple(lexical)
        elif lexical:
            words += 1
        if phrase_end is not None:
            end, words = phrase_end, words + 1
    if entry.subjects:
        who = subjects(token) if part == "verb" else [token.head]
        if not list(_fitting(who, entry.subjects, classes)):
            return None
    return _Match(start, end, entry, words, objects)


def _fitting(heads: Iterable[Token], wanted: frozenset[str], classes: _Classes) -> Iterator[Token]:
    """The heads that are one of the words or of one of the classes, or count some that are ('parts of the city')."""
    for head in heads:
        if any(_fits(part, wanted, classes) for part in (head, *counted(head))):
            yield head


def _fits(head: Token, wanted: frozenset[str], classes: _Classes) -> bool:
    return bool(phrase_lemmas(head) & wanted) or any(
        name.startswith("@") and classes.is_a(head, name[1:]) for name in wanted
    )


def _possible_objects(token: Token, part: PartOfSpeech) -> list[Token]:
    if part == "noun":
        found = [
            t for c in token.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj" for t in conjuncts(p)
        ]
        return found + [c for c in token.lefts if c.dep_ in ("compound", "amod", "nmod", "poss")]
    # 'Took part in the talks', 'took place in the capital': what stands behind a preposition is not taken.
    has_object = any(child.dep_ in ("dobj", "obj") for child in token.children)
    found = []
    for child in token.children:
        if child.dep_ in ("dobj", "obj", "nsubjpass", "oprd", "attr", "dative", "prt", "advmod", "acomp", "ccomp"):
            found += conjuncts(child)
            if child.dep_ == "prt":  # 'handed over Dumayr': the parse may hang the town on the particle
                found += [t for p in child.children if p.dep_ == "pobj" for t in conjuncts(p)]
        elif child.dep_ == "prep" and child.lower_ != "by" and not has_object:
            found += [t for p in child.children if p.dep_ == "pobj" for t in conjuncts(p)]
    if (token.dep_ in ("acl", "relcl") and token.head.i != token.i) or is_misread(token):
        found.append(token.head)
    if token.dep_ == "conj" and not any(c.dep_ in ("nsubjpass", "dobj") for c in token.children):
        found += [t for c in token.head.children if c.dep_ == "nsubjpass" for t in conjuncts(c)]
    # An event noun inside ('regained the control of X') stands one step further down.
    found += [
        p
        for t in list(found)
        for c in t.children
        if c.dep_ == "prep" and c.lower_ == "of"
        for p in c.children
        if p.dep_ == "pobj"
    ]
    return found


def _phrase_after(token: Token, phrases: tuple[tuple[str, ...], ...]) -> int | None:
    if not phrases:
        return None
    start, doc = token.i + 1, token.doc
    reach = min(token.i + 8, token.sent.end) - start  # a phrase begins within the sentence
    following = tuple(t.lower_ for t in doc[start : start + reach + max(map(len, phrases))])
    for phrase in phrases:
        for at in range(reach):
            if following[at] == phrase[0] and following[at : at + len(phrase)] == phrase:
                return start + at + len(phrase)
    return None


def _carrier(token: Token, lexicon: Lexicon) -> tuple[Token | None, str]:
    """The verb that an event noun hangs on, and how."""
    at = token
    for _ in range(4):
        if at.dep_ == "conj" and at.head.pos_ in ("NOUN", "PROPN"):
            at = at.head
        elif at.dep_ == "pobj" and at.head.lower_ == "of" and at.head.head.lemma_.lower() in lexicon.verbs.shells:
            at = at.head.head
        else:
            break
    head = at.head
    lemma = head.lemma_.lower()
    particles = [c.lower_ for c in head.children if c.dep_ == "prt"]
    names = [f"{lemma} {p}" for p in particles] + [lemma]
    words = lexicon.verbs
    if token.pos_ not in ("NOUN", "PROPN") or head.pos_ not in ("VERB", "AUX", "ADP"):
        return None, ""
    if at.dep_ in ("dobj", "nsubjpass", "obj"):
        if any(n in words.carriers_do for n in names):
            return head, "do"
        if any(n in words.carriers_undergo for n in names):
            return head, "undergo"
    if at.dep_ in ("nsubj", "nsubjpass"):
        return head, "happen" if lemma in words.carriers_happen else "is"
    if at.dep_ == "pobj" and head.head.pos_ == "VERB" and f"{head.head.lemma_} {head.lower_}" in words.carriers_undergo:
        return head.head, "undergo"
    return None, ""


def _is_attribute(trigger: Trigger, lexicon: Lexicon) -> bool:
    """'the besieged town', 'rebel-held', 'conflict zone', 'the Turkish-backed group' are no claims."""
    head = trigger.head
    if head.i > 0 and head.doc[head.i - 1].text == "-" and head.pos_ in ("VERB", "ADJ"):
        return True
    if head.i + 1 < len(head.doc) and head.doc[head.i + 1].text == "-" and head.whitespace_ == "":
        return True
    if (
        head.dep_ == "amod"
        and head.i < head.head.i
        and head.tag_ in ("VBN", "VBD", "VBG", "JJ")
        and not trigger.objects
        and not is_misread(head)
    ):
        return True
    if head.dep_ == "acl" and trigger.entry.type in _STATES and not trigger.is_noun:
        return True
    if head.dep_ in ("compound", "nmod") and head.head.i > head.i:
        return not _matches_any(head.head, lexicon)
    return False


def _matches_any(token: Token, lexicon: Lexicon) -> bool:
    return token.lemma_.lower() in lexicon.verbs.shells or bool(
        lexicon.candidates("noun", token.lemma_.lower()) and token.pos_ in ("NOUN", "PROPN")
    )


def _without_carriers(triggers: list[Trigger]) -> list[Trigger]:
    """A verb that only carries another trigger's event is not an event itself; of 'truce deal' the first word is it."""
    triggers = [_carried_by_attack(t, triggers) for t in triggers]
    carriers = {t.carrier.i for t in triggers if t.carrier is not None and t.carried in ("do", "undergo")}
    # 'the raids hit the market' is one event; 'the raids destroyed the market' is two.
    happening = {t.carrier.i for t in triggers if t.carrier is not None and t.carried == "happen"}
    events = {t.head.i for t in triggers if t.is_noun}
    bare = [t for t in triggers if t.entry.means and not t.entry.light]
    carriers |= {t.head.i for t in bare if t.head.i in happening or _tells_of(t.head, events)}
    asked = {t.head.i for t in triggers if t.entry.type in _ASKED}
    carriers |= {t.head.i for t in triggers if t.head.i not in asked and _is_asked_for(t.head, asked)}
    inner = {t.head.head.i for t in triggers if t.head.dep_ in ("compound", "nmod") and t.head.head.i > t.head.i}
    refusals = {t.head.i for t in triggers if t.entry.type == "rejection"}
    tolls = {t.head.i for t in triggers if t.entry.type == "casualties" and t.is_noun}
    return [
        t
        for t in triggers
        if t.head.i not in carriers
        and t.head.i not in inner
        and not _is_refused(t, refusals)
        and not _is_counted_by(t, tolls)
    ]


def _is_counted_by(trigger: Trigger, tolls: set[int]) -> bool:
    """'The death toll of the war' is a toll."""
    return trigger.entry.light and trigger.head.dep_ == "pobj" and trigger.head.head.head.i in tolls


def _is_refused(trigger: Trigger, refusals: set[int]) -> bool:
    """'Rejected the offer' is the refusal alone: the noun says what was refused."""
    refused = trigger.entry.type in ("offer", "demand", "talks") and trigger.is_noun
    return refused and trigger.head.dep_ in ("dobj", "nsubjpass") and trigger.head.head.i in refusals


def _tells_of(verb: Token, events: set[int]) -> bool:
    """'A bombing that struck a wedding': the relative clause goes on telling of the bombing."""
    return verb.dep_ == "relcl" and any(who.i in events for who in subjects(verb))


def _is_asked_for(event: Token, asked: set[int]) -> bool:
    """'Demanded a ceasefire', 'refused to withdraw': what is asked for or refused is no event besides the asking."""
    at = event
    for _ in range(4):
        if at.dep_ not in ("dobj", "xcomp", "pobj", "prep", "pcomp") or at.head.i == at.i:
            return False
        if at.dep_ == "prep" and at.lower_ not in ("for", "of", "to", "on", "upon"):
            return False
        at = at.head
        if at.i in asked:
            return True
    return False


def _carried_by_attack(trigger: Trigger, triggers: list[Trigger]) -> Trigger:
    """'Jets hit the depot in three raids', 'the depot was hit by a raid': a bare word for the raids carries them."""
    noun = trigger.head
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    preposition, verb = noun.head, noun.head.head
    if not trigger.is_noun or trigger.carrier is not None or noun.dep_ != "pobj":
        return trigger
    passive = is_passive(verb)
    if preposition.lower_ not in ("in", "with", "through") and not (passive and preposition.lower_ == "by"):
        return trigger
    if verb.i not in {t.head.i for t in triggers if t.entry.means and not t.is_noun}:
        return trigger
    return replace(trigger, carrier=verb, carried="undergo" if passive else "do")
