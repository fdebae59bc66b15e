"""People's judgements applied to claims: here and nowhere else. A coded claim is never changed, a new one is made.

Judgements come in the order in which they were made. Of two corrections of one field the later one counts. What a
person names without an id keeps the resolution that the claim already has for that name or those words.

A judgement names a claim by its id, and is about words of a report: whichever coder reads these words now, its claim is
bound by it (`bind`). One that binds no claim any more is told, and comes back with a coder that finds its claim.
"""

from rashomon.amending.applying import CORRECTABLE, amend, check, corrected
from rashomon.amending.binding import Decided, Reading, bind
from rashomon.amending.holding import by_claim, holding, withdrawn

__all__ = [
    "CORRECTABLE",
    "Decided",
    "Reading",
    "amend",
    "bind",
    "by_claim",
    "check",
    "corrected",
    "holding",
    "withdrawn",
]
