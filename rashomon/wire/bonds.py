"""Why claims were put together, and what could be one event -> JSON objects, keys in a fixed order."""

from __future__ import annotations

from typing import Any

from rashomon.model import Bond, Candidate


def bond_to_json(bond: Bond) -> dict[str, Any]:
    """The two claims, what agrees and what differs between them, and who put them together where a person did."""
    return {
        "claims": list(bond.claims),
        "points": bond.points,
        "agree": list(bond.agree),
        "differ": list(bond.differ),
        "by": bond.by or None,
    }


def candidate_to_json(candidate: Candidate, bond: Bond) -> dict[str, Any]:
    """Two events that could be one, and the two claims that speak most for it."""
    return {"events": list(candidate.events), "points": candidate.points, "because": bond_to_json(bond)}
