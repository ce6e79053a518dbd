"""Converts sessions of telnet, swaks and Exim's test client into scripts. Pure."""
