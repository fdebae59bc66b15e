"""What the digest says about itself, the same in every form: title, figures, how to read it, notes on a line."""

from __future__ import annotations

from rashomon.export.digest.content import Basis, Digest, Line, SourceNote
from rashomon.export.page.words import PROFILES, count_words, day_words, days_words
from rashomon.model import Profile

SUMMARY, OUTLETS, BASIS, READING = "In figures", "The outlets", "What this rests on", "How to read this"
NO_SIDE = "whose view it gives is not known here"

HOW = (
    "Each line is about one event, and tells what reports say of it. Nothing here says what is true.",
    "'Agree' stands only where the word of two or more independent voices is behind a sentence. Reports that carry one "
    "text, or that rest on one named source, are one voice (an origin).",
    "Figures are ranges over all accounts: 'at least' and 'at most' where an account leaves an end open.",
    "People and groups stand under neutral names. An outlet's own words stand in quotation marks, with whose they are.",
    "Inside an area, what most independent voices report comes first, then what accounts contradict each other about.",
    "The number in brackets after a source is that of the report; the letters and figures at the end of a line are the "
    "event's: 'rashomon event' shows every account of it.",
)


def title(digest: Digest) -> str:
    """'What was reported on 4 April 2017: Aleppo'."""
    return f"What was reported on {covered(digest)}" + (f": {digest.area}" if digest.area else "")


def covered(digest: Digest) -> str:
    """The days of the digest."""
    return days_words(digest.first, digest.last)


def lead(digest: Digest) -> str:
    """Which reports it covers, exactly, and which it leaves out."""
    figures = digest.figures
    if digest.first == digest.last:
        days = f"It covers the reports published on {day_words(digest.last)}"
    else:
        days = (
            f"It covers the reports published from {day_words(digest.first)} to {day_words(digest.last)}, both included"
        )
    words = (
        f"{days} (of reports the day of publication is known, not the hour): {count_words(figures.reports, 'report')}."
    )
    if figures.undated:
        verb = "is" if figures.undated == 1 else "are"
        words += f" {count_words(figures.undated, 'report')} without a day of publication {verb} left out."
    if figures.silent:
        where = f" about {digest.area}" if digest.area else ""
        words += (
            f" In {count_words(figures.silent, 'report')} of these days nothing{where} was found that the digest tells."
        )
    return words


def profile(digest: Digest) -> str:
    """For whom it is and what was left out, where anything is; else nothing."""
    return "" if digest.profile is Profile.INTERNAL else f"Profile {PROFILES[digest.profile]}"


def figures(digest: Digest) -> tuple[tuple[str, str], ...]:
    """The summary figures, each with its name."""
    of = digest.figures
    return (
        ("Reports", f"{of.reports:,}"),
        ("Outlets", f"{of.outlets:,}"),
        ("of these with a side that is known", f"{of.sides:,}"),
        ("Events", f"{of.events:,}"),
        ("of these with two or more independent voices", f"{of.corroborated:,}"),
        ("of these with accounts that contradict each other", f"{of.contested:,}"),
    )


def marks(line: Line) -> str:
    """'2 outlets, 1 origin; accounts contradict each other about toll (killed)'."""
    words = f"{count_words(line.outlets, 'outlet')}, {count_words(line.origins, 'origin')}"
    return words + (f"; accounts contradict each other about {', '.join(line.differing)}" if line.differing else "")


def source(note: SourceNote) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """One voice in pieces of words, each with the numbers of the reports that follow it."""
    name = note.name + (f", to {note.told}" if note.told else "")
    pieces: list[tuple[str, tuple[int, ...]]] = []
    words, link = name, ", cited by "
    for outlet, numbers in note.carried:
        if outlet:
            words, link = f"{words}{link}{outlet}", "and "
        pieces.append((words, numbers))
        words = ""
    return tuple(pieces)


def capital(name: str) -> str:
    """A name at the beginning of a line: 'The Syrian Arab News Agency'."""
    return name[:1].upper() + name[1:]


def more(line: Line) -> str:
    """What follows the main sentence: where accounts part, and when it was first reported."""
    return " ".join(sentence for sentence in (*line.sentences[1:], line.first) if sentence)


def basis_title(basis: Basis) -> str:
    """The title of a report, in the outlet's words."""
    return f"“{basis.title}”" if basis.title else "without a title"


def basis_note(basis: Basis) -> str:
    """That a report carries the text of another one; else nothing."""
    return f"the same text as [{basis.copy_of}]" if basis.copy_of is not None else ""


def reports(count: int) -> str:
    """'1 report', '5 reports'."""
    return count_words(count, "report")
