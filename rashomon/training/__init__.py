"""Learns a model for the `learned` coder from hand-coded reports."""
