"""Texts of providers and mail servers as data, one file per family."""
