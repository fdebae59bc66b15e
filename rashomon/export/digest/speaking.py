"""How the speakers of one line are called: in full when they first speak, by the name alone after that."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.export.digest.grammar import ARTICLES, listed
from rashomon.export.digest.phrases import Phrases
from rashomon.export.digest.voices import Voice

_INDEFINITE = tuple(article for article in ARTICLES if article != "the ")


class Speaking:
    """The speakers of one line; it remembers who was introduced.

    Args:
        phrases: how many of them a sentence names.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._introduced: dict[str, str] = {}  # by key, what they are called from then on

    def all_of(self, voices: Sequence[Voice]) -> tuple[str, bool]:
        """The speakers as the subject of a sentence, and whether its verb is a plural; of many the rest is counted."""
        if len(voices) == 1:
            voice = voices[0]
            return self._called(voice, ", ", ","), voice.several
        most = self._phrases.named
        named = voices if len(voices) <= most + 1 else voices[:most]
        names = [self._called(voice, " (", ")") for voice in named]
        if len(named) < len(voices):
            names.append(f"{len(voices) - len(named)} others")
        return listed(names, len(names)), True

    def told(self, voice: Voice) -> tuple[str, str]:
        """A single speaker, and to whom it spoke, with the outlets that cite that."""
        self._introduce(voice)
        return voice.name, voice.told + (f", cited by {self._outlets(voice)}," if voice.cited_by else "")

    def name(self, voice: Voice) -> str:
        """A speaker by the name alone: as it was introduced, where it was."""
        return self._introduced.get(voice.key, voice.name)

    def _called(self, voice: Voice, before: str, after: str) -> str:
        if voice.key in self._introduced:
            return self._introduced[voice.key]
        self._introduce(voice)
        told = f"to {voice.told}" if voice.told else ""
        cited = f"cited by {self._outlets(voice)}" if voice.cited_by else ""
        more = ", ".join(part for part in (told, cited) if part)
        return voice.name + (before + more + after if more else "")

    def _introduce(self, voice: Voice) -> None:
        indefinite = voice.name.startswith(_INDEFINITE)
        name = f"the {voice.name.split(' ', 1)[1]}" if indefinite else voice.name
        if name not in self._introduced.values():  # else two speakers would be called alike
            self._introduced[voice.key] = name

    def _outlets(self, voice: Voice) -> str:
        return listed(voice.cited_by, self._phrases.named, "other outlet", "other outlets")
