"""Turns facts into findings and what each kind of sender does. Pure."""
