"""Checks the files under lexicon/: their form, words that stand twice, and entries without examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from rashomon.knowledge.check_sheets import Key, Sheet, form_problems
from rashomon.knowledge.labels import LabelFile, split
from rashomon.knowledge.lexicon import EntryRow, VerbFile
from rashomon.knowledge.problem import Problem
from rashomon.knowledge.quantitywords import QuantityFile
from rashomon.knowledge.signs import SignsFile
from rashomon.knowledge.weaponwords import WeaponFile
from rashomon.knowledge.wordlists import NumberFile, TimeFile

_EVENTS = "lexicon/events/"
_FORMS: dict[str, type[BaseModel]] = {
    "lexicon/labels.yaml": LabelFile,
    "lexicon/numbers.yaml": NumberFile,
    "lexicon/quantities.yaml": QuantityFile,
    "lexicon/signs.yaml": SignsFile,
    "lexicon/times.yaml": TimeFile,
    "lexicon/verbs.yaml": VerbFile,
    "lexicon/weapons.yaml": WeaponFile,
}
_WITH_EXAMPLES = ("lexicon/numbers.yaml", "lexicon/quantities.yaml", "lexicon/times.yaml", "lexicon/weapons.yaml")
# Tables of one file in which a word means one thing only: the same word in two of them is a contradiction.
_APART = {
    "lexicon/numbers.yaml": ("words", "multipliers", "fractions", "collectives", "vague"),
    "lexicon/weapons.yaml": ("platforms",),
}


def check(sheets: Sequence[Sheet], types: frozenset[str]) -> list[Problem]:
    """What is wrong with the lexicons of all layers.

    Args:
        sheets: the files of knowledge that can be read; those of other names are not looked at.
        types: the ids of all types of event.
    """
    problems: list[Problem] = []
    for sheet in sheets:
        if sheet.name in _FORMS:
            found = form_problems(sheet, _FORMS[sheet.name])
            problems += found or _of_good_form(sheet, types)
        elif sheet.name.startswith(_EVENTS):
            problems += _events(sheet, types)
        elif sheet.name == "lexicon/speech.yaml":
            problems += _speech(sheet)
    return problems + _labels([sheet for sheet in sheets if sheet.name == "lexicon/labels.yaml"])


def _of_good_form(sheet: Sheet, types: frozenset[str]) -> list[Problem]:
    problems = list(_apart(sheet, _APART.get(sheet.name, ())))
    if sheet.name in _WITH_EXAMPLES and sheet.layer == 0 and not sheet.rows("examples"):
        problems.append(sheet.problem((), "no examples", "Give sentences with what is found in them under `examples`"))
    if sheet.name == "lexicon/quantities.yaml":
        problems += _known(sheet, "belongs", types)
    if sheet.name == "lexicon/signs.yaml":
        signs = [sign for sign in (sheet.content.get("signs") or ()) if str(sign).startswith(("word ", "type "))]
        problems += _types(sheet, ("signs",), [str(sign).split()[1] for sign in signs], types)
    if sheet.name == "lexicon/times.yaml":
        problems += _known(sheet, "inherit", types)
        problems += _types(sheet, ("inherit",), list(sheet.content.get("inherit") or ()), types)
    return problems


# --- words for events -----------------------------------------------------------------------------------------------


def _events(sheet: Sheet, types: frozenset[str]) -> Iterator[Problem]:
    if not isinstance(sheet.content, list):
        yield sheet.problem((), "no list of entries", "Start each entry with a dash and its `type`")
        return
    seen: dict[tuple[object, ...], int] = {}
    for number, content in enumerate(sheet.content):
        found = form_problems(sheet, EntryRow, content, (number,))
        if found:
            yield from found
            continue
        row = EntryRow.model_validate(content)
        entry = f"entry {number + 1} ({row.type})"
        yield from _types(sheet, (number, "type"), [row.type], types, entry)
        words = [(part, word) for part in ("verbs", "nouns", "adjectives") for word in getattr(row, part)]
        if not words:
            yield sheet.problem((number,), "no words", "Give it `verbs`, `nouns` or `adjectives`", entry=entry)
        if not row.examples:
            yield sheet.problem((number,), "no examples", "Write a sentence that shows it", entry=entry)
        for part, word in words:
            key = (row.type, part, word, *map(tuple, (sorted(row.objects), sorted(row.subjects))), row.status)
            if key in seen:
                text = f"{word!r} stands in entry {seen[key]} too, with the same meaning"
                yield sheet.problem((number,), text, "Take it out of one of them", entry=entry)
            seen.setdefault(key, number + 1)


# --- speech ---------------------------------------------------------------------------------------------------------


def _speech(sheet: Sheet) -> Iterator[Problem]:
    for table, name in (("verbs", "lemma"), ("nouns", "lemma"), ("prepositions", "words"), ("kinds", "kind")):
        seen: set[str] = set()
        for number, row in enumerate(sheet.rows(table)):
            if not isinstance(row, dict):
                yield sheet.problem((table, number), f"{row!r} is no entry", f"Give it a `{name}` and `examples`")
                continue
            entry = str(row.get(name) or "")
            if not row.get("examples"):
                remedy = "Write a sentence that shows it" if table != "kinds" else "Give words that name such a speaker"
                yield sheet.problem((table, number), "no examples", remedy, entry=entry)
            if entry in seen and table != "kinds":
                text = f"{entry!r} stands twice under {table}: only the second counts"
                yield sheet.problem((table, number), text, "Put both together", entry=entry)
            seen.add(entry)


# --- loaded words ---------------------------------------------------------------------------------------------------


def _labels(sheets: Sequence[Sheet]) -> list[Problem]:
    """Words of all layers against each other: each stands once, and none of them is a neutral one."""
    problems: list[Problem] = []
    files = [(sheet, _if_good(sheet)) for sheet in sheets]
    neutral = {split(word) for _, content in files if content for word in content.neutral}
    seen: dict[tuple[str, ...], str] = {}
    for sheet, content in files:
        for number, row in enumerate(content.labels if content else ()):
            at: tuple[Key, ...] = ("labels", number)
            entry = row.words[0] if row.words else f"entry {number + 1}"
            if not row.words:
                problems.append(sheet.problem(at, "no words", "Give it `words`"))
            if not row.gloss.strip():
                remedy = "Say in `gloss` what somebody without a side would say in its place"
                problems.append(sheet.problem(at, "no neutral gloss", remedy, entry=entry))
            problems += _label_examples(sheet, at, row.examples, entry)
            for words in row.words:
                key = split(words)
                if key in neutral:
                    text = f"{words!r} is a neutral word, which is never a label"
                    problems.append(sheet.problem(at, text, "Take it out here, or out of `neutral`", entry=entry))
                if key in seen:
                    text = f"{words!r} stands in {seen[key]} too"
                    problems.append(sheet.problem(at, text, "Take it out of one of them", entry=entry))
                seen.setdefault(key, f"the entry {entry!r} ({sheet.name}, line {sheet.line(at)})")
    return problems


def _label_examples(sheet: Sheet, at: tuple[Key, ...], examples: Sequence[str], entry: str) -> Iterator[Problem]:
    if not any("[" in example for example in examples):
        yield sheet.problem(at, "no examples", "Write a sentence with the word in brackets", entry=entry)
    if not any("[" not in example for example in examples):
        remedy = "Write a sentence without brackets that has a word like it and no label"
        yield sheet.problem(at, "no example of what is no label", remedy, entry=entry)
    for example in examples:
        if not re.fullmatch(r"[^\[\]]*(\[[^\[\]]+\][^\[\]]*)?", example):
            yield sheet.problem(
                at, f"brackets in {example!r}", "Put one word, or none, in one pair of them", entry=entry
            )


def _if_good(sheet: Sheet) -> LabelFile | None:
    try:
        return LabelFile.model_validate(sheet.content)
    except ValidationError:  # told by the check of its form
        return None


# --- words of one file against each other ---------------------------------------------------------------------------


def _apart(sheet: Sheet, tables: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for table in tables:
        content = sheet.content.get(table) or {}
        for name, words in content.items():
            path: tuple[Key, ...] = (table, name)
            for word in words if isinstance(words, list) else [name]:
                place = f"{table}.{name}" if isinstance(words, list) else table
                if word in seen:
                    yield sheet.problem(
                        path, f"{word!r} stands in {seen[word]} too", "Take it out of one of them", entry=place
                    )
                seen.setdefault(word, place)


def _known(sheet: Sheet, table: str, types: frozenset[str]) -> Iterator[Problem]:
    content: dict[str, Any] = sheet.content.get(table) or {}
    for name, words in content.items():
        yield from _types(sheet, (table, name), words, types)


def _types(
    sheet: Sheet, path: tuple[Key, ...], given: Sequence[str], types: frozenset[str], entry: str = ""
) -> Iterator[Problem]:
    for name in given:
        if name not in types:
            yield sheet.problem(
                path, f"no type of event {name!r}", "Use an id of ontology.yaml, or add the type", entry=entry
            )
