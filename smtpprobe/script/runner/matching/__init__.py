"""Compares replies with expectations: what misses, and how that is worded. Pure."""
