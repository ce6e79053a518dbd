"""Checks, results and their comparison. Pure."""
