"""What the words around a name tell: a distance, two ends of a road, the area that a place is said to lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rashomon.knowledge.placewords import PlaceWords
from rashomon.model import Mention, Report

_AHEAD = 90  # characters after a mention in which the area that it lies in may be told
_AREA_WORDS = 6  # words of that area: 'the northern countryside of Deir Ezzor'
_PARTS = frozenset({"neighbourhood", "district", "region", "facility", "camp"})  # kinds that are parts of cities
_BREAK = re.compile(r"[.;:!?\n\"“”]")


@dataclass(frozen=True, slots=True)
class AreaTold:
    """The area that a text puts a place in.

    Attributes:
        names: what it may be called, the likeliest first; none where the text tells no area.
        sure: whether it is told of this place, not of the last of a list that it begins.
    """

    names: tuple[str, ...] = ()
    sure: bool = False


class PlacePhrases:
    """Reads phrases about places by the words of the lexicon."""

    def __init__(self, words: PlaceWords) -> None:
        self._words = words
        about, units, roads = (_any(group) for group in (words.about, words.units, words.roads))
        self._distance = re.compile(rf"^(?:(?:{about})\s+)?\d[\d.,]*\s*(?:{units})\s+", re.IGNORECASE)
        self._two_ends = (
            re.compile(rf"\b(?:{_any(words.between)})\s+(?P<one>.+?)\s+(?:{_any(words.joining)})\s+(?P<other>.+)$"),
            re.compile(rf"^(?:the\s+)?(?P<one>[^\s-]\S*(?:\s\S+)*?)\s?[-–]\s?(?P<other>[A-Z].*?)\s+(?:{roads})\b"),
        )

    def without_distance(self, words: str) -> str:
        """A mention's words without a distance before them: '12 km north of X' is 'north of X'."""
        return self._distance.sub("", words)

    def ends_of(self, words: str) -> tuple[str, str] | None:
        """The two places that words stand between: 'the road between X and Y', 'the X-Y highway'; None for others."""
        for form in self._two_ends:
            found = form.search(words)
            if found is not None:
                return found["one"], found["other"]
        return None

    def part_of_whole(self, words: str) -> tuple[str, str] | None:
        """A place that is named first, and the words for the one that it is in or near; None for other words.

        'The X quarter of Y' gives 'the X quarter' and 'Y'; 'X near the city of Y' gives 'X' and 'the city of Y'.
        """
        tokens = words.split()
        for at in range(1, len(tokens) - 1):
            before = " ".join(tokens[:at])
            joint, noun = tokens[at].lower(), self._words.nouns.get(tokens[at - 1].lower())
            of_part = joint == "of" and noun in _PARTS
            if (of_part or joint in self._words.locative) and self._words.take_apart(before).name:
                return before, " ".join(tokens[at + 1 :])
        return None

    def area_told(self, name: str, place: Mention, report: Report) -> AreaTold:
        """The area that the words after a name put it in: 'X and Y in the countryside of Z' tells Z.

        Args:
            name: the name inside the mention's words.
            place: the mention; one that refers back ('the town') tells nothing.
            report: the report that it stands in.
        """
        if not name or place.antecedent is not None or name not in place.text:
            return AreaTold()
        rest = place.text.partition(name)[2]
        if place.span is not None and report.text[place.span.start : place.span.end] == place.text:
            rest += report.text[place.span.end : place.span.end + _AHEAD]
        tokens = _BREAK.split(rest, maxsplit=1)[0].split()
        listed = False  # whether other names stand between the name and the area
        for at, token in enumerate(tokens):
            bare = token.strip(",()").lower()
            if bare in self._words.within or (bare == "of" and at == 1 and tokens[0].lower() in self._words.nouns):
                return AreaTold(self._names_of_area(tokens[at + 1 : at + 1 + _AREA_WORDS]), sure=not listed)
            if bare in self._words.nouns:
                if listed and not bare.endswith("s"):
                    return AreaTold()
            elif bare not in self._words.modifiers and not self._words.is_around_names(token):
                return AreaTold()
            listed = listed or not token[0].islower() or bare == "and"
        return AreaTold()

    def _names_of_area(self, tokens: list[str]) -> tuple[str, ...]:
        """What the words may name, the longest first: 'rural Damascus', 'Damascus'."""
        names: list[str] = []
        last = ""
        for count, token in enumerate(tokens, 1):
            parts = self._words.take_apart(" ".join(tokens[:count]))
            if not parts.name.startswith(last):
                break
            if parts.name:
                with_noun = [] if parts.full.endswith(token) else [f"{parts.full} {token}"]
                names = [*with_noun, parts.full, parts.name, *names]
            last = parts.name
        return tuple(dict.fromkeys(names))


def _any(words: frozenset[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
