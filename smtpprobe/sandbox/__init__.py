"""Servers to talk to: one to practise with, one that misbehaves by script; loopback only."""
