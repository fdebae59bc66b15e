"""Plans and deals as blocks of text: what was said first, what was said later, each with the words that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.cli.console import clean, number_of, table
from rashomon.ledgers import Deals, Operations, Says
from rashomon.ledgers.deals import Deal
from rashomon.ledgers.deals import Stage as DealStage
from rashomon.ledgers.operations import Operation, Record, Stage

_FEW = 3  # claims of a stage that are shown where not all are asked for
_LONG = 200  # characters of a quote where not all of it is asked for
_ID = 8  # characters of an id, enough for `rashomon event` and `rashomon report`
_RECORDS = 12  # of those with most plans


# --- pieces that all ledgers use --------------------------------------------------------------------------------------


def days(start: dt.date | None, end: dt.date | None, *, dated: bool) -> Text:
    """A day or days; those on which something was said, where nobody says when it was, are dim with 'said'."""
    if start is None:
        return Text("not known", style="dim")
    text = str(start) if end in (None, start) else f"{start} to {end}"
    return Text(text) if dated else Text(f"said {text}", style="dim")


def short_id(name: str) -> str:
    """The beginning of an id, which is enough to ask for it."""
    return name[:_ID]


def short(words: str, *, whole: bool) -> str:
    """Words, cut where they are long and not all of them are asked for."""
    return words if whole or len(words) <= _LONG else words[:_LONG].rsplit(" ", 1)[0] + " …"


def quoted(claims: Sequence[Says], *, every: bool = True, indent: int = 4) -> Iterator[RenderableType]:
    """The words of claims, each with who printed them and when; words that several print stand once."""
    by_words: dict[str, list[Says]] = {}
    for one in claims:
        by_words.setdefault(one.quote, []).append(one)
    shown = list(by_words.items()) if every else list(by_words.items())[:_FEW]
    for words, printed in shown:
        tail = "; ".join(dict.fromkeys(_printed(one) for one in printed))
        line = Text.assemble(f"“{clean(short(words, whole=every))}” ", (clean(f"({tail})"), "dim"))
        yield Padding(line, (0, 0, 0, indent), expand=False)
    left = sum(len(printed) for _, printed in list(by_words.items())[len(shown) :])
    if left:
        yield Padding(
            Text(f"and {number_of(left, 'more claim')} (--quotes shows all)", style="dim"),
            (0, 0, 0, indent),
            expand=False,
        )


def _printed(one: Says) -> str:
    told = f"{one.outlet} from {one.source}" if one.source else one.outlet
    return ", ".join((str(one.said or "no date"), told, f"{one.type} {one.status.value}", f"report {one.report}"))


def _line(words: Text, indent: int = 2) -> RenderableType:
    return Padding(words, (0, 0, 0, indent), expand=False)


# --- operations -------------------------------------------------------------------------------------------------------


def operation_blocks(made: Operations, *, every: bool) -> Iterator[RenderableType]:
    """Each plan with its stages, then what became of the plans of each party and announcer."""
    yield Text(
        f"Reports at hand reach to {made.heard_until or 'an unknown day'}; what nobody reported on is not known to "
        "have failed. That a later claim is about a plan is a reading, with its reason.",
        style="dim",
    )
    for row in made.rows:
        yield Text()
        yield from _operation(row, every=every)
    if not made.rows:
        yield Text("No claim tells of a plan here.")
        return
    for of, title in (("doer", "plans of"), ("announcer", "plans told of by")):
        listed = [record for record in made.records if record.of == of]
        yield Text()
        yield _records(listed if every else listed[:_RECORDS], title)
        if not every and len(listed) > _RECORDS:
            yield Text(f"and {len(listed) - _RECORDS} more (--quotes shows all)", style="dim")


def _operation(row: Operation, *, every: bool) -> Iterator[RenderableType]:
    told = str(row.announced) if row.announced is not None else "day not known"
    if row.last_announced not in (None, row.announced):
        told += f" to {row.last_announced}"
    kind = f"{'expected' if row.expected else 'planned'} {', '.join(row.types)}"
    yield Text(clean(f"{told} · {kind} · {row.place or 'place not said'} · {row.fate.value}"), style="bold")
    facts = [
        f"by {', '.join(row.doers)}" if row.doers else "by nobody named",
        f"told of by {', '.join(row.announcers)}",
    ]
    facts += [f"for {row.planned_for[0]} to {row.planned_for[1]}"] if row.planned_for is not None else []
    yield _line(Text(clean("; ".join(facts))))
    yield from quoted(row.plan, every=every)
    for stage in row.stages:
        yield from _stage(stage, every=every)
    end = row.note or f"reports tell of the place until {row.heard_until or 'an unknown day'}"
    yield _line(Text(clean(end), style="dim"))


def _stage(stage: Stage, *, every: bool) -> Iterator[RenderableType]:
    after = f", {number_of(stage.days_after, 'day')} later" if stage.days_after is not None else ""
    line = Text(f"{stage.fate.value} {stage.day}{after}: ")
    line.append(clean(f"{stage.why} ({number_of(len(stage.claims), 'claim')})"), style="dim")
    yield _line(line)
    yield from quoted(stage.claims, every=every)


def _records(records: Sequence[Record], title: str) -> Table:
    columns = ("plans", "begun", "done", "halted", "nothing heard", "share begun")
    rows = table(title, *columns, numbers=columns)
    for record in records:
        counts = (record.plans, record.begun, record.done, record.halted, record.nothing_heard)
        rows.add_row(Text(clean(record.name)), *map(str, counts), f"{record.came_about:.2f}")
    return rows


# --- deals ------------------------------------------------------------------------------------------------------------


def deal_blocks(made: Deals, *, every: bool) -> Iterator[RenderableType]:
    """Each deal with its stages, terms and deadlines."""
    yield Text(
        f"Reports at hand reach to {made.heard_until or 'an unknown day'}. "
        "A truce counts as broken only where a claim says so.",
        style="dim",
    )
    for row in made.rows:
        yield Text()
        yield from _deal(row, every=every)
    if not made.rows:
        yield Text("No claim tells of a deal here.")


def _deal(row: Deal, *, every: bool) -> Iterator[RenderableType]:
    when = days(row.start, row.end, dated=True).plain
    yield Text(clean(f"{when} · {'; '.join(row.places) or 'place not said'}"), style="bold")
    yield _line(Text(clean(f"between {', '.join(row.parties) or 'nobody named'}")))
    yield _line(Text(clean("; ".join(row.reached))))
    for stage in row.stages:
        yield from _deal_stage(stage, every=every)
    shown = {one.claim for stage in row.stages for one in stage.claims}
    for term in row.terms:
        by = f", by {term.by}" if term.by is not None else ""
        title = f"{'agreed' if term.agreed else 'proposed'} term: {term.type}{by}"
        yield _line(Text(clean(title)))
        if not {one.claim for one in term.claims} <= shown:
            yield from quoted(term.claims, every=every)
    for deadline in row.deadlines:
        words = f"day set: {deadline.day} (“{deadline.words}”, {deadline.claim.type}, report {deadline.claim.report})"
        yield _line(Text(clean(words)))
    end = f"reports tell of the place until {row.heard_until}" if row.heard_until is not None else ""
    if end:
        yield _line(Text(end, style="dim"))


def _deal_stage(stage: DealStage, *, every: bool) -> Iterator[RenderableType]:
    statuses = "/".join(status.value for status in stage.statuses)
    when = days(stage.start, stage.end, dated=stage.dated).plain
    place = f" · {stage.place}" if stage.place else ""
    line = Text(clean(f"{when} {stage.step.value} {statuses}{place}"))
    line.append(clean(f"  event {short_id(stage.event)}"), style="dim")
    yield _line(line)
    yield from quoted(stage.claims, every=every)
