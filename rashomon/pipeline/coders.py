"""The coder that the settings ask for: by its name, or a trained one by its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.tokens import Doc

from rashomon.coding.learned import LearnedCoder, Meanings, Model
from rashomon.coding.rules import RulesCoder
from rashomon.errors import SettingsError
from rashomon.knowledge import Knowledge
from rashomon.knowledge.files import BUILT_IN
from rashomon.model import Report

SHIPPED = BUILT_IN / "models" / LearnedCoder.name
"""The folder of the model that comes with the package."""

AnyCoder = RulesCoder | LearnedCoder


def coder_of(wanted: str, known: Knowledge, parse: Callable[[Report], Doc], meanings: Meanings) -> AnyCoder:
    """The coder of this name, or the trained one of this folder.

    Args:
        wanted: 'rules', 'learned', or a folder.
        known: all knowledge.
        parse: parses a report.
        meanings: says what mentions mean.

    Raises:
        SettingsError: there is no such coder.
        InputError: the folder holds no model that can be used.
    """
    if wanted == RulesCoder.name:
        return RulesCoder(known, parse)
    return LearnedCoder(known, parse, Model.load(model_folder(wanted)), meanings)


def model_folder(wanted: str) -> Path:
    """The folder of a trained coder.

    Args:
        wanted: 'learned' for the one that comes with the package, or a folder.

    Raises:
        SettingsError: there is no such folder.
    """
    folder = SHIPPED if wanted == LearnedCoder.name else Path(wanted)
    if folder.is_dir():
        return folder
    if wanted == LearnedCoder.name:
        what = "this copy of Rashomon comes without a trained model"
    elif wanted == RulesCoder.name:
        what = f"the coder {wanted!r} has no model"
    else:
        what = f"no coder is called {wanted!r}, and no folder of a trained one"
    raise SettingsError(what, remedy=f"Name {LearnedCoder.name!r}, or the folder of a trained model")
