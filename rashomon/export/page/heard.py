"""What an event's voices say of each other, as lines of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.export.disputes import described, disputed, is_printed, value_words
from rashomon.export.page.accounts import Desk
from rashomon.export.page.names import Names
from rashomon.linking import in_a_sentence, most_doubtful
from rashomon.model import Bond, Claim, Contradiction, Given, Hearing, Voice

_PAIRS = 8  # that are shown; of more, those that a reader would doubt first


@dataclass(frozen=True, slots=True)
class Part:
    """A value, and who gives it."""

    value: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """What it is about, the values, and what a reader must know besides."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """The lines of one event: its voices, what they contradict each other about, replaced totals and loaded words."""

    origins: tuple[Part, ...]
    contradictions: tuple[Line, ...]
    replaced: tuple[Line, ...]
    labels: tuple[Line, ...]


def heard(hearing: Hearing, names: Names) -> Heard:
    """The lines of a hearing, in its order."""
    called = {voice.id: voice.name for voice in hearing.voices}
    return Heard(
        origins=tuple(_origin(voice, names) for voice in hearing.voices),
        contradictions=tuple(_contradiction(each, called, names) for each in hearing.contradictions),
        replaced=tuple(
            Line(each.about, (_part(each.earlier, called), _part(each.later, called)), each.why)
            for each in hearing.replaced
        ),
        labels=tuple(
            Line(
                each.whom or "nobody who is named",
                tuple(Part(f"“{word.value}”", _printed(word, called, names)) for word in each.words),
                f"named without one in {_outlets(each.plain, names)}" if each.plain else "",
            )
            for each in hearing.namings
        ),
    )


@dataclass(frozen=True, slots=True)
class Together:
    """What holds an event's claims together, the most doubtful pair first; `more` pairs are left out."""

    pairs: tuple[Line, ...] = ()
    more: int = 0


def together(bonds: Sequence[Bond], desk: Desk) -> Together:
    """Each pair by outlet and trigger, with what agrees and what differs."""
    weakest = most_doubtful(bonds)
    shown = [
        Line("", tuple(_short(desk.claims[name], desk) for name in bond.claims), in_a_sentence(bond))
        for bond in weakest[:_PAIRS]
    ]
    return Together(tuple(shown), len(bonds) - len(shown))


def _short(claim: Claim, desk: Desk) -> Part:
    report = desk.reports.get(claim.report)
    outlet = desk.names.outlet(report.outlet).name if report is not None and report.outlet else "outlet unknown"
    return Part(claim.trigger, outlet)


def _origin(voice: Voice, names: Names) -> Part:
    kind = described(voice)
    carriers = [o for o in voice.outlets if voice.id != f"outlet:{o}" and o != voice.name]
    return Part(voice.name + (f" ({kind})" if kind else ""), f"in {_outlets(carriers, names)}" if carriers else "")


def _contradiction(each: Contradiction, called: dict[str, str], names: Names) -> Line:
    parts = [
        Part(value_words(each, given.value), _printed(given, called, names) if is_printed(each) else _by(given, called))
        for given in each.values
    ]
    return Line(disputed(each), tuple(parts))


def _part(given: Given, called: dict[str, str]) -> Part:
    return Part(given.value, _by(given, called))


def _by(given: Given, called: dict[str, str]) -> str:
    return ", ".join(called[voice] for voice in given.voices)


def _printed(given: Given, called: dict[str, str], names: Names) -> str:
    """The outlets that print a word, and whom they cite with it."""
    own = {f"outlet:{outlet}" for outlet in given.outlets}
    cited = [called[v] for v in given.voices if v not in own and called[v] not in given.outlets]
    outlets = _outlets(given.outlets, names) or "a report of unknown outlet"
    return outlets + (f", citing {', '.join(cited)}" if cited else "")


def _outlets(outlets: Iterable[str], names: Names) -> str:
    return ", ".join(names.outlet(outlet).name for outlet in outlets)
