"""How much there is of each sort of knowledge."""

from __future__ import annotations

from rashomon.knowledge import Knowledge


def counts(known: Knowledge) -> dict[str, int]:
    """What was loaded, by what readers call it, in a fixed order; outlets invented for the examples are left out."""
    return {
        "types of event": len(known.ontology),
        "entries for events": len(known.lexicon.entries),
        "words for events": sum(len(entry.words) for entry in known.lexicon.entries),
        "verbs of speech": len(dict.fromkeys(known.speech.verbs.values())),
        "weapons": len(known.weapons.words),
        "loaded words": sum(len(entry.words) for entry in known.labels.entries),
        "actors": sum(1 for _ in known.actors),
        "names of actors": sum(1 + len(actor.aliases) for actor in known.actors),
        "outlets": sum(not outlet.example for outlet in known.outlets),
        "places": len(known.gazetteer),
    }
