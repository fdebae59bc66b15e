"""The exceptions that Rashomon raises; each message says what is wrong, where, and what to do about it."""

from pathlib import Path


class RashomonError(Exception):
    """Base of all errors that a user can do something about."""


class InputError(RashomonError):
    """Something in the user's input cannot be used.

    Args:
        what: what is wrong, in words.
        where: the file, or the name of the input, that it is in.
        line: the line or record, counted from 1, where there is one.
        remedy: what the user can do.
    """

    def __init__(
        self, what: str, *, where: str | Path | None = None, line: int | None = None, remedy: str = ""
    ) -> None:
        self.what = what
        self.where = str(where) if where is not None else None
        self.line = line
        self.remedy = remedy
        place = "" if self.where is None else self.where + (f":{line}" if line is not None else "") + ": "
        super().__init__(f"{place}{what}" + (f". {remedy}" if remedy else ""))


class KnowledgeError(InputError):
    """A file of knowledge (lexicon, actors, gazetteer, ...) is broken."""


class SettingsError(InputError):
    """A setting in rashomon.toml, the environment or on the command line is not usable."""


class StoreError(RashomonError):
    """The store cannot be opened, written or migrated."""


class OutputError(RashomonError):
    """A result cannot be written where the user asked for it."""


class NotFoundError(RashomonError):
    """There is nothing with the id that the user gave."""
