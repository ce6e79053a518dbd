"""Mutants of the code: small faults, each put in alone, and whether a test turns red."""
