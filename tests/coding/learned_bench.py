"""A model made by hand: stumps that follow the rules, so that tests need no training."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from rashomon.coding.learned.model import ARRAYS, CONFIG, FORMAT, TREE_HEADS
from rashomon.coding.learned.trees import Trees

FOLLOWED = {
    "claim": ("is_main", 0.5),
    "typed": ("is_main", 0.5),
    "actor": ("group_actor", 0.5),
    "target": ("group_target", 0.5),
    "place": ("group_place", 0.5),
    "time": ("group_time", 0.5),
    "quantity": ("group_count", 0.5),
    "source": ("group_source", 0.5),
}
"""For each head the feature that it follows, and over what."""


def stump(below: float, above: float, threshold: float) -> Trees:
    """One tree with one split on the first column; what is not known counts as below."""
    return Trees(
        feature=np.zeros((1, 1), np.int32),
        threshold=np.full((1, 1), threshold, np.float32),
        missing_passes=np.ones((1, 1), np.bool_),
        category=np.full((1, 1), -1, np.int32),
        left=np.ones((1, 1), np.uint64),
        leaves=np.array([[below, above]]),
        members=np.zeros((1, 2), np.bool_),
    )


def config() -> dict[str, Any]:
    """config.json of that model."""
    return {
        "format": FORMAT,
        "version": "by-hand",
        "types": ["air_strike", "shelling"],
        "statuses": ["occurred", "planned"],
        "vocabulary": {"noun": {"thunder": "shelling"}},
        "columns": {name: {"numbers": [FOLLOWED[name][0]], "words": {}} for name in TREE_HEADS},
        "status": [{"feature": "status", "equals": "planned"}],
        "rates": {"lemma": {"usual": 0.5, "seen": {"raid": [0.75, 4]}}},
        "thresholds": dict.fromkeys(("claim", "actor", "target", "place", "time", "quantity"), 0.4),
        "calibration": {},
    }


def arrays() -> dict[str, np.ndarray[Any, Any]]:
    """heads.npz of that model."""
    made: dict[str, np.ndarray[Any, Any]] = {}
    for name in TREE_HEADS:
        made |= stump(-4.0, 4.0, FOLLOWED[name][1]).arrays(name)
    made["status.weights"] = np.array([[0.0], [2.0]])
    made["status.offsets"] = np.array([1.0, 0.0])
    return made


def write_model(folder: Path, **changes: object) -> Path:
    """Writes the model into a folder, its config changed; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ARRAYS).open("wb") as file:
        np.savez(file, **arrays())  # type: ignore[arg-type]
    own = {"arrays": hashlib.sha256((folder / ARRAYS).read_bytes()).hexdigest()}
    (folder / CONFIG).write_text(json.dumps(config() | own | changes), encoding="utf-8")
    return folder
