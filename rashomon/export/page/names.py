"""What types of event and outlets are called on the page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from rashomon.knowledge.labels import LabelLexicon
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.outlets import Outlets

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement on an outlet rests on: words for readers, and an address to follow (empty where it has none)."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class OutletName:
    """An outlet for readers: its name, one line on whose view it gives (empty where not known), and who says so."""

    name: str
    side: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names for readers.

    Attributes:
        ontology: the types of event with their families and meanings.
        known: the outlets that are known; another one stands under its id.
        labels: loaded words with what somebody without a side would say; None where that is not told.
    """

    ontology: Ontology
    known: Outlets
    labels: LabelLexicon | None = None

    def type(self, name: str) -> str:
        """'Air strike' for 'air_strike'."""
        return name.replace("_", " ").capitalize()

    def family(self, name: str) -> str:
        """The family that a type is shown in; 'other' for a type that the ontology does not have."""
        return self.ontology[name].family if name in self.ontology else OTHER

    def meaning(self, name: str) -> str:
        """One line on what a type is; empty where the ontology does not have it."""
        return self.ontology[name].meaning if name in self.ontology else ""

    def gloss(self, label: str) -> str:
        """What somebody without a side would say for a loaded word; empty where that is not known."""
        return self.labels.gloss(label) if self.labels is not None else ""

    def families(self) -> dict[str, str]:
        """Families with what they are called, in the ontology's order, 'other' last."""
        return {**self.ontology.families, OTHER: "Other"}

    def outlet(self, outlet: str | None) -> OutletName:
        """An outlet's name; 'Outlet not known' where there is none."""
        if outlet is None:
            return OutletName("Outlet not known")
        known = self.known.get(outlet)
        if known is None:
            return OutletName(outlet)
        return OutletName(known.name, known.side, tuple(_source(source) for source in known.side_source))


def _source(text: str) -> Source:
    """An address is called by its host; a title by itself."""
    if not text.startswith(("https://", "http://")):
        return Source(text)
    return Source(urlsplit(text).netloc.removeprefix("www."), text)
