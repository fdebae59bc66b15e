"""An event as its voices have it: who they are, what each says, what they contradict each other about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.cli.console import clean, number_of, table
from rashomon.cli.drawing import FIELDS, TITLES, speakers, values
from rashomon.export.disputes import described, disputed, is_printed, silence_words, value_words
from rashomon.export.whereabouts import wider
from rashomon.knowledge.outlets import Outlets
from rashomon.linking import in_a_sentence, most_doubtful
from rashomon.model import Bond, Candidate, Claim, Event, Given, Hearing, PlaceResolution, Report, Silence, Voice

_BONDS = 8  # pairs that are shown; of more, those that a reader would doubt first
_ABREAST = 3  # voices that fit side by side in 80 columns


@dataclass(frozen=True, slots=True)
class Heard:
    """An event with all that is shown of it.

    Attributes:
        silences, not_known: who kept silent, or why nothing can be said of that.
        bonds: what holds its claims together.
        candidates: each event that could be the same one, with the pair of claims that speaks most for it.
    """

    event: Event
    claims: Sequence[Claim]
    reports: Mapping[str, Report]
    outlets: Outlets
    hearing: Hearing
    silences: Sequence[Silence] = ()
    not_known: str = ""
    bonds: Sequence[Bond] = ()
    candidates: Sequence[tuple[Event, Bond]] = ()

    def name(self, voice: str) -> str:
        """What a voice is called."""
        return next((each.name for each in self.hearing.voices if each.id == voice), voice)

    def outlet(self, outlet: str) -> str:
        """What an outlet is called."""
        known = self.outlets.get(outlet)
        return known.name if known is not None else outlet

    def names(self, voices: Iterable[str]) -> str:
        """What several voices are called."""
        return ", ".join(map(self.name, voices))


def drawn(heard: Heard) -> Iterator[RenderableType]:
    """Everything, from the head to the quotes."""
    yield event_head(heard)
    yield voices_table(heard)
    yield Text()
    if (views := views_table(heard)) is not None:
        yield views
        yield Text()
    yield accounts_table(heard)
    yield Text()
    for title, lines in (
        ("They contradict each other", _contradictions(heard)),
        ("Replaced by a later figure, no contradiction", _replaced(heard)),
        ("Loaded words", _labels(heard)),
        ("Silent", _silent(heard)),
        ("Taken for one event because", _together(heard)),
        ("Could be the same event, and is not put together", _could_be(heard)),
    ):
        found = list(lines)
        if found:
            yield Text(title, style="bold")
            yield from (Padding(line, (0, 0, 0, 2)) for line in found)
            yield Text()
    yield from quotes(heard)


def event_head(heard: Heard) -> RenderableType:
    """What, where, when, and how many stand behind it."""
    event = heard.event
    when = "days not known"
    if event.start is not None:
        when = str(event.start) if event.end in (None, event.start) else f"{event.start} to {event.end}"
    where = clean(_whereabouts(event.place)) if event.place is not None else "place not known"
    behind = f"{number_of(len(event.claims), 'claim')} in {number_of(event.reports, 'report')}: "
    behind += f"{number_of(event.outlets, 'outlet')}, {number_of(len(heard.hearing.voices), 'origin')}"
    lines = [
        Text(f"{event.type} · {where} · {when}", style="bold"),
        Text(behind),
        Text(f"event {event.id}", style="dim"),
    ]
    if event.aliases:
        lines.append(Text(f"formerly also {', '.join(event.aliases)}", style="dim"))
    return Group(*lines, Text())


def voices_table(heard: Heard) -> Table:
    """Who the origins are, and which outlets carry them."""
    shown = table("origin", "carried by")
    shown.padding = (0, 2, 0, 0)
    for voice in heard.hearing.voices:
        kind = described(voice)
        carriers = [
            "itself" if voice.id == f"outlet:{outlet}" or outlet == voice.name else heard.outlet(outlet)
            for outlet in voice.outlets
        ]
        name = Text.assemble(clean(voice.name), (f" ({kind})" if kind else "", "dim"))
        shown.add_row(name, Text(clean("; ".join(carriers) or "outlet unknown")))
    return shown


def views_table(heard: Heard) -> Table | None:
    """Whose view each outlet is known to give, and according to whom; None where it is known of none."""
    shown = table("outlet", "its view")
    shown.padding = (0, 2, 0, 0)
    for outlet in sorted({each for voice in heard.hearing.voices for each in voice.outlets}):
        if view := _view(heard.outlets, outlet):
            shown.add_row(Text(clean(heard.outlet(outlet))), Text(clean(view)))
    return shown if shown.row_count else None


def accounts_table(heard: Heard) -> Table:
    """For each field what each voice says: a column for each, or where they are many, who gives each value."""
    voices = heard.hearing.voices
    return _side_by_side(heard, voices) if len(voices) <= _ABREAST else _value_by_value(heard)


def _side_by_side(heard: Heard, voices: Sequence[Voice]) -> Table:
    rows = table("", *(clean(voice.name) for voice in voices))
    rows.padding = (0, 2, 0, 0)
    of = {voice.id: [claim for claim in heard.claims if claim.id in voice.claims] for voice in voices}
    for field in ("source", *FIELDS):
        cells = []
        for voice in voices:
            told = dict.fromkeys(value for claim in of[voice.id] for value in values(claim, field))
            cells.append(Text(clean("; ".join(told))))
        if any(cell.plain for cell in cells):
            rows.add_row(Text(TITLES.get(field, "says who"), style="dim"), *cells)
    return rows


def _value_by_value(heard: Heard) -> Table:
    rows = table("", "account", "given by")
    for field in heard.hearing.fields:
        title = TITLES.get(field.field, "says who")
        for value in field.values:
            everybody = len(value.voices) == len(heard.hearing.voices)
            by = "all" if everybody else heard.names(value.voices)
            rows.add_row(Text(title, style="dim"), Text(clean(value.value)), Text(clean(by)))
            title = ""
    return rows


# --- what they say of each other ------------------------------------------------------------------------------------


def _contradictions(heard: Heard) -> Iterator[Text]:
    for each in heard.hearing.contradictions:
        by = [_printed(given, heard) if is_printed(each) else heard.names(given.voices) for given in each.values]
        told = [f"{value_words(each, given.value)} ({who})" for given, who in zip(each.values, by, strict=True)]
        yield Text.assemble((clean(disputed(each)), "yellow"), clean(": " + " – ".join(told)))


def _replaced(heard: Heard) -> Iterator[Text]:
    for each in heard.hearing.replaced:
        earlier, later = (f"{given.value} ({heard.names(given.voices)})" for given in (each.earlier, each.later))
        yield Text(clean(f"{each.about}: {earlier}, then {later}: {each.why}"))


def _labels(heard: Heard) -> Iterator[Text]:
    for each in heard.hearing.namings:
        words = "; ".join(f"“{word.value}” in {_printed(word, heard)}" for word in each.words)
        plain = ", ".join(map(heard.outlet, each.plain))
        without = f"; named without one in {plain}" if plain else ""
        yield Text(clean(f"{each.whom or 'for nobody who is named'}: {words}{without}"))


def _printed(given: Given, heard: Heard) -> str:
    """The outlets that print a word, and whom they cite with it."""
    cited = [voice for voice in given.voices if voice not in {f"outlet:{outlet}" for outlet in given.outlets}]
    cited = [voice for voice in cited if heard.name(voice) not in given.outlets]
    outlets = ", ".join(map(heard.outlet, given.outlets)) or "a report of unknown outlet"
    return outlets + (f", citing {heard.names(cited)}" if cited else "")


def _silent(heard: Heard) -> Iterator[Text]:
    place = heard.event.place.adm1 if heard.event.place is not None else None
    for each in heard.silences:
        yield Text(clean(f"{heard.outlet(each.outlet)}: {silence_words(each, place or 'this governorate')}"))
    if heard.not_known:
        yield Text(f"not known, for {heard.not_known}", style="dim")


# --- why it is one event --------------------------------------------------------------------------------------------


def _together(heard: Heard) -> Iterator[Text]:
    said = {claim.id: claim for claim in heard.claims}
    weakest = most_doubtful(heard.bonds)
    for bond in weakest[:_BONDS]:
        pair = " + ".join(_in_short(said[name], heard) for name in bond.claims)
        yield Text.assemble((clean(pair), "dim"), clean(f": {in_a_sentence(bond)}"))
    if len(weakest) > _BONDS:
        yield Text(f"and {len(weakest) - _BONDS} more, none more doubtful than these", style="dim")


def _in_short(claim: Claim, heard: Heard) -> str:
    return f"{_outlet(claim, heard)} “{claim.trigger}” {claim.id}"


def _could_be(heard: Heard) -> Iterator[Text]:
    for event, bond in heard.candidates:
        yield Text.assemble((clean(f"{event.id}, {event_in_short(event)}: "), "dim"), clean(in_a_sentence(bond)))


def candidates_list(
    found: Sequence[Candidate],
    bonds: Sequence[Bond],
    events: Mapping[str, Event],
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
) -> Iterator[RenderableType]:
    """Pairs of events that could be one, with what speaks for it and the words of both."""
    for one, bond in zip(found, bonds, strict=True):
        for name, claim in zip(one.events, one.claims, strict=True):
            yield Text.assemble((f"{name} ", "bold"), clean(event_in_short(events[name])))
            report = reports.get(claims[claim].report)
            outlet = (report.outlet if report is not None else None) or "outlet unknown"
            day = (report.publication.day if report is not None else None) or "no date"
            told = f"({outlet}, {day}, claim {claim})"
            words = Text.assemble(f"“{clean(' '.join(claims[claim].quote.split()))}” ", (clean(told), "dim"))
            yield Padding(words, (0, 0, 0, 2))
        yield Padding(Text(clean(in_a_sentence(bond)), style="yellow"), (0, 0, 0, 2))
        yield Padding(Text(f"rashomon judge same {' '.join(one.events)}   or: different", style="dim"), (0, 0, 1, 2))


def event_in_short(event: Event) -> str:
    """What, where and when: 'air_strike, Douma, 2018-04-07'."""
    when = "days not known" if event.start is None else str(event.start)
    return f"{event.type}, {event.place.name if event.place is not None else 'place not known'}, {when}"


# --- their words ----------------------------------------------------------------------------------------------------


def quotes(heard: Heard) -> Iterator[RenderableType]:
    """What each outlet wrote, in its own words."""
    said: dict[str, dict[tuple[str, str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in sorted(heard.claims, key=lambda c: (c.report, c.span, c.id)):
        said[_outlet(claim, heard)][claim.report, claim.quote].append(claim)
    for outlet in sorted(said):
        yield Text(clean(outlet), style="bold")
        for (report, quote), same in said[outlet].items():
            found = heard.reports.get(report)
            day = found.publication.day if found is not None else None
            told = "; ".join(dict.fromkeys(speakers(claim) for claim in same if claim.source))
            tail = ", ".join(part for part in (told, str(day or "no date"), f"report {report}") if part)
            words = Text.assemble(f"“{clean(' '.join(quote.split()))}” ", (clean(f"({tail})"), "dim"))
            yield Padding(words, (0, 0, 0, 2))


def _whereabouts(place: PlaceResolution) -> str:
    if place.lat is None or place.lon is None or place.precision is None:
        return f"{place.name} (not located)"
    name = ", ".join(part for part in (place.name, wider(place)) if part)
    return f"{name} ({place.precision.value} {place.lat:.3f}, {place.lon:.3f})"


def _outlet(claim: Claim, heard: Heard) -> str:
    report = heard.reports.get(claim.report)
    if report is None or report.outlet is None:
        return f"report {claim.report}"
    return heard.outlet(report.outlet)


def _view(outlets: Outlets, outlet: str) -> str:
    """Whose view an outlet gives, and according to whom."""
    known = outlets.get(outlet)
    if known is None or not known.side:
        return ""
    sources = ", ".join(dict.fromkeys(map(_source, known.side_source)))
    return known.side + (f" (according to {sources})" if sources else "")


def _source(words: str) -> str:
    """What a statement on an outlet rests on, an address by its host."""
    return urlsplit(words).netloc.removeprefix("www.") if words.startswith(("https://", "http://")) else words
