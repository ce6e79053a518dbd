"""Reads an input in chunks of whole lines and detects its format."""
