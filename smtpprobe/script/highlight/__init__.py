"""Syntax highlighting of scripts. Pure."""
