"""Logins: where credentials are found, and the responders that need a library."""
