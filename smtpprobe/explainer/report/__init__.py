"""Explanations as text, summary, JSON and CSV; the reference."""
