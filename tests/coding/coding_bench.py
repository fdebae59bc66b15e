"""The coder and the resolver over reports of a sentence or two."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from rashomon.coding.rules import RulesCoder
from rashomon.knowledge import Knowledge
from rashomon.model import Claim, Furniture, Publication, Report
from rashomon.parsing import article
from rashomon.resolving import Resolver

PUBLISHED = dt.date(2018, 4, 20)  # a Friday


def report_of(text: str, furniture: Sequence[Furniture] = (), published: dt.date = PUBLISHED) -> Report:
    """A report of no outlet with this text."""
    return Report(
        id="r1",
        outlet=None,
        address=None,
        title=None,
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        words=len(text.split()),
        publication=Publication(published),
        furniture=tuple(furniture),
    )


@dataclass(frozen=True)
class Bench:
    """The coder with all that it stands on."""

    nlp: Language
    coder: RulesCoder
    resolver: Resolver

    @classmethod
    def of(cls, nlp: Language, coder: RulesCoder, knowledge: Knowledge) -> Bench:
        """A bench of what every room's tests share."""
        return cls(nlp, coder, Resolver(knowledge))

    def code(self, text: str, furniture: Sequence[Furniture] = (), published: dt.date = PUBLISHED) -> list[Claim]:
        """The claims of one text, resolved."""
        report = report_of(text, furniture, published)
        return self.resolver.resolve(self.coder.code_parsed(report, self.nlp(article(report))), report)

    def one(self, text: str) -> Claim:
        """The only claim of a text."""
        claims = self.code(text)
        assert len(claims) == 1, [(c.type, c.status, c.trigger) for c in claims]
        return claims[0]
