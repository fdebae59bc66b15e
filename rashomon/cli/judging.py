"""`rashomon judge`: what people decide about claims and events."""

from __future__ import annotations

import getpass
import shlex
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.console import number_of, out, print_json, progress_bar, read_lines, say, warn
from rashomon.cli.ids import whole_id
from rashomon.cli.options import AsJson, StorePath, settings_of
from rashomon.cli.running import Watcher
from rashomon.errors import InputError, RashomonError

if TYPE_CHECKING:
    from rashomon.model import Judgement
    from rashomon.pipeline.deciding import Decided
    from rashomon.pipeline.judging import Subjects

app = typer.Typer(no_args_is_help=True, help="What people decide: claims that are one event, or two, or misread.")

_SHOWN = 5  # judgements that are told one by one

By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides. Not given: your login name.", show_default=False),
]
NoLink = Annotated[
    bool, typer.Option("--no-link", help="Only keep it; `rashomon rebuild` or the next judgement links.")
]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or its beginning.")]
Either = Annotated[str, typer.Argument(metavar="ID", help="A claim or an event: its id, or the beginning.")]


@app.callback()
def _decisions() -> None:
    """What people decide."""


@app.command()
def same(
    ctx: typer.Context, a: Either, b: Either, by: By = None, store: StorePath = None, no_link: NoLink = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Two claims, two events, or a claim and an event are about one thing: put them together.

    Of an event all claims are tied, each by a judgement of its own.
    """

    def drafts(known: Subjects) -> list[Judgement]:
        return known.same(_either(a, known), _either(b, known))

    _decide(ctx, drafts, by, store, no_link=no_link, as_json=as_json)


@app.command()
def different(
    ctx: typer.Context, a: Either, b: Either, by: By = None, store: StorePath = None, no_link: NoLink = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Two claims are about two things, or a claim is not about an event: keep them apart."""

    def drafts(known: Subjects) -> list[Judgement]:
        return known.different(_either(a, known), _either(b, known))

    _decide(ctx, drafts, by, store, no_link=no_link, as_json=as_json)


@app.command()
def reject(
    ctx: typer.Context, claim: ClaimId, by: By = None, store: StorePath = None, no_link: NoLink = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """A claim is not in its report: leave it out everywhere."""

    def drafts(known: Subjects) -> list[Judgement]:
        from rashomon.model import Judgement, JudgementKind

        return [Judgement("", JudgementKind.REJECT, whole_id(claim, known.claims, "claim"))]

    _decide(ctx, drafts, by, store, no_link=no_link, as_json=as_json)


@app.command()
def correct(
    ctx: typer.Context,
    claim: ClaimId,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field of the codebook.")],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="What it is, as JSON in the codebook's form; the plain words for type, status, quote and trigger.",
        ),
    ],
    by: By = None, store: StorePath = None, no_link: NoLink = False, as_json: AsJson = False,
) -> None:  # fmt: skip
    """A field of a claim is otherwise than its coder read it."""

    def drafts(known: Subjects) -> list[Judgement]:
        from rashomon.pipeline.judging import correction

        return [correction(whole_id(claim, known.claims, "claim"), field, value)]

    _decide(ctx, drafts, by, store, no_link=no_link, as_json=as_json)


@app.command()
def withdraw(
    ctx: typer.Context,
    judgements: Annotated[list[str], typer.Argument(metavar="JUDGEMENT...", help="Their ids, or the beginnings.")],
    by: By = None, store: StorePath = None, no_link: NoLink = False, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Judgements no longer hold; withdrawing a withdrawal puts one back."""

    def drafts(known: Subjects) -> list[Judgement]:
        from rashomon.model import Judgement, JudgementKind

        ids = [one.id for one in known.judgements]
        wanted = dict.fromkeys(whole_id(one, ids, "judgement") for one in judgements)
        return [Judgement("", JudgementKind.WITHDRAW, one) for one in wanted]

    _decide(ctx, drafts, by, store, no_link=no_link, as_json=as_json)


@app.command("list")
def list_(ctx: typer.Context, store: StorePath = None, as_json: AsJson = False) -> None:
    """Show all judgements, in the order in which they were made, and whether they hold."""
    from rashomon import wire
    from rashomon.cli.decisions import judgements_table
    from rashomon.pipeline.judging import standings
    from rashomon.store import ClaimFilter, Store

    settings = settings_of(ctx, store=store)
    with Store.open(settings.store) as opened:
        every = opened.view.judgements()
        about = {name for one in every for name in (one.subject, one.other) if name is not None}
        claims = {claim.id: claim for claim in opened.view.claims(ClaimFilter(ids=about, as_coded=True))}
        loose = opened.view.decided(settings.coder_name).loose
    for line in loose:
        warn(line)
    stand = standings(every)
    if as_json:
        print_json([wire.judgement_to_json(one) | {"standing": stand[one.id].value} for one in every])
    elif every:
        out().print(judgements_table(every, stand, claims))
    else:
        say("Nobody has decided anything in this store")


@app.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help="JSON lines, or what `judge list --json` wrote; - is standard input."),
    ],
    by: By = None, store: StorePath = None, no_link: NoLink = False, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Keep judgements from a file; the same again is not kept twice.

    id, by and made may be missing. What cannot be used is left out, each with a warning.
    """
    from rashomon import wire

    where = "standard input" if path == "-" else path
    numbers: dict[int, int] = {}
    drafts: list[Judgement] = []
    for line in wire.read_judgements(read_lines(path), where):
        if line.judgement is None:
            warn(str(line.error))
        else:
            numbers[len(drafts)] = line.number
            drafts.append(line.judgement)
    if not drafts:
        raise InputError("no judgements", where=where, remedy="Give one a line as JSON; see docs/command-line.md")

    def refused(number: int, error: RashomonError) -> None:
        warn(f"{where}:{numbers[number]}: {error}")

    _decide(ctx, lambda _: drafts, by, store, no_link=no_link, as_json=as_json, refused=refused)


# --- what they share ------------------------------------------------------------------------------------------------


def _either(wanted: str, known: Subjects) -> str:
    return whole_id(wanted, [*known.claims, *known.events], "claim or event")


def login_name() -> str:
    """Who is logged in.

    Raises:
        InputError: the system does not say.
    """
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:
        raise InputError("nothing says who you are", remedy="Give --by NAME") from error


def _checked(name: str) -> str:
    from rashomon import wire

    try:
        return wire.check_name(name)
    except ValueError as error:
        raise InputError(str(error), remedy="Give --by NAME") from error


def _decide(
    ctx: typer.Context,
    drafts: Callable[[Subjects], list[Judgement]],
    by: str | None,
    store: str | None,
    *,
    no_link: bool,
    as_json: bool,
    refused: Callable[[int, RashomonError], None] | None = None,
) -> None:
    """Keeps judgements, links again, and says what came of it."""
    from rashomon.pipeline.deciding import decide
    from rashomon.pipeline.judging import Subjects, undoing
    from rashomon.store import Store

    settings = settings_of(ctx, store=store)
    name = _checked(by or login_name())
    with Store.open(settings.store) as opened:
        made = drafts(Subjects.of(opened.view, settings.coder_name))
        with progress_bar() as bar:
            watcher = Watcher(bar)
            found = decide(opened, settings, made, name, link=not no_link, refused=refused, progress=watcher)
            watcher.finish()
    if as_json:
        print_json(_as_json(found))
        return
    for line in _told(found):
        out().print(line, soft_wrap=True, markup=False)
    if back := undoing(found.kept.new):
        undo = ["rashomon", "judge", "withdraw", *(one.id for one in back)]
        undo += ["--store", store] if store is not None else []
        say(f"To undo it: {shlex.join(undo)}")


def _told(found: Decided) -> Iterator[str]:
    """What was kept and what came of it, line by line."""
    from rashomon.cli.decisions import came_of, decision

    new = found.kept.new
    for one in new[:_SHOWN]:
        yield f"Kept as {one.id}, by {one.by}: {decision(one)}."
    if len(new) > _SHOWN:
        yield f"... and {number_of(len(new) - _SHOWN, 'more judgement')} kept."
    if found.kept.known:
        yield f"{number_of(found.kept.known, 'judgement')} kept before."
    if found.came is not None:
        yield from (f"{line}." for line in came_of(found.came))
    elif new:
        yield "Events are as they were: `rashomon rebuild`, or the next judgement, links them again."
    if not new:
        yield "Nothing new: events are as they were."


def _as_json(found: Decided) -> dict[str, object]:
    from rashomon import wire

    came = found.came
    row: dict[str, object] = {
        "judgements": [wire.judgement_to_json(one) for one in found.kept.new],
        "known": found.kept.known,
        "linked": came is not None,
    }
    if came is None:
        return row
    return row | {
        "claims": {claim: came.event_of.get(claim) for claim in came.claims},
        "changes": [
            {"before": [e.id for e in change.before], "after": [e.id for e in change.after]} for change in came.changes
        ],
        "other_events_changed": came.others,
        "cannot_hold": [
            {"judgement": unmet.judgement.id, "against": [one.id for one in unmet.against]} for unmet in came.unmet
        ],
    }
