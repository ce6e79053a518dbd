"""Measurements: `make bench` prints them; they judge a change, not a machine."""
