"""Gathering facts: all that talks to DNS and servers, without an opinion."""
