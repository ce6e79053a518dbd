"""Parsers of logs, bounces and sessions, one file per format. Pure."""
