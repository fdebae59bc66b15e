"""Rashomon: who claims what in reports about an armed conflict, side by side."""

__version__ = "0.1.0"
