"""Rules for what is valid in a script, but most likely a mistake; and their table."""
