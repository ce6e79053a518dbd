"""Checks a list of targets: reads the list, writes a JSON line per target."""
