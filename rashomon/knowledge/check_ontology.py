"""Checks ontology.yaml: its form, and that every name in it exists where it is said to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rashomon.knowledge import ontology
from rashomon.knowledge.check_sheets import Key, Sheet, form_problems
from rashomon.knowledge.ontology import FormsRow, OntologyRow, TypeRow
from rashomon.knowledge.ontology_rules import NONE, RuleRow, faults, rules_of
from rashomon.knowledge.problem import Problem
from rashomon.model import Status

_ID = re.compile(r"[a-z]+(_[a-z]+)*")


def check(sheets: Sequence[Sheet]) -> list[Problem]:
    """What is wrong with the ontology of all layers.

    Args:
        sheets: the files of knowledge that can be read; those of other names are not looked at.
    """
    problems: list[Problem] = []
    good: list[tuple[Sheet, OntologyRow]] = []
    for sheet in (sheet for sheet in sheets if sheet.name == ontology.FILE):
        found = form_problems(sheet, OntologyRow)
        problems += found
        if not found:
            good.append((sheet, OntologyRow.model_validate(sheet.content)))
    forms = FormsRow()
    for _, row in good:
        forms = ontology.together(forms, row.forms)
    families = {name for _, row in good for name in row.families}
    for sheet, row in good:
        for name, kind in row.types.items():
            problems += _type(sheet, name, kind, families, forms)
        for status, meaning in row.statuses.items():
            if meaning.plover is not None and meaning.plover not in forms.plover_auxiliary:
                text = f"PLOVER has no auxiliary mode {meaning.plover!r}"
                problems.append(sheet.problem(("statuses", status.value), text, _one_of(forms.plover_auxiliary)))
    if good and (missing := set(Status) - {status for _, row in good for status in row.statuses}):
        text = f"no meaning for {', '.join(sorted(missing))}"
        problems.append(good[0][0].problem(("statuses",), text, "Give each status its `is`"))
    return problems


def known_types(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The ids of all types that the layers have, whatever else is wrong with them."""
    found: set[str] = set()
    for sheet in sheets:
        if sheet.name == ontology.FILE and isinstance(sheet.content, dict):
            found |= set(map(str, sheet.content.get("types") or {}))
    return frozenset(found)


def _type(sheet: Sheet, name: str, row: TypeRow, families: set[str], forms: FormsRow) -> Iterator[Problem]:
    at: tuple[Key, ...] = ("types", name)
    if not _ID.fullmatch(name):
        yield sheet.problem(at, f"{name!r} is no id", "Use small letters and underscores, as in air_strike", entry=name)
    if not row.is_.strip():
        yield sheet.problem(at, "nothing says what it is", "Give it an `is`", entry=name)
    if row.family not in families:
        yield sheet.problem((*at, "family"), f"no family {row.family!r}", _one_of(families), entry=name)
    if row.cameo is not None and row.cameo not in forms.cameo:
        remedy = "Give the two digits of a root, in quotes"
        yield sheet.problem((*at, "cameo"), f"CAMEO has no root {row.cameo!r}", remedy, entry=name)
    names = [sub for subs in forms.acled.values() for sub in subs]
    yield from _rules(sheet, (*at, "acled"), row.acled, names, "ACLED has no sub-event", name)
    if row.plover is None:
        return
    if row.plover.event not in forms.plover:
        text = f"PLOVER has no event {row.plover.event!r}"
        yield sheet.problem((*at, "plover", "event"), text, _one_of(forms.plover), entry=name)
    modes = [*forms.plover.get(row.plover.event, ()), NONE]
    what = f"PLOVER's {row.plover.event} has no mode"
    yield from _rules(sheet, (*at, "plover", "mode"), row.plover.mode, modes, what, name)
    for context in row.plover.contexts:
        if context not in forms.plover_contexts:
            text = f"PLOVER has no context {context!r}"
            yield sheet.problem((*at, "plover", "contexts"), text, _one_of(forms.plover_contexts), entry=name)


def _rules(
    sheet: Sheet, at: tuple[Key, ...], rules: Sequence[RuleRow], names: Sequence[str], what: str, entry: str
) -> Iterator[Problem]:
    for number, rule in enumerate(rules):
        if rule.is_ not in names:
            yield sheet.problem((*at, number), f"{what} {rule.is_!r}", _one_of(names), entry=entry)
    for fault in faults(rules_of(rules)):
        yield sheet.problem(at, fault, "The last rule, and only that one, stands without `when`", entry=entry)


def _one_of(names: Iterable[str]) -> str:
    return f"Use one of: {', '.join(sorted(names))}"
