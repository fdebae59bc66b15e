"""Reports and events as text with marks: colours on a terminal, brackets and numbers anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.cli.console import clean, table
from rashomon.export.whereabouts import wider
from rashomon.knowledge.outlets import Outlet, Outlets
from rashomon.linking import in_words
from rashomon.model import Claim, Event, Label, Participant, Place, PlaceResolution, Report, Time

_SIDES = 3  # outlets that fit side by side in 80 columns
_FIELDS = ("type", "status", "actors", "targets", "places", "time", "quantities", "weapons", "labels")
_TITLES = {
    "type": "what",
    "status": "status",
    "actors": "who",
    "targets": "whom",
    "places": "where",
    "time": "when",
    "quantities": "how many",
    "weapons": "with",
    "labels": "its words",
}


# --- a report -------------------------------------------------------------------------------------------------------


def report_head(report: Report) -> RenderableType:
    """Title, outlet, day of publication with what it rests on."""
    published = report.publication
    day = published.day.isoformat() if published.day is not None else "day of publication unknown"
    facts = [report.outlet or "outlet unknown", f"{day} ({published.evidence.value})", f"{report.words} words"]
    lines = [Text(clean(report.title), style="bold")] if report.title else []
    lines.append(Text(clean(" · ".join(facts))))
    lines.append(Text(f"report {report.id}", style="dim"))
    lines += [Text(clean(published.note), style="dim")] if published.note else []
    return Group(*lines, Text())


def marked_text(report: Report, claims: Sequence[Claim], *, plain: bool) -> Text:
    """The text as it came: triggers numbered, quotes underlined, page furniture dim or in angle brackets."""
    text = report.text
    marks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims, start=1):
        if claim.trigger_span.of(text) == claim.trigger:
            marks[claim.trigger_span.start, claim.trigger_span.end].append(number)
    cuts = {0, len(text)}
    spans = [piece.span for piece in report.furniture] + [claim.span for claim in claims]
    for start, end in [*((span.start, span.end) for span in spans), *marks]:
        cuts |= {min(start, len(text)), min(end, len(text))}
    out = Text()
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        furniture = any(piece.span.start <= start < piece.span.end for piece in report.furniture)
        quoted = any(claim.span.start <= start < claim.span.end for claim in claims)
        trigger = any(first <= start < last for first, last in marks)
        opening = "".join("[" for first, _ in marks if first == start) if plain else ""
        opening += "⟨" if plain and any(piece.span.start == start for piece in report.furniture) else ""
        closing = "⟩" if plain and any(piece.span.end == end for piece in report.furniture) else ""
        style = "dim" if furniture else "bold cyan" if trigger else "underline" if quoted else ""
        out.append(opening + clean(text[start:end]) + closing, style=style)
        for (first, last), numbers in sorted(marks.items()):
            if last == end and first < end:
                out.append(("]" if plain else "") + f"[{','.join(map(str, numbers))}]", style="cyan")
    return out


def claims_list(claims: Sequence[Claim]) -> RenderableType:
    """The claims of a report by number."""
    if not claims:
        return Text("No claims.")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, claim in enumerate(claims, start=1):
        grid.add_row(Text(f"[{number}]", style="cyan"), _claim_line(claim))
    return grid


def _claim_line(claim: Claim) -> Text:
    line = Text.assemble((claim.type, "bold"), f" {claim.status.value}: ")
    who = ", ".join(_values(claim, "actors"))
    whom = ", ".join(_values(claim, "targets"))
    parts = [f"{who or 'nobody named'} → {whom}" if whom else who]
    parts += [", ".join(_values(claim, field)) for field in _FIELDS[4:]]
    line.append(clean("; ".join(part for part in parts if part) or claim.trigger))
    if claim.source:
        line.append(clean(f"; says {_speakers(claim)}"))
    line.append(f"  {claim.id}", style="dim")
    return line


# --- an event -------------------------------------------------------------------------------------------------------


def event_head(event: Event) -> RenderableType:
    """What, where, when, and how many stand behind it."""
    when = "days not known"
    if event.start is not None:
        when = str(event.start) if event.end in (None, event.start) else f"{event.start} to {event.end}"
    where = clean(_whereabouts(event.place)) if event.place is not None else "place not known"
    behind = f"{_count(len(event.claims), 'claim')} in {_count(event.reports, 'report')}: "
    behind += f"{_count(event.outlets, 'outlet')}, {_count(event.origins, 'origin')}"
    lines = [
        Text(f"{event.type} · {where} · {when}", style="bold"),
        Text(behind),
        Text(f"event {event.id}", style="dim"),
    ]
    if event.aliases:
        lines.append(Text(f"formerly also {', '.join(event.aliases)}", style="dim"))
    return Group(*lines, Text())


def accounts_table(event: Event, claims: Sequence[Claim], reports: Mapping[str, Report], outlets: Outlets) -> Table:
    """For each field what each outlet says: a column for each outlet, or where they are many, who gives each value."""
    by_outlet: dict[str, list[Claim]] = defaultdict(list)
    known: dict[str, Outlet | None] = {}
    for claim in claims:
        name = _outlet(claim, reports, outlets)
        by_outlet[name].append(claim)
        known[name] = _known(claim, reports, outlets)
    if len(by_outlet) <= _SIDES:
        return _side_by_side(by_outlet, known)
    return _value_by_value(event, claims, reports, outlets)


def _side_by_side(by_outlet: Mapping[str, Sequence[Claim]], known: Mapping[str, Outlet | None]) -> Table:
    rows = table("", *map(clean, sorted(by_outlet)))
    rows.padding = (0, 2, 0, 0)
    views = [outlet.side if outlet else "" for _, outlet in sorted(known.items())]
    bases = [", ".join(map(_source, outlet.side_source)) if outlet else "" for _, outlet in sorted(known.items())]
    for title, told in (("its view", views), ("according to", bases)):
        if any(told):
            rows.add_row(Text(title, style="dim"), *(Text(clean(one)) for one in told))
    for field in ("source", *_FIELDS):
        cells = []
        for outlet in sorted(by_outlet):
            values = dict.fromkeys(value for claim in by_outlet[outlet] for value in _values(claim, field))
            cells.append(Text(clean("; ".join(values))))
        if any(cell.plain for cell in cells):
            rows.add_row(Text(_TITLES.get(field, "says who"), style="dim"), *cells)
    return rows


def _value_by_value(event: Event, claims: Sequence[Claim], reports: Mapping[str, Report], outlets: Outlets) -> Table:
    outlet_of = {claim.id: _outlet(claim, reports, outlets) for claim in claims}
    rows = table("", "account", "given by")
    before = ""
    for account in event.accounts:
        title = _TITLES.get(account.field, "says who")
        given_by = sorted({outlet_of[claim] for claim in account.claims if claim in outlet_of})
        head = Text("" if title == before else title, style="dim")
        rows.add_row(head, Text(clean(account.value)), Text(clean("; ".join(given_by))))
        before = title
    return rows


def quotes(claims: Sequence[Claim], reports: Mapping[str, Report], outlets: Outlets) -> Iterator[RenderableType]:
    """What each outlet wrote, in its own words."""
    said: dict[str, dict[tuple[str, str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in sorted(claims, key=lambda c: (c.report, c.span, c.id)):
        said[_outlet(claim, reports, outlets)][claim.report, claim.quote].append(claim)
    for outlet in sorted(said):
        yield Text(clean(outlet), style="bold")
        for (report, quote), same in said[outlet].items():
            found = reports.get(report)
            day = found.publication.day if found is not None else None
            speakers = "; ".join(dict.fromkeys(_speakers(claim) for claim in same if claim.source))
            tail = ", ".join(part for part in (speakers, str(day or "no date"), f"report {report}") if part)
            words = Text.assemble(f"“{clean(' '.join(quote.split()))}” ", (clean(f"({tail})"), "dim"))
            yield Padding(words, (0, 0, 0, 2))


# --- words ----------------------------------------------------------------------------------------------------------


def _values(claim: Claim, field: str) -> list[str]:
    match field:
        case "type":
            return [claim.type]
        case "status":
            return [claim.status.value]
        case "source":
            return [_speakers(claim)] if claim.source else []
        case "actors":
            return [_name(participant) for participant in claim.actors]
        case "targets":
            return [_name(participant) for participant in claim.targets]
        case "places":
            return [_place(place) for place in claim.places]
        case "time":
            return [_days(claim.time)] if claim.time is not None else []
        case "quantities":
            return [in_words(quantity) for quantity in claim.quantities]
        case "weapons":
            return list(claim.weapons)
        case _:
            return [_label(label) for label in claim.labels]


def _label(label: Label) -> str:
    return f"“{label.text}”" + (f" for {label.resolution.name}" if label.resolution is not None else "")


def _speakers(claim: Claim) -> str:
    return ", to ".join(source.mention.text for source in claim.source)


def _name(participant: Participant) -> str:
    return participant.resolution.name if participant.resolution is not None else participant.mention.text


def _place(place: Place) -> str:
    resolution = place.resolution
    name = resolution.name if resolution is not None else place.mention.text
    located = "" if resolution is not None and resolution.lat is not None else " (not located)"
    return ("" if place.role.value == "at" else f"{place.role.value} ") + name + located


def _days(time: Time) -> str:
    days = time.resolution
    if days is None or days.start is None:
        return f"“{time.mention.text}” (day not known)"
    return str(days.start) if days.end in (None, days.start) else f"{days.start} to {days.end}"


def _whereabouts(place: PlaceResolution) -> str:
    if place.lat is None or place.lon is None or place.precision is None:
        return f"{place.name} (not located)"
    name = ", ".join(part for part in (place.name, wider(place)) if part)
    return f"{name} ({place.precision.value} {place.lat:.3f}, {place.lon:.3f})"


def _outlet(claim: Claim, reports: Mapping[str, Report], outlets: Outlets) -> str:
    report = reports.get(claim.report)
    if report is None or report.outlet is None:
        return f"report {claim.report}"
    known = outlets.by_id.get(report.outlet)
    return known.name if known is not None else report.outlet


def _known(claim: Claim, reports: Mapping[str, Report], outlets: Outlets) -> Outlet | None:
    """The outlet that a claim stands in, where it is a known one."""
    report = reports.get(claim.report)
    return outlets.get(report.outlet) if report is not None else None


def _source(words: str) -> str:
    """What a statement on an outlet rests on, an address by its host."""
    return urlsplit(words).netloc.removeprefix("www.") if words.startswith(("https://", "http://")) else words


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
