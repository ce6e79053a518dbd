"""Parses text into a script, or reports every error. Pure."""
