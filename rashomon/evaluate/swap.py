"""Whether every side is coded alike: how many claims change where names, and nothing else, change places."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from spacy.tokens import Doc

from rashomon.evaluate.comparing import compare
from rashomon.evaluate.exchange import Exchanged, Swap, SwapTable
from rashomon.knowledge.actors import Actors
from rashomon.model import Claim, Report

Parse = Callable[[Iterable[Report]], Iterator[tuple[Report, Doc]]]
Code = Callable[[Report, Doc], Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a claim that an exchange changed otherwise than in its names.

    Attributes:
        report: the report's id.
        measure: 'actors' or 'outlets', as in `SwapScore`.
        exchanged: what changed places: sides, or the outlets.
        trigger: the claim's trigger.
        field: what differs ('claim' where there is none on the other side).
        before: its value for a reader.
        after: its value after the exchange.
    """

    report: str
    measure: str
    exchanged: str
    trigger: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims that were compared, and those that changed.

    Attributes:
        compared: all claims of the reports that an exchange touched.
        touched: of them, those in whose own words something was exchanged.
        changed: of all, those that changed otherwise than in names.
    """

    compared: int = 0
    touched: int = 0
    changed: int = 0

    @property
    def share(self) -> float:
        """The share of claims that changed, to four places."""
        return round(self.changed / self.compared, 4) if self.compared else 0.0


@dataclass(frozen=True, slots=True)
class SwapScore:
    """What exchanging the actors of every pair of sides, and the outlets, changed.

    Attributes:
        actors: actors exchanged in the text.
        outlets: the outlet exchanged.
        changes: everything that changed.
    """

    actors: Tally
    outlets: Tally
    changes: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """The figures, and every change."""
        tallies = {"actors": self.actors, "outlets": self.outlets}
        figures = {name: asdict(tally) | {"share": tally.share} for name, tally in tallies.items()}
        return figures | {"changes": [asdict(change) for change in self.changes]}


def measure_swaps(
    reports: Iterable[Report],
    parse: Parse,
    code: Code,
    actors: Actors,
    table: SwapTable | None = None,
) -> SwapScore:
    """Codes every report as it is, with the actors of each pair of sides exchanged, and as other outlets' text.

    Args:
        reports: the reports.
        parse: parses reports, in order.
        code: the claims of a parsed report, resolved.
        actors: who is who.
        table: who is exchanged for whom; the built-in table where it is left out.

    Returns:
        Claims of reports that an exchange touched, and how many of them changed. A claim that stands on one side only
        counts as one that changed.
    """
    table = table or SwapTable.load()
    swaps = [Swap(table, pairs, actors) for pairs in table.rounds()]
    exchanged, republished = _Counter("actors"), _Counter("outlets")
    waiting: deque[_Variant] = deque()
    claims: Sequence[Claim] = ()
    for report, doc in parse(_variants(reports, swaps, waiting)):
        variant = waiting.popleft()
        if variant.swap is not None:
            exchanged.compare(report.id, claims, code(report, doc), variant.exchanged, variant.swap)
            continue
        claims = code(report, doc)
        for outlet in table.outlets:
            if outlet != report.outlet:
                found = code(replace(report, outlet=outlet), doc)
                untouched, label = Exchanged(report.text, ()), f"{report.outlet} - {outlet}"
                republished.compare(report.id, claims, found, untouched, None, label)
    return SwapScore(exchanged.tally(), republished.tally(), (*exchanged.changes, *republished.changes))


@dataclass(frozen=True, slots=True)
class _Variant:
    """A report to be parsed: as it came (`swap` is None), or after an exchange."""

    swap: Swap | None
    exchanged: Exchanged


def _variants(reports: Iterable[Report], swaps: Sequence[Swap], waiting: deque[_Variant]) -> Iterator[Report]:
    """Each report as it is and after every round that touches it; what stands behind each is put in `waiting`."""
    for report in reports:
        waiting.append(_Variant(None, Exchanged(report.text, ())))
        yield report
        for swap in swaps:
            swapped, exchanged = swap.report(report)
            if exchanged.edits:
                waiting.append(_Variant(swap, exchanged))
                yield swapped


class _Counter:
    """Counts claims and collects changes of one measure."""

    def __init__(self, measure: str) -> None:
        self.changes: list[Change] = []
        self._measure = measure
        self._compared = 0
        self._touched = 0
        self._changed = 0

    def compare(
        self,
        report: str,
        before: Sequence[Claim],
        after: Sequence[Claim],
        exchanged: Exchanged,
        swap: Swap | None,
        label: str = "",
    ) -> None:
        """Compares a report's claims with those after an exchange; `label` names it where no sides do."""
        self._compared += len(before)
        self._touched += sum(bool(exchanged.within(claim.span)) for claim in before)
        for difference in compare(before, after, exchanged, swap):
            self._changed += 1
            what = label or "; ".join(sorted({" - ".join(edit.pair) for edit in exchanged.edits}))
            self.changes += [
                Change(report, self._measure, what, difference.trigger, field, old, new)
                for field, old, new in difference.fields
            ]

    def tally(self) -> Tally:
        """The figures."""
        return Tally(self._compared, self._touched, self._changed)
