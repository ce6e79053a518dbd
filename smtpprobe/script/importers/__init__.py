"""Dialogues of other tools as scripts: pasted telnet sessions, swaks, the client of Exim."""
