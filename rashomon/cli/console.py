"""How the command line speaks: results on stdout, everything else on stderr; colours only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.progress import Progress

STANDARD = "-"
_UNSEEN = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), 127, *range(128, 160)) if chr(code) not in "\n\t"}


def out() -> Console:
    """Where results go. In a pipe lines are 80 characters wide, or what COLUMNS says."""
    return Console(highlight=False, emoji=False)


def err() -> Console:
    """Where everything goes that is no result."""
    return Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)


def clean(words: str) -> str:
    """Words of a report without control characters: a text must not steer the reader's terminal."""
    return words.translate(_UNSEEN)


def number_of(count: int, what: str) -> str:
    """'1 report', '2 reports'."""
    return f"{count} {what}" + ("" if count == 1 else "s")


def share_of(share: float, count: int) -> str:
    """A share of `count` things with four places; 'none' where there is nothing that it could be a share of."""
    return f"{share:.4f}" if count else "none"


def say(message: str) -> None:
    """A line on stderr."""
    err().print(Text(clean(message)))


def warn(message: str, console: Console | None = None) -> None:
    """Something in the input was left out; the rest goes on. `console` is that of a bar that is being shown."""
    (console or err()).print(Text.assemble(("warning: ", "yellow"), clean(message)))


def fail(message: str) -> None:
    """Why nothing can be done."""
    err().print(Text.assemble(("error: ", "bold red"), clean(message)))


def table(*columns: str, title: str | None = None, numbers: tuple[str, ...] = ()) -> Table:
    """An empty table that stays readable at 80 columns; columns named in `numbers` are set to the right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        right = column in numbers
        made.add_column(column, justify="right" if right else "left", no_wrap=right, overflow="fold")
    return made


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """One JSON object on stdout."""
    import orjson

    write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def write(data: bytes) -> None:
    """Bytes on stdout, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def open_output(target: str) -> Iterator[BinaryIO]:
    """Opens a file that appears whole or not at all; '-' is stdout.

    Raises:
        OutputError: it cannot be written.
    """
    from rashomon.export import open_atomically

    if target == STANDARD:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with open_atomically(Path(target)) as stream:
            yield stream


def read_lines(source: str) -> list[bytes]:
    """The lines of a file; '-' is stdin.

    Raises:
        InputError: it cannot be read.
    """
    from rashomon.errors import InputError

    try:
        data = sys.stdin.buffer.read() if source == STANDARD else Path(source).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=source, remedy="Check the path") from error
    return data.removeprefix(b"\xef\xbb\xbf").split(b"\n")


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A progress bar on stderr, or None where that is no terminal."""
    console = err()
    if not console.is_terminal:
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        yield progress
