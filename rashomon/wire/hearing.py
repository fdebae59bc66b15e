"""What an event's voices say of it and of each other -> JSON objects, keys in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rashomon.model import Given, Hearing, Silence, Voice


def hearing_to_json(hearing: Hearing) -> dict[str, Any]:
    """Voices, each field's values with who gives them, contradictions, replaced totals and labels.

    Voices are called by their `id` everywhere but in the list of voices.
    """
    return {
        "voices": [_voice(voice) for voice in hearing.voices],
        "values": {each.field: [_given(value) for value in each.values] for each in hearing.fields},
        "contradictions": [
            {"kind": each.kind.value, "about": each.about, "values": [_given(value) for value in each.values]}
            for each in hearing.contradictions
        ],
        "replaced": [
            {"about": each.about, "earlier": _given(each.earlier), "later": _given(each.later), "why": each.why}
            for each in hearing.replaced
        ],
        "labels": [
            {"whom": each.whom, "words": [_given(word) for word in each.words], "without": list(each.plain)}
            for each in hearing.namings
        ],
    }


def silences_to_json(silences: Sequence[Silence], not_known: str) -> dict[str, Any]:
    """The outlets that kept silent, with the figures to judge it by; or why that is not known."""
    return {
        "not_known": not_known,
        "outlets": [
            {
                "outlet": each.outlet,
                "side": each.side,
                "reported": each.reported,
                "such": each.such,
                "around_days": each.around_days,
                "published": each.published,
                "after_days": each.after_days,
            }
            for each in silences
        ],
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "id": voice.id,
        "name": voice.name,
        "kind": voice.kind.value if voice.kind is not None else None,
        "names": list(voice.names),
        "side": voice.side,
        "claims": list(voice.claims),
        "reports": list(voice.reports),
        "outlets": [{"outlet": outlet, "side": side} for outlet, side in zip(voice.outlets, voice.sides, strict=True)],
    }


def _given(given: Given) -> dict[str, Any]:
    return {
        "value": given.value,
        "voices": list(given.voices),
        "outlets": list(given.outlets),
        "claims": list(given.claims),
    }
