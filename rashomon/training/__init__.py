"""Learns a model for the `learned` coder from hand-coded reports."""

from rashomon.training.training import Trained, Wish, train

__all__ = ["Trained", "Wish", "train"]
