"""Text to a script: the parser and its parts. Pure."""
