"""Runs the examples of the lexicons: whether each finds what it shows, and nothing where it shows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from rashomon.coding.labels import find_labels
from rashomon.coding.places import find_places
from rashomon.coding.quantities import find_quantities
from rashomon.coding.roles import roles_of
from rashomon.coding.sources import attributions
from rashomon.coding.status import status_of
from rashomon.coding.times import find_times
from rashomon.coding.triggers import Trigger, find_triggers
from rashomon.coding.weapons import find_weapons
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import Layers
from rashomon.knowledge.lexicon import Entry, Lexicon
from rashomon.knowledge.problem import Problem
from rashomon.model import Status

type Parse = Callable[[str], Doc]

_HEADLINE = "A long week in the valley.\n\n"  # in a headline the present tense says little
_ENOUGH = 30  # characters of a sentence by which it is looked for in its file


def failing(known: Knowledge, layers: Layers, parse: Parse) -> list[Problem]:
    """Every example that does not hold, with the file and line where it stands.

    Args:
        known: the knowledge whose lexicons carry the examples.
        layers: the folders that it was loaded from.
        parse: parses one text.
    """
    found = [
        *_events(known, parse),
        *_labels(known, parse),
        *_lists(known, parse),
        *_places(known, parse),
        *_sources(known, parse),
        *_statuses(known, parse),
    ]
    return [_problem(file, sentence, text, layers) for file, sentence, text in found]


type _Failure = tuple[str, str, str]  # the file or files, the sentence, what is wrong


def _events(known: Knowledge, parse: Parse) -> Iterator[_Failure]:
    for entry in known.lexicon.entries:
        for sentence in entry.examples:
            if (wrong := wrong_in(sentence, entry, known.lexicon, parse)) is not None:
                yield "lexicon/events/*.yaml", sentence, wrong
        for sentence in entry.counter_examples:
            if entry.type in {trigger.entry.type for trigger in find_triggers(parse(sentence), known.lexicon)}:
                yield "lexicon/events/*.yaml", sentence, f"{entry.type} is found in it, though it should not be"


def wrong_in(sentence: str, entry: Entry, lexicon: Lexicon, parse: Parse) -> str | None:
    """What an example of an entry for events fails to show.

    Args:
        sentence: the example, [who does it] and {the one that it is done to} marked or not.
        entry: the entry that it belongs to.
        lexicon: the lexicon that the entry is of.
        parse: parses one text.

    Returns:
        What is wrong in words; None where the entry is found and every mark holds.
    """
    plain, marks = _marked(sentence)
    if re.search(r"[\[\]{}]", plain):
        return "a mark is opened and not closed, or the other way round"
    found = find_triggers(parse(plain), lexicon)
    own = [trigger for trigger in found if trigger.entry.order == entry.order]
    if not own:
        others = ", ".join(sorted({trigger.entry.type for trigger in found})) or "nothing"
        return f"the entry of {entry.type} is not found in it, but {others}"
    for mark in marks:
        if not any(_finds(trigger, mark, lexicon) for trigger in own):
            sides = "who does it" if mark.doer else "the one that it is done to"
            return f"{plain[mark.start : mark.end]!r} is not found as {sides}"
    return None


@dataclass(frozen=True, slots=True)
class _Mark:
    doer: bool
    start: int  # characters of the sentence without marks
    end: int


def _marked(sentence: str) -> tuple[str, list[_Mark]]:
    """The sentence without its marks, and what they stood around."""
    plain, marks, rest = "", [], sentence
    while match := re.search(r"\[([^\[\]{}]+)\]|\{([^\[\]{}]+)\}", rest):
        plain += rest[: match.start()]
        words = match[1] or match[2]
        marks.append(_Mark(match[1] is not None, len(plain), len(plain) + len(words)))
        plain, rest = plain + words, rest[match.end() :]
    return plain + rest, marks


def _finds(trigger: Trigger, mark: _Mark, lexicon: Lexicon) -> bool:
    roles = roles_of(trigger, lexicon.verbs)
    return any(mark.start <= head.idx < mark.end for head in (roles.actors if mark.doer else roles.targets))


def _labels(known: Knowledge, parse: Parse) -> Iterator[_Failure]:
    for entry in known.labels.entries:
        for sentence in entry.examples:
            wanted = re.findall(r"\[(.+?)\]", sentence)
            found = [label.text for label in find_labels(parse(re.sub(r"[\[\]]", "", sentence)), known.labels)]
            if found != wanted:
                yield known.labels.FILE, sentence, _differs(wanted, found)


def _lists(known: Knowledge, parse: Parse) -> Iterator[_Failure]:
    for weapon in known.weapons.examples:
        doc = parse(weapon.text)
        means = [(one.text(doc), one.platform.value) for one in find_weapons(doc, known.weapons)]
        if means != (wanted := [(words, platform.value) for words, platform in weapon.finds]):
            yield "lexicon/weapons.yaml", weapon.text, _differs(wanted, means)
    for time in known.times.examples:
        doc = parse(time.text)
        days = [one.text_span.of(doc.text) for one in find_times(doc, known.times)]
        if days != time.finds:
            yield "lexicon/times.yaml", time.text, _differs(time.finds, days)
    for quantity in known.quantities.examples:
        doc = parse(quantity.text)
        counts = [
            (one.quantity.measure.value, one.quantity.minimum, one.quantity.maximum)
            for one in find_quantities(doc, known.quantities, find_times(doc, known.times))
        ]
        if counts != (figures := [(measure.value, least, most) for measure, least, most in quantity.finds]):
            yield "lexicon/quantities.yaml", quantity.text, _differs(figures, counts)
    for number in known.quantities.numbers.examples:
        value = known.quantities.numbers.value(number.text.casefold().replace("-", " ").split())
        given = None if value is None else (value.least, None if value.open_ended else value.least)
        if given != number.finds:
            yield "lexicon/numbers.yaml", number.text, _differs(number.finds, given)


def _places(known: Knowledge, parse: Parse) -> Iterator[_Failure]:
    for example in known.gazetteer.words.examples:
        doc = parse(example.text)
        mentions = [one for one in find_places(doc, known.gazetteer) if not one.adjective]
        found = tuple(one.text_span.of(doc.text) for one in mentions)
        if found != example.places:
            yield "lexicon/places.yaml", example.text, _differs(example.places, found)
        elif example.roles and example.roles != (roles := tuple(one.role.value for one in mentions)):
            yield "lexicon/places.yaml", example.text, _differs(example.roles, roles)


def _sources(known: Knowledge, parse: Parse) -> Iterator[_Failure]:
    speech = known.speech
    for entries in (dict.fromkeys(speech.verbs.values()), speech.nouns.values(), speech.prepositions):
        for entry in entries:
            for sentence in entry.examples:
                yield from _source(known, sentence, parse)
    for row in speech.kinds:
        for words in row.examples:
            if speech.kind_of(words) is not row.kind:
                yield "lexicon/speech.yaml", words, _differs(row.kind.value, speech.kind_of(words))


def _source(known: Knowledge, sentence: str, parse: Parse) -> Iterator[_Failure]:
    plain = re.sub(r"[\[\]]", "", sentence)
    if "*" not in plain:
        yield "lexicon/speech.yaml", sentence, "no word between asterisks, so that nothing is asked"
        return
    doc = parse(plain.replace("*", ""))
    at = plain.index("*")
    token = next(token for token in doc if token.idx <= at < token.idx + len(token))
    said = next((source.mention.text for source in attributions(doc, known.speech, None).of(token.i)), None)
    speakers = re.findall(r"\[(.+?)\]", sentence)
    if said not in (speakers or [None]):
        yield "lexicon/speech.yaml", sentence, _differs(speakers, said)


def _statuses(known: Knowledge, parse: Parse) -> Iterator[_Failure]:
    for example in known.lexicon.verbs.examples:
        found = status_in(example.sentence, known.lexicon, parse)
        if found is not example.status:
            yield "lexicon/verbs.yaml", example.sentence, _differs(example.status.value, found and found.value)


def status_in(sentence: str, lexicon: Lexicon, parse: Parse) -> Status | None:
    """How the event between asterisks stands in a sentence of the body of a report.

    Returns:
        Its status; None where no event of the lexicon stands between the asterisks, or no asterisk is there.
    """
    text = _HEADLINE + sentence
    place = text.find("*")
    doc = parse(text.replace("*", ""))
    for trigger in find_triggers(doc, lexicon):
        last = doc[trigger.end - 1]
        if doc[trigger.start].idx <= place < last.idx + len(last):
            return status_of(trigger, trigger.entry.type, lexicon)
    return None


def _differs(wanted: object, found: object) -> str:
    return f"it should give {wanted!r}, and gives {found!r}"


def _problem(name: str, sentence: str, text: str, layers: Layers) -> Problem:
    """The problem with the place of the sentence: the highest layer's file that has it."""
    start = sentence[:_ENOUGH]
    for file in reversed(layers.files(name)):
        lines = file.data.decode("utf-8", "replace").splitlines()
        line = next((number for number, line in enumerate(lines, start=1) if start in line), None)
        if line is not None:
            name, where = str(file.path), f"line {line}"
            break
    else:
        where = "an example"
    remedy = "Mend the sentence or the entry; an entry that finds too much needs a narrower form"
    return Problem(name, where, f"the example {sentence!r} fails: {text}", remedy)
