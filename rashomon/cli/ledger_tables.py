"""Ledgers as text: tables, and blocks with the words of claims, that stay readable at 80 columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rashomon.cli.console import clean, number_of, table
from rashomon.cli.ledger_blocks import days, deal_blocks, operation_blocks, quoted, short_id
from rashomon.ledgers import Area, Casualties, Control, Deals, Displacement, Ledger, Operations, Says
from rashomon.ledgers.casualties import Given, Group
from rashomon.ledgers.casualties import Row as CasualtyRow
from rashomon.ledgers.control import Stretch
from rashomon.ledgers.counting import SIDE, Total
from rashomon.ledgers.displacement import Row as Movement
from rashomon.model import Event, Measure, Profile

_FEW = 3  # of those who say the same
_MEASURES = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING)


def head(
    name: str,
    area: Area | None,
    between: tuple[dt.date | None, dt.date | None],
    on: dt.date | None,
    as_of: dt.date | None,
    profile: Profile = Profile.INTERNAL,
) -> RenderableType:
    """What is shown: which ledger, of where and when, and for whom where anything is left out."""
    parts = [name]
    parts += [area.reads] if area is not None else []
    parts += [f"from {between[0]}"] if between[0] is not None else []
    parts += [f"to {between[1]}"] if between[1] is not None else []
    parts += [f"on {on}"] if on is not None else []
    parts += [f"as known on {as_of}"] if as_of is not None else []
    parts += [f"profile {profile.value}"] if profile is not Profile.INTERNAL else []
    return Text(clean(" · ".join(parts)), style="bold")


def pieces(made: Ledger, *, quotes: bool) -> Iterator[RenderableType]:
    """A ledger, piece by piece. What it says is what claims say."""
    match made:
        case Casualties():
            yield from _casualties(made, quotes=quotes)
        case Control():
            yield from _control(made, quotes=quotes)
        case Operations():
            yield from operation_blocks(made, every=quotes)
        case Deals():
            yield from deal_blocks(made, every=quotes)
        case Displacement():
            yield from _displacement(made, quotes=quotes)


# --- casualties -------------------------------------------------------------------------------------------------------


def _casualties(made: Casualties, *, quotes: bool) -> Iterator[RenderableType]:
    yield Text()
    if made.totals:
        yield _totals("sum of events, by rule", made.totals)
        for rule, about in made.rules:
            if not rule.startswith(SIDE):
                yield Text(clean(f"{rule}: {about}"), style="dim")
        if any(rule.startswith(SIDE) for rule, _ in made.rules):
            yield Text(f"{SIDE}...: what those say whose word counts under that side", style="dim")
        yield Text()
    if made.groups:
        yield _groups(made.groups)
        yield Text("An event on which claims differ stands under each value with the claims that give it.", style="dim")
        yield Text()
    yield Text(f"{number_of(len(made.rows), 'row')}, one for each event and measure", style="bold")
    yield from _listed(made.rows, quotes=quotes)
    if made.given:
        yield Text()
        yield Text("Totals that reports give, in no sum; beside each the sum of events told of", style="bold")
        yield _given(made.given)
        for given in made.given if quotes else ():
            yield from quoted(given.claims)
    if made.uncounted:
        yield Text()
        yield Text("Counted nowhere: only planned, feared or denied", style="bold")
        yield from _listed(made.uncounted, quotes=quotes)


def _totals(title: str, totals: Sequence[Total]) -> Table:
    measures = [measure for measure in _MEASURES if any(total.measure is measure for total in totals)]
    rows = table(title, *(measure.value for measure in measures))
    for rule in dict.fromkeys(total.rule for total in totals):
        found = {total.measure: total for total in totals if total.rule == rule}
        rows.add_row(Text(clean(rule)), *(_total(found.get(measure)) for measure in measures))
    return rows


def _total(total: Total | None) -> Text:
    if total is None:
        return Text("not counted", style="dim")
    line = Text(_sum(total))
    line.append(f" in {number_of(total.events, 'event')}", style="dim")
    if total.left_out:
        line.append(f", {total.left_out} left out", style="dim")
    return line


def _sum(total: Total) -> str:
    if total.maximum is None:
        return f"{total.minimum}+"
    return str(total.minimum) if total.minimum == total.maximum else f"{total.minimum}-{total.maximum}"


def _groups(groups: Sequence[Group]) -> Table:
    rules = list(dict.fromkeys(total.rule for group in groups for total in group.totals))
    rows = table(groups[0].by, "", "rule", "count")
    for group in groups:
        before = ""
        for total in group.totals:
            if total.rule not in rules[:1] and not total.events:
                continue
            value = "" if before == group.value else group.value
            rows.add_row(
                Text(clean(value)), Text(total.measure.value, style="dim"), Text(clean(total.rule)), _total(total)
            )
            before = group.value
    return rows


def _listed(rows: Sequence[CasualtyRow], *, quotes: bool) -> Iterator[RenderableType]:
    if not quotes:
        yield _casualty_table(rows)
        return
    for row in rows:
        yield _casualty_table([row])
        yield from quoted(row.claims)


def _casualty_table(rows: Sequence[CasualtyRow]) -> Table:
    made = table("day", "place", "told", "of whom", "laid to", "event")
    for row in rows:
        told = Text(f"{row.measure.value} {_told(row)}")
        told.append(f" ({number_of(row.origins, 'origin')})" if row.origins else "", style="dim")
        if row.denied_by:
            told.append(clean(f"; denied by {', '.join(row.denied_by)}"))
        made.add_row(
            days(row.start, row.end, dated=row.dated),
            Text(clean(row.place or "not known")),
            told,
            Text(clean("; ".join(row.victims))),
            Text(clean("; ".join(row.culprits) or "nobody named")),
            Text(short_id(row.event), style="dim"),
        )
    return made


def _told(row: CasualtyRow) -> str:
    """The range of all figures; where it is open at both ends, the figures themselves."""
    if row.told is None:
        return "not counted"
    both_open = row.told.minimum is None and row.told.maximum is None
    return " / ".join(map(str, row.figures)) if both_open else str(row.told)


def _given(rows: Sequence[Given]) -> Table:
    made = table("said on", "total", "about", "events", "said by")
    for row in rows:
        said = row.claims[0].said
        about = Text(clean("; ".join(part for part in (row.place, ", ".join(row.victims), row.why) if part)))
        summed = Text(_sum(row.summed) if row.summed.events else "none")
        summed.append(clean(f" in {row.summed.events} {row.compared}"), style="dim")
        by = "; ".join(dict.fromkeys(one.source or one.outlet for one in row.claims))
        told = Text(f"{row.measure.value} {row.told}")
        told.append(f" ({number_of(row.origins, 'origin')})", style="dim")
        made.add_row(str(said or "not known"), told, about, summed, Text(clean(by)))
    return made


# --- control ----------------------------------------------------------------------------------------------------------


def _control(made: Control, *, quotes: bool) -> Iterator[RenderableType]:
    yield Text(
        "Nobody is taken to hold a place for longer than somebody says so: 'last said' is the last such day.",
        style="dim",
    )
    yield Text()
    rows = table("place", "said to be", "from", "last said", "otherwise", "said by")
    for row in made.rows:
        rows.add_row(*_stretch(row))
        if quotes:
            yield rows
            yield from quoted((*row.claims, *row.denials, *row.ends))
            rows = table("place", "said to be", "from", "last said", "otherwise", "said by")
    if rows.row_count:
        yield rows
    if not made.rows:
        yield Text("No claim says who holds what here.")
    if made.undated:
        yield Text()
        yield Text(f"{number_of(len(made.undated), 'claim')} of unknown day", style="bold")
        yield from quoted(made.undated)


def _stretch(row: Stretch) -> tuple[RenderableType, ...]:
    state = f"{row.state.value} by {row.holder}" if row.state.value != "contested" else f"contested: {row.holder}"
    state += f" against {', '.join(row.against)}" if row.against else ""
    otherwise = f"{row.until}: {row.until_says}" if row.until is not None else ""
    outlets = _sayers(row.claims) + (f"; denied by {_sayers(row.denials)}" if row.denials else "")
    return (
        Text(clean(row.where)),
        Text(clean(state)),
        days(row.first, row.first, dated=row.dated),
        Text(str(row.last or "")),
        Text(clean(otherwise)),
        Text(clean(outlets)),
    )


def _sayers(claims: Sequence[Says]) -> str:
    """Who says so, the first few of them."""
    names = list(dict.fromkeys(one.source or one.outlet for one in claims))
    more = f"; {len(names) - _FEW} more" if len(names) > _FEW else ""
    return "; ".join(names[:_FEW]) + more


# --- displacement -----------------------------------------------------------------------------------------------------


def _displacement(made: Displacement, *, quotes: bool) -> Iterator[RenderableType]:
    yield Text()
    yield from _movements(made.rows, quotes=quotes)
    if made.given:
        yield Text()
        yield Text("Totals that reports give, in no sum", style="bold")
        yield from _movements(made.given, quotes=quotes)


def _movements(rows: Sequence[Movement], *, quotes: bool) -> Iterator[RenderableType]:
    columns = ("day", "who", "from, to", "how many, counted by", "event")
    made = table(*columns)
    for row in rows:
        made.add_row(*_movement(row))
        if quotes:
            yield made
            yield from quoted(row.claims)
            made = table(*columns)
    if made.row_count:
        yield made
    if not rows:
        yield Text("No claim says so here.")


def _movement(row: Movement) -> tuple[RenderableType, ...]:
    way = [f"from {', '.join(row.origin)}"] if row.origin else []
    way += [f"to {', '.join(row.destination)}"] if row.destination else []
    way += [f"at {', '.join(row.at)}"] if row.at else []
    way += [row.why] if row.why else []
    many = [f"{count.told} ({', '.join(part for part in (count.of, count.by) if part)})" for count in row.counts]
    kind = Text(clean(", ".join(row.people) or "people"))
    kind.append(clean(f" {row.type} {'/'.join(status.value for status in row.statuses)}"), style="dim")
    return (
        days(row.start, row.end, dated=row.dated),
        kind,
        Text(clean("; ".join(way) or "not said")),
        Text(clean("; ".join(dict.fromkeys(many)) or "not said")),
        Text(short_id(row.event), style="dim"),
    )


# --- what was known ---------------------------------------------------------------------------------------------------


def known_head(
    as_of: dt.date, reports: int, later: int, claims: int, events: int, profile: Profile = Profile.INTERNAL
) -> RenderableType:
    """How much was known on a day, and for whom it is shown where anything is left out."""
    line = Text(f"As known on {as_of}: ", style="bold")
    line.append(
        f"{number_of(reports, 'report')}, {number_of(claims, 'claim')}, {number_of(events, 'event')}. ", style=""
    )
    line.append(f"{number_of(later, 'report')} came out later.\n", style="dim")
    return line if profile is Profile.INTERNAL else line.append(f"Profile {profile.value}.\n")


def events_table(events: Sequence[Event], dated: int) -> RenderableType:
    """The latest events of those `dated`, of which so many there are."""
    made = table(
        "day", "what", "place", "claims", "origins", "event", title=f"the latest {len(events)} of {dated} with a day"
    )
    for event in events:
        made.add_row(
            days(event.start, event.end, dated=True),
            Text(event.type),
            Text(clean(event.place.name if event.place is not None else "not known")),
            str(len(event.claims)),
            str(event.origins),
            Text(short_id(event.id), style="dim"),
        )
    return made
