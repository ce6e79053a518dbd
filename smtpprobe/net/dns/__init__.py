"""Lookups: for dialling, and validated for checks."""
