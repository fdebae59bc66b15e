"""What every coder offers."""

from __future__ import annotations

from typing import Protocol

from rashomon.model import Claim, Report


class Coder(Protocol):
    """Finds the claims of a report.

    Attributes:
        name: the coder's name, part of its claims' ids.
        version: changes whenever the same report may be coded otherwise.
    """

    name: str
    version: str

    def code(self, report: Report) -> list[Claim]:
        """The report's claims in the order of the text; mentions are words with offsets, nothing is resolved."""
        ...
