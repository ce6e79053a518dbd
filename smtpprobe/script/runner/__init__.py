"""Runs the steps of a script against connections."""
