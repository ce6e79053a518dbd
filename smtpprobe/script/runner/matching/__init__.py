"""Holding what came against what is expected: what misses, and how that is put. Pure."""
