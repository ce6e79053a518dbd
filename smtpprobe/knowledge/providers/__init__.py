"""Data alone: what providers and mail servers say, one file for each family."""
