"""Claims -> events: which claims are about one thing in the world, without choosing between them."""

from rashomon.linking.account_rules import AccountRules
from rashomon.linking.accounts import accounts_of, in_words, place_of
from rashomon.linking.events import Linked, link, relink
from rashomon.linking.explaining import Explaining, in_a_sentence, most_doubtful
from rashomon.linking.hearing import hear
from rashomon.linking.regressions import Case, cannot_stand_with, regressions
from rashomon.linking.rules import Rules
from rashomon.linking.silence import Covered, around, silent, why_not_known

__all__ = [
    "AccountRules",
    "Case",
    "Covered",
    "Explaining",
    "Linked",
    "Rules",
    "accounts_of",
    "around",
    "cannot_stand_with",
    "hear",
    "in_a_sentence",
    "in_words",
    "link",
    "most_doubtful",
    "place_of",
    "regressions",
    "relink",
    "silent",
    "why_not_known",
]
