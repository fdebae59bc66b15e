"""Hand-coded claims, texts and coded claims from files; scores as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from rashomon.errors import InputError
from rashomon.evaluate.facts import ScoredClaim
from rashomon.evaluate.names import Names
from rashomon.evaluate.scores import Evaluation


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path, remedy="Check the path") from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", where=path, remedy="Save it as UTF-8") from error


def _json(text: str, where: Path, line: int | None = None) -> Any:  # noqa: ANN401 - checked by whoever asks
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=where, line=line) from error


def read_json(path: Path) -> Any:  # noqa: ANN401 - checked by whoever asks
    """What a JSON file holds.

    Raises:
        InputError: it cannot be read or is no JSON.
    """
    return _json(_read(path), path)


def read_claims_as_given(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Hand-coded claims as they stand in their files, each after the id of its report; in the files' order.

    Raises:
        InputError: nothing is there, or it is not in the form of `read_gold`.
    """
    for file in _gold_files(path):
        for entry in _entries(file):
            yield from ((entry.report, claim) for claim in entry.claims if isinstance(claim, dict))


def _gold_files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise InputError("no JSON file in this folder", where=path, remedy="Give the folder with the hand-coded claims")
    return files


def read_gold(path: Path, names: Names) -> dict[str, list[ScoredClaim]]:
    """Hand-coded claims by report, from a JSON list of `{report, claims}` or a folder of such files.

    Raises:
        InputError: nothing is there, or it is not in that form.
    """
    return {
        report: [ScoredClaim.from_json(report, claim, names, str(file)) for claim in claims]
        for file, report, claims in hand_coded(path)
    }


def hand_coded(path: Path) -> Iterator[tuple[Path, str, list[Any]]]:
    """Each hand-coded report: the file, the report's id, its claims as they stand there.

    Raises:
        InputError: nothing is there, it is not a list of `{report, claims}`, or a report stands there twice.
    """
    stood_in: dict[str, Path] = {}
    for file in _gold_files(path):
        for entry in _entries(file):
            if entry.report in stood_in:
                raise InputError(
                    f"report {entry.report} is hand-coded a second time; it stands in {stood_in[entry.report]} too",
                    where=file,
                    remedy="Put all claims of a report into one entry",
                )
            stood_in[entry.report] = file
            yield file, entry.report, entry.claims


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")
    report: str
    claims: list[Any]


_ENTRIES = TypeAdapter(list[_Entry])


def _entries(file: Path) -> list[_Entry]:
    try:
        return _ENTRIES.validate_python(_json(_read(file), file))
    except ValidationError as error:
        first = error.errors()[0]
        number, *field = first["loc"] or ("",)
        what = f": entry {number + 1}: {'.'.join(map(str, field))}: {first['msg']}" if isinstance(number, int) else ""
        raise InputError(
            f"is not a JSON list of {{report, claims}}{what}", where=file, remedy="See docs/evaluation.md"
        ) from error


def _records(path: Path) -> list[tuple[int | None, Any]]:
    """The objects of a JSON list or of JSON lines, with their line where they have one."""
    text = _read(path)
    if text.lstrip().startswith("["):
        return [(None, item) for item in _json(text, path)]
    return [(n, _json(line, path, n)) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def read_texts(path: Path) -> dict[str, str]:
    """By report, its text with the title after it, from a JSON list or JSON lines of `{id, text, title}`.

    Raises:
        InputError: it cannot be read or is not in that form.
    """
    texts = {}
    for line, item in _records(path):
        if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not isinstance(item.get("text"), str):
            raise InputError(
                "a report without `id` or `text`", where=path, line=line, remedy="Each needs both, as text"
            )
        texts[item["id"]] = item["text"] + "\n" + str(item.get("title") or "")
    return texts


def read_coded(path: Path, names: Names) -> list[ScoredClaim]:
    """Coded claims from JSON lines in the codebook's fields, each with its `report`.

    Raises:
        InputError: it cannot be read or is not in that form.
    """
    claims = []
    for line, item in _records(path):
        if not isinstance(item, dict) or not isinstance(item.get("report"), str):
            raise InputError(
                "a claim without `report`", where=path, line=line, remedy="Each needs the id of its report"
            )
        claims.append(ScoredClaim.from_json(item["report"], item, names, str(path), line))
    return claims


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The scores by row, and every error with its report, quote and the facts that differ."""
    return {
        "fields": {name: asdict(score) for name, score in evaluation.scores.items()},
        "quotes_not_in_text": evaluation.quotes_not_in_text,
        "confidence": asdict(evaluation.certainty) if evaluation.certainty is not None else None,
        "missed": [_claim_to_json(claim) for claim in evaluation.missed],
        "invented": [_claim_to_json(claim) for claim in evaluation.invented],
        "wrong": [
            {
                "hand": _claim_to_json(pair.hand),
                "coded": _claim_to_json(pair.coded),
                "lacking": [{"field": fact.field, "value": str(fact)} for fact in pair.lacking],
                "extra": [{"field": fact.field, "value": str(fact)} for fact in pair.extra],
            }
            for pair in evaluation.wrong
        ],
    }


def _claim_to_json(claim: ScoredClaim) -> dict[str, Any]:
    return {"report": claim.report, "type": claim.type, "trigger": claim.trigger, "quote": claim.quote}
