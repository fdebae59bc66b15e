"""The model card: where a model comes from, what it is worth, and where it fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.coding.learned.model import Model
from rashomon.evaluate import Evaluation
from rashomon.training.holding import Held

_ENOUGH = 10  # hand-coded claims of a type: of fewer no score is told
_POOR = 0.5  # F1 below which a type is named among the failures
_HEADLINE = "all facts"


@dataclass(frozen=True, slots=True)
class About:
    """Where a model comes from: versions, what it went on from, what and how much it learned from."""

    rashomon: str
    knowledge: str
    start: str | None
    reports: int
    claims: int
    seed: int
    data: str


def card(version: str, size: int, about: About, model: Model, held: Held) -> str:
    """The model card, in Markdown.

    Args:
        version: of the model.
        size: of its files, in bytes.
        about: where it comes from.
        model: what was learned.
        held: what such models are worth on reports that did not teach them.
    """
    parts = [
        f"# Model `learned/{version}`",
        "Decides which mentions of events are claims of a report and what belongs to them; the rules of Rashomon "
        "propose. No column of it names somebody or says which outlet tells it"
        + (
            "; its encoder reads what kind of body an actor is in place of a name." if model.reader is not None else "."
        ),
        about.data,
        _table(("", ""), _origin(about, model, size)),
        "## What it is worth",
        f"The reports stand in {_PARTS}. The thresholds were chosen on the same reports, so the figures are a little "
        "too good; measure on reports held back with `rashomon evaluate`."
        + (" The model to go on from may have learned from some of them before." if about.start else ""),
        _table(("Field", "Precision", "Recall", "F1"), _by_field(held.whole)),
        *_certainty(held.whole),
        "By what is known of the side of the outlet that tells it:",
        _table(
            ("Side", "Reports", "Claims found, F1", "All facts, F1"),
            (
                (side, reports, f"{one.scores['claims found'].f1:.3f}", f"{one.scores[_HEADLINE].f1:.3f}")
                for side, (reports, one) in held.by_side.items()
            ),
        ),
        f"Types with at least {_ENOUGH} hand-coded claims:",
        _table(("Type", "Claims", "F1"), ((kind, number, f"{f1:.3f}") for kind, number, f1 in _types(held))),
        "## Where it fails",
        _failures(held),
        "## Use, licence, credit",
        _use(model),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


_PARTS = "four parts, each coded by what the other three taught"


def _origin(about: About, model: Model, size: int) -> Iterable[Sequence[object]]:
    yield "Rashomon", about.rashomon
    yield "Knowledge", about.knowledge
    yield "Goes on from", f"`learned/{about.start}`" if about.start else "nothing"
    yield "Hand-coded reports", about.reports
    yield "Hand-coded claims", about.claims
    yield "Words beside the lexicon", len(model.vocabulary)
    yield "Encoder", "all-MiniLM-L6-v2, tuned, weights of 8 bits" if model.reader is not None else "none"
    yield "Trees", sum(len(head.trees.feature) for head in model.heads.values())
    yield "Size", f"{size / 1e6:.1f} MB"
    yield "A claim from a probability of", f"{model.thresholds.claim:g}"
    yield "Seed", about.seed


def _by_field(whole: Evaluation) -> Iterable[Sequence[object]]:
    for name, score in whole.scores.items():
        yield name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"


def _certainty(whole: Evaluation) -> Iterable[str]:
    sure = whole.certainty
    if sure is not None:
        yield (
            f"Expected calibration error of the confidence: {sure.error:.3f}. Of the surer half of the claims, those "
            f"from a confidence of {sure.surer_from:.2f}, {sure.surer_right:.3f} are claims of the right type."
        )


def _types(held: Held) -> list[tuple[str, int, float]]:
    return [(kind, number, f1) for kind, (number, f1) in held.by_type.items() if number >= _ENOUGH]


def _failures(held: Held) -> str:
    poor = [f"{kind} ({f1:.2f})" for kind, _, f1 in sorted(_types(held), key=lambda row: row[2]) if f1 < _POOR]
    whole = held.whole
    lines = [
        f"{len(whole.missed)} of {whole.scores['claims found'].gold} hand-coded claims were missed, and "
        f"{len(whole.invented)} of {whole.scores['claims found'].coded} coded ones have no counterpart.",
        "Kinds of events that no word of the lexicon or of the training reports names are never found.",
        "Weapons and labels are those that the rules find.",
        "The reports that taught it are in English. Of other conflicts and other ways of writing nothing is known.",
    ]
    if poor:
        lines.insert(0, f"Types below {_POOR:g}: {', '.join(poor)}.")
    return "\n".join(f"- {line}" for line in lines)


def _use(model: Model) -> str:
    text = (
        "`--coder` with the folder of this file runs it. It documents what was published; it must not be used to find "
        "or follow people. Claims are for a person to check: each has its quote and its confidence. The model may be "
        "used under the licence of whoever taught it; the one that comes with Rashomon is under the Apache License 2.0."
    )
    if model.reader is not None:
        text += (
            "\n\nIts encoder was tuned from all-MiniLM-L6-v2 of sentence-transformers (Apache License 2.0), "
            "which goes back to Microsoft's MiniLM (MIT License); the tokenizer is that of the same model."
        )
    return text


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])
