"""Text to a script, or all that is wrong with it. Pure."""
