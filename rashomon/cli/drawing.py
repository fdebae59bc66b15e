"""Reports as text with marks, and claims in words: colours on a terminal, brackets and numbers anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rashomon.cli.console import clean
from rashomon.linking import in_words
from rashomon.model import Claim, Label, Participant, Place, Report, Time

FIELDS = ("type", "status", "actors", "targets", "places", "time", "quantities", "weapons", "labels")
TITLES = {
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
    who = ", ".join(values(claim, "actors"))
    whom = ", ".join(values(claim, "targets"))
    parts = [f"{who or 'nobody named'} → {whom}" if whom else who]
    parts += [", ".join(values(claim, field)) for field in FIELDS[4:]]
    line.append(clean("; ".join(part for part in parts if part) or claim.trigger))
    if claim.source:
        line.append(clean(f"; says {speakers(claim)}"))
    line.append(f"  {claim.id}", style="dim")
    return line


# --- words ----------------------------------------------------------------------------------------------------------


def values(claim: Claim, field: str) -> list[str]:
    """What a claim gives for a field of the codebook, in words."""
    match field:
        case "type":
            return [claim.type]
        case "status":
            return [claim.status.value]
        case "source":
            return [speakers(claim)] if claim.source else []
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


def speakers(claim: Claim) -> str:
    """Who says so, nearest speaker first."""
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
