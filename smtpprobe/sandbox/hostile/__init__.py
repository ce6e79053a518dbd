"""Servers that misbehave, by name: each at any stage of a session that is in order otherwise."""
