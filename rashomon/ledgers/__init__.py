"""Events with their claims -> casualties, control, operations, deals, displacement; made anew from a view at will."""

from __future__ import annotations

from rashomon.ledgers.areas import Area, Asked, area_of
from rashomon.ledgers.casualties import Casualties, casualties
from rashomon.ledgers.control import Control, control
from rashomon.ledgers.deals import Deal, Deals, deals
from rashomon.ledgers.displacement import Displacement, displacement
from rashomon.ledgers.operations import Operations, operations
from rashomon.ledgers.parties import Who
from rashomon.ledgers.rules import Rules
from rashomon.ledgers.told import Says, Telling, Told, View, Whose, tell

__all__ = [
    "NAMES",
    "Area",
    "Asked",
    "Casualties",
    "Control",
    "Deal",
    "Deals",
    "Displacement",
    "Ledger",
    "Operations",
    "Rules",
    "Says",
    "Telling",
    "Told",
    "View",
    "Who",
    "Whose",
    "area_of",
    "casualties",
    "control",
    "deals",
    "displacement",
    "operations",
    "tell",
]

NAMES = ("casualties", "control", "operations", "deals", "displacement")

type Ledger = Casualties | Control | Operations | Deals | Displacement
