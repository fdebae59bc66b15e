"""Figures of an event in words: the range over all accounts, and who gives what where they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rashomon.export.digest.phrases import Phrases
from rashomon.export.digest.voices import Voice
from rashomon.export.page.words import bounds_words
from rashomon.ledgers.figures import Range, figure, spread
from rashomon.model import Claim, Measure


def figures_words(
    voices: Sequence[Voice], phrases: Phrases, is_loaded: Callable[[str], bool], called: Callable[[Voice], str]
) -> list[str]:
    """'killed: 8 to 12 (the army 8, the monitor 10 to 12)' for each measure that a voice gives.

    Who gives which figure stands in brackets where the voices differ, or where not all of them give one; `called` names
    them, and `is_loaded` tells of words that are not neutral.
    """
    found = []
    for measure, label in phrases.measures.items():
        given = [(voice, bounds) for voice in voices if (bounds := _of_voice(voice, measure)) is not None]
        total = spread(bounds for _, bounds in given)
        if total is None:
            continue
        of = _counted([claim for voice, _ in given for claim in voice.claims], measure, phrases, is_loaded)
        words = f"{label}: {_range_words(total, given)}" + (f" {of}" if of else "")
        same = len({bounds for _, bounds in given}) == 1
        if not same or len(given) < len(voices):
            words += f" ({_by_whom(given, same, phrases, called)})"
        found.append(words)
    return found


def _of_voice(voice: Voice, measure: Measure) -> Range | None:
    return spread(bounds for claim in voice.claims if (bounds := figure(claim, measure)) is not None)


def _by_whom(given: Sequence[tuple[Voice, Range]], same: bool, phrases: Phrases, called: Callable[[Voice], str]) -> str:
    most = phrases.named
    shown = given if len(given) <= most + 1 else given[:most]
    names = [called(voice) if same else f"{called(voice)} {bounds_words(bounds)}" for voice, bounds in shown]
    if len(shown) < len(given):
        names.append(f"{len(given) - len(shown)} others")
    return ("according to " if same else "") + ", ".join(names)


def _counted(claims: Sequence[Claim], measure: Measure, phrases: Phrases, is_loaded: Callable[[str], bool]) -> str:
    """Whom or what all accounts count, in neutral words; empty where they differ, or where it adds nothing."""
    whole = {
        max(counts, key=lambda q: (q.maximum or q.minimum or 0, q.minimum or 0)).of.strip()
        for claim in claims
        if (counts := [q for q in claim.quantities if q.measure is measure])
    }
    of = min(whole) if len({words.casefold() for words in whole}) == 1 else ""
    return "" if of.casefold() in phrases.nobody or is_loaded(of) else of


def _range_words(bounds: Range, given: Sequence[tuple[Voice, Range]]) -> str:
    """'8 to 12', 'at least 58'; where accounts leave both ends open, the figures that are named."""
    if bounds.minimum is not None or bounds.maximum is not None:
        return bounds_words(bounds)
    named = [n for _, one in given for n in (one.minimum, one.maximum) if n is not None]
    if not named:
        return bounds_words(bounds)
    return f"{bounds_words(Range(min(named), max(named)))}, both ends open"
