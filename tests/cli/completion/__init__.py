"""Completion scripts, as data and in the shells themselves."""
