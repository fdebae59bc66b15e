"""Days, bounds and words of a report, as a reader sees them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from rashomon.export.figures import Range
from rashomon.model import Claim, Profile, Publication

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ALMOST_SURE = 0.9
_LIKELY = 0.65

# For whom an export is, as its head says.
PROFILES = {
    Profile.INTERNAL: "internal: nothing is left out. Do not pass it on where it could lead to anybody named in it.",
    Profile.PARTNER: "partner: names of private persons are left out, as [name]. Places are told as reports tell them.",
    Profile.PUBLIC: "public: names of private persons are left out, as [name]. Places of hospitals, shelters, camps "
    "and of movements still to come, are told no closer than by their governorate, and left out of quotes, as [place].",
}


def day_words(day: dt.date) -> str:
    """'7 April 2018': written out here, for a locale must not change the page."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_words(start: dt.date | None, end: dt.date | None) -> str:
    """'7 April 2018', '7–9 April 2018', '28 March – 2 April 2018', 'from 7 April 2018'; or nothing."""
    if start is None:
        return f"until {day_words(end)}" if end is not None else ""
    if end is None:
        return f"from {day_words(start)}"
    if start == end:
        return day_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def publication_words(publication: Publication) -> str:
    """When a report was published, and that this is not known where it is not."""
    if publication.day is not None:
        return day_words(publication.day)
    bounds = []
    if publication.earliest is not None:
        bounds.append(f"not before {day_words(publication.earliest)}")
    if publication.latest is not None:
        bounds.append(f"not after {day_words(publication.latest)}")
    return ", ".join(["day not known", *bounds])


def bounds_words(bounds: Range) -> str:
    """'12', '10 to 15', 'at least 25', 'at most 8,000', 'none'."""
    low, high = bounds.minimum, bounds.maximum
    if low is None and high is None:
        return "a number not given"
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    if low != high:
        return f"{low:,} to {high:,}"
    return f"{low:,}" if low else "none"


def reading_words(confidence: float) -> str:
    """How sure a coder is that a person would record the claim, in words: 'almost sure', 'likely', 'unsure'."""
    if confidence >= _ALMOST_SURE:
        return "almost sure"
    return "likely" if confidence >= _LIKELY else "unsure"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """'1 outlet', '5 outlets'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a quote: plain, or part of the trigger, or of a loaded word, or of both."""

    text: str
    trigger: bool = False
    label: bool = False


def segments(claim: Claim) -> tuple[Segment, ...]:
    """The quote cut into stretches, with the trigger and the loaded words marked."""
    quote = claim.quote
    trigger = _trigger_at(claim)
    labels = [span for label in claim.labels for span in _all_of(label.text, quote)]
    cuts = sorted({0, len(quote), *trigger, *(end for span in labels for end in span)})
    return tuple(
        Segment(quote[start:end], _within(start, (trigger,)), _within(start, labels))
        for start, end in pairwise(cuts)
        if start < end
    )


def _trigger_at(claim: Claim) -> tuple[int, int]:
    if claim.withheld:  # words before it may be gone: what is marked must at least stand there as one word
        found = re.search(rf"(?<!\w){re.escape(claim.trigger)}(?!\w)", claim.quote) if claim.trigger else None
        return found.span() if found is not None else (0, 0)
    start = claim.trigger_span.start - claim.span.start
    if start < 0 or claim.quote[start : start + len(claim.trigger)] != claim.trigger:
        start = claim.quote.find(claim.trigger)
    return (start, start + len(claim.trigger)) if start >= 0 else (0, 0)


def _all_of(words: str, quote: str) -> list[tuple[int, int]]:
    found, at = [], quote.find(words) if words else -1
    while at >= 0:
        found.append((at, at + len(words)))
        at = quote.find(words, at + len(words))
    return found


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
