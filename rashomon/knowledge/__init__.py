"""Loads, checks and fingerprints the files of knowledge."""
