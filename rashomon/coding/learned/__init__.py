"""The `learned` coder: the rules propose, a trained model decides."""

from rashomon.coding.learned.coder import LearnedCoder
from rashomon.coding.learned.meanings import Meanings
from rashomon.coding.learned.model import Model

__all__ = ["LearnedCoder", "Meanings", "Model"]
